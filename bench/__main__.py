"""`python -m bench`: the name engine beside the other ways, in one run, on one machine, on the same names.

    python -m bench [--quick] [--out FOLDER] [--rounds N]

Every speed is measured once a round, all subjects in turn, and the median of the rounds is told; ratios are
taken within a round. `--quick` runs everything on small samples, to see that it runs: its figures mean little.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import aliases, extras, machine, recall, report, rivals
from bench.books import DATA, ROOT, innocents, listed_names, recombined_list
from bench.damage import PERFECT
from bench.engine import Border, Core, compiled, percentile

TAU = 0.5
Task = Callable[[], dict[str, float]]


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    rounds: int = 5
    lists: tuple[int, ...] = (70_000, 140_000, 200_000, 500_000, 1_000_000)
    timed: tuple[int, ...] = (200_000, 1_000_000)
    book: int = 30_000
    exhaustive: int = 1_000
    latency: int = 4_000
    damaged: int = 2_000
    rival_damaged: int = 300
    rival_book: int = 1_000
    alias_step: int = 1
    customers: int = 1_000_000
    messages: int = 100_000
    judged: int = 20_000


QUICK = Sizes(1, (40_000,), (40_000,), 1_500, 20, 100, 30, 5, 20, 400, 3_000, 200, 200)


class Run:
    """Everything measured so far."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.samples: dict[str, list[float]] = defaultdict(list)
        self.curves: dict[str, list[float]] = defaultdict(list)
        self.started = time.perf_counter()

    def say(self, what: str) -> None:
        """Show progress."""
        print(f"{time.perf_counter() - self.started:6.0f} s  {what}", flush=True)

    def rounds(self, tasks: dict[str, Task]) -> None:
        """Measure every task once a round, in turn."""
        for number in range(self.sizes.rounds):
            for name, task in tasks.items():
                self.say(f"round {number + 1} of {self.sizes.rounds}: {name}")
                for key, value in task().items():
                    self.samples[key].append(value)
            self.ratios(number)

    def ratios(self, number: int) -> None:
        """Set this round's rates against this round's Jaro-Winkler."""
        base = self.samples.get("jaro_winkler", [])
        for key in ("real.first", "real.remembered", "tfidf", "token_sort"):
            if number < len(base) and number < len(self.samples.get(key, [])):
                self.samples[f"{key}/jaro_winkler"].append(self.samples[key][number] / base[number])

    def note(self, **values: float) -> None:
        """Keep figures that are counted, not timed."""
        for key, value in values.items():
            self.samples[key] = [value]

    def values(self) -> dict[str, float]:
        """Give the medians."""
        return {key: statistics.median(all_) for key, all_ in self.samples.items() if all_}


def core_task(core: Core, name: str) -> Task:
    """Measure both passes over the innocents."""
    return lambda: {f"{name}.{key}": value for key, value in core.passes(TAU).items()}


def latency_task(run: Run, core: Core, name: str, books: dict[str, Path]) -> Task:
    """Measure the time of single queries: innocents, then only true matches."""

    def measure() -> dict[str, float]:
        told = {}
        for book in ("true", "innocent"):
            core.book(books[book])
            for memory, ordered in core.latencies(TAU, run.sizes.latency).items():
                run.curves[f"{name}.{book}.{memory}"].extend(ordered)
                for share in (0.5, 0.95, 0.99):
                    told[f"{name}.{book}.{memory}.p{share * 100:.0f}"] = percentile(ordered, share)
        return told

    return measure


def build_task(core: Core, name: str) -> Task:
    """Measure a build from text to file, and an opening with every check."""

    def measure() -> dict[str, float]:
        return {f"{name}.build": core.build()["seconds"], f"{name}.open": core.worker.ask("open")["seconds"]}

    return measure


