"""The commands of the day of an order: rescreen with its proof, what is due, look back, our own confirmed parties."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interdiction.cli.app import run
from tests.engine.conftest import sdn_row, text

BOOK = "id,name,born,director\nC1,Kil Jong Hun,1965-02-20,\nC2,A Baker,,Kil Jong Hun\nC3,Another Baker,,\n"


@pytest.fixture
def asked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, Any]]:
    """Run a command against one home with one listed person, at an instant; give its exit code and JSON answer."""
    folder = tmp_path / "2015-01-02"
    folder.mkdir()
    rows = [sdn_row(17614, "KIL, Jong Hun", "DPRK2", "DOB 20 Feb 1965."), sdn_row(1, "SOMEBODY ELSE")]
    (folder / "sdn.csv").write_bytes(text(rows))
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    home = ["--home", str(tmp_path / "home"), "--json"]

    def ask(*words: str, at: str = "2015-01-02T18:00:00+00:00") -> tuple[int, Any]:
        monkeypatch.setenv("INTERDICT_NOW", at)
        code = run([*words, *home])
        said = capfd.readouterr()
        return code, json.loads(said.out or said.err)

    assert ask("lists", "import", "ofac-sdn", str(folder), "--on", "2015-01-02")[0] == 0
    (tmp_path / "home" / "config.toml").write_text('[institution]\nkind = "us"\nname = "A Bank"\n', encoding="utf-8")
    return ask


def test_a_rescreening_gives_its_proof_and_then_only_what_is_new(asked: Callable[..., Any], tmp_path: Path) -> None:
    book, out = str(tmp_path / "book.csv"), tmp_path / "hits.csv"
    code, answer = asked("rescreen", book, "--expect", "3", "-o", str(out))
    assert code == 1
    assert {key: answer["proof"][key] for key in ("read", "screened", "behind", "complete")} == {
        "read": 3,
        "screened": 3,
        "behind": 1,
        "complete": True,
    }
    assert [(hit["query_id"], hit.get("related")) for hit in answer["result"]] == [("C1", None), ("C2", "director")]
    assert out.read_text(encoding="utf-8").splitlines()[0].startswith("query_id,")
    code, answer = asked("rescreen", book, "--expect", "3", at="2015-01-03T06:00:00+00:00")
    assert (code, answer["result"], answer["proof"]["since"]) == (0, [], 1)


def test_a_book_that_is_short_leaves_with_3(asked: Callable[..., Any], tmp_path: Path) -> None:
    code, answer = asked("rescreen", str(tmp_path / "book.csv"), "--expect", "4")
    assert (code, answer["proof"]["complete"]) == (3, False)


def test_what_is_due_is_said_each_day(asked: Callable[..., Any], tmp_path: Path) -> None:
    asked("rescreen", str(tmp_path / "book.csv"), at="2015-01-02T19:00:00+00:00")
    assert asked("rescreens", at="2015-01-02T20:00:00+00:00")[0] == 0
    code, answer = asked("rescreens", at="2015-01-03T01:00:00+00:00")
    assert (code, [one["due"] for one in answer["result"]]) == (1, ["the last one is of an earlier day"])


def test_confirmed_customers_become_listings_of_our_own(asked: Callable[..., Any], tmp_path: Path) -> None:
    asked("screen", str(tmp_path / "book.csv"), "--record")
    code, answer = asked("lists", "confirmed", "--by", "Jo", at="2015-01-03T06:00:00+00:00")
    assert (code, answer["result"]["listings"]) == (0, ["own-confirmed:D-1-1"])
    assert asked("lists", "confirmed", "--by", "Jo", at="2015-01-03T07:00:00+00:00")[1]["result"]["listings"] == []


def test_an_emergency_entry_is_found_by_the_next_command(asked: Callable[..., Any]) -> None:
    code, _ = asked("lists", "emergency", "Paradise Trading", "--by", "Jo", "--why", "named on television")
    assert code == 0
    assert asked("check", "Paradise Trading")[1]["result"][0]["listing"].startswith("own-emergency:")


def test_a_look_back_over_nothing_finds_nothing(asked: Callable[..., Any]) -> None:
    code, answer = asked("lookback")
    assert (code, answer["result"], answer["looked"]) == (0, [], 0)


def test_a_confirmed_party_that_was_taken_out_is_shown_and_does_not_come_back(
    asked: Callable[..., Any], tmp_path: Path
) -> None:
    asked("screen", str(tmp_path / "book.csv"), "--record")
    asked("lists", "confirmed", "--by", "Jo", at="2015-01-03T06:00:00+00:00")
    gone = ("lists", "take-out", "D-1-1", "--list", "own-confirmed", "--by", "A. Officer", "--why", "another man")
    code, answer = asked(*gone, at="2015-01-03T07:00:00+00:00")
    assert (code, [one["listing"] for one in answer["result"]]) == (0, ["own-confirmed:D-1-1"])
    assert asked("lists", "confirmed", "--by", "Jo", at="2015-01-03T08:00:00+00:00")[1]["result"]["listings"] == []
    code, answer = asked("lists", "take-out", "--list", "own-confirmed")
    assert "by A. Officer" in answer["result"][0]["words"]
