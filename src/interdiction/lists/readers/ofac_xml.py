"""Reads OFAC's plain XML: SDN.XML and CONSOLIDATED.XML, in today's namespace and the one before 7 May 2024."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from interdiction.errors import ListFileError, PartyError
from interdiction.lists.readers import places, remarks, xml_stream
from interdiction.lists.readers.dates import exact_day, partial_date
from interdiction.lists.readers.draft import Draft, finished
from interdiction.lists.readers.entries import add_entry, impossible, nameless, without_entries
from interdiction.lists.readers.ofac_features import document
from interdiction.lists.readers.ofac_party import KINDS, address, list_hint, tonnage
from interdiction.lists.readers.reading import ListFile, Problems, Reading
from interdiction.lists.readers.xml_stream import Element, Piece, Shape
from interdiction.model import Grade, NameQuality, Problem

FORMAT = "ofac-xml"
ROOT = "sdnList"
NAMESPACES = (
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
    "http://tempuri.org/sdnList.xsd",
)
_ENTRY = "sdnEntry"
_ALIASES = {"a.k.a.": NameQuality.STRONG, "n.k.a.": NameQuality.STRONG, "f.k.a.": NameQuality.FORMER}
_VESSEL = {
    "callSign": "call_sign",
    "vesselType": "type",
    "vesselFlag": "flag",
    "vesselOwner": "owner",
    "tonnage": "tonnage",
    "grossRegisteredTonnage": "gross_tonnage",
}
_LISTS = frozenset(
    {
        "programList", "idList", "akaList", "addressList", "nationalityList", "citizenshipList", "dateOfBirthList",
        "placeOfBirthList", "vesselInfo",
    }
)  # fmt: skip
_KNOWN = _LISTS | {"uid", "firstName", "lastName", "title", "sdnType", "remarks"}


class _Published:
    """What the file says of itself."""

    def __init__(self) -> None:
        self.on: date | None = None
        self.count: int | None = None

    def take(self, element: Element) -> None:
        said = _texts(element)
        self.on = exact_day(said.get("Publish_Date", ""))
        count = said.get("Record_Count", "")
        self.count = int(count) if count.isdigit() and len(count) < 10 else None


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one plain XML file of OFAC.

    A stated count that differs from the entries is a problem of grade FILE. Raises `ListFileError` as
    `xml_stream.root_of` does, `unknown-namespace`, and `empty` where no entry is found.
    """
    file = files[0]
    found: list[Problem] = []
    problems = Problems(file.name, found)
    namespace = xml_stream.root_of(file).namespace
    if namespace not in NAMESPACES:
        raise ListFileError("unknown namespace", code="unknown-namespace", where=file.name)
    published = _Published()
    shape = Shape(ROOT, namespace, (_ENTRY,), {"publshInformation": published.take})
    drafts: dict[str, Draft] = {}
    strange: dict[str, int] = {}
    entries = 0
    for piece in xml_stream.pieces(file, shape, problems):
        draft = _party(piece, problems, strange)
        entries += not (piece.again and draft.uid in drafts)
        add_entry(drafts, draft, piece, problems, "uid")
    if not drafts:
        raise without_entries(file)
    xml_stream.report_strange(strange, problems)
    if published.count is not None and published.count != entries:
        problems.add(
            "count",
            f"Record_Count says {published.count}, the file has {entries} entries",
            grade=Grade.FILE,
            node="Record_Count",
            expected=str(published.count),
            mend="download the file again; until then what it lacks stays in force",
        )
    listings = finished(drafts, list_key)
    return Reading(
        list_hint=list_hint(listings),
        format=FORMAT,
        on=published.on,
        parts=("xml",),
        listings=listings,
        problems=tuple(found),
        stated_count=published.count,
    )


class _Said(msgspec.Struct):
    """The children of one entry: single values, what came once more of them, and the items of its lists."""

    once: dict[str, str]
    again: list[dict[str, str]]
    lists: dict[str, list[Element]]


def _said(entry: Element, strange: dict[str, int]) -> _Said:
    said = _Said({}, [], {})
    for child in entry:
        name = _local(child)
        if name not in _KNOWN:
            strange[name] = strange.get(name, 0) + 1
        elif name in _LISTS:
            said.lists.setdefault(name, []).extend(child)
        elif name in said.once:
            xml_stream.repeated(said.again, name, xml_stream.text_of(child))
        else:
            said.once[name] = xml_stream.text_of(child)
    return said


