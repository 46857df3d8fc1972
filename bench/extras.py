"""Judging beside logic-v2 on the same blocked pairs, and the two other modes of the engine: new names, and text."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from bench import rivals
from bench.books import ROOT, Listed
from bench.engine import PROGRAM, Core
from interdiction import _core
from interdiction.names.weights import Weights

JUDGE = PROGRAM.with_name("judge_bench")
Task = Callable[[], dict[str, float]]


class Amounts(Protocol):
    """How much is measured here."""

    @property
    def judged(self) -> int:
        """Pairs."""


def blocked(core: Core, real: Sequence[Listed], book: Sequence[str], most: int) -> list[rivals.Pair]:
    """Give pairs as retrieval hands them to a judge: listed persons and innocents, each with its candidates.

    Births are drawn; one in five is the same on both sides.
    """
    chance = random.Random(5151)
    persons = [one.text for one in real if one.kind == "person"]
    asked = chance.sample(persons, min(len(persons), max(10, most // 8))) + list(book[:: max(1, len(book) // most)])
    index = _core.open(core.file)
    found = index.retrieve(_core.batch({"name": asked}), threshold=0.5, threads=1).columns()
    pairs = []
    for query, name in zip(found["query"], found["name"], strict=True):
        listed = index.name(name)
        births = [
            f"{chance.randrange(1940, 2000)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}" for _ in "ab"
        ]
        if listed is not None:
            pairs.append((asked[query], listed[0], births[0], births[0] if chance.random() < 0.2 else births[1]))
    chance.shuffle(pairs)
    return pairs[:most]


def judging(pairs: Sequence[rivals.Pair], folder: Path) -> dict[str, Task]:
    """Measure the judge on prepared pairs: bare, with facts and evidence as structs, and as JSON text."""
    weights, file = folder / "weights.json", folder / "pairs.tsv"
    weights.write_bytes(Weights.load().json)
    file.write_text("".join("\t".join(pair) + "\n" for pair in pairs), encoding="utf-8")

    def run() -> dict[str, float]:
        command = [str(JUDGE), str(file), str(weights)]
        told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=ROOT).stdout)
        return {f"judge.{key}": float(told[key]) for key in ("structs", "evidence", "json")}

    return {"judge": run} if JUDGE.exists() else {}


def tasks(core: Core, real: Sequence[Listed], book: Sequence[str], folder: Path, sizes: Amounts) -> dict[str, Task]:
    """Give what is to be measured each round besides retrieval."""
    pairs = blocked(core, real, book, sizes.judged)
    return judging(pairs, folder) | rivals.logic(pairs[: max(50, sizes.judged // 10)], max(4, sizes.judged // 200))
