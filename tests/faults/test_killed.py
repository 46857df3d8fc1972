"""Killed at random moments under load: nothing acknowledged is lost, nothing is kept twice, runs go on, the log holds.

The moments come from a seed, `INTERDICT_FAULTS_SEED` (8 unless said): what was found once is found again.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPException
from operator import sub
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from interdiction.data import demo_file
from interdiction.engine.casework import file_of
from interdiction.engine.home import Home
from interdiction.engine.looking import look_through
from interdiction.engine.records import kept
from interdiction.store.schema import rescreen_slice
from tests.faults.serving import COMMAND, Served, command, served

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL to send")
SEED = int(os.environ.get("INTERDICT_FAULTS_SEED", "8"))
ROUNDS = 2
PAYMENTS = demo_file("payments.csv").read_bytes()


class Load:
    """What was asked of a service, and what of it was acknowledged."""

    def __init__(self) -> None:
        self.decisions: dict[str, str] = {}
        self.keys: dict[str, bytes | None] = {}
        self.payments: list[list[str]] = []
        self.comments: list[str] = []
        self.odd: list[Any] = []

    def run(self, service: Served, round_: int, rng: random.Random) -> None:
        """Ask from five threads until the service is killed, some time after each kind of request was answered."""
        acts: list[Callable[[Served, str], None]] = [self._match, self._match, self._keyed, self._pay, self._comment]
        with ThreadPoolExecutor(len(acts)) as pool:
            asking = [pool.submit(self._repeat, act, service, f"{round_}-{at}") for at, act in enumerate(acts)]
            before = self.counts()
            while min(map(sub, self.counts(), before)) < 2 and not any(one.done() for one in asking):
                time.sleep(0.005)
            time.sleep(rng.uniform(0.0, 0.3))
            service.kill()
        for one in asking:
            one.result()

    def counts(self) -> tuple[int, ...]:
        """Give how many were acknowledged, of each kind."""
        keyed = sum(one is not None for one in self.keys.values())
        return len(self.decisions), keyed, len(self.payments), len(self.comments)

    def _repeat(self, act: Callable[[Served, str], None], service: Served, name: str) -> None:
        for number in range(100_000):
            try:
                act(service, f"{name}-{number}")
            except (OSError, HTTPException):
                return

    def _match(self, service: Served, name: str) -> None:
        answer = service.match(name)
        if self._well(answer.status, 200, answer.body):
            self.decisions[answer.json["responses"]["q"]["decision"]["id"]] = name

    def _keyed(self, service: Served, name: str) -> None:
        self.keys[name] = None
        answer = service.match(name, key=f"key-{name}")
        if self._well(answer.status, 200, answer.body):
            self.keys[name] = answer.body

    def _pay(self, service: Served, _: str) -> None:
        answer = service.pay(PAYMENTS)
        if self._well(answer.status, 200, answer.body):
            self.payments.append(answer.json["records"])

    def _comment(self, service: Served, name: str) -> None:
        answer = service.comment(1, name)
        if self._well(answer.status, 201, answer.body):
            self.comments.append(name)

    def _well(self, status: int, wanted: int, body: bytes) -> bool:
        if status != wanted:
            self.odd.append((status, body[:300]))
        return status == wanted


def test_whatever_was_acknowledged_before_a_kill_is_kept_once_and_whole(home: Home) -> None:
    rng, load = random.Random(SEED), Load()
    with served(home.path) as service:
        assert service.match("first").status == 200
        assert file_of_one(home)
    for round_ in range(ROUNDS):
        with served(home.path, workers=1 + round_ % 2) as service:
            load.run(service, round_, rng)
    assert load.odd == []
    with kept(home) as decisions:
        names = {one.id: one.name for one in decisions.records()}
    assert {uid: names.get(uid) for uid in load.decisions} == load.decisions
    assert {uid for some in load.payments for uid in some} <= set(names)
    said = Counter(file_of_one(home))
    assert {text: said[text] for text in load.comments} == dict.fromkeys(load.comments, 1)
    with served(home.path) as service:
        repeated = {name: service.match(name, key=f"key-{name}").body for name in list(load.keys)[-60:]}
    assert {name: body for name, body in repeated.items() if load.keys[name] not in {None, body}} == {}
    with kept(home) as decisions:
        counted = Counter(one.name for one in decisions.records())
    assert {name: counted[name] for name in repeated} == dict.fromkeys(repeated, 1)
    assert look_through(home).damage == ()
    assert min(load.counts()) >= ROUNDS * 2


def test_a_book_whose_screening_is_killed_is_taken_up_where_it_stopped(home: Home, tmp_path: Path) -> None:
    rng, book = random.Random(SEED), tmp_path / "book.csv"
    customers = 160_000
    names = [f"Innocent Baker {number}" for number in range(customers)]
    names[7::50_000] = ["Jang Yong Son"] * 4
    book.write_text("\n".join(["id,name", *(f"C{at},{name}" for at, name in enumerate(names)), ""]), encoding="utf-8")
    words = ("rescreen", str(book), "--record", "--expect", str(customers), "--threads", "1")
    process = subprocess.Popen([*COMMAND, *words, "--home", str(home.path)], stderr=subprocess.DEVNULL)
    try:
        while slices(home) < 1 and process.poll() is None:
            time.sleep(0.02)
        time.sleep(rng.uniform(0.0, 0.1))
    finally:
        process.kill()
    assert process.wait() == -signal.SIGKILL, "it ended before it was killed: give it more customers"
    again = command(home.path, *words, "--json")
    said = json.loads(again.stdout)
    assert said["resumed"] >= 50_000
    assert (said["proof"]["read"], said["proof"]["screened"], said["proof"]["complete"]) == (customers, customers, True)
    assert said["proof"]["hits"] == 4
    with kept(home) as decisions:
        assert sorted(one.name for one in decisions.records()) == ["C100007", "C150007", "C50007", "C7"]
    assert look_through(home).damage == ()


def slices(home: Home) -> int:
    """Count the slices of rescreenings that are kept."""
    with home.reading() as reader:
        count = sa.select(sa.func.count()).select_from(rescreen_slice)
        return int(reader.connection.execute(count).scalar_one())


def file_of_one(home: Home) -> list[str]:
    """Give what was said in the first case."""
    entries = file_of(home, 1, datetime.now(UTC)).entries
    return [getattr(one.action, "text", "") for one in entries] or [""]
