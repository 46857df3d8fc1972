"""A decision that follows another: with what people said of a hit, or the same question asked again now.

The decision before is not changed. The input is screened again against what is in force now, so that nothing is
released which a later edition lists; where the first question was of a day of the past, that day's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from interdiction.cases.judging import takes_two
from interdiction.cases.people import another
from interdiction.engine.case_rules import rules_of
from interdiction.engine.drawn import Drawn
from interdiction.engine.records import Recorder, kept
from interdiction.engine.replay import Again, Inputs, again, facts_of
from interdiction.engine.standing import refuse_superseded
from interdiction.errors import UsageError
from interdiction.model import CustomerDecision, Decision, EditionUsed, Judged, Outcome, Record, Run, to_json
from interdiction.model.case import CaseKind
from interdiction.model.signed import require_signed

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine


def confirm(
    engine: Engine,
    number: int,
    listing: str,
    outcome: Outcome,
    *,
    by: str,
    why: str,
    at: datetime,
    second: str = "",
    stale: Sequence[str] = (),
) -> Record:
    """Keep a new decision that follows decision `number`: what a person says of one of its hits.

    What lets go needs the second person who approved it. `stale` are the lists that are. Raises `UsageError`:
    `by-required`, `why-required`, `superseded`, `no-such-hit`, `second-required`, `same-person`.
    """
    require_signed("an outcome", by, why)
    with kept(engine.home) as decisions:
        record = decisions.get(number)
        refuse_superseded(decisions, record, listing)
    if second:
        another(second, by, "letting go")
    elif needs_second(engine, record, listing, outcome):
        raise UsageError(
            f"letting go of {record.name} needs a second person",
            where=record.id,
            mend=f"work on it in its case: interdict cases open {record.id}",
            code="second-required",
        )
    judged = (
        *(one for one in record.judged if one.listing != listing),
        Judged(listing, outcome, by.strip(), at, why.strip(), second.strip()),
    )
    return follow(engine, record, judged, command="confirm", by=by, at=at, stale=stale)


def release(
    engine: Engine,
    number: int,
    listing: str,
    *,
    licence: str,
    by: str,
    second: str,
    why: str,
    at: datetime,
    stale: Sequence[str] = (),
) -> Record:
    """Keep a new decision on a true match that two people let go of: under a licence, or because it is listed no more.

    It stays true that it is them: whether it is released is what the rules say of what is in force now, with the
    licence.
    Raises `UsageError` (`superseded`, `same-person`).
    """
    another(second, by, "a release")
    with kept(engine.home) as decisions:
        record = decisions.get(number)
        refuse_superseded(decisions, record)
    if licence:
        facts = msgspec.structs.replace(facts_of(record), by=by.strip(), licence=licence)
        record = msgspec.structs.replace(record, facts=to_json(facts).decode("utf-8"))
    judged = (
        *(one for one in record.judged if one.listing != listing),
        Judged(listing, Outcome.TRUE, by.strip(), at, why.strip(), second.strip()),
    )
    return follow(engine, record, judged, command="release", by=by, at=at, stale=stale)


def look_again(engine: Engine, number: int, *, by: str, at: datetime, kind: CaseKind) -> tuple[Record, set[int]]:
    """Keep a new decision on what was decided before we knew what we know now; give it with the cases it opened."""
    with kept(engine.home) as decisions:
        record = decisions.get(number)
        refuse_superseded(decisions, record)
    return _followed(engine, record, record.judged, command="lookback", by=by, at=at, kind=kind)


def needs_second(engine: Engine, record: Record, listing: str, outcome: Outcome) -> bool:
    """Say whether an outcome lets go of something that one person may not let go of."""
    decided = record.decided()
    rules, _ = rules_of(engine.home.path)
    return takes_two(
        outcome,
        [hit.band for hit in decided.hits if hit.listing == listing],
        rules,
        found_true=any(one.listing == listing and one.outcome is Outcome.TRUE for one in decided.reasons),
    )


def follow(
    engine: Engine,
    record: Record,
    judged: Sequence[Judged],
    *,
    command: str,
    by: str,
    at: datetime,
    stale: Sequence[str] = (),
) -> Record:
    """Decide again on what a decision is about, with what people said, and keep the new decision after it."""
    return _followed(engine, record, judged, command=command, by=by, at=at, stale=stale)[0]


def _followed(
    engine: Engine,
    record: Record,
    judged: Sequence[Judged],
    *,
    command: str,
    by: str,
    at: datetime,
    stale: Sequence[str] = (),
    kind: CaseKind = CaseKind.HIT,
) -> tuple[Record, set[int]]:
    with kept(engine.home) as decisions:
        run = decisions.run(record.run)
        data = decisions.file(run.input.sha256)
    asked = run.asked
    force = engine.force(asked.as_of, known_at=asked.known_at, lists=asked.lists)
    here = Run(
        command=command,
        at=at,
        on=asked.as_of or at.date(),
        input=run.input,
        asked=asked,
        editions=tuple(EditionUsed(one.edition, one.sha256) for one in force.editions),
        institution=engine.policy.institution.name or engine.policy.institution.kind,
        stale=tuple(stale),
        by=by.strip(),
    )
    drawn = Drawn.of(engine.home, engine.policy.licences, without=record.number)
    found = again(engine, force, here, record, Inputs(run, data), judged, drawn.amounts())
    recorder = Recorder(engine.home, here, data, kind=kind)
    _keep(recorder, record, found, judged, drawn)
    recorder.end(read=1, screened=1)
    with kept(engine.home) as decisions:
        return decisions.get(recorder.numbers[0]), recorder.cases


def _keep(recorder: Recorder, record: Record, found: Again, judged: Sequence[Judged], drawn: Drawn) -> None:
    if isinstance(found.decision, Decision) and found.payment is not None:
        recorder.payment(
            record.place,
            found.payment,
            found.decision,
            suppressed=found.suppressed,
            judged=judged,
            facts=facts_of(record),
            follows=record.number,
            drawn=drawn,
        )
    elif isinstance(found.decision, CustomerDecision):
        recorder.customer(
            record.place,
            found.row,
            found.decision,
            suppressed=found.suppressed,
            judged=judged,
            follows=record.number,
        )
