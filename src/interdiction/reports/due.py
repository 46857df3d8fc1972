"""What is owed: every report that a decision, an entry or a day of the year asks for, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec

from interdiction.ledger import Held, standing
from interdiction.model import Disposition, Entry, Filing, Record
from interdiction.reports.facts import State, leaving, opened
from interdiction.reports.kinds import Exempt, Kind, Of, kinds


class Stage(StrEnum):
    """How far a report has come."""

    OWED = "owed"
    MADE = "made"
    FILED = "filed"
    EXCEPTED = "excepted"


class Owed(msgspec.Struct, frozen=True, omit_defaults=True):
    """One report that is owed for one thing. `by` is null where the rule says as soon as practicable."""

    kind: str
    subject: str
    since: date
    by: date | None
    stage: Stage
    rule: str
    to: str
    why: str
    filings: tuple[str, ...] = ()
    late: bool = False
    gaps: int = 0
    """Fields that were not known when the report was filed: a supplement is owed."""


def owed(state: State, on: date) -> list[Owed]:
    """Give every report that is or was owed by the end of `on`, the earliest deadline first."""
    found = [
        _placed(kind, subject, since, why, exempt, state, on)
        for kind in kinds().values()
        for subject, since, why, exempt in _causes(kind, state, on)
        if since >= kind.since or kind.of is Of.HELD
    ]
    return sorted(found, key=lambda one: (one.by or one.since, one.kind, _number(one.subject)))


_Cause = tuple[str, date, str, Exempt | None]


def _causes(kind: Kind, state: State, on: date) -> Iterator[_Cause]:
    match kind.of:
        case Of.BLOCKED:
            yield from _blocked(kind, state, retained=False)
        case Of.RETAINED:
            yield from _blocked(kind, state, retained=True)
        case Of.REJECTED:
            for record, _ in state.each():
                if record.result == Disposition.REJECT.value and kind.law in laws(record, state):
                    yield record.id, record.decided().on, f"{record.id} rejected {record.name}", None
        case Of.LEFT:
            for held in _under(state, kind.law):
                for entry in leaving(held):
                    exempt = _exempt(kind, entry)
                    what = f"{entry.step.value} of {held.id}"
                    yield f"E-{entry.number}", entry.on, what, exempt
        case Of.HELD:
            yield from _yearly(kind, state, on)


def _blocked(kind: Kind, state: State, *, retained: bool) -> Iterator[_Cause]:
    """Each property is one report; a decision that holds and is not in the ledger yet is owed all the same."""
    for held in _under(state, kind.law):
        if held.what.retained == retained:
            yield held.id, held.what.blocked_on, f"{held.id} was blocked by {held.decision}", None
    wanted = Disposition.RETAIN.value if retained else Disposition.BLOCK.value
    for record, ids in state.each():
        freeze = not retained and record.result == "freeze"
        if (record.result == wanted or freeze) and not state.entered(ids) and kind.law in laws(record, state):
            why = f"{record.id} says {record.result} for {record.name}, and nothing of it is in the ledger"
            yield record.id, record.decided().on, why, None


def _yearly(kind: Kind, state: State, on: date) -> Iterator[_Cause]:
    days = [held.what.blocked_on for held in _under(state, kind.law)]
    if not days:
        return
    before = False
    for year in range(min(days).year, on.year + 1):
        day = kind.day_of(year)
        if day > on or day < kind.since:
            continue
        items = [one for one in standing(state.held, day) if one.what.regime == kind.law]
        nil = kind.nil_after_report and before and not items
        if items or nil:
            why = f"{len(items)} held on {day}" if items else f"nothing held on {day}, and a report the year before"
            yield day.isoformat(), day, why, None
        before = bool(items)


def _exempt(kind: Kind, entry: Entry) -> Exempt | None:
    for one in kind.exceptions:
        asked = one.unless_licence_asks and entry.licence_asks_report
        if one.ground is entry.ground and entry.on >= one.since and not asked:
            return one
    return None


def _under(state: State, law: str) -> list[Held]:
    return [one for one in state.held if one.what.regime == law and opened(one)]


def laws(record: Record, state: State) -> frozenset[str]:
    """Give the laws that bind us for a decision: those of the institution, and what it says itself of its own law."""
    decided = record.decided()
    reach = getattr(decided, "reach", ())
    return state.laws | {one.law for one in reach if one.own}


def _placed(kind: Kind, subject: str, since: date, why: str, exempt: Exempt | None, state: State, on: date) -> Owed:
    held = state.property(subject)
    named = {subject, held.decision} if held is not None else {subject}
    about = [one for one in state.filings if one.kind == kind.id and named & set(one.subjects)]
    filed = [one for one in about if one.number in state.filed]
    by = kind.due_by(since)
    stage = Stage.EXCEPTED if exempt else Stage.FILED if filed else Stage.MADE if about else Stage.OWED
    counted = kind.counted(since, by) if by else "as soon as practicable"
    return Owed(
        kind=kind.id,
        subject=subject,
        since=since,
        by=by,
        stage=stage,
        rule=kind.cited,
        to=kind.to,
        why=f"{why}: {exempt.why}" if exempt else "; ".join(filter(None, (why, counted))),
        filings=tuple(one.id for one in about),
        late=by is not None and on > by and stage in {Stage.OWED, Stage.MADE},
        gaps=len(_last(filed).gaps) if filed else 0,
    )


def _last(filings: list[Filing]) -> Filing:
    return max(filings, key=lambda one: one.number)


def _number(subject: str) -> int:
    digits = subject.partition("-")[2]
    return int(digits) if digits.isdigit() else 0
