"""How long a monitored book takes against a changed list: `python -m bench.monitoring [--customers N] [--out FILE]`.

A book of innocent names with some listed ones is registered and screened whole against OFAC's list of 28 December 2023
without sixty of its rows and with forty others altered; then the list as it was published comes in, a hundred changes.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from bench import machine
from bench.books import DATA, ROOT, customers, innocents, listed_names
from interdiction.engine import Engine
from interdiction.engine.changed import run
from interdiction.engine.daily import Rescreened
from interdiction.engine.editions import import_edition
from interdiction.engine.home import Home
from interdiction.engine.monitored import add

BEGIN, END = "<!-- figures: written by `python -m bench.monitoring` -->", "<!-- end of figures -->"
GOAL = 10.0
"""Seconds for a million customers against an edition of a hundred changes."""
COME, ALTERED = 60, 40
AT = datetime(2023, 12, 28, 18, tzinfo=UTC)


def book(folder: Path, size: int) -> Path:
    """Write a book: innocent names, and one listed name in a thousand."""
    chance, listed = random.Random(504), listed_names()
    names = customers(innocents(), size)
    for place in range(0, size, 1000):
        names[place] = chance.choice(listed).text
    path = folder / "book.csv"
    lines = (f'C{place},"{name}",{chance.choice(COUNTRIES)}' for place, name in enumerate(names))
    path.write_text("\n".join(["id,name,country", *lines, ""]), encoding="utf-8")
    return path


COUNTRIES = ("DE", "FR", "US", "GB", "JP", "BR", "IN", "ZA")


def before(folder: Path) -> Path:
    """Write the list as it would have stood before a hundred changes."""
    chance = random.Random(100)
    made = folder / "before"
    made.mkdir()
    for name in ("sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv"):
        text = (DATA / "ofac" / "2023-12-28" / name).read_bytes()
        if name == "sdn.csv":
            rows = text.split(b"\r\n")
            whole = [at for at, row in enumerate(rows) if row[:1].isdigit() and b"individual" in row]
            chosen = chance.sample(whole, COME + ALTERED)
            for at in chosen[:ALTERED]:
                number, name_, rest = rows[at].split(b",", 2)
                rows[at] = b",".join([number, name_.replace(b'"', b'"X', 1), rest])
            gone = {rows[at].split(b",", 1)[0] for at in chosen[ALTERED:]}
            text = b"\r\n".join(row for at, row in enumerate(rows) if at not in set(chosen[ALTERED:]))
        else:
            text = b"\r\n".join(row for row in text.split(b"\r\n") if row.split(b",", 1)[0] not in gone)
        (made / name).write_bytes(text)
    return made


def measured(size: int) -> dict[str, float]:
    """Register, screen whole, bring the changes, screen what changed; give the seconds of each."""
    found: dict[str, float] = {}
    times: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = Home.open(folder / "home", create=True)
        path = book(folder, size)
        import_edition(home, "ofac-sdn", [before(folder)], at=AT, on=date(2023, 12, 27))
        times["register"] = _timed(lambda: add(home, path, by="bench", at=AT, source="book", owner="bench"))
        with Engine.open(home.path) as engine:
            engine.force()
            times["whole"] = _timed(lambda: run(engine, "book", clock=lambda: AT))
        import_edition(home, "ofac-sdn", [DATA / "ofac" / "2023-12-28"], at=AT, on=date(2023, 12, 28))
        with Engine.open(home.path) as engine:
            times["open"] = _timed(engine.force)
            done: list[Rescreened] = []
            times["changed"] = _timed(lambda: done.append(run(engine, "book", clock=lambda: AT)))
        (one,) = done
        found |= {
            "listings": float(one.begun.changes[0]),
            "screened": float(one.ended.screened),
            "new": float(len(one.ended.new)),
            "hits": float(one.ended.hits),
            "delta": float(one.begun.since is not None),
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    found |= {f"{step}.wall": wall for step, (wall, _) in times.items()}
    return found | {f"{step}.processor": processor for step, (_, processor) in times.items()}


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def page(found: dict[str, float], size: int) -> str:
    """Write the figures as a table."""
    known = ", ".join(f"{key} {text}" for key, text in machine.described().items() if "not installed" not in text)
    goal = f"≤ {GOAL:g} s, {'met' if found['changed.wall'] <= GOAL else 'not met'}" if size >= 10**6 else ""
    steps = (
        ("register the book", "register", ""),
        ("screen everybody", "whole", ""),
        ("open the new edition", "open", ""),
        (f"screen what {found['listings']:.0f} changed listings touch", "changed", goal),
    )
    lines = [BEGIN, "", f"Machine: {known}.", ""]
    lines.append(
        f"{size:,} customers; {found['screened']:,.0f} screened, {found['hits']:,.0f} hits, {found['new']:,.0f} new; "
        f"{found['memory']:,.0f} MB."
    )
    lines += ["", "| step | seconds | processor seconds | goal |", "|---|---:|---:|---|"]
    lines += [
        f"| {what} | {found[f'{key}.wall']:.1f} | {found[f'{key}.processor']:.1f} | {wanted} |"
        for what, key, wanted in steps
    ]
    return "\n".join([*lines, "", END])


def main() -> None:
    """Measure and write the figures between their marks."""
    parser = argparse.ArgumentParser(prog="python -m bench.monitoring", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--customers", type=int, default=10**6)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks" / "monitoring.md")
    given = parser.parse_args()
    written = page(measured(given.customers), given.customers)
    text = given.out.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    given.out.write_text(f"{head}{written}{rest.partition(END)[2]}", encoding="utf-8")
    print(written)


if __name__ == "__main__":
    main()
