"""Every listing in force as search asks for it: what its text says and what can be counted of it, read once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from interdiction.api.answering import Answering
from interdiction.lists.readers.ftm_words import SCHEMATA
from interdiction.model import Kind
from interdiction.names.normalise import fold as romanised

TOPIC: Final = "sanction"
"""The topic of every listing."""


class _Text(msgspec.Struct, frozen=True):
    text: str


class _Number(msgspec.Struct, frozen=True):
    value: str


class _Land(msgspec.Struct, frozen=True):
    country: str | None = None


class _Party(msgspec.Struct, frozen=True):
    kind: Kind | None = None
    names: tuple[_Text, ...] = ()
    identifiers: tuple[_Number, ...] = ()
    nationalities: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    addresses: tuple[_Land, ...] = ()
    gender: str | None = None


class _Entry(msgspec.Struct, frozen=True):
    list: str
    uid: str
    party: _Party
    programmes: tuple[str, ...] = ()


class Row(msgspec.Struct, frozen=True, gc=False):
    """One listing: its place in the index, its text folded, and what is counted."""

    at: int
    id: str
    list: str
    text: str
    schema: str
    countries: tuple[str, ...]
    identifiers: tuple[str, ...]
    gender: str | None


def rows(answering: Answering) -> list[Row]:
    """Give every listing; read once for each state of the lists, which takes a second."""
    known: list[Row] | None = answering.kept.get("rows")
    if known is None:
        listings, decode = answering.force.listings, msgspec.json.Decoder(_Entry).decode
        known = answering.kept["rows"] = [_row(at, decode(listings.stored(at))) for at in range(len(listings))]
    return known


def _row(at: int, one: _Entry) -> Row:
    party, key = one.party, f"{one.list}:{one.uid}"
    lands = (*party.nationalities, *party.citizenships, *party.residences, *party.countries)
    lands += tuple(land.country for land in party.addresses if land.country)
    numbers = tuple(number.value for number in party.identifiers)
    texts = (key, *numbers, *one.programmes, *(name.text for name in party.names))
    text = "\n".join((fold("\n".join(texts)), *(romanised(name.text) for name in party.names)))
    return Row(at, key, one.list, text, SCHEMATA[party.kind], tuple(dict.fromkeys(lands)), numbers, party.gender)


def fold(text: str) -> str:
    """Give a text without case and marks, so that words are found however they are written."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def containing(found: Iterable[Row], words: list[str], *, every: bool) -> Iterator[Row]:
    """Give the rows whose text holds every one of the words, or any of them."""
    hold = all if every else any
    return (row for row in found if hold(word in row.text for word in words))
