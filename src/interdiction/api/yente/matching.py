"""The route of `/match`: its description, and the same answer as the short way through the door."""

from __future__ import annotations

from litestar import Request, Response, post
from litestar.datastructures import State

from interdiction.api.kinds import InPath, Serving
from interdiction.api.permits import EVERYBODY, allow
from interdiction.api.yente.asking import match_answer
from interdiction.model.access import Caller, Scope


@post(
    "/match/{dataset:str}",
    opt=allow(EVERYBODY, Scope.SCREEN),
    status_code=200,
    tags=["compatible"],
    summary="Queries by example",
    operation_id="match",
)
async def match(request: Request[None, None, State], service: Serving, dataset: InPath) -> Response[bytes]:
    """Screen up to 100 queries in one call: `{"queries": {"q1": {"schema": "Person", "properties": {...}}}}`."""
    caller: Caller = request.scope["state"]["caller"]
    key = request.headers.get("idempotency-key")
    answer, count = await match_answer(
        service, dataset, request.scope["query_string"], await request.body(), caller, key
    )
    return Response(answer, media_type="application/json", headers={"x-batch-size": str(count)})


ROUTES = (match,)
