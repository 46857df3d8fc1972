"""Which closed cases somebody else looks at again: drawn by hash, so that the same draw comes out twice the same."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable

from interdiction.model.case import Case, CaseState


def drawn(cases: Iterable[Case], share: float, sample: str) -> list[Case]:
    """Draw a share of the closed cases, rounded up; `sample` names the draw, such as `2026-11`.

    Everybody's chance is the same and nobody can steer it: the order is that of the hash of draw and case.
    """
    closed = [one for one in cases if one.state is CaseState.CLOSED]
    ranked = sorted(closed, key=lambda one: hashlib.sha256(f"{sample} {one.number}".encode()).digest())
    return sorted(ranked[: math.ceil(len(closed) * share)], key=lambda one: one.number)
