"""Reads a message that is as it should be, at one go and in native code: most messages are.

The core takes only what is plain XML, of a known kind and clean by the check; for anything else `read` gives `None`,
and `tree` reads it and says what is wrong. Of one message both give the same payments (tests/payments/test_plain.py).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import msgspec
from lxml import etree
from lxml.etree import _Element

from interdiction._core import MessageReader
from interdiction.errors import PartyError
from interdiction.model import (
    Address,
    FreeText,
    Identifier,
    Name,
    NameQuality,
    Part,
    PartialDate,
    Party,
    PaymentParty,
    Place,
    PlaceKind,
    Problem,
    Reference,
    Role,
)
from interdiction.names import countries
from interdiction.payments.draft import country_at_end, is_wallet
from interdiction.payments.iso20022.fields import fields, words
from interdiction.payments.iso20022.message import Piece

Number = tuple[str, str, str | None]
"""Type, value and country of an identifier."""
_Address = tuple[str | None, str | None, str | None, str | None, str | None, str | None]
_More = tuple[tuple[str, ...], list[_Address], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_Draft = tuple[str, str, str, tuple[Number, ...], _More | None]
Gathered = tuple[
    list[_Draft],
    list[tuple[str, str, str]],
    list[tuple[str, str, str]],
    tuple[tuple[str, str], ...],
    dict[str, tuple[str, str]],
    dict[str, str],
    tuple[tuple[str, str], ...],
]
"""What the core gives of one part: parties, texts, places, references, amounts, days, codes."""

_ROLES: Final = {one.value: one for one in Role}
_PARTS: Final = {one.value: one for one in Part}
_PLACES: Final = {one.value: one for one in PlaceKind}
_ACCOUNTS: Final = frozenset({"account", "iban"})
_NO_PROBLEMS: Final[tuple[Problem, ...]] = ()


class Plain(msgspec.Struct, frozen=True):
    """A message that is as it should be: its kind, what stands around its transactions, and each of them."""

    kind: str
    envelope: Piece | None
    frame: Piece
    groups: list[tuple[Piece | None, list[Piece]]]


def read(raw: bytes) -> Plain | None:
    """Read a message; `None` where it has to be read another way."""
    found = _reader().read(raw)
    if found is None:
        return None
    kind, envelope, frame, groups = found
    try:
        return Plain(
            kind,
            None if envelope is None else _piece(envelope),
            _piece(frame),
            [(None if outer is None else _piece(outer), [_piece(one) for one in some]) for outer, some in groups],
        )
    except PartyError:  # a day of birth that no calendar has
        return None


def read_part(element: _Element, namespace: str) -> Piece | None:
    """Read one transaction of a message that is too large to be one tree, as `read` reads a whole message.

    `namespace` is that of the message, in braces.
    """
    above = [str(one.tag) for one in element.iterancestors()]
    top = f"{namespace}Document"
    if top not in above:
        return None
    begin, end = _around(tuple(above[above.index(top) :: -1]), namespace)
    raw: bytes = etree.tostring(element, with_tail=False, encoding="utf-8")
    found = _reader().read_part(b"".join((begin, raw, end)))
    try:
        return None if found is None else _piece(found)
    except PartyError:
        return None


@lru_cache(maxsize=256)
def _around(tags: tuple[str, ...], namespace: str) -> tuple[bytes, bytes]:
    """Give the beginning and the end of the elements with these tags, the outermost first."""
    names = [tag.removeprefix(namespace) for tag in tags]
    begin = "".join(f"<{name}>" for name in names).replace(">", f' xmlns="{namespace[1:-1]}">', 1)
    return begin.encode(), "".join(f"</{name}>" for name in reversed(names)).encode()


def _piece(found: Gathered) -> Piece:
    parties, texts, places, references, amounts, days, codes = found
    return Piece(
        tuple([_numbered(*one[:4]) if one[4] is None else _party(*one[:4], one[4]) for one in parties]),
        tuple([FreeText(*one) for one in texts]),
        tuple([Place(text, at, _PLACES[kind]) for text, at, kind in places]),
        tuple([Reference(*one) for one in references]),
        _NO_PROBLEMS,
        amounts,
        days,
        codes,
    )


@lru_cache(maxsize=1 << 12)
def _numbered(role: str, at: str, part: str, numbers: tuple[Number, ...]) -> PaymentParty:
    """Give a party of which only numbers are known; banks come again in payment after payment."""
    return PaymentParty(_ROLES[role], _only(numbers), at, _PARTS[part])


@lru_cache(maxsize=1 << 12)
def _only(numbers: tuple[Number, ...]) -> Party:
    return Party(identifiers=_identifiers(numbers))


def _party(role: str, at: str, part: str, numbers: tuple[Number, ...], more: _More) -> PaymentParty:
    names, addresses, births, places, residences = more
    party = Party(
        names=tuple([Name(name, NameQuality.STRONG if at else NameQuality.PRIMARY) for at, name in enumerate(names)]),
        birth_dates=tuple([PartialDate.parse(text[:10]) for text in births]),
        birth_places=places,
        residences=tuple(dict.fromkeys(residences)),
        identifiers=_identifiers(numbers),
        addresses=tuple([_address(one) for one in addresses]),
    )
    return PaymentParty(_ROLES[role], party, at, _PARTS[part])


def _identifiers(numbers: tuple[Number, ...]) -> tuple[Identifier, ...]:
    found: dict[Number, None] = {}
    for one in numbers:
        found[one] = None
        if one[0] in _ACCOUNTS and is_wallet(one[1]):
            found["wallet", one[1], None] = None
    return tuple([Identifier(*one) for one in found])


def _address(parts: _Address) -> Address:
    street, city, region, postal_code, country, last_line = parts
    if country is None and last_line is not None:
        country = country_at_end(last_line)
    return Address(street, city, region, postal_code, country)


@cache
def _reader() -> MessageReader:
    known, said = fields(), words()
    return MessageReader(
        msgspec.json.encode(
            {
                "messages": {version: root.split(":") for version, root in known.messages.items()},
                "types": {
                    name: [(one.name, one.what, one.place, one.most) for one in children]
                    for name, children in known.types.items()
                },
                "required": known.required,
                "within": [(*at, found) for at, found in known.within.items()],
                "alone": known.alone,
                "forms": said.forms,
                "kept": list(said.reasons),
                "kinds": {kind: (one.transactions, one.containers) for kind, one in said.messages.items()},
                "roles": said.roles,
                "roles_within": [(*at.split("/"), role) for at, role in said.roles_within.items()],
                "wrappers": said.wrappers,
                "accounts": said.accounts,
                "parts": said.parts,
                "texts": said.texts,
                "mostly_numbers": said.mostly_numbers,
                "references": said.references,
                "schemes": said.schemes,
                "unknown": said.unknown,
                "countries": countries.known(),
            }
        )
    )
