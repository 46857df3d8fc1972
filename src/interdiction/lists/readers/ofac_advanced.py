"""Reads OFAC's ADVANCED XML (SDN_ADVANCED.XML, CONS_ADVANCED.XML), in today's namespace and the one before 7 May 2024.

The file states each thing once and points to it: reference values, places, documents, parties, ties, entries of
lists. It is read in that order in one pass; places and documents are held until their parties come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from interdiction.errors import PartyError
from interdiction.lists.readers import xml_stream
from interdiction.lists.readers.draft import Draft, finished
from interdiction.lists.readers.entries import add_entry, open_document, point_relations, without_entries
from interdiction.lists.readers.ofac_advanced_party import Found, Parties
from interdiction.lists.readers.ofac_advanced_sets import Paper, Place, Sets
from interdiction.lists.readers.ofac_designations import designate
from interdiction.lists.readers.ofac_features import add_remark, document
from interdiction.lists.readers.ofac_party import list_hint
from interdiction.lists.readers.ofac_words import COMPREHENSIVE, Strange
from interdiction.lists.readers.reading import ListFile, Problems, Reading
from interdiction.lists.readers.xml_stream import Element, Piece, Shape, text_of
from interdiction.model import Grade, Problem, Relation

FORMAT: Final = "ofac-advanced-xml"
ROOT: Final = "Sanctions"
NAMESPACES: Final = (
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML",
    "http://www.un.org/sanctions/1.0",
)
_PARTY: Final = "DistinctParty"
_PROGRAMME: Final = "Program"
_CREATED: Final = "Created"


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one ADVANCED file.

    A delta file adds and amends, and removes nobody. Raises `ListFileError` as
    `entries.open_document` does, and `empty` where no party is found.
    """
    file = files[0]
    found: list[Problem] = []
    problems = Problems(file.name, found)
    namespace = open_document(file, NAMESPACES)
    reader = _Reader(namespace, problems)
    delta = "DeltaBaseVersion" in xml_stream.root_of(file).attributes
    if delta:
        problems.add(
            "delta",
            "this file holds the changes since another one: what it adds and changes is in force, nobody goes",
            grade=Grade.PUBLISHED,
            node="DeltaBaseVersion",
            mend="download the whole file",
        )
    meta = {"DateOfIssue": reader.issued, "ReferenceValueSets": reader.sets.take}
    shape = Shape(ROOT, namespace, (*reader.sections, _PARTY), meta)
    for piece in xml_stream.pieces(file, shape, problems):
        reader.take(piece)
    if not reader.drafts:
        raise without_entries(file)
    reader.finish()
    point_relations(reader.drafts, list_key)
    listings = finished(reader.drafts, list_key)
    collected = sum(COMPREHENSIVE in lists for lists in reader.lists.values())
    hint = "ofac-cons" if collected * 2 > len(reader.drafts) else "ofac-sdn"
    hint = hint if reader.lists else list_hint(listings)
    return Reading(hint, FORMAT, reader.on, ("xml",), listings, tuple(found), delta=delta)


