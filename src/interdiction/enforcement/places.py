"""Signs that somebody, or a text, is tied to a place under sanctions (`data/places.yml`).

Reach for `of_party` and `of_text`. Nationality and place of birth are no signs: sanctions on a place are not aimed at
the people who come from it. What a sign means in law is asked in `jurisdictions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

import msgspec

from interdiction.enforcement import document
from interdiction.enforcement.words import Lookup, fold
from interdiction.errors import DataError
from interdiction.model import Address, Identifier, Party, Place, PlaceKind

FILE: Final = "places.yml"
_ACCOUNTS: Final = frozenset({"iban", "account"})
_BANK_CODES: Final = frozenset({"bic", "bic8", "bic11", "swift"})
_IBAN_SHORTEST: Final = 15


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One place and how it is written; the fields are those the file explains."""

    name: str
    country: str = ""
    anywhere: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mmsi: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Sign(msgspec.Struct, frozen=True, order=True):
    """One sign of a place: what kind it is, what was written, and whether it says that the party itself is there.

    `kind` is country, bank, account, phone, flag, port, town, name or text.
    """

    place: str
    kind: str
    ours: str
    located: bool = False


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    places: dict[str, Where]


class _Index(msgspec.Struct, frozen=True):
    countries: dict[str, str]
    names: Lookup[str]
    texts: Lookup[str]
    towns: Lookup[str]
    unless: dict[str, tuple[str, ...]]
    written: tuple[tuple[str, str], ...]
    phones: tuple[tuple[str, str], ...]
    mmsi: dict[str, str]


def of_party(party: Party) -> list[Sign]:
    """Give the signs in a party, each once: names, addresses, residences, identifiers, telephones, flag."""
    if not (party.names or party.addresses or party.residences or party.countries or party.contacts or party.vessel):
        return list(_of_numbers(party.identifiers))
    index = _index()
    found: dict[Sign, None] = {}
    for name in party.names:
        found.update(dict.fromkeys(_words(name.text, index.names, "name", index)))
    for country in (*party.residences, *party.countries):
        found.update(dict.fromkeys(_country(country, index)))
    for address in party.addresses:
        found.update(dict.fromkeys(_address(address, index)))
    for identifier in party.identifiers:
        found.update(dict.fromkeys(_identifier(identifier, index)))
    for contact in party.contacts:
        if contact.type == "phone" or contact.value.startswith(("+", "00")):
            found.update(dict.fromkeys(_phone(contact.value, index)))
    if party.vessel is not None and party.vessel.flag:
        place = index.countries.get(party.vessel.flag.strip().lower())
        if place:
            found[Sign(place, "flag", party.vessel.flag, located=True)] = None
    return list(found)


@lru_cache(maxsize=1 << 12)
def _of_numbers(identifiers: tuple[Identifier, ...]) -> tuple[Sign, ...]:
    """Give the signs of a party of which nothing but numbers is known: a bank, in payment after payment."""
    return tuple(dict.fromkeys(sign for one in identifiers for sign in _identifier(one, _index())))


def of_text(text: str) -> list[Sign]:
    """Give the signs in a free text; none of them says that anybody is there."""
    index = _index()
    return list(dict.fromkeys(_words(text, index.texts, "text", index)))


def of_place(place: Place) -> list[Sign]:
    """Give the signs in a field of a message that names a place: a country, a town, a port."""
    index = _index()
    if place.kind is PlaceKind.COUNTRY:
        return list(_country(place.text, index))
    if place.kind is PlaceKind.VESSEL:
        return []
    return list(dict.fromkeys(_words(place.text, index.towns, place.kind.value, index)))


def name_of(place: str) -> str:
    """Give the name of a place for a sentence."""
    return places()[place].name


@cache
def places() -> dict[str, Where]:
    """Read the packaged file. Raises `DataError` that names the entry which is wrong."""
    return document.parse(document.packaged(FILE), _Document, FILE).places


def _words(text: str, lookup: Lookup[str], kind: str, index: _Index, *, located: bool = False) -> Iterator[Sign]:
    if not text:
        return
    words = fold(text)
    for phrase, place in lookup.find(words):
        but = index.unless.get(place)
        if but and any(one in f" {' '.join(words)} " for one in but):
            continue
        yield Sign(place, kind, phrase, located)
    if not text.isascii():
        for written, place in index.written:
            if written in text:
                yield Sign(place, kind, written, located)


def _country(text: str, index: _Index) -> Iterator[Sign]:
    place = index.countries.get(text.strip().lower())
    if place:
        yield Sign(place, "country", text.strip(), located=True)
    elif len(text.strip()) > 2:  # a text that no code fitted
        yield from _words(text, index.texts, "country", index, located=True)


def _address(address: Address, index: _Index) -> Iterator[Sign]:
    if address.country:
        yield from _country(address.country, index)
    for part in (address.city, address.region):
        if part:
            yield from _words(part, index.towns, "town", index, located=True)
    for part in (address.street, address.remarks, address.postal_code):
        if part:
            yield from _words(part, index.texts, "town", index, located=True)


def _identifier(identifier: Identifier, index: _Index) -> Iterator[Sign]:
    value = identifier.value.replace(" ", "").upper()
    if identifier.type in _BANK_CODES and len(value) >= 8:
        place = index.countries.get(value[4:6].lower())
        if place:
            yield Sign(place, "bank", value, located=True)
    elif identifier.type in _ACCOUNTS and len(value) >= _IBAN_SHORTEST and value[:2].isalpha() and value[2:4].isdigit():
        place = index.countries.get(value[:2].lower())
        if place:
            yield Sign(place, "account", value, located=True)
    elif identifier.type == "mmsi":
        place = index.mmsi.get(value[:3])
        if place:
            yield Sign(place, "flag", value, located=True)


def _phone(value: str, index: _Index) -> Iterator[Sign]:
    digits = "".join(one for one in value if one.isdigit())
    plain = digits.removeprefix("00") if not value.lstrip().startswith("+") else digits
    for prefix, place in index.phones:
        if plain.startswith(prefix):
            yield Sign(place, "phone", value, located=True)
            return


@cache
def _index() -> _Index:
    found = places()
    ports = [(code.lower(), key) for key, one in found.items() for code in one.ports]

    def lookup(*fields: str) -> Lookup[str]:
        phrases = [(word, key) for key, one in found.items() for field in fields for word in getattr(one, field)]
        return Lookup([*phrases, *ports])

    return _Index(
        countries={one.country: key for key, one in found.items() if one.country},
        names=Lookup([(word, key) for key, one in found.items() for word in one.anywhere]),
        texts=lookup("anywhere", "texts"),
        towns=lookup("anywhere", "texts", "addresses"),
        unless={
            key: tuple(f" {' '.join(fold(word))} " for word in one.unless) for key, one in found.items() if one.unless
        },
        written=tuple((word, key) for key, one in found.items() for word in one.written),
        # The longest first: +7978 is a part of +7.
        phones=tuple(
            sorted(
                ((word.lstrip("+"), key) for key, one in found.items() for word in one.phones),
                key=lambda pair: (-len(pair[0]), pair),
            )
        ),
        mmsi={word: key for key, one in found.items() for word in one.mmsi},
    )


def check_known(keys: Sequence[str], where: str) -> None:
    """Raise `DataError` for a place that the file does not hold."""
    for key in keys:
        if key not in places():
            raise DataError(f"no place is called {key!r}", where=where, mend=f"add it to {FILE} or correct the row")
