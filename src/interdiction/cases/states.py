"""What a case waits for, told by its pairs alone."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from interdiction.model import Outcome
from interdiction.model.case import Case, CasePair, CaseState


def to_review(pair: CasePair) -> bool:
    """Say whether a pair was found true and nobody has reviewed that yet; what a rule found still needs a person."""
    return pair.outcome is Outcome.TRUE and not pair.settled and not pair.second and pair.proposal is None


def settle(case: Case, at: datetime, *, by_person: bool) -> Case:
    """Give the case with the state that its pairs are in.

    Only the step of a person closes: what comes or is carried out by the program leaves a case as open as it was.
    """
    if all(pair.settled for pair in case.pairs):
        if case.state is CaseState.CLOSED or not by_person:
            return case
        return replace(case, state=CaseState.CLOSED, closed_at=at)
    return replace(case, state=_waiting_for(case), closed_at=None)


def _waiting_for(case: Case) -> CaseState:
    left = [pair for pair in case.pairs if not pair.settled]
    if any(pair.proposal is None and pair.outcome in {Outcome.UNCONFIRMED, Outcome.FALSE} for pair in left):
        return CaseState.OPEN
    if any(pair.proposal is not None or (to_review(pair) and (pair.by or pair.rule)) for pair in left):
        return CaseState.WAITING
    if any(pair.outcome is Outcome.TRUE for pair in left):
        return CaseState.OPEN
    return CaseState.ASKED if any(not one.answer for one in case.requests) else CaseState.OPEN
