"""Dates as publishers write them: with the precision they have, never more."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Literal

from interdiction.errors import PartyError

Precision = Literal["day", "month", "year", "range"]

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class PartialDate:
    """A date known to the day, month or year, or as a range of days; `circa` when even that is approximate.

    Text forms: `1962-02-18`, `1962-02`, `1962`, `~1947`, `1946/1948` (both ends included, each end
    in any of the three precisions). Immutable and hashable; equal when interval and circa are equal.
    """

    __slots__ = ("circa", "first", "last")

    circa: bool
    first: date
    last: date

    def __init__(self, first: date, last: date | None = None, *, circa: bool = False) -> None:
        last = first if last is None else last
        if last < first:
            raise PartyError(
                f"date range runs backwards: {first} to {last}", code="date-range", mend="put the earlier date first"
            )
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "last", last)
        object.__setattr__(self, "circa", circa)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("PartialDate is immutable")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read one of the text forms.

        Raises `PartyError` (code `date`) for anything else, an impossible day such as 31 February included.
        """
        return _remembered(text) if len(text) <= _LONGEST else _read(text)

    @property
    def precision(self) -> Precision:
        """How exactly the date is known; a whole calendar month or year counts as such."""
        if self.first == self.last:
            return "day"
        if self.first.day == 1 and self.last == _month_end(self.first.year, self.last.month):
            if (self.first.year, self.first.month) == (self.last.year, self.last.month):
                return "month"
            if self.first.year == self.last.year and (self.first.month, self.last.month) == (1, 12):
                return "year"
        return "range"

    def __str__(self) -> str:
        first, last = self.first, self.last
        if first == last:
            text = first.isoformat()
        else:
            precision = self.precision
            if precision == "month":
                text = first.isoformat()[:7]
            elif precision == "year":
                text = f"{first.year:04d}"
            elif first == date(first.year, 1, 1) and self._ends_a_year():
                text = f"{first.year:04d}/{last.year:04d}"
            else:
                text = f"{first.isoformat()}/{last.isoformat()}"
        return f"~{text}" if self.circa else text

    def _ends_a_year(self) -> bool:
        return (self.last.month, self.last.day) == (12, 31)

    def __repr__(self) -> str:
        return f"PartialDate({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.first, self.last, self.circa) == (other.first, other.last, other.circa)

    def __hash__(self) -> int:
        return hash((self.first, self.last, self.circa))

    def __lt__(self, other: PartialDate) -> bool:
        return (self.first, self.last, self.circa) < (other.first, other.last, other.circa)


_LONGEST = 24
"""Characters of a text that is worth remembering: no date is longer."""


@lru_cache(1 << 14)
def _remembered(text: str) -> PartialDate:
    return _read(text)


def _read(text: str) -> PartialDate:
    body = text.strip()
    circa = body.startswith("~")
    head, slash, tail = body.removeprefix("~").partition("/")
    first = _bounds(head, text)
    last = _bounds(tail, text) if slash else first
    return PartialDate(first[0], last[1], circa=circa)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _bounds(text: str, whole: str) -> tuple[date, date]:
    matched = _PART.fullmatch(text.strip())
    if matched is None:
        raise PartyError(
            f"not a date: {whole!r}", code="date", mend="write 1962-02-18, 1962-02, 1962, ~1947 or 1946/1948"
        )
    year, month, day = (int(part) if part else None for part in matched.groups())
    try:
        if year is not None and month is not None and day is not None:
            exact = date(year, month, day)
            return exact, exact
        if year is not None and month is not None:
            return date(year, month, 1), _month_end(year, month)
        return date(year or 0, 1, 1), date(year or 0, 12, 31)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise PartyError(f"no such date: {whole!r}", code="date", mend="correct the day, month or year") from error


def contradict(dates: Iterable[PartialDate]) -> bool:
    """Tell whether two of the dates are two years or more apart: they cannot be one person's date of birth."""
    apart = (max(a.first, b.first) - min(a.last, b.last) for a, b in combinations(dates, 2))
    return any(days.days >= _FAR for days in apart)


_FAR = 730
"""Days: the judge's own measure (docs/judging.md, section 2)."""
