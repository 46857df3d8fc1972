"""What a reviewer must be told about a set of hits as a whole, above all what could not be decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from interdiction.model import Basis, Hit
from interdiction.screening.sentences import UNKNOWN

_PARTING_FACTS = frozenset({"birth_date", "identifier"})
_LEVEL = 0.02
"""Scores this close to the best are of one level: the names fit alike, and nothing else spoke."""


def notes(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Say which of the best hits the name alone cannot separate, and what would.

    Namesakes are listed as different people (ofac-sdn:12211 and 17614 are two KIM, Yong Chol): a score
    that put one first without a fact would be a guess.
    """
    named = [one for one in hits if one.basis is not Basis.OWNERSHIP]
    level = [one for one in named if one.score >= named[0].score - _LEVEL and not _parted(one)]
    # One listing on each of several lists may well be one party; two on one list never are.
    if max(Counter(one.listing.partition(":")[0] for one in level).values(), default=0) < 2:
        return ()
    names = ", ".join(one.listing for one in level)
    return (f"The name alone cannot separate {names}: a date of birth or an identity document would.",)


def _parted(hit: Hit) -> bool:
    return any(one.kind in _PARTING_FACTS and one.finding not in UNKNOWN for one in hit.evidence)
