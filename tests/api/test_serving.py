"""The service as processes: ready, counted together, killed in the middle without losing what it acknowledged."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from interdiction.engine import audit
from interdiction.engine.home import Home
from interdiction.engine.records import kept

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL to send")
QUERY = {"schema": "Person", "properties": {"name": ["Jang Yong Son"]}}


def called(port: int, path: str, body: Any = None) -> bytes:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", data, timeout=30) as answer:
        found: bytes = answer.read()
        return found


def test_what_was_acknowledged_before_a_kill_is_kept_and_the_log_holds(own_home: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from interdiction.cli import main; main()", "serve", "--open", "--no-log"]
    options = ["--workers", "2", "--home", str(own_home), "--port", str(port)]
    process = subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL, start_new_session=True)
    acknowledged: list[tuple[str, str]] = []

    def ask(worker: int) -> None:
        for number in range(10_000):
            name = f"c-{worker}-{number}"
            try:
                said = json.loads(called(port, "/match/default?record=true", {"queries": {"q": {**QUERY, "id": name}}}))
            except (OSError, ValueError):
                return
            acknowledged.append((said["responses"]["q"]["decision"]["id"], name))

    try:
        for _ in range(600):
            try:
                called(port, "/readyz")
                break
            except OSError:
                time.sleep(0.05)
        with ThreadPoolExecutor(6) as pool:
            asking = [pool.submit(ask, worker) for worker in range(6)]
            while len(acknowledged) < 60 and not all(one.done() for one in asking):
                time.sleep(0.02)
            figures = called(port, "/metrics").decode()
            os.killpg(process.pid, signal.SIGKILL)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert "interdict_screened_total" in figures, "the figures are those of both processes"
    home = Home.open(own_home)
    with kept(home) as decisions:
        names = {one.id: one.name for one in decisions.records()}
    assert len(acknowledged) >= 60
    assert [(uid, names.get(uid)) for uid, _ in acknowledged] == acknowledged
    assert audit.verify(home).faults == ()
