"""When a decision is made: an instant, or a day of which the hour is not known; and what is in force then.

A prohibition is in force on a day if it is at any instant of it, a licence only if it is at every instant of it: what
is not known falls towards holding. An interval has its first instant and the first at which it holds no more, so that
a licence that ends "at 12:01 a.m. on 3 April" has ended before the business day of 3 April.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

import msgspec

from interdiction.errors import UsageError


class Moment(msgspec.Struct, frozen=True):
    """The day of a decision, and its instant where that is known; the instant has its zone."""

    on: date
    at: datetime | None = None

    @classmethod
    def of(cls, on: date, at: datetime | None = None) -> Moment:
        """Give the moment. Raises `UsageError` (`instant`) for an instant without a zone."""
        if at is not None and at.tzinfo is None:
            raise UsageError(
                "an instant needs its zone",
                where=at.isoformat(),
                code="instant",
                mend="write 2016-03-16T00:01:00-04:00",
            )
        return cls(on, at)

    def touches(self, since: datetime | None, until: datetime | None) -> bool:
        """Tell whether the interval holds at the instant, or at any instant of the day (a prohibition)."""
        first, last = self._ends(since, until)
        return (since is None or since <= last) and (until is None or first < until)

    def within(self, since: datetime | None, until: datetime | None) -> bool:
        """Tell whether the interval holds at the instant, or at every instant of the day (a licence)."""
        first, last = self._ends(since, until)
        return (since is None or since <= first) and (until is None or last < until)

    def _ends(self, since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
        if self.at is not None:
            return self.at, self.at
        # The day is that of the place whose law it is: its zone is the one the interval is written in.
        zone: tzinfo = next((one.tzinfo for one in (since, until) if one is not None and one.tzinfo is not None), UTC)
        first = datetime.combine(self.on, time.min, zone)
        return first, first + timedelta(days=1) - timedelta(microseconds=1)
