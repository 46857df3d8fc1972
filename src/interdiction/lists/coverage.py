"""What the law of a place asks for, from `data/coverage.yml`: the lists one must have, and what no list covers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import yaml

from interdiction.errors import DataError, UsageError
from interdiction.lists.sources import Sources

FILE = "coverage.yml"


class Wanted(msgspec.Struct, frozen=True):
    """One list that the law of a place asks for (or makes prudent), why, and where that can be read."""

    list: str
    why: str
    source: str
    verified: bool
    fresh_days: int = 7
    """Days without a word of its publisher after which it is doubtful that the edition in force is the last one."""


class Uncovered(msgspec.Struct, frozen=True):
    """Something that binds the same people and stands on none of the lists; `do` says what helps."""

    what: str
    source: str
    verified: bool
    do: str


class Regime(msgspec.Struct, frozen=True):
    """The law of one place as far as lists go."""

    key: str
    title: str
    binds: str
    must: tuple[Wanted, ...]
    beside: tuple[Wanted, ...]
    not_covered: tuple[Uncovered, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    regimes: tuple[Regime, ...]


def regimes(keys: Iterable[str] = (), path: Path | None = None) -> tuple[Regime, ...]:
    """Give the regimes of these keys in their order, all of them where none is named.

    Raises `UsageError` (code `regime`) for a key that is none, `DataError` (code `coverage`) for a file that is wrong.
    """
    known = _packaged() if path is None else _parse(path.read_bytes(), str(path))
    by_key = {one.key: one for one in known}
    wanted = list(dict.fromkeys(keys)) or list(by_key)
    strange = [key for key in wanted if key not in by_key]
    if strange:
        raise UsageError(
            f"no coverage is known for {strange[0]!r}",
            where="--for",
            mend=f"use one of {', '.join(by_key)}",
            code="regime",
        )
    return tuple(by_key[key] for key in wanted)


@cache
def _packaged() -> tuple[Regime, ...]:
    return _parse(resources.files("interdiction").joinpath("data", FILE).read_bytes(), f"data/{FILE}")


def _parse(raw: bytes, where: str) -> tuple[Regime, ...]:
    try:
        tree: Any = yaml.load(raw, Loader=yaml.CSafeLoader)
        found = msgspec.convert(tree, _File).regimes
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise _wrong(where, str(error)) from error
    register = Sources.load()
    for regime in found:
        if not regime.must or not regime.not_covered:
            raise _wrong(where, f"{regime.key} names no list, or nothing that is not covered")
        strange = [one.list for one in (*regime.must, *regime.beside) if one.list not in register]
        if strange:
            raise _wrong(where, f"{regime.key} names {strange[0]!r}, which the register does not know")
    return found


def _wrong(where: str, what: str) -> DataError:
    return DataError(f"the coverage is wrong: {what}", where=where, mend="correct that entry", code="coverage")
