"""The steps of a case that judge nothing: who has it, what was written, asked and attached, and looking at it again."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from interdiction.cases.judging import acted, reopen
from interdiction.cases.people import said
from interdiction.cases.rules import CaseRules
from interdiction.errors import UsageError
from interdiction.model.case import (
    Answered,
    Asked,
    Assigned,
    Attached,
    Attachment,
    CarriedOut,
    Case,
    CaseState,
    Commented,
    Drawn,
    InformationRequest,
    Reopened,
    Reviewed,
)


def assign(case: Case, action: Assigned, by: str, at: datetime, rules: CaseRules) -> Case:
    """Give the case to somebody, or to nobody."""
    del by, at, rules
    return replace(case, assignee=" ".join(action.to.split()))


def comment(case: Case, action: Commented, by: str, at: datetime, rules: CaseRules) -> Case:
    """Write something down; the words stand in the entry."""
    del by, at, rules
    said(action.text, "a comment")
    return replace(case, comments=case.comments + 1)


def attach(case: Case, action: Attached, by: str, at: datetime, rules: CaseRules) -> Case:
    """Put a file to the case."""
    del rules
    return replace(case, attachments=(*case.attachments, Attachment(action.name, action.sha256, action.size, by, at)))


def ask(case: Case, action: Asked, by: str, at: datetime, rules: CaseRules) -> Case:
    """Ask somebody for something, with the day by which the answer is due."""
    days = action.days or rules.request_days
    if not 0 < days <= rules.most_request_days:
        raise UsageError(
            f"an answer is not due in {days} days",
            where="--days",
            mend=f"write 1 to {rules.most_request_days}",
            code="request-days",
        )
    said(action.of, "a request for information")
    said(action.text, "a request for information")
    made = InformationRequest(
        len(case.requests) + 1, action.of.strip(), action.text.strip(), by, at, at + timedelta(days=days)
    )
    return replace(case, requests=(*case.requests, made))


def answer(case: Case, action: Answered, by: str, at: datetime, rules: CaseRules) -> Case:
    """Put an answer to its request; what it means is for somebody to say."""
    del rules
    text = said(action.text, "an answer")
    open_ = [one for one in case.requests if one.number == action.request and not one.answer]
    if not open_:
        raise UsageError(
            f"no request {action.request} is open in {case.id}",
            where="REQUEST",
            mend=f"interdict cases show {case.id} numbers them",
            code="no-such-request",
        )
    done = replace(open_[0], answer=text, answered_by=by, answered_at=at)
    return replace(case, requests=tuple(done if one.number == done.number else one for one in case.requests))


def draw(case: Case, action: Drawn, by: str, at: datetime, rules: CaseRules) -> Case:
    """Draw a closed case into a sample."""
    del by, at, rules
    if case.state is not CaseState.CLOSED:
        raise UsageError(f"{case.id} is not closed", where=case.id, mend="draw closed cases", code="not-closed")
    return replace(case, drawn=action.sample)


def review(case: Case, action: Reviewed, by: str, at: datetime, rules: CaseRules) -> Case:
    """Look at a drawn case again; who disagrees opens it again. Raises `UsageError` (`not-drawn`, `same-person`)."""
    if not case.drawn:
        raise UsageError(
            f"{case.id} was not drawn to be looked at again",
            where=case.id,
            mend="interdict cases sample draws some",
            code="not-drawn",
        )
    said(action.why, "a review")
    if acted(case, by):
        raise UsageError(
            f"{by} had a part in {case.id}",
            where="--by",
            mend="let somebody look who had none",
            code="same-person",
        )
    after = replace(case, drawn="", reviewed=(*case.reviewed, by))
    if action.agrees or case.state is not CaseState.CLOSED:
        return after
    return reopen(after, Reopened(action.why), by, at, rules)


def carried_out(case: Case, action: CarriedOut, by: str, at: datetime, rules: CaseRules) -> Case:
    """Note the decisions that were made because of a pair; the next ones follow them."""
    del by, at, rules
    pairs = tuple(
        replace(pair, records=tuple(dict.fromkeys((*pair.records, *action.records))))
        if pair.listing == action.listing
        else pair
        for pair in case.pairs
    )
    left = tuple(one for one in case.pending if one.listing != action.listing)
    return replace(case, pairs=pairs, pending=left)
