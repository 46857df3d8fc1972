"""A book of customers: every row a party in the columns that the native core takes, with what was wrong beside it.

1. Every filled row of the file is a row of the book: one that fits no header is screened on each of its cells.
2. A cell that cannot be read is a problem of its row and speaks neither for nor against anybody.
3. Work is done on columns; Python sees each distinct odd value once, never each row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import msgspec
import polars as pl

from interdiction.errors import UsageError
from interdiction.model import Address, Identifier, Party, Problem
from interdiction.model.identifier_types import TYPES
from interdiction.names import countries, forms
from interdiction.names.batch import ADDRESS, EVM
from interdiction.tables import related, words
from interdiction.tables.columns import NAMING, NUMBERS, Columns, recognise
from interdiction.tables.dates import EARLIEST_YEAR, LATEST_YEAR, PLACEHOLDERS
from interdiction.tables.rows import LONGEST_CELL, about_ids, nameless, ragged_parties
from interdiction.tables.sheet import LONGEST_TEXT, Sheet, read_sheet, sheet_of

_TEXTS: Final = pl.List(pl.String)
SCHEMA: Final[dict[str, pl.DataType]] = {
    "id": pl.String(),
    "row": pl.Int64(),
    "names": _TEXTS,
    "kind": pl.String(),
    "gender": pl.String(),
    "births": _TEXTS,
    "birth_places": _TEXTS,
    "nationalities": _TEXTS,
    "countries": _TEXTS,
    "towns": _TEXTS,
    "addresses": _TEXTS,
    "identifiers": _TEXTS,
}
"""The columns of a book; lists are empty, never null, and texts are null where nothing was stated."""


class Book(msgspec.Struct, frozen=True):
    """Parties in columns. `unused` are the headers nothing was made of: what stands there is not screened."""

    file: str
    columns: pl.DataFrame
    problems: list[Problem]
    unused: tuple[str, ...] = ()
    related: pl.DataFrame | None = None
    """The parties behind the customers, in the same columns with `at`, the customer's place, and `role`; none: null."""

    def party(self, row: int) -> Party:
        """Give the party that stands on `row` (the number in column `row`). Raises `UsageError` when none does."""
        at = self.columns["row"].search_sorted(row)
        if at >= self.columns.height or self.columns["row"][at] != row:
            raise UsageError(f"no party stands on row {row}", where=self.file, mend="take a number of the column `row`")
        return self.party_at(at)

    def party_at(self, index: int) -> Party:
        """Give the party at a place of the columns, counted from 0: what the core calls the query."""
        cells = self.columns.row(index, named=True)
        return Party(
            id=cells["id"],
            kind=cells["kind"],
            names=cells["names"],
            birth_dates=cells["births"],
            birth_places=cells["birth_places"],
            gender=cells["gender"],
            nationalities=cells["nationalities"],
            countries=cells["countries"],
            addresses=[
                *(Address(city=text) for text in cells["towns"]),
                *(Address(street=text) for text in cells["addresses"]),
            ],
            identifiers=[text.replace("?:", ":", 1) for text in cells["identifiers"]],
        )


def read_book(
    path: Path, *, columns: Mapping[str, str] | None = None, encoding: str | None = None, sheet: str | None = None
) -> Book:
    """Read the customers of a file. `columns` maps a field to the file's own header, `{"name": "KUNDE"}`.

    Raises `TableError` for what is no table of parties (`docs/tables.md` lists the codes).
    """
    return _book(read_sheet(path, encoding=encoding, sheet=sheet), columns or {})


def book_of(table: object, *, columns: Mapping[str, str] | None = None, file: str = "table") -> Book:
    """Give the customers of a table in memory: a polars frame, or anything that offers Arrow data."""
    return _book(sheet_of(table, file), columns or {})


def part_of(sheet: Sheet, chosen: Mapping[str, str], ids: list[pl.DataFrame]) -> Book:
    """Read a part of a larger sheet: `ids` takes the declared ids with their rows, of which nothing is told here."""
    return _book(sheet, chosen, ids)


