"""Puts questions to the engine as it is used, retrieval and judge in one, and keeps the scores as whole numbers.

A score is a whole number of ten-thousandths (docs/judging.md); kept so, no threshold falls between two of them.
Everything is asked once, at the lowest threshold that answers are complete at, and every higher one is read from it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from interdiction.assurance.subject import Progress, silent
from interdiction.assurance.trials import Trial
from interdiction.model import Party
from interdiction.names.batch import party_batch
from interdiction.names.index import NameIndex
from interdiction.names.thresholds import LOWEST
from interdiction.screening.screener import RETRIEVAL

UNIT = 10_000
FLOOR = round(LOWEST * UNIT)
"""Below it answers are not complete, so nothing is said of lower thresholds."""
_PIECE = 2_000


class Pair(msgspec.Struct, frozen=True, order=True):
    """One question and one listed party at `FLOOR` or above; `certain` says that a fact makes the match certain."""

    row: int
    party: int
    score: int
    certain: bool


def units(score: float) -> int:
    """Give a score or threshold as ten-thousandths."""
    return round(score * UNIT)


def screened(
    index: NameIndex, parties: Sequence[Party], what: str, step: Progress = silent, threads: int = 0
) -> list[Pair]:
    """Give every pair of a question and a listing that scores `FLOOR` or more, by row."""
    found: list[Pair] = []
    for first in range(0, len(parties), _PIECE):
        piece = parties[first : first + _PIECE]
        judged = index.judge(party_batch(piece), retrieval=RETRIEVAL, threshold=LOWEST, evidence=False, threads=threads)
        columns = judged.arrow.columns()
        rows = zip(columns["query"], columns["party"], columns["score"], columns["band"], strict=True)
        found += [Pair(first + row, party, units(score), band == "certain") for row, party, score, band in rows]
        step(what, first + len(piece), len(parties))
    return found


def meant(index: NameIndex, trials: Sequence[Trial], what: str, step: Progress = silent, threads: int = 0) -> list[int]:
    """Give for each trial the score of the party that is meant; 0 where it is below `FLOOR` or was not found."""
    scores = [0] * len(trials)
    for pair in screened(index, [trial.party for trial in trials], what, step, threads):
        if trials[pair.row].at == pair.party:
            scores[pair.row] = pair.score
    return scores
