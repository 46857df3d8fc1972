"""The route for many parties: JSON Lines or an Arrow stream in, the hits in the same form out.

1. What comes in is screened while it comes; memory grows with the hits, not with the parties.
2. The answer begins when the last party has come: a client that sends everything before it reads cannot be stuck.
3. The last line says how many parties were read, screened and not read: a caller holds it against its own count.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import IO, Any, Final

from litestar import Request, Response, post
from litestar.response import Stream

from interdiction.api.answering import Answering
from interdiction.api.clock import now
from interdiction.api.kinds import Serving, Word
from interdiction.api.limits import Pace, too_large, too_slow
from interdiction.api.lines import IN_MEMORY, Lines
from interdiction.api.permits import LOOKING, allow
from interdiction.api.service import Service
from interdiction.errors import InputError
from interdiction.model.access import Scope
from interdiction.names.thresholds import Channel

ARROW: Final = "application/vnd.apache.arrow.stream"
LINES: Final = ("application/x-ndjson", "application/jsonl", "application/json-lines")
LARGEST: Final = 4 << 30
"""Bytes of one stream."""
_READ: Final = 1 << 16


@post(
    "/v1/screen/stream", opt=allow(LOOKING, Scope.SCREEN), status_code=200, tags=["screening"],
    operation_id="screen_stream", summary="Screen a stream of parties",
)  # fmt: skip
async def stream(request: Request[Any, Any, Any], service: Serving, as_of: Word = None) -> Response[Any]:
    """Screen a stream: a party in each line, or an Arrow table whose columns are recognised as those of a book."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {ARROW, *LINES}:
        raise InputError(
            f"no stream of parties comes as {kind[:60] or 'nothing'!r}",
            where="Content-Type",
            mend=f"send {LINES[0]} or {ARROW}",
            code="media-type",
        )
    answering = await asyncio.to_thread(service.hall.on, as_of)
    if kind == ARROW:
        with SpooledTemporaryFile(IN_MEMORY) as whole:
            async for part in _parts(request, service.config.body_seconds):
                whole.write(part)
            whole.seek(0)
            out = await asyncio.to_thread(_table, service, answering, whole)
        return Stream(_given(out), media_type=ARROW)
    lines = Lines(service, answering, now().date())
    rest = b""
    try:
        async for part in _parts(request, service.config.body_seconds):
            rest = await asyncio.to_thread(lines.take, rest + part)
        await asyncio.to_thread(lines.end, rest)
    except BaseException:
        lines.give_up()
        raise
    return Stream(_given(lines.out), media_type=LINES[0])


async def _parts(request: Request[Any, Any, Any], seconds: float) -> AsyncIterator[bytes]:
    """Give the body in parts of a useful size; wait for none of them longer than allowed."""
    held, size, total, pace = [], 0, 0, Pace(seconds, monotonic())
    coming = aiter(request.stream())
    while True:
        try:
            async with asyncio.timeout(seconds):
                part = await anext(coming, None)
        except TimeoutError:
            raise too_slow(seconds) from None
        if part is None:
            break
        held.append(part)
        size += len(part)
        total += len(part)
        pace.came(len(part), monotonic())
        if total > LARGEST:
            raise too_large(LARGEST)
        if size >= _READ * 8:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def _table(service: Service, answering: Answering, whole: IO[bytes]) -> IO[bytes]:
    """Screen an Arrow stream; the answer is a table of hits as `screen_many` gives it."""
    import polars as pl

    from interdiction.engine.book import BookHits, table_of
    from interdiction.tables import book_of

    try:
        frame = pl.read_ipc_stream(whole.read())
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise InputError(
            f"not an Arrow stream: {error}", where="body", mend="write an IPC stream", code="body"
        ) from error
    book = book_of(frame)
    threshold = service.hall.engine.thresholds(Channel.BOOK)
    ids, found = book.columns["id"], []
    for _, answers in answering.force.screener.screen_stream(book.columns, ids, threshold=threshold):
        found += [(at, one.hits) for at, one in answers.items() if one.hits]
    hits = BookHits(book.columns.height, tuple(found), answering.force.editions, tuple(book.problems), threshold)
    service.metrics.screened(book.columns.height, sum(len(some) for _, some in found))
    out: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it was sent
    table_of(book, hits).write_ipc_stream(out)
    out.seek(0)
    return out


async def _given(out: IO[bytes]) -> AsyncIterator[bytes]:
    with out, suppress(asyncio.CancelledError):
        while part := out.read(_READ):
            yield part


ROUTES = (stream,)
