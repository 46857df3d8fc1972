"""A whole book against the lists in force: screened in one pass, with progress, to hits and a table of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec
import polars as pl

from interdiction.engine.inforce import EditionInForce
from interdiction.engine.progress import Progress
from interdiction.engine.tied import Tied
from interdiction.model import Band, Hit, Problem
from interdiction.names.thresholds import Channel, Thresholds
from interdiction.screening.screener import Screened, cut_short

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine
    from interdiction.lists.clusters import Cluster
    from interdiction.tables import Book


class BookHits(msgspec.Struct, frozen=True):
    """The hits of a book by place of the row, what the answer rests on, and what could not be read."""

    rows: int
    hits: tuple[tuple[int, tuple[Hit, ...]], ...]
    """(place in the book counted from 0, hits best first), for the rows that have any."""
    editions: tuple[EditionInForce, ...]
    problems: tuple[Problem, ...]
    threshold: Thresholds
    suppressed: tuple[tuple[int, tuple[Hit, ...]], ...] = ()
    """As `hits`, for what only facts took below the threshold."""
    cleared: tuple[tuple[int, tuple[Hit, ...]], ...] = ()
    """As `hits`, for what clearances suppressed."""

    def bands(self) -> dict[str, int]:
        """Count the rows by the band of their best hit."""
        counted = Counter(hits[0].band for _, hits in self.hits)
        return {band.value: counted[band] for band in Band if counted[band]}


def screen_book(
    engine: Engine,
    book: Book,
    as_of: date | None = None,
    *,
    others: Mapping[str, date] | None = None,
    known_at: datetime | None = None,
    lists: Collection[str] = (),
    threshold: float | None = None,
    threads: int = 0,
    progress: Progress | None = None,
) -> BookHits:
    """Screen every row of `book`; a row with problems is screened on what remains of it.

    `progress` hears of every piece of some thousand rows; hits are the only thing that grows with the book.
    """
    force = engine.force(as_of, others, known_at=known_at, lists=lists)
    asked = engine.thresholds(Channel.BOOK, threshold)
    told = None if progress is None else lambda done: progress("screening", done, book.columns.height)
    found, below, cut, cut_behind = screened(force, book, asked, threads=threads, told=told)
    problems = (*book.problems, *cut, *cut_behind)
    return BookHits(book.columns.height, tuple(found), force.editions, problems, asked, suppressed=tuple(below))


Found = list[tuple[int, tuple[Hit, ...]]]
"""Places of a book with their hits."""


def screened(
    force: Force, book: Book, asked: Thresholds, *, threads: int = 0, told: Callable[[int], None] | None = None
) -> tuple[Found, Found, list[Problem], list[Problem]]:
    """Give the hits and the suppressed pairs of each row, and the rows, or those behind them, that a limit cut."""
    ids, numbers = book.columns["id"], book.columns["row"]
    found: Found = []
    below: Found = []
    cut: list[Problem] = []
    for done, answers in force.screener.screen_stream(book.columns, ids, threshold=asked, threads=threads):
        found += [(at, one.hits) for at, one in answers.items() if one.hits]
        below += [(at, one.suppressed) for at, one in answers.items() if one.suppressed]
        cut += [cut_short(book.file, numbers[at]) for at, one in answers.items() if one.truncated]
        if told is not None:
            told(done)
    if book.related is None:
        return found, below, cut, []
    behind = screen_related(force, book, threshold=asked, threads=threads)
    found = _together(found, {at: one.hits for at, one in behind.items() if one.hits})
    below = _together(below, {at: one.suppressed for at, one in behind.items() if one.suppressed})
    return found, below, cut, [cut_short(book.file, numbers[at]) for at, one in behind.items() if one.truncated]


def screen_related(
    force: Force, book: Book, *, threshold: Thresholds, places: Collection[int] | None = None, threads: int = 0
) -> dict[int, Screened]:
    """Screen those behind the customers of a book, or behind those at `places` alone; give the answers by customer.

    Each hit names the role in which the party stands behind the customer.
    """
    people = book.related
    if people is not None and places is not None:
        people = people.filter(pl.col("at").is_in(list(places)))
    if people is None or not people.height:
        return {}
    at, roles, ids = people["at"], people["role"], book.columns["id"]
    answers: dict[int, Screened] = {}
    for _, part in force.screener.screen_stream(people, people["id"], threshold=threshold, threads=threads):
        for row, one in part.items():
            customer, role = at[row], roles[row]
            before = answers.get(customer, Screened())
            answers[customer] = Screened(
                (*before.hits, *(_behind(hit, ids[customer], role) for hit in one.hits)),
                (*before.suppressed, *(_behind(hit, ids[customer], role) for hit in one.suppressed)),
                truncated=before.truncated or one.truncated,
            )
    return answers


def _behind(hit: Hit, customer: str, role: str) -> Hit:
    ours = next((str(one.ours) for one in hit.evidence if one.kind in {"name", "weak_name"} and one.ours), "")
    why = f"the {role}{f' {ours}' if ours else ''}: {hit.why}"
    return msgspec.structs.replace(hit, query_id=customer, related=role, why=why)


def _together(
    found: Sequence[tuple[int, tuple[Hit, ...]]], behind: Mapping[int, tuple[Hit, ...]]
) -> list[tuple[int, tuple[Hit, ...]]]:
    """Give the hits of each customer and of those behind it, the best first, the customer's own before others."""
    rows = dict(found)
    for at, hits in behind.items():
        rows[at] = joined(rows.get(at, ()), hits)
    return sorted(rows.items())


def joined(own: Sequence[Hit], behind: Sequence[Hit]) -> tuple[Hit, ...]:
    """Give the hits of a customer with those of the parties behind it, best first."""
    return tuple(sorted((*own, *behind), key=lambda hit: -hit.score))


def with_tied(result: BookHits, tied: Tied) -> BookHits:
    """Give the answer with the hits of basis *jurisdiction* behind those of lists, where nobody decides on it."""
    rows = dict(result.hits)
    for at, hits in tied:
        rows[at] = (*rows.get(at, ()), *hits)
    return msgspec.structs.replace(result, hits=tuple(sorted(rows.items())))


def table_of(
    book: Book, result: BookHits, *, suppressed: bool = False, clusters: Sequence[Cluster] | None = None
) -> pl.DataFrame:
    """Give one row per hit: query_id, row, name, listing, listed_name, score, band, why, not_known, edition.

    `suppressed` gives what only facts took below the threshold instead. With `clusters` a column `cluster` says
    which hits are one party: the cluster's id, or the listing itself where it is in none. A place or a government that
    no list names has no edition.
    """
    editions = {edition.list: edition.edition for edition in result.editions}
    numbers, names = book.columns["row"], book.columns["names"]
    rows = [
        (
            hit.query_id,
            numbers[at],
            "; ".join(names[at]),
            hit.listing,
            hit.listed_name,
            hit.score,
            hit.band.value,
            hit.why,
            hit.not_known,
            editions.get(hit.listing.partition(":")[0], ""),
        )
        for at, hits in (result.suppressed if suppressed else result.hits)
        for hit in hits
    ]
    schema = {
        "query_id": pl.String,
        "row": pl.Int64,
        "name": pl.String,
        "listing": pl.String,
        "listed_name": pl.String,
        "score": pl.Float64,
        "band": pl.String,
        "why": pl.String,
        "not_known": pl.String,
        "edition": pl.String,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    if clusters is None:
        return frame
    of = {listing: one.id for one in clusters for listing in one.listings}
    return frame.with_columns(pl.col("listing").replace(of).alias("cluster"))
