"""Namesakes: people who bear a listed name and are somebody else, with facts that are absent, near, or in conflict.

The name alone must alert, or the listed person could open an account without giving a birth date. Facts may then
part the two, and only a day of birth far away may clear (docs/judging.md, section 2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from interdiction.assurance.chance import Chance
from interdiction.assurance.damage import facts
from interdiction.assurance.held import Held
from interdiction.assurance.intervals import Share, share
from interdiction.assurance.scores import UNIT, screened
from interdiction.assurance.subject import Progress, is_strong, silent
from interdiction.model import Kind, Listing, PartialDate, Party
from interdiction.names.index import NameIndex

_ELSEWHERE = ("no", "nz", "uy", "is")
"""Countries that few listed people are tied to."""


class Namesake(msgspec.Struct, frozen=True):
    """What is known of the namesakes of one row, and what became of them.

    `alerting` counts those who alert on the listing whose name they bear, `mean_score` is their score on it, and
    `alerts_each` the listings that alert for one of them on average, others included.
    """

    known: str
    expected: str
    alerting: Share
    mean_score: float | None
    alerts_each: float | None


_Facts = Callable[[Listing, PartialDate, Chance], "Party | None"]


def _with(listing: Listing, born: Sequence[str] = (), elsewhere: str = "") -> Party:
    name = next(name.text for name in listing.party.names if is_strong(name))
    nations = [elsewhere] if elsewhere else []
    return Party(kind=Kind.PERSON, names=[name], birth_dates=born, nationalities=nations)


def _elsewhere(listing: Listing, chance: Chance) -> str:
    party = listing.party
    ties = {*party.nationalities, *party.citizenships, *party.residences, *party.countries}
    ties |= {one.country for one in party.addresses if one.country}
    return chance.choice([country for country in _ELSEWHERE if country not in ties])


_ROWS: tuple[tuple[str, str, _Facts], ...] = (
    ("the name alone", "all alert", lambda one, _, __: _with(one)),
    (
        "another nationality",
        "all alert: a country clears nobody",
        lambda one, _, c: _with(one, elsewhere=_elsewhere(one, c)),
    ),
    ("the same birth date", "all alert, highest", lambda one, born, _: _with(one, [str(born)])),
    ("the year of birth alone", "all alert", lambda one, born, _: _with(one, [str(born.first.year)])),
    ("born less than two years away", "all alert", lambda one, born, c: _with(one, [facts.days_near(born.first, c)])),
    ("born ten years away or more", "may be cleared", lambda one, born, c: _with(one, [facts.another(born.first, c)])),
    (
        "born ten years away or more, another nationality",
        "may be cleared",
        lambda one, born, c: _with(one, [facts.another(born.first, c)], _elsewhere(one, c)),
    ),
)


def namesakes(
    index: NameIndex,
    listings: Sequence[Listing],
    each: int,
    seed: str,
    held: Held,
    step: Progress = silent,
    threads: int = 0,
) -> tuple[Namesake, ...]:
    """Give one row for each state of knowledge, over the same listed people, whose day of birth the list states."""
    born = _people(listings, each, seed)
    chance = Chance(seed, "namesakes", "facts")
    asked: list[tuple[int, int, Party]] = []
    for row, (_, _, known) in enumerate(_ROWS):
        for at, day in born:
            party = known(listings[at], day, chance)
            if party is not None:
                asked.append((row, at, party))
    found = screened(index, [party for _, _, party in asked], "namesakes", step, threads)
    scores, loads = [0] * len(asked), [0] * len(asked)
    for pair in found:
        loads[pair.row] += pair.score >= held.at(pair.party)
        if pair.party == asked[pair.row][1]:
            scores[pair.row] = pair.score
    rows = []
    for row, (what, expected, _) in enumerate(_ROWS):
        places = [at for at, (own, _, _) in enumerate(asked) if own == row]
        alerting = share(sum(scores[at] >= held.at(asked[at][1]) for at in places), len(places))
        mean = round(sum(scores[at] for at in places) / len(places) / UNIT, 3) if places else None
        load = round(sum(loads[at] for at in places) / len(places), 2) if places else None
        rows.append(Namesake(what, expected, alerting, mean, load))
    return tuple(rows)


def _people(listings: Sequence[Listing], each: int, seed: str) -> list[tuple[int, PartialDate]]:
    """Draw listed people with one birth date, known to the day: with several, a slip of one may be another."""
    chance = Chance(seed, "namesakes")
    drawn: list[tuple[int, PartialDate]] = []
    for at in chance.walk(len(listings)):
        if len(drawn) == each:
            break
        party = listings[at].party
        days = [day for day in party.birth_dates if day.precision == "day" and not day.circa]
        if party.kind is Kind.PERSON and len(days) == len(party.birth_dates) == 1 and any(map(is_strong, party.names)):
            drawn.append((at, days[0]))
    return sorted(drawn)
