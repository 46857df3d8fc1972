"""Deadlines in business days: which days count, by the holidays of an authority or a market."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

import msgspec

from interdiction.enforcement import document
from interdiction.errors import UsageError

FILE: Final = "calendars.yml"
_SATURDAY: Final = 5


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose holidays count. `country` with `subdivision`, or `market`, name a table of the package `holidays`."""

    id: str
    title: str
    source: str
    verified: bool
    country: str = ""
    subdivision: str = ""
    market: str = ""


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    calendars: tuple[Calendar, ...]
    members: tuple[str, ...]


@cache
def calendars() -> dict[str, Calendar]:
    """Give every calendar by its id: `us-federal`, `uk`, `target`, and `eu-` with a country for each member state."""
    found = document.parse(document.packaged(FILE), _Document, FILE)
    members = (
        Calendar(
            f"eu-{country.lower()}", f"{country}, public holidays", "national law", verified=False, country=country
        )
        for country in found.members
    )
    return {one.id: one for one in (*found.calendars, *members)}


def calendar(id_: str) -> Calendar:
    """Give one calendar. Raises `UsageError` (`unknown-calendar`)."""
    try:
        return calendars()[id_]
    except KeyError:
        raise UsageError(
            f"no calendar is called {id_!r}",
            where="calendar",
            mend=f"use one of {', '.join(calendars())}",
            code="unknown-calendar",
        ) from None


def is_business_day(day: date, calendar_id: str) -> bool:
    """Tell whether the authority works that day. Raises `UsageError` (`unknown-calendar`)."""
    return day.weekday() < _SATURDAY and day not in _holidays(calendar_id, day.year)


def holiday(day: date, calendar_id: str) -> str:
    """Name the holiday of that day, or nothing."""
    return _holidays(calendar_id, day.year).get(day, "")


def after(day: date, days: int, calendar_id: str) -> date:
    """Give the business day that is the `days`-th after `day`; the day itself does not count, whatever it is.

    Property blocked on Friday 2 January 2015 is reported within 10 business days: by Friday 16 January.
    Raises `UsageError` (`unknown-calendar`).
    """
    left = days
    while left > 0:
        day += timedelta(days=1)
        left -= is_business_day(day, calendar_id)
    return day


def skipped(day: date, until: date, calendar_id: str) -> tuple[tuple[date, str], ...]:
    """Give the holidays between two days that moved a deadline: weekdays alone, both ends left out."""
    between = (day + timedelta(days=count) for count in range(1, (until - day).days))
    return tuple((one, name) for one in between if one.weekday() < _SATURDAY and (name := holiday(one, calendar_id)))


@cache
def _holidays(calendar_id: str, year: int) -> dict[date, str]:
    import holidays  # noqa: PLC0415 - a seventh of a second, which only a deadline needs

    one = calendar(calendar_id)
    # The observed day of a 1 January that is a Saturday stands in the year before: both years are asked for.
    years = (year, year + 1)
    found = (
        holidays.financial_holidays(one.market, years=years)
        if one.market
        else holidays.country_holidays(one.country, subdiv=one.subdivision or None, years=years)
    )
    return {day: name for day, name in found.items() if day.year == year}
