"""Screens of a monitored book what can have changed: customers that are others, and whom a changed listing touches.

A pair of a customer and a listing that did not change is judged as it was. So whoever is the same, had no hit on a
listing that was changed or taken away, and has none on one that came, keeps his answer. Where anything else is another
(policy, numbers of the judge, program, owners) everybody is screened anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import polars as pl
from msgspec.structs import replace

from interdiction.engine.book import joined, screen_related
from interdiction.engine.clearing import Clearing
from interdiction.engine.daily import SLICE, Given, Rescreened, begun_on, finish, screen_given
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.monitored import MARK, frames, get, load
from interdiction.engine.progress import Progress, silent
from interdiction.engine.row import row_of
from interdiction.model.rescreen import Found, Rescreen, Slice
from interdiction.names.thresholds import Channel
from interdiction.screening.screener import Screened

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine
    from interdiction.engine.home import Home
    from interdiction.model.monitored import Monitored
    from interdiction.names.thresholds import Thresholds
    from interdiction.store.reading import Reader
    from interdiction.tables import Book

MANY: Final = 1000
"""So many customers changed one at a time are put into slices of the book with the next run."""
FEW: Final = 0.05
"""Beyond this share of changed listings or customers everybody is screened anew: so many have no advantage."""


def run(
    engine: Engine,
    source: str,
    *,
    clock: Callable[[], datetime],
    by: str = "",
    whole: bool = False,
    threads: int = 0,
    progress: Progress | None = None,
) -> Rescreened:
    """Screen a monitored book and open cases for what is new; with `whole` everybody anew.

    Raises `UsageError` (`unknown-book`), `NoListError`, `HomeError`.
    """
    from interdiction.store import monitored

    step = progress or silent
    home = engine.home
    one = get(home, source)
    asked = engine.thresholds(Channel.BOOK)
    step("reading the book", 0, 0)
    with home.reading() as reader:
        book, marks = load(reader, home, one)
        given = Given(
            book, one.source, one.file, one.sha256, one.totals.customers, one.version, one.doubts, bool(one.owner)
        )
        basis = None if whole else _basis(engine, reader, one, asked)
        changed = _changed(reader, home, one, book, marks, basis) if basis is not None else None
    done = None
    if basis is not None and changed is not None and len(changed) <= max(1, book.columns.height * FEW):
        done = _again(engine, given, asked, basis, changed, clock, by, threads, step)
    if done is None:
        done = screen_given(engine, given, asked, clock=clock, by=by, record=True, threads=threads, step=step)
    if done.ended.complete:
        with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
            many = len(monitored.changes(connection, home.store, one.source, one.version)) >= MANY
            if gather := many and one in monitored.books(connection, home.store):
                monitored.keep(connection, one.source, one.version, frames(book, marks.to_list()))
            monitored.forget(connection, one.source, one.version)
            if gather:  # the log says of each version which rows are its own
                monitored.register(connection, one, {"change": "gathered"})
    return done


class _Basis:
    """The last complete rescreening of the book, and what has come and gone on the lists since."""

    def __init__(self, begun: Rescreen, slices: Sequence[Slice], come: list[str], gone: set[str]) -> None:
        self.begun, self.slices, self.come, self.gone = begun, slices, come, gone


def _basis(engine: Engine, reader: Reader, one: Monitored, asked: Thresholds) -> _Basis | None:
    from interdiction.names.index import core_version
    from interdiction.store import rescreens

    complete = [
        begun for begun, ended in rescreens.rescreens(reader.connection, one.source) if ended and ended.complete
    ]
    last = complete[0] if complete else None
    force = engine.force()
    same = last is not None and (
        (last.policy, last.thresholds, last.weights, last.core)
        == (engine.policy.reference, str(asked), force.weights.reference, core_version())
    )
    if last is None or not same or not last.version or engine.owners() is not None or last.registers:
        return None
    moved = _moved(reader, last, force)
    if moved is None or len(moved[0]) > len(force.listings) * FEW:
        return None
    return _Basis(last, rescreens.slices(reader.connection, last.number), *moved)


def _moved(reader: Reader, last: Rescreen, force: Force) -> tuple[list[str], set[str]] | None:
    """Give the listings that came or are others since, and those that are gone or were others; none: lists differ."""
    was = {edition.edition.partition("@")[0]: edition.edition for edition in last.editions}
    now = {edition.list: edition.edition for edition in force.editions}
    if was.keys() != now.keys():
        return None
    listed = set(force.screener.index.keys())
    come: set[str] = set()
    gone: set[str] = set()
    for key, edition in now.items():
        if was[key] == edition:
            continue
        seq = {one.id: one.seq for one in reader.editions(key)}
        if was[key] not in seq or edition not in seq:
            return None
        before, after = reader.intervals(key, seq[was[key]]), reader.intervals(key, seq[edition])
        for uid in before.keys() | after.keys():
            old, new = before.get(uid), after.get(uid)
            if old is not None and new is not None and old.content == new.content:
                continue
            if old is not None:
                gone.add(f"{key}:{uid}")
            if new is not None:
                come.add(f"{key}:{uid}")
    # An overlay keeps in force what its edition lacks: what is listed counts, and what is neither is screened anew.
    return (sorted(come & listed), gone) if come <= listed else None


def _changed(
    reader: Reader, home: Home, one: Monitored, book: Book, marks: pl.Series, basis: _Basis
) -> set[int] | None:
    """Give the places of customers that are others than when the book was screened last; none: that is not known."""
    if basis.begun.version == one.version:
        return set()
    before, old = load(reader, home, replace(one, version=basis.begun.version))
    if not before.columns.height:
        return None
    was = before.columns.select("id").with_columns(old.alias(MARK)).unique("id", keep="none")
    now = book.columns.select("id").with_columns(marks.alias("here")).with_row_index("place")
    twice = now["id"].is_duplicated()
    met = now.join(was, on="id", how="left", maintain_order="left")
    other = met[MARK].is_null() | (met[MARK] != met["here"]).fill_null(value=True) | twice
    return set(met.filter(other)["place"].to_list())


def _again(
    engine: Engine,
    given: Given,
    asked: Thresholds,
    basis: _Basis,
    changed: set[int],
    clock: Callable[[], datetime],
    by: str,
    threads: int,
    step: Progress,
) -> Rescreened:
    from interdiction.store import rescreens

    book, force, at = given.book, engine.force(), clock()
    clearing = Clearing.of(engine.home, at)
    hit = {found.hits[0].query_id for one in basis.slices for found in (*one.found, *one.cleared)}
    met = book.columns.select("id").with_row_index("place").filter(pl.col("id").is_in(list(hit)))
    place_of = dict(met.select("id", "place").iter_rows())
    kept: dict[int, Found] = {}
    concerned = set(changed)
    for found in (found for one in basis.slices for found in (*one.found, *one.cleared)):
        place = place_of.get(found.hits[0].query_id)
        if place is None or place in changed:
            continue
        moved = any(hit.listing in basis.gone for hit in found.hits)
        if moved or place in kept or any(hit.suppressed for hit in found.hits) or clearing:
            concerned.add(place)
        kept[place] = found
    cut_before = {row for one in basis.slices for row in one.cut}
    if cut_before:
        concerned |= set(range(book.columns.height))
    concerned |= _touched(force, book, basis.come, asked, threads, step)
    answers = _answers(force, book, sorted(concerned), asked, threads)
    begun = replace(
        begun_on(engine, force, given, asked, at, by, clearing.reference),
        since=basis.begun.number,
        changes=(len(set(basis.come) | basis.gone), len(changed)),
    )
    slices = _slices(force, book, {at: one for at, one in kept.items() if at not in concerned}, answers, clearing)
    with engine.home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        begun = rescreens.begin(connection, begun)
        for one in slices:
            rescreens.add(connection, begun.number, one)
    return finish(engine, begun, given, slices, clock, by=by, record=True, known=(basis.begun.number, basis.slices))


def _touched(force: Force, book: Book, come: list[str], asked: Thresholds, threads: int, step: Progress) -> set[int]:
    """Give the places of customers who, or somebody behind whom, has a hit on a listing that came."""
    found: set[int] = set()
    if not come:
        return found
    for first in range(0, book.columns.height, SLICE):
        part = book.columns.slice(first, SLICE)
        found |= {first + at for at in force.screener.rows_on(part, come, threshold=asked, threads=threads)}
        step("screening what changed", min(first + SLICE, book.columns.height), book.columns.height)
    if book.related is not None:
        behind = force.screener.rows_on(book.related, come, threshold=asked, threads=threads)
        found |= set(book.related["at"].gather(sorted(behind)).to_list())
    return found


def _answers(force: Force, book: Book, places: Sequence[int], asked: Thresholds, threads: int) -> dict[int, Screened]:
    answers: dict[int, Screened] = {}
    for start in range(0, len(places), SLICE):
        some = places[start : start + SLICE]
        part = book.columns[some]
        found = force.screener.screen_batch(part, part["id"].to_list(), threshold=asked, threads=threads)
        answers |= {some[at]: one for at, one in found.items()}
    for place, one in screen_related(force, book, threshold=asked, places=places, threads=threads).items():
        own = answers.get(place, Screened())
        answers[place] = Screened(joined(own.hits, one.hits), (), truncated=own.truncated or one.truncated)
    return answers


def _slices(
    force: Force, book: Book, kept: dict[int, Found], answers: dict[int, Screened], clearing: Clearing
) -> list[Slice]:
    """Put what stayed and what was screened together, slice by slice, as if everybody had been screened."""
    rows = book.columns["row"]
    nobody = (pl.col("names").list.len() == 0) & (pl.col("identifiers").list.len() == 0)
    empty = book.columns.with_row_index("place").filter(nobody).select("place", "row").rows()
    people = book.related["at"] if book.related is not None else pl.Series(dtype=pl.Int64)
    slices = []
    for first in range(0, book.columns.height, SLICE):
        last = min(first + SLICE, book.columns.height)
        found: list[Found] = []
        cleared: list[Found] = []
        for place in sorted(at for at in (*kept, *answers) if first <= at < last):
            if place in kept:
                found.append(replace(kept[place], place=place, row=rows[place]))
                continue
            counting, away = clearing.split(force, partial(row_of, book, place), answers[place].hits)
            found += [Found(place, rows[place], counting)] if counting else []
            cleared += [Found(place, rows[place], away)] if away else []
        cut = tuple(rows[at] for at, one in sorted(answers.items()) if one.truncated and first <= at < last)
        behind = int(people.is_between(first, last - 1).sum())
        without = tuple(row for at, row in empty if first <= at < last)
        slices.append(Slice(first, last, last - first - len(cut), behind, cut, without, tuple(found), tuple(cleared)))
    return slices


def as_json(done: Rescreened) -> dict[str, Any]:
    """Give a run as the doors tell it: how it began, its proof, what it kept and which cases it opened."""
    return {
        "begun": done.begun,
        "proof": done.ended,
        "resumed": done.resumed,
        "records": [f"D-{one}" for one in done.raised.records],
        "cases": [f"C-{one}" for one in done.raised.cases],
        "reviews": [f"C-{one}" for one in done.reviews],
    }
