"""The route of payments: messages and files of every format that `interdict pay` reads, decided on."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from litestar import Request, Response, post
from litestar.params import FromQuery

from interdiction.api.answers import answer, caller_of, envelope
from interdiction.api.clock import now
from interdiction.api.kinds import Serving, Switch, Word
from interdiction.api.permits import LOOKING, allow
from interdiction.api.recording import Repeatable, may_record, stale
from interdiction.api.service import Service
from interdiction.engine.clearing import Clearing, clear_payment
from interdiction.engine.decide import payment as decided_on
from interdiction.engine.drawn import Drawn
from interdiction.engine.once import claim, unclaim
from interdiction.engine.payment import screen_stream
from interdiction.engine.records import recording
from interdiction.engine.replay import suppressed_of
from interdiction.engine.resubmitted import Resubmissions
from interdiction.errors import UsageError
from interdiction.model import Asked, Decision, Hit
from interdiction.model.access import Answered, Scope

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}")


@post(
    "/v1/payments", opt=allow(LOOKING, Scope.PAYMENTS), status_code=200, tags=["payments"], operation_id="payments",
    summary="Decide on payments",
)  # fmt: skip
async def payments(
    request: Request[Any, Any, Any],
    service: Serving,
    name: Word = None,
    at: FromQuery[datetime | None] = None,
    as_of: FromQuery[date | None] = None,
    record: Switch = False,
) -> Response[bytes]:
    """Decide on the payments of the body: an ISO 20022, SWIFT or NACHA message, or a table (`name` has its ending).

    `at` is the instant decided for. With `record` each decision is kept with the bytes it was given on, and only then
    answered; with an Idempotency-Key it is kept once and answered in the same bytes however often it is sent.
    """
    file = name or "message"
    if _NAME.fullmatch(file) is None:
        raise UsageError(
            f"not a name of a file: {file[:60]!r}", where="name", mend="use letters, digits, dots", code="parameter"
        )
    body = await request.body()
    if not body.strip():
        raise UsageError("there is no payment in the body", where="body", mend="send the message", code="no-queries")
    asked = Payments(body, file, at, as_of)
    if not record:
        return answer(await asyncio.to_thread(_decided, service, asked, None))
    caller = caller_of(request)
    may_record(caller)
    key = request.headers.get("idempotency-key")
    query: bytes = request.scope["query_string"]
    repeatable = Repeatable(caller, key, b"payments", query, body)
    return answer(await asyncio.to_thread(_once, service, asked, repeatable))


class Payments(msgspec.Struct, frozen=True):
    """What somebody asked about: the bytes, what they are called, and the instant or the day they are decided for."""

    body: bytes
    name: str
    moment: datetime | None
    as_of: date | None


def _once(service: Service, asked: Payments, repeatable: Repeatable) -> bytes:
    """Decide and keep; the same request under the same key is kept once and answered in the same bytes."""
    home, caller, key = service.hall.engine.home, repeatable.caller, repeatable.key
    if key is None:
        return _decided(service, asked, repeatable)
    before = claim(home, caller.id, key, repeatable.sha256, now())
    if before is not None:
        return before.body
    try:
        return _decided(service, asked, repeatable)
    except BaseException:
        unclaim(home, caller.id, key)
        raise


def _decided(service: Service, asked: Payments, repeatable: Repeatable | None) -> bytes:
    """Decide on payments, and keep the decisions where somebody is to be answered for it."""
    from interdiction import payments as formats

    at, engine, moment = now(), service.hall.engine, asked.moment
    on = asked.as_of or (moment.date() if moment else None)
    answering = service.hall.on(on.isoformat() if on else None)
    day = on or at.date()
    alarmed, aged = answering.said_on(day).alarms, stale(service, answering)
    decisions: list[Decision] = []
    suppressed: list[tuple[Hit, ...]] = []
    with tempfile.TemporaryDirectory(prefix="interdict-") as folder:
        path = Path(folder) / asked.name
        path.write_bytes(asked.body)
        reading = formats.stream(path if path.suffix else asked.body, name=asked.name)
        earlier = Resubmissions.of(engine.home, at)
        drawn = Drawn.of(engine.home, engine.policy.licences) if repeatable is not None else None

        def said(**more: Any) -> bytes:
            problems = [*alarmed, *reading.problems]
            editions = answering.force.editions
            return envelope("pay", asked.as_of, day, editions, decisions, problems, suppressed=suppressed, **more)

        def answered(numbers: Sequence[int]) -> Answered:
            caller, key = (repeatable.caller.id, repeatable.key) if repeatable is not None else ("", None)
            sha256 = repeatable.sha256 if repeatable is not None else ""
            return Answered(caller, key or "", sha256, 200, said(records=[f"D-{one}" for one in numbers]), now())

        keep = recording(
            engine.home,
            path,
            command="serve",
            at=at,
            on=day,
            asked=Asked(on, at=moment),
            force=answering.force,
            policy=engine.policy,
            stale=aged,
            by=repeatable.caller.name if repeatable is not None else "",
        )
        clearing = Clearing.of(engine.home, at)
        with keep if repeatable is not None else nullcontext() as recorder:
            found = screen_stream(engine, answering.force, reading.payments)
            for place, marked in enumerate(map(earlier.marked, found)):
                one = marked if on is not None else clear_payment(clearing, answering.force, marked)
                decided = decided_on(
                    answering.force,
                    engine.policy,
                    one,
                    on=day,
                    at=moment,
                    stale=aged,
                    problems=reading.problems,
                    used=drawn.amounts() if drawn is not None else None,
                )
                below = suppressed_of(one)
                if recorder is not None:
                    recorder.payment(place, one.payment, decided, suppressed=below, drawn=drawn)
                earlier.learn(one.payment, decided)
                decisions.append(decided)
                suppressed.append(below)
            service.metrics.screened(len(decisions), sum(len(one.hits) for one in decisions))
            if recorder is None or repeatable is None:
                return said()
            count = len(decisions)
            if repeatable.key is None:
                recorder.end(read=count, screened=count)
                return said(records=[f"D-{one}" for one in recorder.numbers])
            given = recorder.end(read=count, screened=count, answered=answered)
            return given.body if given is not None else b""


ROUTES = (payments,)
