"""The pages are true: every command and option is documented, every example shows what the command says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer

from interdiction.cli.app import app
from interdiction.engine.story import tell

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def commands() -> Iterator[tuple[str, Any]]:
    root: Any = typer.main.get_command(app)
    for name, command in root.commands.items():
        if hasattr(command, "commands"):
            yield from ((f"{name} {below}", one) for below, one in command.commands.items())
        else:
            yield name, command


def page(command: str) -> str:
    first = command.partition(" ")[0]
    path = DOCS / "lists" / "README.md" if first == "lists" else DOCS / "commands" / f"{first}.md"
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_and_each_of_its_options_is_on_its_page(name: str, command: Any) -> None:
    text = page(name)
    assert f"interdict {name}" in text
    options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    assert [option for option in options if option != "--help" and option not in text] == []


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_says_what_it_does_and_answers_as_json(name: str, command: Any) -> None:
    assert command.help, name
    assert any("--json" in parameter.opts for parameter in command.params)


def test_every_example_shows_what_the_command_says() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "docs_output.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_examples_of_the_python_door_run(tmp_path: Path) -> None:
    tell(tmp_path / "interdict-demo", datetime(2015, 1, 2, 18, tzinfo=UTC))
    pieces = (DOCS / "python.md").read_text(encoding="utf-8").split("```python\n")[1:]
    example = "\n".join(piece.split("```")[0] for piece in pieces)
    run = subprocess.run(
        [sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[1].startswith("ofac-sdn:17614")


def test_every_link_between_pages_leads_somewhere() -> None:
    dead = []
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]:
        for piece in path.read_text(encoding="utf-8").split("](")[1:]:
            target = piece.partition(")")[0].partition("#")[0]
            if target and "://" not in target and not (path.parent / target).exists():
                dead.append(f"{path.name}: {target}")
    assert dead == []


def test_the_page_of_errors_is_what_the_code_says() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "errors_page.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
