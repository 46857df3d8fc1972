"""New lists come in while requests go on: none is dropped, and each is answered whole from the lists it names."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPException
from threading import Event
from typing import Any

from interdiction.engine.emergency import enter
from interdiction.engine.home import Home
from interdiction.model import Party
from tests.faults.serving import served

NEW = "Wilhelmina Quastenflosser"
QUERY = {"queries": {"q": {"schema": "Person", "properties": {"name": [NEW]}}}}
NAMES = [NEW if at % 500 == 7 else f"Nobody Number {at}" for at in range(3000)]
LINES = b"".join(json.dumps({"names": [name]}).encode() + b"\n" for name in NAMES)
PATIENCE = 60.0


def editions(said: dict[str, Any]) -> frozenset[str]:
    return frozenset(one["edition"] for one in said["editions"])


def test_no_request_is_dropped_while_a_list_comes_in_and_each_is_of_one_edition(home: Home) -> None:
    answers: list[tuple[frozenset[str], int]] = []
    streams: list[tuple[frozenset[str], int]] = []
    failed: list[str] = []
    enough = Event()
    with served(home.path, workers=2) as service:

        def asking(path: str, body: Any, kind: str = "application/json") -> None:
            while not enough.is_set():
                try:
                    answer = service.ask("POST", path, body, content_type=kind)
                except (OSError, HTTPException) as error:
                    failed.append(repr(error))
                    return
                if answer.status != 200:
                    failed.append(f"{answer.status}: {answer.body!r}")
                elif body is LINES:
                    end = json.loads(answer.body.splitlines()[-1])
                    streams.append((editions(end), end["hits"]))
                else:
                    answers.append((editions(answer.json), len(answer.json["responses"]["q"]["results"])))

        def until(some: list[tuple[frozenset[str], int]], more: int) -> None:
            wanted, end = len(some) + more, time.monotonic() + PATIENCE
            while len(some) < wanted and not failed and time.monotonic() < end:
                time.sleep(0.02)

        with ThreadPoolExecutor(4) as pool:
            for _ in range(3):
                pool.submit(asking, "/match/default", QUERY)
            pool.submit(asking, "/v1/screen/stream", LINES, "application/x-ndjson")
            try:
                until(answers, 20)
                until(streams, 2)
                enter(home, [Party(names=[NEW])], why="a test", by="A. Officer", at=datetime.now(UTC))
                end = time.monotonic() + PATIENCE
                while len({named for named, _ in answers[-20:]} - {answers[0][0]}) != 1 and time.monotonic() < end:
                    time.sleep(0.1)
                until(answers, 40)
                until(streams, 2)
            finally:
                enough.set()
    assert failed == []
    before, after = answers[0][0], answers[-1][0]
    assert len(after - before) == 1, "the list that came in is named"
    assert set(answers) == {(before, 0), (after, 1)}, "whoever names it has looked into it, and nobody else has"
    assert set(streams) == {(before, 0), (after, 6)}
