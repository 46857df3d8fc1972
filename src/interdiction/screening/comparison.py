"""Two parties against each other without a list: the same judge, every ordinary token weighing the same."""

from __future__ import annotations

import msgspec

from interdiction.model import Band, Evidence, Kind, Party, Suppression
from interdiction.names.compare import compare as judge
from interdiction.names.thresholds import DEFAULT
from interdiction.names.weights import Weights
from interdiction.screening.hits import evidence
from interdiction.screening.sentences import not_known


class Comparison(msgspec.Struct, frozen=True):
    """How alike two parties are: `score` from 0 to 1, a hit where it reaches `threshold`."""

    ours: str
    theirs: str
    score: float
    band: Band
    evidence: tuple[Evidence, ...]
    not_known: str = ""
    """What could decide and is not known, in words."""
    suppressed: Suppression | None = None
    """Set when the names alone would be a hit and only facts took them below."""
    threshold: float = DEFAULT


def compare(
    ours: Party | str,
    theirs: Party | str,
    *,
    kind: Kind | str | None = None,
    threshold: float = DEFAULT,
    weights: Weights | None = None,
) -> Comparison:
    """Compare two parties, or two names of the given kind. `threshold` decides the band, never the score.

    Raises `PartyError` for an unknown kind and `UsageError` for a threshold that is not between 0 and 1.
    """
    one, other = _party(ours, kind), _party(theirs, kind)
    row = judge(one, other, threshold=threshold, weights=weights)
    spoke = evidence(row)
    below = Suppression.FACT if row.standing == "suppressed" else None
    return Comparison(
        ours=one.primary_name,
        theirs=other.primary_name,
        score=row.score,
        band=Band(row.band),
        evidence=spoke,
        not_known=not_known(spoke),
        suppressed=below,
        threshold=threshold,
    )


def _party(party: Party | str, kind: Kind | str | None) -> Party:
    if isinstance(party, str):
        return Party(names=[party], kind=kind)
    return party if kind is None else msgspec.structs.replace(party, kind=Kind(kind))
