"""What each element of an ISO 20022 message means: the types of the schemas, and the words of `data/iso20022.yml`.

`iso20022_fields.json` is made from the schemas (`scripts/payment_fields.py`). A message of another kind or version is
read by the same names: a leaf that no schema knows is text, so that nothing passes unscreened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, Final

import msgspec
import yaml

from interdiction.errors import DataError
from interdiction.model import Funds, Part, Role

FIELDS: Final = "iso20022_fields.json"
WORDS: Final = "iso20022.yml"
TEXT: Final = "text"
DEEPEST: Final = 12
"""Nothing in a payment message repeats itself deeper than this; `paths` stops there."""


class Child(msgspec.Struct, frozen=True, array_like=True):
    """One element of a type: `what` is a type, or `=` and the class of a leaf; `most` of 0 is no bound."""

    name: str
    what: str
    place: int
    least: int
    most: int


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of message: what it does with funds, and where its transactions stand."""

    funds: Funds
    verified: str
    transactions: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/iso20022.yml`, which explains each field."""

    version: str
    messages: dict[str, Kind]
    roles: dict[str, Role]
    roles_within: dict[str, Role]
    wrappers: frozenset[str]
    accounts: dict[str, Role]
    parts: dict[str, Part]
    texts: dict[str, str]
    mostly_numbers: frozenset[str]
    references: dict[str, str]
    schemes: dict[str, dict[str, str]]
    unknown: dict[str, tuple[str, ...]]
    reasons: dict[str, str]
    forms: dict[str, str]


class Fields(msgspec.Struct, frozen=True):
    """The types of the schemas, and the class of a leaf by its own name and that of the element around it."""

    messages: dict[str, str]
    types: dict[str, tuple[Child, ...]]
    within: dict[tuple[str, str], str]
    alone: dict[str, str]
    elements: frozenset[str]
    by_name: dict[str, dict[str, Child]]
    required: dict[str, frozenset[int]]
    """Of each type the places at which something must stand."""

    def leaf(self, parent: str, name: str) -> str:
        """Give the class of a leaf; `text` for one that no schema knows, or that is text in one of two meanings."""
        return self.within.get((parent, name)) or self.alone.get(name, TEXT)

    def root(self, message: str) -> tuple[str, str] | None:
        """Give the element and the type of a message such as `pacs.008.001.08`; None where there is no schema."""
        found = self.messages.get(message)
        if found is None:
            return None
        element, _, type_name = found.partition(":")
        return element, type_name


@cache
def words() -> Words:
    """Give the words of the packaged file. Raises `DataError` where it is wrong."""
    try:
        raw = yaml.safe_load((resources.files("interdiction.data") / WORDS).read_bytes())
        return msgspec.convert(raw, Words)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"{WORDS} cannot be read: {error}", where=WORDS, mend="install the package again") from error


@cache
def fields() -> Fields:
    """Give the types of the schemas."""
    raw: dict[str, Any] = msgspec.json.decode((resources.files("interdiction.data") / FIELDS).read_bytes())
    types = msgspec.convert(raw["types"], dict[str, tuple[Child, ...]])
    parents: dict[str, set[str]] = {}
    for children in types.values():
        for child in children:
            parents.setdefault(child.what, set()).add(child.name)
    within: dict[tuple[str, str], str] = {}
    alone: dict[str, str] = {}
    for type_name, children in types.items():
        for child in children:
            if child.what.startswith("="):
                _claim(alone, child.name, child.what[1:])
                for parent in parents.get(type_name, ()):
                    _claim(within, (parent, child.name), child.what[1:])
    elements = frozenset(child.name for children in types.values() for child in children)
    by_name = {name: {child.name: child for child in children} for name, children in types.items()}
    required = {
        name: frozenset(child.place for child in children if child.least and _all_asked(children, child.place))
        for name, children in types.items()
    }
    return Fields(raw["messages"], types, within, alone, elements, by_name, required)


def _all_asked(children: tuple[Child, ...], place: int) -> bool:
    """Tell whether a place must be filled: every alternative that may stand there is asked for."""
    return all(child.least for child in children if child.place == place)


def _claim(known: dict[Any, str], key: object, found: str) -> None:
    """Keep one class for a key: of two, the one that is screened, and of two such, text."""
    before = known.setdefault(key, found)
    if before != found:
        screened = [one for one in (before, found) if one not in words().reasons]
        known[key] = screened[0] if len(screened) == 1 else TEXT


@cache
def form(leaf_class: str) -> re.Pattern[str] | None:
    """Give what a leaf of a class looks like; None for what may be any text."""
    found = words().forms.get(leaf_class)
    return re.compile(found) if found is not None else None


def paths(message: str) -> Iterator[tuple[str, str]]:
    """Give every leaf of a message that has a schema: its path below the message, and its class."""
    root = fields().root(message)
    if root is not None:
        yield from _leaves(root[1], "", ())


def _leaves(type_name: str, path: str, around: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for child in fields().types[type_name]:
        below = f"{path}/{child.name}" if path else child.name
        if child.what.startswith("="):
            yield below, child.what[1:]
        elif child.what not in around and len(around) < DEEPEST:
            yield from _leaves(child.what, below, (*around, type_name))


_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_PIECE: Final = re.compile(r"[^\W_]+")


def worded(text: str) -> bool:
    """Tell whether a number or reference holds a word: three letters or more, with no digit beside them."""
    return _WORD.search(text) is not None and any(piece.isalpha() and len(piece) > 2 for piece in _PIECE.findall(text))
