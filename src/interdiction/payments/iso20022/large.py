"""Reads a large ISO 20022 file twice, one transaction in memory at a time.

The first reading sees that the file is whole, counts its transactions and keeps what stands around them; the second
gives the payments. Memory does not grow with the number of transactions.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
from lxml import etree
from lxml.etree import _Element

from interdiction.model import Payment, Problem
from interdiction.payments.iso20022 import plain
from interdiction.payments.iso20022.message import Piece
from interdiction.payments.iso20022.party import local
from interdiction.payments.iso20022.tree import (
    SAFE,
    Plan,
    counted,
    declared,
    frame,
    header,
    inner_type,
    kind_of,
    made,
    part,
    plan_of,
    simple_plan,
    tree,
)
from interdiction.payments.reading import LONGEST_RAW, Reading, decoded, unreadable, whole

LARGEST_WHOLE: Final = 4_000_000
"""Bytes up to which a message of no known transactions is read: it has to be one tree."""
LARGEST_PART: Final = 4_000_000
"""Bytes of one transaction, or of what stands between two: what is longer would fill the memory."""
_LOOKED: Final = 1 << 20
"""Bytes within which the first element of the message must stand."""


class Around(msgspec.Struct):
    """What the first reading learned: what stands around all transactions, and behind those of a container."""

    plan: Plan
    pieces: tuple[Piece, ...] = ()
    behind: dict[int, Piece] = {}
    count: int = 0
    problems: tuple[Problem, ...] = ()


def read_large(source: Path | bytes, size: int, name: str) -> Reading:
    """Read a file that is too large to be one tree. Nothing that stands in it raises."""
    with opened(source) as file:
        start = file.read(_LOOKED)
    try:
        found = _kind(source)
    except _BROKEN as error:
        return _broken(start, f"not well-formed XML: {error}", name)
    if not isinstance(found, tuple):
        return _broken(start, found, name)
    plan = simple_plan(kind_of(*found))
    if not plan.transactions:
        if size > LARGEST_WHOLE:
            return _broken(start, "a message of no known transactions is too large to be read", name)
        return tree(source if isinstance(source, bytes) else source.read_bytes(), name)
    try:
        around = _survey(source, plan, name)
    except _BROKEN as error:
        problem = whole("not-xml", f"not well-formed XML: {str(error)[:200]}", name, expected="one whole XML document")
        return Reading(_until_broken(source, plan, name, problem, start), [problem])
    return Reading(_payments(source, around, name), list(around.problems), around.count)


def _kind(source: Path | bytes) -> tuple[str, str] | str:
    """Give the tags of the document and of the message in it, or say why it cannot be read."""
    with opened(source) as file:
        before = ""
        for at, (_, element) in enumerate(_events(_Bounded(file), ("start",), None)):
            if at == 0 and declared(element):
                return "a document type or entities are declared"
            if before:
                return before, element.tag
            if local(element.tag) == "Document":
                before = element.tag
            elif at > 10_000:
                break
    return "no ISO 20022 message stands in it"


class _TooLongError(Exception):
    """A part of the file is longer than may be held in memory."""


_BROKEN: Final = (etree.XMLSyntaxError, _TooLongError)


class _Bounded:
    """A file that may be read on only while transactions come: `begin` is called with each."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._since = 0

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes. Raises `_TooLongError`."""
        data = self._file.read(size)
        self._since += len(data)
        if self._since > LARGEST_PART:
            raise _TooLongError(f"more than {LARGEST_PART:,} bytes belong to one part of it")
        return data

    def begin(self) -> None:
        """Take note that a transaction has ended, and another part begins."""
        self._since = 0


def _events(bounded: _Bounded, events: tuple[str, ...], tags: list[str] | None) -> Iterator[tuple[str, _Element]]:
    more: dict[str, Any] = {"tag": tags} if tags else {}
    for event in etree.iterparse(bounded, events=events, **SAFE, **more):
        bounded.begin()
        yield event


def _tags(plan: Plan) -> list[str]:
    return [f"{{*}}{one}" for one in sorted(plan.apart)]


def _survey(source: Path | bytes, plan: Plan, name: str) -> Around:
    """Read the file once; raises `XMLSyntaxError` where it is not whole."""
    around = Around(plan)
    behind: dict[int, Piece] = {}
    problems: list[Problem] = []
    document: _Element | None = None
    containers = 0
    leading = -1
    with opened(source) as file:
        tags = [*_tags(plan), "{*}Document", "{*}AppHdr"]
        root: _Element | None = None
        documents = 0
        for _, element in _events(_Bounded(file), ("end",), tags):
            tag = local(element.tag)
            if root is None:
                root = element.getroottree().getroot()
            parent = element.getparent()
            if tag == "Document":
                documents += 1
                document = element
            elif parent is None or tag == "AppHdr":
                continue
            elif tag in plan.transactions:
                around.count += 1
                if local(parent.tag) in plan.containers and leading < 0:
                    leading = len(parent) - 1
                _forget(element)
            elif tag in plan.containers and local(parent.tag) not in plan.containers:
                containers += 1
                if leading >= 0 and _behind(element, leading, plan):
                    for child in list(element)[:leading]:
                        element.remove(child)
                    behind[containers] = part(element, None, but=plan.apart)
                leading = -1
                _forget(element)
    assert document is not None and root is not None  # noqa: PT018 - `_kind` has seen both
    if documents > 1:
        problems.append(whole("two-documents", f"the file holds {documents} messages in one envelope", name))
    plan, message = plan_of(document, name)
    inner = frame(document, message, plan)
    envelope = header(root, [document])
    around.plan = plan
    around.pieces = (inner,) if envelope is None else (inner, envelope)
    around.behind = behind
    around.problems = (*plan.problems, *problems, *counted(inner, around.count, plan, name))
    return around


def _behind(container: _Element, leading: int, plan: Plan) -> bool:
    """Tell whether anything but transactions stands behind the first transaction of a container."""
    return any(local(child.tag) not in plan.apart for child in list(container)[leading:])


def _forget(element: _Element) -> None:
    """Free an element that was read; it stays in its place, empty, until the next one of its kind is."""
    element.clear()
    before = element.getprevious()
    if before is not None and before.tag == element.tag:
        parent = before.getparent()
        if parent is not None:
            parent.remove(before)


def _payments(source: Path | bytes, around: Around, name: str) -> Iterator[Payment]:
    plan = around.plan
    container: _Element | None = None
    outer: list[Piece] = []
    containers = row = 0
    taken = False
    with opened(source) as file:
        for _, element in _events(_Bounded(file), ("end",), _tags(plan)):
            parent = element.getparent()
            tag = local(element.tag)
            if parent is None:
                continue
            if tag in plan.transactions:
                row += 1
                up = [one for one in element.iterancestors() if local(one.tag) in plan.containers]
                if up and up[-1] is not container:
                    container = up[-1]
                    outer = _outer(container, containers + 1, around)
                elif not up:
                    container, outer = None, []
                taken = True
                type_name = plan.below(plan.type_name, local(up[-1].tag)) if up else plan.type_name
                clean = plain.read_part(element, plan.namespace) if plan.type_name else None
                own = clean or part(element, inner_type(element, type_name, plan))
                if not element.tag.startswith(plan.namespace):
                    doubt = whole("namespace", "a transaction of another namespace", name, str(element.tag))
                    own = msgspec.structs.replace(own, problems=(*own.problems, doubt))
                yield made([own, *outer, *around.pieces], plan, name, row)
                _forget(element)
            elif local(parent.tag) not in plan.containers:
                containers += 1
                if not taken:
                    row += 1
                    yield made([part(element, None), *around.pieces], plan, name, row)
                taken, container = False, None
                _forget(element)
    if not row:
        yield made(list(around.pieces), plan, name, 1)


def _outer(container: _Element, number: int, around: Around) -> list[Piece]:
    type_name = around.plan.below(around.plan.type_name, local(container.tag))
    pieces = [part(container, type_name, but=around.plan.apart)]
    if number in around.behind:
        pieces.append(around.behind[number])
    return pieces


def _until_broken(source: Path | bytes, plan: Plan, name: str, problem: Problem, start: bytes) -> Iterator[Payment]:
    """Give what stands before the break, then the broken rest as a payment of nobody; all of it is held."""
    row = 0
    try:
        for one in _payments(source, Around(plan), name):
            row += 1
            yield one
    except _BROKEN:
        pass
    with opened(source) as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - LONGEST_RAW))
        end = file.read()
    yield unreadable(problem, decoded(end if row else start), name, row + 1)


def _broken(start: bytes, message: str, name: str) -> Reading:
    problem = whole("not-xml", message[:300], name, expected="one ISO 20022 message")
    return Reading(iter([unreadable(problem, decoded(start[: LONGEST_RAW * 4]), name)]), [problem], 1)


def opened(source: Path | bytes) -> BinaryIO:
    """Open what is read; a path is opened anew each time."""
    return BytesIO(source) if isinstance(source, bytes) else source.open("rb")
