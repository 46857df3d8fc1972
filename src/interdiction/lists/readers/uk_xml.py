"""Reads the UK Sanctions List as XML (`Designations`), the richer of its two forms: measures also come as flags."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from interdiction.errors import ListFileError
from interdiction.lists.readers import uk_party, xml_stream
from interdiction.lists.readers.collected import Collected, read_entries
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.packed import several, slashed
from interdiction.lists.readers.reading import ListFile, Reading
from interdiction.lists.readers.xml_stream import Element, Piece, Shape
from interdiction.model import Grade

FORMAT = "uk-xml"
ROOT = "Designations"
NAMESPACES = ("",)

_SHIP = {
    "IMONumbers": "imonumber", "CurrentOwnerOperators": "currentowneroperators",
    "PreviousOwnerOperators": "previousowneroperators", "CurrentBelievedFlagOfShips": "currentbelievedflagofship",
    "PreviousFlags": "previousflags", "TypeOfShipDetails": "typeofship", "TonnageOfShipDetails": "tonnageofship",
    "LengthOfShipDetails": "lengthofship", "YearsBuilt": "yearbuilt",
    "HullIdentificationNumbers": "hullidentificationnumberhin",
}  # fmt: skip
_ONCE = frozenset(
    {
        "LastUpdated", "DateDesignated", "UniqueID", "OFSIGroupID", "UNReferenceNumber", "RegimeName",
        "IndividualEntityShip", "DesignationSource", "SanctionsImposed", "OtherInformation", "UKStatementofReasons",
    }
)  # fmt: skip

Take = Callable[[Draft, Element, Collected], None]


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one XML file of the list. Raises `ListFileError` as `xml_stream.root_of` does, and `empty`."""
    into = Collected(files[0])
    root = xml_stream.root_of(files[0])
    if root.namespace not in NAMESPACES:
        raise ListFileError("unknown namespace", code="unknown-namespace", where=files[0].name)
    published: list[str] = []

    def generated(node: Element) -> None:
        published.append(xml_stream.text_of(node))

    shape = Shape(ROOT, root.namespace, ("Designation",), {"DateGenerated": generated})
    read_entries(into, shape, lambda piece: _party(piece, into))
    days = [day.first for text in published if (day := slashed(text)) is not None]
    return into.reading(list_key, FORMAT, "uk", "xml", days[0] if days else None)


def _party(piece: Piece, into: Collected) -> Draft:
    entry = piece.element
    if entry is None:
        raise AssertionError("only entries that were parsed are given")
    said: dict[str, str] = {}
    groups: dict[str, list[Element]] = {}
    for child in entry:
        tag = str(child.tag)
        if tag in _ONCE and tag not in said:
            said[tag] = xml_stream.text_of(child)
        else:
            groups.setdefault(tag, []).append(child)
    uid = said.get("UniqueID", "")
    draft = Draft(uid or f"line-{piece.line}", "", piece.line)
    uk_party.kind(draft, said.get("IndividualEntityShip", ""), into)
    flags: dict[str, str] = {}
    for tag, nodes in groups.items():
        for node in nodes:
            if tag == "SanctionsImposedIndicators":
                flags |= _texts(node)
            elif tag in _GROUPS:
                _GROUPS[tag](draft, node, into)
            elif tag in _ONCE:
                into.problems.add(
                    "fused-entries",
                    f"an entry states {tag} more than once",
                    grade=Grade.ROW,
                    line=piece.line,
                    node=uid,
                    text=xml_stream.text_of(node),
                )
                draft.detail(tag, xml_stream.text_of(node))
            else:
                _strange(draft, "Designation", node, into)
    uk_party.remark(draft, "", said.get("OtherInformation", ""))
    uk_party.remark(draft, "UK statement of reasons", said.get("UKStatementofReasons", ""))
    imposed = uk_party.measures(said.get("SanctionsImposed", ""), flags, into, draft)
    uk_party.designate(
        draft,
        said.get("RegimeName", ""),
        said.get("DateDesignated", ""),
        said.get("LastUpdated", ""),
        imposed,
        into,
    )
    draft.reference = said.get("UNReferenceNumber") or draft.reference
    draft.detail("OFSI group id", said.get("OFSIGroupID"))
    draft.detail("designation source", said.get("DesignationSource"))
    draft.settle()
    if not uid or not draft.names():
        into.problems.add(
            "no-name" if uid else "no-uid",
            "an entry without a name" if uid else "an entry without a UniqueID",
            grade=Grade.ROW,
            line=piece.line,
            node=uid,
            text=draft.primary,
        )
    return draft


