"""This engine under measurement: inside the core through a small program, and through the Arrow border from Python."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.books import ROOT, Listed
from interdiction.names.weights import Weights

PROGRAM = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "release" / "examples" / "retrieve_bench"


def compiled() -> None:
    """Build the measuring programs of the core; a later call finds them ready."""
    command = ["cargo", "build", "--quiet", "--release", "--package", "names", "--examples"]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SystemExit("the measuring program of the core does not compile: see above")


class Worker:
    """A process that answers a line with a line of JSON, and idles between."""

    def __init__(self, command: Sequence[str]) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    def ask(self, line: str) -> dict[str, Any]:
        """Send one line and wait for its answer."""
        if self.process.stdin is None or self.process.stdout is None:
            raise SystemExit("a measuring process has no pipes")
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"a measuring process ended at: {line}")
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        """Let the process end."""
        self.process.communicate()


class Core:
    """An index of its own size, built and served by the core's measuring program."""

    def __init__(self, listed: Sequence[Listed], folder: Path, name: str) -> None:
        self.list, self.file = folder / f"{name}.tsv", folder / f"{name}.names"
        self.list.write_text("".join(f"{one.key}\t{one.text}\n" for one in listed), encoding="utf-8")
        self.size = len(listed)
        self.built = self.build()
        self.worker = Worker([str(PROGRAM), "serve", str(self.file)])

    def build(self) -> dict[str, float]:
        """Build the file, from text to a whole file in its place."""
        command = [str(PROGRAM), "build", str(self.list), str(self.file)]
        done = subprocess.run(command, input=Weights.load().json, stdout=subprocess.PIPE, check=True, cwd=ROOT)
        found: dict[str, float] = json.loads(done.stdout)
        return found

    def book(self, path: Path) -> None:
        """Name the file of names to ask with."""
        self.worker.ask(f"book {path}")

    def passes(self, tau: float) -> dict[str, float]:
        """Give names a second, first pass and remembered, and what a query found and touched."""
        found = self.worker.ask(f"pass {tau}")
        names = found["names"]
        each = {key: found[key] / names for key in ("candidates", "postings", "scored")}
        return {"first": names / found["first"], "remembered": names / found["remembered"], **each}

    def latencies(self, tau: float, sample: int) -> dict[str, list[float]]:
        """Give sorted microseconds a query: `nothing` remembered, `first` pass, `remembered`."""
        return self.worker.ask(f"latency {tau} {sample}")

    def close(self) -> None:
        """End the serving process."""
        self.worker.close()


class Border:
    """The same index asked through `interdiction._core`: one thread, two threads, two processes."""

    def __init__(self, file: Path, book: Path) -> None:
        command = [sys.executable, "-m", "bench.border", str(file), str(book)]
        self.workers = [Worker(command) for _ in range(2)]
        self.names = self.workers[0].ask("size")["names"]
        self.workers[1].ask("size")

    def rates(self, tau: float) -> dict[str, float]:
        """Give names a second for each arrangement."""
        half = self.names // 2
        one = self.workers[0].ask(f"retrieve {tau} 1 0 {self.names}")["seconds"]
        two = self.workers[0].ask(f"retrieve {tau} 2 0 {self.names}")["seconds"]
        parts = [f"retrieve {tau} 1 0 {half}", f"retrieve {tau} 1 {half} {self.names}"]
        with ThreadPoolExecutor(2) as both:
            started = time.perf_counter()
            list(both.map(Worker.ask, self.workers, parts))
            apart = time.perf_counter() - started
        rates = {"one": self.names / one, "two": self.names / two, "apart": self.names / apart}
        return {**rates, "two/one": one / two, "two/apart": apart / two}

    def close(self) -> None:
        """End both processes."""
        for worker in self.workers:
            worker.close()


def percentile(ordered: Sequence[float], share: float) -> float:
    """Give the value that `share` of an ordered row does not exceed."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
