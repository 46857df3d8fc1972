"""The daily rescreening of a book: what was asked, each part that was done, and the proof that all of it was."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from interdiction.model.hit import Hit
from interdiction.model.record import EditionUsed


class Rescreen(msgspec.Struct, frozen=True, omit_defaults=True):
    """One rescreening as it began. `identity` is the hash of all it rests on: the same is taken up again.

    `expected` is the number of customers by the system the book comes from, where somebody stated it.
    """

    source: str
    file: str
    sha256: str
    identity: str
    begun_at: datetime
    rows: int
    behind: int
    editions: tuple[EditionUsed, ...]
    registers: int
    policy: str
    thresholds: str
    weights: str
    core: str
    as_of: date | None = None
    expected: int | None = None
    by: str = ""
    number: int = 0
    version: int = 0
    """Of a monitored book; 0 for a file."""
    since: int | None = None
    """The earlier one whose answers stand for what changed on neither side; none: everybody was screened anew."""
    changes: tuple[int, int] = (0, 0)
    """Listings and customers that had changed since then."""


class Found(msgspec.Struct, frozen=True):
    """The hits of one customer in a rescreening, by its place in the book counted from 0."""

    place: int
    row: int
    hits: tuple[Hit, ...]


class Slice(msgspec.Struct, frozen=True):
    """Customers `first` up to, without, `last`: how many went through the screener, with those behind them."""

    first: int
    last: int
    screened: int
    behind: int
    cut: tuple[int, ...]
    """Rows whose answer a limit cut: they count as not screened."""
    empty: tuple[int, ...]
    """Rows with neither a name nor an identifier: nothing of them can be screened."""
    found: tuple[Found, ...]
    cleared: tuple[Found, ...] = ()
    """What clearances suppressed."""


class RescreenEnd(msgspec.Struct, frozen=True):
    """How a rescreening ended: counts in and counts screened, and whether they are the same.

    `doubts` say why it is not complete. `new` and `gone` are (customer, listing, role) against the last complete one of
    the same source, `since` its number.
    """

    number: int
    ended_at: datetime
    read: int
    screened: int
    behind: int
    customers_with_hits: int
    hits: int
    complete: bool
    doubts: tuple[str, ...]
    slices_sha256: str
    """Of the slices in their order: the hits cannot be exchanged unnoticed."""
    since: int | None = None
    new: tuple[tuple[str, str, str], ...] = ()
    gone: tuple[tuple[str, str, str], ...] = ()
    cleared: int = 0
    """Pairs that clearances suppressed."""
