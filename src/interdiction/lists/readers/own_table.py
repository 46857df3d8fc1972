"""Reads a list of one's own, or the EU's sectoral annexes, from any table: CSV, Excel, JSON Lines, Parquet.

The edition is the table and, where its headers are not those of `docs/tables.md`, the mapping beside it: both are
kept, so that the same edition reads the same for ever.
1. A row that fits no header is a listing of its raw text. A cell that cannot be read is a problem and a detail.
2. What no field is made of stays as a detail under its header.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from interdiction.errors import ListFileError, TableError
from interdiction.lists.readers import places
from interdiction.lists.readers.collected import Collected
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.own_mapping import Column, Layout, Said, is_mapping, read_mapping, resolve
from interdiction.lists.readers.packed import dated, squeeze
from interdiction.lists.readers.reading import ListFile, Reading
from interdiction.lists.readers.scripts import script_of
from interdiction.lists.sources import NOTICE
from interdiction.model import (
    Address,
    Contact,
    Designation,
    Gender,
    Grade,
    Identifier,
    Kind,
    Measure,
    Name,
    NamePart,
    NameQuality,
    PartialDate,
)
from interdiction.tables import words
from interdiction.tables.columns import NUMBERS

FORMAT = "table"
OWN = "own-"

_QUALITIES = {
    "name": NameQuality.PRIMARY, "alias": NameQuality.STRONG, "weak_alias": NameQuality.WEAK,
    "former_name": NameQuality.FORMER,
}  # fmt: skip
_PARTS = (("first_name", "given"), ("middle_name", "middle"), ("last_name", "family"))
_COUNTRIES = {
    "nationality": "nationalities", "citizenship": "citizenships", "residence": "residences", "country": "countries",
}  # fmt: skip
_DATES = {"born": "birth_dates", "died": "death_dates", "founded": "founded"}

Values = dict[str, list[str]]


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one table with or without mapping. Raises `ListFileError`: `mapping`, `unknown-columns`, `not-a-list`."""
    mappings = [file for file in files if is_mapping(file.data)]
    tables = [file for file in files if not is_mapping(file.data)]
    if len(tables) != 1 or len(mappings) > 1:
        raise ListFileError(
            f"{len(tables)} tables and {len(mappings)} mappings were given",
            code="duplicate-part",
            where=files[0].name if files else "",
            mend="give one table and at most one mapping",
        )
    into = Collected(tables[0])
    said = read_mapping(mappings[0].data, mappings[0].name) if mappings else None
    sheet, layout = _sheet(tables[0], said, into)
    ended: list[str] = []
    for line, cells in sheet.rows:
        values = {field: _values(column, places_, cells) for field, (column, places_) in layout.fields.items()}
        if values.get("taken_out"):
            ended += values.get("id", ())
            continue
        draft = _of(values, line, into)
        _take(draft, values, into)
        _designate(draft, values, internal=list_key.startswith(OWN) and not list_key.startswith(NOTICE), into=into)
        for at in layout.rest:
            draft.detail(sheet.header[at] or f"column {at + 1}", cells[at])
    for line, raw in sheet.ragged:
        uid = f"line-{line}"
        into.drafts[uid] = Draft.of_text(uid, squeeze(raw), raw, line)
    reading = into.reading(list_key, FORMAT, list_key, "table", None, ended=ended)
    roles = tuple("mapping" if is_mapping(file.data) else "table" for file in files)
    return msgspec.structs.replace(reading, list_hint=None, parts=roles)


class _Sheet(msgspec.Struct, frozen=True):
    """A table as text: its header, its rows with their lines, and the rows that fit no header."""

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    ragged: list[tuple[int, str]]


def _sheet(file: ListFile, said: Said | None, into: Collected) -> tuple[_Sheet, Layout]:
    from interdiction.tables.sheet import sheet_of_bytes  # noqa: PLC0415 - polars is loaded for tables only

    encoding, name = (said.encoding, said.sheet) if said else (None, None)
    try:
        found = sheet_of_bytes(file.data, file.name, encoding=encoding, sheet=name)
    except TableError as error:
        code = error.code if error.code in {"empty", "encoding"} else "not-a-list"
        raise ListFileError(error.message, code=code, where=file.name, mend=error.mend) from error
    into.problems.found += found.problems
    columns = [f"c{at}" for at in range(len(found.header))]
    rows = [
        (int(line), [squeeze(cell or "") for cell in cells])
        for line, *cells in found.cells.select("row", *columns).iter_rows()
    ]
    ragged = [(one.row, one.raw) for one in found.ragged]
    return _Sheet(found.header, rows, ragged), resolve(said, found.header, file.name)


def _values(column: Column, at: Sequence[int], cells: Sequence[str]) -> list[str]:
    found: list[str] = []
    for place in at:
        cell = cells[place]
        parts = cell.split(column.split) if column.split else [cell]
        found += [column.words.get(part.strip(), part.strip()) for part in parts]
    if not any(found) and column.constant is not None:
        found.append(column.constant)
    return [one for one in found if one]


