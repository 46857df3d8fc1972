"""From the text of a table with a header row to its rows, so that a damaged row costs only itself.

Reach for it in readers of lists that come as one delimited file with named columns (EU, United Kingdom).
1. A row that does not fit its header comes back as the raw text it is, never dropped and never guessed at.
2. Columns are found by name, without case, blanks or signs: a publisher that moves them changes nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from interdiction.errors import ListFileError
from interdiction.lists.readers.encoding import numbered, text_lines
from interdiction.lists.readers.reading import ListFile, Problems
from interdiction.model import Grade, Problem

HEADER_WITHIN = 8
"""Lines from the top in which the header must stand: British lists state their date above it."""
_MOST_LINES = 60
"""Lines that one quoted value may run over: a statement of reasons is broken into paragraphs."""
_EXPECTED = frozenset({"utf-8", "byte-order-mark"})
"""What `text_lines` remarks on and these publishers do as a rule."""
_SIGNS = re.compile(r"[\W_]+")

csv.field_size_limit(1 << 30)


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row: where it began, its cells by folded column name, or its raw text with what was wrong."""

    line: int
    cells: Mapping[str, str]
    raw: str = ""
    wrong: str = ""


class Table(msgspec.Struct, frozen=True):
    """A header found, and the lines around it."""

    header: tuple[str, ...]
    above: tuple[str, ...]
    """The lines before the header."""
    lines: list[str]
    first: int
    """The number of the header's line."""
    delimiter: str


def fold(column: str) -> str:
    """Give the form in which column names compare: letters and digits, lower case."""
    return _SIGNS.sub("", column).lower()


def lines_of(file: ListFile, problems: Problems) -> list[str]:
    """Decode a file that is UTF-8 as a rule, cp1252 else, and say what was in doubt."""
    found: list[Problem] = []
    lines = text_lines(file, Problems(file.name, found)).lines
    problems.found += [one for one in found if one.code not in _EXPECTED]
    return lines


def find_table(lines: Sequence[str], wanted: Collection[str], delimiter: str = ",") -> Table | None:
    """Find the header that has every column of `wanted` (folded); `None` where there is none."""
    for at, line in enumerate(lines[:HEADER_WITHIN]):
        names = _split(line.removeprefix("\ufeff"), delimiter)
        if set(wanted) <= {fold(name) for name in names}:
            header = tuple(name.strip() for name in names)
            return Table(header, tuple(lines[:at]), list(lines), at + 1, delimiter)
    return None


def rows_of(table: Table) -> Iterator[Row]:
    """Give every row below the header, the unreadable ones with what was wrong."""
    names = [fold(name) for name in table.header]
    width, below = len(names), table.lines[table.first :]
    intact = _all_fit(below, table.delimiter, width)
    if intact is not None:
        for at, fitting in intact:
            yield Row(table.first + at, _named(names, fitting))
        return
    waiting: list[tuple[int, str]] = []
    for number, line in numbered(below):
        cells = _split(line, table.delimiter)
        if waiting and len(cells) != width and len(waiting) < _MOST_LINES:
            waiting.append((number, line))
            joined = _split("\n".join(text for _, text in waiting), table.delimiter)
            if len(joined) == width:
                yield Row(table.first + waiting[0][0], _named(names, joined))
                waiting = []
            continue
        yield from _broken(waiting, table.first, width)
        waiting = []
        if len(cells) == width:
            yield Row(table.first + number, _named(names, cells))
        else:
            waiting = [(number, line)]
    yield from _broken(waiting, table.first, width)


def _all_fit(lines: list[str], delimiter: str, width: int) -> list[tuple[int, list[str]]] | None:
    """Give the rows at once where every one fits, as in every file that nobody damaged."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for cells in reader:
            if cells and len(cells) != width:
                return None
            if cells:
                found.append((before + 1, cells))
            before = reader.line_num
    except csv.Error:
        return None
    return found


def _split(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader((text,), delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _named(names: list[str], cells: list[str]) -> dict[str, str]:
    return {name: text for name, cell in zip(names, cells, strict=True) if (text := cell.strip())}


def _broken(waiting: list[tuple[int, str]], first: int, width: int) -> Iterator[Row]:
    """Give each line of what could not be put together as a row of its own."""
    for number, line in waiting:
        yield Row(first + number, {}, line, f"it has not the {width} cells of the header")


def report_columns(table: Table, known: Collection[str], needed: Collection[str], problems: Problems) -> None:
    """Report columns that the reader does not know, and known ones that are gone.

    A column gone is grade FILE: the edition would take away what stood in it.
    """
    here = {fold(name) for name in table.header}
    for name in table.header:
        if name and fold(name) not in known:
            problems.add(
                "unknown-column",
                f"the column {name!r} is not one this reader knows; what it says is kept as a detail",
                grade=Grade.PUBLISHED,
                line=table.first,
                node=name,
                mend="look at the publisher's description; a new column may hold names",
            )
    for name in sorted(set(needed) - here):
        problems.add(
            "column-missing",
            f"the column {name!r} is gone or has another name: what stood in it stays in force",
            grade=Grade.FILE,
            line=table.first,
            node=name,
            expected=name,
            mend="download the file again; if the publisher renamed the column the reader must learn it",
        )


def bad_row(row: Row, problems: Problems) -> None:
    """Report a row that is screened as its raw text."""
    problems.add(
        "bad-row",
        f"a row cannot be read ({row.wrong}); its text is screened as it stands",
        grade=Grade.ROW,
        line=row.line,
        text=row.raw,
        mend="download the file again",
    )


def unknown_columns(name: str, lines: Sequence[str]) -> ListFileError:
    """Make the refusal of a file whose header is not the one expected."""
    head = next((line for line in lines if line.strip()), "")
    return ListFileError(
        f"the header is not the one of this list: {head[:120]!r}",
        code="unknown-columns",
        where=name,
        mend="give the publisher's own file, unchanged",
    )
