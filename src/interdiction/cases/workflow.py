"""The steps of a case, pure: `step` gives the case after an action and the entry that tells of it, or refuses.

1. Whoever finds that it is them blocks at once; a second person reviews afterwards. Whoever lets go only proposes:
   it is in effect when a second person, never the first, has approved it.
2. A true match is let go of by two people and no other way. An undetermined one stays held and has a request open.
3. Nothing closes by itself: a case is closed by the step of a person that settles its last pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from interdiction.cases import joining, judging, papers
from interdiction.cases.people import named
from interdiction.cases.rules import CaseRules
from interdiction.cases.states import settle
from interdiction.errors import UsageError
from interdiction.model.case import (
    Action,
    Alerted,
    Answered,
    Approved,
    Asked,
    Assigned,
    Attached,
    CarriedOut,
    Case,
    CaseEntry,
    CaseState,
    Commented,
    Decided,
    Declined,
    Drawn,
    ReleaseAsked,
    Reopened,
    Reviewed,
)

_Taken = Callable[[Case, Any, str, datetime, CaseRules], Case]

_STEPS: Final[dict[type, _Taken]] = {
    Assigned: papers.assign,
    Commented: papers.comment,
    Attached: papers.attach,
    Asked: papers.ask,
    Answered: papers.answer,
    Decided: judging.decide,
    ReleaseAsked: judging.ask_release,
    Approved: judging.approve,
    Declined: judging.decline,
    Reopened: judging.reopen,
    Drawn: papers.draw,
    Reviewed: papers.review,
    CarriedOut: papers.carried_out,
}
_WHEN_CLOSED: Final = (Commented, Attached, Reopened, Drawn, Reviewed, CarriedOut)
_BY_NOBODY: Final = (Alerted, Drawn, CarriedOut)
"""What the program does of itself: none of it settles anything."""


def step(
    case: Case | None, action: Action, by: str, at: datetime, rules: CaseRules, *, number: int = 0, sha256: str = ""
) -> tuple[Case, CaseEntry]:
    """Take one step of a case, at an instant; `by` is the person, empty where hits come or a sample is drawn.

    Without a case, hits open number `number`. `sha256` is the hash of the rules, for the entry. Raises `UsageError`:
    `by-required`, `why-required`, `reason-code`, `same-person`, `case-closed`, `not-closed`, `no-such-pair`,
    `waits-for-second`, `nothing-to-approve`, `not-true`, `already-said`, `request-required`, `no-such-request`,
    `request-days`, `not-drawn`, `nothing-said`.
    """
    if isinstance(action, Alerted):
        after = (
            joining.open_case(number, action, at, rules) if case is None else joining.join(_open(case), action, rules)
        )
        who = ""
    else:
        if case is None:
            raise UsageError("there is no case", where="CASE", mend="see interdict cases list", code="unknown-case")
        who = by if isinstance(action, _BY_NOBODY) else named(by, "a step of a case")
        if not isinstance(action, _WHEN_CLOSED):
            _open(case)
        after = _STEPS[type(action)](case, action, who, at, rules)
    if case is not None:
        after = replace(after, version=case.version + 1)
    after = settle(after, at, by_person=not isinstance(action, _BY_NOBODY))
    return after, CaseEntry(after.number, after.version, at, who, action, sha256)


def retold(entries: Iterable[CaseEntry], rules: Callable[[str], CaseRules]) -> Case:
    """Take the steps of a case again, in their order: what comes out is the case.

    `rules` gives those that an entry names by their hash. Raises `UsageError` for a step that could not have been
    taken, and (`unknown-case`) where there is none.
    """
    case: Case | None = None
    for entry in entries:
        case, _ = step(case, entry.action, entry.by, entry.at, rules(entry.rules), number=entry.case)
    if case is None:
        raise UsageError("there is no case", where="CASE", mend="see interdict cases list", code="unknown-case")
    return case


def _open(case: Case) -> Case:
    if case.state is CaseState.CLOSED:
        raise UsageError(
            f"{case.id} is closed", where=case.id, mend=f"interdict cases reopen {case.id}", code="case-closed"
        )
    return case
