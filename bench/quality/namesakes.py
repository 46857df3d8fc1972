"""Two thousand invented people called like a listed person, with facts that agree, are silent, or differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import msgspec

from bench.quality.cases import half, hash_of
from interdiction.model import Kind, Party

BIRTHS = ("equal", "absent", "near", "conflict")
COUNTRIES = ("equal", "absent", "conflict")
RESPELT = (
    ("MOHAMMED", "MUHAMMAD"),
    ("YOUSEF", "YUSUF"),
    ("EI", "EY"),
    ("IY", "Y"),
    ("OU", "U"),
    ("EE", "I"),
    ("DJ", "J"),
)
"""Respellings for the variants: each is met among the lists' own aliases."""


@dataclass(frozen=True)
class Namesake:
    """One invented person. `birth` and `country` say how the facts stand to the listed person's."""

    party: Party
    wanted: str
    half: str
    exact: bool
    birth: str
    country: str
    person: int


def made(parties: Mapping[str, Party], most: int = 2000) -> list[Namesake]:
    """Give `most` namesakes: each person of the list in turn with every combination of facts.

    The person's day of birth is known and the only one stated: a day that is near one of several may be another's.
    """
    persons = [
        (key, party)
        for key, party in parties.items()
        if party.kind is Kind.PERSON and party.nationalities and [len(str(day)) for day in party.birth_dates] == [10]
    ]
    persons.sort(key=lambda pair: hash_of(pair[0]))
    found: list[Namesake] = []
    for number, (key, party) in enumerate(persons):
        name = party.names[0].text
        respelt = _respelt(name)
        exact = respelt is None or number % 2 == 0
        born = party.birth_dates[0].first
        for birth in BIRTHS:
            for country in COUNTRIES:
                if len(found) == most:
                    return found
                asked = Party(kind=Kind.PERSON, names=[name if exact or respelt is None else respelt])
                day = _born(born, birth)
                asked = msgspec.structs.replace(
                    asked,
                    birth_dates=Party(birth_dates=[day.isoformat()]).birth_dates if day else (),
                    nationalities={"equal": party.nationalities[:1], "absent": (), "conflict": ("aq",)}[country],
                )
                found.append(Namesake(asked, key, half(key), exact, birth, country, number))
    return found


def _born(listed: date, how: str) -> date | None:
    if how == "absent":
        return None
    days = {"equal": 0, "near": 200, "conflict": 9 * 365}[how]
    return listed + timedelta(days=days)


def _respelt(name: str) -> str | None:
    upper = name.upper()
    for one, other in RESPELT:
        for old, new in ((one, other), (other, one)):
            if re.search(rf"\B{old}\B" if len(old) < 4 else rf"\b{old}\b", upper):
                return upper.replace(old, new, 1)
    return None


def figures(namesakes: list[Namesake], scores: list[float], threshold: float) -> dict[str, dict[str, float]]:
    """Say what is reported, how often a person with better facts scores higher, and what each set of facts does."""
    both = list(zip(namesakes, scores, strict=True))

    def reported(wanted: Callable[[Namesake], bool]) -> float:
        found = [score >= threshold for one, score in both if wanted(one)]
        return sum(found) / max(1, len(found))

    steps = _steps(both)
    told = {
        "exact by name only": reported(lambda one: one.exact and (one.birth, one.country) == ("absent", "absent")),
        "respelt by name only": reported(
            lambda one: not one.exact and (one.birth, one.country) == ("absent", "absent")
        ),
        "exact, another country": reported(
            lambda one: one.exact and (one.birth, one.country) == ("absent", "conflict")
        ),
        "ordered by facts": sum(better > worse for better, worse in steps) / max(1, len(steps)),
        "tied": sum(better == worse for better, worse in steps) / max(1, len(steps)),
        "reversed": sum(better < worse for better, worse in steps) / max(1, len(steps)),
        "steps": len(steps),
        "ties": sum(better == worse for better, worse in steps),
        "ties at the threshold": sum(better == worse == threshold for better, worse in steps),
        "exactly 1.00": sum(score >= 1.0 for score in scores) / max(1, len(scores)),
    }
    return {"all": told, **_by_facts(both, threshold)}


def _steps(both: list[tuple[Namesake, float]]) -> list[tuple[float, float]]:
    """Give the scores of each person with a fact and with the next worse one, all else the same."""
    by_person: dict[int, dict[tuple[str, str], float]] = {}
    for one, score in both:
        by_person.setdefault(one.person, {})[one.birth, one.country] = score
    births = [((a, country), (b, country)) for a, b in pairwise(BIRTHS) for country in COUNTRIES]
    countries = [((birth, a), (birth, b)) for birth in BIRTHS for a, b in pairwise(COUNTRIES)]
    return [
        (known[better], known[worse])
        for known in by_person.values()
        for better, worse in (*births, *countries)
        if better in known and worse in known
    ]


def _by_facts(both: list[tuple[Namesake, float]], threshold: float) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for birth in BIRTHS:
        for country in COUNTRIES:
            for what, exact in (("exact", True), ("respelt", False)):
                some = [score for one, score in both if (one.birth, one.country, one.exact) == (birth, country, exact)]
                found[f"birth date {birth}, nationality {country}, {what}"] = {
                    "n": len(some),
                    "mean": sum(some) / max(1, len(some)),
                    "alerts": sum(score >= threshold for score in some) / max(1, len(some)),
                }
    return found
