"""Who holds what of whom: stakes with exact shares that may be ranges, dates and doubts."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final

import msgspec

from interdiction.errors import PartyError
from interdiction.model.dates import PartialDate
from interdiction.model.problem import Problem

WHOLE: Final = 720_720 * 10**7
"""All of something, in the parts that shares are counted in: percentages of six decimals and every fraction whose
denominator divides 720,720 (thirds, sevenths, elevenths, thirteenths) are exact. Others are rounded outwards."""

_NUMBER: Final = r"(\d{1,12}(?:[.,]\d{1,12})?|\d{1,9}/\d{1,9})\s*%?"
_EXACT: Final = re.compile(_NUMBER)
_RANGE: Final = re.compile(rf"([\[(]?)\s*{_NUMBER}\s*(?:-|–|to|,|;|\.\.)\s*{_NUMBER}\s*([\])]?)", re.IGNORECASE)
_BELOW: Final = re.compile(rf"(?:<=?|≤|less than|under|below|up to|at most|not more than)\s*{_NUMBER}", re.IGNORECASE)
_ABOVE: Final = re.compile(rf"(?:>=?|≥|more than|over|above|at least)\s*{_NUMBER}|{_NUMBER}\s*\+", re.IGNORECASE)
_CLOSED: Final = ("<=", "≤", ">=", "≥", "at least", "at most", "up to", "not more than")
_UNKNOWN: Final = frozenset({"", "?", "unknown", "n/a", "na", "not stated", "not known", "-"})


class Share(msgspec.Struct, frozen=True, order=True):
    """A share of the whole: at least `low` and at most `high` in parts of `WHOLE`; an open end excludes its value.

    Exact when both are equal; the default is a share of which nothing is known.
    """

    low: int = 0
    high: int = WHOLE
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def exact(cls, part: Fraction) -> Share:
        """Give the share that is this part of the whole (1/2 is half). Raises `PartyError` (`share`) outside 0 to 1."""
        return cls.between(part, part)

    @classmethod
    def between(cls, low: Fraction, high: Fraction, *, low_open: bool = False, high_open: bool = False) -> Share:
        """Give a range of parts of the whole; what falls between two counted parts is rounded outwards.

        Raises `PartyError` (code `share`) for a part below nothing or above the whole, and for a range that is empty.
        """
        if low < 0 or high > 1 or low > high or (low == high and (low_open or high_open)):
            raise PartyError(
                f"no share of a whole: {float(low) * 100:g} to {float(high) * 100:g} %",
                code="share",
                mend="write a percentage from 0 to 100, the smaller one first",
            )
        first, last = low * WHOLE, high * WHOLE
        down, up = first.numerator // first.denominator, -(-last.numerator // last.denominator)
        return cls(down, up, low_open or down != first, high_open or up != last)

    @classmethod
    def parse(cls, text: str) -> Share:
        """Read a percentage: `50`, `33.3 %`, `1/3` (of the whole), `25-50`, `(25, 50]`, `more than 25`, `<5`, `?`.

        A range without brackets holds both ends. Raises `PartyError` (code `share`) for anything else.
        """
        said = text.strip().casefold()
        if said in _UNKNOWN:
            return cls()
        if found := _EXACT.fullmatch(said):
            return cls.exact(_part(found[1]))
        if found := _RANGE.fullmatch(said):
            return cls.between(_part(found[2]), _part(found[3]), low_open=found[1] == "(", high_open=found[4] == ")")
        is_open = not said.startswith(_CLOSED) and not said.endswith("+")
        if found := _BELOW.fullmatch(said):
            return cls.between(Fraction(0), _part(found[1]), high_open=is_open)
        if found := _ABOVE.fullmatch(said):
            return cls.between(_part(found[1] or found[2]), Fraction(1), low_open=is_open)
        raise PartyError(
            f"not a share: {text!r}", code="share", mend="write 50, 33.3 %, 1/3, 25-50, (25, 50] or more than 25"
        )

    @property
    def known(self) -> bool:
        """Whether anything narrower than nothing to all is known."""
        return self.low > 0 or self.high < WHOLE or self.low_open or self.high_open

    def __str__(self) -> str:
        if not self.known:
            return "unknown share"
        low, high = percent(self.low), percent(self.high)
        if self.low == self.high:
            return f"{low} %"
        if self.high == WHOLE and not self.high_open:
            return f"{'more than' if self.low_open else 'at least'} {low} %"
        if self.low == 0 and not self.low_open:
            return f"{'less than' if self.high_open else 'at most'} {high} %"
        return f"{'over ' if self.low_open else ''}{low} to {'under ' if self.high_open else ''}{high} %"


def percent(parts: int) -> str:
    """Give parts of `WHOLE` as a percentage, with the decimals it needs, at most six."""
    return f"{float(Fraction(parts * 100, WHOLE)):.6f}".rstrip("0").rstrip(".")


def _part(text: str) -> Fraction:
    """Give the part of the whole that a number says: a fraction as it stands, a percentage by its hundredth."""
    if "/" in text:
        above, _, below = text.partition("/")
        if not int(below):
            raise PartyError(f"not a share: {text!r}", code="share", mend="write a percentage from 0 to 100")
        return Fraction(int(above), int(below))
    return Fraction(text.replace(",", ".")) / 100


class StakeKind(StrEnum):
    """What a party holds of another."""

    SHARES = "shares"
    VOTES = "votes"
    APPOINT = "appoint"
    """The right to appoint or remove directors; the share is that of the board."""
    CONTROL = "control"
    """Its affairs are run as the holder wishes, whatever it owns."""
    UNKNOWN = "unknown"
    """An interest of which nobody says what it is: it may be any of the others."""
    OTHER = "other"
    """A tie that is neither ownership nor control by itself: a director, a relative, an agent. Risk, never a block."""


class Stake(msgspec.Struct, frozen=True, omit_defaults=True):
    """What `owner` holds of `owned`, both ids of parties of a register, as one source states it.

    `owner` is empty where the source says that somebody holds it but not who. `share` counts for shares, votes and
    appointments. `begins` and `ends` are the first and the last day of the holding; none: not stated. `direct` is
    false for a holding through others of which the source names the sum, not the chain. `joint` names an
    arrangement by which several hold together. `nominee` marks a holder in name only, for somebody not stated.
    `lot` tells two holdings of one owner apart that add up (a class of shares). `note` keeps the source's own words.
    """

    owner: str
    owned: str
    kind: StakeKind = StakeKind.SHARES
    share: Share = Share()
    begins: PartialDate | None = None
    ends: PartialDate | None = None
    direct: bool = True
    joint: str = ""
    nominee: bool = False
    lot: str = ""
    note: str = ""
    source: str = ""
    line: int = 0


def window(when: PartialDate | None) -> tuple[date, date] | None:
    """Give the first and last day a date may mean; an approximate one may be a year off either way."""
    if when is None or not when.circa:
        return None if when is None else (when.first, when.last)
    return _moved(when.first, -_YEAR), _moved(when.last, _YEAR)


_YEAR: Final = 366


def _moved(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


class RegisterImport(msgspec.Struct, frozen=True, omit_defaults=True):
    """One register as it came: the last of a source counts, and the earlier ones stay to be asked about.

    `source` names where it comes from, `at` when it came, `format` is table, bods, ftm or gleif.
    """

    source: str
    at: datetime
    by: str | None
    file: str
    sha256: str
    format: str
    parties: int
    stakes: int
    problems: tuple[Problem, ...] = ()


class Control(StrEnum):
    """What a regime's test says of a party that is not listed itself."""

    LISTED = "listed"
    BLOCKED = "blocked"
    """The least that is known meets the test."""
    PRESUMED = "presumed"
    """The test is met, and the law lets the presumption be rebutted."""
    UNKNOWN = "unknown"
    """What is not known decides, or no test of the regime is known: never clear."""
    NOT_BLOCKED = "not_blocked"
    """The most that is known of fails the test."""