def _book(sheet: Sheet, chosen: Mapping[str, str], ids: list[pl.DataFrame] | None = None) -> Book:
    columns = recognise(sheet.header, chosen, sheet.file)
    behind = related.groups(sheet.header, (at for several in columns.places.values() for at in several))
    whole = sheet
    sheet, problems = _cut_long_cells(sheet, columns)
    cells = sheet.cells
    found: dict[str, pl.Series] = {"row": cells["row"], "names": _names(cells, columns)}
    for target, field, read in (
        ("kind", "kind", words.kind),
        ("gender", "gender", words.gender),
        ("births", "born", words.born),
        ("nationalities", "nationality", words.country),
        ("countries", "country", words.country),
        ("identifiers", "identifiers", words.identifiers),
    ):
        found[target], doubts = _translate(sheet, columns.of(field), field, read)
        problems += doubts
    found["birth_places"] = _series(cells, _listed([pl.col(name) for name in columns.of("place_of_birth")]))
    for target, field in (("towns", "city"), ("addresses", "address")):
        found[target] = _series(cells, _listed([pl.col(name) for name in columns.of(field)]))
    found["kind"], found["gender"] = found["kind"].list.first(), found["gender"].list.first()
    found["identifiers"] = _with_addresses(found, _with_numbers(cells, columns, found["identifiers"]))
    found["identifiers"], doubts = _formed(cells["row"], found["identifiers"], sheet.file)
    problems += doubts + _unknown_types(cells["row"], found["identifiers"], sheet.file)
    declared = columns.of("id")[:1]
    found["id"] = _series(cells, pl.col(declared[0]) if declared else pl.lit(None, dtype=pl.String))
    table = pl.DataFrame([found[name].alias(name) for name in SCHEMA]).cast(SCHEMA)  # type: ignore[arg-type]
    if sheet.ragged:
        table = pl.concat([table, ragged_parties(sheet, columns, SCHEMA)]).sort("row")
    if ids is None:
        problems += about_ids(table, sheet.file, declared=bool(declared))
    elif declared:
        ids.append(table.select("row", "id"))
    problems += nameless(table, sheet.file)
    table = table.with_columns(pl.coalesce("id", pl.col("row").cast(pl.String)))
    problems = sorted([*sheet.problems, *problems], key=lambda one: (one.line, one.node))
    nameless_columns = tuple(
        f"(nameless column {at + 1})"
        for at, text in enumerate(sheet.header)
        if not text and cells[f"c{at}"].null_count() < cells.height
    )
    used = {sheet.header[at] for group in behind for several in group.fields.values() for at in several}
    unused = (*(name for name in columns.unused if name not in used), *nameless_columns)
    if not behind:
        return Book(sheet.file, table, problems, unused)
    people, doubts = related.read(whole, behind, table["row"], lambda part: _book(part, {}))
    problems = sorted([*problems, *doubts], key=lambda one: (one.line, one.node))
    return Book(sheet.file, table, problems, unused, people if people.height else None)


def _cut_long_cells(sheet: Sheet, columns: Columns) -> tuple[Sheet, list[Problem]]:
    """Squeeze blanks and cut recognised cells at `LONGEST_CELL` characters: a name behind 10⁶ blanks is still read."""
    names = [f"c{at}" for places in columns.places.values() for at in places]
    long = pl.col(names).str.len_bytes() > LONGEST_CELL
    if not names or not sheet.cells.select(pl.any_horizontal(long.any().fill_null(value=False))).item():
        return sheet, []
    squeezed = sheet.cells.with_columns(pl.col(names).str.replace_all(r"[\s\x00-\x1f]+", " "))
    problems: list[Problem] = []
    for name in names:
        found = squeezed.filter(pl.col(name).str.len_chars() > LONGEST_CELL)
        for row, text in found.select("row", pl.col(name).str.slice(0, LONGEST_TEXT)).iter_rows():
            problems.append(
                Problem(
                    code="cell-cut",
                    message=f"the cell is longer than {LONGEST_CELL} characters; only so many are read",
                    file=sheet.file,
                    line=row,
                    node=sheet.header[int(name[1:])],
                    text=text,
                    expected=f"at most {LONGEST_CELL} characters",
                    mend="check for a quote that is not closed, or shorten the cell",
                )
            )
    cut = squeezed.with_columns(pl.col(names).str.slice(0, LONGEST_CELL))
    return msgspec.structs.replace(sheet, cells=cut), problems


def _listed(columns: list[pl.Expr]) -> pl.Expr:
    """Give a list of what the columns hold, empty where they hold nothing."""
    if not columns:
        return pl.lit([], dtype=_TEXTS)
    return pl.concat_list(columns).list.drop_nulls().list.unique(maintain_order=True)


