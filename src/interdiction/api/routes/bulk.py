"""The routes for many cases at once: identical hits closed and approved together, a sample looked at again."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import JSONBody, QueryParameter

from interdiction.api.answers import answer, caller_of, envelope
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, in_thread
from interdiction.api.permits import APPROVING, LOOKING, WORKING, allow
from interdiction.api.recording import stale
from interdiction.engine import casework
from interdiction.engine.records import number_of
from interdiction.errors import UsageError
from interdiction.model.access import Scope
from interdiction.model.case import Approved

Listing = Annotated[str, QueryParameter(max_length=300, description="The listing of the hit, such as ofac-sdn:9345.")]


class SameIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That none of the cases of a preview is the listed party; `accept` is the hash that came with the preview."""

    listing: str
    accept: str
    why: str
    reason: str = "in-words"


class ApprovalIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That everything proposed under one preview is approved."""

    same: str
    why: str


class SampleIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A draw of closed cases: its name, and the share of them (that of cases.yml unless said)."""

    name: str
    share: float | None = None


@get(
    "/v1/cases/{case:str}/same", opt=allow(LOOKING, Scope.CASES), tags=["cases"], operation_id="same",
    summary="Open cases on which exactly the same speaks",
)  # fmt: skip
@in_thread
def preview(service: Serving, case: InPath, listing: Listing) -> Response[bytes]:
    """Show what closing together would close, with the hash that has to be given back."""
    found = casework.same_as(service.hall.engine.home, number_of(case, "C"), listing)
    return answer(envelope("cases.close-same", None, now().date(), (), found))


@post(
    "/v1/cases/{case:str}/same", opt=allow(WORKING, Scope.CASES), status_code=201, tags=["cases"],
    operation_id="close_same", summary="Say of all of them that it is not them",
)  # fmt: skip
@in_thread
def close(request: Request[Any, Any, Any], service: Serving, case: InPath, data: JSONBody[SameIn]) -> Response[bytes]:
    """Propose all cases of a preview as false; they wait for a second person. 409 where one changed meanwhile."""
    at = now()
    done = casework.close_same(
        service.hall.engine.home,
        number_of(case, "C"),
        data.listing,
        accept=data.accept,
        reason=data.reason,
        why=data.why,
        by=caller_of(request).name,
        at=at,
    )
    return answer(envelope("cases.close-same", None, at.date(), (), done), 201)


@post(
    "/v1/cases/approvals", opt=allow(APPROVING, Scope.CASES), status_code=201, tags=["cases"],
    operation_id="approve_same", summary="Approve what was proposed together",
)  # fmt: skip
@in_thread
def approve(request: Request[Any, Any, Any], service: Serving, data: JSONBody[ApprovalIn]) -> Response[bytes]:
    """Approve everything that was proposed under one preview and still waits: all of it, or none."""
    at, engine = now(), service.hall.engine
    waiting = casework.proposed_together(engine.home, data.same.strip())
    if not waiting:
        raise UsageError(
            "nothing waits under that preview", where="same", mend="see GET /v1/cases?states=waiting",
            code="nothing-to-approve",
        )  # fmt: skip
    steps = [(case.number, Approved(listing, data.why)) for case, listing in waiting]
    taken = casework.take_all(engine.home, steps, by=caller_of(request).name, at=at)
    aged, done = stale(service, service.hall.current()), []
    for case in {one.number: one for one in taken}.values():
        now_is, records = casework.carry_out(engine, case.number, at=at, stale=aged)
        done.append({"case": now_is, "records": records})
    return answer(envelope("cases.approve", None, at.date(), (), done), 201)


@post(
    "/v1/cases/sample", opt=allow(WORKING, Scope.CASES), status_code=201, tags=["cases"],
    operation_id="sample", summary="Draw closed cases to be looked at again",
)  # fmt: skip
@in_thread
def sample(request: Request[Any, Any, Any], service: Serving, data: JSONBody[SampleIn]) -> Response[bytes]:
    """Draw by hash: the same name draws the same cases. Looking again is the step `reviewed`, by who had no part."""
    at = now()
    found = casework.draw(service.hall.engine.home, data.name, at=at, by=caller_of(request).name, share=data.share)
    return answer(envelope("cases.sample", None, at.date(), (), found), 201)


ROUTES = (preview, close, approve, sample)
