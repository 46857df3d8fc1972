"""The doors that answer: exit codes, envelopes, what is said when something is wrong."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from interdiction.cli.answer import alarms
from interdiction.config import Config
from interdiction.engine.inforce import EditionInForce
from interdiction.model import EditionState
from interdiction.screening.screener import Screener
from tests.cli.conftest import Ask

ENVELOPE = {"schema", "as_of", "editions", "result", "problems"}


def test_a_hit_leaves_with_one_and_carries_the_contract_of_a_hit(ask: Ask) -> None:
    answer = ask("check", "Changgwang Sinyong Corporation", "--json")
    assert answer.code == 1
    assert set(answer.json) >= ENVELOPE
    assert answer.json["schema"] == "interdict.check/1"
    hit = answer.json["result"][0]
    assert {"query_id", "listing", "score", "band", "matched_name", "evidence", "designations"} <= set(hit)
    assert hit["listing"] == "ofac-sdn:9345"
    assert hit["matched_name"] == "CHANGGWANG SINYONG CORPORATION"
    assert {"kind", "ours", "theirs", "effect"} <= set(hit["evidence"][0])
    assert [one["programme"] for one in hit["designations"]] == ["NPWMD", "DPRK2"]
    assert all(one["authority"] and one["measures"] for one in hit["designations"])
    assert {"list", "edition", "sha256", "age_days", "parts"} <= set(answer.json["editions"][0])


def test_nobody_leaves_with_nought_and_names_what_it_rests_on(ask: Ask) -> None:
    answer = ask("check", "Emily Hartwell", "--json")
    assert (answer.code, answer.json["result"]) == (0, [])
    assert answer.json["editions"][0]["age_days"] == 0


def test_the_day_before_the_order_the_ten_were_not_listed(ask: Ask) -> None:
    after = ask("check", "KANG, Ryong", "--json")
    before = ask("check", "KANG, Ryong", "--as-of", "2015-01-01", "--json")
    assert [one["listing"] for one in after.json["result"]] == ["ofac-sdn:17627"]
    assert (before.code, before.json["result"]) == (0, [])
    assert before.json["as_of"] == "2015-01-01"


def test_an_equal_passport_is_a_hit_under_any_name(ask: Ask) -> None:
    answer = ask("check", "Somebody Else Entirely", "--id", "passport:563410081", "--json")
    hit = answer.json["result"][0]
    assert (hit["listing"], hit["basis"]) == ("ofac-sdn:17616", "identifier")


def test_a_weak_alias_is_shown_and_says_that_it_is_weak(ask: Ask) -> None:
    hit = ask("check", "KOMID", "--json").json["result"][0]
    assert (hit["listing"], hit["weak_only"], hit["band"]) == ("ofac-sdn:9345", True, "possible")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check"], "no-name"),
        (["check", "x", "--nope"], "usage"),
        (["check", "x", "--threshold", "0.3"], "usage"),
        (["check", "x", "--threshold", "1.5"], "usage"),
        (["check", "x", "--born", "31 Feb"], "date"),
        (["check", "x", "--born", "1962-02-31"], "date"),
        (["check", "x", "--born", "1948/1946"], "date-range"),
        (["check", "x", "--kind", "dragon"], "kind"),
        (["check", "x", "--country", "Atlantis"], "country"),
        (["check", "x", "--id", "563410081"], "identifier"),
        (["check", "x", "--as-of", "yesterday"], "date"),
        (["screen", "book.csv", "--column", "name"], "column"),
    ],
)
def test_a_call_that_cannot_be_understood_leaves_with_two_and_says_how_to_mend_it(
    arguments: list[str], code: str, ask: Ask
) -> None:
    answer = ask(*arguments, "--json")
    assert answer.code == 2
    assert answer.out == ""
    assert answer.error["code"] == code
    assert answer.error["mend"]


def test_no_home_is_exit_four_and_never_nothing_found(ask: Ask, tmp_path: Path) -> None:
    answer = ask("check", "KOMID", "--json", home=tmp_path / "nothing")
    assert (answer.code, answer.out) == (4, "")
    assert answer.error["code"] == "no-list"


def test_a_stale_list_is_exit_four_and_the_hits_are_still_given(ask: Ask, demo_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "stale"
    shutil.copytree(demo_home, home)
    (home / "config.toml").write_text("[max_age_days]\nofac-sdn = 3\n", encoding="utf-8")
    os.environ["INTERDICT_NOW"] = "2015-02-01T00:00:00+00:00"  # the fixture's monkeypatch puts it back
    answer = ask("check", "KANG, Ryong", "--json", home=home)
    assert answer.code == 4
    assert answer.json["result"][0]["listing"] == "ofac-sdn:17627"
    assert [one["code"] for one in answer.json["problems"]] == ["stale-list"]


def test_a_damaged_index_is_built_again_from_the_store(ask: Ask, demo_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "damaged"
    shutil.copytree(demo_home, home)
    assert ask("check", "KANG, Ryong", home=home).code == 1
    for path in (home / "index").glob("*.names"):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(data)
    assert ask("check", "KANG, Ryong", home=home).code == 1
    for path in (home / "index").glob("*.listings"):
        path.write_bytes(path.read_bytes()[:-9])
    assert ask("check", "KANG, Ryong", home=home).code == 1
    shutil.rmtree(home / "index")
    assert ask("check", "KANG, Ryong", home=home).code == 1


def test_an_edition_that_came_after_the_index_is_never_overlooked(ask: Ask, demo_home: Path, tmp_path: Path) -> None:
    """Somebody restores an older index folder: the store is asked, because it no longer looks the same."""
    home = tmp_path / "old"
    example = demo_home / "example" / "editions"
    assert ask("lists", "import", "ofac-sdn", example / "2015-01-01", "--on", "2015-01-01", home=home).code == 0
    shutil.copytree(home / "index", tmp_path / "index-of-the-first")
    assert ask("lists", "import", "ofac-sdn", example / "2015-01-02", "--on", "2015-01-02", home=home).code == 0
    shutil.rmtree(home / "index")
    shutil.copytree(tmp_path / "index-of-the-first", home / "index")
    assert ask("check", "KANG, Ryong", home=home).code == 1


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".jsonl", ".xlsx"])
def test_a_book_is_screened_from_file_to_file_in_every_format(
    suffix: str, ask: Ask, demo_home: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"hits{suffix}"
    answer = ask("screen", demo_home / "example" / "book.csv", "-o", out, "--json")
    assert answer.code == 1
    read: dict[str, Callable[[Path], pl.DataFrame]] = {
        ".csv": pl.read_csv,
        ".parquet": pl.read_parquet,
        ".jsonl": pl.read_ndjson,
        ".xlsx": pl.read_excel,
    }
    frame = read[suffix](out)
    assert frame.columns == [
        "query_id", "row", "name", "listing", "listed_name", "score", "band", "why", "not_known", "edition",
        "cluster",
    ]  # fmt: skip
    assert frame.height == len(answer.json["result"]) + len(answer.json["jurisdictions"])
    assert answer.json["summary"]["rows"] == 200
    told = [*answer.json["result"], *answer.json["jurisdictions"]]
    assert set(frame["query_id"]) == {hit["query_id"] for hit in told}
    assert len(answer.json["jurisdictions"]) == answer.json["summary"]["rows_tied_to_places"] == 7


def test_a_bad_cell_is_a_problem_and_its_row_is_screened_on_what_remains(ask: Ask, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text('id,name,born\na,"KIM, Yong Chol",1962-02-31\na,"KIM, Yong Chol",1962-02-18\n', encoding="utf-8")
    answer = ask("screen", book, "--json")
    found = {(hit["query_id"], hit["listing"]) for hit in answer.json["result"]}
    assert ("a", "ofac-sdn:17614") in found
    assert len([hit for hit in answer.json["result"] if hit["listing"] == "ofac-sdn:17614"]) == 2
    assert {problem["line"] for problem in answer.json["problems"] if problem["node"] == "born"} == {2}
    assert any(problem["code"] == "repeated-id" for problem in answer.json["problems"])


def test_a_cell_of_a_million_letters_neither_stops_nor_hides_anybody(ask: Ask, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text(f'id,name\n1,{"x" * 1_000_000}\n2,"KANG, Ryong"\n', encoding="utf-8")
    answer = ask("screen", book, "--json")
    assert [hit["query_id"] for hit in answer.json["result"]] == ["2"]
    assert any(problem["line"] == 2 for problem in answer.json["problems"])


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("id,amount\n1,2\n", "no-name-column"), ("<!doctype html><html><body>login", "not-a-table")],
)
def test_what_is_no_book_leaves_with_three(text: str, code: str, ask: Ask, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text(text, encoding="utf-8")
    answer = ask("screen", book, "--json")
    assert (answer.code, answer.error["code"]) == (3, code)
    assert answer.error["mend"]


def test_a_column_of_another_name_is_taken_where_it_is_said(ask: Ask, tmp_path: Path) -> None:
    book = tmp_path / "kunden.csv"
    book.write_text('NR;KUNDE\n7;"KANG, Ryong"\n', encoding="utf-8")
    answer = ask("screen", book, "--column", "name=KUNDE", "--column", "id=NR", "--json")
    assert [hit["query_id"] for hit in answer.json["result"]] == ["7"]


def test_the_number_of_threads_does_not_change_a_byte(ask: Ask, demo_home: Path) -> None:
    one, many = (ask("screen", demo_home / "example" / "book.csv", "--json", "--threads", n) for n in ("1", "4"))
    assert one.out == many.out


def test_payments_are_blocked_held_and_released(ask: Ask, demo_home: Path) -> None:
    answer = ask("pay", demo_home / "example" / "payments.csv", "--json")
    assert answer.code == 1
    assert {one["disposition"] for one in answer.json["result"]} == {"block", "hold", "release"}


def test_payments_that_are_all_released_leave_with_nought(ask: Ask, tmp_path: Path) -> None:
    table = tmp_path / "payments.csv"
    table.write_text(
        "id,debtor,creditor,amount,currency\n1,Emily Hartwell,Petrus Shikongo,5.00,USD\n", encoding="utf-8"
    )
    answer = ask("pay", table, "--json")
    assert (answer.code, answer.json["result"][0]["disposition"]) == (0, "release")


def test_without_a_profile_a_hit_is_held_whatever_it_is(ask: Ask, demo_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "unprofiled"
    shutil.copytree(demo_home, home)
    (home / "config.toml").unlink()
    answer = ask("pay", demo_home / "example" / "payments.csv", "--json", home=home)
    assert {one["disposition"] for one in answer.json["result"]} == {"hold", "release"}


def test_impact_with_payments_names_those_the_order_stops(ask: Ask, demo_home: Path) -> None:
    example = demo_home / "example"
    answer = ask(
        "impact", "ofac-sdn", "--from", "2015-01-01", "--to", "2015-01-02", "--book", example / "book.csv",
        "--payments", example / "payments.csv", "--json",
    )  # fmt: skip
    moved = {one["payment"] for one in answer.json["result"]["payments"] if one["before"] != one["after"]}
    assert (answer.code, moved) == (1, {"P-005", "P-011"})


def test_impact_says_and_leaves_with_four_when_a_list_is_older_than_it_may_be(
    ask: Ask, demo_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "aged"
    shutil.copytree(demo_home, home)
    (home / "config.toml").write_text("[max_age_days]\nofac-sdn = 30\n", encoding="utf-8")
    book = demo_home / "example" / "book.csv"
    days = ("--from", "2015-01-01", "--to", "2015-03-01")
    answer = ask("impact", "ofac-sdn", *days, "--book", book, "--json", home=home)
    assert (answer.code, answer.json["problems"][-1]["code"]) == (4, "stale-list")
    assert answer.json["result"]["newly_caught"]


def test_impact_of_days_the_wrong_way_round_is_a_usage_error(ask: Ask, demo_home: Path) -> None:
    book = demo_home / "example" / "book.csv"
    answer = ask("impact", "ofac-sdn", "--from", "2015-01-02", "--to", "2015-01-01", "--book", book, "--json")
    assert (answer.code, answer.error["code"]) == (2, "days")


def test_impact_of_a_list_that_is_not_here_is_exit_four(ask: Ask, demo_home: Path) -> None:
    book = demo_home / "example" / "book.csv"
    answer = ask("impact", "un", "--from", "2015-01-01", "--to", "2015-01-02", "--book", book, "--json")
    assert (answer.code, answer.error["code"]) == (4, "no-list")


@pytest.mark.skipif(os.name != "posix", reason="rights of folders are those of POSIX")
def test_a_home_that_cannot_be_written_still_answers(ask: Ask, demo_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "frozen"
    shutil.copytree(demo_home, home)
    shutil.rmtree(home / "index")
    (home / "index").write_text("a file where the folder should be", encoding="utf-8")
    assert ask("check", "KANG, Ryong", "--json", home=home).code == 1


def test_an_interrupt_leaves_its_message_its_code_and_no_part_of_a_result(
    ask: Ask, demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Screener.screen_stream

    def interrupted(*given: Any, **named: Any) -> Any:
        for piece in whole(*given, **named):
            yield piece
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Screener, "screen_stream", interrupted)
    book = demo_home / "example" / "book.csv"
    answer = ask("screen", book, "-o", tmp_path / "hits.csv")
    assert (answer.code, answer.out) == (130, "")
    assert "interrupted before its end" in answer.err
    answer = ask("screen", book, "-o", tmp_path / "hits.csv", "--json")
    assert (answer.code, answer.error["code"]) == (130, "interrupted")
    assert list(tmp_path.iterdir()) == []


def in_force(key: str) -> EditionInForce:
    day = date(2026, 1, 28)
    return EditionInForce(key, f"{key}@{day}+aa", "aa", 0, ("xml",), day, EditionState.ACCEPTED, 1)


def test_every_answer_from_the_eu_list_says_that_the_sectoral_annexes_are_not_covered_until_they_are() -> None:
    day, config = date(2026, 1, 28), Config(Path())
    (said,), code = alarms([in_force("un"), in_force("eu")], day, config)
    assert (said.code, code) == ("list-not-covered", 0)
    assert "eu-sectoral" in said.mend
    assert alarms([in_force("eu"), in_force("eu-sectoral")], day, config) == ([], 0)
    assert alarms([in_force("un")], day, config) == ([], 0)
