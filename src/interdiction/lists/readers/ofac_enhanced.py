"""Reads OFAC's ENHANCED XML (SDN_ENHANCED.XML, CONS_ENHANCED.XML): one `entity` for each party, words written out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from interdiction.lists.readers import remarks, xml_stream
from interdiction.lists.readers.dates import exact_day
from interdiction.lists.readers.draft import Draft, finished
from interdiction.lists.readers.entries import add_entry, nameless, open_document, point_relations, without_entries
from interdiction.lists.readers.ofac_designations import Stated, designate
from interdiction.lists.readers.ofac_features import (
    ADDRESS_PARTS,
    add_address,
    add_remark,
    document,
    fact,
    titles,
    written,
)
from interdiction.lists.readers.ofac_party import KINDS, list_hint
from interdiction.lists.readers.ofac_words import COMPREHENSIVE, WHOLE, Strange
from interdiction.lists.readers.reading import ListFile, Problems, Reading
from interdiction.lists.readers.xml_stream import Element, Piece, Shape, text_of
from interdiction.model import Name, NamePart, NameQuality, PartialDate, Problem, Relation

FORMAT: Final = "ofac-enhanced-xml"
ROOT: Final = "sanctionsData"
NAMESPACES: Final = ("https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML",)
_ENTRY: Final = "entity"
_FEATURE: Final = frozenset({"type", "value", "reliability", "comments", "valueDate", "isPrimary", "versionId",
                             "valueRefId"})  # fmt: skip


class _Published:
    """What the file says of itself: the day, and the lists it was filtered by."""

    def __init__(self) -> None:
        self.on: date | None = None
        self.lists: list[str] = []

    def take(self, element: Element) -> None:
        for child in element.iter():
            name = str(child.tag).rsplit("}", 1)[-1]
            if name == "dataAsOf":
                self.on = exact_day(text_of(child)[:10])
            elif name == "sanctionsList":
                self.lists.append(text_of(child))


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one ENHANCED file. Raises `ListFileError` as `entries.open_document` does, and `empty`."""
    file = files[0]
    found: list[Problem] = []
    problems = Problems(file.name, found)
    namespace = open_document(file, NAMESPACES)
    published = _Published()
    entries = _Entries(namespace, problems)
    shape = Shape(ROOT, namespace, (_ENTRY,), {"publicationInfo": published.take})
    drafts: dict[str, Draft] = {}
    for piece in xml_stream.pieces(file, shape, problems):
        add_entry(drafts, entries.party(piece), piece, problems, "entity id")
    if not drafts:
        raise without_entries(file)
    entries.strange.report(problems)
    xml_stream.report_strange(entries.elements, problems)
    point_relations(drafts, list_key)
    listings = finished(drafts, list_key)
    hint = list_hint(listings)
    if published.lists:
        hint = "ofac-cons" if COMPREHENSIVE in published.lists else "ofac-sdn"
    return Reading(hint, FORMAT, published.on, ("xml",), listings, tuple(found))


