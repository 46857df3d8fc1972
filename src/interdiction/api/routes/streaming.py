"""The route for many parties: JSON Lines or an Arrow stream in, the hits in the same form out.

1. What comes in is screened while it comes; memory grows with the hits, not with the parties.
2. The answer begins when the last party has come: a client that sends everything before it reads cannot be stuck.
3. The last line says how many parties were read, screened and not read: a caller holds it against its own count.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

import msgspec
from litestar import Request, Response, post
from litestar.response import Stream

from interdiction.api.answering import Answering
from interdiction.api.clock import now
from interdiction.api.kinds import Serving, Word
from interdiction.api.limits import too_large, too_slow
from interdiction.api.parties import PartyIn
from interdiction.api.permits import LOOKING, allow
from interdiction.api.service import Service
from interdiction.errors import InputError, InterdictError
from interdiction.model import Party, Problem, to_json
from interdiction.model.access import Scope
from interdiction.names.batch import party_batch
from interdiction.names.thresholds import Channel, Thresholds
from interdiction.screening.asked import problems

ARROW: Final = "application/vnd.apache.arrow.stream"
LINES: Final = ("application/x-ndjson", "application/jsonl", "application/json-lines")
LARGEST: Final = 4 << 30
"""Bytes of one stream."""
_PIECE: Final = 4096
"""Parties screened together."""
_IN_MEMORY: Final = 16 << 20
_LONGEST_LINE: Final = 1 << 20
_READ: Final = 1 << 16
_PARTY: Final = msgspec.json.Decoder(PartyIn)


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
        with SpooledTemporaryFile(_IN_MEMORY) as whole:
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
        lines.out.close()
        raise
    return Stream(_given(lines.out), media_type=LINES[0])


async def _parts(request: Request[Any, Any, Any], seconds: float) -> AsyncIterator[bytes]:
    """Give the body in parts of a useful size; wait for none of them longer than allowed."""
    held, size, total = [], 0, 0
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
        if total > LARGEST:
            raise too_large(LARGEST)
        if size >= _READ * 8:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


class Lines:
    """Parties in lines: read, screened a piece at a time, answered by the lines of those who have hits."""

    def __init__(self, service: Service, answering: Answering, day: date) -> None:
        self._service, self._answering, self._day = service, answering, day
        self._threshold: Thresholds = service.hall.engine.thresholds(Channel.BOOK)
        self._editions = {key: one.edition for key, one in answering.editions.items()}
        self.out: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when it was sent
        self._waiting: list[tuple[int, Party]] = []
        self._line = self._read = self._screened = self._hits = 0

    def take(self, data: bytes) -> bytes:
        """Read the lines that are whole, and give what is left of the last one."""
        whole, line_end, rest = data.rpartition(b"\n")
        if line_end:
            for line in whole.split(b"\n"):
                self._one(line)
        if len(rest) > _LONGEST_LINE:
            raise InputError(
                f"line {self._line + 1} has more than {_LONGEST_LINE:,} bytes", where="body",
                mend="end each party with a line end", code="too-large",
            )  # fmt: skip
        return rest

    def end(self, rest: bytes) -> None:
        """Read the last line, screen what waits, and say how it came out."""
        self._one(rest)
        self._screen()
        said = self._answering.said_on(self._day)
        self._write(
            {
                "end": True,
                "read": self._read,
                "screened": self._screened,
                "unread": self._read - self._screened,
                "hits": self._hits,
                "thresholds": str(self._threshold),
                "editions": said.editions,
                "problems": said.alarms,
            }
        )
        self.out.seek(0)

    def _one(self, line: bytes) -> None:
        self._line += 1
        if not line.strip():
            return
        self._read += 1
        try:
            party = _PARTY.decode(line).party()
        except InterdictError as error:
            self._unread(error.message, error.mend, line)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            self._unread(f"the line is no party: {error}", 'write {"id": "1", "names": ["a name"]}', line)
        else:
            self._waiting.append((self._line, party))
            if len(self._waiting) >= _PIECE:
                self._screen()

    def _unread(self, message: str, mend: str, line: bytes) -> None:
        text = line[:80].decode("utf-8", "replace")
        self._write(
            {"line": self._line, "problems": [Problem("bad-row", message, line=self._line, text=text, mend=mend)]}
        )

    def _screen(self) -> None:
        some, self._waiting = self._waiting, []
        if not some:
            return
        parties = [party for _, party in some]
        ids = [party.id or str(line) for line, party in some]
        found = self._answering.force.screener.screen_batch(party_batch(parties), ids, threshold=self._threshold)
        self._screened += len(some)
        hits = 0
        for at, (line, party) in enumerate(some):
            answer, said = found.get(at), problems(party)
            if answer is None and not said:
                continue
            shown: dict[str, Any] = {"line": line, "query_id": ids[at]}
            if answer is not None:
                shown |= {"hits": answer.hits, "suppressed": answer.suppressed, "truncated": answer.truncated}
                hits += len(answer.hits)
            self._write(shown | {"problems": said})
        self._hits += hits
        self._service.metrics.screened(len(some), hits)

    def _write(self, value: object) -> None:
        self.out.write(to_json(value) + b"\n")


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
    out: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when it was sent
    table_of(book, hits).write_ipc_stream(out)
    out.seek(0)
    return out


async def _given(out: IO[bytes]) -> AsyncIterator[bytes]:
    with out, suppress(asyncio.CancelledError):
        while part := out.read(_READ):
            yield part


ROUTES = (stream,)
