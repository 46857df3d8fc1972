"""The routes of the audit log: what was logged, one entry as it was written, and whether the whole log holds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from interdiction.api.answers import answer, envelope
from interdiction.api.clock import now
from interdiction.api.kinds import Serving, Word, in_thread
from interdiction.api.permits import EVERYBODY, allow
from interdiction.engine import audit
from interdiction.model.access import Role, Scope
from interdiction.model.audit import AuditKind

_LARGEST = (1 << 62) - 1
"""No log has as many entries, and no store holds a larger number."""
LOOKING = EVERYBODY - {Role.VIEWER}
Before = Annotated[int | None, QueryParameter(ge=1, le=_LARGEST, description="The number to go on from.")]
Most = Annotated[int, QueryParameter(ge=1, le=1000, description="How many, the latest first.")]


@get("/v1/audit", opt=allow(LOOKING, Scope.AUDIT), tags=["audit"], operation_id="audit", summary="What was logged")
@in_thread
def listed(
    service: Serving,
    kind: FromQuery[AuditKind | None] = None,
    about: Word = None,
    by: Word = None,
    since: FromQuery[datetime | None] = None,
    before: Before = None,
    most: Most = 100,
) -> Response[bytes]:
    """Give entries, the latest first; `before` is the number to go on from."""
    found = audit.entries(
        service.hall.engine.home, kind=kind, about=about, by=by, since=since, before=before, most=most
    )
    return answer(envelope("audit.list", None, now().date(), (), found))


@get(
    "/v1/audit/verify", opt=allow(LOOKING, Scope.AUDIT), tags=["audit"], operation_id="verify",
    summary="Verify the whole log",
)  # fmt: skip
@in_thread
def verify(service: Serving) -> Response[bytes]:
    """Verify the log against itself and its checkpoints; every fault is located."""
    return answer(envelope("audit.verify", None, now().date(), (), audit.verify(service.hall.engine.home)))


@get(
    "/v1/audit/{seq:int}", opt=allow(LOOKING, Scope.AUDIT), tags=["audit"], operation_id="audit_entry",
    summary="One entry as it was written",
)  # fmt: skip
@in_thread
def show(service: Serving, seq: FromPath[int]) -> Response[bytes]:
    """Give one entry in the bytes that were hashed, with its hash."""
    body, digest = audit.entry(service.hall.engine.home, max(0, min(seq, _LARGEST)))
    return answer(envelope("audit.show", None, now().date(), (), {"entry": body.decode(), "hash": digest}))


ROUTES = (listed, verify, show)
