"""A service of its own process, asked over the loopback, killed and starved by the tests of faults."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

COMMAND = (sys.executable, "-c", "from interdiction.cli import main; main()")
PERSON = {"schema": "Person", "properties": {"name": ["Jang Yong Son"]}}
"""A query that the worked example's list hits."""


class Answer:
    """What came back: the status, the headers by their small names, the bytes."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def refused(self) -> tuple[int, str, bool]:
        """Status, code and whether it says when to come again."""
        return self.status, self.json["code"], "retry-after" in self.headers


class Served:
    """The service; its processes are one group of their own."""

    def __init__(self, home: Path, process: subprocess.Popen[bytes], port: int) -> None:
        self.home, self.process, self.port = home, process, port

    def ask(self, method: str, path: str, body: Any = None, timeout: float = 40, **headers: str) -> Answer:
        """Ask once, on a connection of its own. Raises `OSError` or `HTTPException` where no answer came."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {"content-type": "application/json", **{name.replace("_", "-"): text for name, text in headers.items()}}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, data, sent)
            answer = connection.getresponse()
            return Answer(answer.status, {key.lower(): text for key, text in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def match(self, name: str, *, key: str | None = None, record: bool = True, timeout: float = 40) -> Answer:
        """Ask for a match, kept under the name."""
        headers = {"idempotency_key": key} if key else {}
        query = {"queries": {"q": {**PERSON, "id": name}}}
        return self.ask("POST", f"/match/default?record={str(record).lower()}", query, timeout, **headers)

    def pay(self, payments: bytes, *, timeout: float = 40) -> Answer:
        """Have a table of payments decided on and kept."""
        return self.ask("POST", "/v1/payments?record=true&name=payments.csv", payments, timeout)

    def comment(self, case: int, words: str, *, timeout: float = 40) -> Answer:
        """Say something in a case."""
        return self.ask("POST", f"/v1/cases/C-{case}/steps", {"type": "commented", "text": words}, timeout)

    def processes(self) -> list[int]:
        """Give the numbers of its processes."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                group = int((folder / "stat").read_text().rpartition(")")[2].split()[2])
            except OSError:
                continue
            if group == self.process.pid:
                found.append(int(folder.name))
        return found

    def limit(self, size: int) -> None:
        """Let no file of it grow beyond so many bytes: to the store a disk that is full there."""
        import resource

        for number in self.processes():
            hard = resource.prlimit(number, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(number, resource.RLIMIT_FSIZE, (size, hard))

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to all of its processes."""
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """End it without a word."""
        if self.process.poll() is None:
            self.signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def served(home: Path, *, workers: int = 1, **environment: str) -> Iterator[Served]:
    """Serve a home to whoever asks on this machine, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ("serve", "--open", "--no-log", "--workers", str(workers), "--home", str(home), "--port", str(port))
    process = subprocess.Popen(
        [*COMMAND, *options], stderr=subprocess.DEVNULL, start_new_session=True, env={**os.environ, **environment}
    )
    service = Served(home, process, port)
    try:
        ready(service)
        yield service
    finally:
        service.kill()


def ready(service: Served, seconds: float = 30) -> None:
    """Wait until it answers."""
    for _ in range(round(seconds / 0.05)):
        try:
            if service.ask("GET", "/readyz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"the service was not ready after {seconds} seconds")


def command(home: Path, *words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command of ours on a home."""
    return subprocess.run(
        [*COMMAND, *words, "--home", str(home)], capture_output=True, text=True, check=False, timeout=60, **options
    )
