"""Days that a text names, and what they are when the day of publication is known."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import msgspec

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH: Final = rf"(?P<month{{0}}>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_OTHERS: Final = ("on", "a", "one", "today", "yesterday")
_FIRST: Final = r"\d" + "".join(sorted({name[0] for name in (*_MONTHS, *_WEEKDAYS, *_OTHERS)}))
"""Signs with which a day may begin: most words do not, and need no more than one look."""
_DAY: Final = re.compile(
    rf"\b(?=[{_FIRST}])(?:(?:{'|'.join(_WEEKDAYS)}),?\s+(?=\d{{1,2}}\s+[A-Z]|[A-Z][a-z]+\s+\d))?"
    rf"(?:{_MONTH.format(1)}\s+(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year1>\d{{4}}))?(?![\d-])"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+day\s+of)?\s+{_MONTH.format(2)}(?:,?\s+(?P<year2>\d{{4}}))?"
    rf"|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?<![\d.])(?P<one>\d{{1,2}})(?P<mark>[./])(?P<two>\d{{1,2}})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\d./])"
    rf"|(?:on\s+)?(?P<weekday>{'|'.join(_WEEKDAYS)})"
    rf"|(?P<near>today|yesterday|tomorrow|(?:a|one) day earlier))\b",
    re.IGNORECASE,
)
_HINT: Final = re.compile(r"\d|day|tomorrow|TOMORROW|DAY", re.ASCII)
"""Every day is written with a number or one of these."""
_NEAR: Final = {"today": 0, "yesterday": -1, "tomorrow": 1, "a day earlier": -1, "one day earlier": -1}
_OF_NO_ACT: Final = re.compile(
    r"(?:\b(?:DOB|POB|Date of birth|Place of birth|born|Established Date|Date of registration|Date of Birth"
    r"|Manufacture Date):?\s*(?:on\s+|alt\.\s+|c\.\s*)?|->\s*)(?:\d[\w ./]*(?:;|,| or| and|->)\s*){0,3}\Z"
)
"""In front of a day that is somebody's, not an act's."""
_YEAR_SAID: Final = re.compile(r",?\s+(?:of\s+)?(?:(last)|this|(next))\s+year\b", re.IGNORECASE)
_BACK: Final = 60


class Day(msgspec.Struct, frozen=True):
    """A day as a sentence names it, at `start` to `end` of its characters."""

    start: int
    end: int
    said: str
    fixed: date | None = None
    """The date, where the text gives all of it."""
    weekday: int | None = None
    """0 is Monday."""
    near: int | None = None
    """Days from that of publication: today, yesterday."""
    month_day: tuple[int, int] | None = None
    """Month and day without a year."""
    years: int | None = None
    """Years from that of publication, where the text says so: "13 November last year"."""
    other: date | None = None
    """The other reading of 03/04/2025: as an American writes it."""

    def on(self, published: date | None) -> date | None:
        """Give the date, when the text or the day of publication fixes it.

        A weekday is the last one up to the publication; a day without a year, and of 03/04/2025 the reading, is the one
        nearest to it.
        """
        if published is None or (self.fixed is not None and self.other is None):
            return self.fixed
        if self.fixed is not None and self.other is not None:
            return min(self.fixed, self.other, key=lambda one: abs(one - published))
        if self.near is not None:
            return published + timedelta(days=self.near)
        if self.weekday is not None:
            return published - timedelta(days=(published.weekday() - self.weekday) % 7)
        if self.month_day is not None:
            years = (-1, 0, 1) if self.years is None else (self.years,)
            near = [found for year in years if (found := _date(published.year + year, *self.month_day))]
            return min(near, key=lambda one: abs(one - published), default=None)
        return None


@lru_cache(maxsize=1024)
def days_in(text: str) -> tuple[Day, ...]:
    """Give every day that a sentence names, in their order. "today's" counts as today."""
    found: list[Day] = []
    if not _HINT.search(text):
        return ()
    for match in _DAY.finditer(text):
        start, end, said = match.start(), match.end(), match[0]
        if _OF_NO_ACT.search(text, max(0, start - _BACK), start):
            continue
        if match["one"]:
            found.append(_written(start, end, said, (int(match["one"]), int(match["two"]), int(match["year"]))))
        elif match["iso"]:
            found.append(Day(start, end, said, fixed=_iso(match["iso"])))
        elif match["weekday"]:
            found.append(Day(start, end, said, weekday=_WEEKDAYS.index(match["weekday"].casefold())))
        elif match["near"]:
            found.append(Day(start, end, said, near=_NEAR[match["near"].casefold()]))
        else:
            which = "1" if match["month1"] else "2"
            month, day = _MONTHS[match[f"month{which}"].casefold()], int(match[f"day{which}"])
            year = match[f"year{which}"]
            if year:
                found.append(Day(start, end, said, fixed=_date(int(year), month, day)))
            elif _date(2000, month, day):
                of = _YEAR_SAID.match(text, end)
                years = None if of is None else -1 if of[1] else 1 if of[2] else 0
                found.append(Day(start, end, said, month_day=(month, day), years=years))
    return tuple(day for day in found if day.fixed or day.weekday is not None or day.near is not None or day.month_day)


def _written(start: int, end: int, said: str, numbers: tuple[int, int, int]) -> Day:
    """Give the day that three numbers write; which is the month may be open."""
    one, two, year = numbers
    first, other = _date(year, two, one), _date(year, one, two)
    if first is None or "." in said:
        return Day(start, end, said, fixed=first or other)
    return Day(start, end, said, fixed=first, other=other if other != first else None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
