"""Reads OFAC's legacy sets, comma-separated (`.csv`) and fixed-width (`.ff`): SDN and, with other names, non-SDN.

Which file is which is told by its columns and words, never by its name. `read` is for files that
`lists.detect` has recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from interdiction.errors import ListFileError
from interdiction.lists.readers import fixed, rows
from interdiction.lists.readers.encoding import TextLines, numbered, text_lines
from interdiction.lists.readers.legacy import Legacy
from interdiction.lists.readers.ofac_party import KINDS, NULL, QUALITIES, list_hint
from interdiction.lists.readers.reading import ListFile, Problems, Reading
from interdiction.model import Grade, Problem

CSV = "ofac-csv"
FIXED = "ofac-ff"
_SAMPLE = 200
_ORDER = ("sdn", "comments", "alt", "add")
"""The main file first, so that the others find their parties; remarks are read after all."""


def csv_role(lines: Sequence[str]) -> str | None:
    """Tell the role of a comma-separated file, if at least half of a sample of its lines have that role's columns."""
    return _voted(lines, _csv_line_role)


def fixed_role(lines: Sequence[str]) -> str | None:
    """Tell the role of a fixed-width file, if at least half of a sample of its lines fit that role's positions."""
    return _voted(lines, fixed.role_of)


def _voted(lines: Sequence[str], role_of: Callable[[str], str | None]) -> str | None:
    step = max(1, len(lines) // _SAMPLE)
    spread = [*lines[:_SAMPLE], *lines[_SAMPLE::step]] if len(lines) > _SAMPLE else list(lines)
    sample = [line for _, line in numbered(spread)]
    votes: dict[str, int] = {}
    for line in sample:
        role = role_of(line)
        if role is not None:
            votes[role] = votes.get(role, 0) + 1
    if not votes:
        return None
    best = max(votes, key=lambda role: votes[role])
    return best if votes[best] * 2 >= len(sample) else None


def _csv_line_role(line: str) -> str | None:
    if rows.ROW_START.match(line) is None:
        return None
    cells = rows.split(line)
    match len(cells):
        case 12:
            return "sdn" if cells[2].strip().lower() in KINDS else None
        case 6:
            return "add" if cells[1].strip().isdigit() else None
        case 5:
            return "alt" if cells[2].strip().lower() in QUALITIES else None
        case 2:
            return "comments"
        case _:
            return None


class _Part(msgspec.Struct):
    role: str
    text: TextLines
    problems: Problems


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one legacy set.

    Raises `ListFileError` where the main file is missing (`not-a-list`), a role comes twice
    (`duplicate-part`), a file has no known columns (`unknown-columns`) or is not text (`encoding`).
    """
    found: list[Problem] = []
    parts: list[_Part] = []
    formats = set()
    for file in files:
        problems = Problems(file.name, found)
        text = text_lines(file, problems)
        role = csv_role(text.lines)
        formats.add(CSV if role else FIXED)
        role = role or fixed_role(text.lines)
        if role is None:
            raise unknown_columns(file.name, text.lines)
        if any(part.role == role for part in parts):
            raise ListFileError(
                f"two files of the set are its {role} file",
                code="duplicate-part",
                where=file.name,
                mend="give one file of each kind, all of one day",
            )
        parts.append(_Part(role, text, problems))
    by_role = {part.role: part for part in parts}
    if "sdn" not in by_role:
        raise ListFileError(
            f"the main file is missing; given: {', '.join(by_role)}",
            code="not-a-list",
            where=files[0].name,
            mend="add sdn.csv (cons_prim.csv for the consolidated list) of the same day",
        )
    if len(formats) > 1:
        raise ListFileError(
            "comma-separated and fixed-width files in one set",
            code="mixed-formats",
            where=files[0].name,
            mend="give all files of the set in one format",
        )
    fmt = formats.pop()
    legacy = Legacy(has_comments="comments" in by_role)
    for role in _ORDER:
        if role in by_role:
            _read_part(legacy, by_role[role], fmt)
    _check_ends(parts, found)
    listings = tuple(legacy.finish(list_key, by_role["sdn"].problems))
    return Reading(
        list_hint=list_hint(listings),
        format=fmt,
        on=None,
        parts=tuple(part.role for part in parts),
        listings=listings,
        problems=tuple(found),
    )


def _read_part(legacy: Legacy, part: _Part, fmt: str) -> None:
    lines = part.text.lines
    if fmt == CSV:
        _skip_header(lines, part)
        read_rows: Iterable[rows.Row] = rows.csv_rows(lines, rows.COLUMNS[part.role])
    else:
        sample = [line for _, line in numbered(lines[:_SAMPLE])]
        read_rows = fixed.fixed_rows(lines, fixed.layout_of(part.role, sample))
    take = {"sdn": legacy.main, "comments": legacy.comments, "alt": legacy.aliases, "add": legacy.addresses}
    take[part.role](_watched(read_rows, part), part.problems)


def _watched(read_rows: Iterable[rows.Row], part: _Part) -> Iterable[rows.Row]:
    """Pass the rows on; the last one says whether the file was cut inside it."""
    row = None
    for row in read_rows:
        yield row
    if row is None or part.text.end_mark or not part.text.open_end:
        return
    cut_null = not row.wrong and part.text.lines[-1].rsplit(",", 1)[-1].strip() in {"", "-", "-0"}
    if row.wrong or (cut_null and part.role != "add"):
        part.problems.add(
            "cut",
            "the file ends inside a row; rows after it may be missing",
            grade=Grade.FILE,
            line=row.line,
            text=part.text.lines[-1],
            expected=f"a row that ends with {NULL} or a closing quotation mark, and a line end",
            mend="download the file again; until then what it lacks stays in force",
        )
    elif cut_null:
        part.problems.add(
            "short-end",
            "the last null of the address file is cut short; no party and no name stands in that file",
            grade=Grade.PUBLISHED,
            line=row.line,
            text=part.text.lines[-1],
            expected=NULL,
        )


def _skip_header(lines: list[str], part: _Part) -> None:
    if lines and lines[0].lower().replace('"', "").startswith("ent_num"):
        part.problems.add(
            "header",
            "the file begins with a line of column names, which OFAC does not write",
            grade=Grade.PUBLISHED,
            line=1,
            text=lines[0],
        )
        lines[0] = ""


def _check_ends(parts: Sequence[_Part], found: list[Problem]) -> None:
    """Look at the ends: OFAC writes CR LF and an end mark; a file with the one and not the other was cut."""
    marked = any(part.text.end_mark for part in parts)
    for part in parts:
        if not part.text.padded and (part.text.end_mark or not (marked or part.text.carriage_returns)):
            continue
        already = any(one.code == "cut" and one.file == part.problems.file for one in found)
        if not already:
            part.problems.add(
                "cut",
                "the file was cut, perhaps at the end of a row: its end mark is missing, or NUL bytes fill its end",
                grade=Grade.FILE,
                line=len(part.text.lines),
                text=part.text.lines[-1],
                expected="character 26 behind the last row",
                mend="download the file again; until then what it lacks stays in force",
            )
    if not marked and not any(part.text.carriage_returns for part in parts):
        parts[0].problems.add(
            "no-end-mark",
            "the files were rewritten on the way (no CR, no end mark): a cut at the end of a row cannot be seen",
            grade=Grade.PUBLISHED,
            mend="prefer the publisher's own bytes",
        )


def unknown_columns(name: str, lines: Sequence[str]) -> ListFileError:
    """Make the error for a text that is no legacy file of OFAC, with the columns that were found."""
    first = next((line for _, line in numbered(list(lines))), "")
    cells = rows.split(first)
    delimited = len(cells) > 1 or any(sign in first for sign in ";|\t@")
    return ListFileError(
        f"columns of no known list: {len(cells)} in the first line" if delimited else "not an official list",
        code="unknown-columns" if delimited else "not-a-list",
        where=name,
        mend="give the files as the publisher names them in docs/lists; known are 12, 6, 5 and 2 columns of OFAC",
    )
