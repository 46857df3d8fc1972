"""The routes of the lists: what is in force and how old it is, one listing with its life, what changed between days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import FromQuery, QueryParameter

from interdiction.api.answers import answer, envelope, tagged
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, in_thread
from interdiction.api.permits import EVERYBODY, LOOKING, allow
from interdiction.engine import editions
from interdiction.model.access import Scope

From = Annotated[date, QueryParameter(name="from", description="The last edition of that day or before.")]
To = Annotated[date, QueryParameter(name="to", description="The last edition of that day or before.")]


@get(
    "/v1/lists", opt=allow(EVERYBODY, Scope.LISTS), tags=["lists"], operation_id="lists",
    summary="Lists in force",
)  # fmt: skip
@in_thread
def status(request: Request[Any, Any, Any], service: Serving) -> Response[bytes]:
    """Give every list with its edition, its age, and what somebody has to decide about it."""
    at, engine = now(), service.hall.engine
    found = editions.status(engine.home, at, max_age_days=engine.config.max_age_days)
    named = [editions.named(row.edition, at.date()) for row in found.lists]
    return tagged(request, envelope("lists.status", None, at.date(), named, found))


@get(
    "/v1/lists/listings/{listing:str}", opt=allow(LOOKING, Scope.LISTS), tags=["lists"],
    operation_id="listing", summary="One listing with its life",
)  # fmt: skip
@in_thread
def show(service: Serving, listing: InPath, as_of: FromQuery[date | None] = None) -> Response[bytes]:
    """Give one listing as it stands, or stood, and every state it ever had; also where it has left its list."""
    today = now().date()
    shown = editions.show(service.hall.engine.home, listing, as_of, today=today)
    return answer(envelope("lists.show", as_of, as_of or today, [shown.edition], shown))


@get(
    "/v1/lists/{key:str}/diff", opt=allow(LOOKING, Scope.LISTS), tags=["lists"],
    operation_id="diff", summary="What changed between two days",
)  # fmt: skip
@in_thread
def diff(service: Serving, key: InPath, earlier: From, later: To) -> Response[bytes]:
    """Give what was added, amended with its fields, and removed."""
    report = editions.diff(service.hall.engine.home, key, earlier, later)
    return answer(envelope("lists.diff", later, later, report.editions, report.result, report.problems))


ROUTES = (status, show, diff)
