"""The score from which a pair is a hit, by channel, list and kind of listed party: rows, the first that fits counts.

Reach for `Thresholds` wherever parties are screened: `Thresholds.of(0.8)` is one number for all, the policy makes
the others (docs/enforcement.md). A threshold never changes a score; it says which scores are shown as hits.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from interdiction.errors import UsageError

LOWEST: Final = 0.5
"""Below it answers are not complete: retrieval, from 0.40 on, need not have shown such a pair (decision 004)."""
LOWEST_IN_TEXT: Final = 0.8
"""As `LOWEST` for words inside a text, where retrieval begins at 0.70."""
DEFAULT: Final = 0.7


class Channel(StrEnum):
    """Where the name came from."""

    CHECK = "check"
    """One party, asked about by a person or a program."""
    BOOK = "book"
    """A table of customers."""
    PAYMENT = "payment"
    """A party of a payment."""
    TEXT = "text"
    """Words inside the free text of a payment."""

    @property
    def lowest(self) -> float:
        """The lowest threshold that answers can be complete at."""
        return LOWEST_IN_TEXT if self is Channel.TEXT else LOWEST


class Row(msgspec.Struct, frozen=True):
    """One threshold: for which list and which kind of listed party, empty words for every one."""

    at: float
    list: str = ""
    kind: str = ""


class Thresholds(msgspec.Struct, frozen=True):
    """The thresholds of one channel. The last row fits everything."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, at: float, channel: Channel = Channel.CHECK) -> Thresholds:
        """Give one threshold for every list and kind. Raises `UsageError` where answers would not be complete."""
        if not LOWEST <= at <= 1:
            raise UsageError(
                f"a threshold of {at:g} cannot be kept: below {LOWEST:g} answers are not complete",
                where="--threshold",
                mend=f"use a threshold from {LOWEST:g} to 1",
                code="threshold",
            )
        return cls((Row(max(at, channel.lowest)),))

    def at(self, listing: str, kind: str | None) -> float:
        """Give the threshold for a listing (its id) that is of a kind, or of none that is known, as the core does."""
        key = listing.partition(":")[0]
        return next(row.at for row in self.rows if row.list in {"", key} and row.kind in {"", kind})

    @property
    def lowest(self) -> float:
        """The lowest of all."""
        return min(row.at for row in self.rows)

    def __str__(self) -> str:
        """Show them in the order they are asked: `ofac-sdn person 0.75, 0.70`."""
        return ", ".join(" ".join(filter(None, (row.list, row.kind, f"{row.at:.2f}"))) for row in self.rows)


def split(asked: Thresholds | float) -> tuple[float, list[tuple[float, str, str]]]:
    """Give the threshold where no row fits, and the rows, as the core takes them."""
    if not isinstance(asked, Thresholds):
        return asked, []
    *rows, last = asked.rows
    return last.at, [(row.at, row.list, row.kind) for row in rows]
