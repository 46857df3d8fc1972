"""`make bench` end to end on small samples: it runs, and what it writes holds together."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bench import plots
from bench.aliases import why
from bench.books import Listed
from bench.damage import KINDS, PERFECT, damaged
from bench.goals import GOALS
from bench.report import BEGIN, END

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "benchmarks" / "README.md"


@pytest.fixture(scope="module")
def outcome(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("cargo") is None:
        pytest.skip("cargo, which compiles the measuring programs, is not here")
    folder = tmp_path_factory.mktemp("benchmarks")
    (folder / "README.md").write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    command = [sys.executable, "-m", "bench", "--quick", "--out", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.shared
def test_every_goal_stands_in_the_table_of_a_quick_run(outcome: Path) -> None:
    page = (outcome / "README.md").read_text(encoding="utf-8")
    assert page.startswith("before\n")
    assert page.endswith("\nafter\n")
    assert "\nold\n" not in page
    assert [goal.what for goal in GOALS if f"| {goal.what} | {goal.goal} |" not in page] == []
    assert "only show that everything runs" in page


@pytest.mark.shared
def test_a_quick_run_finds_what_must_not_be_lost_and_agrees_with_the_definition(outcome: Path) -> None:
    told = json.loads((outcome / "figures.json").read_text(encoding="utf-8"))
    assert {kind: told["counted"]["damage"][kind]["found"] for kind in PERFECT} == dict.fromkeys(PERFECT, 1.0)
    check = told["counted"]["aliases"]["definition"]
    assert (check["pairs"] > 0, check["missed"], check["differing"]) == (True, 0, 0)
    assert all(row["least"] <= row["median"] <= row["most"] for row in told["figures"].values())


@pytest.mark.shared
def test_the_plots_of_a_quick_run_are_well_formed_and_not_empty(outcome: Path) -> None:
    drawn = {path.stem: ET.parse(path).getroot() for path in outcome.glob("*.svg")}
    assert set(drawn) == {"throughput", "latency", "recall"}
    svg = "{http://www.w3.org/2000/svg}"
    assert len(drawn["throughput"].findall(f"{svg}polyline")) >= 3
    assert len(drawn["latency"].findall(f"{svg}polyline")) == 6
    assert len(drawn["recall"].findall(f"{svg}rect")) > len(KINDS)


def test_damage_is_the_same_on_every_machine_and_of_every_kind() -> None:
    listed = [
        Listed(f"x:{at}", "person", name) for at, name in enumerate(["KHOURI, Walid Sameer", "Zhang Weiquan Shi"])
    ]
    first, second = damaged(listed, 2), damaged(listed, 2)
    assert first == second
    assert set(first) == set(KINDS)
    assert {kind for kind, rows in first.items() if len(rows) == 0} == set()
    changed = {
        kind
        for kind, rows in first.items()
        if all(text not in {"khouri walid sameer", "zhang weiquan shi"} for text, _ in rows)
    }
    assert changed == set(KINDS) - {"exact"}


@pytest.mark.parametrize(
    ("alias", "others", "kind"),
    [
        ("PFLP", ["POPULAR FRONT FOR THE LIBERATION OF PALESTINE"], "acronym or abbreviation"),
        ("김영철", ["KIM, Yong Chol"], "other script"),
        ("GAO", ["GAO, Jingfeng"], "part of the name only"),
        ("ARAQI, Abdullah", ["ERAQI, Abdollah"], "respelt beyond the rules"),
        ("CARIBBEAN EXPORT", ["EMPRESA CUBANA DE PESCADOS"], "no shared word: another name or a translation"),
    ],
)
def test_an_alias_out_of_reach_is_told_by_its_kind(alias: str, others: list[str], kind: str) -> None:
    assert why(alias, others) == (kind, others[0])


def test_a_chart_without_points_is_still_a_picture() -> None:
    assert ET.fromstring(plots.lines("t", "x", "y", {"none": []})).tag.endswith("svg")
    assert ET.fromstring(plots.bars("t", "y", {})).tag.endswith("svg")


def test_the_page_of_figures_keeps_its_marks() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert (page.count(BEGIN), page.count(END)) == (1, 1)
