"""Delimited text to rows: a row that does not fit is set aside with its raw text, and never costs its neighbours.

1. Lines that are well formed go through polars together; only the others are looked at one by one.
2. A quote that is never closed ends at its line: it swallows no row. A cell over several lines is one cell
   only when none of the lines it takes in could be a row of its own.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

import msgspec
import polars as pl

DELIMITERS: Final = ("\t", ";", "|", ",")
"""In the order that settles a tie: commas stand in names and addresses, the others hardly ever do."""
MOST_LINES_IN_A_CELL: Final = 50
LOOKED_AT: Final = 200
"""Lines that vote on the delimiter."""

# The limit is one for the whole process; every reader of ours sets it to the same, so that none depends on another.
csv.field_size_limit(1 << 30)


class Ragged(msgspec.Struct, frozen=True):
    """A row that fits no header: where it stood, its cells as far as they can be told, its text, what is wrong."""

    row: int
    cells: tuple[str, ...]
    raw: str
    fault: str


class Records(msgspec.Struct, frozen=True):
    """Header, well-formed rows (`row` and `c0`, `c1`, ... as text) and the ragged ones."""

    header: tuple[str, ...]
    cells: pl.DataFrame
    ragged: tuple[Ragged, ...]


def split(text: str) -> Records:
    """Split delimited `text`, its first filled line being the header. Rows are numbered by the line they start on."""
    lines = lines_of(text).rstrip("\x1a\n").split("\n")
    header, body, delimiter = head(lines)
    return rows(header, lines, body, delimiter)


def lines_of(text: str) -> str:
    """Give text whose lines end in one way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def head(lines: list[str]) -> tuple[tuple[str, ...], int, str]:
    """Give the header, the place of the first line after it, and the delimiter: the first lines say it."""
    at = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
    if at < len(lines) and re.fullmatch(r"\s*sep=.\s*", lines[at], re.IGNORECASE):
        # Excel's own way of naming the delimiter in the first line.
        delimiter, at = lines[at].strip()[-1] if lines[at].strip()[-1] != "=" else "\t", at + 1
    else:
        delimiter = _delimiter(lines[at : at + LOOKED_AT])
    header, body = _header(lines, at, delimiter)
    return header, body, delimiter


def _delimiter(lines: list[str]) -> str:
    """Give the delimiter that cuts the header and agrees with it on the most lines; a comma when none cuts."""

    def votes(delimiter: str) -> tuple[int, int]:
        cells = len(cut(lines[0], delimiter)[0])
        return sum(len(cut(line, delimiter)[0]) == cells for line in lines), cells

    candidates = [one for one in DELIMITERS if lines and len(cut(lines[0], one)[0]) > 1]
    return max(candidates, key=votes, default="")


def _header(lines: list[str], at: int, delimiter: str) -> tuple[tuple[str, ...], int]:
    """Give the header's cells and the place of the first line after it; a cell of it may run over lines."""
    head = ""
    for end in range(at, min(at + MOST_LINES_IN_A_CELL, len(lines))):
        head = f"{head}\n{lines[end]}" if head else lines[end]
        if head.count('"') % 2 == 0:
            return tuple(" ".join(cell.split()) for cell in cut(head, delimiter)[0]), end + 1
    head = lines[at] if at < len(lines) else ""
    return tuple(" ".join(cell.split()) for cell in cut(head, delimiter)[0]), at + 1


def cut(line: str, delimiter: str) -> tuple[tuple[str, ...], bool]:
    """Cut one line into cells; the second value tells that a quoted cell is still open at its end.

    Tolerant: blanks before an opening quote, quotes inside a bare cell and text after a closing quote are kept.
    """
    if '"' not in line:
        return tuple(line.split(delimiter)) if delimiter else (line,), False
    cells: list[str] = []
    place, end = 0, len(line)
    while True:
        start = place
        while start < end and line[start] == " ":
            start += 1
        if start < end and line[start] == '"':
            cell, place, closed = _quoted(line, start + 1)
            if not closed:
                return (*cells, cell), True
        else:
            cell = ""
        stop = line.find(delimiter, place) if delimiter else -1
        stop = end if stop < 0 else stop
        cells.append(cell + line[place:stop])
        if stop >= end:
            return tuple(cells), False
        place = stop + 1


def _quoted(line: str, place: int) -> tuple[str, int, bool]:
    """Read from just behind an opening quote: the cell, the place behind its closing quote, whether it closed."""
    parts: list[str] = []
    while True:
        stop = line.find('"', place)
        if stop < 0:
            parts.append(line[place:])
            return "".join(parts), len(line), False
        parts.append(line[place:stop])
        if line[stop + 1 : stop + 2] != '"':
            return "".join(parts), stop + 1, True
        parts.append('"')
        place = stop + 2


