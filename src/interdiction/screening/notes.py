"""What a reviewer must be told about a set of hits as a whole, above all what could not be decided."""

from __future__ import annotations

from collections.abc import Sequence

from interdiction.model import Hit

_PARTING_FACTS = frozenset({"birth_date", "identifier"})


def notes(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Say which hits the name alone cannot separate, and what would.

    Namesakes are listed as different people (ofac-sdn:12211 and 17614 are two KIM, Yong Chol): a score
    that put one first without a fact would be a guess.
    """
    level = [one for one in hits if one.score >= 0.70 and not _parted(one)]
    if len(level) < 2:
        return ()
    names = ", ".join(one.listing for one in level)
    return (f"The name alone cannot separate {names}: a date of birth or an identity document of the customer would.",)


def _parted(hit: Hit) -> bool:
    return any(one.kind in _PARTING_FACTS for one in hit.evidence)
