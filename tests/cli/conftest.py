"""One home for the doors: the worked example's, made once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest

from interdiction.cli.app import run
from interdiction.engine.story import tell


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)["error"]


class Ask(Protocol):
    def __call__(self, *arguments: str | Path, home: Path | None = None) -> Answer: ...


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("doors") / "demo"
    tell(home, datetime(2015, 1, 2, 18, tzinfo=UTC))
    return home


@pytest.fixture
def ask(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, demo_home: Path) -> Ask:
    """Run a command line in this process, against the worked example's home unless told otherwise."""
    monkeypatch.setenv("INTERDICT_NOW", "2015-01-02T18:00:00+00:00")

    def asked(*arguments: str | Path, home: Path | None = None) -> Answer:
        capfd.readouterr()
        code = run([*map(str, arguments), "--home", str(home or demo_home)])
        said = capfd.readouterr()
        return Answer(code, said.out, said.err)

    return asked
