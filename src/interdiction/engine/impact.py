"""What a change of one list does to a book and to payments: the same questions asked of both days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from interdiction.enforcement import Effect, Policy, marginal
from interdiction.engine import decide
from interdiction.engine.book import BookHits, joined, screen_book, screen_related, with_tied
from interdiction.engine.inforce import EditionInForce
from interdiction.engine.payment import screen_payments
from interdiction.engine.progress import Progress
from interdiction.engine.tied import tied_hits
from interdiction.errors import NoListError, UsageError
from interdiction.model import Consequence, Disposition, Hit, Payment, Problem

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine
    from interdiction.tables import Book


FEW = 0.05
"""Beyond this share of changed listings the whole book is screened again: so many have no advantage as a delta."""
SLICE = 100_000
"""Rows asked for what changed at a time."""


class Caught(msgspec.Struct, frozen=True):
    """One customer and one listing, and what the change did to the pair."""

    query_id: str
    row: int
    name: str
    listing: str
    listed_name: str
    score: float
    band: str
    programmes_before: tuple[str, ...]
    programmes_after: tuple[str, ...]
    consequence: Consequence
    """What happens to the customer under the later edition."""
    sentence: str


class Stopped(msgspec.Struct, frozen=True):
    """One payment under both editions."""

    payment: str
    before: Disposition
    after: Disposition
    sentence: str


class Impact(msgspec.Struct, frozen=True):
    """The effect of the change: what it caught anew, what was caught before and is amended, what it released.

    Places and governments that no list names are asked for on both days, so an embargo between them counts.

    `unchanged` counts the pairs the change does not touch. Nothing in `released` clears itself: each asks for
    an unblocking review (law 9).
    """

    newly_caught: tuple[Caught, ...]
    caught_before: tuple[Caught, ...]
    released: tuple[Caught, ...]
    unchanged: int
    payments: tuple[Stopped, ...]
    suppressed: int = 0
    """Pairs of customers and listings that only facts took below the threshold after the change."""


class ImpactReport(msgspec.Struct, frozen=True):
    """The impact with the editions of both days and what could not be read."""

    impact: Impact
    before: tuple[EditionInForce, ...]
    after: tuple[EditionInForce, ...]
    problems: tuple[Problem, ...]


def impact(
    engine: Engine,
    list_key: str,
    first: date,
    last: date,
    book: Book,
    policy: Policy,
    *,
    payments: Sequence[Payment] = (),
    threshold: float | None = None,
    progress: Progress | None = None,
) -> ImpactReport:
    """Compare the book, and the payments, under the list's editions of two days; other lists stay as on the first.

    Raises `UsageError` when the days are the wrong way round, `NoListError` when the list had no edition then.
    """
    if first > last:
        raise UsageError(
            f"--from {first} is after --to {last}", where="--from", mend="give the earlier day to --from", code="days"
        )
    before, after = engine.force(first, {list_key: first}), engine.force(first, {list_key: last})
    for force, day in ((before, first), (after, last)):
        if list_key not in {edition.list for edition in force.editions}:
            raise NoListError(
                f"{list_key} had no edition on {day}",
                where=str(engine.home.path),
                mend=f"import one: interdict lists import {list_key} PATH --on {day} --history",
            )
    was = screen_book(engine, book, first, others={list_key: first}, threshold=threshold, progress=progress)
    if _few(before, after):
        now = _again(book, was, before, after, progress)
    else:
        now = screen_book(engine, book, first, others={list_key: last}, threshold=threshold, progress=progress)
    return ImpactReport(
        impact=_weighed(
            book,
            was,
            now,
            after,
            policy,
            (first, last),
            _stopped(engine, before, after, payments, policy, (first, last), threshold),
        ),
        before=before.editions,
        after=after.editions,
        problems=now.problems,
    )


def _few(before: Force, after: Force) -> bool:
    """Say whether so few listings came or changed that asking for them alone is quicker."""
    return len(_changes(before, after)[1]) <= len(after.listings) * FEW


def _changes(before: Force, after: Force) -> tuple[set[str], list[str]]:
    """Give the listings that are gone or are another after, and those that are new or were another before."""

    def stored(force: Force) -> dict[str, bytes]:
        return {key: force.listings.stored(at) for at, key in enumerate(force.screener.index.keys())}

    old, new = stored(before), stored(after)
    gone = {key for key, text in old.items() if new.get(key) != text}
    return gone, [key for key, text in new.items() if old.get(key) != text]


def _again(book: Book, was: BookHits, before: Force, after: Force, progress: Progress | None) -> BookHits:
    """Screen under the later edition the rows that a change concerns; the others keep their hits.

    A pair of a row and a listing that did not change is judged alike under both. So whoever had no hit on a listing
    that was changed or taken away, and has none on one that was changed or added, keeps what he had.
    """
    gone, come = _changes(before, after)
    concerned = {at for at, hits in (*was.hits, *was.suppressed) if any(hit.listing in gone for hit in hits)}
    for start in range(0, book.columns.height, SLICE):
        part = book.columns.slice(start, SLICE)
        concerned |= {start + at for at in after.screener.rows_on(part, come, threshold=was.threshold)}
        if progress is not None:
            progress("screening what changed", min(start + SLICE, book.columns.height), book.columns.height)
    if book.related is not None:
        behind = after.screener.rows_on(book.related, come, threshold=was.threshold)
        concerned |= set(book.related["at"].gather(sorted(behind)).to_list())
    hits, below = dict(was.hits), dict(was.suppressed)
    places = sorted(concerned)
    for start in range(0, len(places), SLICE):
        rows = places[start : start + SLICE]
        part = book.columns[rows]
        answers = after.screener.screen_batch(part, part["id"].to_list(), threshold=was.threshold)
        for place in rows:
            hits.pop(place, None)
            below.pop(place, None)
        hits |= {rows[at]: one.hits for at, one in answers.items() if one.hits}
        below |= {rows[at]: one.suppressed for at, one in answers.items() if one.suppressed}
    for place, one in screen_related(after, book, threshold=was.threshold, places=places).items():
        hits |= {place: joined(hits.get(place, ()), one.hits)} if one.hits else {}
        below |= {place: joined(below.get(place, ()), one.suppressed)} if one.suppressed else {}
    return msgspec.structs.replace(
        was, hits=tuple(sorted(hits.items())), suppressed=tuple(sorted(below.items())), editions=after.editions
    )


def _weighed(
    book: Book,
    was: BookHits,
    now: BookHits,
    force: Force,
    policy: Policy,
    days: tuple[date, date],
    stopped: tuple[Stopped, ...],
) -> Impact:
    tied = [tied_hits(book, policy, day) for day in days]
    hits_before, hits_after = (_pairs(with_tied(one, places)) for one, places in zip((was, now), tied, strict=True))
    effect = marginal(hits_before, hits_after)
    own, placed = dict(now.hits), {at for at, _ in tied[1]}
    consequences = {
        at: decide.customer(
            force,
            policy,
            book.columns["id"][at],
            own.get(at, ()),
            on=days[1],
            thresholds=str(now.threshold),
            party=book.party_at(at) if at in placed else None,
        ).consequence
        for at in sorted({*own, *placed})
    }

    def caught(effects: Sequence[Effect]) -> tuple[Caught, ...]:
        found = []
        for one in effects:
            hit = (hits_after.get(one.query_id) or hits_before[one.query_id])[0]
            at = int(one.query_id.partition(" ")[0])
            found.append(
                Caught(
                    query_id=hit.query_id,
                    row=book.columns["row"][at],
                    name="; ".join(book.columns["names"][at]),
                    listing=hit.listing,
                    listed_name=hit.listed_name,
                    score=hit.score,
                    band=hit.band.value,
                    programmes_before=tuple(under.programme for under in one.before),
                    programmes_after=tuple(under.programme for under in one.after),
                    consequence=consequences.get(at, Consequence.REVIEW),
                    sentence=one.sentence.partition(": ")[2],
                )
            )
        return tuple(sorted(found, key=lambda one: (one.row, -one.score, one.listing)))

    return Impact(
        newly_caught=caught(effect.newly_caught),
        caught_before=caught((*effect.also_under, *effect.reduced)),
        released=caught(effect.released),
        unchanged=len(effect.unchanged),
        payments=stopped,
        suppressed=sum(len(some) for _, some in now.suppressed),
    )


def _pairs(result: BookHits) -> Mapping[str, Sequence[Hit]]:
    """Key each hit by place and listing: an order may catch a customer under a namesake's listing as well."""
    return {f"{at} {hit.listing}": [hit] for at, hits in result.hits for hit in hits}


def _stopped(
    engine: Engine,
    before: Force,
    after: Force,
    payments: Sequence[Payment],
    policy: Policy,
    days: tuple[date, date],
    threshold: float | None,
) -> tuple[Stopped, ...]:
    if not payments:
        return ()
    was = screen_payments(engine, before, payments, threshold=threshold)
    now = screen_payments(engine, after, payments, threshold=threshold)
    stopped = []
    for one, other in zip(was, now, strict=True):
        first, last = decide.payment(before, policy, one, on=days[0]), decide.payment(after, policy, other, on=days[1])
        stopped.append(Stopped(one.payment.id, first.disposition, last.disposition, last.sentence))
    return tuple(stopped)
