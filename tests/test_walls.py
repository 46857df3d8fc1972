"""The walls that import-linter cannot see: it knows no compiled modules and no modules below their names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "interdiction"
DOORS = {"cli", "api"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


MODULES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def test_only_the_names_room_and_the_readers_of_messages_and_phrases_touch_the_native_module() -> None:
    touching = {path for path in MODULES for name in imports(path) if name.startswith("interdiction._core")}
    beside = {str(path.relative_to(SOURCE)) for path in touching if room(path) != "names"}
    assert beside == {"payments/iso20022/plain.py", "announcements/phrases.py"}
    assert any(room(path) == "names" for path in touching)


@pytest.mark.parametrize("module", ["time", "random", "uuid"])
def test_no_room_below_a_door_reads_the_clock_or_rolls_dice(module: str) -> None:
    reading = [path.name for path in MODULES if room(path) not in DOORS and module in set(imports(path))]
    assert reading == []


def test_no_room_below_a_door_asks_what_day_it_is_or_reads_the_environment() -> None:
    asking = [
        (path.name, node.attr)
        for path in MODULES
        if room(path) not in DOORS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow", "environ", "getenv"}
    ]
    assert asking == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_is_of_a_size_one_can_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350
