"""Homes with real lists, made once for all journeys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def interdict(*arguments: str | Path, home: Path | None = None, now: str = "2026-11-22T12:00:00+00:00") -> Run:
    """Run the command as a stranger does: a process of its own."""
    command = [sys.executable, "-c", "from interdiction.cli import main; main()", *map(str, arguments)]
    if home is not None:
        command += ["--home", str(home)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "INTERDICT_NOW": now, "NO_COLOR": "1"}
    )
    return Run(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def home_2015(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of 2 January 2015 and the one before the order."""
    home = tmp_path_factory.mktemp("journey") / "home-2015"
    for day, folder in (("2015-01-01", "2015-01-01_derived"), ("2015-01-02", "2015-01-02")):
        run = interdict(
            "lists", "import", "ofac-sdn", shared_data / "ofac" / folder / "sdn.csv", "--on", day, home=home
        )
        assert run.code == 0, run.err
    return home


@pytest.fixture(scope="session")
def home_today(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SDN list of 28 December 2023 in full and the UN list of 28 January 2026."""
    home = tmp_path_factory.mktemp("journey") / "home-today"
    for run in (
        interdict("lists", "import", "ofac-sdn", shared_data / "ofac" / "2023-12-28", "--on", "2023-12-28", home=home),
        interdict("lists", "import", "un", shared_data / "un" / "UN_2026-01-28.xml", home=home),
    ):
        assert run.code == 0, run.err
    return home
