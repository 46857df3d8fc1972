"""The routes that screen parties: one, several, and recorded ones."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from litestar import Request, Response, post
from litestar.params import JSONBody

from interdiction.api.answering import Answering
from interdiction.api.answers import answer, caller_of, envelope
from interdiction.api.clock import now
from interdiction.api.kinds import Serving
from interdiction.api.parties import CheckIn, ScreenIn
from interdiction.api.permits import LOOKING, allow
from interdiction.api.recording import Repeatable, may_record, recorded
from interdiction.api.service import Service
from interdiction.engine.recorded import Found
from interdiction.engine.together import together
from interdiction.errors import UsageError
from interdiction.model import Hit, Party
from interdiction.model.access import Scope
from interdiction.names.thresholds import Channel
from interdiction.screening.notes import notes
from interdiction.screening.screener import Screened, cut_short

MOST_PARTIES: Final = 10_000
"""Parties of one request; more go through the stream."""


@post(
    "/v1/check", opt=allow(LOOKING, Scope.SCREEN), status_code=200, tags=["screening"], operation_id="check",
    summary="Screen one party",
)  # fmt: skip
async def check(request: Request[Any, Any, Any], service: Serving, data: JSONBody[CheckIn]) -> Response[bytes]:
    """Screen one party: its hits, best first, each with everything that spoke for and against."""
    party = data.party.party()
    if data.record:
        return await _kept(request, service, [party], data, "check")
    answering, screened = await asyncio.to_thread(_screened, service, [party], data)
    (one,) = screened
    today = now().date()
    problems = [*answering.said_on(data.as_of or today).alarms, *one.problems]
    if one.truncated:
        problems.append(cut_short())
    body = envelope(
        "check",
        data.as_of,
        data.as_of or today,
        answering.force.editions,
        one.hits,
        problems,
        notes=notes(one.hits),
        suppressed=one.suppressed,
        clusters=together(answering.force, one.hits),
        thresholds=str(service.hall.engine.thresholds(Channel.CHECK, data.threshold)),
    )
    return answer(body)


@post(
    "/v1/screen", opt=allow(LOOKING, Scope.SCREEN), status_code=200, tags=["screening"], operation_id="screen",
    summary="Screen several parties",
)  # fmt: skip
async def screen(request: Request[Any, Any, Any], service: Serving, data: JSONBody[ScreenIn]) -> Response[bytes]:
    """Screen several parties in one native call; the answers are in the order of the questions."""
    if not 0 < len(data.parties) <= MOST_PARTIES:
        raise UsageError(
            f"{len(data.parties)} parties cannot be asked at once",
            where="parties",
            mend=f"send 1 to {MOST_PARTIES}, or stream them to /v1/screen/stream",
            code="too-many-queries",
        )
    parties = [one.party() for one in data.parties]
    if data.record:
        return await _kept(request, service, parties, data, "screen")
    answering, screened = await asyncio.to_thread(_screened, service, parties, data)
    today = now().date()
    return answer(
        envelope(
            "screen",
            data.as_of,
            data.as_of or today,
            answering.force.editions,
            _answers(parties, screened),
            answering.said_on(data.as_of or today).alarms,
            thresholds=str(service.hall.engine.thresholds(Channel.CHECK, data.threshold)),
        )
    )


def _screened(service: Service, parties: Sequence[Party], data: CheckIn | ScreenIn) -> tuple[Answering, list[Screened]]:
    answering = service.hall.on(data.as_of.isoformat() if data.as_of else None)
    threshold = service.hall.engine.thresholds(Channel.CHECK, data.threshold)
    screened = answering.force.screener.screen(parties, threshold=threshold)
    if data.lists:
        wanted = frozenset[str]().union(*(answering.scope(name) for name in data.lists))
        screened = [narrowed(one, wanted) for one in screened]
    service.metrics.screened(len(parties), sum(len(one.hits) for one in screened))
    return answering, screened


def narrowed(one: Screened, lists: frozenset[str]) -> Screened:
    """Give an answer with the hits of some lists alone."""

    def of_them(hits: Sequence[Hit]) -> tuple[Hit, ...]:
        return tuple(hit for hit in hits if hit.listing.partition(":")[0] in lists)

    return Screened(of_them(one.hits), of_them(one.suppressed), one.truncated, one.problems)


def _answers(parties: Sequence[Party], screened: Sequence[Screened]) -> list[dict[str, Any]]:
    return [
        {
            "query_id": party.id or str(at),
            "hits": one.hits,
            "suppressed": one.suppressed,
            "truncated": one.truncated,
            "problems": one.problems,
        }
        for at, (party, one) in enumerate(zip(parties, screened, strict=True), start=1)
    ]


async def _kept(
    request: Request[Any, Any, Any],
    service: Service,
    parties: Sequence[Party],
    data: CheckIn | ScreenIn,
    command: str,
) -> Response[bytes]:
    """Decide at the policy's floor against every list in force, keep it, and answer then."""
    caller = caller_of(request)
    may_record(caller)
    if data.as_of is not None:
        raise UsageError(
            "a day of the past is not decided on now", where="as_of", mend="leave out as_of or record", code="as-of"
        )
    answering = service.hall.current()
    lists = frozenset[str]().union(*(answering.scope(name) for name in data.lists)) if data.lists else None
    repeatable = Repeatable(caller, request.headers.get("idempotency-key"), command.encode(), await request.body())

    def given(found: Sequence[Found], numbers: Sequence[int]) -> bytes:
        today: date = now().date()
        shown = [narrowed(one.screened, lists) if lists is not None else one.screened for one in found]
        return envelope(
            f"{command}.recorded",
            None,
            today,
            answering.force.editions,
            [
                {**said, "decision": f"D-{number}", "consequence": one.decision.consequence,
                 "sentence": one.decision.sentence, "reasons": one.decision.reasons}
                for said, number, one in zip(_answers(parties, shown), numbers, found, strict=True)
            ],
            answering.said_on(today).alarms,
            thresholds=str(service.hall.engine.thresholds(Channel.CHECK)),
        )  # fmt: skip

    return answer(await recorded(service, answering, repeatable, parties, _left_out(data), given))


def _left_out(data: CheckIn | ScreenIn) -> list[str]:
    """Name what a caller asked to see less of; what is decided on is all the same everything."""
    said = [f"lists={','.join(data.lists)}"] if data.lists else []
    return [*said, *([f"threshold={data.threshold:g}"] if data.threshold is not None else [])]


ROUTES = (check, screen)
