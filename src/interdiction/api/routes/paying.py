"""The route of payments: messages and files of every format that `interdict pay` reads, decided on."""

from __future__ import annotations

import re
import tempfile
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from litestar import Request, Response, post
from litestar.params import FromQuery

from interdiction.api.answers import answer, caller_of, envelope
from interdiction.api.clock import now
from interdiction.api.kinds import Serving, Switch, Word
from interdiction.api.permits import LOOKING, allow
from interdiction.api.recording import may_record, stale
from interdiction.api.service import Service
from interdiction.engine.decide import payment as decided_on
from interdiction.engine.drawn import Drawn
from interdiction.engine.payment import screen_stream
from interdiction.engine.records import recording
from interdiction.engine.replay import suppressed_of
from interdiction.engine.resubmitted import Resubmissions
from interdiction.errors import UsageError
from interdiction.model import Asked, Hit, Problem
from interdiction.model.access import Scope

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
    answered.
    """
    import asyncio

    if record:
        may_record(caller_of(request))
    file = name or "message"
    if _NAME.fullmatch(file) is None:
        raise UsageError(
            f"not a name of a file: {file[:60]!r}", where="name", mend="use letters, digits, dots", code="parameter"
        )
    body = await request.body()
    if not body.strip():
        raise UsageError("there is no payment in the body", where="body", mend="send the message", code="no-queries")
    return answer(await asyncio.to_thread(_decided, service, body, file, at, as_of, record=record))


def _decided(
    service: Service, body: bytes, name: str, moment: datetime | None, as_of: date | None, *, record: bool
) -> bytes:
    from interdiction import payments as formats

    at, engine = now(), service.hall.engine
    on = as_of or (moment.date() if moment else None)
    answering = service.hall.on(on.isoformat() if on else None)
    day = on or at.date()
    alarmed, aged = answering.said_on(day).alarms, stale(service, answering)
    with tempfile.TemporaryDirectory(prefix="interdict-") as folder:
        path = Path(folder) / name
        path.write_bytes(body)
        reading = formats.stream(path if path.suffix else body, name=name)
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
        )
        earlier, decisions, numbers = Resubmissions.of(engine.home, at), [], []
        suppressed: list[tuple[Hit, ...]] = []
        problems: list[Problem] = []
        drawn = Drawn.of(engine.home, engine.policy.licences) if record else None
        with keep if record else nullcontext() as recorder:
            found = screen_stream(engine, answering.force, reading.payments)
            for place, one in enumerate(map(earlier.marked, found)):
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
            if recorder is not None:
                recorder.end(read=len(decisions), screened=len(decisions))
                numbers = [f"D-{number}" for number in recorder.numbers]
        problems = [*alarmed, *reading.problems]
    service.metrics.screened(len(decisions), sum(len(one.hits) for one in decisions))
    more: dict[str, Any] = {"records": numbers} if record else {}
    return envelope("pay", as_of, day, answering.force.editions, decisions, problems, suppressed=suppressed, **more)


ROUTES = (payments,)
