"""The routes of monitored books: registered by a file, run, told with the proof that everybody was screened."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter

from interdiction.api.answers import answer, caller_of, envelope, tagged
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, Word, in_thread
from interdiction.api.limits import Pace, too_large, too_slow
from interdiction.api.permits import APPROVING, LOOKING, WORKING, allow
from interdiction.api.service import Service
from interdiction.engine import changed, monitored
from interdiction.errors import InputError, UsageError
from interdiction.model.access import Scope
from interdiction.model.monitored import ControlTotals

LARGEST: Final = 1 << 30
"""Bytes of one book."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}")
Count = Annotated[int | None, QueryParameter(ge=0, le=1 << 40, description="By the control totals of its source.")]
Most = Annotated[int, QueryParameter(ge=1, le=1000, description="How many, the latest first.")]


class RunIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which books to screen, all of them unless said; `whole`: everybody anew, whatever has changed."""

    sources: list[str] = []
    whole: bool = False


class WhyIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The reason of an act."""

    why: str


@get(
    "/v1/book", opt=allow(LOOKING, Scope.BOOK), tags=["book"], operation_id="books", summary="Monitored books",
)  # fmt: skip
@in_thread
def books(service: Serving) -> Response[bytes]:
    """Give every monitored book with its last run, the proof of it, and why it has to be screened."""
    at = now()
    return answer(envelope("book.status", None, at.date(), (), monitored.standing(service.hall.engine.home, at)))


@post(
    "/v1/book", opt=allow(WORKING, Scope.BOOK), status_code=201, tags=["book"], operation_id="add_book",
    summary="Register a book, or its next version",
)  # fmt: skip
async def add(
    request: Request[Any, Any, Any],
    service: Serving,
    source: Word = None,
    file: Word = None,
    owner: Word = None,
    expect: Count = None,
    behind: Count = None,
    kinds: FromQuery[list[str] | None] = None,
    screen: FromQuery[bool] = True,
) -> Response[bytes]:
    """Register the book of the body (CSV, JSON Lines, Parquet, Excel) under `source`, and screen what changed in it.

    `expect`, `behind` and `kinds` (`person:700`) are the control totals of the system it comes from, `owner` who mends
    rows that cannot be screened, `file` what the book is called.
    """
    name = file or "book"
    if _NAME.fullmatch(name) is None:
        raise UsageError(
            f"not a name of a file: {name[:60]!r}", where="file", mend="use letters, digits, dots", code="parameter"
        )
    if not (source or "").strip():
        raise UsageError("no source is named", where="source", mend="name the system it comes from", code="parameter")
    totals = ControlTotals(expect, behind, _kinds(kinds or []))
    by, at, engine = caller_of(request).name, now(), service.hall.engine
    with tempfile.TemporaryDirectory(prefix="interdict-") as folder:
        path = Path(folder) / name
        await _written(request, path, service.config.body_seconds)
        one = await asyncio.to_thread(
            monitored.add, engine.home, path, by=by, at=at, source=source or "", owner=owner or "", totals=totals
        )
    if not screen:
        return answer(envelope("book.add", None, at.date(), (), {"book": one}), 201)
    body = await asyncio.to_thread(_run, service, [one.source], by, "add", book=one)
    return answer(body, 201)


async def _written(request: Request[Any, Any, Any], path: Path, seconds: float) -> None:
    """Write the body to a file, piece by piece; wait for none of them longer than allowed."""
    total, pace = 0, Pace(seconds, monotonic())
    coming = aiter(request.stream())
    with path.open("wb") as whole:
        while True:
            try:
                async with asyncio.timeout(seconds):
                    part = await anext(coming, None)
            except TimeoutError:
                raise too_slow(seconds) from None
            if part is None:
                break
            total += len(part)
            pace.came(len(part), monotonic())
            if total > LARGEST:
                raise too_large(LARGEST)
            whole.write(part)
    if not total:
        raise InputError("there is no book in the body", where="body", mend="send the file", code="body")