def _names(cells: pl.DataFrame, columns: Columns) -> pl.Series:
    """Give every name of each row: the full ones, one put together of its parts, the aliases."""

    def tidy(name: str) -> pl.Expr:
        text = pl.col(name).str.replace_all(r"[\s\x00-\x1f]+", " ").str.strip_chars()
        # A cell without a letter or a digit ("-", "...") names nobody.
        return pl.when(text.str.contains(r"[\p{L}\p{N}]")).then(text).alias(name)

    naming = [column for field in NAMING for column in columns.of(field)]
    tidied = cells.select(tidy(name) for name in naming)
    full = [pl.col(name) for name in columns.of("name")]
    parts = [pl.col(name) for field in ("first_name", "middle_name", "last_name") for name in columns.of(field)]
    if parts:
        put = pl.concat_str(parts, separator=" ", ignore_nulls=True)
        same = pl.any_horizontal(
            pl.lit(value=False), *(one.str.to_lowercase() == put.str.to_lowercase() for one in full)
        )
        full.append(pl.when((put != "") & ~same.fill_null(value=False)).then(put))
    listed = _listed(full)
    if columns.of("alias"):
        aliases = [pl.col(name).fill_null("") for name in columns.of("alias")]
        several = pl.concat_str(aliases, separator=";").str.split(";").list.eval(pl.element().str.strip_chars())
        several = several.list.eval(pl.element().filter(pl.element().str.contains(r"[\p{L}\p{N}]")))
        listed = pl.concat_list(listed, several).list.unique(maintain_order=True)
    return _series(tidied, listed)


def _series(table: pl.DataFrame, wanted: pl.Expr) -> pl.Series:
    """Give one value a row even when `wanted` is the same for all."""
    return table.with_columns(wanted.alias("wanted"))["wanted"]


def _translate(
    sheet: Sheet, columns: tuple[str, ...], field: str, read: Callable[[str], words.Reading]
) -> tuple[pl.Series, list[Problem]]:
    """Read the columns of a field by their distinct values; several columns add up."""
    cells, problems = sheet.cells, list[Problem]()
    lists: list[pl.Expr] = []
    out = cells.select("row")
    for name in columns:
        table = cells.select("row", text=pl.col(name)).with_columns(itself=_itself(field, pl.col("text")))
        readings = {text: read(text) for text in table.filter(pl.col("itself").is_null())["text"].drop_nulls().unique()}
        known = pl.DataFrame(
            {"text": list(readings), "values": [list(one.values) for one in readings.values()]},
            schema={"text": pl.String(), "values": _TEXTS},
        )
        joined = table.join(known, on="text", how="left", maintain_order="left")
        single = pl.when(pl.col("itself").is_not_null()).then(pl.concat_list("itself"))
        out = out.with_columns(joined.select(pl.coalesce("values", single, pl.lit([], dtype=_TEXTS)).alias(name)))
        lists.append(pl.col(name))
        doubtful = {text: one for text, one in readings.items() if one.code}
        if doubtful:
            found = cells.select("row", name).filter(pl.col(name).is_in(list(doubtful)))
            node = sheet.header[int(name[1:])]
            problems += [_doubt(doubtful[text], sheet.file, row, node, text) for row, text in found.iter_rows()]
    if not lists:
        return _series(out, pl.lit([], dtype=_TEXTS)), problems
    return _series(out, pl.concat_list(lists).list.unique(maintain_order=True)), problems


def _itself(field: str, text: pl.Expr) -> pl.Expr:
    """Give, in the model's own form, the values that need no reading one by one; null for the others."""
    if field == "born":
        # The forms that fill whole columns; whatever else people type is read by `dates`.
        midnight = text.str.extract(r"^(\d{4}-\d{2}-\d{2})[T ]00:00:00(?:\.0+)?Z?$")
        shapes = ((r"^\d{4}-\d{2}-\d{2}$", "%Y-%m-%d"), (r"^\d\d\.\d\d\.\d{4}$", "%d.%m.%Y"), (r"^\d{8}$", "%Y%m%d"))
        days = [midnight.str.to_date("%Y-%m-%d", strict=False)]
        days += [pl.when(text.str.contains(shape)).then(text.str.to_date(form, strict=False)) for shape, form in shapes]
        day = pl.coalesce(days)
        iso = pl.when(day.dt.year().is_between(EARLIEST_YEAR, LATEST_YEAR)).then(day.dt.strftime("%Y-%m-%d"))
        return pl.when(~iso.is_in(sorted(PLACEHOLDERS))).then(iso)
    if field == "identifiers":
        place = text.str.extract(r"@([a-z]{2})$")
        shape = text.str.contains(r"^[a-z]+(?:_[a-z]+)*:[^\s:;|@](?:[^:;|@\n]*[^\s:;|@])?(?:@[a-z]{2})?$")
        return pl.when(shape & (place.is_null() | place.is_in(sorted(countries.known())))).then(text)
    return pl.lit(None, dtype=pl.String)