def _party(piece: Piece, problems: Problems, strange: dict[str, int]) -> Draft:
    if piece.element is None:
        return Draft.of_text(f"line-{piece.line}", xml_stream.plain_text(piece.raw), piece.raw, piece.line)
    said = _said(piece.element, strange)
    draft = _named(piece, said, problems)
    lists = said.lists
    draft.programmes = [tag for one in lists.get("programList", ()) if (tag := xml_stream.text_of(one))]
    draft.titles = [one for part in said.once.get("title", "").split("; ") if (one := part.strip())]
    text = [said.once.get("remarks", "")]
    if text[0]:
        remarks.mine(draft, text[0], problems)
    _aliases(draft, lists)
    _addresses(draft, lists)
    _ties(draft, lists)
    _births(draft, lists, problems)
    _vessel(draft, lists, strange)
    text += _documents(draft, lists, problems)
    draft.remarks = "; ".join(part for part in text if part) or None
    return draft


def _named(piece: Piece, said: _Said, problems: Problems) -> Draft:
    uid, kind = said.once.get("uid", ""), said.once.get("sdnType", "")
    draft = Draft(uid or f"line-{piece.line}", _name(said.once), piece.line)
    draft.kind = KINDS.get(kind.lower() or "?")
    for more in said.again:
        draft.alias(_name(more), NameQuality.STRONG)
    if said.again:
        xml_stream.report_fused(piece, draft.names(), said.again, problems)
    nameless(draft, uid, kind, _ENTRY, problems)
    return draft


def _vessel(draft: Draft, lists: dict[str, list[Element]], strange: dict[str, int]) -> None:
    for name, value in _texts(lists.get("vesselInfo", ())).items():
        field = _VESSEL.get(name)
        if field is None:
            strange[name] = strange.get(name, 0) + 1
        elif value:
            draft.vessel[field] = (places.country(value) or value) if field == "flag" else tonnage(value)


def _aliases(draft: Draft, lists: dict[str, list[Element]]) -> None:
    for one in lists.get("akaList", ()):
        said = _texts(one)
        weak = said.get("category", "").lower() == "weak"
        quality = NameQuality.WEAK if weak else _ALIASES.get(said.get("type", ""), NameQuality.STRONG)
        draft.alias(_name(said), quality)


def _addresses(draft: Draft, lists: dict[str, list[Element]]) -> None:
    for one in lists.get("addressList", ()):
        said = _texts(one)
        lines = (said.get(f"address{number}", "") for number in (1, 2, 3))
        region = " ".join(part for part in (said.get("stateOrProvince", ""), said.get("region", "")) if part)
        read = address(
            ", ".join(line for line in lines if line),
            said.get("city", ""),
            region,
            said.get("postalCode", ""),
            said.get("country", ""),
        )
        if read is not None:
            draft.addresses.append(read)


def _ties(draft: Draft, lists: dict[str, list[Element]]) -> None:
    for name, ties in (("nationalityList", draft.nationalities), ("citizenshipList", draft.citizenships)):
        for said in _main_first(lists.get(name, ())):
            tie = places.country(said.get("country"))
            if tie:
                ties.append(tie)


def _births(draft: Draft, lists: dict[str, list[Element]], problems: Problems) -> None:
    for said in _main_first(lists.get("dateOfBirthList", ())):
        text = said.get("dateOfBirth", "")
        try:
            read = partial_date(text)
        except PartyError as error:
            impossible(draft, error, text, problems)
            continue
        if read is not None:
            draft.birth_dates.append(read)
    draft.birth_places.extend(
        place for said in _main_first(lists.get("placeOfBirthList", ())) if (place := said.get("placeOfBirth", ""))
    )


def _documents(draft: Draft, lists: dict[str, list[Element]], problems: Problems) -> list[str]:
    """Read the list of documents and features; what no field holds is given back for the remarks."""
    rest = []
    for one in lists.get("idList", ()):
        said = _texts(one)
        kind, number = said.get("idType", ""), said.get("idNumber", "")
        label = kind.rstrip(" :-")
        if document(draft, label, number, said, problems):
            continue
        text = f"{kind} {number}".strip()
        if not remarks.read(draft, text, problems, last=False):
            rest.append(text)
    return rest


def _main_first(parent: Iterable[Element]) -> list[dict[str, str]]:
    said = [_texts(one) for one in parent]
    return sorted(said, key=lambda one: one.get("mainEntry", "").lower() != "true")


def _name(said: dict[str, str]) -> str:
    """As the legacy files write it: family name in capitals, comma, given names."""
    return ", ".join(part for part in (said.get("lastName", ""), said.get("firstName", "")) if part)


def _texts(parent: Iterable[Element]) -> dict[str, str]:
    said: dict[str, str] = {}
    for child in parent:
        tag = str(child.tag)
        text = child.text
        said[tag[tag.rfind("}") + 1 :]] = xml_stream.text_of(child) if len(child) else text.strip() if text else ""
    return said


def _local(element: Element) -> str:
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]