class _Reader:
    """Everything read so far of one file."""

    def __init__(self, namespace: str, problems: Problems) -> None:
        self.problems = problems
        self.strange = Strange()
        self.elements: dict[str, int] = {}
        self.sets = Sets(namespace, self.strange)
        self.places: dict[str, Place] = {}
        self.papers: dict[str, list[Paper]] = {}
        self.parties = Parties(self.sets, self.places, problems, self.elements)
        self.drafts: dict[str, Draft] = {}
        self.found: dict[str, Found] = {}
        self.by_profile: dict[str, str] = {}
        self.by_entry: dict[str, str] = {}
        self.lists: dict[str, set[str]] = {}
        self.on: date | None = None
        self.sections: dict[str, Callable[[Element], None]] = {
            "Location": self._place,
            "IDRegDocument": self._paper,
            "ProfileRelationship": self._tie,
            "SanctionsEntry": self._entry,
            "SanctionsEntryLink": self._link,
        }

    def issued(self, element: Element) -> None:
        self.on = self._day(element)

    def take(self, piece: Piece) -> None:
        """Read one piece; what could not be parsed is a listing of its own only where it is a party."""
        if piece.tag == _PARTY:
            self._party(piece)
        elif piece.element is not None:
            self.sections[piece.tag](piece.element)

    def finish(self) -> None:
        """Give the documents to their parties, tie the designations, report what was strange."""
        for uid, found in self.found.items():
            draft = self.drafts[uid]
            for identity in dict.fromkeys(found.identities):
                for paper in self.papers.pop(identity, ()):
                    self._give(draft, paper)
            draft.programmes = list(dict.fromkeys(found.stated.programmes))
            draft.designations = designate(found.stated, self.strange)
        if self.papers:
            self._dangling("IDRegDocument", len(self.papers))
        self.strange.report(self.problems)
        xml_stream.report_strange(self.elements, self.problems)

    def _party(self, piece: Piece) -> None:
        found = self.parties.read(piece)
        uid = found.draft.uid
        add_entry(self.drafts, found.draft, piece, self.problems, "FixedRef")
        standing = self.found.setdefault(uid, found)
        if standing is not found:
            standing.identities += found.identities
            standing.stated.days += found.stated.days
        self.by_profile |= dict.fromkeys(found.profiles, uid)

    def _place(self, element: Element) -> None:
        self.places[str(element.get("ID", ""))] = self.sets.place(element)

    def _paper(self, element: Element) -> None:
        paper = self.sets.paper(element, self.places, self._wrong)
        known = self.papers.setdefault(str(element.get("IdentityID", "")), [])
        if paper not in known:
            known.append(paper)

    def _give(self, draft: Draft, paper: Paper) -> None:
        label = f"{paper.label} {paper.number}".strip()
        if not document(draft, paper.label.rstrip(" :-"), paper.number, paper.said, self.problems):
            add_remark(draft, label)
        for kind, value in paper.details:
            draft.detail(f"{label}, {kind}", value)

    def _tie(self, element: Element) -> None:
        uid = self.by_profile.get(str(element.get("From-ProfileID", "")))
        if uid is None:
            self._dangling("ProfileRelationship")
            return
        target = str(element.get("To-ProfileID", ""))
        other = self.by_profile.get(target, target)
        kind = self.sets.text("RelationType", element.get("RelationTypeID"))
        words = [kind, self.sets.text("RelationQuality", element.get("RelationQualityID"))]
        for child in element:
            name = self.sets.name(child)
            if name == "DatePeriod":
                words.append(self.sets.period(child, self._wrong)[1])
            elif name == "Comment":
                words.append(text_of(child))
        to = self.drafts[other].primary if other in self.drafts else f"OFAC party {target}"
        note = "; ".join(word for word in words if word)
        former = element.get("Former") == "true"
        self.drafts[uid].relations.append(
            Relation(self.strange.relation(kind), to, other or None, note or None, former)
        )

    def _entry(self, element: Element) -> None:
        uid = self.by_profile.get(str(element.get("ProfileID", "")))
        if uid is None:
            self._dangling("SanctionsEntry")
            return
        self.by_entry[str(element.get("ID", ""))] = uid
        draft, stated = self.drafts[uid], self.found[uid].stated
        name_of_list = self.sets.text("List", element.get("ListID"))
        acts: list[tuple[str, date | None]] = []
        for child in element:
            name = self.sets.name(child)
            if name == "EntryEvent":
                acts.append(self._event(uid, child))
            elif name == "SanctionsMeasure":
                self._measure(uid, child)
            elif name == "SupportingInfo":
                kind = self.sets.text("SupInfoType", child.get("SupInfoTypeID"))
                said = "; ".join(text for one in child if (text := text_of(one)))
                draft.detail(f"supporting information {kind}".strip(), said)
            elif name in {"Comment", "LimitationsToListing"}:
                draft.detail(name[0].lower() + name[1:], text_of(child))
        for attribute in ("EntryProfileRef", "EntryDeltaFlag"):
            draft.detail(attribute, element.get(attribute))
        days = {day for _, day in acts if day is not None}
        stated.acts += [(act, day if len(days) > 1 else None) for act, day in acts if act]
        first = min(days, default=None)
        stated.lists.append((name_of_list, first))
        self.lists.setdefault(uid, set()).add(name_of_list)
        draft.detail("list", f"{name_of_list} {first or ''}".strip())

    def _event(self, uid: str, element: Element) -> tuple[str, date | None]:
        """Read an event: its legal act, and its day where the entry was made then."""
        draft, stated = self.drafts[uid], self.found[uid].stated
        kind = self.sets.text("EntryEventType", element.get("EntryEventTypeID"))
        basis = self.sets.value("LegalBasis", element.get("LegalBasisID"))
        day: date | None = None
        for child in element:
            if self.sets.name(child) == "Date":
                day = self._day(child)
            else:
                draft.detail(f"{kind} event".strip(), text_of(child))
        act = self.sets.text("LegalBasis", element.get("LegalBasisID"))
        own = self.sets.text("SanctionsProgram", basis.of or None)
        if own:
            draft.detail(f"programme of {act}", own)
        if kind == _CREATED:
            return act, day
        if day is not None:
            stated.amended.append(day)
            draft.detail(f"{kind} event".strip(), day.isoformat())
        return act, None

    def _measure(self, uid: str, element: Element) -> None:
        draft, stated = self.drafts[uid], self.found[uid].stated
        kind = self.sets.text("SanctionsType", element.get("SanctionsTypeID"))
        comment = period = ""
        for child in element:
            if self.sets.name(child) == "Comment":
                comment = text_of(child)
            else:
                period = self.sets.period(child, self._wrong)[1]
        if kind == _PROGRAMME:
            stated.programmes.append(comment)
        else:
            stated.types.append(kind)
            draft.detail("sanctions type", f"{kind} ({comment})" if comment else kind)
        if period:
            draft.detail(f"{kind} {comment}".strip(), period)

    def _link(self, element: Element) -> None:
        uid = self.by_entry.get(str(element.get("EntryA-SanctionsEntryID", "")))
        other = str(element.get("EntryB-SanctionsEntryID", ""))
        if uid is None:
            self._dangling("SanctionsEntryLink")
            return
        words = [self.sets.text("EntryLinkType", element.get("EntryLinkTypeID")), self.by_entry.get(other, other)]
        for child in element:
            day = self._day(child) if self.sets.name(child) == "Date" else None
            words.append(day.isoformat() if day else text_of(child))
        self.drafts[uid].detail("entry link", "; ".join(word for word in words if word))

    def _day(self, element: Element) -> date | None:
        try:
            read = self.sets.day(element)
        except (PartyError, ValueError) as error:
            self._wrong(error)
            return None
        return read.first if read.precision == "day" else None

    def _wrong(self, error: Exception) -> None:
        self.problems.add("impossible-date", str(error), grade=Grade.PUBLISHED, expected="a day that exists")

    def _dangling(self, node: str, times: int = 1) -> None:
        self.strange.see(f"{node} of a party that the file does not have", str(times))
