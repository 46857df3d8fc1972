"""The parts of OFAC's ADVANCED XML that its parties point to: reference values, dates, places and documents."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Final

import msgspec

from interdiction.errors import PartyError
from interdiction.lists.readers.ofac_features import ADDRESS_PARTS, written
from interdiction.lists.readers.ofac_words import Strange
from interdiction.lists.readers.xml_stream import Element, text_of
from interdiction.model import PartialDate

NOTHING: Final = frozenset({"", "Unknown", "undetermined"})
"""Reference values that say nothing."""

_GREGORIAN: Final = "Gregorian"
_EARLIEST: Final = 1000


class Value(msgspec.Struct, frozen=True, gc=False):
    """One reference value: its text, and the id of the value that it belongs to where there is one."""

    text: str
    of: str = ""


_NO_VALUE: Final = Value("")


class Place(msgspec.Struct, gc=False):
    """A location: the parts of its address, its country, other spellings, and what is remarked of it."""

    parts: dict[str, str] = {}
    country: str = ""
    others: list[dict[str, str]] = []
    remarks: str = ""

    def text(self) -> str:
        """Give the place in words: the country where it says no more."""
        return ", ".join(dict.fromkeys(one for one in (*self.parts.values(), self.country) if one))


class Paper(msgspec.Struct, gc=False):
    """A document or a number in a register, as it will be read into the party it belongs to."""

    label: str
    number: str
    said: dict[str, str]
    details: list[tuple[str, str]]


class Sets:
    """The reference values of one file, by kind and id."""

    def __init__(self, namespace: str, strange: Strange) -> None:
        self.strange = strange
        self.cut = len(namespace) + 2
        self._values: dict[str, dict[str, Value]] = {}

    def take(self, element: Element) -> None:
        """Read `ReferenceValueSets`."""
        for group in element:
            for one in group:
                kind = self.name(one)
                text = text_of(one) or str(one.get("LegalBasisShortRef", "") or one.get("Description", ""))
                if kind == "AreaCode":
                    text = str(one.get("Description", "")) or text
                of = str(one.get("PartyTypeID", "") or one.get("SanctionsProgramID", ""))
                self._values.setdefault(kind, {})[str(one.get("ID", ""))] = Value(text, of)

    def name(self, element: Element) -> str:
        """Give the local name of an element."""
        return str(element.tag)[self.cut :]

    def value(self, kind: str, number: object) -> Value:
        """Give a value; one that the file does not define is counted and says only its number."""
        if number is None:
            return _NO_VALUE
        try:
            return self._values[kind][str(number)]
        except KeyError:
            self.strange.see(f"{kind} (reference)", str(number))
            return _NO_VALUE

    def text(self, kind: str, number: object) -> str:
        """Give the words of a value, nothing for one that says nothing."""
        text = self.value(kind, number).text
        return "" if text in NOTHING else text

    def day(self, element: Element) -> PartialDate:
        """Read a `Date`, `From` or `To`: a month or a day of 0 is not known.

        Raises `PartyError` (code `date`) for a day that no calendar has.
        """
        said = {self.name(child): (child.text or "").strip() for child in element}
        return _day(int(said.get("Year") or 0), int(said.get("Month") or 0), int(said.get("Day") or 0))

    def period(self, element: Element, wrong: Callable[[PartyError], None]) -> tuple[PartialDate | None, str]:
        """Read a `DatePeriod`: the interval from its first day to its last, and its words.

        A date of another calendar is given in words only. Days that no calendar has go to `wrong`.
        """
        if not len(element):
            return None, ""
        points: list[PartialDate] = []
        circa = False
        words: list[str] = []
        for child in element:
            name = self.name(child)
            if name == "Comment":
                words.append(text_of(child))
                continue
            circa = circa or child.get("Approximate") == "true"
            if name.startswith("Duration"):
                words.append(" ".join(f"{one.text} {self.name(one).lower()}" for one in child))
                continue
            for point in child:
                try:
                    points.append(self.day(point))
                except (PartyError, ValueError) as error:
                    wrong(error if isinstance(error, PartyError) else PartyError(str(error), code="date"))
        whole = _interval(points, circa=circa)
        words = [word for word in words if word]
        system = self.text("CalendarType", element.get("CalendarTypeID"))
        if whole is not None and system not in {"", _GREGORIAN}:
            return None, f"{written(whole)} ({system})"
        return whole, "; ".join(([written(whole)] if whole else []) + words)

    def place(self, element: Element) -> Place:
        """Read a `Location`."""
        found = Place()
        area = ""
        remarks: list[str] = []
        for child in element:
            name = self.name(child)
            if name == "LocationPart":
                self._part(child, found, remarks)
            elif name == "LocationCountry":
                land = self.text("Country", child.get("CountryID"))
                if not found.country:
                    found.country = land
                elif land != found.country:
                    remarks.append(land)
            elif name == "LocationAreaCode":
                area = self.text("AreaCode", child.get("AreaCodeID"))
            elif name == "Comment":
                remarks.append(text_of(child))
        found.country = found.country or area
        found.remarks = "; ".join(one for one in remarks if one)
        return found

    def _part(self, element: Element, found: Place, remarks: list[str]) -> None:
        kind = self.value("LocPartType", element.get("LocPartTypeID")).text
        others = 0
        for one in element:
            said = {self.name(child): text_of(child) for child in one}
            value = said.get("Value", "")
            if said.get("Comment"):
                remarks.append(said["Comment"])
            if kind not in ADDRESS_PARTS:
                self.strange.see("address part", kind)
                remarks.append(f"{kind} {value}".strip())
            elif kind not in found.parts and one.get("Primary") != "false":
                found.parts[kind] = value
            elif value:
                while len(found.others) <= others:
                    found.others.append({})
                found.others[others][kind] = value
                others += 1

    def paper(self, element: Element, places: dict[str, Place], wrong: Callable[[PartyError], None]) -> Paper:
        """Read an `IDRegDocument`."""
        label = self.text("IDRegDocType", element.get("IDRegDocTypeID"))
        found = Paper(label, "", {"idCountry": self.text("Country", element.get("IssuedBy-CountryID"))}, [])
        for child in element:
            name = self.name(child)
            if name == "IDRegistrationNo":
                found.number = text_of(child)
            elif name in {"Comment", "IssuingAuthority"}:
                found.details.append((name[0].lower() + name[1:], text_of(child)))
            elif name == "DocumentDate":
                self._paper_date(child, found, wrong)
        validity = self.text("Validity", element.get("ValidityID"))
        if validity != "Valid":
            found.details.append(("validity", validity))
        where = places.get(str(element.get("IssuedIn-LocationID", "")))
        if where is not None:
            found.details.append(("issuingLocation", where.text()))
        return found

    def _paper_date(self, element: Element, found: Paper, wrong: Callable[[PartyError], None]) -> None:
        kind = self.text("IDRegDocDateType", element.get("IDRegDocDateTypeID"))
        for period in element:
            _, words = self.period(period, wrong)
            field = {"Issue Date": "issueDate", "Expiration Date": "expirationDate"}.get(kind)
            if field is None or field in found.said:
                found.details.append((kind or "date", words))
            else:
                found.said[field] = words


@lru_cache(maxsize=1 << 14)
def _day(year: int, month: int, day: int) -> PartialDate:
    """Give a day, a month or a year; a file of a list states the same few thousand days again and again."""
    if year < _EARLIEST:
        raise PartyError(f"no such date: {year}-{month}-{day}", code="date", mend="correct the year")
    try:
        if not month:
            return PartialDate(date(year, 1, 1), date(year, 12, 31))
        if not day:
            return PartialDate(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return PartialDate(date(year, month, day))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise PartyError(f"no such date: {year}-{month}-{day}", code="date", mend="correct it") from error


def _interval(points: list[PartialDate], *, circa: bool) -> PartialDate | None:
    if not points:
        return None
    return PartialDate(min(one.first for one in points), max(one.last for one in points), circa=circa)
