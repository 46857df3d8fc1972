"""Screenings that came one by one, from programs, and are kept: many in one transaction, each answered after it.

1. A screening is decided at the policy's own thresholds and against every list in force, whatever of it a caller
   wanted to see; what the caller left out is kept with the question.
2. Nobody hears of a decision that is not kept.
3. A request that comes twice under one key is kept once and answered twice in the same bytes.
4. What a clearance takes out of the hits is kept beside them, as it is in a book.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.engine import decide
from interdiction.engine.alerting import Alarm, asks, numbered
from interdiction.engine.audit import note_configuration
from interdiction.engine.clearing import Clearing, Standing
from interdiction.engine.home import Home
from interdiction.engine.row import row_of_party
from interdiction.errors import UsageError
from interdiction.model import (
    Asked,
    CustomerDecision,
    EditionUsed,
    KeptFile,
    Party,
    Record,
    Run,
    RunEnd,
    Subject,
    from_json,
    to_json,
)
from interdiction.model.access import Answered
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.webhook import Event
from interdiction.names.thresholds import Channel
from interdiction.screening.screener import Screened, cut_short

if TYPE_CHECKING:
    import sqlalchemy as sa

    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine
    from interdiction.engine.writing import Writer

INPUT: Final = "parties.jsonl"
"""The name of a run's input where each line is a `Question`."""
COMMAND: Final = "serve"
"""The command of a run that a program asked for over the network."""


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody asked: the party, who asked, and what of the answer they did not want to see."""

    party: Party
    by: str
    narrowed: tuple[str, ...] = ()


class Found(msgspec.Struct, frozen=True):
    """A question with what was found and decided."""

    question: Question
    screened: Screened
    decision: CustomerDecision


class Entry(msgspec.Struct, frozen=True):
    """One request to be kept: its questions, how it is answered once they have numbers, and its idempotency key."""

    questions: tuple[Question, ...]
    answer: Callable[[Sequence[Found], Sequence[int]], bytes]
    caller: str
    key: str | None = None
    sha256: str = ""


def screened(engine: Engine, force: Force, parties: Sequence[Party]) -> list[Screened]:
    """Screen parties in one native call, each by what the record calls it."""
    ids = [called(one) for one in parties]
    return force.screener.screen(parties, threshold=engine.thresholds(Channel.CHECK), ids=ids)


def cleared(force: Force, party: Party, one: Screened, clearing: Clearing, spoken: Sequence[str] = ()) -> Screened:
    """Take the hits that are cleared out of those that count; of the listings `spoken` a person has said something."""
    if not one.hits or not clearing:
        return one
    hits, away = clearing.split(force, partial(row_of_party, called(party), party), one.hits, spoken)
    return msgspec.structs.replace(one, hits=hits, suppressed=(*one.suppressed, *away))


def _found(
    engine: Engine,
    force: Force,
    questions: Sequence[Question],
    answers: Sequence[Screened],
    clearing: Clearing,
    *,
    on: date,
    stale: Sequence[str],
) -> list[Found]:
    """Decide on each question."""
    calm: list[CustomerDecision] = []
    found: list[Found] = []
    for question, answer in zip(questions, answers, strict=True):
        one = cleared(force, question.party, answer, clearing)
        decision = decided(engine, force, question.party, one, on=on, stale=stale, calm=calm)
        found.append(Found(question, one, decision))
    return found


def called(party: Party) -> str:
    """Give what a party is called in the record: its id, or without one a name of its own made of all that is known."""
    return party.id or f"party:{hashlib.sha256(to_json(party)).hexdigest()[:16]}"


def decided(
    engine: Engine,
    force: Force,
    party: Party,
    screened: Screened,
    *,
    on: date,
    stale: Sequence[str] = (),
    judged: decide.Judgements = {},  # noqa: B006 - read only
    calm: list[CustomerDecision] | None = None,
) -> CustomerDecision:
    """Decide on one party at the thresholds of the policy; `calm` as in `decide.customer`."""
    problems = (*screened.problems, *((cut_short(),) if screened.truncated else ()))
    return decide.customer(
        force,
        engine.policy,
        called(party),
        screened.hits,
        on=on,
        stale=stale,
        problems=problems,
        thresholds=str(engine.thresholds(Channel.CHECK)),
        judged=judged,
        party=party,
        calm=calm,
    )


def keep(
    engine: Engine,
    writer: Writer,
    force: Force,
    entries: Sequence[Entry],
    standing: Standing,
    *,
    at: datetime,
    on: date,
    stale: Sequence[str] = (),
) -> list[Answered]:
    """Screen and keep requests, in one native call and one transaction, and give their answers, which may then be sent.

    `standing` are the clearances of the home. Nobody else writes while the transaction lasts: what can be done before
    it is.

    An entry whose key was used before gets the earlier answer, which `same` holds against its own request: it costs
    its neighbours nothing.
    """
    from interdiction.store import access, audit, decisions, webhooks

    questions = [one for entry in entries for one in entry.questions]
    answers = screened(engine, force, [one.party for one in questions])
    decide_with = partial(_found, engine, force, questions, answers, on=on, stale=stale)
    clearing = standing.last
    of = _shared(entries, decide_with(clearing))
    given: list[Answered | None] = []
    numbers: dict[int, list[int]] = {}
    with writer.transaction() as connection:
        now = standing.read(connection, at)
        if now is not clearing:
            of = _shared(entries, decide_with(now))
        given = [access.answer(connection, one.caller, one.key) if one.key is not None else None for one in entries]
        fresh = [at for at, before in enumerate(given) if before is None]
        found = [one for at in fresh for one in of[at]]
        if found:
            note_configuration(engine.home, connection, at)
            data = b"".join(to_json(one.question) + b"\n" for one in found)
            kept = decisions.keep(connection, data, INPUT)
            run = decisions.begin(connection, _run(engine, force, kept, at, on, stale))
            records = [_record(run, place, one) for place, one in enumerate(found)]
            added = decisions.add(connection, records)
            _raise_alerts(engine, connection, records, found, added, at)
            told = [
                (f"D-{number}", {"decision": f"D-{number}", "result": one.result, "hits": len(of_it.decision.hits)})
                for number, one, of_it in zip(added, records, found, strict=True)
                if of_it.decision.hits
            ]
            webhooks.tell(connection, Event.DECISION, told, at)
            decisions.end(connection, RunEnd(run.number, len(found), len(found), len(found)))
            left = iter(added)
            numbers = {entry: [next(left) for _ in of[entry]] for entry in fresh}
        audit.log(connection, _narrowings([(entries[one], numbers[one]) for one in numbers], at))
        for entry in fresh:
            if entries[entry].key is not None:
                given[entry] = one = _answered(entries[entry], of[entry], numbers.get(entry, []), at)
                access.remember(connection, one)
    return [
        before or _answered(entry, of[place], numbers.get(place, []), at)
        for place, (entry, before) in enumerate(zip(entries, given, strict=True))
    ]


def _raise_alerts(
    engine: Engine,
    connection: sa.Connection,
    records: Sequence[Record],
    found: Sequence[Found],
    numbers: list[int],
    at: datetime,
) -> None:
    """Let what was hit become cases, as it does wherever decisions are kept."""
    hit = [place for place, one in enumerate(found) if asks(one.decision)]
    if not hit:
        return
    alarm = Alarm(engine.home)
    alerts = {place: alarm.of(records[place], found[place].decision, COMMAND) for place in hit}
    alarm.raise_(connection, numbered(alerts, numbers), at)


def _narrowings(kept: Iterable[tuple[Entry, Sequence[int]]], at: datetime) -> list[Deed]:
    """Say in the log what callers did not want to see of what was decided on: once for all that they left out alike."""
    found: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for entry, numbers in kept:
        left_out = tuple(dict.fromkeys(words for one in entry.questions for words in one.narrowed))
        if left_out:
            found.setdefault((entry.caller, entry.questions[0].by, left_out), []).extend(numbers)
    return [
        Deed(
            at,
            AuditKind.REQUEST_NARROWED,
            caller,
            {"narrowed": left_out, "decisions": [f"D-{number}" for number in numbers]},
            by,
        )
        for (caller, by, left_out), numbers in found.items()
    ]


def _shared(entries: Sequence[Entry], found: Sequence[Found]) -> list[list[Found]]:
    """Give each request what was found for its own questions."""
    left = iter(found)
    return [[next(left) for _ in entry.questions] for entry in entries]


def _answered(entry: Entry, found: Sequence[Found], numbers: Sequence[int], at: datetime) -> Answered:
    return Answered(entry.caller, entry.key or "", entry.sha256, 200, entry.answer(found, numbers), at)


def remembered(home: Home, caller: str, key: str) -> Answered | None:
    """Give what was answered to a request of this caller under this key."""
    from interdiction.store import access

    with home.reading() as reader:
        return access.answer(reader.connection, caller, key)


def same(before: Answered, sha256: str) -> Answered:
    """Give an earlier answer again. Raises `UsageError` (`key-reused`) where it answered another request."""
    if before.sha256 != sha256:
        raise UsageError(
            "this idempotency key came with another request",
            where="Idempotency-Key",
            mend="make a new key for a new request; send the same bytes again for the same one",
            code="key-reused",
        )
    return before


def _run(engine: Engine, force: Force, kept: KeptFile, at: datetime, on: date, stale: Sequence[str]) -> Run:
    institution = engine.policy.institution
    return Run(
        command=COMMAND,
        at=at,
        on=on,
        input=kept,
        asked=Asked(),
        editions=tuple(EditionUsed(one.edition, one.sha256) for one in force.editions),
        institution=institution.name or institution.kind,
        stale=tuple(stale),
    )


def _record(run: Run, place: int, one: Found) -> Record:
    return Record(
        run=run.number,
        place=place,
        subject=Subject.CUSTOMER,
        name=one.decision.customer,
        result=one.decision.consequence.value,
        at=run.at,
        decision=msgspec.Raw(to_json(one.decision)),
        row=row_of_party(one.decision.customer, one.question.party) if one.decision.hits else {},
        suppressed=one.screened.suppressed,
    )


def question_at(data: bytes, place: int) -> Question:
    """Give a question of a kept input by its place."""
    return from_json(data.splitlines()[place], Question)
