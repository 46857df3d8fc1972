"""The daily rescreening of a whole book, with proof that every customer went through the screener.

1. A slice is kept as soon as it is done; a run that was interrupted is taken up where it stopped, if nothing it
   rests on has changed: the book's bytes, the editions, the registers, the policy, the numbers of the judge.
2. It is complete when as many customers were screened as stand in the book, and as its own system says there are.
3. What is new against the last complete one of the same source is told apart from what was known.

Article 5d of Regulation (EU) No 260/2012 (as amended by Regulation (EU) 2024/886) asks for this at least once every
calendar day and immediately after a new or amended measure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import polars as pl

from interdiction.engine.book import joined, screen_related
from interdiction.engine.clearing import Clearing
from interdiction.engine.given import shown
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.progress import Progress, silent
from interdiction.engine.raising import Raised, raise_on, review_delisted
from interdiction.engine.row import row_of
from interdiction.errors import UsageError
from interdiction.model import EditionUsed, Hit, to_json
from interdiction.model.case import Case
from interdiction.model.rescreen import Found, Rescreen, RescreenEnd, Slice
from interdiction.names.index import core_version
from interdiction.names.thresholds import Channel, Thresholds
from interdiction.screening.screener import Screened
from interdiction.tables import Book

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine

SLICE: Final = 50_000
"""Customers that are kept at once: what an interruption costs."""
_SHOWN: Final = 20


class Rescreened(msgspec.Struct, frozen=True):
    """A rescreening from its beginning to its end, with what it found."""

    begun: Rescreen
    ended: RescreenEnd
    found: tuple[Found, ...]
    resumed: int
    """Customers that had been screened before it was interrupted."""
    raised: Raised = Raised()
    """What was kept of customers with new hits, and the cases it opened."""
    reviews: tuple[int, ...] = ()
    """The cases in which somebody reviews whether to unblock who is listed no more."""


def rescreen(
    engine: Engine,
    path: Path,
    *,
    clock: Callable[[], datetime],
    source: str = "",
    columns: Mapping[str, str] | None = None,
    expected: int | None = None,
    threshold: float | None = None,
    by: str = "",
    record: bool = False,
    size: int = SLICE,
    threads: int = 0,
    progress: Progress | None = None,
) -> Rescreened:
    """Screen every customer of a book against what is in force now, or go on with one that was interrupted.

    `clock` gives the instants that stand in the proof. `source` names where the book comes from (the file's name):
    the last complete one of it is compared with. With `record` the decisions on customers with new hits are kept, so
    that a case opens on each, and a review on whoever is listed no more. Raises `TableError`, `NoListError`,
    `UsageError` (`expected`) and `HomeError`.
    """
    from interdiction.tables import read_book

    if expected is not None and expected < 0:
        raise UsageError("no number of customers", where="--expect", mend="write how many there are", code="expected")
    step = progress or silent
    step("reading the book", 0, 0)
    raw = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    book = read_book(path, columns=columns)
    given = Given(book, shown(source or path.stem), shown(path.name), raw, expected)
    asked = engine.thresholds(Channel.BOOK, threshold)
    return screen_given(engine, given, asked, clock=clock, by=by, record=record, size=size, threads=threads, step=step)


class Given(msgspec.Struct, frozen=True):
    """A book with where it comes from. `doubts` are those that stand before anybody is screened.

    `owned` says that its rejected rows are counted and somebody is named who mends them: they are no doubt then.
    """

    book: Book
    source: str
    file: str
    sha256: str
    expected: int | None = None
    version: int = 0
    doubts: tuple[str, ...] = ()
    owned: bool = False


def screen_given(
    engine: Engine,
    given: Given,
    asked: Thresholds,
    *,
    clock: Callable[[], datetime],
    by: str,
    record: bool,
    size: int = SLICE,
    threads: int = 0,
    step: Progress = silent,
) -> Rescreened:
    """Screen every customer of a book, or go on with what was interrupted."""
    from interdiction.store import rescreens

    book, force, at = given.book, engine.force(), clock()
    clearing = Clearing.of(engine.home, at)
    begun = begun_on(engine, force, given, asked, at, by, clearing.reference)
    with engine.home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        before = rescreens.unfinished(connection, begun.identity)
        begun = before or rescreens.begin(connection, begun)
        done = rescreens.slices(connection, begun.number) if before else []
    resumed = sum(one.last - one.first for one in done)
    for first in range(resumed, book.columns.height, size):
        one = _slice(force, book, first, min(first + size, book.columns.height), asked, threads, clearing)
        with engine.home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
            rescreens.add(connection, begun.number, one)
        done.append(one)
        step("screening", one.last, book.columns.height)
    return finish(engine, begun, given, done, clock, by=by, record=record, resumed=resumed)


def finish(
    engine: Engine,
    begun: Rescreen,
    given: Given,
    done: list[Slice],
    clock: Callable[[], datetime],
    *,
    by: str,
    record: bool,
    resumed: int = 0,
    known: tuple[int, Sequence[Slice]] | None = None,
) -> Rescreened:
    """Count what was done, tell what is new, open cases for it, and keep the end with its proof.

    `known` is the last complete one of the source with its slices, where the caller has read them.
    """
    from interdiction.store import rescreens

    earlier, pairs = None, None
    if known is not None:
        earlier, pairs = known[0], _pairs(known[1])
    else:
        with engine.home.reading() as reader:
            earlier = _last_complete(rescreens.rescreens(reader.connection, begun.source), begun.number)
            pairs = _pairs(rescreens.slices(reader.connection, earlier)) if earlier is not None else None
    ended = _ended(begun, given, done, clock(), earlier, pairs)
    found = tuple(found for one in done for found in one.found)
    raised, reviews = Raised(), list[Case]()
    if record:
        # Before the end is kept: whoever is interrupted here finds the same hits new again.
        new = set(ended.new)
        fresh = {one.place for one in found if earlier is None or any(pair(hit) in new for hit in one.hits)}
        raised = raise_on(engine, given.book, fresh, command="rescreen", at=ended.ended_at, by=by)
        reviews = review_delisted(engine, at=ended.ended_at)
    with engine.home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        rescreens.end(connection, ended)
    return Rescreened(begun, ended, found, resumed, raised, tuple(case.number for case in reviews))


def begun_on(
    engine: Engine, force: Force, given: Given, asked: Thresholds, at: datetime, by: str, clearances: str
) -> Rescreen:
    """Give a rescreening as it begins, with the hash of all it rests on."""
    book = given.book
    editions = tuple(EditionUsed(one.edition, one.sha256) for one in force.editions)
    policy, weights, core = engine.policy.reference, force.weights.reference, core_version()
    owners = engine.owners()
    registers = [one.sha256 for one in owners.imports] if owners else []
    rests_on: list[object] = [
        given.sha256,
        given.source,
        editions,
        registers,
        policy,
        str(asked),
        weights,
        core,
        given.expected,
    ]
    rests_on += [book.unused]
    rests_on += [clearances] if clearances else []
    return Rescreen(
        source=given.source,
        file=given.file,
        sha256=given.sha256,
        identity=hashlib.sha256(to_json(rests_on)).hexdigest(),
        begun_at=at,
        rows=book.columns.height,
        behind=book.related.height if book.related is not None else 0,
        editions=editions,
        registers=len(registers),
        policy=policy,
        thresholds=str(asked),
        weights=weights,
        core=core,
        expected=given.expected,
        by=shown(by),
        version=given.version,
    )


def _slice(
    force: Force, book: Book, first: int, last: int, asked: Thresholds, threads: int, clearing: Clearing
) -> Slice:
    """Screen customers `first` to `last`, and those behind them; count what came out of the screener."""
    part = book.columns[first:last]
    ids, rows = part["id"], part["row"]
    answers: dict[int, Screened] = {}
    screened = 0
    for done, some in force.screener.screen_stream(part, ids, threshold=asked, threads=threads):
        answers |= some
        screened = done
    people = book.related
    count = 0
    if people is not None:
        here = people.filter(pl.col("at").is_between(first, last - 1))
        count = here.height
        behind = screen_related(force, book, threshold=asked, places=range(first, last), threads=threads)
        for place, one in behind.items():
            own = answers.get(place - first, Screened())
            answers[place - first] = Screened(joined(own.hits, one.hits), (), truncated=own.truncated or one.truncated)
    cut = tuple(rows[at] for at, one in sorted(answers.items()) if one.truncated)
    empty = part.filter((pl.col("names").list.len() == 0) & (pl.col("identifiers").list.len() == 0))["row"]
    found: list[Found] = []
    cleared: list[Found] = []
    for at, one in sorted(answers.items()):
        counting, away = clearing.split(force, partial(row_of, book, first + at), one.hits)
        found += [Found(first + at, rows[at], counting)] if counting else []
        cleared += [Found(first + at, rows[at], away)] if away else []
    return Slice(first, last, screened - len(cut), count, cut, tuple(empty), tuple(found), tuple(cleared))


def _ended(
    begun: Rescreen,
    given: Given,
    done: list[Slice],
    at: datetime,
    earlier: int | None,
    known: set[tuple[str, str, str]] | None,
) -> RescreenEnd:
    read, screened = given.book.columns.height, sum(one.screened for one in done)
    behind = sum(one.behind for one in done)
    cut = [row for one in done for row in one.cut]
    empty = [row for one in done for row in one.empty]
    doubts = list(given.doubts)
    if cut:
        doubts.append(f"{len(cut)} rows were cut by a limit of the screener: lines {_some(cut)}")
    if empty and not given.owned:
        doubts.append(f"{len(empty)} rows have neither a name nor an identifier: lines {_some(empty)}")
    if screened + len(cut) != read:
        doubts.append(f"{read} customers were read and {screened} screened")
    if behind != begun.behind:
        doubts.append(f"{begun.behind} parties behind customers were read and {behind} screened")
    if begun.expected is not None and begun.expected != read:
        doubts.append(f"{begun.expected} customers were expected and {read} stand in the book")
    pairs = _pairs(done)
    cleared = {pair(hit) for one in done for found in one.cleared for hit in found.hits}
    before = known or set()
    return RescreenEnd(
        number=begun.number,
        ended_at=at,
        read=read,
        screened=screened - len(empty),
        behind=behind,
        customers_with_hits=sum(len(one.found) for one in done),
        hits=sum(len(found.hits) for one in done for found in one.found),
        complete=not doubts,
        doubts=tuple(doubts),
        slices_sha256=hashlib.sha256(b"".join(to_json(one) for one in done)).hexdigest(),
        since=earlier,
        new=tuple(sorted(pairs - before)) if known is not None else (),
        gone=tuple(sorted(before - pairs - cleared)),
        cleared=len(cleared),
    )


def _some(rows: list[int]) -> str:
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    return ", ".join(map(str, rows[:_SHOWN])) + more


def _pairs(done: Iterable[Slice]) -> set[tuple[str, str, str]]:
    return {pair(hit) for one in done for found in one.found for hit in found.hits}


def pair(hit: Hit) -> tuple[str, str, str]:
    """Give what makes a hit the same one tomorrow: the customer, the listing, and the role where it is another's."""
    return (hit.query_id, hit.listing, hit.related or "")


def _last_complete(several: Iterable[tuple[Rescreen, RescreenEnd | None]], but: int) -> int | None:
    return next((one.number for one, ended in several if ended and ended.complete and one.number != but), None)


def due(begun: Rescreen, ended: RescreenEnd | None, on: date, came: datetime | None) -> str:
    """Say why a source has to be rescreened; empty where it need not be. `came` is when the newest edition did."""
    if ended is None:
        return "it was interrupted"
    if not ended.complete:
        return "it is not complete"
    if begun.begun_at.date() < on:
        return "the last one is of an earlier day"
    if came is not None and begun.begun_at < came:
        return "an edition came after it"
    return ""
