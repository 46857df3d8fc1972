"""What the fields of SWIFT MT mean: the words of `data/mt.yml`."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final

import msgspec
import yaml

from interdiction.errors import DataError
from interdiction.model import Funds, PlaceKind, Role

FILE: Final = "mt.yml"


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of message."""

    funds: Funds
    verified: str
    needs: tuple[str, ...] = ()
    repeats: str = ""
    roles: str = "customers"


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tags that are texts of one kind, and how wide their lines may be."""

    tags: tuple[str, ...]
    width: int


class Unscreened(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tags that are not screened for one reason, and what they look like."""

    tags: tuple[str, ...]
    form: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/mt.yml`, which explains each field."""

    version: str
    messages: dict[str, Message]
    common: dict[str, Message]
    roles: dict[str, dict[str, Role]]
    underlying: dict[str, Role]
    accounts: dict[str, Role]
    texts: dict[str, Texts]
    places: dict[str, PlaceKind]
    unscreened: dict[str, Unscreened]
    reasons: dict[str, str]
    lines: dict[str, str]
    identifiers: dict[str, str]
    block3: frozenset[str]

    def message(self, number: str) -> Message | None:
        """Give what is known of a kind of message, by its three figures."""
        return self.messages.get(number) or (self.common.get(number[1:]) if number[:1] in set("1234579") else None)


@cache
def words() -> Words:
    """Give the words of the packaged file. Raises `DataError` where it is wrong."""
    try:
        raw = yaml.safe_load((resources.files("interdiction.data") / FILE).read_bytes())
        return msgspec.convert(raw, Words)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"{FILE} cannot be read: {error}", where=FILE, mend="install the package again") from error


@cache
def text_tags() -> dict[str, tuple[str, int]]:
    """Give for each tag that is a text its kind and the width of its lines."""
    return {tag: (kind, one.width) for kind, one in words().texts.items() for tag in one.tags}


@cache
def unscreened_tags() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Give for each tag that is not screened the reason and the form."""
    return {tag: (why, re.compile(one.form)) for why, one in words().unscreened.items() for tag in one.tags}
