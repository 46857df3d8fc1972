"""Two thousand invented people called like a listed person, with facts that agree, are silent, or differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

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
    """Give `most` namesakes: each person of the list in turn with every combination of facts."""
    persons = [
        (key, party)
        for key, party in parties.items()
        if party.kind is Kind.PERSON and party.nationalities and any(len(str(day)) == 10 for day in party.birth_dates)
    ]
    persons.sort(key=lambda pair: hash_of(pair[0]))
    found: list[Namesake] = []
    for number, (key, party) in enumerate(persons):
        name = party.names[0].text
        respelt = _respelt(name)
        exact = respelt is None or number % 2 == 0
        born = next(day.first for day in party.birth_dates if len(str(day)) == 10)
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


def figures(namesakes: list[Namesake], scores: list[float], threshold: float) -> dict[str, float]:
    """Say what is reported, and how often a person with better facts scores higher."""
    told = {}
    for what, taken in (("exact", True), ("respelt", False)):
        bare = [
            score >= threshold
            for one, score in zip(namesakes, scores, strict=True)
            if one.exact is taken and (one.birth, one.country) == ("absent", "absent")
        ]
        told[f"{what} by name only"] = sum(bare) / max(1, len(bare))
    abroad = [
        score >= threshold
        for one, score in zip(namesakes, scores, strict=True)
        if one.exact and one.birth == "absent" and one.country == "conflict"
    ]
    told["exact, another country"] = sum(abroad) / max(1, len(abroad))
    by_person: dict[int, dict[tuple[str, str], float]] = {}
    for one, score in zip(namesakes, scores, strict=True):
        by_person.setdefault(one.person, {})[one.birth, one.country] = score
    right = asked = 0
    for facts in by_person.values():
        for better, worse in (("equal", "absent"), ("absent", "near"), ("near", "conflict")):
            for country in COUNTRIES:
                if (better, country) in facts and (worse, country) in facts:
                    asked += 1
                    right += facts[better, country] > facts[worse, country]
        for birth in BIRTHS:
            for better, worse in (("equal", "absent"), ("absent", "conflict")):
                if (birth, better) in facts and (birth, worse) in facts:
                    asked += 1
                    right += facts[birth, better] > facts[birth, worse]
    told["ordered by facts"] = right / max(1, asked)
    told["exactly 1.00"] = sum(score >= 1.0 for score in scores) / max(1, len(scores))
    return told
