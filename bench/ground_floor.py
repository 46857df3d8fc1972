"""The figures of the ground floor, as whole processes: what a user waits for, and the memory it takes.

Run it with `make bench`. The real lists are read from `../shared/data`; without them only the embedded
example is measured. Each figure is the median of several runs after one that is not counted.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
COMMAND = [str(Path(sys.executable).parent / "interdict")]


def measured(arguments: list[str], runs: int, folder: Path) -> tuple[float, float]:
    """Give the median seconds and the largest resident megabytes of a command run as a process of its own."""
    seconds, megabytes = [], []
    for _ in range(runs + 1):
        started = time.perf_counter()
        with subprocess.Popen(
            [*COMMAND, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            error = process.stderr.read() if process.stderr else b""
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds.append(time.perf_counter() - started)
        megabytes.append(usage.ru_maxrss / 1024)
        if process.returncode not in {0, 1}:
            raise SystemExit(f"{' '.join(arguments)} left with {process.returncode}: {error.decode(errors='replace')}")
    return statistics.median(seconds[1:] or seconds), max(megabytes)


def innocents(folder: Path) -> Path:
    """Put the two files of invented innocent people together: 30,000 rows."""
    book = folder / "innocents.csv"
    parts = [(DATA / "labelled" / f"innocent_{which}.csv").read_text(encoding="utf-8") for which in ("global", "us")]
    header, _, rest = parts[1].partition("\n")
    if not parts[0].startswith(header):
        raise SystemExit("the two books of innocents have different headers")
    book.write_text(parts[0].rstrip("\n") + "\n" + rest, encoding="utf-8")
    return book


def main() -> None:
    """Measure, print a table, and write `bench/ground_floor.json`."""
    figures: list[tuple[str, float, float, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = ["--home", str(folder / "home")]

        def note(what: str, arguments: list[str], goal: str, runs: int = 5) -> None:
            seconds, megabytes = measured(arguments, runs, folder)
            figures.append((what, seconds, megabytes, goal))
            print(f"{what:<58} {seconds:8.3f} s {megabytes:8.0f} MB   goal {goal}", flush=True)

        note("interdict --version", ["--version"], "0.15 s", 9)
        note("interdict demo", ["demo", "--home", str(folder / "demo")], "2 s")
        if DATA.is_dir():
            imports = []
            for run in range(4):
                fresh = str(folder / f"import-{run}")
                arguments = ["lists", "import", "ofac-sdn", str(DATA / "ofac/2023-12-28"), "--on", "2023-12-28"]
                imports.append(measured([*arguments, "--home", fresh], 0, folder))
            seconds, megabytes = statistics.median(one for one, _ in imports[1:]), max(one for _, one in imports)
            figures.append(("import of ofac-sdn 2023-12-28, fresh home", seconds, megabytes, "5 s"))
            print(f"{figures[-1][0]:<58} {seconds:8.3f} s {megabytes:8.0f} MB   goal 5 s", flush=True)
            measured(
                ["lists", "import", "ofac-sdn", str(DATA / "ofac/2023-12-28"), "--on", "2023-12-28", *home], 0, folder
            )
            measured(["lists", "import", "un", str(DATA / "un/UN_2026-01-28.xml"), *home], 0, folder)
            note("interdict check NAME, OFAC and UN in force", ["check", "Kore Mining Development", *home], "0.5 s", 9)
            book = str(innocents(folder))
            note("screen 30,000 innocents, file to file", ["screen", book, "-o", "hits.csv", *home], "3 s, 500 MB")
    result = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "figures": [
            {"what": what, "seconds": round(seconds, 3), "megabytes": round(megabytes), "goal": goal}
            for what, seconds, megabytes, goal in figures
        ],
    }
    (ROOT / "bench" / "ground_floor.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
