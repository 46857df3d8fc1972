"""Reads Australia's Consolidated List as DFAT publishes it: a workbook, one row for each spelling (2, 2a, 2b).

Rows of one number are one party. What the sheet packs into free text stays in the remarks; titles, posts,
passport and identity numbers and IMO numbers are read from it as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from interdiction.errors import ListFileError, TableError
from interdiction.lists.readers import places
from interdiction.lists.readers.collected import Collected
from interdiction.lists.readers.dates import exact_day
from interdiction.lists.readers.delimited import Row, Table, bad_row, fold, report_columns
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.packed import dated, numbers, several, squeeze
from interdiction.lists.readers.reading import ListFile, Reading
from interdiction.lists.readers.scripts import script_of
from interdiction.model import Address, Designation, Identifier, Kind, Measure, Name, NameQuality

FORMAT = "au-xlsx"

_ENDS = 1 << 16
"""Bytes at either end of a workbook in which the names of its parts stand."""
_NEEDED = (
    "reference", "nameofindividualorentity", "type", "nametype", "dateofbirth", "placeofbirth", "citizenship",
    "address", "additionalinformation", "listinginformation", "committees", "controldate",
)  # fmt: skip
_MEASURES = {
    "targetedfinancialsanction": Measure.ASSET_FREEZE, "targetedfinancialsanctions": Measure.ASSET_FREEZE,
    "travelban": Measure.TRAVEL_BAN, "armsembargo": Measure.ARMS_EMBARGO, "maritimerestriction": Measure.TRADE,
    "maritimerestrictions": Measure.TRADE,
}  # fmt: skip
_KNOWN = frozenset({*_NEEDED, *_MEASURES, "aliasstrength", "imonumber", "instrumentofdesignation"})
_KINDS = {"individual": Kind.PERSON, "entity": Kind.ORGANISATION, "vessel": Kind.VESSEL, "ship": Kind.VESSEL}
_NAMES = {
    "primaryname": NameQuality.PRIMARY, "aka": NameQuality.STRONG, "originalscript": NameQuality.STRONG,
    "formerlyknownas": NameQuality.FORMER, "fka": NameQuality.FORMER, "previouslylistedas": NameQuality.FORMER,
}  # fmt: skip
_REFERENCE = re.compile(r"(\d+)[a-z0-9]*", re.IGNORECASE)
_NOTHING = frozenset({"", "na", "n/a", "nil", "-", "not available", "none"})
_YEARS = re.compile(r"(?<=\d{4})\s*[-–]\s*(?=\d{4})")
_EITHER = re.compile(r"\s+or\s+|\s*;\s*|\s*>>\s*|\balt\.? DOB:?|,(?=\s*\d{1,2}[/ ])", re.IGNORECASE)
_MARKED = re.compile(r"\b(Title|Designation|Passport no|National identification no)\.?\s*:\s*", re.IGNORECASE)
_STOP = re.compile(r"\.\s+(?=[A-Z])|\b(?:Address|Listed on|Other information)\s*:|$")
_IMO = re.compile(r"\bIMO(?:\s+(?:number|no\.?))?\s*[:.]?\s*(\d{7})\b", re.IGNORECASE)
_A_DAY = re.compile(r"\b(\d{1,2}\s*[A-Z][a-z]{2,8}\.?\s+\d{4})\b")
_AFTER = re.compile(r"amended|relisted|re-listed|reviewed", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*;\s*|\s*,\s*|\s+and\s+")
_TOGETHER = re.compile(r"(?<=\)) (?=\d{4} \()")
"""`1970 (Libya) 1973 (Libya)` is two committees."""


def is_workbook(data: bytes) -> bool:
    """Tell whether the bytes begin as a workbook does."""
    return data.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in data[:_ENDS] or b"xl/" in data[-_ENDS:])


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one workbook; it states no date. Raises `ListFileError`: `not-a-list`, `unknown-columns`, `empty`."""
    into = Collected(files[0])
    table, rows = _sheet(files[0])
    report_columns(table, _KNOWN, _NEEDED, into.problems)
    titles = {fold(name): name for name in table.header}
    for row in rows:
        found = _REFERENCE.fullmatch(row.cells.get("reference", ""))
        if found is None or not row.cells.get("nameofindividualorentity"):
            raw = " ".join(row.cells.values())
            wrong = "its reference is no number" if found is None else "it has no name"
            bad_row(Row(row.line, {}, raw, wrong), into.problems)
            into.drafts[f"line-{row.line}"] = Draft.of_text(f"line-{row.line}", squeeze(raw), raw, row.line)
            continue
        draft = into.of(str(int(found[1])), row.line)
        for key in row.cells.keys() - _KNOWN:
            draft.detail(titles.get(key, key), row.cells[key])
        _row(draft, row.cells, into)
    return into.reading(list_key, FORMAT, "au", "xlsx", None)


def _sheet(file: ListFile) -> tuple[Table, Iterator[Row]]:
    from interdiction.tables.formats import workbook  # noqa: PLC0415 - polars is loaded for workbooks only

    try:
        records, _ = workbook(file.data, file.name, None)
    except TableError as error:
        raise ListFileError(error.message, code="not-a-list", where=file.name, mend=error.mend) from error
    header = tuple(records.header)
    names = [fold(name) for name in header]
    if not {"reference", "nameofindividualorentity", "nametype"} <= set(names):
        raise ListFileError(
            f"the header is not the one of this list: {', '.join(header)[:120]}",
            code="unknown-columns",
            where=file.name,
            mend="give DFAT's own workbook, unchanged",
        )
    table = Table(header, (), [], 1, "")

    def rows() -> Iterator[Row]:
        for line, *cells in records.cells.iter_rows():
            said = {name: text for name, cell in zip(names, cells, strict=False) if name and (text := _text(cell))}
            if said:
                yield Row(line, said)

    return table, rows()


