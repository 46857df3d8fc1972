"""The routes of clearances: pairs that two people found false and that are not alerted again until a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import JSONBody

from interdiction.api.answers import answer, caller_of, envelope, expected, mark_of, tagged
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, in_thread
from interdiction.api.permits import APPROVING, LOOKING, WORKING, allow
from interdiction.engine import clearances
from interdiction.engine.records import number_of
from interdiction.errors import UsageError
from interdiction.model.access import Scope
from interdiction.model.clearance import Clearance


class ClearanceIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What clearance is asked for: of a pair that two people found false in a case."""

    case: str
    listing: str
    reason: str
    why: str
    role: str = ""
    expires: date | None = None


class WhyIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The reason of an act."""

    why: str


@get(
    "/v1/clearances", opt=allow(LOOKING, Scope.CASES), tags=["cases"], operation_id="clearances",
    summary="Clearances",
)  # fmt: skip
@in_thread
def cleared(service: Serving) -> Response[bytes]:
    """Give every clearance there ever was."""
    found = clearances.clearances(service.hall.engine.home)
    return answer(envelope("clearances.list", None, now().date(), (), found))


@get("/v1/clearances/{clearance:str}", opt=allow(LOOKING, Scope.CASES), tags=["cases"], operation_id="clearance",
     summary="One clearance")  # fmt: skip
@in_thread
def show(request: Request[Any, Any, Any], service: Serving, clearance: InPath) -> Response[bytes]:
    """Give one clearance; its entity tag changes with each step of it."""
    found = _one(service, number_of(clearance, "CL"))
    return tagged(request, envelope("clearances.show", None, now().date(), (), found), mark_of(found))


def _one(service: Serving, number: int) -> Clearance:
    for one in clearances.clearances(service.hall.engine.home):
        if one.number == number:
            return one
    raise UsageError(f"no clearance has the number {number}", where=f"CL-{number}",
                     mend="GET /v1/clearances names them", code="unknown-clearance")  # fmt: skip


@post(
    "/v1/clearances", opt=allow(WORKING, Scope.CASES), status_code=201, tags=["cases"], operation_id="ask_clearance",
    summary="Ask for a clearance",
)  # fmt: skip
@in_thread
def clear(request: Request[Any, Any, Any], service: Serving, data: JSONBody[ClearanceIn]) -> Response[bytes]:
    """Ask that a pair which two people found false is not alerted again until a day; a second person approves it."""
    at = now()
    made = clearances.ask(
        service.hall.engine,
        number_of(data.case, "C"),
        data.listing,
        by=caller_of(request).name,
        at=at,
        reason=data.reason,
        why=data.why,
        role=data.role,
        expires=data.expires,
    )
    return answer(envelope("clearances.step", None, at.date(), (), made), 201)


@post(
    "/v1/clearances/{clearance:str}/approve", opt=allow(APPROVING, Scope.CASES), status_code=200, tags=["cases"],
    operation_id="approve_clearance", summary="Approve a clearance",
)  # fmt: skip
@in_thread
def approve(
    request: Request[Any, Any, Any], service: Serving, clearance: InPath, data: JSONBody[WhyIn]
) -> Response[bytes]:
    """Bring a clearance into force: a second person."""
    at, by, number = now(), caller_of(request).name, number_of(clearance, "CL")
    expected(request, mark_of(_one(service, number)))
    done = clearances.approve(service.hall.engine.home, number, by=by, why=data.why, at=at)
    return answer(envelope("clearances.step", None, at.date(), (), done))


@post(
    "/v1/clearances/{clearance:str}/revoke", opt=allow(WORKING, Scope.CASES), status_code=200, tags=["cases"],
    operation_id="revoke_clearance", summary="End a clearance",
)  # fmt: skip
@in_thread
def revoke(
    request: Request[Any, Any, Any], service: Serving, clearance: InPath, data: JSONBody[WhyIn]
) -> Response[bytes]:
    """End a clearance at once: one person is enough to look again."""
    at, by, number = now(), caller_of(request).name, number_of(clearance, "CL")
    expected(request, mark_of(_one(service, number)))
    done = clearances.revoke(service.hall.engine.home, number, by=by, why=data.why, at=at)
    return answer(envelope("clearances.step", None, at.date(), (), done))


ROUTES = (cleared, show, clear, approve, revoke)
