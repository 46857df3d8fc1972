"""Keeps decisions on single customers that some screening found, so that a case opens on each of them.

A rescreening or a change of a list is of a whole book; kept with the decisions is only who was found, as a file of its
own that is decided on again whenever somebody asks.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from interdiction.engine.book import screen_book
from interdiction.engine.clearing import clear_book
from interdiction.engine.customers import decided
from interdiction.engine.excerpt import excerpt
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.records import Recorder
from interdiction.engine.replay import Inputs
from interdiction.engine.row import row_of
from interdiction.model import Asked, EditionUsed, KeptFile, Outcome, Run
from interdiction.model.case import Alert, Case, CaseKind, CasePair

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine
    from interdiction.tables import Book


class Raised(msgspec.Struct, frozen=True):
    """What was kept and which cases it opened or joined, by their numbers."""

    records: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()


def raise_on(
    engine: Engine,
    book: Book,
    places: Collection[int],
    *,
    command: str,
    at: datetime,
    asked: Asked | None = None,
    by: str = "",
    stale: Sequence[str] = (),
) -> Raised:
    """Keep the decisions on the customers at these places of a book; nothing is kept where there is none."""
    if not places:
        return Raised()
    data = excerpt(book, places)
    return raise_of(engine, data, command=command, at=at, asked=asked or Asked(), by=by, stale=stale)


def raise_of(
    engine: Engine,
    data: bytes,
    *,
    command: str,
    at: datetime,
    asked: Asked,
    by: str = "",
    stale: Sequence[str] = (),
) -> Raised:
    """Screen customers given as JSON Lines and keep the decisions on them. Raises as reading a book does."""
    force = engine.force(asked.as_of, known_at=asked.known_at, lists=asked.lists)
    policy = engine.policy
    run = Run(
        command=command,
        at=at,
        on=asked.as_of or at.date(),
        input=KeptFile(f"{command}.jsonl", "", len(data)),
        asked=asked,
        editions=tuple(EditionUsed(one.edition, one.sha256) for one in force.editions),
        institution=policy.institution.name or policy.institution.kind,
        stale=tuple(stale),
        by=by.strip(),
    )
    book = Inputs(run, data).book()
    found = screen_book(
        engine, book, asked.as_of, known_at=asked.known_at, lists=asked.lists, threshold=asked.threshold
    )
    if asked.as_of is None:
        found = clear_book(engine, force, book, found, at)
    recorder = Recorder(engine.home, run, data)
    for place, decision, suppressed in decided(engine, force, book, found, asked, at, stale):
        recorder.customer(place, row_of(book, place), decision, suppressed=suppressed)
    recorder.end(read=book.columns.height, screened=found.rows)
    return Raised(tuple(recorder.numbers), tuple(sorted(recorder.cases)))


def review_delisted(engine: Engine, *, at: datetime) -> list[Case]:
    """Open an unblocking review on everybody who was found to be a party that is listed no more.

    One review for each delisting: a pair that was reviewed stays settled until it is listed and taken off again.
    Nothing is released by it. A list of which no edition is in force says nothing.
    """
    from interdiction.engine.alerting import Alarm
    from interdiction.store.cases import Cases

    force = engine.force()
    here = {edition.list for edition in force.editions}
    listed = set(force.screener.index.keys())
    alerts: list[Alert] = []
    with engine.home.reading() as reader:
        cases = Cases(reader.connection, engine.home.store)
        gone = {
            (case.subject_kind, case.subject, pair.listing)
            for case in cases.with_outcome(Outcome.TRUE.value)
            for pair in case.pairs
            if pair.outcome is Outcome.TRUE and pair.listing not in listed and pair.listing.partition(":")[0] in here
        }
        for kind, subject, listing in sorted(gone):
            several = [one for one in cases.cases(subject=subject) if one.subject_kind is kind and one.pair(listing)]
            last = several[-1].pair(listing)
            if last is None or last.outcome is not Outcome.TRUE or last.released or last.kind is CaseKind.UNBLOCKING:
                continue
            alerts.append(_delisted(several[-1], last, at))
    if not alerts:
        return []
    with engine.home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        return Alarm(engine.home).raise_(connection, alerts, at)


def _delisted(case: Case, pair: CasePair, at: datetime) -> Alert:
    return Alert(
        subject_kind=case.subject_kind,
        subject=case.subject,
        listing=pair.listing,
        listed_name=pair.listed_name,
        band=pair.band,
        score=pair.score,
        basis=pair.basis,
        why="listed no more: does another list, programme or owner hold it?",
        fingerprint=pair.fingerprint,
        record=pair.records[-1] if pair.records else 0,
        found_by="delisting",
        at=at,
        ours=pair.ours,
        roles=pair.roles,
        measures=pair.measures,
        kind=CaseKind.UNBLOCKING,
    )
