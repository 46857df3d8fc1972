"""The kinds of report of `data/filings.yml`: what starts one, by when it is due, and what stands in it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

import msgspec

from interdiction.enforcement import deadlines, document
from interdiction.errors import DataError, UsageError
from interdiction.model import Ground

FILE: Final = "filings.yml"


class Of(StrEnum):
    """What one report is about."""

    BLOCKED = "blocked"
    REJECTED = "rejected"
    RETAINED = "retained"
    LEFT = "left"
    HELD = "held"


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing a report asks for; without one of `minimum` it is refused."""

    name: str
    label: str
    minimum: bool = False


class Exempt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Property that left on this ground since this day is not reported."""

    ground: Ground
    since: date
    why: str
    unless_licence_asks: bool = False


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of report. `deadline` is a row of `deadlines.yml`; `as_of` and `due` are days of the year."""

    id: str
    title: str
    law: str
    of: Of
    to: str
    since: date
    channel: str
    source: str
    verified: bool
    head: tuple[Field, ...]
    fields: tuple[Field, ...]
    deadline: str = ""
    form: str = ""
    rule: str = ""
    days: int | None = None
    count: deadlines.Count = deadlines.Count.CALENDAR
    calendar: str = ""
    as_of: str = ""
    due: str = ""
    period_since: date | None = None
    """Before this day the rule named no day to file by."""
    nil_after_report: bool = False
    exceptions: tuple[Exempt, ...] = ()

    @property
    def cited(self) -> str:
        """The rule it is filed under."""
        return self.rule or _row(self.deadline).rule

    def due_by(self, on: date) -> date | None:
        """Give the last day to file what happened on `on`; none where the rule names no day (as soon as practicable).

        A report of everything held on a day of the year takes that day.
        """
        if self.due:
            month, day = (int(part) for part in self.due.split("-"))
            return date(on.year, month, day)
        days, count, calendar = self._period()
        if days is None or (self.period_since is not None and on < self.period_since):
            return None
        if count is deadlines.Count.BUSINESS:
            return deadlines.due(on, days, calendar)
        return on + timedelta(days=days)

    def counted(self, on: date, by: date) -> str:
        """Say how the day was counted, and which holidays moved it."""
        days, count, calendar = self._period()
        if self.due or days is None:
            return ""
        if count is deadlines.Count.CALENDAR:
            return f"{days} days after {on}"
        moved = deadlines.holidays_between(on, by, calendar)
        without = f", without {', '.join(str(one) for one in moved)}" if moved else ""
        return f"{days} business days ({calendar}) after {on}{without}"

    def day_of(self, year: int) -> date:
        """Give the day of a year that an annual report is of."""
        month, day = (int(part) for part in self.as_of.split("-"))
        return date(year, month, day)

    def _period(self) -> tuple[int | None, deadlines.Count, str]:
        if not self.deadline:
            return self.days, self.count, self.calendar
        row = _row(self.deadline)
        return row.days, row.count, row.calendar


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    head: tuple[Field, ...]
    reports: tuple[Kind, ...]


@cache
def kinds() -> dict[str, Kind]:
    """Give every kind of report by its id. Raises `DataError` that names the entry which is wrong."""
    found = document.parse(document.packaged(FILE), _Document, FILE)
    for one in found.reports:
        annual = one.of is Of.HELD
        if annual != bool(one.as_of and one.due) or not (one.deadline or one.rule):
            raise DataError(
                "a report of what is held has `as_of` and `due`, every other a period, and each its rule",
                where=f"{FILE}, {one.id}",
                mend="correct the entry",
            )
        if one.deadline:
            _row(one.deadline)
    return {one.id: one for one in found.reports}


def kind(id_: str) -> Kind:
    """Give one kind of report. Raises `UsageError` (`unknown-report`)."""
    try:
        return kinds()[id_]
    except KeyError:
        raise UsageError(
            f"no report is called {id_!r}", where="KIND", mend=f"use one of {', '.join(kinds())}", code="unknown-report"
        ) from None


def _row(id_: str) -> deadlines.Report:
    for row in deadlines.load().reports:
        if row.id == id_:
            return row
    raise DataError(f"{deadlines.FILE} has no report {id_!r}", where=FILE, mend="name one that it has")