def _kinds(texts: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in texts:
        kind, _, count = one.partition(":")
        if not (kind and count.isascii() and count.isdigit() and len(count) < 15):
            raise UsageError(
                f"no total of a kind: {one[:60]!r}", where="kinds", mend="write person:700", code="parameter"
            )
        found[kind] = int(count)
    return found


@post(
    "/v1/book/run", opt=allow(WORKING, Scope.BOOK), status_code=200, tags=["book"], operation_id="run_book",
    summary="Screen monitored books",
)  # fmt: skip
@in_thread
def run(request: Request[Any, Any, Any], service: Serving, data: JSONBody[RunIn]) -> Response[bytes]:
    """Screen what can have changed since the last run and prove that everybody was; an interrupted run goes on."""
    home = service.hall.engine.home
    names = data.sources or [one.source for one in monitored.books(home) if one.removed_at is None]
    return answer(_run(service, names, caller_of(request).name, "run", whole=data.whole))


def _run(service: Service, names: Sequence[str], by: str, command: str, *, whole: bool = False, **more: Any) -> bytes:
    """Screen books one after the other. Raises `UsageError` (`in-progress`) while another request does."""
    engine, answering = service.hall.engine, service.hall.current()
    with engine.home.alone("book") as held:
        if not held:
            raise UsageError(
                "books are being screened", where="/v1/book", mend="ask again when that is done", code="in-progress"
            )
        done = [changed.run(engine, one, clock=now, by=by, whole=whole) for one in names]
    service.metrics.screened(sum(one.ended.screened for one in done), sum(one.ended.hits for one in done))
    today = now().date()
    result = [changed.as_json(one) for one in done]
    alarmed = answering.said_on(today).alarms
    return envelope(f"book.{command}", None, today, answering.force.editions, result, alarmed, **more)


@get(
    "/v1/book/{source:str}", opt=allow(LOOKING, Scope.BOOK), tags=["book"], operation_id="book",
    summary="One monitored book",
)  # fmt: skip
@in_thread
def show(request: Request[Any, Any, Any], service: Serving, source: InPath) -> Response[bytes]:
    """Give how one book stands: what came, what was rejected, the last run and the proof of it."""
    at, home = now(), service.hall.engine.home
    one = monitored.get(home, source)
    (found,) = [standing for standing in monitored.standing(home, at) if standing.book.source == one.source]
    return tagged(request, envelope("book.show", None, at.date(), (), found))


@get(
    "/v1/book/{source:str}/runs", opt=allow(LOOKING, Scope.BOOK), tags=["book"], operation_id="book_runs",
    summary="Runs of a book, each with its proof",
)  # fmt: skip
@in_thread
def runs(service: Serving, source: InPath, most: Most = 30) -> Response[bytes]:
    """Give the last runs: on which editions, how many were read and screened, what was new. Also of a removed book."""
    found = monitored.runs(service.hall.engine.home, source, most)
    shown = [{"begun": begun, "proof": ended} for begun, ended in found]
    return answer(envelope("book.runs", None, now().date(), (), shown))


@post(
    "/v1/book/{source:str}/remove", opt=allow(APPROVING, Scope.BOOK), status_code=200, tags=["book"],
    operation_id="remove_book", summary="End the monitoring of a book",
)  # fmt: skip
@in_thread
def remove(request: Request[Any, Any, Any], service: Serving, source: InPath, data: JSONBody[WhyIn]) -> Response[bytes]:
    """End the monitoring: the customers are deleted, what was proved of them stays."""
    at, by = now(), caller_of(request).name
    done = monitored.remove(service.hall.engine.home, source, by=by, why=data.why, at=at)
    return answer(envelope("book.remove", None, at.date(), (), done))


ROUTES = (books, add, run, show, runs, remove)
