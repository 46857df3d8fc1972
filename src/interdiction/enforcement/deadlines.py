"""What is to be filed after an action and by which day, in business days of real calendars (`data/deadlines.yml`).

The day of the action is not counted: what is blocked on a Friday is reported by the Friday two weeks later, and a day
later for every holiday between.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final, cast

import msgspec

from interdiction.enforcement import document
from interdiction.errors import DataError
from interdiction.model import Disposition, Due

FILE: Final = "deadlines.yml"
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class Count(StrEnum):
    """How the days of a period are counted."""

    BUSINESS = "business"
    CALENDAR = "calendar"


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose holidays count: a country with a subdivision, or a financial market."""

    country: str = ""
    subdivision: str | None = None
    market: str = ""


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One duty to report: after which action, to whom, by when, under which rule and where that was read."""

    id: str
    law: str
    after: Disposition
    to: str
    rule: str
    source: str
    verified: bool
    days: int | None = None
    count: Count = Count.CALENDAR
    calendar: str = ""


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    calendars: dict[str, Calendar]
    members: tuple[str, ...]
    reports: tuple[Report, ...]

    def calendar(self, name: str) -> Calendar | None:
        """Give the calendar of that name: one of the file, or `eu-de` for the holidays of a member state."""
        country = name.removeprefix("eu-").upper()
        if name.startswith("eu-") and country in self.members:
            return Calendar(country=country)
        return self.calendars.get(name)


def duties(laws: Container[str], after: Disposition, on: date) -> tuple[Due, ...]:
    """Give what has to be filed when `after` was done on the day `on` by somebody whom `laws` bind."""
    return tuple(
        Due(
            report=one.id,
            to=one.to,
            rule=one.rule,
            by=None if one.days is None else _by(one, on),
            calendar=one.calendar if one.count is Count.BUSINESS else "",
        )
        for one in load().reports
        if one.law in laws and one.after is after
    )


def due(on: date, days: int, calendar: str) -> date:
    """Give the day that is `days` business days after `on`. Raises `DataError` for a calendar that does not exist."""
    closed = holidays_of(calendar)
    day = on
    while days > 0:
        day += _DAY
        days -= is_business(day, closed)
    return day


def is_business(day: date, closed: Container[date]) -> bool:
    """Tell whether `day` is a business day: neither at a weekend nor among the holidays `closed`."""
    return day.weekday() < _SATURDAY and day not in closed


@cache
def holidays_of(calendar: str) -> Container[date]:
    """Give the holidays of a calendar of the file; any year can be asked for."""
    import holidays  # noqa: PLC0415 - a tenth of a second that a run without a deadline never needs

    found = load().calendar(calendar)
    if found is None:
        raise DataError(
            f"no calendar is called {calendar!r}",
            where=FILE,
            mend=f"use one of {', '.join(load().calendars)}, or eu- with the code of a member state",
        )
    if found.market:
        return cast("Container[date]", holidays.financial_holidays(found.market))
    return cast("Container[date]", holidays.country_holidays(found.country, subdiv=found.subdivision))


@cache
def load() -> _Document:
    """Read the packaged file. Raises `DataError` that names the entry which is wrong."""
    found = document.parse(document.packaged(FILE), _Document, FILE)
    for one in found.reports:
        if one.days is not None and one.calendar not in found.calendars:
            raise DataError(
                f"no calendar is called {one.calendar!r}", where=f"{FILE}, {one.id}", mend="name one of them"
            )
    return found


def holidays_between(on: date, until: date, calendar: str) -> tuple[date, ...]:
    """Give the holidays on weekdays behind `on` and up to `until`: those that moved a deadline."""
    closed = holidays_of(calendar)
    days = (on + timedelta(days=count) for count in range(1, (until - on).days + 1))
    return tuple(day for day in days if day.weekday() < _SATURDAY and day in closed)


def _by(report: Report, on: date) -> date:
    days = report.days or 0
    return due(on, days, report.calendar) if report.count is Count.BUSINESS else on + timedelta(days=days)
