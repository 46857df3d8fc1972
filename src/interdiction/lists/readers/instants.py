"""The instant at which a day begins where a European authority sits: lists state days, the law takes effect then."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

BRUSSELS = 1
"""Hours before UTC in winter; Bern keeps the same time."""


@lru_cache(maxsize=1 << 12)
def midnight(day: date, winter_hours: int) -> datetime:
    """Give 00:00 of `day` with its offset; summer time runs from the last Sunday of March to that of October."""
    summer = _last_sunday(day.year, 3) < day <= _last_sunday(day.year, 10)
    zone = timezone(timedelta(hours=winter_hours + summer))
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() + 1) % 7)
