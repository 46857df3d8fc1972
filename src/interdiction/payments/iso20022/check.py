"""Whether a part of a message is as its schema says; what is not is a problem, and is looked into as text.

The types are those of `iso20022_fields.json`. Where there is no schema for the kind and version only the forms of
dates, amounts and codes are held against it, by their names. Text where none belongs, and what stands in attributes,
is always looked into.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, cast

from lxml.etree import _Element

from interdiction.payments.draft import Gathered
from interdiction.payments.iso20022.fields import Fields, fields, form
from interdiction.payments.iso20022.party import local, value, where

_SHOWN: Final = 20
"""Problems told of one part; a message in which nothing fits needs no more."""
_ANY: Final = "*"
_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_NONE: Final[frozenset[str]] = frozenset()


class Row:
    """One element a type may hold, ready to be held against a message."""

    __slots__ = ("leaf_class", "most", "node", "pattern", "place")

    def __init__(self, place: int, most: int, leaf_class: str, node: Node | None) -> None:
        self.place, self.most, self.leaf_class, self.node = place, most, leaf_class, node
        self.pattern: re.Pattern[str] | None = form(leaf_class)


class Node:
    """One type in one namespace: its rows by their full tags, and the places that must be filled, as bits."""

    __slots__ = ("name", "namespace", "required", "rows")

    def __init__(self, name: str, namespace: str) -> None:
        self.name, self.namespace = name, namespace
        self.rows: dict[str, Row] = {}
        self.required = sum(1 << place for place in fields().required[name])


@lru_cache(maxsize=4096)
def node(type_name: str, namespace: str) -> Node:
    """Give a type as it stands in a namespace (`{urn:...}`)."""
    return _node(type_name, namespace, {})


def _node(type_name: str, namespace: str, made: dict[str, Node]) -> Node:
    if type_name in made:
        return made[type_name]
    found = made[type_name] = Node(type_name, namespace)
    for child in fields().types[type_name]:
        leaf = child.what.startswith("=")
        below = None if leaf else _node(child.what, namespace, made)
        tag = _ANY if child.name == _ANY else f"{namespace}{child.name}"
        found.rows[tag] = Row(child.place, child.most, child.what[1:] if leaf else "", below)
    return found


class Check:
    """Looks through one part of a message; problems and stray texts go to `gathered`."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self.fields: Fields = fields()
        self.told = 0

    def part(self, element: _Element, type_name: str | None, *, but: frozenset[str] = frozenset()) -> None:
        """Check an element and all in it. Children named in `but` are checked elsewhere: they count as there."""
        if element.keys():
            self._attributes(element)
        if element.text and not element.text.isspace() and len(element):
            self._stray(element, element.text)
        if type_name is None:
            self._unknown(element, but)
        else:
            self._typed(element, node(type_name, element.tag[: element.tag.rfind("}") + 1]), but)

    def _unknown(self, element: _Element, but: frozenset[str]) -> None:
        parent = local(element.tag)
        for child in element:
            name = local(child.tag)
            self._around(child, element)
            if name in but:
                continue
            if child.keys():
                self._attributes(child)
            if len(child):
                if child.text and not child.text.isspace():
                    self._stray(child, child.text)
                self._unknown(child, _NONE)
            else:
                leaf_class = self.fields.leaf(parent, name)
                self._form(child, leaf_class, form(leaf_class))

    def _typed(self, element: _Element, known: Node, but: frozenset[str] = frozenset()) -> None:
        rows = known.rows
        seen, last = 0, -1
        for child in element:
            row = rows.get(child.tag) or rows.get(_ANY)
            tail = child.tail
            if tail is not None and not tail.isspace():
                self._stray(element, tail)
            if row is None:
                self._foreign(child, element, but)
                continue
            if row.place <= last and (row.place < last or row.most == 1):
                self._misplaced(child, repeated=row.place == last)
            last = row.place
            seen |= 1 << last
            if but and local(child.tag) in but:
                continue
            if child.keys():
                self._attributes(child)
            if row.node is None and not len(child):
                if row.pattern is not None and row.pattern.fullmatch((child.text or "").strip()) is None:
                    self._form(child, row.leaf_class, row.pattern)
            else:
                self._row(child, row, any_content=_ANY in rows)
        if known.required & ~seen:
            names = [local(tag) for tag, row in rows.items() if known.required & ~seen & 1 << row.place]
            self._problem("schema-missing", f"{local(element.tag)} lacks {' or '.join(names[:4])}", element)

    def _foreign(self, child: _Element, element: _Element, but: frozenset[str]) -> None:
        self._problem("schema-element", f"{local(child.tag)[:40]} is no element of {local(element.tag)}", child)
        if local(child.tag) not in but:
            if child.keys():
                self._attributes(child)
            if child.text and not child.text.isspace() and len(child):
                self._stray(child, child.text)
            self._unknown(child, _NONE)

    def _around(self, child: _Element, element: _Element) -> None:
        if child.tail and not child.tail.isspace():
            self._stray(element, child.tail)

    def _row(self, child: _Element, row: Row, *, any_content: bool) -> None:
        if child.text and len(child) and not child.text.isspace():
            self._stray(child, child.text)
        if row.node is not None:
            self._typed(child, row.node)
            if not len(child):
                self._problem("schema-empty", f"{local(child.tag)} holds no elements", child, child.text or "")
                self._stray(child, child.text or "")
        elif len(child):
            if not any_content:
                self._problem("schema-leaf", f"{local(child.tag)} holds elements", child)
            self._unknown(child, _NONE)

    def _misplaced(self, child: _Element, *, repeated: bool) -> None:
        code, what = ("schema-repeated", "stands twice") if repeated else ("schema-order", "stands in the wrong place")
        self._problem(code, f"{local(child.tag)} {what}", child)

    def _form(self, child: _Element, leaf_class: str, pattern: re.Pattern[str] | None) -> None:
        if pattern is None:
            return
        text = value(child)
        if pattern.fullmatch(text) is None:
            self._problem("schema-form", f"{local(child.tag)} is no {leaf_class.replace('_', ' ')}", child, text)
            self._stray(child, text)

    def _attributes(self, element: _Element) -> None:
        for name, text in cast("list[tuple[str, str]]", element.items()):
            if name == "Ccy":
                if not (len(text) == 3 and text.isascii() and text.isupper()):
                    self._problem("schema-form", "Ccy is no currency code", element, text)
                    self.gathered.text(text, f"{where(element)}/@Ccy", "other")
            elif not name.startswith((_XSI, _XML)) and text.strip():
                self.gathered.text(text, f"{where(element)}/@{local(name)}", "other")

    def _stray(self, element: _Element, text: str) -> None:
        if text.strip():
            self.gathered.text(text, where(element), "other")
            self._problem("schema-text", "text stands where none belongs", element, text)

    def _problem(self, code: str, message: str, element: _Element, text: str = "") -> None:
        self.told += 1
        if self.told <= _SHOWN:
            self.gathered.doubt(code, message, where(element), text, expected="what the schema says")
