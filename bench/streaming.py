"""A stream of parties in figures: over the loopback, and what each step of it costs alone."""

from __future__ import annotations

import io
import json
import os
import random
import time
import urllib.request
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
import polars as pl

from bench.serving import people, worked
from interdiction.api.parties import PartyIn
from interdiction.api.plain import row
from interdiction.engine import Engine
from interdiction.model import to_json
from interdiction.names.batch import COLUMNS, batch_of
from interdiction.names.thresholds import Channel
from interdiction.screening.screener import RETRIEVAL

LINES: Final = "application/x-ndjson"
ARROW: Final = "application/vnd.apache.arrow.stream"
_TIMES: Final = 3


def parties() -> list[dict[str, Any]]:
    """Give 30,000 different innocents and 1,500 altered names of listed people, mixed; all have a date that exists."""
    dice = random.Random(3)
    innocents, listed = people()
    some = [*innocents, *dice.choices(listed, k=1500)]
    dice.shuffle(some)
    return [
        {"names": [one["full_name"]], "birth_dates": [one["date_of_birth"]], "kind": "person"}
        for one in some
        if _is_day(one["date_of_birth"])
    ]


def streamed(port: int, pid: int, some: list[dict[str, Any]]) -> str:
    """Give the parties a second through the stream, as JSON Lines and as Arrow: the best of some runs, and the cost."""
    lines = b"".join(json.dumps(one).encode() + b"\n" for one in some)
    table = io.BytesIO()
    pl.DataFrame(
        {
            "id": [str(at) for at in range(len(some))],
            "name": [one["names"][0] for one in some],
            "born": [one["birth_dates"][0] for one in some],
        }
    ).write_ipc_stream(table)

    def ended(answer: bytes) -> None:
        end = json.loads(answer.splitlines()[-1])
        if end["screened"] != len(some):
            raise SystemExit(f"not all were screened: {end}")

    said = []
    for name, kind, body, look in (
        ("lines", LINES, lines, ended),
        ("Arrow", ARROW, table.getvalue(), lambda _: None),
    ):
        before = worked(pid)
        rate = max(_rate(port, kind, body, len(some), look) for _ in range(_TIMES))
        each = (worked(pid) - before) / _TIMES / len(some)
        said.append(f"{rate:,.0f} names/s as {name}, {each * 1e6:.0f} µs of processors each")
    return f"stream {'; '.join(said)}"


def _rate(port: int, kind: str, body: bytes, count: int, look: Callable[[bytes], None]) -> float:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/screen/stream", body, {"content-type": kind})
    started = time.perf_counter()
    with urllib.request.urlopen(request) as answer:
        said = answer.read()
    took = time.perf_counter() - started
    look(said)
    return count / took


def steps(home: Path, some: list[dict[str, Any]]) -> None:
    """Print what each step costs alone, in µs a name, by the clock and of processors: the least of some runs."""
    lines = [json.dumps(one).encode() for one in some]
    decoder = msgspec.json.Decoder(PartyIn)
    read = _timed("a line read", len(lines), lambda: [decoder.decode(line) for line in lines])
    rows = _timed("its columns made", len(lines), lambda: [row(one) for one in read])
    columns: dict[str, list[object]] = {
        name: [one[at] for one in rows if one is not None] for at, name in enumerate(COLUMNS[1:])
    }
    with Engine.open(home) as engine:
        screener, threshold = engine.force().screener, engine.thresholds(Channel.BOOK)
        batch = batch_of(columns)
        count = len(batch)
        ids = [str(at) for at in range(count)]
        for threads in (1, os.cpu_count() or 1):
            retrieve = partial(screener.index._core.retrieve, batch, threshold=RETRIEVAL, threads=threads)  # noqa: SLF001
            judge = partial(
                screener.index.judge,
                batch,
                retrieval=RETRIEVAL,
                threshold=threshold,
                suppressed=True,
                threads=threads,
            )
            _timed(f"candidates found, threads {threads}", count, retrieve)
            _timed(f"found and judged, threads {threads}", count, judge)
        found = _timed(
            "found, judged and told", count, lambda: screener.screen_batch(batch, ids, threshold=threshold, threads=1)
        )
        _timed("what was found as JSON", count, lambda: [to_json(one) for one in found.values()])
        print(f"{len(found)} of {count} have something to tell")


def _timed(name: str, count: int, work: Callable[[], Any]) -> Any:
    best: tuple[float, float] = (1e9, 1e9)
    found = None
    for _ in range(_TIMES):
        began, worked = time.perf_counter(), time.process_time()
        found = work()
        best = min(best, (time.perf_counter() - began, time.process_time() - worked))
    print(f"{name}: {best[0] * 1e6 / count:.1f} µs, of processors {best[1] * 1e6 / count:.1f}")
    return found


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