def _doubt(reading: words.Reading, file: str, row: int, node: str, text: str) -> Problem:
    return Problem(
        code=reading.code,
        message=reading.message,
        grade=reading.grade,
        file=file,
        line=row,
        node=node,
        text=text[:LONGEST_TEXT],
        expected=reading.expected,
        mend="correct the cell; the row was screened on what remains"
        if reading.lost
        else "check the cell; the row was screened all the same",
    )


def _with_addresses(found: Mapping[str, pl.Series], identifiers: pl.Series) -> pl.Series:
    """Add the names that are addresses of a digital currency; see `names.batch.is_address`."""
    table = pl.DataFrame([found["names"].alias("names"), found["kind"].alias("kind"), identifiers.alias("identifiers")])

    def written(form: str) -> pl.Expr:
        return pl.col("names").list.eval(
            pl.lit("wallet:") + pl.element().filter(pl.element().str.contains(f"^{form}$"))
        )

    none = pl.lit([], dtype=_TEXTS)
    kind = pl.col("kind")
    owned = pl.when(kind == "wallet").then(written(ADDRESS)).when(kind.is_null()).then(written(EVM)).otherwise(none)
    return _series(table, pl.concat_list("identifiers", owned).list.unique(maintain_order=True))


def _formed(rows: pl.Series, identifiers: pl.Series, file: str) -> tuple[pl.Series, list[Problem]]:
    """Mark the identifiers that are not written as numbers of their type are; see `names.forms`."""
    table = pl.DataFrame([rows.alias("row"), identifiers.alias("text")]).explode("text")
    table = table.filter(pl.col("text").str.contains(_CHECKED))
    said: dict[str, str] = {}
    marked: dict[str, str] = {}
    for text in table["text"].unique():
        one = Identifier.parse(text)
        sentence = forms.sentence(one.type, one.value, one.country)
        if sentence:
            said[text], marked[text] = sentence, forms.text(one.type, one.value, one.country)
    if not said:
        return identifiers, []
    doubt = words.Reading((), "identifier-form", "", lost=False)
    problems = [
        _doubt(msgspec.structs.replace(doubt, message=said[text]), file, row, text.partition(":")[0], text)
        for row, text in table.filter(pl.col("text").is_in(list(said))).iter_rows()
    ]
    return identifiers.list.eval(pl.element().replace(marked)), problems


def _unknown_types(rows: pl.Series, identifiers: pl.Series, file: str) -> list[Problem]:
    """Name the types of identifier that no list knows, row by row; their values are compared with other types'."""
    table = pl.DataFrame([rows.alias("row"), identifiers.alias("text")]).explode("text")
    table = table.with_columns(word=pl.col("text").str.extract(r"^([^:?]+)"))
    table = table.filter(pl.col("word").is_not_null() & ~pl.col("word").is_in(sorted(TYPES)))
    said = "no list has numbers of a type {!r}; the value was compared with numbers of other types"
    doubt = words.Reading((), "identifier-type", "", "a word of docs/identifiers.md", lost=False)
    return [
        _doubt(msgspec.structs.replace(doubt, message=said.format(word[:40])), file, row, "identifiers", text)
        for row, text, word in table.unique(maintain_order=True).iter_rows()
    ]


_CHECKED: Final = rf"^(?:{'|'.join(forms.types())}):."


def _with_numbers(cells: pl.DataFrame, columns: Columns, identifiers: pl.Series) -> pl.Series:
    """Add the columns that hold the bare values of one type of identifier each."""
    typed = [
        pl.col(name)
        .str.replace_all("[@|\n]", " ")
        .str.split(";")
        .list.eval(pl.lit(f"{kind}:") + pl.element().str.strip_chars().replace("", None))
        for kind in NUMBERS
        for name in columns.of(kind)
    ]
    if not typed:
        return identifiers
    table = cells.with_columns(identifiers.alias("identifiers"))
    filled = [one.fill_null(pl.lit([], dtype=_TEXTS)) for one in typed]
    return _series(table, pl.concat_list("identifiers", *filled).list.drop_nulls().list.unique(maintain_order=True))
