"""Listed people under their true names with forged papers: another day of birth and another passport.

A name is *strong* where docs/judging.md calls it rare: it scores `fact.rare` or more against itself, as two rare
words do. Of a strong name the judge promises a hit whatever the papers say. A name that many bear goes below the
threshold by such papers, as every other bearer's does, and is kept as suppressed by fact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bench.quality import measure
from bench.quality.cases import Pair, Question, half, hash_of
from interdiction.model import Identifier, Kind, Party
from interdiction.names.batch import party_batch
from interdiction.names.index import NameIndex
from interdiction.names.weights import Weights

STRONG, FREQUENT = "strong name", "name that many bear"


def false_papers(parties: Mapping[str, Party], weights: Weights) -> list[Question]:
    """Give listed persons whose day of birth is known, two years or more away from it, with another passport.

    The passport is of the country that issued the listed one, else of the person's nationality. `group` says how
    strong the name is.
    """
    asked: list[tuple[str, Party]] = []
    for key, party in parties.items():
        if party.kind is Kind.PERSON and any(len(str(day)) == 10 for day in party.birth_dates):
            listed = [one.country for one in party.identifiers if one.type == "passport" and one.country]
            country = next(iter((*listed, *party.nationalities)), None)
            passport = Identifier("passport", f"X{int(hash_of(key)[:7], 16)}", country)
            born = _false_day(party, int(hash_of(key)[:4], 16)).isoformat()
            name = party.names[0].text
            asked.append((key, Party(kind=party.kind, names=[name], birth_dates=[born], identifiers=[passport])))
    strong = strengths([party for _, party in asked], weights)
    return [Question(party, half(key), key, group) for (key, party), group in zip(asked, strong, strict=True)]


def _false_day(party: Party, number: int) -> date:
    """Give an invented day that is two years or more from every one stated."""
    year = 1950 + number % 50
    stated = {at for day in party.birth_dates for at in range(day.first.year - 2, day.last.year + 3)}
    while year in stated:
        year += 5
    return date(year, 1 + year % 9, 11 + year % 9)


def strengths(parties: Sequence[Party], weights: Weights) -> list[str]:
    """Say how strong the name of each party is: by what it scores against itself, nothing else known."""
    names = [Party(kind=party.kind, names=[party.names[0].text]) for party in parties]
    scores = measure.pair_scores([Pair(one, one, same=True, half="") for one in names], weights)
    return [STRONG if score >= weights.judge["fact"]["rare"] else FREQUENT for score in scores]


def shown(index: NameIndex, questions: Sequence[Question]) -> list[dict[str, float]]:
    """Give for each question the keys that are reported or kept as suppressed by fact, with their scores."""
    parties = [question.party for question in questions]
    columns = index.judge(party_batch(parties), suppressed=True, evidence=False).arrow.columns()
    found: list[dict[str, float]] = [{} for _ in questions]
    for query, key, score in zip(columns["query"], columns["key"], columns["score"], strict=True):
        found[query][key] = score
    return found
