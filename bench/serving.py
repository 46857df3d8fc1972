"""A service to measure: its home and its store, its process, what it holds of memory, and load from a second process.

The lists are those of the figures (OFAC's SDN list and the Security Council's, 34 thousand names), from the real ones
beside the repository; load of single requests comes from wrk.
"""

from __future__ import annotations

import csv
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
COMMAND = [sys.executable, "-c", "from interdiction.cli import main; main()"]
SECONDS = 8
OFAC: list[str] = [
    "ofac-sdn",
    *(str(DATA / "ofac" / "2023-12-28" / f"{part}.csv") for part in ("sdn", "alt", "add", "sdn_comments")),
    "--on",
    "2023-12-28",
]
UN = ["un", str(DATA / "un" / "UN_2026-01-28.xml")]
UN_BEFORE = ["un", str(DATA / "un" / "UN_2025-11-29.xml")]


def ready_to_measure() -> None:
    """End with what is missing, where something is."""
    if not DATA.is_dir() or shutil.which("wrk") is None:
        raise SystemExit("nothing to measure: ../shared/data or wrk (apt-get install wrk) is not here")


def imported(home: Path, *lists: list[str]) -> None:
    """Bring lists into a home, which is made where there is none, and build what answers are read from."""
    for arguments in lists:
        said = [*COMMAND, "lists", "import", *arguments, "--home", str(home)]
        subprocess.run(said, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*COMMAND, "check", "x y", "--home", str(home)], check=False, stdout=subprocess.DEVNULL)


def people() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Give 30,000 invented innocents, and altered names of listed people."""
    innocents: list[dict[str, str]] = []
    for name in ("innocent_global", "innocent_us"):
        with (DATA / "labelled" / f"{name}.csv").open(encoding="utf-8") as file:
            innocents += csv.DictReader(file)
    with (DATA / "labelled" / "un_persons_altered.csv").open(encoding="utf-8") as file:
        return innocents, list(csv.DictReader(file))


def queries() -> list[dict[str, Any]]:
    """Give 1,900 invented innocents and 100 altered names of listed people, mixed."""
    dice = random.Random(3)
    innocents, listed = people()
    some = [*dice.sample(innocents, 1900), *dice.sample(listed, 100)]
    dice.shuffle(some)
    return [
        {
            "schema": "Person",
            "properties": {
                "name": [one["full_name"]],
                "birthDate": [one["date_of_birth"]],
                "nationality": [one["nationality"]],
            },
        }
        for one in some
    ]


def bodies(asked: list[dict[str, Any]], together: int = 1) -> list[str]:
    """Give the bodies of `/match` that ask so many queries together."""
    groups = [asked[at : at + together] for at in range(0, len(asked), together)]
    return [json.dumps({"queries": {f"q{n}": one for n, one in enumerate(some)}}) for some in groups]


@contextmanager
def serving(home: Path, workers: int) -> Iterator[tuple[int, float, int]]:
    """Serve a home, and give the port, the seconds until it was ready, and the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.perf_counter()
    arguments = ["serve", "--open", "--no-log", "--home", str(home), "--port", str(port), "--workers", str(workers)]
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.DEVNULL) as process:
        try:
            while True:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
                        if answer.status == 200:
                            break
                except OSError:
                    if time.perf_counter() - started > 60:
                        raise SystemExit("the service was not ready within a minute") from None
                    time.sleep(0.01)
            yield port, time.perf_counter() - started, process.pid
        finally:
            process.terminate()
            process.wait(30)


def memory(pid: int) -> tuple[float, float]:
    """Give the megabytes that the largest process of a service ever had, and those of all, shared ones counted once."""
    most = shared = 0.0
    for one in _with_children(pid):
        try:
            said = Path(f"/proc/{one}/status").read_text() + Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        peak, part = re.search(r"VmHWM:\s+(\d+)", said), re.search(r"\nPss:\s+(\d+)", said)
        most = max(most, int(peak[1]) / 1024 if peak else 0.0)
        shared += int(part[1]) / 1024 if part else 0.0
    return most, shared


def worked(pid: int) -> float:
    """Give the seconds of processors that a service has had: it tells more than the clock where others work beside."""
    ticks = 0
    for one in _with_children(pid):
        words = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _with_children(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(word) for word in task.read_text().split()]
    return found


def load(url: str, some: list[str], folder: Path, connections: int, seconds: int = SECONDS) -> dict[str, float]:
    """Ask with wrk for some seconds; give requests a second, and milliseconds of the median and the 99th percentile."""
    script = folder / "load.lua"
    lines = [f"b[{n}]=[==[{body}]==]" for n, body in enumerate(some, start=1)]
    script.write_text(
        "local b={}\n" + "\n".join(lines) + '\nlocal n=0\nwrk.method="POST"\n'
        'wrk.headers["content-type"]="application/json"\n'
        "function request() n=n+1; if n>#b then n=1 end; return wrk.format(nil,nil,nil,b[n]) end\n",
        encoding="utf-8",
    )
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]
    asked = float(re.search(r"(\d+) requests in", said)[1])  # type: ignore[index]
    return {"rate": rate, "requests": asked, "p50": _latency(said, "50"), "p99": _latency(said, "99")}


def _latency(said: str, share: str) -> float:
    number, unit = re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", said).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]