def _names(draft: Draft, node: Element, into: Collected) -> None:
    for one in node:
        said = {key.lower(): text for key, text in _texts(one).items()}
        uk_party.name(draft, said, said.pop("nametype", ""), said.pop("aliasstrength", ""), into)
        for key in said.keys() - _NAME_PARTS:
            into.new_word("<Name>", key)
            draft.detail(f"Name {key}", said[key])


_NAME_PARTS = frozenset({"name1", "name2", "name3", "name4", "name5", "name6"})


def _other_names(draft: Draft, node: Element, _into: Collected) -> None:
    for one in node:
        said = _texts(one)
        uk_party.other_script(
            draft,
            said.get("NameNonLatinScript", ""),
            said.get("NonLatinScriptType", ""),
            said.get("NonLatinScriptLanguage", ""),
        )


def _addresses(draft: Draft, node: Element, _into: Collected) -> None:
    for one in node:
        said = _texts(one)
        lines = [said.get(f"AddressLine{number}", "") for number in range(1, 7)]
        uk_party.address(draft, lines, said.get("AddressPostalCode", ""), said.get("AddressCountry", ""))


def _titles(draft: Draft, node: Element, _into: Collected) -> None:
    for one in node:
        draft.titles += several(xml_stream.text_of(one))


def _person(draft: Draft, node: Element, into: Collected) -> None:
    for person in node:
        for group in person:
            tag = str(group.tag)
            for one in group:
                _person_fact(draft, tag, one, into)


def _person_fact(draft: Draft, tag: str, one: Element, into: Collected) -> None:
    if tag == "DOBs":
        uk_party.born(draft, xml_stream.text_of(one), into)
    elif tag == "Nationalities":
        uk_party.nationalities(draft, xml_stream.text_of(one))
    elif tag == "Positions":
        draft.functions += several(xml_stream.text_of(one))
    elif tag == "Genders":
        uk_party.gender(draft, xml_stream.text_of(one), into)
    elif tag == "BirthDetails":
        said = _texts(one)
        uk_party.birth_places(draft, said.get("TownOfBirth", ""), said.get("CountryOfBirth", ""))
    elif tag == "PassportDetails":
        said = _texts(one)
        uk_party.document(
            draft, "passport", said.get("PassportNumber", ""), said.get("PassportAdditionalInformation", "")
        )
    elif tag == "NationalIdentifierDetails":
        said = _texts(one)
        number, more = said.get("NationalIdentifierNumber", ""), said.get("NationalIdentifierAdditionalInformation", "")
        uk_party.document(draft, "national number", number, more)
    else:
        _strange(draft, "Individual", one, into)


def _organisation(draft: Draft, node: Element, into: Collected) -> None:
    for organisation in node:
        for group in organisation:
            tag = str(group.tag)
            for one in group:
                text = xml_stream.text_of(one)
                if tag == "BusinessRegistrationNumbers":
                    uk_party.registration(draft, text)
                elif tag == "TypeOfEntities":
                    draft.detail("type of entity", text)
                elif tag == "ParentCompanies":
                    uk_party.ties(draft, text, "")
                elif tag == "Subsidiaries":
                    uk_party.ties(draft, "", text)
                else:
                    _strange(draft, "Entity", one, into)


def _ship(draft: Draft, node: Element, into: Collected) -> None:
    for ship in node:
        for group in ship:
            key = _SHIP.get(str(group.tag))
            for one in group:
                if key is None:
                    _strange(draft, "Ship", one, into)
                else:
                    uk_party.ship(draft, {key: xml_stream.text_of(one)})


def _contacts(word: str) -> Take:
    def take(draft: Draft, node: Element, _into: Collected) -> None:
        for one in node:
            uk_party.contacts(draft, word, xml_stream.text_of(one))

    return take


_GROUPS: dict[str, Take] = {
    "Names": _names,
    "NonLatinNames": _other_names,
    "Titles": _titles,
    "Addresses": _addresses,
    "PhoneNumbers": _contacts("phone"),
    "EmailAddresses": _contacts("email"),
    "Websites": _contacts("website"),
    "IndividualDetails": _person,
    "EntityDetails": _organisation,
    "ShipDetails": _ship,
}


def _strange(draft: Draft, where: str, node: Element, into: Collected) -> None:
    """Keep the text of an element nobody has seen yet."""
    tag = str(node.tag)
    into.new_word(f"<{where}>", f"<{tag}>")
    draft.detail(tag, xml_stream.text_of(node))


def _texts(node: Element) -> dict[str, str]:
    return {str(child.tag): text for child in node if (text := xml_stream.text_of(child))}
