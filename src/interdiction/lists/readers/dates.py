"""Dates as OFAC and the UN write them: `18 Feb 1962`, `Feb 1962`, `circa 1947`, `1961 to 1963`, `2001-01-25`."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from interdiction.errors import PartyError
from interdiction.model import PartialDate

_EARLIEST = 1000
"""A year of three digits is a slip."""

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for month in names
}
_CIRCA = re.compile(r"^(?:circa|c\.|ca\.?|approximately|approx\.?|about)\s+", re.IGNORECASE)
_RANGE = re.compile(
    r"^(?:between\s+|from\s+)?(.+?)\s*(?:\bto\b|\band\b|\u2013|(?<=\d{4})-(?=\d{4}$))\s*(.+)$", re.IGNORECASE
)
_WORDS = re.compile(r"^(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})$")
_AMERICAN = re.compile(r"^([A-Za-z]{3,9})\.?\s+(\d{1,2}),\s*(\d{4})$")
_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ]\d{2}:\d{2}\S*|Z|[+-]\d{2}:\d{2})?$")
_SLASHED = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")


@lru_cache(maxsize=1 << 16)
def partial_date(text: str) -> PartialDate | None:
    """Read one date or range of dates; `None` where the text is not one (`unknown`, a sentence).

    Raises `PartyError` (code `date` or `date-range`) for an impossible one: 31 February, a range that runs
    backwards, a year before 1000.
    """
    body = text.strip().rstrip(".").strip()
    circa = _CIRCA.match(body)
    if circa is not None:
        body = body[circa.end() :]
    one = _one(body)
    if one is not None:
        return PartialDate(one[0], one[1], circa=circa is not None)
    both = _RANGE.match(body)
    if both is None:
        return None
    first, last = _one(both[1]), _one(both[2])
    if first is None or last is None:
        return None
    return PartialDate(first[0], last[1], circa=circa is not None)


@lru_cache(maxsize=1 << 12)
def exact_day(text: str) -> date | None:
    """Read a date known to the day, `2001-01-25-05:00` and `12/31/2025` (month first) included; `None` for others."""
    body = text.strip()
    slashed = _SLASHED.match(body)
    try:
        if slashed is not None:
            return date(int(slashed[3]), int(slashed[1]), int(slashed[2]))
        read = partial_date(body)
    except (ValueError, PartyError):
        return None
    return read.first if read is not None and read.precision == "day" else None


def _one(text: str) -> tuple[date, date] | None:
    words = _WORDS.match(text)
    if words is not None:
        return _in_words(words[3], words[2], words[1], text)
    american = _AMERICAN.match(text)
    if american is not None:
        return _in_words(american[3], american[1], american[2], text)
    iso = _ISO.match(text)
    if iso is None:
        return None
    return _interval("-".join(part for part in iso.groups() if part))


def _in_words(year: str, month: str, day: str | None, text: str) -> tuple[date, date] | None:
    number = _MONTHS.get(month.lower())
    if number is None:
        return None
    if day is None:
        return _interval(f"{year}-{number:02d}")
    try:
        exact = date(int(year), number, int(day))
    except ValueError:
        raise _no_such(text) from None
    if exact.year < _EARLIEST:
        raise _no_such(text)
    return exact, exact


def _interval(text: str) -> tuple[date, date]:
    read = PartialDate.parse(text)
    if read.first.year < _EARLIEST:
        raise _no_such(text)
    return read.first, read.last


def _no_such(text: str) -> PartyError:
    return PartyError(f"no such date: {text!r}", code="date", mend="correct the day, month or year")
