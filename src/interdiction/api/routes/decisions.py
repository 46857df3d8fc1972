"""The routes of decisions that were kept: find them, show one whole, say of a hit whether it is them."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import JSONBody, QueryParameter

from interdiction.api.answers import answer, caller_of, envelope, tagged
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, Switch, Word, in_thread
from interdiction.api.permits import LOOKING, WORKING, allow
from interdiction.api.recording import stale
from interdiction.engine.casework import carry_out, case_of, open_on, take
from interdiction.engine.records import kept, number_of
from interdiction.engine.standing import last_after, refuse_superseded
from interdiction.errors import UsageError
from interdiction.model import Outcome
from interdiction.model.access import Scope
from interdiction.model.case import Decided

Most = Annotated[int, QueryParameter(ge=1, le=1000, description="How many, the newest.")]


class OutcomeIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a hit is the party: true, false or undetermined, with the reason."""

    listing: str
    outcome: Outcome
    why: str
    reason: str = "in-words"
    """A code of `GET /v1/cases/reasons`."""


@get(
    "/v1/decisions", opt=allow(LOOKING, Scope.DECISIONS), tags=["decisions"],
    operation_id="decisions", summary="Decisions that were kept",
)  # fmt: skip
@in_thread
def listed(
    service: Serving, name: Word = None, result: Word = None, every: Switch = False, most: Most = 100
) -> Response[bytes]:
    """Give decisions of one payment or customer, or of one result; those that still stand, unless `every`."""
    with kept(service.hall.engine.home) as decisions:
        found = list(decisions.records(name=name, result=result, last=not every))[-most:]
    return answer(envelope("decisions.list", None, now().date(), (), found))


@get(
    "/v1/decisions/{decision:str}", opt=allow(LOOKING, Scope.DECISIONS), tags=["decisions"],
    operation_id="decision", summary="One decision whole",
)  # fmt: skip
@in_thread
def show(request: Request[Any, Any, Any], service: Serving, decision: InPath) -> Response[bytes]:
    """Give one decision with its run and what stands before and after; its entity tag changes when one follows it."""
    with kept(service.hall.engine.home) as decisions:
        record = decisions.get(number_of(decision))
        run, chain = decisions.run(record.run), decisions.chain(record.number)
        later = decisions.following(record.number)
    result = {
        "record": record,
        "run": run,
        "follows": [one.id for one in chain[:-1]],
        "followed_by": later.id if later else None,
    }
    body = envelope("decisions.show", run.asked.as_of, now().date(), (), result)
    return tagged(request, body, _tag(record.number, later.number if later else None))


@post(
    "/v1/decisions/{decision:str}/outcomes", opt=allow(WORKING, Scope.DECISIONS),
    status_code=201, tags=["decisions"], operation_id="outcome", summary="Say of a hit whether it is them",
)  # fmt: skip
@in_thread
def say(
    request: Request[Any, Any, Any], service: Serving, decision: InPath, data: JSONBody[OutcomeIn]
) -> Response[bytes]:
    """Say of one hit whether it is them, in its case: what blocks counts at once, what lets go waits for a second.

    With If-Match only while nothing else has followed.
    """
    number, engine = number_of(decision), service.hall.engine
    wanted = request.headers.get("if-match")
    if wanted is not None:
        with kept(engine.home) as decisions:
            later = decisions.following(decisions.get(number).number)
        if wanted.strip() != f'"{_tag(number, later.number if later else None)}"':
            raise UsageError(
                f"D-{number} is not as it was when it was read",
                where="If-Match",
                mend="read it again",
                code="changed",
            )
    at, by = now(), caller_of(request).name
    with kept(engine.home) as decisions:
        record = decisions.get(number)
        refuse_superseded(decisions, record, data.listing)
    case = case_of(engine.home, record, data.listing) or open_on(engine.home, number, at)
    said = Decided(data.listing, data.outcome, data.reason, data.why)
    case = take(engine.home, case.number, said, by=by, at=at)
    if case.pending:
        case, _ = carry_out(engine, case.number, at=at, stale=stale(service, service.hall.current()))
    with kept(engine.home) as decisions:
        record = last_after(decisions, record)
    return answer(envelope("decisions.confirm", None, at.date(), (), record, case=case), 201)


def _tag(number: int, later: int | None) -> str:
    return f"D-{number}.{later or 0}"


ROUTES = (listed, show, say)
