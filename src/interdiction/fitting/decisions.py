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


def read_decisions(path: Path, listing: Callable[[str], Party | None], book: Book | None = None) -> Decisions:
    """Read a table with a column `match` and, of either side, the columns of a book (docs/tables.md).

    Theirs begin with `listed_`, or the column `listing` has the id of a listing in force, which `listing` gives
    (`None` where it is not). With `book`, the book that was screened, ours stand there on the number in column `row`:
    so the hits that `screen -o` wrote need one column more. Rows that cannot be used are problems. Raises `TableError`
    for a file that is no such table, and (`too-few-decisions`) for one that decides too little to fit anything to.
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
    places = [at for at in range(len(sheet.header)) if at not in {decided, known} and not _listed(sheet, at)]
    ours = _side(sheet, places) if book is None else None
    screened = _screened(sheet, book) if book is not None else None
    theirs = None if known is not None else _side(sheet, [at for at in range(len(sheet.header)) if _listed(sheet, at)])
    numbers = sheet.cells["row"].to_list()
    words = sheet.cells[f"c{decided}"].to_list()
    ids = sheet.cells[f"c{known}"].to_list() if known is not None else []
    found: list[tuple[int, Party, Party, bool]] = []
    problems = [*(ours.problems if ours else ()), *(theirs.problems if theirs else ())]
    for at, row in enumerate(numbers):
        match = _match(words[at])
        one = screened[at] if screened is not None else ours.party_at(at) if ours else None
        other = theirs.party_at(at) if theirs else listing((ids[at] or "").strip())
        if match is None:
            problems.append(_unused(sheet.file, row, "match", words[at] or ""))
        elif one is None:
            problems.append(_unused(sheet.file, row, "row", ""))
        elif other is None:
            problems.append(_unused(sheet.file, row, "listing", ids[at] or ""))
        else:
            found.append((row, one, other, match))
    return _enough(sheet.file, found, problems)


def _listed(sheet: Sheet, at: int) -> bool:
    return plain(sheet.header[at]).startswith(LISTED)


def _side(sheet: Sheet, places: Sequence[int]) -> Book:
    names = {at: plain(sheet.header[at]).removeprefix(LISTED) for at in places}
    distinct = {at: name for at, name in names.items() if name and name not in {"id", "row"}}
    frame = pl.DataFrame({f"{name}": sheet.cells[f"c{at}"] for at, name in distinct.items()})
    return book_of(frame, file=sheet.file)


def _screened(sheet: Sheet, book: Book) -> list[Party | None]:
    """Give the party of the book that each row was about. Raises `TableError` (`no-row-column`) where none is named."""
    at = next((at for at, text in enumerate(sheet.header) if plain(text) == "row"), None)
    if at is None:
        raise TableError(
            "no column says which row of the book each decision is about",
            where=sheet.file,
            code="no-row-column",
            mend="keep the column `row` that `interdict screen -o` wrote, or leave --book out",
        )
    places = {row: place for place, row in enumerate(book.columns["row"])}
    said = [places.get(int(text)) if (text or "").strip().isdecimal() else None for text in sheet.cells[f"c{at}"]]
    return [None if place is None else book.party_at(place) for place in said]


def _match(text: str | None) -> bool | None:
    word = plain(text or "")
    return True if word in _YES else False if word in _NO else None


def _unused(file: str, row: int, node: str, text: str) -> Problem:
    if node == "match":
        code, message, expected = "undecided", "the row says neither yes nor no", "yes or no"
    elif node == "listing":
        code, message, expected = "unknown-listing", "the listing is not in force", "an id such as ofac-sdn:17614"
    else:
        code, message, expected = "unknown-row", "no such row is in the book", "the number of a row of the book"
    return Problem(
        code=code,
        message=message,
        file=file,
        line=row,
        node=node,
        text=text[:80],
        expected=expected,
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
