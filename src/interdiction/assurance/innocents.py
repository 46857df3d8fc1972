"""Invented innocents from `data/innocents.yml`, for who has no book of customers at hand: common names of the world."""

from __future__ import annotations

from interdiction.assurance import truth
from interdiction.assurance.chance import Chance
from interdiction.model import Kind, Party

_FIRMS_OF_TEN = 2
"""How many of ten are firms, about as in a book of a retail bank with business customers."""
_HOME_OF_FOUR = 3
"""How many of four come from the countries under `home`, the others from anywhere."""


def invented(size: int, seed: str) -> list[Party]:
    """Give `size` innocents by the seed, name and kind alone: without facts nothing clears them."""
    known = truth.innocents()
    home = [pool for pool in known.people if pool.country in known.home]
    chance = Chance(seed, "innocents")
    made = []
    for number in range(size):
        pool = chance.choice(home if chance.randrange(4) < _HOME_OF_FOUR else known.people)
        kind = Kind.ORGANISATION if chance.randrange(10) < _FIRMS_OF_TEN else Kind.PERSON
        name = _firm(pool, known, chance) if kind is Kind.ORGANISATION else _person(pool, known, chance)
        made.append(Party(id=f"I{number + 1:06d}", kind=kind, names=[name]))
    return made


def _firm(pool: truth.People, known: truth.Innocents, chance: Chance) -> str:
    firms = next((one for one in known.firms if pool.country in one.countries), known.firms[0])
    return f"{_one(pool.family, chance)} {_one(firms.does, chance)} {_one(firms.forms, chance)}"


def _person(pool: truth.People, known: truth.Innocents, chance: Chance) -> str:
    family, given = _one(pool.family, chance), _one(pool.given, chance)
    if chance.randrange(3) == 0:
        given = f"{given} {_one(pool.given, chance)}"
    return f"{family} {given}" if pool.country in known.family_first else f"{given} {family}"


def _one(several: str, chance: Chance) -> str:
    return chance.choice(several.split(", "))
