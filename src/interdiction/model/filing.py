"""A report to an authority as it was made, what it lacks, and the receipt once it was filed."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from interdiction.model.record import KeptFile


class FiledRow(msgspec.Struct, frozen=True):
    """One line of a report: its values by the names of the fields."""

    about: str
    """The property, entry or decision it reports: `B-3`, `E-7`, `D-12`."""
    values: dict[str, str]


class Gap(msgspec.Struct, frozen=True):
    """A field that a report asks for and that is not known: it is filed without and supplemented."""

    about: str
    field: str
    label: str


class Filing(msgspec.Struct, frozen=True, omit_defaults=True):
    """One report as made. `kind` is a row of `data/filings.yml`; `as_of` is the day an annual one is of."""

    kind: str
    subjects: tuple[str, ...]
    at: datetime
    by: str
    head: dict[str, str]
    rows: tuple[FiledRow, ...]
    gaps: tuple[Gap, ...] = ()
    documents: tuple[KeptFile, ...] = ()
    due: date | None = None
    as_of: date | None = None
    supplements: int | None = None
    notes: tuple[str, ...] = ()
    number: int = 0

    @property
    def id(self) -> str:
        """The id that people name: `F-2`."""
        return f"F-{self.number}"


class Receipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """That a report was filed: when, by whom, the authority's own reference, and the copy that went out."""

    filing: int
    on: date
    at: datetime
    by: str
    receipt: str
    copy: KeptFile | None = None
    receipt_file: KeptFile | None = None
    number: int = 0
