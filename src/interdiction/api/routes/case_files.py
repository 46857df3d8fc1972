"""The routes of a case beside its steps: opened by hand, its files, and what was decided carried out."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.params import JSONBody

from interdiction.api.answers import answer, caller_of, envelope
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, Word, in_thread
from interdiction.api.permits import LOOKING, WORKING, allow
from interdiction.api.recording import stale
from interdiction.engine import casework
from interdiction.engine.records import number_of
from interdiction.errors import InputError, UsageError
from interdiction.model.access import Scope

_LONGEST_NAME: Final = 200


class OpenIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The decision on which a person opens a case."""

    decision: str


@post(
    "/v1/cases", opt=allow(WORKING, Scope.CASES), status_code=201, tags=["cases"], operation_id="open_case",
    summary="Open a case on a decision",
)  # fmt: skip
@in_thread
def open_(service: Serving, data: JSONBody[OpenIn]) -> Response[bytes]:
    """Open a case by hand, or let the hits join the one that is open on their subject."""
    at = now()
    case = casework.open_on(service.hall.engine.home, number_of(data.decision), at)
    return answer(envelope("cases.step", None, at.date(), (), {"case": case, "records": []}), 201)


@post(
    "/v1/cases/{case:str}/files", opt=allow(WORKING, Scope.CASES), status_code=201, tags=["cases"],
    operation_id="attach", summary="Put a file to a case",
)  # fmt: skip
async def attach(request: Request[Any, Any, Any], service: Serving, case: InPath, name: Word = None) -> Response[bytes]:
    """Put the body to a case under a name; its bytes are kept, and its hash stands in the trail."""
    at, called = now(), (name or "").strip()
    if not 0 < len(called) <= _LONGEST_NAME or not called.isprintable() or "/" in called or "\\" in called:
        raise UsageError("not a name of a file", where="name", mend="name it, without a folder", code="parameter")
    body = await request.body()
    if not body:
        raise InputError("there is no file in the body", where="body", mend="send its bytes", code="body")
    done = await asyncio.to_thread(
        casework.attach_bytes,
        service.hall.engine.home,
        number_of(case, "C"),
        called,
        body,
        by=caller_of(request).name,
        at=at,
    )
    result = {"case": done, "file": hashlib.sha256(body).hexdigest()}
    return answer(envelope("cases.step", None, at.date(), (), result), 201)


@get(
    "/v1/cases/{case:str}/files/{sha256:str}", opt=allow(LOOKING, Scope.CASES), tags=["cases"],
    operation_id="attached", summary="A file of a case",
)  # fmt: skip
@in_thread
def attached(service: Serving, case: InPath, sha256: InPath) -> Response[bytes]:
    """Give a file by its hash, always as bytes to be saved: it is somebody else's, and nothing here opens it."""
    _, body = casework.attached(service.hall.engine.home, number_of(case, "C"), sha256)
    headers = {"content-disposition": f'attachment; filename="{sha256[:16]}"', "etag": f'"{sha256}"'}
    return Response(body, media_type="application/octet-stream", headers=headers)


@post(
    "/v1/cases/{case:str}/carry-out", opt=allow(WORKING, Scope.CASES), status_code=200, tags=["cases"],
    operation_id="carry_out", summary="Put into effect what was decided",
)  # fmt: skip
@in_thread
def carry_out(service: Serving, case: InPath) -> Response[bytes]:
    """Put into effect what was decided and could not be, because the service was interrupted; twice does nothing."""
    at = now()
    done, made = casework.carry_out(
        service.hall.engine, number_of(case, "C"), at=at, stale=stale(service, service.hall.current())
    )
    return answer(envelope("cases.step", None, at.date(), (), {"case": done, "records": made}))


ROUTES = (open_, attach, attached, carry_out)