def _of(values: Values, line: int, into: Collected) -> Draft:
    """Give the draft of a row: of its id, else of its name and birth, so that a row may move."""
    uid = "".join(values.get("id", [])[:1])
    if not uid:
        told = [*values.get("name", ()), *(one for key, _ in _PARTS for one in values.get(key, ()))]
        told += values.get("born", [])
        uid = f"n-{hashlib.sha256(' '.join(told).casefold().encode()).hexdigest()[:12]}" if told else f"line-{line}"
    if uid in into.drafts:
        into.problems.add(
            "duplicate-id",
            f"the id {uid} stands for two rows; both are kept under it",
            grade=Grade.PUBLISHED,
            line=line,
            node="id",
            text=uid,
        )
    return into.of(uid, line)


def _take(draft: Draft, values: Values, into: Collected) -> None:
    _names(draft, values, into)
    for text in values.get("kind", ())[:1]:
        read = words.kind(text)
        draft.kind = Kind(read.values[0]) if read.values else draft.kind
        _doubt(draft, "kind", text, read.message if read.code else "", into)
    for text in values.get("gender", ())[:1]:
        read = words.gender(text)
        draft.gender = Gender(read.values[0]) if read.values else draft.gender
        _doubt(draft, "gender", text, read.message if read.code else "", into)
    for field, target in _DATES.items():
        for text in values.get(field, ()):
            read = words.born(text)
            getattr(draft, target).extend(PartialDate.parse(one) for one in read.values)
            _doubt(draft, field, text, read.message if not read.values else "", into)
    for field, target in _COUNTRIES.items():
        for text in values.get(field, ()):
            read = words.country(text)
            getattr(draft, target).extend(read.values or [text])
            _doubt(draft, field, text, read.message if not read.values else "", into)
    draft.birth_places += values.get("place_of_birth", [])
    draft.titles += values.get("title", [])
    draft.functions += values.get("function", [])
    for text in values.get("address", ()):
        draft.addresses.append(Address(street=text, country=places.code(text.rpartition(",")[2].strip())))
    draft.contacts += [Contact(word, text) for word in ("phone", "email", "website") for text in values.get(word, ())]
    _numbers(draft, values, into)
    for field, part in (("flag", "flag"), ("vessel_type", "type")):
        for text in values.get(field, ())[:1]:
            draft.vessel[part] = text
    for text in values.get("remarks", ()):
        draft.remarks = f"{draft.remarks}\n{text}" if draft.remarks else text
    draft.reference = draft.reference or "; ".join(values.get("reference", ())) or None


def _names(draft: Draft, values: Values, into: Collected) -> None:
    parts = tuple(NamePart(word, text) for key, word in _PARTS for text in values.get(key, ())[:1])
    if parts:
        text = " ".join(part.text for part in parts)
        draft.call(Name(text, NameQuality.PRIMARY, script_of(text), None, parts))
    for field, quality in _QUALITIES.items():
        for text in values.get(field, ()):
            draft.call(Name(text, quality, script_of(text)))
    draft.settle()
    if not draft.names():
        into.problems.add(
            "no-name", "a row without a name", grade=Grade.ROW, line=draft.line, expected="a name in the name column"
        )


def _numbers(draft: Draft, values: Values, into: Collected) -> None:
    for word in NUMBERS:
        draft.identifiers += [Identifier(word, text) for text in values.get(word, ())]
    for text in values.get("identifiers", ()):
        read = words.identifiers(text)
        draft.identifiers += [Identifier.parse(one) for one in read.values]
        _doubt(draft, "identifiers", text, read.message if read.code else "", into)


def _designate(draft: Draft, values: Values, *, internal: bool, into: Collected) -> None:
    tags = values.get("programme") or (["internal"] if internal else [])
    day = dated("".join(values.get("listed_on", ())[:1]), draft.line, into.problems)
    if day is None:
        draft.detail("listed_on", "; ".join(values.get("listed_on", ())))
    basis = "; ".join(values.get("legal_basis", ())) or None
    for tag in tags:
        draft.programmes.append(tag)
        made = Designation(
            tag,
            measures=(Measure.INTERNAL,) if internal else (),
            listed_on=day.first if day else None,
            legal_basis=basis,
        )
        if made not in draft.designations:
            draft.designations = (*draft.designations, made)


def _doubt(draft: Draft, field: str, text: str, message: str, into: Collected) -> None:
    """Keep a cell that cannot be used as a detail, and say so: nothing of the list is lost by it."""
    if message:
        draft.detail(field, text)
        into.problems.add(
            "bad-cell", f"{field}: {message}", grade=Grade.PUBLISHED, line=draft.line, node=field, text=text
        )
