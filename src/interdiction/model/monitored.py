"""A book that is monitored: registered with its control totals, kept whole, screened when either side changes."""

from __future__ import annotations

from datetime import datetime

import msgspec


class ControlTotals(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the system that a book comes from says of it: customers, parties behind them, customers of each kind.

    What is left out is not compared. They come from that system, never from the file that is read.
    """

    customers: int | None = None
    behind: int | None = None
    kinds: dict[str, int] = {}


class Rejected(msgspec.Struct, frozen=True):
    """A row that cannot be screened: why, since when, and who has to mend it."""

    row: int
    id: str
    why: str
    since: datetime
    owner: str


class Monitored(msgspec.Struct, frozen=True, omit_defaults=True):
    """One book as it was registered last. `version` counts how often it came; `sha256` is that of the file.

    `added`, `changed` and `gone` count customers against the version before. `doubts` say why it is not what the source
    says it is; no rescreening of it is complete then.
    """

    source: str
    version: int
    file: str
    sha256: str
    at: datetime
    by: str
    customers: int
    behind: int
    added: int
    changed: int
    gone: int
    owner: str = ""
    totals: ControlTotals = ControlTotals()
    rejected: tuple[Rejected, ...] = ()
    problems: int = 0
    unused: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    removed_at: datetime | None = None
    removed_by: str = ""
    removed_why: str = ""
