"""The routes of cases: the queue, one case with its trail, a step of it by the person of the key.

Whoever acts is whom the key or the token names, never whom the body names; the second person is held apart from the
first by the engine itself.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter

from interdiction.api.answers import answer, caller_of, envelope, tagged
from interdiction.api.clock import now
from interdiction.api.door import forbidden
from interdiction.api.kinds import InPath, Serving, Word, in_thread
from interdiction.api.permits import LOOKING, WORKING, allow
from interdiction.api.recording import stale
from interdiction.engine import casework
from interdiction.engine.case_rules import rules_of
from interdiction.engine.records import number_of
from interdiction.errors import UsageError
from interdiction.model.access import Role, Scope
from interdiction.model.case import (
    Answered,
    Approved,
    Asked,
    Assigned,
    CaseState,
    Commented,
    Decided,
    Declined,
    ReleaseAsked,
    Reopened,
    Reviewed,
)

Most = Annotated[int, QueryParameter(ge=1, le=1000, description="How many, the most pressing first.")]
Step = Assigned | Commented | Asked | Answered | Decided | ReleaseAsked | Approved | Declined | Reopened | Reviewed
"""What a person may do in a case; its `type` says which."""
_SECOND = (Approved, Reviewed)


@get(
    "/v1/cases", opt=allow(LOOKING, Scope.CASES), tags=["cases"], operation_id="cases",
    summary="Cases, the most pressing first",
)  # fmt: skip
@in_thread
def queue(
    service: Serving,
    states: FromQuery[list[CaseState] | None] = None,
    subject: Word = None,
    assignee: Word = None,
    most: Most = 100,
) -> Response[bytes]:
    """Give cases in the order in which they should be taken; without `states` those that are not closed."""
    at = now()
    wanted = states or [CaseState.OPEN, CaseState.WAITING, CaseState.ASKED]
    found = casework.queue(service.hall.engine.home, at, states=wanted, subject=subject)
    shown = [one for one in found if assignee is None or one.case.assignee == assignee][:most]
    return answer(envelope("cases.list", None, at.date(), (), shown, count=len(found)))


@get(
    "/v1/cases/reasons", opt=allow(LOOKING, Scope.CASES), tags=["cases"], operation_id="reasons",
    summary="Reasons that may be given",
)  # fmt: skip
@in_thread
def reasons(service: Serving) -> Response[bytes]:
    """Give the codes of reasons, and what each may be given for."""
    rules, _ = rules_of(service.hall.engine.home.path)
    return answer(envelope("cases.reasons", None, now().date(), (), rules.reasons))


@get(
    "/v1/cases/{case:str}", opt=allow(LOOKING, Scope.CASES), tags=["cases"], operation_id="case",
    summary="One case with its trail",
)  # fmt: skip
@in_thread
def show(request: Request[Any, Any, Any], service: Serving, case: InPath) -> Response[bytes]:
    """Give one case: what spoke, every step, earlier cases of the same pairs; its entity tag is its version."""
    at = now()
    found = casework.file_of(service.hall.engine.home, number_of(case, "C"), at)
    body = envelope("cases.show", None, at.date(), (), found)
    return tagged(request, body, _tag(found.case.number, found.case.version))


@post(
    "/v1/cases/{case:str}/steps", opt=allow(WORKING, Scope.CASES), status_code=201, tags=["cases"],
    operation_id="step", summary="Take a step of a case",
)  # fmt: skip
@in_thread
def step(
    request: Request[Any, Any, Any], service: Serving, case: InPath, data: JSONBody[dict[str, Any]]
) -> Response[bytes]:
    """Take one step: `{"type": "decided", "listing": ..., "outcome": "false", "reason": ..., "why": ...}`.

    Types: assigned, commented, asked, answered, decided, release_asked, approved, declined, reopened, reviewed. With
    If-Match (the entity tag of the case) only while nobody else has taken one. Approving is for approvers.
    """
    at, caller, number = now(), caller_of(request), number_of(case, "C")
    action = _read(data)
    if isinstance(action, _SECOND) and caller.role is not Role.APPROVER:
        raise forbidden(caller)
    engine = service.hall.engine
    done = casework.take(engine.home, number, action, by=caller.name, at=at, seen=_seen(request, number))
    records: list[Any] = []
    if done.pending:
        done, made = casework.carry_out(engine, number, at=at, stale=stale(service, service.hall.current()))
        records = list(made)
    body = envelope("cases.step", None, at.date(), (), {"case": done, "records": records})
    return answer(body, 201, {"etag": f'"{_tag(number, done.version)}"'})


def _read(data: dict[str, Any]) -> Step:
    try:
        found: Step = msgspec.convert(data, Step)
    except msgspec.ValidationError as error:
        raise UsageError(f"not a step: {error}", where="body", mend="see /openapi.json", code="parameter") from error
    return found


def _tag(number: int, version: int) -> str:
    return f"C-{number}.{version}"


def _seen(request: Request[Any, Any, Any], number: int) -> int | None:
    """Give the version that a caller saw. Raises `UsageError` (`changed`) for a tag of something else."""
    wanted = request.headers.get("if-match")
    if wanted is None:
        return None
    head, _, version = wanted.strip().strip('"').rpartition(".")
    if head != f"C-{number}" or not (version.isascii() and version.isdigit()):
        raise UsageError(
            f"the tag is not one of C-{number}", where="If-Match", mend="send the ETag it came with", code="changed"
        )
    return int(version)


ROUTES = (queue, reasons, show, step)
