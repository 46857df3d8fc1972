"""Counts the leaves: which values of a file are found nowhere in the listing that was read from it.

A leaf is found where its text stands in the listing, or all of its words do (a reader may part `(1) A (2) B`),
or what it means does: a country as its code, a day as ISO writes it. Nothing of the readers is used here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from lxml import etree

from interdiction.model import Listing
from interdiction.model.codec import to_builtins
from interdiction.names import countries

Leaf = tuple[str, str]
"""Where it stood, and its text."""

_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile(r"^(?:[a-z]|\d{1,2}|[ivx]+|dd|mm|00)$")
_JOINTS = frozenset({"and", "or", "to", "between", "approximately", "approx", "circa"})
"""Words between values, and those that became the sign of a date that is not exact."""
_PARTS = re.compile(r"(?:^|(?<=[\s,;.)]))\(?(?:[a-z]|\d{1,2}|[ivx]+)\)\s*|\s+(?:and|or|to)\s+|>>|alt DOB:?|;|,|\(|\)")
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d %b %Y", "%d %B %Y", "%b %Y", "%B %Y", "%d-%b-%Y")


def missing(leaves: Iterable[Leaf], listing: Listing) -> list[Leaf]:
    """Give the leaves that are found nowhere in the listing."""
    texts = list(_texts(to_builtins(listing)))
    whole = "\n".join(texts).lower()
    words = set(_WORD.findall(whole))
    return [(where, leaf) for where, leaf in leaves if not _found(leaf, whole, words)]


def _found(leaf: str, whole: str, words: set[str]) -> bool:
    text = " ".join(leaf.split()).lower()
    if not text or text in whole or any(meant in whole for meant in _meant(leaf.strip())):
        return True
    if all(
        word in words or _MARK.match(word) or word in _JOINTS or _means(word) & words for word in _WORD.findall(text)
    ):
        return True
    parts = [part for part in _PARTS.split(leaf) if part.strip(" ,;.-")]
    return len(parts) > 1 and all(_found(part.strip(" ,;"), whole, words) for part in parts)


@cache
def _means(word: str) -> frozenset[str]:
    code = countries.code(word)
    return frozenset({code} if code else ())


@cache
def _meant(text: str) -> tuple[str, ...]:
    found = []
    text = (
        re.sub(r"^(?:Approx\w*|c)\.?\s|[,.;]$", "", text)
        .replace(".", " ")
        .replace(", ", " ")
        .replace("  ", " ")
        .strip()
    )
    for form in _DAYS:
        try:
            found.append(
                datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()[: 10 if "%d" in form else 7]
            )
        except ValueError:
            continue
    holes = re.fullmatch(r"(?:00|dd)/(\d\d|mm)/(\d{4})", text)
    if holes:
        found.append(holes[2] if holes[1] in {"00", "mm"} else f"{holes[2]}-{holes[1]}")
    code = countries.code(text)
    return (*found, *((f"{code}",) if code else ()))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def xml_leaves(element: etree._Element, nothing: Iterable[str]) -> Iterator[Leaf]:
    """Give attributes and texts below an element, but for the names of `nothing` (a tag skips all below it)."""
    skipped = set(nothing)
    tag = etree.QName(element).localname
    if tag in skipped:
        return
    for key, value in element.items():
        if str(key) not in skipped and f"{tag}@{key!s}" not in skipped:
            yield f"{tag}@{key!s}", str(value)
    if len(element) == 0 and element.text and element.text.strip():
        yield tag, element.text
    for child in element:
        yield from xml_leaves(child, skipped)
