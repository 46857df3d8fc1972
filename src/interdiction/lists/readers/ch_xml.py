"""Reads Switzerland's consolidated list of SECO (SESAM) as XML: `swiss-sanctions-list`, the whole list.

1. The file keeps everybody ever listed: whose latest modification is `de-listed` is no target any more.
2. What stood before an amendment stays inside `modification` and is history, not fact.
3. Places and programmes are stated once and referred to, before or after: they are joined at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from interdiction.errors import ListFileError
from interdiction.lists.readers import xml_stream
from interdiction.lists.readers.ch_facts import Book, Join, attributes, identity, strange
from interdiction.lists.readers.ch_values import measures, mine
from interdiction.lists.readers.collected import Collected, drafts_of, file_draft
from interdiction.lists.readers.dates import exact_day
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.instants import BRUSSELS, midnight
from interdiction.lists.readers.packed import squeeze
from interdiction.lists.readers.reading import ListFile, Reading
from interdiction.lists.readers.xml_stream import Element, Piece, Shape
from interdiction.model import Designation, Gender, Grade, Kind, Relation

FORMAT = "ch-xml"
ROOT = "swiss-sanctions-list"
NAMESPACES = ("",)

_COPIES = ("added", "removed")
_KINDS = {"individual": Kind.PERSON, "entity": Kind.ORGANISATION}
_OBJECTS = {"vessel": Kind.VESSEL, "aircraft": Kind.AIRCRAFT}
_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}
_RELATIONS = {
    "related-to": "linked_to", "family-member-of": "family", "owned-by": "owned_by", "controlled-by": "controlled_by",
    "owner-of": "owns", "associate-of": "associate", "part-of": "part_of", "member-of": "member_of",
}  # fmt: skip


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one file of the list. Raises `ListFileError` as `xml_stream.root_of` does, and `empty`."""
    into = Collected(files[0])
    root = xml_stream.root_of(files[0])
    if root.namespace not in NAMESPACES:
        raise ListFileError("unknown namespace", code="unknown-namespace", where=files[0].name)
    on = exact_day(root.attributes.get("date", "")[:10])
    book = Book()
    joins: list[Join] = []
    targets: dict[str, str] = {}
    shape = Shape(
        ROOT,
        root.namespace,
        ("target",),
        {"sanctions-program": book.take_programme, "place": book.take_place},
        _COPIES,
    )
    waiting = list(drafts_of(into, shape, lambda piece: _party(piece, into, on, joins, targets)))
    for join in joins:
        join(book)
    for draft, again in waiting:
        file_draft(into, draft, again=again)
    for draft in into.drafts.values():
        draft.settle()
        for at, one in enumerate(draft.relations):
            if one.listing is not None:
                known = into.drafts.get(one.listing)
                to = known.primary if known is not None and known.primary else targets.get(one.listing, one.to)
                listing = f"{list_key}:{one.listing}" if known is not None else None
                draft.relations[at] = replace(one, to=to, listing=listing)
    return into.reading(list_key, FORMAT, "ch", "xml", on)


def _party(piece: Piece, into: Collected, on: date | None, joins: list[Join], targets: dict[str, str]) -> Draft | None:
    entry = piece.element
    if entry is None:
        raise AssertionError("only entries that were parsed are given")
    parent = entry.getparent()
    if parent is not None and parent.tag in _COPIES:
        return None
    uid = entry.get("ssid", "")
    draft = Draft(uid or f"line-{piece.line}", "", piece.line)
    changes = list(entry.iterchildren("modification"))
    body = next((node for node in entry if str(node.tag) in {"individual", "entity", "object"}), None)
    if body is None:
        into.problems.add(
            "no-party",
            "a target without a party in it; its text is screened as it stands",
            grade=Grade.ROW,
            line=piece.line,
            node=uid,
        )
        return Draft.of_text(draft.uid, xml_stream.text_of(entry), xml_stream.text_of(entry), piece.line)
    _kind(draft, body, into)
    for node in body:
        _BODY.get(str(node.tag), strange)(draft, node, into, joins)
    targets[uid] = draft.primary
    if _delisted(changes, on):
        return None
    sets = [squeeze(node.text or "") for node in entry.iterchildren("sanctions-set-id")]
    sets += [entry.get("sanctions-set-id", "")] if entry.get("sanctions-set-id") else []
    told = [attributes(node) for node in changes]
    joins.append(lambda book: _designate(draft, sets, told, book, into))
    for node in entry:
        if node.tag == "foreign-identifier":
            draft.reference = squeeze(node.text or "") or draft.reference
        elif node.tag == "generic-attribute":
            draft.detail(str(node.get("name") or "generic-attribute"), squeeze(node.text or ""))
        elif str(node.tag) not in {"sanctions-set-id", "modification", "individual", "entity", "object"}:
            strange(draft, node, into, joins)
    if not uid or not draft.names():
        into.problems.add(
            "no-name" if uid else "no-uid",
            "a target without a name" if uid else "a target without an ssid",
            grade=Grade.ROW,
            line=piece.line,
            node=uid,
            text=draft.primary,
        )
    return draft


