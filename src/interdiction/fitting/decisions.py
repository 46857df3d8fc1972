"""Decided alerts as a table: our party, the listed one, and whether it was them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec
import polars as pl

from interdiction.errors import TableError
from interdiction.model import Party, Problem
from interdiction.tables import Book, Sheet, book_of, read_sheet
from interdiction.tables.columns import plain

LISTED: Final = "listed_"
LEAST: Final = 20
"""Decisions of each kind: fewer say nothing about a number."""
_DECIDED: Final = ("match", "is_match", "decision", "outcome")
_YES: Final = frozenset(("true", "yes", "y", "1", "match", "true_match", "positive", "confirmed"))
_NO: Final = frozenset(("false", "no", "n", "0", "no_match", "false_match", "false_positive", "negative", "cleared"))


class Decisions(msgspec.Struct, frozen=True):
    """Rows of one file: `ours[n]` was compared with `theirs[n]`, and `matches[n]` says whether it was them."""

    rows: tuple[int, ...]
    ours: tuple[Party, ...]
    theirs: tuple[Party, ...]
    matches: tuple[bool, ...]
    problems: tuple[Problem, ...]


def read_decisions(path: Path, listing: Callable[[str], Party | None]) -> Decisions:
    """Read a table with a column `match` and, of either side, the columns of a book (docs/tables.md).

    Theirs begin with `listed_`, or the column `listing` has the id of a listing in force, which `listing` gives
    (`None` where it is not). Rows that cannot be used are problems. Raises `TableError` for a file that is no such
    table, and (`too-few-decisions`) for one that decides too little to fit anything to.
    """
    sheet = read_sheet(path)
    decided = next((at for at, text in enumerate(sheet.header) if plain(text) in _DECIDED), None)
    known = next((at for at, text in enumerate(sheet.header) if plain(text) == "listing"), None)
    if decided is None:
        raise TableError(
            "no column says whether it was them",
            where=sheet.file,
            code="no-decision-column",
            mend="call it `match` and write yes or no",
        )
    ours = _side(
        sheet, [at for at in range(len(sheet.header)) if at not in {decided, known} and not _listed(sheet, at)]
    )
    theirs = None if known is not None else _side(sheet, [at for at in range(len(sheet.header)) if _listed(sheet, at)])
    numbers = sheet.cells["row"].to_list()
    words = sheet.cells[f"c{decided}"].to_list()
    ids = sheet.cells[f"c{known}"].to_list() if known is not None else []
    found: list[tuple[int, Party, Party, bool]] = []
    problems = [*ours.problems, *(theirs.problems if theirs else ())]
    for at, row in enumerate(numbers):
        match = _match(words[at])
        other = theirs.party_at(at) if theirs else listing((ids[at] or "").strip())
        if match is None or other is None:
            node, text = ("match", words[at] or "") if match is None else ("listing", ids[at] or "")
            problems.append(_unused(sheet.file, row, node, text))
        else:
            found.append((row, ours.party_at(at), other, match))
    return _enough(sheet.file, found, problems)


def _listed(sheet: Sheet, at: int) -> bool:
    return plain(sheet.header[at]).startswith(LISTED)


def _side(sheet: Sheet, places: Sequence[int]) -> Book:
    names = {at: plain(sheet.header[at]).removeprefix(LISTED) for at in places}
    distinct = {at: name for at, name in names.items() if name and name not in {"id", "row"}}
    frame = pl.DataFrame({f"{name}": sheet.cells[f"c{at}"] for at, name in distinct.items()})
    return book_of(frame, file=sheet.file)


def _match(text: str | None) -> bool | None:
    word = plain(text or "")
    return True if word in _YES else False if word in _NO else None


def _unused(file: str, row: int, node: str, text: str) -> Problem:
    return Problem(
        code="undecided" if node == "match" else "unknown-listing",
        message="the row says neither yes nor no" if node == "match" else "the listing is not in force",
        file=file,
        line=row,
        node=node,
        text=text[:80],
        expected="yes or no" if node == "match" else "an id such as ofac-sdn:17614",
        mend="the row was left out",
    )


def _enough(file: str, found: list[tuple[int, Party, Party, bool]], problems: list[Problem]) -> Decisions:
    matches = sum(match for *_, match in found)
    if min(matches, len(found) - matches) < LEAST:
        raise TableError(
            f"{matches} decisions say that it was them and {len(found) - matches} that it was not",
            where=file,
            code="too-few-decisions",
            mend=f"give at least {LEAST} of each: numbers fitted to fewer are chance",
        )
    rows, ours, theirs, decided = zip(*found, strict=True)
    return Decisions(rows, ours, theirs, decided, tuple(problems))
