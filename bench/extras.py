"""Judging beside logic-v2 on the same blocked pairs, and the two other modes of the engine: new names, and text."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from bench import rivals
from bench.books import ROOT, Listed, customers, messages
from bench.damage import damaged
from bench.engine import PROGRAM, Core
from interdiction import _core
from interdiction.names.weights import Weights

JUDGE, DELTA, TEXT = (PROGRAM.with_name(f"{name}_bench") for name in ("judge", "delta", "text"))
ANNOUNCED = (17614, 17615, 17616, 17617, 17618, 17619, 17620, 17624, 17625, 17627, 9345, 11599, 12210)
"""The ten persons and three organisations of 2 January 2015, by OFAC's numbers."""
TEXT_TAU = 0.7
Task = Callable[[], dict[str, float]]


class Amounts(Protocol):
    """How much is measured here."""

    @property
    def judged(self) -> int:
        """Pairs."""

    @property
    def customers(self) -> int:
        """Customers whom a few new names are searched among."""

    @property
    def messages(self) -> int:
        """Messages searched for names."""


def program(path: Path, name: str, keys: Sequence[str], *arguments: str) -> dict[str, Task]:
    """Measure by a program of the core that prints one line of JSON with these keys."""

    def run() -> dict[str, float]:
        told = json.loads(subprocess.run([str(path), *arguments], stdout=subprocess.PIPE, check=True, cwd=ROOT).stdout)
        return {f"{name}.{key}": float(told[key]) for key in keys}

    return {name: run} if path.exists() else {}


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
        births = [_birth(chance), _birth(chance)]
        if listed is not None:
            pairs.append((asked[query], listed[0], births[0], births[chance.random() < 0.8]))
    chance.shuffle(pairs)
    return pairs[:most]


def _birth(chance: random.Random) -> str:
    return f"{chance.randrange(1940, 2000)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"


def judging(pairs: Sequence[rivals.Pair], folder: Path) -> dict[str, Task]:
    """Measure the judge on prepared pairs: bare, with facts and evidence as structs, and as JSON text."""
    weights, file = folder / "weights.json", folder / "pairs.tsv"
    weights.write_bytes(Weights.load().json)
    file.write_text("".join("\t".join(pair) + "\n" for pair in pairs), encoding="utf-8")
    return program(JUDGE, "judge", ("structs", "evidence", "json"), str(file), str(weights))


def announced(core: Core, book: Sequence[str], folder: Path, size: int, tau: float) -> dict[str, Task]:
    """Measure the thirteen against different customers: first pass and remembered, from raw text."""
    file = folder / "customers.txt"
    file.write_text("\n".join(customers(book, size)), encoding="utf-8")
    keys = [f"ofac-sdn:{number}" for number in ANNOUNCED]
    return program(DELTA, "delta", ("first", "remembered", "met"), str(core.file), str(file), str(tau), *keys)


def inside(core: Core, real: Sequence[Listed], book: Sequence[str], folder: Path, size: int) -> dict[str, Task]:
    """Measure listed names inside messages: first pass and remembered."""
    planted = [text for rows in damaged(real, 200).values() for text, _ in rows]
    file = folder / "messages.txt"
    file.write_text("\n".join(messages(book, planted, size)), encoding="utf-8")
    return program(TEXT, "text", ("first", "remembered", "met"), str(core.file), str(file), str(TEXT_TAU))


def tasks(
    core: Core, real: Sequence[Listed], book: Sequence[str], folder: Path, sizes: Amounts, tau: float
) -> dict[str, Task]:
    """Give what is to be measured each round besides retrieval."""
    pairs = blocked(core, real, book, sizes.judged)
    return (
        judging(pairs, folder)
        | rivals.logic(pairs[: max(50, sizes.judged // 10)], max(4, sizes.judged // 200))
        | announced(core, book, folder, sizes.customers, tau)
        | inside(core, real, book, folder, sizes.messages)
    )
