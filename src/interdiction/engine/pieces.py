"""A book that is too large for the memory against the lists in force: piece by piece, to the same answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import polars as pl

from interdiction.engine.book import BookHits, screened
from interdiction.engine.clearing import clear_book
from interdiction.engine.progress import Progress
from interdiction.engine.tied import Tied, tied_hits
from interdiction.model import Hit, Problem
from interdiction.names.thresholds import Channel
from interdiction.tables import Book, without_kind

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine
    from interdiction.tables import Pieces


class Screening(msgspec.Struct, frozen=True):
    """A screened book: `book` holds the rows that hits speak of, which `found` calls by their places in it."""

    book: Book
    found: BookHits
    tied: Tied
    """Rows tied to places that no list names, by their places in `book`."""
    silent: int
    """Rows that do not say what they are."""
    behind: int | None
    """Parties behind the customers; `None` where no column names any."""


def screen_pieces(
    engine: Engine,
    pieces: Pieces,
    as_of: date | None = None,
    *,
    at: datetime,
    known_at: datetime | None = None,
    lists: Collection[str] = (),
    threshold: float | None = None,
    threads: int = 0,
    progress: Progress | None = None,
    keep: bool = False,
) -> Screening:
    """Screen every row of every piece, and take out what is cleared at the instant `at` where no day is asked for.

    `keep` keeps all rows, else only those that hits speak of. Raises as reading a piece does.
    """
    force = engine.force(as_of, known_at=known_at, lists=lists)
    asked = engine.thresholds(Channel.BOOK, threshold)
    kept: list[Book] = []
    found, below, away, tied = (list[tuple[int, tuple[Hit, ...]]]() for _ in range(4))
    problems: list[Problem] = []
    cut: list[Problem] = []
    cut_behind: list[Problem] = []
    rows = held = silent = 0
    behind: int | None = None
    for book in pieces:
        told = None if progress is None else partial(_told, progress, rows, pieces.rows)
        hits, under, short, short_behind = screened(force, book, asked, threads=threads, told=told)
        one = BookHits(book.columns.height, tuple(hits), force.editions, (), asked, suppressed=tuple(under))
        if as_of is None:
            one = clear_book(engine, force, book, one, at)
        places_of = tied_hits(book, engine.policy, as_of or at.date())
        several = (one.hits, one.suppressed, one.cleared, places_of)
        few = sorted({place for some in several for place, _ in some})
        moved = {place: held + new for new, place in enumerate(range(one.rows) if keep else few)}
        for whole, some in zip((found, below, away, tied), several, strict=True):
            whole += [(moved[place], found_there) for place, found_there in some]
        kept.append(book if keep else _few(book, few))
        held += len(moved)
        problems += book.problems
        cut += short
        cut_behind += short_behind
        rows += one.rows
        silent += without_kind(book)
        if book.related is not None:
            behind = (behind or 0) + book.related.height
    problems = sorted([*problems, *pieces.problems], key=lambda one: (one.line, one.node))
    said = (*problems, *cut, *cut_behind)
    answer = BookHits(rows, tuple(found), force.editions, said, asked, tuple(below), tuple(away))
    return Screening(_joined(kept), answer, tuple(tied), silent, behind)


def _told(progress: Progress, before: int, whole: int, done: int) -> None:
    progress("screening", before + done, whole)


def _few(book: Book, places: list[int]) -> Book:
    """Give some rows of a piece, copied: rows taken out of a frame would keep all of its texts in memory."""
    taken = book.columns.select(pl.all().gather(pl.Series(places, dtype=pl.UInt32)))
    rows = pl.DataFrame(taken.rows(), schema=book.columns.schema, orient="row")
    return msgspec.structs.replace(book, columns=rows, problems=[], related=None)


def _joined(books: list[Book]) -> Book:
    """Give the rows of several pieces of one file as one book."""
    if len(books) == 1:
        return books[0]
    return msgspec.structs.replace(books[0], columns=pl.concat([one.columns for one in books]))
