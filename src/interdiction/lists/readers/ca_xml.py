"""Reads Canada's consolidated autonomous sanctions list (SEMA and JVCFOA) as XML: one record for each schedule item.

The list has no ids: country, schedule and item number together are unique and make the uid. Today's bilingual
element names (`Country-Pays`) and the English ones of before are the same to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from interdiction.errors import ListFileError
from interdiction.lists.readers import xml_stream
from interdiction.lists.readers.collected import Collected, read_entries
from interdiction.lists.readers.dates import exact_day
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.packed import dated, squeeze
from interdiction.lists.readers.reading import ListFile, Reading
from interdiction.lists.readers.scripts import script_of
from interdiction.lists.readers.xml_stream import Piece, Shape
from interdiction.model import Designation, Grade, Identifier, Kind, Measure, Name, NamePart, NameQuality

FORMAT = "ca-xml"
ROOT = "data-set"
NAMESPACES = ("",)

_RENAMED = {"TitleOrShipType": "TitleOrShip"}
_KNOWN = frozenset(
    {
        "Country", "LastName", "GivenName", "EntityOrShip", "TitleOrShip", "ShipIMONumber",
        "DateOfBirthOrShipBuildDate", "Schedule", "Item", "DateOfListing", "Aliases",
    }
)  # fmt: skip
_SHIP_TYPE = re.compile(r"\b(?:tanker|cargo|carrier|ship|vessel|bulk)\b", re.IGNORECASE)
_NOT_UID = re.compile(r"[^a-z0-9.]+")
_OR = re.compile(r"\s+or\s+|\s*;\s*", re.IGNORECASE)
_SPOKEN = r"(?:in\s+)?(?P<name>Russian|Arabic|Ukrainian|Belarusian|Persian|Farsi|Chinese|Burmese|Spanish)\s*:\s*"
_LANGUAGE = re.compile(rf"^{_SPOKEN}", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*;\s*|\s+/\s+|\t+|\n+|\s{3,}|,?\s+(?=(?:Russian|Arabic|Ukrainian|Belarusian|Persian|Chinese|Burmese)\s*:)"
)
_LANGUAGES = {
    "russian": "ru", "arabic": "ar", "ukrainian": "uk", "belarusian": "be", "persian": "fa", "farsi": "fa",
    "chinese": "zh", "burmese": "my", "spanish": "es",
}  # fmt: skip
_LEGAL_FORM = 4
"""Letters: a piece between commas that is no longer (OAO, Ltd.) is a legal form, not a name."""
_SCHEDULES = {"2": Measure.DEBT_EQUITY, "3": Measure.DEBT_EQUITY, "1.1": Measure.TRADE}
"""What the schedules of the Russia Regulations beside the first forbid; their items have a programme of their own."""


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one file of the list; it states no date. Raises `ListFileError` as `root_of` does, and `empty`."""
    into = Collected(files[0])
    root = xml_stream.root_of(files[0])
    if root.namespace not in NAMESPACES:
        raise ListFileError("unknown namespace", code="unknown-namespace", where=files[0].name)
    read_entries(into, Shape(ROOT, root.namespace, ("record",)), lambda piece: _party(piece, into))
    return into.reading(list_key, FORMAT, "ca", "xml", None)


def _party(piece: Piece, into: Collected) -> Draft:
    entry = piece.element
    if entry is None:
        raise AssertionError("only entries that were parsed are given")
    said: dict[str, str] = {}
    strange: list[tuple[str, str]] = []
    for child in entry:
        tag = str(child.tag).partition("-")[0]
        tag = _RENAMED.get(tag, tag)
        text = squeeze(xml_stream.text_of(child))
        if tag in _KNOWN and tag not in said:
            said[tag] = text
        elif text:
            into.new_word("<record>", f"<{child.tag}>")
            strange.append((str(child.tag), text))
    country = said.get("Country", "").partition(" / ")[0].strip()
    schedule, item = said.get("Schedule", ""), said.get("Item", "")
    uid = "-".join(_plain(one) for one in (country, schedule, item) if one)
    draft = Draft(uid if country and item else f"line-{piece.line}", "", piece.line)
    for label, text in strange:
        draft.detail(label, text)
    _kind(draft, said)
    _names(draft, said)
    _born(draft, said, into)
    if said.get("ShipIMONumber"):
        draft.identifiers.append(Identifier("imo", said["ShipIMONumber"], note="IMO number"))
    _designate(draft, country, said)
    if not country or not item or not draft.primary:
        into.problems.add(
            "no-name" if country and item else "no-uid",
            "a record without a name" if country and item else "a record without country or item",
            grade=Grade.ROW,
            line=piece.line,
            text=draft.primary or " ".join(said.values()),
        )
    return draft


