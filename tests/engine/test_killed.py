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
POINTS = 16


@pytest.fixture
def killed(home: Home, bring: Callable[..., ImportReport], written: Callable[..., Path], tmp_path: Path) -> Any:
    if not hasattr(os, "fork"):
        pytest.skip("SIGKILL and fork are POSIX")
    bring(1, [sdn_row(uid) for uid in range(BEFORE)])
    edition = written(sdn=[sdn_row(uid) for uid in range(AFTER)])
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    script = Path(__file__).with_name("killing.py")
    done = subprocess.run(
        [sys.executable, script, home.path, edition, scratch, str(POINTS)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_kill_at_any_moment_leaves_the_state_before_or_after(killed: Any) -> None:
    runs = [*killed["counted"], *killed["named"].values()]
    for run in runs:
        assert (run["editions"], run["counted"], run["listings"]) in {(1, BEFORE, BEFORE), (2, AFTER, AFTER)}
        assert run["strays"] == []
        assert run["readable"]
        assert run["killed"] or run["editions"] == 2
    assert (killed["whole"]["editions"], killed["whole"]["listings"]) == (2, AFTER)
    assert sum(run["killed"] for run in killed["counted"]) > POINTS
    # The named moments lie on both sides of the commit.
    sides = {name: (run["killed"], run["editions"]) for name, run in killed["named"].items()}
    assert sides == {
        "raw kept": (True, 1),
        "between raw and commit": (True, 1),
        "inside the transaction": (True, 1),
        "committed": (True, 2),
    }
