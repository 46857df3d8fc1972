"""The figures of the service, over the loopback, with the load from a second process: `make bench-service`.

`python -m bench.service [match] [recorded] [stream] [renew]`; without a word all of them.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import streaming
from bench.serving import (
    OFAC,
    UN,
    UN_BEFORE,
    bodies,
    imported,
    load,
    memory,
    queries,
    ready_to_measure,
    serving,
    worked,
)
from tests.postgres import binaries, running


def match(home: Path, folder: Path, asked: list[dict[str, Any]]) -> None:
    """Measure single queries, at full load and at less, and a hundred together."""
    for workers in (1, 2):
        with serving(home, workers) as (port, ready, pid):
            url = f"http://127.0.0.1:{port}/match/default"
            load(url, bodies(asked), folder, 8, 3)
            whole = load(url, bodies(asked), folder, 8)
            half = load(url, bodies(asked), folder, 2 * workers)
            many = load(url, bodies(asked, 100), folder, 1)
            print(
                f"workers {workers}: ready {ready:.2f} s; one query {whole['rate']:.0f}/s p99 {whole['p99']:.1f} ms; "
                f"{2 * workers} connections {half['rate']:.0f}/s p99 {half['p99']:.1f} ms; "
                f"100 queries p50 {many['p50']:.1f} ms; {_megabytes(pid)}"
            )


def recorded(home: Path, folder: Path, asked: list[dict[str, Any]]) -> None:
    """Measure single queries that are kept before they are answered, in either store."""
    for name, place in _stores(home, folder):
        for workers in (1, 2):
            with serving(place, workers) as (port, _, pid):
                url = f"http://127.0.0.1:{port}/match/default?record=true"
                load(url, bodies(asked), folder, 256, 3)
                before = worked(pid)
                kept = load(url, bodies(asked), folder, 256)
                each = (worked(pid) - before) / kept["requests"]
                print(
                    f"{name}, workers {workers}: recorded {kept['rate']:.0f}/s "
                    f"p50 {kept['p50']:.0f} ms p99 {kept['p99']:.0f} ms; {each * 1e6:.0f} µs of processors each; "
                    f"{_megabytes(pid)}"
                )


def _stores(home: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    copy = folder / "recorded"
    shutil.copytree(home, copy)
    yield "SQLite", copy
    if binaries() is None:
        print("PostgreSQL: not measured, its programs are not here")
        return
    with running(durable=True) as cluster:
        place = folder / "on-a-server"
        place.mkdir()
        (place / "config.toml").write_text(f'[store]\nurl = "{cluster.empty().url}"\n', encoding="utf-8")
        imported(place, OFAC, UN)
        yield "PostgreSQL", place


def stream(home: Path, _: Path, __: list[dict[str, Any]]) -> None:
    """Measure a stream of parties: what each step costs alone, then over the loopback."""
    some = streaming.parties()
    streaming.steps(home, some)
    for workers in (1, 2):
        with serving(home, workers) as (port, _ready, pid):
            print(f"workers {workers}: {streaming.streamed(port, pid, some)}; {_megabytes(pid)}")


def renew(_: Path, folder: Path, asked: list[dict[str, Any]]) -> None:
    """Bring a new edition in under load: not one request may fail, and answers have to name it."""
    home = folder / "renewed"
    imported(home, OFAC, UN_BEFORE)
    with serving(home, 2) as (port, _ready, pid):
        url = f"http://127.0.0.1:{port}/match/default"
        before = _editions(url, asked[0])
        with _beside(lambda: imported(home, UN)):
            under = load(url, bodies(asked), folder, 8, 20)
        after = _editions(url, asked[0])
        if before == after:
            raise SystemExit("the service did not take up the new edition")
        print(
            f"renewed under load: {under['requests']:.0f} requests, none failed; {under['rate']:.0f}/s "
            f"p99 {under['p99']:.1f} ms; {sorted(after - before)}; {_megabytes(pid)}"
        )


@contextmanager
def _beside(work: Any) -> Iterator[None]:
    """Begin some work after a moment, and wait for it at the end."""
    timer = threading.Timer(2, work)
    timer.start()
    yield
    timer.join()


def _editions(url: str, query: dict[str, Any]) -> set[str]:
    """Give the editions that answers name: of several, as any worker may answer."""
    found: set[str] = set()
    for _ in range(20):
        body = json.dumps({"queries": {"q": query}}).encode()
        with urllib.request.urlopen(urllib.request.Request(url, body)) as answer:
            found |= {one["edition"] for one in json.load(answer)["editions"]}
    return found


def _megabytes(pid: int) -> str:
    most, shared = memory(pid)
    return f"{most:.0f} MB a process, {shared:.0f} MB all"


PARTS = {"match": match, "recorded": recorded, "stream": stream, "renew": renew}


def main() -> None:
    """Measure and print the figures, one in a line."""
    ready_to_measure()
    wanted = sys.argv[1:] or [*PARTS]
    if unknown := set(wanted) - set(PARTS):
        raise SystemExit(f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    asked = queries()
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name), Path(name) / "home"
        imported(home, OFAC, UN)
        for one in wanted:
            print(f"{one}, load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
            PARTS[one](home, folder, asked)


if __name__ == "__main__":
    main()