@lru_cache(maxsize=1 << 13)
def _plain(text: str) -> str:
    return _NOT_UID.sub("-", text.lower()).strip("-")


def _kind(draft: Draft, said: dict[str, str]) -> None:
    title = said.get("TitleOrShip", "")
    if said.get("ShipIMONumber") or (said.get("EntityOrShip") and _SHIP_TYPE.search(title)):
        draft.kind = Kind.VESSEL
        if title:
            draft.vessel["type"] = title
        return
    draft.kind = Kind.ORGANISATION if said.get("EntityOrShip") else Kind.PERSON
    if title:
        draft.titles.append(title)


def _names(draft: Draft, said: dict[str, str]) -> None:
    given, family, whole = (said.get(key, "") for key in ("GivenName", "LastName", "EntityOrShip"))
    text = whole or " ".join(one for one in (given, family) if one)
    parts = tuple(NamePart(word, one) for word, one in (("given", given), ("family", family)) if one and not whole)
    if text:
        draft.call(Name(text, NameQuality.PRIMARY, script_of(text), None, parts))
    for one in _BETWEEN.split(said.get("Aliases", "")):
        language = _LANGUAGE.match(one)
        spelt = one[language.end() :] if language else one
        code = _LANGUAGES[language["name"].lower()] if language else None
        _alias(draft, squeeze(spelt), code, family)


def _alias(draft: Draft, text: str, language: str | None, family: str) -> None:
    """Add one alias; a forename alone is weak and joined with the family name, a list with commas is parted too."""
    if draft.kind is Kind.PERSON and family and " " not in text and text:
        draft.name(Name(text, NameQuality.WEAK, script_of(text), language))
        if script_of(text) == script_of(family):
            draft.name(Name(f"{text} {family}", NameQuality.STRONG, script_of(text), language))
        return
    draft.name(Name(text, NameQuality.STRONG, script_of(text), language))
    pieces = [one.strip() for one in text.split(",")]
    if len(pieces) > 1:
        for one in pieces:
            if len(one.rstrip(".")) > _LEGAL_FORM:
                draft.name(Name(one, NameQuality.STRONG, script_of(one), language))


def _born(draft: Draft, said: dict[str, str], into: Collected) -> None:
    text = said.get("DateOfBirthOrShipBuildDate", "")
    if draft.kind is Kind.VESSEL:
        if text:
            draft.vessel["built"] = text
        return
    days = [dated(one, draft.line, into.problems) for one in _OR.split(text) if one]
    if not days or None in days:
        draft.detail("date of birth" if draft.kind is Kind.PERSON else "date", text)
    field = draft.birth_dates if draft.kind is Kind.PERSON else draft.founded
    field += [day for day in days if day is not None]


def _designate(draft: Draft, country: str, said: dict[str, str]) -> None:
    schedule = said.get("Schedule", "")
    number = schedule.partition(",")[0].strip()
    own = number in _SCHEDULES and country == "Russia"
    programme = f"{country}, Schedule {number}" if own else country
    draft.programmes.append(programme)
    basis = ", ".join(
        one
        for one in (said.get("Country", ""), f"schedule {schedule}" if schedule else "", f"item {said.get('Item', '')}")
        if one
    )
    draft.designations = (
        Designation(
            programme,
            measures=(_SCHEDULES[number],) if own else (),
            listed_on=exact_day(said.get("DateOfListing", "")),
            legal_basis=basis,
        ),
    )
