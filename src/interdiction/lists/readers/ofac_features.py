"""One labelled fact of OFAC, `Gender: Male` or `Passport: A123`, to its field: the same for all of its XML formats.

What no field holds is given back as text, for the remarks, where the legacy files have it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from interdiction.errors import PartyError
from interdiction.lists.readers import places, remarks
from interdiction.lists.readers.dates import partial_date
from interdiction.lists.readers.documents import OTHER, TYPES, WALLET_LABEL
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.entries import impossible
from interdiction.lists.readers.identifiers import labelled
from interdiction.lists.readers.ofac_party import address, tonnage
from interdiction.lists.readers.reading import Problems
from interdiction.lists.readers.remark_rules import RULES, add_document
from interdiction.model import PartialDate

Taker = Callable[[Draft, str, Problems], bool]
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def fact(draft: Draft, label: str, value: str, problems: Problems) -> str:
    """Read one fact; give back what no field holds, or nothing."""
    taker = _TAKERS.get(label.casefold())
    if taker is not None and taker(draft, value, problems):
        return ""
    if document(draft, label.rstrip(" :-"), value, {}, problems):
        return ""
    text = f"{label} {value}".strip()
    return "" if remarks.read(draft, text, problems, last=False) else text


def document(draft: Draft, label: str, number: str, said: dict[str, str], problems: Problems) -> bool:
    """Read one document, written out as the legacy files write it, so that all formats give the same.

    `said` may hold `idCountry`, `issueDate` and `expirationDate`.
    """
    word = TYPES.get(label)
    if word is None and (label in RULES or label.startswith(WALLET_LABEL) or not said.get("idCountry")):
        return False
    text = number
    for field, form in (("idCountry", " ({})"), ("issueDate", " issued {}"), ("expirationDate", " expires {}")):
        if said.get(field):
            text += form.format(said[field])
    wrong: list[PartyError] = []
    known = add_document(draft, labelled(word or OTHER, label, text, wrong))
    for error in wrong:
        impossible(draft, error, f"{label} {text}", problems)
    return known


def written(when: PartialDate) -> str:
    """Write a date as OFAC's other formats do: `18 Feb 1962`, `Feb 1962`, `circa 1947`, `1961 to 1963`."""
    if when.precision == "range":
        text = f"{_day(when.first)} to {_day(when.last)}"
        if (when.first.month, when.first.day, when.last.month, when.last.day) == (1, 1, 12, 31):
            text = f"{when.first.year} to {when.last.year}"
    elif when.precision == "year":
        text = str(when.first.year)
    elif when.precision == "month":
        text = f"{_MONTHS[when.first.month - 1]} {when.first.year}"
    else:
        text = _day(when.first)
    return f"circa {text}" if when.circa else text


def _day(day: date) -> str:
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year}"


_STREETS: Final = ("ADDRESS1", "ADDRESS2", "ADDRESS3")
ADDRESS_PARTS: Final = frozenset({*_STREETS, "CITY", "STATE/PROVINCE", "REGION", "POSTAL CODE"})
"""The parts of an address that its fields hold."""


def add_address(draft: Draft, said: Mapping[str, str], land: str, note: str = "") -> None:
    """Add one address from its parts. A region that stands for a country (`Gaza`) is looked up as one."""
    region = " ".join(part for part in (said.get("STATE/PROVINCE", ""), said.get("REGION", "")) if part)
    street = ", ".join(said[line] for line in _STREETS if said.get(line))
    if not land and said.get("REGION"):
        land = f"Region: {said['REGION']}"
    read = address(street, said.get("CITY", ""), region, said.get("POSTAL CODE", ""), land, note)
    if read is not None:
        draft.addresses.append(read)


def add_remark(draft: Draft, text: str) -> None:
    """Add what no field holds to the remarks."""
    if text:
        draft.remarks = f"{draft.remarks}; {text}" if draft.remarks else text


def _birth_date(draft: Draft, value: str, problems: Problems) -> bool:
    try:
        read = partial_date(value)
    except PartyError as error:
        impossible(draft, error, value, problems)
        return True
    if read is not None:
        draft.birth_dates.append(read)
    return read is not None


def _birth_place(draft: Draft, value: str, _problems: Problems) -> bool:
    draft.birth_places.append(value)
    return True


def _tie(citizen: bool) -> Taker:
    def take(draft: Draft, value: str, _problems: Problems) -> bool:
        found = places.country(value)
        if found:
            (draft.citizenships if citizen else draft.nationalities).append(found)
        return True

    return take


def titles(draft: Draft, value: str, _problems: Problems | None = None) -> bool:
    """Add what a title packs with semicolons."""
    draft.titles.extend(one for part in value.split("; ") if (one := part.strip()))
    return True


def _vessel(field: str) -> Taker:
    def take(draft: Draft, value: str, _problems: Problems) -> bool:
        if field in draft.vessel:
            return False
        draft.vessel[field] = (places.country(value) or value) if field == "flag" else tonnage(value)
        return True

    return take


_TAKERS: Final[dict[str, Taker]] = {
    "birthdate": _birth_date,
    "place of birth": _birth_place,
    "nationality country": _tie(citizen=False),
    "citizenship country": _tie(citizen=True),
    "title": titles,
    "vessel call sign": _vessel("call_sign"),
    "vessel type": _vessel("type"),
    "vessel flag": _vessel("flag"),
    "vessel owner": _vessel("owner"),
    "vessel tonnage": _vessel("tonnage"),
    "vessel gross tonnage": _vessel("tonnage"),
    "vessel gross registered tonnage": _vessel("gross_tonnage"),
}
"""Label, in lower case, to what it fills; the rest of the labels are those of the remarks."""
