"""Counts the leaves: is every text and attribute of an entry somewhere in the listing that was made of it?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from lxml import etree

from interdiction.lists.readers import places
from interdiction.lists.readers.dates import exact_day
from interdiction.lists.readers.ofac_features import written
from interdiction.model import Listing, PartialDate
from interdiction.model.codec import to_builtins

Element = etree._Element
Rules = Mapping[str, Callable[[str], str | None]]
"""Path to the word of the model that a leaf becomes; `None` where the leaf means nothing."""


_DAY = {"Year", "Month", "Day"}
"""A date in three elements is one leaf."""


def nothing(_text: str) -> None:
    """A leaf that means nothing: a number that only ties parts of the file."""


def leaves(element: Element, path: str = "") -> Iterator[tuple[str, str]]:
    """Give every text and attribute below an element with its path: names of elements, `@` before attributes."""
    for name, value in element.items():
        yield f"{path}@{name!s}", str(value)
    if element.text and element.text.strip():
        yield path, element.text.strip()
    said = {str(etree.QName(child).localname): child.text or "" for child in element}
    if said.keys() == _DAY:
        yield path, "-".join(one.zfill(2) for one in said.values() if int(one))
        return
    for child in element:
        name = str(etree.QName(child).localname)
        yield from leaves(child, f"{path}/{name}" if path else name)


def lost(element: Element, listing: Listing, rules: Rules) -> list[tuple[str, str]]:
    """Give the leaves of an element that stand nowhere in the listing."""
    return lost_of(leaves(element), listing, rules)


def lost_of(found: Iterable[tuple[str, str]], listing: Listing, rules: Rules) -> list[tuple[str, str]]:
    """Give those of these leaves that stand nowhere in the listing."""
    words = _words(listing)
    gone = []
    for path, text in found:
        last = path.rsplit("/", 1)[-1]
        rule = rules.get(path) or rules.get(last) or rules.get(f"@{last.rpartition('@')[2]}")
        said = rule(text) if rule is not None else text
        pieces = (said or "").split("; ")
        if not all(any(_plain(form) in words for form in _forms(piece)) for piece in pieces):
            gone.append((path, text))
    return gone


def _forms(text: str) -> Iterator[str]:
    yield text
    yield places.country(text) or text
    day = exact_day(text)
    if day is not None:
        yield written(PartialDate(day))
        yield day.isoformat()
    yield text.replace(",", "")
    yield text.rstrip(" :-")
    yield re.sub(r" \([A-Z][a-z]+\)$", "", text)


def _words(listing: Listing) -> str:
    parts = list(_strings(to_builtins(listing)))
    for value in _dates(listing):
        parts += [value.first.isoformat(), value.last.isoformat(), written(value)]
    return _plain("\n".join(parts))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _dates(listing: Listing) -> Iterator[PartialDate]:
    party = listing.party
    yield from (*party.birth_dates, *party.death_dates, *party.founded)
    for one in party.identifiers:
        yield from (day for day in (one.issued, one.expires) if day is not None)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold().strip()
