"""How long a million stakes take for one regime and day: `python -m bench.ownership [--stakes N] [--out FILE]`.

The register is made: companies in layers, each with one to four holders from the layers above, ranges and gaps among
the shares, some circles, control and votes, and many listed people at the top, so that a good part of it is reached.
A seed makes it, so it is the same everywhere. Each regime is run in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl

from bench import machine
from bench.books import ROOT
from interdiction.model import Designation, Listing, Measure, Party
from interdiction.model.ownership import WHOLE, StakeKind
from interdiction.ownership.register import PARTIES, STAKES, Register
from interdiction.ownership.verdicts import Named, judge

BEGIN, END = "<!-- figures: written by `python -m bench.ownership` -->", "<!-- end of figures -->"
DAY = date(2026, 11, 20)
LISTS = {"us": "ofac-sdn", "uk": "uk", "eu": "eu"}
GOAL = 10.0
"""Seconds for a million stakes, one regime and one day."""
_SHARES = (100, 75, 51, 50, 50, 49, 40, 33, 30, 25, 25, 20, 10, 5)


def made(stakes: int) -> Register:
    """Make a register of so many stakes."""
    dice = random.Random(17614)
    people = max(10, stakes // 5)
    owners: list[int] = []
    owned: list[int] = []
    low: list[int] = []
    high: list[int] = []
    kinds: list[str] = []
    company = people
    while len(owners) < stakes:
        left = 100
        for _ in range(dice.choice((1, 1, 2, 2, 3, 4))):
            share = min(dice.choice(_SHARES), left)
            if share <= 0:
                break
            left -= share
            # Half of the owners are recent companies: chains of ten and more come about, one in 200 closes a circle.
            above = dice.randrange(people) if dice.random() < 0.5 else dice.randrange(max(0, company - 5000), company)
            owners.append(above if dice.random() > 0.005 else company + dice.randrange(1, 50))
            owned.append(company)
            kinds.append(dice.choices(("shares", "votes", "control", "unknown"), (90, 6, 3, 1))[0])
            wide = dice.random() < 0.1
            low.append((max(0, share - 10) if wide else share) * (WHOLE // 100))
            high.append((min(100, share + 10) if wide else share) * (WHOLE // 100))
        company += 1
    count = len(owners)
    frame = pl.DataFrame({"owner": owners, "owned": owned, "kind": kinds, "low": low, "high": high})
    named = frame.with_columns(
        pl.format("p{}", "owner").alias("owner"),
        pl.format("p{}", "owned").alias("owned"),
        low_open=pl.lit(value=False),
        high_open=pl.lit(value=False),
        begins_first=pl.lit(None, pl.Date),
        begins_last=pl.lit(None, pl.Date),
        ends_first=pl.lit(None, pl.Date),
        ends_last=pl.lit(None, pl.Date),
        direct=pl.lit(value=True),
        joint=pl.lit(""),
        nominee=pl.lit(value=False),
        lot=pl.lit(""),
        note=pl.lit(""),
        source=pl.lit("made"),
        line=pl.int_range(count, dtype=pl.Int64),
    )
    return Register(pl.DataFrame(schema=PARTIES), named.select(list(STAKES)).cast(dict(STAKES)))  # type: ignore[arg-type]


def measured(regime: str, stakes: int) -> dict[str, float]:
    """Judge the register for one regime; give the seconds and how much was reached."""
    register = made(stakes)
    programme = Designation("DPRK2", measures=(Measure.ASSET_FREEZE,))
    people = max(10, stakes // 5)
    listing = Listing(LISTS[regime], "1", Party(names=["X"]), ("DPRK2",), (programme,))
    named = {f"p{at}": [Named(listing, at % 3 > 0)] for at in range(0, people, 4)}
    wall, processor = time.perf_counter(), time.process_time()
    verdicts = judge(register, DAY, named)
    answers = [answer.controls() for _, answer in verdicts.answers]
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    said = [control.value for answer in answers for control in answer.values()]
    counts = {word: float(said.count(word)) for word in ("blocked", "presumed", "unknown")}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    edges = float(sum(len(verdicts.graph.ways(kind).owned) for kind in StakeKind if kind is not StakeKind.OTHER))
    return {
        "wall": wall,
        "processor": processor,
        "edges": edges,
        "listed": float(len(named)),
        "memory": memory,
        **counts,
    }


def page(rows: dict[str, dict[str, float]], stakes: int) -> str:
    """Write the figures as a table."""
    known = ", ".join(f"{key} {text}" for key, text in machine.described().items() if "not installed" not in text)
    lines = [BEGIN, "", f"Machine: {known}. A register of {stakes:,} stakes, judged as of {DAY}.", ""]
    lines += [
        "| regime | listed | blocked | presumed | unknown | seconds | processor seconds | goal | memory, MB |",
        "|---|---:|---:|---:|---:|---:|---:|---|---:|",
    ]
    for regime, found in rows.items():
        goal = (
            f"≤ {GOAL:g} s, {'met' if found['processor'] <= GOAL else 'not met'}"
            if stakes >= 10**6
            else "a million stakes"
        )
        counts = " | ".join(f"{found[key]:,.0f}" for key in ("listed", "blocked", "presumed", "unknown"))
        times = f"{found['wall']:.1f} | {found['processor']:.1f}"
        lines.append(f"| {regime} | {counts} | {times} | {goal} | {found['memory']:,.0f} |")
    return "\n".join([*lines, "", END])


def main() -> None:
    """Measure and write the figures between their marks."""
    parser = argparse.ArgumentParser(prog="python -m bench.ownership", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--stakes", type=int, default=10**6)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks" / "ownership.md")
    parser.add_argument("--one", metavar="REGIME", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(given.one, given.stakes)))
        return
    rows = {}
    for regime in LISTS:
        words = [sys.executable, "-m", "bench.ownership", "--one", regime, "--stakes", str(given.stakes)]
        rows[regime] = json.loads(subprocess.run(words, capture_output=True, check=True, cwd=ROOT).stdout)
        print(regime, {key: round(value, 1) for key, value in rows[regime].items()}, flush=True)
    text = given.out.read_text(encoding="utf-8") if given.out.exists() else f"{BEGIN}{END}\n"
    before, _, rest = text.partition(BEGIN)
    given.out.write_text(before + page(rows, given.stakes) + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
