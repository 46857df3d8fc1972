"""Alerts that facts removed: pairs that the names alone would have made hits, drawn at random for somebody to look at.

A fact may take a hit away (a day of birth years apart, a conflicting number); whether it did so rightly can only be
seen on those it took (docs/judging.md, section 2).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from interdiction.assurance.chance import Chance
from interdiction.assurance.subject import Progress, silent
from interdiction.model import Listing, Party
from interdiction.names.batch import party_batch
from interdiction.names.compare import compare
from interdiction.names.index import NameIndex
from interdiction.names.thresholds import Thresholds
from interdiction.names.weights import Weights
from interdiction.screening.hits import evidence
from interdiction.screening.screener import RETRIEVAL

SHOWN = 25
"""Pairs that are drawn; the counts are of all."""
_PIECE = 2_000
_NAMES = frozenset({"name", "weak_name", "name_structure"})


class RemovedPair(msgspec.Struct, frozen=True):
    """One pair: what the names alone would score, what it scores, and what the facts say."""

    id: str
    ours: str
    listing: str
    listed: str
    name_score: float
    score: float
    facts: tuple[str, ...]


class Removed(msgspec.Struct, frozen=True):
    """How many pairs and parties facts took below the threshold; `cleared` are parties left without any hit."""

    pairs: int
    parties: int
    cleared: int
    sample: tuple[RemovedPair, ...]


def removed(
    index: NameIndex,
    parties: Sequence[Party],
    listings: Sequence[Listing],
    thresholds: Thresholds,
    weights: Weights,
    seed: str,
    step: Progress = silent,
    threads: int = 0,
) -> Removed:
    """Screen the parties at the thresholds in force, and count and draw what facts removed."""
    hits: set[int] = set()
    taken: list[tuple[int, int, float, float]] = []
    for first in range(0, len(parties), _PIECE):
        piece = parties[first : first + _PIECE]
        judged = index.judge(
            party_batch(piece),
            retrieval=RETRIEVAL,
            threshold=thresholds,
            suppressed=True,
            evidence=False,
            threads=threads,
        )
        columns = judged.arrow.columns()
        names = ("query", "party", "name_score", "score", "standing")
        for row, party, name_score, score, standing in zip(*(columns[name] for name in names), strict=True):
            if standing == "suppressed":
                taken.append((first + row, party, name_score, score))
            else:
                hits.add(first + row)
        step("alerts that facts removed", first + len(piece), len(parties))
    rows = {row for row, _, _, _ in taken}
    drawn = (taken[place] for place in Chance(seed, "removed").sample(len(taken), SHOWN))
    sample = tuple(
        _told(parties[row], listings[party], name_score, score, weights) for row, party, name_score, score in drawn
    )
    return Removed(len(taken), len(rows), len(rows - hits), sample)


def _told(ours: Party, listing: Listing, name_score: float, score: float, weights: Weights) -> RemovedPair:
    said = evidence(compare(ours, listing.party, weights=weights))
    facts = tuple(one.sentence or one.finding for one in said if one.kind not in _NAMES and one.effect < 0)
    return RemovedPair(
        ours.id or "", ours.primary_name, listing.id, listing.party.primary_name, name_score, score, facts
    )
