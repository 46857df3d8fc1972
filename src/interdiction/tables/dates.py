"""Dates as people type them into tables, to the text forms of `PartialDate`.

A date that can be read two ways is read both ways: several birth dates of one party are alternatives,
and the better one counts, so that doubt never hides anybody.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from interdiction.errors import PartyError
from interdiction.model import PartialDate

EARLIEST_YEAR: Final = 1850
LATEST_YEAR: Final = 2100
PLACEHOLDERS: Final = frozenset(
    {"1900-01-01", "1970-01-01", "1899-12-30", "1899-12-31", "1901-01-01", "1904-01-01", "2099-12-31"}
)
"""What systems write for "not known". As a birth date it would speak against a listed namesake, so it is dropped."""

_MONTH_NAMES: Final = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul"),
    *("august aug", "september sep sept", "october oct", "november nov", "december dec"),
)
_MONTHS: Final = {name: at for at, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_TIME: Final = re.compile(
    r"(?<=\d)(?:T|\s+)[0-2]?\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d|AM|PM)?$", re.IGNORECASE
)
_CIRCA: Final = re.compile(r"^(?:circa|ca?\.?|about|approx(?:imately|\.)?|around|~)\s*(?=\S)", re.IGNORECASE)
_RANGE: Final = re.compile(
    r"^(?:between\s+)?(.{4,20}?)\s*(?:/|\bto\b|\band\b|\u2013|-(?=\d{4}$))\s*(.{4,20})$", re.IGNORECASE
)
_NUMERIC: Final = re.compile(r"(\d{1,4})([./\- ])(\d{1,2})\2(\d{1,4})\.?")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[./-](\d{4})")
_WORDS: Final = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*)?([a-z]{3,9})[\s.,\-/]*(\d{4}|\d\d)", re.IGNORECASE)
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})[\s.\-/]*(\d{1,2})(?:st|nd|rd|th)?[\s,.\-/]+(\d{4})", re.IGNORECASE)
_YEAR_WORD_DAY: Final = re.compile(r"(\d{4})[\s.\-/]+([a-z]{3,9})[\s.\-/]+(\d{1,2})", re.IGNORECASE)
_TWO_WAYS: Final = "day and month, or the century, can be read two ways: each reading is an alternative"
_SEVERAL: Final = re.compile(r"\s*(?:;|\bor\b|\|)\s*", re.IGNORECASE)


class Dates(msgspec.Struct, frozen=True):
    """The dates of one cell in `PartialDate` text; `doubt` says why, when they are not simply what stood there."""

    texts: tuple[str, ...]
    doubt: str = ""
    lost: bool = False
    """Something could not be read at all, as against read two ways."""


def read(text: str) -> Dates:
    """Read a cell of one or several dates: ISO and `PartialDate` forms, 18 Feb 1962, 18.02.1962, 1962, circa 1947."""
    parts = [part for part in _SEVERAL.split(text.strip()) if part]
    found = [_one(part) for part in parts[:20]]
    doubts = [one.doubt for one in found if one.doubt]
    texts = dict.fromkeys(date for one in found for date in one.texts)
    lost = any(one.lost for one in found) or len(parts) > 20
    return Dates(tuple(texts), "; ".join(dict.fromkeys(doubts)), lost)


def _one(text: str) -> Dates:
    body = _TIME.sub("", text.strip())
    bare = _CIRCA.sub("", body)
    if bare != body:
        return _about(bare)
    if body.isascii() and body.isdigit() and len(body) == 8:
        body = f"{body[:4]}-{body[4:6]}-{body[6:]}"
    for reading in (_partial, _numeric, _worded, _range):
        found = reading(body)
        if found is not None:
            return found
    return Dates((), "not a date that can be read", lost=True)


def _partial(text: str) -> Dates | None:
    if not text.lstrip("~")[:4].isdigit():
        return None
    try:
        return _checked((str(PartialDate.parse(text)),))
    except PartyError:
        return None


def _about(text: str) -> Dates:
    found = _one(text) if not _CIRCA.match(text) else Dates((), "not a date that can be read", lost=True)
    return Dates(tuple(f"~{one.removeprefix('~')}" for one in found.texts), found.doubt, found.lost)


def _checked(texts: tuple[str, ...], doubt: str = "") -> Dates:
    """Drop placeholders, impossible days and years nobody alive was born in; every date left stands."""
    kept: list[str] = []
    for text in texts:
        try:
            date = PartialDate.parse(text)
        except PartyError:
            continue
        if text in PLACEHOLDERS:
            return Dates((), f"{text} is what systems write for an unknown date", lost=True)
        if date.first.year >= EARLIEST_YEAR and date.last.year <= LATEST_YEAR:
            kept.append(str(date))
    if kept:
        return Dates(tuple(dict.fromkeys(kept)), doubt if len(set(kept)) > 1 else "")
    return Dates((), "no such date, or not one a living party can have", lost=True)


def _numeric(text: str) -> Dates | None:
    month_year = _MONTH_YEAR.fullmatch(text)
    if month_year is not None:
        return _checked((f"{month_year[2]}-{int(month_year[1]):02}",))
    found = _NUMERIC.fullmatch(text)
    if found is None:
        return None
    first, sign, second, third = found.groups()
    if len(first) == 4:
        return _checked((_iso(first, second, third),)) if len(third) <= 2 else None
    if len(first) > 2 or len(third) not in {2, 4}:
        return None
    day_first = _checked(tuple(_iso(year, second, first) for year in _years(third)), _TWO_WAYS)
    if sign == "." and day_first.texts:
        # 02.03.1962 is the second of March wherever dates are written with dots.
        return day_first
    orders = ((first, second), (second, first))
    return _checked(tuple(_iso(year, month, day) for year in _years(third) for day, month in orders), _TWO_WAYS)


def _worded(text: str) -> Dates | None:
    for pattern, day, month, year in ((_WORDS, 1, 2, 3), (_MONTH_FIRST, 2, 1, 3), (_YEAR_WORD_DAY, 3, 2, 1)):
        found = pattern.fullmatch(text)
        number = _MONTHS.get(found[month].casefold()) if found else None
        if not found or not number:
            continue
        if found[day]:
            return _checked(tuple(_iso(each, str(number), found[day]) for each in _years(found[year])), _TWO_WAYS)
        return _checked((f"{found[year]}-{number:02}",)) if len(found[year]) == 4 else None
    return None


def _range(text: str) -> Dates | None:
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    ends = [reading.texts for reading in map(_end, found.groups())]
    if any(len(end) != 1 for end in ends):
        return None
    first, last = (PartialDate.parse(end[0]) for end in ends)
    if last.last < first.first:
        return Dates((), "the range of dates runs backwards", lost=True)
    return _checked((str(PartialDate(first.first, last.last, circa=first.circa or last.circa)),))


def _end(text: str) -> Dates:
    try:
        return _checked((str(PartialDate.parse(text)),))
    except PartyError:
        return _worded(text) or Dates((), lost=True)


def _years(text: str) -> tuple[str, ...]:
    return (text,) if len(text) == 4 else (f"19{text}", f"20{text}")


def _iso(year: str, month: str, day: str) -> str:
    return f"{int(year):04}-{int(month):02}-{int(day):02}"
