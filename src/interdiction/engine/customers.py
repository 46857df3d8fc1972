"""Decides on the customers of a screened book and keeps it, with the proof that every row was screened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interdiction.engine import decide
from interdiction.engine.book import BookHits
from interdiction.engine.records import recording
from interdiction.engine.row import row_of
from interdiction.engine.tied import tied_hits
from interdiction.model import Asked, CustomerDecision, Hit, Problem

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine
    from interdiction.tables import Book


def record_book(
    engine: Engine,
    force: Force,
    book: Book,
    found: BookHits,
    path: Path,
    asked: Asked,
    *,
    at: datetime,
    stale: Sequence[str] = (),
) -> list[int]:
    """Keep the decision on every customer with a hit, a suppressed pair, a problem or a tie to a place.

    Gives the numbers of the records.
    All other rows stand in the run by their count: as many as were read were screened, and nobody was found.
    """
    with recording(
        engine.home,
        path,
        command="screen",
        at=at,
        on=asked.as_of or at.date(),
        asked=asked,
        force=force,
        policy=engine.policy,
        stale=stale,
    ) as recorder:
        for place, decision, suppressed in decided(engine, force, book, found, asked, at, stale):
            recorder.customer(place, row_of(book, place), decision, suppressed=suppressed)
        recorder.end(read=book.columns.height, screened=found.rows)
    return recorder.numbers


def decided(
    engine: Engine,
    force: Force,
    book: Book,
    found: BookHits,
    asked: Asked,
    at: datetime,
    stale: Sequence[str],
) -> Iterator[tuple[int, CustomerDecision, tuple[Hit, ...]]]:
    """Decide on every customer of whom anything is to be kept; give the place, the decision and what was suppressed."""
    hits, below = dict(found.hits), dict(found.suppressed)
    for place, away in found.cleared:
        below[place] = (*below.get(place, ()), *away)
    problems: dict[int, list[Problem]] = defaultdict(list)
    for problem in found.problems:
        problems[problem.line].append(problem)
    numbers, ids = book.columns["row"], book.columns["id"]
    doubtful = {at for at, row in enumerate(numbers) if row in problems} if problems else set()
    tied = [place for place, _ in tied_hits(book, engine.policy, asked.as_of or at.date())]
    for place in sorted({*hits, *below, *doubtful, *tied}):
        decision = decide.customer(
            force,
            engine.policy,
            ids[place],
            hits.get(place, ()),
            on=asked.as_of or at.date(),
            stale=stale,
            problems=problems.get(numbers[place], ()),
            thresholds=str(found.threshold),
            party=book.party_at(place),
        )
        yield place, decision, below.get(place, ())
