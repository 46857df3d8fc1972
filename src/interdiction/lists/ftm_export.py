"""Writes listings as FollowTheMoney entities: what other programs of the field read.

Reach for it to give lists in force to a program that knows this form. `readers/ftm.py` reads what is written here to
the same names, dates, numbers and ties. Ids are the listings' own, with everything that belongs to one behind a colon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from interdiction.lists.readers.ftm_words import CONTACTS, LINKS, PARTS, SCHEMATA, VESSEL, WRITTEN
from interdiction.model import Designation, Identifier, Kind, Listing, ListSource, NameQuality, PartialDate, Relation

Entity = dict[str, Any]

_QUALITIES: Final = {
    NameQuality.PRIMARY: "name", NameQuality.STRONG: "alias", NameQuality.WEAK: "weakAlias",
    NameQuality.FORMER: "previousName",
}  # fmt: skip
_PARTS: Final = {"given": "firstName", "family": "lastName", **{part: name for name, part in PARTS.items()
                 if part not in {"given", "family"}}}  # fmt: skip
_PHONES: Final = {kind: name for name, kind in CONTACTS.items()}
_SHIP: Final = {field: name for name, field in VESSEL.items()}
_PLANE: Final = {"model": "model", "operator": "operator", "manufactured": "buildDate"}
_LINK: Final = ("UnknownLink", "subject", "object")
_TIES: Final[dict[str, tuple[str, str, str]]] = {
    kind: (schema, mine, other)
    for schema, (first, second, forward, back, _) in LINKS.items()
    for kind, mine, other in ((back, second, first), (forward, first, second))
    if kind != "linked_to"
}
"""What a party is to another to the schema of the tie, the end that the party is and the other one."""
_SAME: Final = {
    "controlled_by": "owned_by", "spouse": "family", "parent": "family", "child": "family", "sibling": "family",
    "part_of": "member_of",
}  # fmt: skip
"""Ties that the form has no schema of its own for, and the one that says most of them; the word stands in the role."""


def lines(listings: Iterable[Listing], sources: Mapping[str, ListSource]) -> Iterator[bytes]:
    """Give the lines of a file of entities, each with its line end."""
    for listing in listings:
        for entity in entities(listing, sources.get(listing.list)):
            yield msgspec.json.encode(entity) + b"\n"


def entities(listing: Listing, source: ListSource | None = None) -> Iterator[Entity]:
    """Give the entities of one listing: the party first, then sanctions, documents, addresses, ties.

    Text of a row that could not be read is no party and gives nothing.
    """
    if listing.unread:
        return
    said = _Properties()
    beside = [*_documents(listing, said), *_addresses(listing, said)]
    _party(listing, said)
    name = listing.party.primary_name
    datasets = [source.yente or source.key if source is not None else listing.list]
    schema = SCHEMATA[listing.party.kind]
    yield {"id": listing.id, "caption": name, "schema": schema, "properties": said.found, "datasets": datasets,
           "referents": [], "target": True}  # fmt: skip
    for number, designation in enumerate(listing.designations or tuple(map(Designation, listing.programmes))):
        yield _entity(f"{listing.id}:sanction:{number}", "Sanction", _sanction(listing, designation, source), datasets)
    for uid, kind, properties in (*beside, *_ties(listing)):
        yield _entity(uid, kind, properties, datasets)


def _entity(uid: str, schema: str, properties: dict[str, list[str]], datasets: list[str]) -> Entity:
    caption = next(iter(properties.get("program", properties.get("full", [schema]))), schema)
    return {"id": uid, "caption": caption, "schema": schema, "properties": properties, "datasets": datasets,
            "referents": [], "target": False}  # fmt: skip


class _Properties:
    """Properties as they are collected: lists without doubles, nothing empty."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def add(self, name: str, *values: str | None) -> None:
        for value in values:
            if value and value not in self.found.setdefault(name, []):
                self.found[name].append(value)
        if not self.found.get(name):
            self.found.pop(name, None)


