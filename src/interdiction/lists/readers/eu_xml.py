"""Reads the consolidated list of EU financial sanctions as XML, version 1.1 (`xmlFullSanctionsList_1_1`)."""

from __future__ import annotations

from collections.abc import Sequence

from interdiction.errors import ListFileError
from interdiction.lists.readers import eu_party, xml_stream
from interdiction.lists.readers.collected import Collected, read_entries
from interdiction.lists.readers.dates import exact_day
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.reading import ListFile, Reading
from interdiction.lists.readers.xml_stream import Element, Piece, Shape
from interdiction.model import Grade

FORMAT = "eu-xml"
ROOT = "export"
NAMESPACES = ("http://eu.europa.ec/fpi/fsd/export",)
_ENTRY = "sanctionEntity"
_PREFIX = f"{{{NAMESPACES[0]}}}"
_KNOWN_ATTRIBUTES = frozenset(
    {
        "logicalid", "regulationlanguage", "designationdate", "designationdetails", "unitednationid",
        "eureferencenumber", "regulationtype", "organisationtype", "publicationdate", "entryintoforcedate",
        "numbertitle", "programme", "publicationurl", "code", "classificationcode", "firstname", "middlename",
        "lastname", "wholename", "function", "gender", "title", "namelanguage", "strong", "region",
        "countryiso2code", "countrydescription", "circa", "calendartype", "city", "zipcode", "birthdate",
        "dayofmonth", "monthofyear", "year", "yearrangefrom", "yearrangeto", "place", "diplomatic", "knownexpired",
        "knownfalse", "reportedlost", "revokedbyissuer", "issuedby", "issueddate", "issuedate", "latinnumber",
        "validfrom", "validto", "nameondocument", "number", "identificationtypecode",
        "identificationtypedescription", "street", "pobox", "asatlistingtime", "key", "value",
    }
)  # fmt: skip


class _Names(dict[str, str]):
    """Attribute and element names as the reader uses them: no namespace, lower case."""

    def __missing__(self, name: str) -> str:
        short = self[name] = name.removeprefix(_PREFIX).lower()
        return short


