from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interdiction.engine.editions import ImportReport
from interdiction.engine.home import Home

from .conftest import sdn_row

BEFORE, AFTER = 60, 75
POINTS = 10


@pytest.mark.parametrize("before", [BEFORE, 0])
def test_a_kill_at_any_moment_leaves_the_state_before_or_after(
    home: Home, bring: Callable[..., ImportReport], written: Callable[..., Path], tmp_path: Path, before: int
) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("SIGKILL and fork are POSIX")
    if before:
        bring(1, [sdn_row(uid) for uid in range(before)])
    here = 1 if before else 0
    killed = run(home, written(sdn=[sdn_row(uid) for uid in range(AFTER)]), tmp_path / "scratch")
    for one in [*killed["counted"], *killed["named"].values()]:
        state = (one["editions"], one["counted"], one["listings"])
        assert state in {(here, before, before), (here + 1, AFTER, AFTER)}
        assert one["strays"] == []
        assert one["readable"]
        assert one["killed"] or one["editions"] == here + 1
    assert (killed["whole"]["editions"], killed["whole"]["listings"]) == (here + 1, AFTER)
    assert sum(one["killed"] for one in killed["counted"]) > POINTS
    # The named moments lie on both sides of the commit.
    sides = {name: (one["killed"], one["editions"]) for name, one in killed["named"].items()}
    assert sides == {
        "raw kept": (True, here),
        "between raw and commit": (True, here),
        "inside the transaction": (True, here),
        "committed": (True, here + 1),
    }


def run(home: Home, edition: Path, scratch: Path) -> Any:
    scratch.mkdir()
    command: list[str | Path] = [
        sys.executable,
        Path(__file__).with_name("killing.py"),
        home.path,
        edition,
        scratch,
        str(POINTS),
    ]
    steady = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=steady)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