def _party(listing: Listing, said: _Properties) -> None:
    party = listing.party
    for name in party.names:
        said.add(_QUALITIES[name.quality], name.text)
        for part in name.parts:
            if part.type in _PARTS and party.kind in {Kind.PERSON, None}:
                said.add(_PARTS[part.type], part.text)
    said.add("birthDate", *(text for one in party.birth_dates for text in _days(one)))
    said.add("deathDate", *(text for one in party.death_dates for text in _days(one)))
    said.add("incorporationDate", *(text for one in party.founded for text in _days(one)))
    said.add("birthPlace", *party.birth_places)
    said.add("gender", party.gender)
    said.add("nationality", *party.nationalities)
    said.add("citizenship", *party.citizenships)
    said.add("country", *party.countries, *party.residences)
    said.add("title", *party.titles)
    said.add("position", *party.functions)
    for contact in party.contacts:
        said.add(_PHONES.get(contact.type, "phone"), contact.value)
    _craft(listing, said)
    said.add("programId", *listing.programmes)
    said.add("topics", "sanction")
    said.add("notes", listing.remarks)
    said.add("notes", *(f"{one.type.replace('_', ' ')}: {one.to}" for one in listing.relations if one.listing is None))


def _craft(listing: Listing, said: _Properties) -> None:
    """Write what a ship or an aircraft has of its own."""
    vessel, aircraft = listing.party.vessel, listing.party.aircraft
    if vessel is not None:
        for field, name in _SHIP.items():
            said.add(name, getattr(vessel, field))
        said.add("pastFlags", *vessel.former_flags)
    if aircraft is not None:
        for field, name in _PLANE.items():
            said.add(name, getattr(aircraft, field))


def _days(day: PartialDate) -> tuple[str, ...]:
    """Give a date in the precision it has; a range of years as its years, which is how the form says it."""
    if day.precision != "range":
        return (str(day).removeprefix("~"),)
    if day.last.year - day.first.year <= _YEARS:
        return tuple(str(year) for year in range(day.first.year, day.last.year + 1))
    return (str(day.first.year), str(day.last.year))


_YEARS: Final = 10


def _documents(listing: Listing, said: _Properties) -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    """Write numbers as properties of the party; those with a country, days or another kind as entities too."""
    for number, one in enumerate(listing.party.identifiers):
        name = WRITTEN.get(one.type)
        if name is not None:
            said.add(name, one.value)
        if name is None or one.country or one.issued or one.expires:
            schema = "Passport" if one.type == "passport" else "Identification"
            yield f"{listing.id}:document:{number}", schema, _document(listing, one)


def _document(listing: Listing, one: Identifier) -> dict[str, list[str]]:
    found = _Properties()
    found.add("holder", listing.id)
    found.add("number", one.value)
    found.add("type", one.note or one.type)
    found.add("country", one.country)
    found.add("startDate", *(_days(one.issued) if one.issued is not None else ()))
    found.add("endDate", *(_days(one.expires) if one.expires is not None else ()))
    return found.found


def _addresses(listing: Listing, said: _Properties) -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    for number, one in enumerate(listing.party.addresses):
        uid = f"{listing.id}:address:{number}"
        parts = (one.street, one.city, one.region, one.postal_code, one.country)
        found = _Properties()
        found.add("full", ", ".join(part for part in parts if part))
        for name, value in zip(("street", "city", "region", "postalCode", "country"), parts, strict=True):
            found.add(name, value)
        found.add("remarks", one.remarks)
        said.add("addressEntity", uid)
        yield uid, "Address", found.found


def _sanction(listing: Listing, one: Designation, source: ListSource | None) -> dict[str, list[str]]:
    found = _Properties()
    found.add("entity", listing.id)
    found.add("programId", one.programme)
    found.add("program", one.legal_basis)
    found.add("authority", one.authority or (source.publisher if source is not None else None))
    found.add("country", source.jurisdiction if source is not None else None)
    found.add("listingDate", one.listed_on.isoformat() if one.listed_on else None)
    found.add("startDate", one.effective_at.date().isoformat() if one.effective_at else None)
    found.add("modifiedAt", *(day.isoformat() for day in one.amended_on))
    found.add("provisions", *(measure.value.replace("_", " ") for measure in one.measures))
    found.add("authorityId", listing.reference)
    return found.found


def _ties(listing: Listing) -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    """Write the ties to listings; one that names somebody only has no entity to point to and stays a note."""
    for number, one in enumerate(listing.relations):
        if one.listing is None:
            continue
        schema, mine, other = _TIES.get(one.type) or _TIES.get(_SAME.get(one.type, ""), _LINK)
        found = _Properties()
        found.add(mine, listing.id)
        found.add(other, one.listing)
        found.add("relationship" if schema in {"Family", "Associate"} else "role", *_role(one))
        if one.former:
            found.add("status", "former")
        yield f"{listing.id}:tie:{number}", schema, found.found


def _role(one: Relation) -> tuple[str, ...]:
    return (one.note or one.type,)
