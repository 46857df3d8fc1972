"""What a person said of two listings: one party, or two."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class PairVerdict(StrEnum):
    """What was said of two listings."""

    APART = "apart"
    """They are two parties, whatever the rules find."""
    TOGETHER = "together"
    """They are one party, whether the rules find it or not."""
    WITHDRAWN = "withdrawn"
    """What was said before no longer counts: the rules alone decide."""


class Pairing(msgspec.Struct, frozen=True):
    """One such word: of which two listings (ids, the smaller first), by whom, why, and when.

    None is ever changed or deleted: the last one of a pair counts.
    """

    one: str
    other: str
    verdict: PairVerdict
    by: str
    why: str
    at: datetime
