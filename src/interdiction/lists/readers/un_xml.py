"""Reads the consolidated list of the UN Security Council (XML of 2017 to today)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from interdiction.errors import ListFileError, PartyError
from interdiction.lists.readers import places, xml_stream
from interdiction.lists.readers.dates import exact_day
from interdiction.lists.readers.draft import Draft, finished, once
from interdiction.lists.readers.entries import add_entry, impossible, without_entries
from interdiction.lists.readers.reading import ListFile, Problems, Reading
from interdiction.lists.readers.scripts import script_of
from interdiction.lists.readers.un_values import acronym, alias_names, birth_date, document, names_in_note, squeeze
from interdiction.lists.readers.xml_stream import Element, Piece, Shape
from interdiction.model import (
    Address,
    Contact,
    Designation,
    Gender,
    Grade,
    Identifier,
    Kind,
    NameQuality,
    Problem,
)

FORMAT = "un-xml"
ROOT = "CONSOLIDATED_LIST"
NAMESPACES = ("",)
_KINDS = {"INDIVIDUAL": Kind.PERSON, "ENTITY": Kind.ORGANISATION}
_NAME_FIELDS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_QUALITIES = {"low": NameQuality.WEAK, "f.k.a.": NameQuality.FORMER}
"""The rest (`Good`, `a.k.a.`, nothing) is strong: of an unstated quality nothing may be held against it."""
_PLAIN = frozenset(
    {
        "DATAID", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "COMMENTS1", "NAME_ORIGINAL_SCRIPT", "GENDER",
        "SUBMITTED_BY", "SUBMITTED_ON", *_NAME_FIELDS,
    }
)  # fmt: skip
_UNUSED = frozenset({"VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "LIST_TYPE"})
_GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}
_GENDER_IN_TEXT = re.compile(r"\bGender\s*[:\[]\s*(male|female)\b", re.IGNORECASE)
_IMO_IN_TEXT = re.compile(r"^IMO(?: Number)?\s*:?\s*(\d{7})\b")
_BIC_IN_TEXT = re.compile(r"\bSWIFT(?:/BIC)?(?: code)?\s*:?\s*([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
_EMAIL_IN_TEXT = re.compile(r"^e-?mail\s*:\s*([\w.+-]+@[\w-]+\.[\w.-]*\w)", re.IGNORECASE)


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one UN file. Raises `ListFileError` as `xml_stream.root_of` does, `unknown-namespace` and `empty`."""
    file = files[0]
    found: list[Problem] = []
    problems = Problems(file.name, found)
    root = xml_stream.root_of(file)
    if root.namespace not in NAMESPACES:
        raise ListFileError("unknown namespace", code="unknown-namespace", where=file.name)
    drafts: dict[str, Draft] = {}
    strange: dict[str, int] = {}
    for piece in xml_stream.pieces(file, Shape(ROOT, root.namespace, tuple(_KINDS)), problems):
        draft = _party(piece, problems, strange)
        add_entry(drafts, draft, piece, problems, "DATAID")
    if not drafts:
        raise without_entries(file)
    xml_stream.report_strange(strange, problems)
    return Reading(
        list_hint="un",
        format=FORMAT,
        on=exact_day(root.attributes.get("dateGenerated", "")),
        parts=("xml",),
        listings=finished(drafts, list_key),
        problems=tuple(found),
    )


def _party(piece: Piece, problems: Problems, strange: dict[str, int]) -> Draft:
    entry = piece.element
    if entry is None:
        return Draft.of_text(f"line-{piece.line}", xml_stream.plain_text(piece.raw), piece.raw, piece.line)
    said: dict[str, str] = {}
    again: list[dict[str, str]] = []
    nodes: list[tuple[str, Element]] = []
    prefix = f"{piece.tag}_"
    for child in entry:
        name = str(child.tag)
        if name in said:
            xml_stream.repeated(again, name, xml_stream.text_of(child))
        elif name in _PLAIN:
            said[name] = xml_stream.text_of(child)
        elif (fact := name.removeprefix(prefix)) in _NODES:
            nodes.append((fact, child))
        elif name not in _UNUSED:
            strange[name] = strange.get(name, 0) + 1
    draft = _named(piece, said, problems)
    for more in again:
        for name in _own_names(more, packed=piece.tag == "ENTITY"):
            draft.alias(name, NameQuality.STRONG)
    if again:
        xml_stream.report_fused(piece, draft.names(), again, problems)
    draft.reference = said.get("REFERENCE_NUMBER") or None
    draft.gender = _GENDERS.get(said.get("GENDER", "").lower())
    comments = squeeze(said.get("COMMENTS1", ""))
    draft.remarks = comments or None
    _read_comments(draft, comments)
    amended: list[str] = []
    for name, node in nodes:
        if name == "LAST_DAY_UPDATED":
            amended += [xml_stream.text_of(value) for value in node]
        else:
            _NODES[name](draft, node, problems)
    _designate(draft, said, amended)
    return draft


