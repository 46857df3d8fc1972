"""The facts of one Swiss identity, and what the file states once and refers to: programmes, sets, places.

A fact that refers to a place is joined to it at the end, when all places are known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from interdiction.lists.readers import ch_names, places, xml_stream
from interdiction.lists.readers.collected import Collected
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.packed import dated, squeeze
from interdiction.lists.readers.xml_stream import Element
from interdiction.model import Address, Identifier, Kind, PartialDate
from interdiction.names import countries

_DOCUMENTS = {
    "passport": "passport", "diplomatic-passport": "passport", "service-passport": "passport",
    "id-card": "national_id", "identity-card": "national_id", "travel-document": "travel_document",
    "residence-permit": "residency", "driving-license": "driving_licence", "driving-licence": "driving_licence",
    "birth-certificate": "birth_certificate", "social-security-number": "ssn", "other": "other",
}  # fmt: skip


class Place(msgspec.Struct, frozen=True):
    """One place: town with its other spellings, area, country."""

    town: str
    area: str
    country: str | None


class Set(msgspec.Struct, frozen=True):
    """One set of sanctions: the programme it belongs to and what it is."""

    programme: str
    basis: str


class Book:
    """What the file states once: programmes with their sets, and places."""

    def __init__(self) -> None:
        self.sets: dict[str, Set] = {}
        self.places: dict[str, Place] = {}

    def take_programme(self, node: Element) -> None:
        """Note a programme with its sets."""
        key = _english(node, "program-key")
        name, origin = _english(node, "program-name"), ", ".join(squeeze(one.text or "") for one in node.iter("origin"))
        told: dict[str, dict[str, str]] = {}
        for one in node.iter("sanctions-set"):
            told.setdefault(one.get("ssid", ""), {})[one.get("lang", "eng")] = squeeze(one.text or "")
        for ssid, texts in told.items():
            text = texts.get("eng") or next(iter(texts.values()), "")
            basis = "; ".join(one for one in (name, text, f"origin {origin}" if origin else "") if one)
            self.sets[ssid] = Set(key or name, basis)

    def take_place(self, node: Element) -> None:
        """Note a place."""
        texts: dict[str, list[str]] = {}
        for child in node:
            texts.setdefault(str(child.tag), []).append(squeeze(child.text or ""))
        town = " / ".join(dict.fromkeys((*texts.get("location", ()), *texts.get("location-variant", ()))))
        area = " / ".join(dict.fromkeys((*texts.get("area", ()), *texts.get("area-variant", ()))))
        land = node.find("country")
        self.places[node.get("ssid", "")] = Place(town, area, _country(land))


Join = Callable[[Book], None]


def identity(draft: Draft, node: Element, into: Collected, joins: list[Join]) -> None:
    """Read one identity; the names of another than the main one are strong ones."""
    main = node.get("main", "true") != "false"
    for child in node:
        tag = str(child.tag)
        if tag == "name":
            for name in ch_names.names(child, into, main=main):
                draft.call(name)
            draft.titles += ch_names.titles(child)
        elif tag in {"day-month-year", "year"}:
            _day(draft, child, into)
        elif tag == "nationality":
            land = child.find("country")
            if (code := _country(land)) is not None:
                draft.nationalities.append(code)
        elif tag == "place-of-birth":
            joins.append(_birth_place(draft, child.get("place-id", ""), squeeze(child.findtext("remark") or "")))
        elif tag == "address":
            joins.append(_address(draft, texts(child), attributes(child)))
        elif tag == "identification-document":
            joins.append(_document(draft, texts(child), attributes(child), child, into))
        else:
            strange(draft, child, into, joins)


def _day(draft: Draft, node: Element, into: Collected) -> None:
    year, month, day = (node.get(key, "") for key in ("year", "month", "day"))
    year = year or squeeze(node.text or "")
    text = "-".join(one.zfill(2) for one in (year, month, day if month else "") if one)
    calendar = node.get("calendar", "") or "Gregorian"
    if calendar.lower() != "gregorian":
        draft.detail("date of birth", f"{text} ({calendar})")
        return
    read = dated(text, draft.line, into.problems) if text else None
    if read is None:
        draft.detail("date of birth", text)
        return
    if node.get("quality", "") == "low":
        read = PartialDate(read.first, read.last, circa=True)
    (draft.birth_dates if draft.kind is Kind.PERSON else draft.founded).append(read)


def _birth_place(draft: Draft, place_id: str, remark: str) -> Join:
    def join(book: Book) -> None:
        place = book.places.get(place_id)
        if place is not None:
            land = countries.name(place.country) if place.country else ""
            told = ", ".join(one for one in (place.town, place.area, land, remark) if one)
            draft.birth_places.append(told)
        elif remark:
            draft.birth_places.append(remark)

    return join


def _address(draft: Draft, said: Mapping[str, str], marks: Mapping[str, str]) -> Join:
    def join(book: Book) -> None:
        place = book.places.get(marks.get("place-id", ""), Place("", "", None))
        box = f"PO Box {said['p-o-box']}" if said.get("p-o-box") else ""
        care = f"c/o {said['c-o']}" if said.get("c-o") else ""
        street = ", ".join(one for one in (care, said.get("address-details", ""), box) if one)
        state = "not current" if marks.get("current") == "false" else ""
        more = "; ".join(one for one in (said.get("remark", ""), said.get("remarks", ""), state) if one)
        made = Address(
            street or None,
            place.town or None,
            place.area or None,
            said.get("zip-code") or None,
            place.country,
            more or None,
        )
        if made != Address():
            draft.addresses.append(made)

    return join


def _document(draft: Draft, said: Mapping[str, str], marks: Mapping[str, str], node: Element, into: Collected) -> Join:
    kind = marks.get("document-type", "")
    word = _DOCUMENTS.get(kind)
    if word is None and kind:
        into.new_word("document-type", kind)
    issuer = node.find("issuer")
    code = (places.code(issuer.get("code", "")) if issuer is not None else None) or places.code(said.get("issuer", ""))
    days = [dated(said.get(key, ""), draft.line, into.problems) for key in ("date-of-issue", "expiry-date")]
    at = node.find("place-of-issue")
    place_id = at.get("place-id", "") if at is not None else ""

    def join(book: Book) -> None:
        place = book.places.get(place_id)
        notes = (
            kind,
            "" if code else said.get("issuer", ""),
            f"issued in {place.town or place.area}" if place is not None and (place.town or place.area) else "",
            said.get("remark", ""),
        )
        note = "; ".join(one for one in notes if one)
        if said.get("number"):
            draft.identifiers.append(Identifier(word or "other", said["number"], code, days[0], days[1], note or None))
        else:
            draft.detail("identification document", note)

    return join


def strange(draft: Draft, node: Element, into: Collected, _joins: list[Join]) -> None:
    """Keep the text of an element nobody has seen yet."""
    tag = str(node.tag)
    into.new_word("a target", f"<{tag}>")
    draft.detail(tag, xml_stream.text_of(node) or "; ".join(map(str, node.attrib.values())))


def _country(node: Element | None) -> str | None:
    if node is None:
        return None
    return places.code(node.get("iso-code", "")) or places.country(node.text)


def _english(node: Element, tag: str) -> str:
    found = {one.get("lang", "eng"): squeeze(one.text or "") for one in node.iter(tag)}
    return found.get("eng") or next(iter(found.values()), "")


def attributes(node: Element) -> dict[str, str]:
    """Give the attributes of an element as plain texts."""
    return {str(key): str(value) for key, value in node.items()}


def texts(node: Element) -> dict[str, str]:
    """Give the texts of the children by tag."""
    return {str(child.tag): squeeze(child.text or "") for child in node}
