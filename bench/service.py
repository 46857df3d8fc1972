"""The figures of the service, over the loopback, with the load from a second process: `make bench-service`.

Load comes from wrk. The lists are those of the figures (OFAC's SDN list and the Security Council's, 34 thousand names),
from the real ones beside the repository; without them there is nothing to measure.
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
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
COMMAND = [sys.executable, "-c", "from interdiction.cli import main; main()"]
SECONDS = 8
LISTS: list[list[str]] = [
    ["ofac-sdn", *(str(DATA / "ofac" / "2023-12-28" / f"{part}.csv") for part in ("sdn", "alt", "add", "sdn_comments")),
     "--on", "2023-12-28"],
    ["un", str(DATA / "un" / "UN_2026-01-28.xml")],
]  # fmt: skip


def queries() -> list[dict[str, Any]]:
    """Give 1,900 invented innocents and 100 altered names of listed people, mixed."""
    dice = random.Random(3)
    people: list[dict[str, str]] = []
    for name in ("innocent_global", "innocent_us"):
        with (DATA / "labelled" / f"{name}.csv").open(encoding="utf-8") as file:
            people += csv.DictReader(file)
    with (DATA / "labelled" / "un_persons_altered.csv").open(encoding="utf-8") as file:
        listed = list(csv.DictReader(file))
    some = [*dice.sample(people, 1900), *dice.sample(listed, 100)]
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


@contextmanager
def serving(home: Path, workers: int) -> Iterator[tuple[int, float]]:
    """Serve a home, and give the port and the seconds until it was ready."""
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
            yield port, time.perf_counter() - started
        finally:
            process.terminate()
            process.wait(30)


def memory(port: int) -> float:
    """Give the largest resident megabytes of a process that serves the port."""
    found = [0.0]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if str(port).encode() in (folder / "cmdline").read_bytes() or b"granian" in (folder / "comm").read_bytes():
                said = re.search(r"VmHWM:\s+(\d+)", (folder / "status").read_text())
                found.append(int(said[1]) / 1024 if said else 0.0)
        except OSError:
            continue
    return max(found)


def load(url: str, bodies: list[str], folder: Path, connections: int, seconds: int = SECONDS) -> dict[str, float]:
    """Ask with wrk for some seconds; give requests a second, and milliseconds of the median and the 99th percentile."""
    script = folder / "load.lua"
    lines = [f"b[{n}]=[==[{body}]==]" for n, body in enumerate(bodies, start=1)]
    script.write_text(
        "local b={}\n" + "\n".join(lines) + '\nlocal n=0\nwrk.method="POST"\n'
        'wrk.headers["content-type"]="application/json"\n'
        "function request() n=n+1; if n>#b then n=1 end; return wrk.format(nil,nil,nil,b[n]) end\n",
        encoding="utf-8",
    )
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(said)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]
    return {"rate": rate, "p50": _latency(said, "50"), "p99": _latency(said, "99")}


def _latency(said: str, share: str) -> float:
    number, unit = re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", said).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def streamed(port: int, asked: list[dict[str, Any]]) -> float:
    """Give the parties a second through the stream of JSON Lines."""
    parties = [
        {"names": one["properties"]["name"], "birth_dates": one["properties"]["birthDate"], "kind": "person"}
        for one in asked
    ]
    body = b"".join(json.dumps(one).encode() + b"\n" for one in parties * 10)
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/screen/stream", body, {"content-type": "application/x-ndjson"}
    )
    started = time.perf_counter()
    with urllib.request.urlopen(request) as answer:
        end = json.loads(answer.read().splitlines()[-1])
    if end["screened"] + end["unread"] != len(parties) * 10 or end["unread"] > len(parties) // 5:
        raise SystemExit(f"not all were screened: {end}")
    return float(end["screened"]) / (time.perf_counter() - started)


def main() -> None:
    """Measure and print the figures, one in a line."""
    if not DATA.is_dir() or shutil.which("wrk") is None:
        raise SystemExit("nothing to measure: ../shared/data or wrk (apt-get install wrk) is not here")
    asked = queries()
    one = [json.dumps({"queries": {"q": query}}, ensure_ascii=False) for query in asked]
    hundred = [
        json.dumps({"queries": {f"q{n}": query for n, query in enumerate(asked[at : at + 100])}}, ensure_ascii=False)
        for at in range(0, len(asked), 100)
    ]
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name), Path(name) / "home"
        for arguments in LISTS:
            subprocess.run(
                [*COMMAND, "lists", "import", *arguments, "--home", str(home)], check=True, stdout=subprocess.DEVNULL
            )
        subprocess.run([*COMMAND, "check", "x y", "--home", str(home)], check=False, stdout=subprocess.DEVNULL)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
        for workers in (1, 2):
            with serving(home, workers) as (port, ready):
                url = f"http://127.0.0.1:{port}/match/default"
                load(url, one, folder, 8, 3)
                whole = load(url, one, folder, 8)
                half = load(url, one, folder, max(1, 2 * workers))
                many = load(url, hundred, folder, 1)
                said = [
                    f"workers {workers}: ready {ready:.2f} s",
                    f"one query {whole['rate']:.0f}/s p99 {whole['p99']:.1f} ms",
                    f"{2 * workers} connections {half['rate']:.0f}/s p99 {half['p99']:.1f} ms",
                    f"100 queries p50 {many['p50']:.1f} ms",
                    f"stream {streamed(port, asked):.0f} names/s",
                ]
                print("; ".join(said))
                kept = load(f"{url}?record=true", one, folder, 256)
                print(
                    f"workers {workers}: recorded {kept['rate']:.0f}/s p50 {kept['p50']:.0f} ms; {memory(port):.0f} MB"
                )


if __name__ == "__main__":
    main()