def _named(piece: Piece, said: dict[str, str], problems: Problems) -> Draft:
    uid = said.get("DATAID", "")
    primary, *others = _own_names(said, packed=piece.tag == "ENTITY")
    draft = Draft(uid or f"line-{piece.line}", primary, piece.line)
    draft.kind = _KINDS[piece.tag]
    for name in others:
        draft.alias(name, NameQuality.STRONG)
    for name in (primary, *others) if draft.kind is Kind.ORGANISATION else ():
        _short_form(draft, name, NameQuality.STRONG)
    for name in squeeze(said.get("NAME_ORIGINAL_SCRIPT", "")).split(";"):
        draft.alias(name.strip(), NameQuality.STRONG, script_of(name))
    if not primary or not uid:
        problems.add(
            "no-name" if uid else "no-uid",
            "an entry without a name" if uid else "an entry without a DATAID",
            grade=Grade.ROW,
            line=piece.line,
            node=piece.tag,
            text=primary,
        )
    return draft


def _designate(draft: Draft, said: dict[str, str], amended: Sequence[str]) -> None:
    """Note the list type with the days that the entry states: listed, and amended since."""
    listed = said.get("UN_LIST_TYPE", "")
    if not listed:
        return
    draft.programmes = [listed]
    days = (exact_day(one) for one in amended)
    draft.designations = (
        Designation(
            listed,
            listed_on=exact_day(said.get("LISTED_ON", "")),
            amended_on=once(sorted(day for day in days if day is not None)),
        ),
    )


def _own_names(said: dict[str, str], *, packed: bool) -> list[str]:
    """Join the four name fields in their order; an organisation's first one may pack several names with `;`."""
    whole = squeeze(" ".join(said.get(field, "") for field in _NAME_FIELDS))
    names = [name for one in whole.split(";") if (name := one.strip())] if packed else [whole]
    # What is packed stays a name as well: so it stands wherever the list was copied.
    return [*names, *([whole] if len(names) > 1 else [])] or [""]


def _read_comments(draft: Draft, text: str) -> None:
    """Read the few facts that the comments state in a form of their own; all of the text stays in the remarks."""
    gender = _GENDER_IN_TEXT.search(text)
    if gender is not None and draft.gender is None:
        draft.gender = _GENDERS[gender[1].lower()]
    ship = _IMO_IN_TEXT.match(text)
    if ship is not None:
        draft.identifiers.append(Identifier("imo", ship[1], note="IMO Number"))
    for bank in _BIC_IN_TEXT.finditer(text):
        draft.identifiers.append(Identifier("bic", bank[1], note="SWIFT"))
    mail = _EMAIL_IN_TEXT.match(text)
    if mail is not None:
        draft.contacts.append(Contact("email", mail[1]))


def _alias(draft: Draft, node: Element, problems: Problems) -> None:
    said = _texts(node)
    quality = _QUALITIES.get(said.get("QUALITY", "").lower(), NameQuality.STRONG)
    names, rest = alias_names(said.get("ALIAS_NAME", ""))
    note = said.get("NOTE", "")
    for name in names + names_in_note(said.get("ALIAS_NAME", ""), note):
        draft.alias(name, quality, script_of(name))
        if draft.kind is Kind.ORGANISATION:
            _short_form(draft, name, quality)
    # The publisher's own words are a name too: whoever copied them into a book must find the listing.
    for name in said.get("ALIAS_NAME", "").split("; "):
        if names and (whole := squeeze(name)) not in names:
            draft.alias(whole, quality, script_of(whole))
    if rest:
        _remark(draft, rest)
    if note:
        _remark(draft, f"{names[0]}: {squeeze(note)}" if names else squeeze(note))
    if said.get("DATE_OF_BIRTH"):
        _dated(draft, {"DATE": said["DATE_OF_BIRTH"]}, problems)
    place = ", ".join(one for one in (said.get("CITY_OF_BIRTH", ""), said.get("COUNTRY_OF_BIRTH", "")) if one)
    if place:
        draft.birth_places.append(place)


