"""The commands about owners: what is brought in is told, and one party's answer comes with its proof and picture."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from interdiction.cli.app import run
from tests.engine.conftest import sdn_row, text

STAKES = """owner,owner id,owned,share,interest
,ofac-sdn:17614,Paradise Trading,30,shares
,ofac-sdn:17616,Paradise Trading,25,shares
PAK Chol,,Paradise Trading,,director
Paradise Trading,,Paradise Shipping,100,shares
"""


@pytest.fixture
def asked(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    """Run a command against one home with two listed persons; give its exit code and JSON answer."""
    folder = tmp_path / "2015-01-02"
    folder.mkdir()
    rows = [
        sdn_row(17614, "KIL, Jong Hun", "DPRK2"),
        sdn_row(17616, "KIM, Kwang Chun", "DPRK2"),
        sdn_row(1, "PAK Chol"),
    ]
    (folder / "sdn.csv").write_bytes(text(rows))
    home = ["--home", str(tmp_path / "home"), "--json"]
    assert run(["lists", "import", "ofac-sdn", str(folder), "--on", "2015-01-02", *home]) == 0
    capfd.readouterr()

    def ask(*words: str) -> tuple[int, Any]:
        code = run([*words, *home])
        said = capfd.readouterr()
        return code, json.loads(said.out or said.err)

    return ask


def test_what_is_brought_in_is_told_and_listed(asked: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "stakes.csv"
    path.write_text(STAKES, encoding="utf-8")
    code, answer = asked("owners", "import", str(path), "--by", "Jo")
    assert code == 0
    assert [(one["source"], one["stakes"], one["by"]) for one in answer["result"]] == [("stakes", 4, "Jo")]
    assert [one["source"] for one in asked("owners", "list")[1]["result"]] == ["stakes"]


def test_a_party_is_shown_with_its_proof_its_ties_and_its_picture(asked: Callable[..., Any], tmp_path: Path) -> None:
    path, picture = tmp_path / "stakes.csv", tmp_path / "p.svg"
    path.write_text(STAKES, encoding="utf-8")
    asked("owners", "import", str(path))
    show = ("owners", "show", "paradise trading", "--as-of", "2015-01-02")
    code, answer = asked(*show, "--svg", str(picture))
    assert code == 0
    assert [(one["regime"], one["control"]) for one in answer["result"]] == [
        ("us", "blocked"),
        ("uk", "unknown"),
        ("eu", "unknown"),
        ("ca", "unknown"),
        ("ch", "unknown"),
    ]
    assert "= 55 %" in answer["result"][0]["sentence"]
    assert [(tie["listings"], tie["sentence"]) for tie in answer["ties"]] == [
        (["ofac-sdn:1, not confirmed"], "PAK Chol, director, Paradise Trading")
    ]
    ET.parse(picture)
    assert asked("check", "Paradise Shipping", "--as-of", "2015-01-02")[1]["result"][0]["basis"] == "ownership"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("owners", "show", "paradise"), "several-parties"),
        (("owners", "show", "nobody"), "unknown-party"),
        (("owners", "show", "paradise trading", "--regime", "mars"), "regime"),
    ],
)
def test_a_party_that_cannot_be_told_is_a_question_back(
    asked: Callable[..., Any], tmp_path: Path, words: tuple[str, ...], code: str
) -> None:
    path = tmp_path / "stakes.csv"
    path.write_text(STAKES, encoding="utf-8")
    asked("owners", "import", str(path))
    exit_code, answer = asked(*words)
    assert (exit_code, answer["error"]["code"]) == (2, code)


def test_without_a_register_there_is_nothing_to_show(asked: Callable[..., Any]) -> None:
    exit_code, answer = asked("owners", "show", "paradise")
    assert (exit_code, answer["error"]["code"]) == (2, "no-register")


def test_a_bad_cell_leaves_with_3_and_the_rest_counts(asked: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "stakes.csv"
    path.write_text("owner,owned,share\nX,A,lots\nY,A,10\n", encoding="utf-8")
    code, answer = asked("owners", "import", str(path))
    assert (code, [one["code"] for one in answer["problems"]]) == (3, ["share"])
    assert answer["result"][0]["stakes"] == 2