class _Entries:
    """Reads entities; counts the words and elements that it does not know."""

    def __init__(self, namespace: str, problems: Problems) -> None:
        self.problems = problems
        self.strange = Strange()
        self.elements: dict[str, int] = {}
        self._cut = len(namespace) + 2
        self._sections: dict[str, Callable[[Draft, Stated, Element], None]] = {
            "generalInfo": self._general,
            "sanctionsLists": self._lists,
            "sanctionsPrograms": lambda _, stated, node: stated.programmes.extend(map(text_of, node)),
            "sanctionsTypes": self._types,
            "legalAuthorities": lambda _, stated, node: stated.acts.extend((text_of(one), None) for one in node),
            "names": self._names,
            "addresses": self._addresses,
            "features": self._features,
            "identityDocuments": self._documents,
            "relationships": self._relationships,
        }

    def party(self, piece: Piece) -> Draft:
        entry = piece.element
        if entry is None:
            return Draft.of_text(f"line-{piece.line}", xml_stream.plain_text(piece.raw), piece.raw, piece.line)
        uid = str(entry.get("id", ""))
        draft = Draft(uid or f"line-{piece.line}", "", piece.line)
        stated = Stated()
        kind = ""
        seen: set[str] = set()
        again: set[str] = set()
        for child in entry:
            name = self._name(child)
            section = self._sections.get(name)
            if section is None:
                self._unknown(name)
                continue
            (again if name in seen else seen).add(name)
            section(draft, stated, child)
            if name == "generalInfo":
                kind = self._texts(child).get("entityType", "")
        draft.kind = KINDS.get(kind.lower() or "?")
        draft.programmes = stated.programmes
        draft.designations = designate(stated, self.strange)
        nameless(draft, uid, kind, _ENTRY, self.problems)
        if again:
            xml_stream.report_fused(piece, draft.names(), [dict.fromkeys(again, "")], self.problems)
        return draft

    def _name(self, element: Element) -> str:
        return str(element.tag)[self._cut :]

    def _texts(self, parent: Element) -> dict[str, str]:
        cut = self._cut
        return {str(child.tag)[cut:]: (child.text or "").strip() for child in parent}

    def _unknown(self, name: str) -> None:
        self.elements[name] = self.elements.get(name, 0) + 1

    def _general(self, draft: Draft, _stated: Stated, node: Element) -> None:
        for name, text in self._texts(node).items():
            if name == "remarks":
                self._remarks(draft, text)
            elif name == "title":
                titles(draft, text)
            elif name in {"livingStatus", "isUsCitizen", "isUsPerson"}:
                draft.detail(name, text)
            elif name not in {"identityId", "entityType"}:
                self._unknown(name)

    def _remarks(self, draft: Draft, text: str) -> None:
        remarks.mine(draft, text, self.problems)
        add_remark(draft, text)

    def _lists(self, draft: Draft, stated: Stated, node: Element) -> None:
        for one in node:
            name, published = text_of(one), str(one.get("datePublished", ""))
            stated.lists.append((name, exact_day(published)))
            draft.detail("list", f"{name} {published}".strip())

    def _types(self, draft: Draft, stated: Stated, node: Element) -> None:
        for one in node:
            stated.types.append(text_of(one))
            draft.detail("sanctions type", stated.types[-1])

    def _names(self, draft: Draft, _stated: Stated, node: Element) -> None:
        for one in node:
            primary = low = False
            alias = ""
            spellings: list[Element] = []
            for child in one:
                name = self._name(child)
                if name == "isPrimary":
                    primary = child.text == "true"
                elif name == "isLowQuality":
                    low = child.text == "true"
                elif name == "aliasType":
                    alias = text_of(child)
                elif name == "translations":
                    spellings = list(child)
                else:
                    self._unknown(name)
            quality, note = self.strange.quality(alias, low=low)
            for spelling in spellings:
                self._spelling(draft, spelling, quality, note, primary=primary)

    def _spelling(self, draft: Draft, node: Element, quality: NameQuality, note: str | None, *, primary: bool) -> None:
        text = first = last = script = ""
        parts: list[NamePart] = []
        for child in node:
            name = self._name(child)
            if name == "formattedFullName":
                text = (child.text or "").strip()
            elif name == "script":
                script = child.text or ""
            elif name == "nameParts":
                parts = [self._part(one) for one in child]
            elif name == "formattedLastName":
                last = (child.text or "").strip()
            elif name == "formattedFirstName":
                first = (child.text or "").strip()
            elif name != "isPrimary":
                self._unknown(name)
        text = text or ", ".join(one for one in (last, first) if one)
        if len(parts) == 1 and parts[0].type == WHOLE and parts[0].text == text:
            parts = []
        name_ = Name(text, quality, self.strange.script(script, text, draft), None, tuple(parts), note)
        if primary and not draft.primary:
            draft.primary, draft.own_parts = text, name_.parts
        else:
            draft.name(name_)

    def _part(self, node: Element) -> NamePart:
        said = self._texts(node)
        return NamePart(self.strange.part(said.get("type", "")), said.get("value", ""))

    def _addresses(self, draft: Draft, _stated: Stated, node: Element) -> None:
        for one in node:
            land = ""
            spellings: list[dict[str, str]] = []
            for child in one:
                name = self._name(child)
                if name == "country":
                    land = text_of(child)
                elif name == "translations":
                    for spelling in child:
                        if self._name(spelling) == "country":
                            land = land or text_of(spelling)
                        else:
                            spellings.append(self._address_parts(draft, spelling))
                else:
                    self._unknown(name)
            for said in spellings or [{}]:
                add_address(draft, said, land)

    def _address_parts(self, draft: Draft, node: Element) -> dict[str, str]:
        said: dict[str, str] = {}
        for child in node:
            if self._name(child) != "addressParts":
                continue
            for part in child:
                one = self._texts(part)
                kind, value = one.get("type", ""), one.get("value", "")
                if kind not in ADDRESS_PARTS:
                    self.strange.see("address part", kind)
                    draft.detail(kind, value)
                said[kind] = f"{said[kind]} {value}" if kind in said else value
        return said

    def _features(self, draft: Draft, stated: Stated, node: Element) -> None:
        for one in node:
            said = self._texts(one)
            for name in said.keys() - _FEATURE:
                self._unknown(name)
            label, value = said.get("type", ""), said.get("value", "")
            extra = "; ".join(text for key in ("reliability", "comments") if (text := said.get(key)))
            if extra:
                draft.detail(label, f"{value} ({extra})")
            if not value and "valueDate" in said:
                period = self._period(one)
                value = written(period) if period else ""
            if "Date" in label and (day := exact_day(value)) is not None:
                stated.days.append((label, day))
            add_remark(draft, fact(draft, label, value, self.problems))

    def _period(self, parent: Element) -> PartialDate | None:
        for node in parent:
            if self._name(node) in {"valueDate", "issueDate", "expirationDate", "dateRange"}:
                return _period(self._texts(node))
        return None

    def _documents(self, draft: Draft, _stated: Stated, node: Element) -> None:
        for one in node:
            said: dict[str, str] = {}
            for child in one:
                name = self._name(child)
                if name in {"issueDate", "expirationDate"}:
                    period = _period(self._texts(child))
                    said[name] = written(period) if period else ""
                elif name == "idFeatures":
                    said[name] = "; ".join(map(text_of, child))
                else:
                    said[name] = text_of(child)
            label, number = said.get("type", ""), said.get("documentNumber", "")
            said["idCountry"] = said.get("issuingCountry", "")
            if not document(draft, label.rstrip(" :-"), number, said, self.problems):
                add_remark(draft, f"{label} {number}".strip())
            self._document_details(draft, f"{label} {number}".strip(), said)

    def _document_details(self, draft: Draft, label: str, said: dict[str, str]) -> None:
        if said.get("isValid") == "false":
            draft.detail(label, "not valid")
        own = said.get("name", "")
        for key in ("issuingAuthority", "issuingLocation", "comments", "idFeatures"):
            draft.detail(f"{label}, {key}", said.get(key))
        if own and own != draft.primary:
            draft.detail(f"{label}, name", own)

    def _relationships(self, draft: Draft, _stated: Stated, node: Element) -> None:
        for one in node:
            said: dict[str, str] = {}
            uid = ""
            for child in one:
                name = self._name(child)
                said[name] = text_of(child)
                if name == "relatedEntity":
                    uid = str(child.get("entityId", ""))
            period = self._period(one)
            words = (said.get("type"), said.get("quality"), written(period) if period else "", said.get("comments"))
            note = "; ".join(word for word in words if word)
            tie = Relation(
                self.strange.relation(said.get("type", "")), said.get("relatedEntity", ""), uid or None, note or None
            )
            if tie.to:
                draft.relations.append(tie)


def _period(said: dict[str, str]) -> PartialDate | None:
    stated = (exact_day(said.get(key, "")) for key in ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd"))
    days = [day for day in stated if day is not None]
    return PartialDate(min(days), max(days), circa=said.get("isApproximate") == "true") if days else None
