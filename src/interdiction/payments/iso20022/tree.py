"""Reads an ISO 20022 message that is one tree: its plan, what stands around its transactions, and each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import msgspec
from lxml import etree
from lxml.etree import _Element

from interdiction.model import Funds, Part, Payment, Problem
from interdiction.payments.iso20022 import plain
from interdiction.payments.iso20022.check import Check
from interdiction.payments.iso20022.fields import fields, words
from interdiction.payments.iso20022.message import Piece, payment, piece
from interdiction.payments.iso20022.party import local
from interdiction.payments.iso20022.walk import Found, Walk
from interdiction.payments.reading import LONGEST_RAW, Reading, decoded, unreadable, whole

_NAMESPACE: Final = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3}\.\d{3}\.\d{2})\}")
_NONE: Final[frozenset[str]] = frozenset()
SAFE: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_PARSER: Final = etree.XMLParser(**SAFE)


class Plan(msgspec.Struct, frozen=True):
    """How one message is read: its kind, where its transactions stand, and its types where there is a schema."""

    kind: str
    funds: Funds
    transactions: frozenset[str]
    containers: frozenset[str]
    type_name: str | None
    problems: tuple[Problem, ...] = ()
    namespace: str = ""
    """As it stands before the names of elements, in braces."""

    @property
    def apart(self) -> frozenset[str]:
        """The elements read by themselves."""
        return self.transactions | self.containers

    def below(self, type_name: str | None, name: str) -> str | None:
        """Give the type of a child."""
        row = fields().by_name[type_name].get(name) if type_name else None
        return row.what if row is not None and not row.what.startswith("=") else None


def tree(raw: bytes, name: str) -> Reading:
    """Read a file that is small enough to be one tree."""
    found = plain.read(raw)
    return whole_tree(raw, name) if found is None else clean(found, name)


def clean(found: plain.Plain, name: str) -> Reading:
    """Give the payments of a message in which nothing is wrong but, perhaps, its number of transactions."""
    plan = simple_plan(found.kind)
    around = [found.frame] if found.envelope is None else [found.frame, found.envelope]
    payments: list[Payment] = []
    for outer, transactions in found.groups:
        behind = around if outer is None else [outer, *around]
        for pieces in [[own, *behind] for own in transactions] or [behind]:
            payments.append(made(pieces, plan, name, len(payments) + 1))
    if not found.groups:
        payments.append(made(around, plan, name, 1))
    count = sum(len(transactions) for _, transactions in found.groups)
    return Reading(iter(payments), counted(found.frame, count, plan, name), len(payments))


def whole_tree(raw: bytes, name: str) -> Reading:
    """Read any XML file by its tree, and say what is wrong with it."""
    try:
        root = etree.fromstring(raw, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        return _broken(raw, str(error), name)
    if declared(root):
        return _refused("doctype", "a document type or entities are declared", raw, name)
    documents = _documents(root)
    if not documents:
        documents = [root]
    envelope = header(root, documents)
    problems = []
    if len(documents) > 1:
        problems.append(whole("two-documents", f"the file holds {len(documents)} messages in one envelope", name))
    found = [_message(document, envelope, name) for document in documents]
    payments = [one for read, _, _ in found for one in read]
    problems += [problem for _, doubts, _ in found for problem in doubts]
    if len(found) > 1:
        payments = [msgspec.structs.replace(one, row=at) for at, one in enumerate(payments, start=1)]
    return Reading(iter(payments), problems, len(payments))


def declared(root: _Element) -> bool:
    """Tell whether a document type, and so perhaps entities, are declared before the root."""
    return bool(root.getroottree().docinfo.doctype)  # type: ignore[attr-defined]


def _documents(root: _Element) -> list[_Element]:
    if local(root.tag) == "Document":
        return [root]
    return [
        one for one in root.iter("{*}Document") if not any(local(up.tag) == "Document" for up in one.iterancestors())
    ]


def header(root: _Element, documents: Sequence[_Element]) -> Piece | None:
    """Read what stands in an envelope around the messages."""
    if documents[0] is root:
        return None
    inside = {up for document in documents for up in document.iterancestors()}
    found = Found()
    walk = Walk(found)
    walk.part = Part.HEADER
    _around(root, inside, walk, Check(found))
    return piece(found)


def _around(element: _Element, inside: set[_Element], walk: Walk, check: Check) -> None:
    for child in element:
        name = local(child.tag)
        if child in inside:
            _around(child, inside, walk, check)
        elif name != "Document":
            check.part(child, _type_of(child))
            walk.other(child, name, local(element.tag))


def _type_of(element: _Element) -> str | None:
    known = _NAMESPACE.match(element.tag)
    root = fields().root(known[1]) if known else None
    return root[1] if root is not None and root[0] == local(element.tag) else None


def _message(document: _Element, envelope: Piece | None, name: str) -> tuple[list[Payment], list[Problem], Plan]:
    """Read one message that is a tree."""
    plan, message = plan_of(document, name)
    inner = frame(document, message, plan)
    around = [inner] if envelope is None else [inner, envelope]
    groups: list[tuple[_Element | None, list[_Element]]] = []
    for child in message:
        tag = local(child.tag)
        if tag in plan.containers:
            groups.append((child, list(_inside(child, plan))))
        elif tag in plan.transactions:
            groups.append((None, [child]))
    payments: list[Payment] = []
    found = 0
    for container, transactions in groups:
        outer = around
        type_name = plan.type_name
        if container is not None:
            type_name = plan.below(plan.type_name, local(container.tag))
            outer = [part(container, type_name, but=plan.apart if transactions else _NONE), *around]
        if not transactions:
            payments.append(made(outer, plan, name, len(payments) + 1))
        for element in transactions:
            found += 1
            own = part(element, inner_type(element, type_name, plan))
            payments.append(made([own, *outer], plan, name, len(payments) + 1))
    if not groups:
        payments.append(made(around, plan, name, 1))
    problems = [*plan.problems, *counted(inner, found, plan, name)]
    return payments, problems, plan


def _inside(container: _Element, plan: Plan) -> Iterator[_Element]:
    """Give the transactions of a container; one may stand in another."""
    for child in container:
        tag = local(child.tag)
        if tag in plan.transactions:
            yield child
        elif tag in plan.containers:
            yield from _inside(child, plan)


def inner_type(element: _Element, type_name: str | None, plan: Plan) -> str | None:
    """Give the type of a transaction; `type_name` is that of the message or of its container."""
    parent = element.getparent()
    if parent is not None and parent.getparent() is not None and local(parent.tag) in plan.containers:
        grand = parent.getparent()
        if grand is not None and local(grand.tag) in plan.containers:
            type_name = plan.below(type_name, local(parent.tag))
    return plan.below(type_name, local(element.tag))


def kind_of(document: str, message: str) -> str:
    """Tell the kind of a message (`pacs.008`) by the tags of the document and of the message in it; empty for none."""
    known = _NAMESPACE.match(document)
    if known is not None:
        return known[1][:8]
    element = f"{local(message)}:"
    return next((one[:8] for one, root in fields().messages.items() if root.startswith(element)), "")


@lru_cache(maxsize=256)
def simple_plan(kind: str) -> Plan:
    """Give the plan of a kind of message without its types."""
    found = words().messages.get(kind)
    if found is None:
        return Plan(kind or "unknown", Funds.ORDER, _NONE, _NONE, None)
    return Plan(kind, found.funds, frozenset(found.transactions), frozenset(found.containers), None)


def plan_of(document: _Element, name: str) -> tuple[Plan, _Element]:
    """Tell what kind of message a document holds."""
    message = document[0] if len(document) == 1 else document
    known = _NAMESPACE.match(document.tag)
    version = known[1] if known else ""
    kind = kind_of(document.tag, message.tag)
    problems: list[Problem] = []
    root = fields().root(version)
    element = local(message.tag)
    if not known:
        problems.append(whole("namespace", "the message is in no namespace of ISO 20022", name, str(document.tag)))
    if message is document:
        problems.append(whole("two-documents", f"the document holds {len(document)} messages, not one", name))
    elif root is not None and root[0] != element:
        problems.append(whole("schema-element", f"{element[:40]} is not the message of {version}", name))
        root = None
    plan = simple_plan(kind)
    if kind not in words().messages:
        problems.append(
            whole("unknown-message", f"no message of kind {kind or element[:40]!r} is known", name, str(document.tag))
        )
        return msgspec.structs.replace(plan, problems=tuple(problems)), message
    type_name = root[1] if root is not None and message is not document else None
    if known and not message.tag.startswith(known[0]):
        type_name = None
    if known and type_name is None and _foreign(message, known[0]):
        problems.append(whole("namespace", "elements of another namespace stand in the message", name))
    namespace = known[0] if known else ""
    plan = msgspec.structs.replace(plan, type_name=type_name, problems=tuple(problems), namespace=namespace)
    return plan, message


def _foreign(message: _Element, namespace: str) -> bool:
    """Tell whether an element of another namespace stands anywhere but in a supplement, where it may."""
    return any(
        not str(one.tag).startswith(namespace) and not any(local(up.tag) == "Envlp" for up in one.iterancestors())
        for one in message.iter()
    )


def frame(document: _Element, message: _Element, plan: Plan) -> Piece:
    """Read what stands in a message around its transactions."""
    found = Found()
    walk = Walk(found)
    check = Check(found)
    if document is not message:
        if (document.text or "").strip() or (message.tail or "").strip():
            found.text(f"{document.text or ''} {message.tail or ''}", "Document", "other")
            found.doubt("schema-text", "text stands where none belongs", "Document", document.text or "")
        check.part(message, plan.type_name, but=plan.apart)
    else:
        check.part(message, None, but=plan.apart)
    walk.children(message, but=plan.apart)
    return piece(found)


def part(element: _Element, type_name: str | None, *, but: frozenset[str] = _NONE) -> Piece:
    """Check and read one transaction, or what stands in a container around them."""
    found = Found()
    Check(found).part(element, type_name, but=but)
    Walk(found).children(element, but=but)
    return piece(found)


def made(pieces: Sequence[Piece], plan: Plan, name: str, row: int) -> Payment:
    """Give the payment of a transaction and of what stands around it."""
    return payment(pieces, kind=plan.kind, funds=plan.funds, source=name, row=row)


def counted(frame: Piece, found: int, plan: Plan, name: str) -> list[Problem]:
    """Hold the number of transactions against the one that the header states."""
    stated = next((text for at, text in frame.codes if at == "GrpHdr/NbOfTxs"), None)
    if stated is None or not plan.transactions or (stated.isdecimal() and int(stated) == found):
        return []
    return [whole("count", f"the header states {stated[:20]} transactions, there are {found}", name)]


def _broken(raw: bytes, error: str, name: str) -> Reading:
    problem = whole("not-xml", f"not well-formed XML: {error[:200]}", name, expected="one XML document")
    return Reading(iter([unreadable(problem, decoded(raw[: LONGEST_RAW * 4]), name)]), [problem], 1)


def _refused(code: str, message: str, raw: bytes, name: str) -> Reading:
    problem = whole(code, message, name, expected="a message without declarations of its own")
    return Reading(iter([unreadable(problem, decoded(raw[: LONGEST_RAW * 4]), name)]), [problem], 1)