def speeds(run: Run, folder: Path) -> None:
    """Everything that is timed."""
    sizes = run.sizes
    real, book = listed_names(), innocents()
    step = max(1, len(book) // sizes.book)
    asked = folder / "innocents.txt"
    asked.write_text("\n".join(book[::step]), encoding="utf-8")
    run.say(f"{len(real):,} real names, {len(book[::step]):,} innocents")
    largest = recombined_list(real, max(sizes.lists))
    cores = {}
    for size in (len(real), *sizes.lists):
        run.say(f"building {size:,} names")
        name = "real" if size == len(real) else f"made{size}"
        cores[name] = Core(largest[:size], folder, name)
        cores[name].book(asked)
    tasks: dict[str, Task] = {}
    few = book[:: max(1, len(book) // sizes.exhaustive)]
    texts = [one.text for one in real]
    tasks |= rivals.exhaustive(texts, few) | rivals.grams(texts, book[::step])
    for name, core in cores.items():
        tasks[f"{name}: innocents"] = core_task(core, name)
        if name == "real" or core.size in sizes.timed:
            every = max(1, core.size // (sizes.latency * 2))
            true = folder / f"{name}.true.txt"
            true.write_text("\n".join(one.text for one in largest[: core.size : every]), encoding="utf-8")
            tasks[f"{name}: latency"] = latency_task(run, core, name, {"innocent": asked, "true": true})
            tasks[f"{name}: build and open"] = build_task(core, name)
        run.note(**{f"{name}.size": core.size, f"{name}.bytes": core.built["bytes"] / core.built["names"]})
    tasks["real: analysing alone"] = lambda: _analysing(cores["real"])
    border = Border(cores["real"].file, asked)
    tasks["border"] = lambda: {f"border.{key}": value for key, value in border.rates(TAU).items()}
    tasks |= extras.tasks(cores["real"], real, book, folder, sizes, TAU)
    run.rounds(tasks)
    for name, core in cores.items():
        memory = core.worker.ask("resident")
        if memory["kilobytes"]:
            run.note(**{f"{name}.resident": memory["kilobytes"] / 1024})
        core.close()
    border.close()
    last = f"made{max(sizes.lists)}"
    for key in [key for key in run.samples if key.startswith(f"{last}.")]:
        run.samples[f"largest{key.removeprefix(last)}"] = run.samples[key]
    slow, fast = statistics.median(run.samples[f"{last}.first"]), statistics.median(run.samples["real.first"])
    run.note(**{"growth.exponent": math.log(fast / slow) / math.log(max(sizes.lists) / len(real))})


def _analysing(core: Core) -> dict[str, float]:
    found = core.worker.ask("analyse")
    return {"real.analyse": found["names"] / found["seconds"]}


def qualities(run: Run, folder: Path) -> dict[str, Any]:
    """Everything that is counted."""
    sizes, real, book = run.sizes, listed_names(), innocents()
    book = book[:: max(1, len(book) // sizes.book)]
    run.say("candidates of innocents")
    searched = recall.Searched(real, folder / "counted.names")
    found = recall.candidates(searched, book)
    run.note(**{f"candidates.{tau}": value for tau, value in found.items()})
    run.say("recall by damage")
    damage = recall.by_damage(searched, real, sizes.damaged, TAU)
    run.note(**{f"recall.{kind}": row["found"] for kind, row in damage.items()})
    run.note(
        **{
            "recall.least": min(row["found"] for row in damage.values()),
            "recall.perfect": min(damage[kind]["found"] for kind in PERFECT),
        }
    )
    run.say("recall by damage, the others at the same price")
    few = book[:: max(1, len(book) // sizes.rival_book)]
    others = recall.rivals_by_damage(real, few, sizes.rival_damaged, found[str(TAU)])
    run.say("reach of labelled pairs")
    reached = recall.reach(real, folder)
    for which, row in reached.items():
        run.note(**{f"reach.{which}.{tau}": row[str(tau)] for tau in recall.TAUS})
    run.say("aliases removed in turn")
    gone = aliases.removed(searched, real, sizes.alias_step)
    run.note(**{f"aliases.{key}": value for key, value in gone["definition"].items()})
    run.note(**{f"aliases.found.{tau}": value for tau, value in gone["found"].items()})
    return {"damage": damage, "rivals": others, "reach": reached, "aliases": gone}


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="small samples, to see that everything runs")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks", help="where table, JSON and plots go")
    parser.add_argument("--rounds", type=int, default=0, help="how often each speed is measured")
    given = parser.parse_args()
    if not DATA.is_dir():
        raise SystemExit("nothing to measure on: the real lists (../shared/data) are not beside this checkout")
    sizes = QUICK if given.quick else Sizes()
    if given.rounds > 0:
        sizes = Sizes(**{**sizes.__dict__, "rounds": given.rounds})
    known = machine.described()
    run = Run(sizes)
    run.say("compiling")
    compiled()
    with tempfile.TemporaryDirectory() as name:
        speeds(run, Path(name))
        counted = qualities(run, Path(name))
    run.say("done")
    report.write(given.out, known, run.samples, run.curves, counted, quick=given.quick, rounds=sizes.rounds)


if __name__ == "__main__":
    main()
