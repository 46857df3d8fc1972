"""Two parties against each other without an index: the same judge with the same weights."""

from __future__ import annotations

from collections.abc import Sequence

from interdiction import _core
from interdiction.model import Kind, Party
from interdiction.names.batch import party_batch
from interdiction.names.judged import Judged, JudgedRow
from interdiction.names.weights import Weights


def compare(
    ours: Party | str,
    theirs: Party | str,
    kind: Kind | str | None = None,
    *,
    threshold: float = 0.7,
    weights: Weights | None = None,
) -> JudgedRow:
    """Judge one party, or one name of `kind`, against another. `threshold` decides the band, never the score.

    Raises `PartyError` for an unknown kind and `UsageError` for a threshold that is not between 0 and 1.
    """
    pair = [party if isinstance(party, Party) else Party(kind=kind, names=[party]) for party in (ours, theirs)]
    weights = weights or Weights.load()
    verdicts = _core.compare(party_batch(pair[:1]), party_batch(pair[1:]), weights.json, threshold=threshold)
    return Judged(verdicts).rows()[0]


def compare_many(
    ours: Sequence[Party], theirs: Sequence[Party], *, threshold: float = 0.7, weights: Weights | None = None
) -> list[JudgedRow]:
    """Judge each party against the one in the same place, all in one native call."""
    weights = weights or Weights.load()
    return Judged(_core.compare(party_batch(ours), party_batch(theirs), weights.json, threshold=threshold)).rows()
