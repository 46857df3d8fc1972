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


class Behind(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody who stands behind a customer, in one of the roles of docs/tables.md."""

    role: str
    names: list[str] = []
    kind: str | None = None
    gender: str | None = None
    birth_dates: list[str] = []
    birth_places: list[str] = []
    nationalities: list[str] = []
    countries: list[str] = []
    identifiers: list[str] = []
    city: str | None = None
    address: str | None = None


class Customer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One customer of a monitored book as its source describes it; every value is read as a cell of a book is."""

    names: list[str] = []
    kind: str | None = None
    gender: str | None = None
    birth_dates: list[str] = []
    birth_places: list[str] = []
    nationalities: list[str] = []
    countries: list[str] = []
    identifiers: list[str] = []
    city: str | None = None
    address: str | None = None
    behind: list[Behind] = []


class Rejected(msgspec.Struct, frozen=True):
    """A row that cannot be screened: why, since when, and who has to mend it."""

    row: int
    id: str
    why: str
    since: datetime
    owner: str


class Monitored(msgspec.Struct, frozen=True, omit_defaults=True):
    """One book as it was registered last. `version` counts how often it came, whole or by one customer; `sha256` is
    that of the file, and of the changes since.

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