def rows(header: tuple[str, ...], lines: list[str], body: int, delimiter: str) -> Records:
    """Give the rows of the lines from `body` on; a line that is a row by itself parts all before it from all behind."""
    width = len(header)
    table = pl.DataFrame({"text": lines[body:]}, schema={"text": pl.String}).with_row_index("row", body + 1)
    text = pl.col("text")
    bare = text.str.count_matches(delimiter, literal=True) == width - 1 if delimiter else pl.lit(value=True)
    shape = pl.when(text.str.contains('"', literal=True)).then(text.str.contains(_shape(width, delimiter)))
    blank = text.str.strip_chars(f" \t\x1a{delimiter}") == ""
    table = table.with_columns(blank=blank, good=~blank & shape.otherwise(bare))
    good = table.filter("good")
    cells = _parse(good["text"], width, delimiter).insert_column(0, good["row"].cast(pl.Int64))
    odd = table.filter(~pl.col("good") & ~pl.col("blank"))["row"].to_list()
    if not odd:
        return Records(header, cells, ())
    mended, ragged = _mend(lines, odd, width, delimiter)
    if mended:
        numbers = {"row": [row for row, _ in mended]}
        rest = {f"c{at}": [found[at] for _, found in mended] for at in range(width)}
        cells = pl.concat([cells, pl.DataFrame(numbers | rest, schema=cells.schema)]).sort("row")
    return Records(header, cells, tuple(ragged))


def _shape(width: int, delimiter: str) -> str:
    """Give the pattern of a line of `width` cells, each bare without a quote or quoted whole."""
    cell = rf'(?:"(?:[^"]|"")*"|[^"{re.escape(delimiter)}]*)' if delimiter else r'(?:"(?:[^"]|"")*"|[^"]*)'
    return rf"^{cell}(?:{re.escape(delimiter)}{cell}){{{width - 1}}}$"


def _parse(lines: pl.Series, width: int, delimiter: str) -> pl.DataFrame:
    names = [f"c{at}" for at in range(width)]
    schema = dict.fromkeys(names, pl.String())
    if not len(lines):
        return pl.DataFrame(schema=schema)
    if not delimiter:
        whole = pl.col("c0").str.extract(r'^(?s)"(.*)"$').str.replace_all('""', '"', literal=True)
        return pl.DataFrame({"c0": lines}).select(pl.coalesce(whole, "c0"))
    joined = "\n".join(lines.to_list())
    table = pl.read_csv(
        io.BytesIO(joined.encode()),
        has_header=False,
        separator=delimiter,
        infer_schema=False,
        new_columns=names,
    )
    if table.shape == (len(lines), width):
        return table
    read = list(csv.reader(io.StringIO(joined, newline=""), delimiter=delimiter))
    return pl.DataFrame(read, schema=schema, orient="row")


def _mend(
    lines: list[str], odd: list[int], width: int, delimiter: str
) -> tuple[list[tuple[int, tuple[str, ...]]], list[Ragged]]:
    """Read the rows (numbers from 1) that are not well formed: a cell over several lines, a stray quote, or ragged."""
    mended: list[tuple[int, tuple[str, ...]]] = []
    ragged: list[Ragged] = []
    candidates, taken = set(odd), 0
    for row in odd:
        if row <= taken:
            continue
        cells, still_open = cut(lines[row - 1], delimiter)
        end = row
        if still_open:
            cells, end = _over_lines(lines, row, candidates, width, delimiter)
        fitted = _fit(cells, width) if end > row or not still_open else None
        if fitted is None:
            raw = lines[row - 1]
            loose = raw.replace('"', " ").split(delimiter) if still_open and delimiter else list(cells) or [raw]
            counted = f"{len(cells)} cells where the header has {width}"
            ragged.append(Ragged(row, tuple(loose), raw, "a quote that is never closed" if still_open else counted))
        else:
            mended.append((row, fitted))
            taken = end
    return mended, ragged


def _over_lines(lines: list[str], row: int, odd: set[int], width: int, delimiter: str) -> tuple[tuple[str, ...], int]:
    """Give the cells of the row that starts at `row` and the last line it takes, or its own line when it has no end."""
    whole, quotes = lines[row - 1], lines[row - 1].count('"')
    # Strict, where a single line is read tolerantly: text behind a closing quote tells that it opened another cell.
    shape = re.compile(_shape(width, delimiter))
    for last in range(row + 1, min(row + MOST_LINES_IN_A_CELL, len(lines) + 1)):
        line = lines[last - 1]
        own, hanging = cut(line, delimiter)
        if (last not in odd and line.strip()) or (not hanging and _fit(own, width) is not None and line.strip()):
            break
        whole, quotes = f"{whole}\n{line}", quotes + line.count('"')
        if quotes % 2 == 0 and shape.fullmatch(whole):
            return cut(whole, delimiter)[0], last
    return (), row


def _fit(cells: tuple[str, ...], width: int) -> tuple[str, ...] | None:
    """Give exactly `width` cells, or None; empty ones beyond the header are a trailing delimiter, nothing more."""
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return None
    return cells[:width]