def _short_form(draft: Draft, name: str, quality: NameQuality) -> None:
    """Add what `HAQQANI NETWORK (HQN)` says twice: the name alone, and its short form as a weak alias."""
    parted = acronym(name)
    if parted is not None:
        draft.alias(parted[0], quality, script_of(parted[0]))
        draft.alias(parted[1], NameQuality.WEAK)


def _birth(draft: Draft, node: Element, problems: Problems) -> None:
    _dated(draft, _texts(node), problems)


def _dated(draft: Draft, said: dict[str, str], problems: Problems) -> None:
    try:
        read = birth_date(said)
    except PartyError as error:
        impossible(draft, error, draft.primary, problems)
        read = None
    if read is not None:
        draft.birth_dates.append(read)
    left = said.get("NOTE", "") if read is None or said.get("DATE") or said.get("YEAR") else ""
    values = [one for key, one in said.items() if key not in {"TYPE_OF_DATE", "NOTE"} and one]
    if left or (read is None and values):
        _remark(draft, "Date of birth: " + " ".join((*values, left)).strip())


def _birth_place(draft: Draft, node: Element, _problems: Problems) -> None:
    said = _texts(node)
    place = ", ".join(one for key in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE") if (one := said.get(key)))
    if place:
        draft.birth_places.append(squeeze(place))


def _document(draft: Draft, node: Element, problems: Problems) -> None:
    said = _texts(node)
    wrong: list[PartyError] = []
    found = document(said, wrong)
    for error in wrong:
        impossible(draft, error, draft.primary, problems)
    if found is not None:
        draft.identifiers.append(found)
    elif said.get("NOTE") or said.get("NUMBER") or said.get("TYPE_OF_DOCUMENT2"):
        _remark(draft, "Document: " + squeeze(" ".join(said.values())))


def _address(draft: Draft, node: Element, _problems: Problems) -> None:
    said = {key: squeeze(value) for key, value in _texts(node).items()}
    region, code = said.get("STATE_PROVINCE", ""), said.get("ZIP_CODE", "")
    if code and not any(sign.isdigit() for sign in code):
        region, code = ", ".join(one for one in (region, code) if one), ""
    land = places.country(said.get("COUNTRY"))
    note = said.get("NOTE", "")
    parts = (said.get("STREET", ""), said.get("CITY", ""), region, code)
    if any(parts) or land or note:
        street, city, region, code = parts
        draft.addresses.append(Address(street or None, city or None, region or None, code or None, land, note or None))


def _nationality(draft: Draft, node: Element, _problems: Problems) -> None:
    draft.nationalities.extend(tie for one in node if (tie := places.country(xml_stream.text_of(one))))


def _title(draft: Draft, node: Element, _problems: Problems) -> None:
    draft.titles.extend(said for one in node if (said := squeeze(xml_stream.text_of(one))))


def _nothing(_draft: Draft, _node: Element, _problems: Problems) -> None:
    """`LAST_DAY_UPDATED` belongs to the designation, not to the party."""


_NODES: dict[str, Callable[[Draft, Element, Problems], None]] = {
    "ALIAS": _alias,
    "ADDRESS": _address,
    "DATE_OF_BIRTH": _birth,
    "PLACE_OF_BIRTH": _birth_place,
    "DOCUMENT": _document,
    "NATIONALITY": _nationality,
    "DESIGNATION": _title,
    "TITLE": _title,
    "LAST_DAY_UPDATED": _nothing,
}


def _remark(draft: Draft, text: str) -> None:
    if text:
        draft.remarks = f"{draft.remarks}\n{text}" if draft.remarks else text


def _texts(node: Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for child in node:
        text = child.text
        said[str(child.tag)] = xml_stream.text_of(child) if len(child) else text.strip() if text else ""
    return said