_NAMES = _Names()


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one XML file of the list. Raises `ListFileError` as `xml_stream.root_of` does, and `empty`."""
    into = Collected(files[0])
    root = xml_stream.root_of(files[0])
    if root.namespace not in NAMESPACES:
        raise ListFileError("unknown namespace", code="unknown-namespace", where=files[0].name)
    read_entries(into, Shape(ROOT, root.namespace, (_ENTRY,)), lambda piece: _party(piece, into))
    day = exact_day(root.attributes.get("generationDate", "")[:10])
    return into.reading(list_key, FORMAT, "eu", "xml", day)


def _party(piece: Piece, into: Collected) -> Draft:
    entry = piece.element
    if entry is None:
        raise AssertionError("only entries that were parsed are given")
    own = _said(entry, into)
    uid = own.get("logicalid", "")
    draft = Draft(uid or f"line-{piece.line}", "", piece.line)
    nodes: list[tuple[str, dict[str, str], Element]] = []
    remarks: list[str] = []
    for child in entry:
        tag = _NAMES[str(child.tag)]
        if tag == "remark":
            remarks.append((child.text or "").strip())
        elif tag == "subjecttype":
            kind = _said(child, into)
            eu_party.subject(draft, (kind.get("code", ""), kind.get("classificationcode", "")), into)
        else:
            nodes.append((tag, _said(child, into), child))
    for tag, said, child in nodes:
        _NODE.get(tag, _unknown)(draft, said, child, into)
    draft.remarks = "\n".join(one for one in remarks if one) or None
    eu_party.designated(draft, own)
    draft.settle()
    if not uid or not draft.names():
        into.problems.add(
            "no-uid" if not uid else "no-name",
            "an entry without logicalId" if not uid else "an entry without a name",
            grade=Grade.ROW,
            line=piece.line,
            node=uid,
            text=draft.primary,
        )
    return draft


def _said(node: Element, into: Collected) -> dict[str, str]:
    said = {_NAMES[str(key)]: text for key, value in node.items() if (text := str(value).strip())}
    if not _KNOWN_ATTRIBUTES.issuperset(said):
        for key in said.keys() - _KNOWN_ATTRIBUTES:
            into.new_word(f"an attribute of {_NAMES[str(node.tag)]}", key)
    return said


def _regulation(draft: Draft, said: dict[str, str], node: Element, into: Collected) -> None:
    for child in node:
        tag = _NAMES[str(child.tag)]
        if tag == "publicationurl":
            said[tag] = (child.text or "").strip()
        else:
            _other_child(draft, child, "regulation", into)
    eu_party.regulation(draft, said, into)
    _leftovers(draft, said, "regulation")


def _name(draft: Draft, said: dict[str, str], node: Element, into: Collected) -> None:
    eu_party.name(draft, said, _remark(draft, node, "nameAlias", into), into)
    _leftovers(draft, said, "nameAlias")


def _address(draft: Draft, said: dict[str, str], node: Element, into: Collected) -> None:
    contacts = tuple(
        (child.get("key", ""), child.get("value", "") or (child.text or "").strip())
        for child in node
        if child.tag == f"{_PREFIX}contactInfo"
    )
    eu_party.address(draft, said, _remark(draft, node, "address", into), contacts, into)
    _leftovers(draft, said, "address")


def _birth(draft: Draft, said: dict[str, str], node: Element, into: Collected) -> None:
    eu_party.birth(draft, said, _remark(draft, node, "birthdate", into), into)
    _leftovers(draft, said, "birthdate")


def _citizenship(draft: Draft, said: dict[str, str], node: Element, into: Collected) -> None:
    eu_party.citizenship(draft, said, _remark(draft, node, "citizenship", into))
    _leftovers(draft, said, "citizenship")


def _identification(draft: Draft, said: dict[str, str], node: Element, into: Collected) -> None:
    eu_party.identification(draft, said, _remark(draft, node, "identification", into), into)
    _leftovers(draft, said, "identification")


def _unknown(draft: Draft, said: dict[str, str], node: Element, into: Collected) -> None:
    """Keep everything in an element nobody has seen yet."""
    tag = str(node.tag).removeprefix(_PREFIX)
    into.new_word("an entry", f"<{tag}>")
    for key, value in said.items():
        draft.detail(f"{tag} {key}", value)
    draft.detail(tag, xml_stream.text_of(node))


_NODE = {
    "regulation": _regulation,
    "namealias": _name,
    "address": _address,
    "birthdate": _birth,
    "citizenship": _citizenship,
    "identification": _identification,
}


def _remark(draft: Draft, node: Element, what: str, into: Collected) -> str:
    """Read the children that every fact may have; give its remark."""
    found = []
    for child in node:
        tag = _NAMES[str(child.tag)]
        if tag == "regulationsummary":
            eu_party.basis_of_fact(draft, _said(child, into))
        elif tag == "remark":
            found.append((child.text or "").strip())
        elif tag != "contactinfo":
            _other_child(draft, child, what, into)
    return "\n".join(one for one in found if one)


def _other_child(draft: Draft, child: Element, what: str, into: Collected) -> None:
    tag = str(child.tag).removeprefix(_PREFIX)
    if tag != "remark":
        into.new_word(f"<{what}>", f"<{tag}>")
    draft.detail(f"{what} {tag}", xml_stream.text_of(child) or "; ".join(str(value) for value in child.attrib.values()))


def _leftovers(draft: Draft, said: dict[str, str], what: str) -> None:
    """Keep attributes that nobody knew."""
    if not _KNOWN_ATTRIBUTES.issuperset(said):
        for key in said.keys() - _KNOWN_ATTRIBUTES:
            draft.detail(f"{what} {key}", said[key])
