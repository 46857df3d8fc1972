"""Decides again: the same input and editions give the same bytes; a person's word gives a new decision."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from interdiction.enforcement.facts import NOTHING, Facts
from interdiction.engine import decide, recorded
from interdiction.engine.book import joined, screen_related
from interdiction.engine.clearing import Clearing, clear_payment
from interdiction.engine.payment import screen_payments
from interdiction.engine.resubmitted import carried
from interdiction.engine.row import row_of, row_of_party
from interdiction.errors import InterdictError
from interdiction.model import (
    CustomerDecision,
    Decision,
    Hit,
    Judged,
    Outcome,
    Payment,
    Record,
    Run,
    Subject,
    from_json,
    to_json,
)
from interdiction.names.thresholds import Channel
from interdiction.screening.screener import Screened, cut_short

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine
    from interdiction.tables import Book

_SHOWN = 200


class Difference(msgspec.Struct, frozen=True):
    """One field of a decision that came out differently, both sides shortened."""

    field: str
    was: str
    now: str


class Replayed(msgspec.Struct, frozen=True):
    """Whether a decision came out the same, byte for byte, and what differs where it did not."""

    id: str
    same: bool
    differences: tuple[Difference, ...] = ()
    failed: str = ""
    """Why it could not be decided again at all."""


class Again(msgspec.Struct, frozen=True):
    """A decision made once more, with what it was made of."""

    decision: Decision | CustomerDecision
    suppressed: tuple[Hit, ...]
    payment: Payment | None = None
    row: dict[str, tuple[str, ...]] = {}


class Inputs:
    """The input of a run as it was read: one reading serves every decision of the run."""

    def __init__(self, run: Run, data: bytes) -> None:
        self._run, self._data = run, data
        self._payments: tuple[Sequence[Payment], Sequence[Any]] | None = None
        self._book: Book | None = None

    def payments(self) -> tuple[Sequence[Payment], Sequence[Any]]:
        """Give the payments and the problems of the file as a whole."""
        from interdiction import payments

        if self._payments is None:
            with tempfile.TemporaryDirectory(prefix="interdict-") as folder:
                self._payments = payments.read(self._written(folder))
        return self._payments

    @property
    def data(self) -> bytes:
        """The bytes themselves."""
        return self._data

    def book(self) -> Book:
        """Give the customers."""
        from interdiction.tables import read_book

        if self._book is None:
            with tempfile.TemporaryDirectory(prefix="interdict-") as folder:
                self._book = read_book(self._written(folder), columns=self._run.asked.columns)
        return self._book

    def _written(self, folder: str) -> Path:
        path = Path(folder) / (Path(self._run.input.name).name or "input")
        path.write_bytes(self._data)
        return path


def again(
    engine: Engine,
    force: Force,
    run: Run,
    record: Record,
    inputs: Inputs,
    judged: Sequence[Judged],
    used: Mapping[str, Sequence[Decimal]] | None = None,
) -> Again:
    """Decide once more on what a record is about, against `force`, with what people said of single listings.

    `used` is what was drawn on licences; without it, what had been when the record was made.
    """
    said = {one.listing: (one.outcome, one.by) for one in judged}
    if record.subject is Subject.PAYMENT:
        if used is None:
            used = {licence: (amount,) for licence, amount in record.drawn.items()}
        return _payment(engine, force, run, record, inputs, said, used)
    return _customer(engine, force, run, record, inputs, said)


def replay(engine: Engine, record: Record, run: Run, inputs: Inputs) -> Replayed:
    """Decide again as then: the stored bytes, the editions of the run, its day, its thresholds and what people said.

    What has changed since (the policy, the numbers of the judge, the program) is not restored: it is named.
    """
    try:
        force = engine.exactly(
            [one.edition for one in run.editions], as_of=run.asked.as_of, known_at=run.asked.known_at or run.at
        )
        found = again(engine, force, run, record, inputs, record.judged)
    except InterdictError as error:
        return Replayed(record.id, same=False, failed=f"{error} [{error.code}]")
    now = to_json(found.decision)
    if now == bytes(record.decision):
        return Replayed(record.id, same=True)
    return Replayed(record.id, same=False, differences=_differences(bytes(record.decision), now))


def _payment(
    engine: Engine,
    force: Force,
    run: Run,
    record: Record,
    inputs: Inputs,
    judged: Mapping[str, tuple[Outcome, str]],
    used: Mapping[str, Sequence[Decimal]],
) -> Again:
    payments, whole = inputs.payments()
    payment = carried(payments[record.place], record.payment)
    (hits,) = screen_payments(engine, force, [payment], threshold=run.asked.threshold)
    facts = _left_standing(facts_of(record), judged)
    if run.asked.as_of is None:
        hits = clear_payment(Clearing.of(engine.home, run.at), force, hits, {*judged, *facts.outcomes, *facts.proposed})
    decision = decide.payment(
        force,
        engine.policy,
        hits,
        on=run.on,
        stale=run.stale,
        problems=list(whole),
        judged=judged,
        at=run.asked.at,
        facts=facts,
        used=used,
    )
    return Again(decision, suppressed_of(hits), payment=payment)


def facts_of(record: Record) -> Facts:
    """Give what a person had said of a payment beside who is who."""
    return from_json(record.facts, Facts) if record.facts else NOTHING


def _left_standing(facts: Facts, judged: Mapping[str, tuple[Outcome, str]]) -> Facts:
    """Take out of what was said with the payment what somebody has judged since: the later word counts."""
    outcomes = {listing: outcome for listing, outcome in facts.outcomes.items() if listing not in judged}
    return msgspec.structs.replace(facts, outcomes=outcomes)


def suppressed_of(hits: Any) -> tuple[Hit, ...]:
    """Give what only facts, or a weak alias without a second fact, kept from being a hit of a payment."""
    return (*(hit for party in hits.parties for hit in party.suppressed), *hits.text.suppressed)


def _customer(
    engine: Engine,
    force: Force,
    run: Run,
    record: Record,
    inputs: Inputs,
    judged: Mapping[str, tuple[Outcome, str]],
) -> Again:
    if run.input.name == recorded.INPUT:
        return _asked(engine, force, run, record, inputs, judged)
    book = inputs.book()
    asked = engine.thresholds(Channel.BOOK, run.asked.threshold)
    one = book.columns[record.place : record.place + 1]
    screened = force.screener.screen_batch(one, one["id"], threshold=asked).get(0)
    row = one["row"][0]
    problems = [problem for problem in book.problems if problem.line == row]
    behind = screen_related(force, book, threshold=asked, places=[record.place]).get(record.place)
    problems += [cut_short(book.file, row) for some in (screened, behind) if some is not None and some.truncated]
    own = screened or Screened()
    hits, below = own.hits, own.suppressed
    if behind is not None:
        hits, below = joined(hits, behind.hits), joined(below, behind.suppressed)
    if run.asked.as_of is None:
        clearing = Clearing.of(engine.home, run.at)
        hits, away = clearing.split(force, lambda: row_of(book, record.place), hits, list(judged))
        below = (*below, *away)
    decision = decide.customer(
        force,
        engine.policy,
        one["id"][0],
        hits,
        on=run.on,
        stale=run.stale,
        problems=problems,
        thresholds=str(asked),
        judged=judged,
        party=book.party_at(record.place),
    )
    return Again(decision, below, row=row_of(book, record.place))


def _asked(
    engine: Engine,
    force: Force,
    run: Run,
    record: Record,
    inputs: Inputs,
    judged: Mapping[str, tuple[Outcome, str]],
) -> Again:
    """Decide once more on a party that a program asked about."""
    party = recorded.question_at(inputs.data, record.place).party
    (screened,) = recorded.screened(engine, force, [party])
    screened = recorded.cleared(force, party, screened, Clearing.of(engine.home, run.at), list(judged))
    decision = recorded.decided(engine, force, party, screened, on=run.on, stale=run.stale, judged=judged)
    return Again(decision, screened.suppressed, row=row_of_party(decision.customer, party))


def _differences(was: bytes, now: bytes) -> tuple[Difference, ...]:
    before, after = msgspec.json.decode(was), msgspec.json.decode(now)
    return tuple(
        Difference(name, _short(before.get(name)), _short(after.get(name)))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    )


def _short(value: object) -> str:
    text = "" if value is None else msgspec.json.encode(value).decode("utf-8")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