def _kind(draft: Draft, body: Element, into: Collected) -> None:
    tag = str(body.tag)
    draft.kind = _KINDS.get(tag)
    if tag == "object":
        word = body.get("object-type", "")
        draft.kind = _OBJECTS.get(word)
        if draft.kind is None:
            into.new_word("object-type", word)
            draft.detail("object-type", word)
    sex = body.get("sex", "")
    draft.gender = _GENDERS.get(sex)
    if sex and draft.gender is None:
        into.new_word("sex", sex)
        draft.detail("sex", sex)


def _delisted(changes: Sequence[Element], on: date | None) -> bool:
    """Tell whether the latest modification that took effect took the target off; the file gives the latest first."""
    latest: tuple[date, str] | None = None
    for node in changes:
        day = exact_day(node.get("effective-date") or node.get("publication-date") or node.get("enactment-date") or "")
        if day is None or (on is not None and day > on):
            continue
        if latest is None or day > latest[0]:
            latest = (day, node.get("modification-type", ""))
    return latest is not None and latest[1] == "de-listed"


def _designate(
    draft: Draft, sets: Sequence[str], changes: Sequence[Mapping[str, str]], book: Book, into: Collected
) -> None:
    listed: list[Mapping[str, str]] = [one for one in changes if one.get("modification-type") == "listed"]
    last = listed[0] if listed else {}
    amended = sorted(
        day
        for one in changes
        if one.get("modification-type") != "listed" and (day := exact_day(one.get("publication-date", ""))) is not None
    )
    for word in {one.get("modification-type", "") for one in changes} - {"listed", "amended", "de-listed"}:
        into.new_word("modification-type", word)
    force = exact_day(last.get("effective-date", ""))
    for ssid in sets or [""]:
        known = book.sets.get(ssid)
        programme = known.programme if known else ssid
        if programme:
            draft.programmes.append(programme)
        draft.designations = (
            *draft.designations,
            Designation(
                programme,
                measures=measures(known.basis) if known else (),
                listed_on=exact_day(last.get("publication-date", "")) or exact_day(last.get("enactment-date", "")),
                amended_on=tuple(dict.fromkeys(amended)),
                effective_at=midnight(force, BRUSSELS) if force else None,
                legal_basis=known.basis if known else None,
            ),
        )
    for one in changes:
        days = (one.get("enactment-date", ""), one.get("publication-date", ""), one.get("effective-date", ""))
        draft.detail(one.get("modification-type", "modification"), " / ".join(day for day in days if day))


def _justification(draft: Draft, node: Element, _into: Collected, _joins: list[Join]) -> None:
    _remark(draft, squeeze(node.text or ""))


def _information(draft: Draft, node: Element, _into: Collected, _joins: list[Join]) -> None:
    text = squeeze(node.text or "")
    _remark(draft, text)
    mine(draft, text)


def _relation(draft: Draft, node: Element, into: Collected, _joins: list[Join]) -> None:
    word = node.get("relation-type", "")
    if word not in _RELATIONS:
        into.new_word("relation-type", word)
    note = "; ".join(one for one in (word, squeeze(node.findtext("remark") or "")) if one)
    target = node.get("target-id", "")
    # The number stands where the listing will, until all targets are known.
    draft.relations.append(Relation(_RELATIONS.get(word, "linked_to"), target, target or None, note or None))


_BODY = {
    "identity": identity,
    "justification": _justification,
    "other-information": _information,
    "relation": _relation,
}


def _remark(draft: Draft, text: str) -> None:
    if text and text not in (draft.remarks or "").split("\n"):
        draft.remarks = f"{draft.remarks}\n{text}" if draft.remarks else text
