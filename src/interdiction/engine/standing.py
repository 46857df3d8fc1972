"""Which decision stands: the last of those that follow each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interdiction.errors import UsageError
from interdiction.model import Record

if TYPE_CHECKING:
    from interdiction.store.decisions import Decisions


def last_after(decisions: Decisions, record: Record) -> Record:
    """Give the decision that stands now: this one, or the last that follows it."""
    while (later := decisions.following(record.number)) is not None:
        record = later
    return record


def stops(record: Record) -> set[str]:
    """Give what somebody may say something of in a decision: the listings that are hit, and grounds by their mark."""
    decided = record.decided()
    return {hit.listing for hit in decided.hits} | {one.ground for one in decided.reasons if one.ground}


def refuse_superseded(decisions: Decisions, record: Record, listing: str | None = None) -> None:
    """Hold that a decision stands, and that it has a hit on the listing, or that ground, where one is named.

    Raises `UsageError`: `superseded`, `no-such-hit`.
    """
    later = decisions.following(record.number)
    if later is not None:
        raise UsageError(
            f"{record.id} no longer stands: {later.id} follows it",
            where=record.id,
            mend=f"name {later.id}, or what follows it",
            code="superseded",
        )
    if listing is not None and listing not in stops(record):
        raise UsageError(
            f"{record.id} has no hit on {listing!r}",
            where="LISTING",
            mend=f"interdict decisions show {record.id} names its hits",
            code="no-such-hit",
        )