def _text(cell: object) -> str:
    return str(cell).strip() if cell is not None else ""


def _row(draft: Draft, said: Mapping[str, str], into: Collected) -> None:
    def new(key: str) -> str:
        text = said.get(key, "")
        return text if text.lower() not in _NOTHING and into.first_time(draft, key, text) else ""

    _name(draft, said, into)
    if kind := new("type"):
        draft.kind = draft.kind or _KINDS.get(fold(kind))
        if fold(kind) not in _KINDS:
            into.new_word("Type", kind)
            draft.detail("Type", kind)
    _born(draft, new("dateofbirth"), into)
    draft.birth_places += several(new("placeofbirth"))
    for one in several(new("citizenship")):
        lands = [places.code(part) for part in _BETWEEN.split(one)]
        draft.citizenships += [land for land in lands if land] if all(lands) else [places.country(one) or one]
        draft.detail("Citizenship", one if "(" in one else None)
    for one in several(new("address")):
        draft.addresses.append(_address(one))
    if more := new("additionalinformation"):
        draft.remarks = f"{draft.remarks}\n{more}" if draft.remarks else more
        _mine(draft, squeeze(more))
    if imo := new("imonumber"):
        draft.identifiers.append(Identifier("imo", imo.removeprefix("IMO").strip(" :"), note="IMO number"))
    _designate(draft, said, into)


def _address(text: str) -> Address:
    """Read one address; of a country alone, with what is said of it in brackets, that is the remark."""
    land = places.code(text)
    if land is not None:
        return Address(country=land, remarks=text if "(" in text else None)
    return Address(street=text, country=places.code(text.rpartition(",")[2].strip(" .")))


def _name(draft: Draft, said: Mapping[str, str], into: Collected) -> None:
    text, word = squeeze(said["nameofindividualorentity"]), said.get("nametype", "")
    quality = _NAMES.get(fold(word))
    if quality is None:
        if word:
            into.new_word("Name Type", word)
        quality = NameQuality.STRONG
    strength = said.get("aliasstrength", "")
    if quality is NameQuality.STRONG and ("weak" in strength.lower() or "low" in strength.lower()):
        quality = NameQuality.WEAK
    note = strength if quality is not NameQuality.WEAK and strength else None
    note = word if fold(word) not in {"primaryname", "aka", "originalscript"} and word else note
    draft.call(Name(text, quality, script_of(text), None, (), note))


def _born(draft: Draft, text: str, into: Collected) -> None:
    field = draft.founded if draft.kind is Kind.ORGANISATION else draft.birth_dates
    for one in several(text):
        for part in _EITHER.split(_YEARS.sub("-", one.removesuffix(" 00:00:00"))):
            day = dated(part.strip(" ,()"), draft.line, into.problems)
            if day is not None:
                field.append(day)
            elif part.strip(" ,()"):
                draft.detail("date of birth", one)


def _mine(draft: Draft, text: str) -> None:
    """Read what the free text states under a mark of its own; all of it stays in the remarks."""
    for mark in _MARKED.finditer(text):
        stop = _STOP.search(text, mark.end())
        following = _MARKED.search(text, mark.end())
        until = min(stop.start() if stop else len(text), following.start() if following else len(text))
        values = several(text[mark.end() : until].strip(" .;"))
        label = mark[1].lower()
        if label == "title":
            draft.titles += values
        elif label == "designation":
            draft.functions += values
        else:
            word = "passport" if label.startswith("passport") else "national_id"
            draft.identifiers += [found for one in values for found in numbers(word, one.removeprefix("na "))[0]]
    draft.identifiers += [Identifier("imo", one, note="IMO") for one in _IMO.findall(text)]
    if draft.kind is Kind.ORGANISATION and _IMO.search(text):
        draft.kind = None


def _designate(draft: Draft, said: Mapping[str, str], into: Collected) -> None:
    told = dated(said.get("controldate", "").removesuffix(" 00:00:00"), draft.line, into.problems)
    control = told.first if told and told.precision == "day" else None
    text = squeeze(said.get("listinginformation", ""))
    instrument = squeeze(said.get("instrumentofdesignation", ""))
    basis = "; ".join(one for one in (text, instrument) if one) or None
    turn = _AFTER.search(text)
    first = [exact_day(one) for one in _A_DAY.findall(text[: turn.start()] if turn else text)]
    later = [exact_day(one) for one in _A_DAY.findall(text[turn.start() :])] if turn else []
    amended = tuple(sorted({day for day in (*later, control) if day is not None}))
    imposed = tuple(
        dict.fromkeys(
            measure for key, measure in _MEASURES.items() if said.get(key, "").lower() in {"yes", "y", "true", "x", "1"}
        )
    )
    for programme in _TOGETHER.split(squeeze(said.get("committees", ""))):
        if not programme:
            continue
        draft.programmes.append(programme)
        made = Designation(
            programme,
            measures=imposed,
            listed_on=next((day for day in first if day), None),
            amended_on=amended,
            legal_basis=basis,
        )
        standing = next((one for one in draft.designations if one.programme == programme), None)
        if standing is None:
            draft.designations = (*draft.designations, made)
        elif into.first_time(draft, "designation", programme, basis or "", str(amended)):
            whole = replace(
                standing,
                amended_on=tuple(sorted({*standing.amended_on, *amended})),
                measures=tuple(dict.fromkeys((*standing.measures, *imposed))),
            )
            draft.designations = tuple(whole if one is standing else one for one in draft.designations)
            if basis != standing.legal_basis:
                draft.detail("Listing Information", basis)
