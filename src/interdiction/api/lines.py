"""Parties in lines, screened while they come: read in one thread, judged in pieces on every core, answered in order.

1. A piece is judged while the next ones are read; memory grows with the hits, not with the parties.
2. Answers come in the order of their lines, whatever the number of threads.
3. The last line says how many parties were read, screened and not read: a caller holds it against its own count.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

import msgspec

from interdiction.api.answering import Answering
from interdiction.api.parties import PartyIn
from interdiction.api.plain import row
from interdiction.api.service import Service
from interdiction.errors import InputError, InterdictError
from interdiction.model import Party, Problem, to_json
from interdiction.names.batch import COLUMNS, batch_of, columns_of
from interdiction.names.thresholds import Channel, Thresholds
from interdiction.screening.asked import problems

LONGEST_LINE: Final = 1 << 20
IN_MEMORY: Final = 16 << 20
"""Bytes of an answer that are held in memory; what is more waits on the disk."""
_PIECE: Final = 1024
"""Lines judged together: enough to be worth a thread's turn."""
_AHEAD: Final = 2
"""Pieces that wait for each thread: then reading waits too."""
_PARTY: Final = msgspec.json.Decoder(PartyIn)
_COLUMNS: Final = COLUMNS[1:]


class _Piece:
    """Some lines: the parties of them in columns, and what else is to be said of lines."""

    def __init__(self) -> None:
        self.columns: dict[str, list[object]] = {name: [] for name in _COLUMNS}
        self._appends = [self.columns[name].append for name in _COLUMNS]
        self.lines: list[int] = []
        self.ids: list[str] = []
        self.problems: dict[int, tuple[Problem, ...]] = {}
        """By the place of the party in the columns."""
        self.said: dict[int, bytes] = {}
        """Of lines that could not be read, by their number."""

    def __len__(self) -> int:
        return len(self.lines) + len(self.said)

    def take(self, line: int, given: PartyIn) -> None:
        """Take the party of a line. Raises what `PartyIn.party` raises: then nothing was taken."""
        plain = row(given)
        if plain is None:
            self._odd(given.party())
        else:
            for append, value in zip(self._appends, plain, strict=True):
                append(value)
        self.lines.append(line)
        self.ids.append(given.id or str(line))

    def _odd(self, party: Party) -> None:
        for name, values in columns_of([party]).items():
            self.columns[name] += values
        if about := problems(party):
            self.problems[len(self.lines)] = about


class Lines:
    """A stream of parties in lines; what is said of them is in `out`. Close it, whatever happens."""

    def __init__(self, service: Service, answering: Answering, day: date) -> None:
        self._service, self._answering, self._day = service, answering, day
        self._threshold: Thresholds = service.hall.engine.thresholds(Channel.BOOK)
        self.out: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it was sent
        self._piece = _Piece()
        threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(threads, "screen")
        self._most = threads * (1 + _AHEAD)
        self._judged: deque[Future[tuple[int, int, list[bytes]]]] = deque()
        self._line = self._read = self._screened = self._hits = 0

    def take(self, data: bytes) -> bytes:
        """Read the lines that are whole, and give what is left of the last one."""
        whole, line_end, rest = data.rpartition(b"\n")
        if line_end:
            for line in whole.split(b"\n"):
                self._one(line)
        if len(rest) > LONGEST_LINE:
            raise InputError(
                f"line {self._line + 1} has more than {LONGEST_LINE:,} bytes", where="body",
                mend="end each party with a line end", code="too-large",
            )  # fmt: skip
        return rest

    def end(self, rest: bytes) -> None:
        """Read the last line, wait for what is being judged, and say how it came out."""
        self._one(rest)
        self._send()
        while self._judged:
            self._collect()
        self._pool.shutdown()
        said = self._answering.said_on(self._day)
        self.out.write(
            _line(
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
        )
        self.out.seek(0)

    def give_up(self) -> None:
        """Let go of everything; what is being judged ends with its piece."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self.out.close()

    def _one(self, line: bytes) -> None:
        self._line += 1
        if not line.strip():
            return
        self._read += 1
        try:
            self._piece.take(self._line, _PARTY.decode(line))
        except InterdictError as error:
            self._unread(error.message, error.mend, line)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            self._unread(f"the line is no party: {error}", 'write {"id": "1", "names": ["a name"]}', line)
        if len(self._piece) >= _PIECE:
            self._send()

    def _unread(self, message: str, mend: str, line: bytes) -> None:
        text = line[:80].decode("utf-8", "replace")
        about = [Problem("bad-row", message, line=self._line, text=text, mend=mend)]
        self._piece.said[self._line] = _line({"line": self._line, "problems": about})

    def _send(self) -> None:
        """Let a thread judge what was read."""
        piece, self._piece = self._piece, _Piece()
        if len(self._judged) >= self._most:
            self._collect()
        self._judged.append(self._pool.submit(self._answered, piece))

    def _collect(self) -> None:
        screened, hits, said = self._judged.popleft().result()
        self.out.writelines(said)
        self._screened += screened
        self._hits += hits
        self._service.metrics.screened(screened, hits)

    def _answered(self, piece: _Piece) -> tuple[int, int, list[bytes]]:
        """Give how many were screened, the number of their hits, and the lines that are said of them."""
        if not piece.lines:
            return 0, 0, list(piece.said.values())
        screener, batch = self._answering.force.screener, batch_of(piece.columns)
        found = screener.screen_batch(batch, piece.ids, threshold=self._threshold, threads=1)
        hits, said = 0, piece.said
        for at in {**found, **piece.problems}:
            answer, line = found.get(at), piece.lines[at]
            shown: dict[str, Any] = {"line": line, "query_id": piece.ids[at]}
            if answer is not None:
                shown |= {"hits": answer.hits, "suppressed": answer.suppressed, "truncated": answer.truncated}
                hits += len(answer.hits)
            said[line] = _line(shown | {"problems": piece.problems.get(at, ())})
        return len(piece.lines), hits, _in_order(said)


def _in_order(said: dict[int, bytes]) -> list[bytes]:
    return [said[line] for line in sorted(said)]


def _line(value: object) -> bytes:
    return to_json(value) + b"\n"
