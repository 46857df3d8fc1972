"""Which case first: what misses its day soonest, then what is gravest, then what has waited longest."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import IntEnum

import msgspec

from interdiction.cases.joining import gravest
from interdiction.model import Band, Outcome
from interdiction.model.case import Case, CaseState

_SOON = timedelta(hours=1)


class Level(IntEnum):
    """How much a case presses; 1 is taken first."""

    NOW = 1
    """Its time is over, or its payment misses the day within the hour."""
    GRAVE = 2
    """Somebody was found to be listed, or everything agrees."""
    HIGH = 3
    ORDINARY = 4
    RESTING = 5
    """It waits for an answer that is not due yet, or it is closed."""


class Priority(msgspec.Struct, frozen=True, order=True):
    """The place of a case in the queue: cases sort by it as it stands."""

    level: Level
    due: datetime
    opened_at: datetime
    number: int
    why: str


def priority(case: Case, at: datetime) -> Priority:
    """Give the priority of a case at an instant, with why in words."""
    due, level, why = case.due, Level.ORDINARY, "a possible hit"
    left = [pair for pair in case.pairs if not pair.settled]
    asked = [one.due for one in case.requests if not one.answer]
    if case.state is CaseState.CLOSED or not left:
        level, why = Level.RESTING, "closed" if case.state is CaseState.CLOSED else "settled"
    elif case.state is CaseState.ASKED and asked and min(asked) > at:
        due, level, why = min(asked), Level.RESTING, "waits for an answer"
    elif case.state is CaseState.ASKED and asked:
        due, level, why = min(asked), Level.NOW, "the answer asked for is overdue"
    elif case.cut_off is not None and at <= case.cut_off <= at + _SOON:
        due, level, why = case.cut_off, Level.NOW, "misses its day within the hour"
    elif due <= at:
        level, why = Level.NOW, "overdue"
    elif any(pair.outcome is Outcome.TRUE for pair in left):
        level, why = Level.GRAVE, "somebody was found to be listed"
    elif gravest(left) is Band.CERTAIN:
        level, why = Level.GRAVE, "everything agrees"
    elif gravest(left) is Band.STRONG:
        level, why = Level.HIGH, "a strong hit"
    elif not any(pair.basis for pair in left):
        why = "something was not read"
    return Priority(level, due, case.opened_at, case.number, why)
