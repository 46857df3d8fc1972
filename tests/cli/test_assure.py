"""`interdict assure` at its door: what it writes, that it repeats itself, and what it refuses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from interdiction.data import demo_file
from tests.cli.conftest import Ask

FEW = ("--sample", "10", "--innocents", "300")
BOOK = ("--book", demo_file("book.csv"))


def test_it_measures_the_lists_in_force_and_leaves_with_nought(ask: Ask) -> None:
    answer = ask("assure", *FEW, "--json")
    assert (answer.code, answer.json["schema"]) == (0, "interdict.assure/1")
    result = answer.json["result"]
    assert result["must"]["recall"]["found"] == result["must"]["recall"]["of"]
    assert result["setting"]["lists"][0]["list"] == "ofac-sdn"
    assert result["setting"]["at"] == "2015-01-02T18:00:00Z"
    said = ask("assure", *FEW)
    assert "nothing may be lost" in said.out


def test_it_counts_the_alerts_that_screening_the_book_gives(ask: Ask) -> None:
    counted = ask("assure", *FEW, *BOOK, "--json").json["result"]["alerts"]
    screened = ask("screen", demo_file("book.csv"), "--json").json["summary"]
    assert counted["alerted"]["found"] + counted["certain"] == screened["rows_with_hits"]
    assert counted["certain"] == screened["bands"]["certain"]


def test_the_same_seed_writes_the_same_report_byte_for_byte(ask: Ask, tmp_path: Path) -> None:
    reports = []
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        path = tmp_path / f"{name}.html"
        assert ask("assure", *FEW, *BOOK, "--seed", seed, "-o", path).code == 0
        reports.append(path.read_bytes())
    assert reports[0] == reports[1] != reports[2]
    assert list(tmp_path.glob(".*")) == []


def test_a_seed_that_is_no_text_is_a_seed_all_the_same(ask: Ask) -> None:
    assert ask("assure", *FEW, "--seed", "a\udcffb", "--json").json["result"]["setting"]["seed"] == "a\\udcffb"


def test_what_lies_below_the_line_goes_out_and_comes_back_with_a_bound(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    line = ("--threshold", "0.85")
    first = ask("assure", *FEW, *BOOK, *line, "--below", path, "--json").json["result"]["below"]
    text = path.read_text(encoding="utf-8")
    assert first["sample"] == len(text.splitlines()) - 1 > 0
    head, *rows = text.splitlines()
    said = [f"{pair},different,{rest}" for pair, _, rest in (row.split(",", 2) for row in rows)]
    path.write_text("\n".join([head, *said]), encoding="utf-8")
    labelled = ask("assure", *FEW, *BOOK, *line, "--labels", path, "--json").json["result"]["below"]["labelled"]
    assert (labelled["different"], labelled["misses_at_most"]) == (first["sample"], 0)


def test_a_change_is_weighed_before_it_is_made(ask: Ask, tmp_path: Path) -> None:
    weights = tmp_path / "mine.yml"
    source = demo_file("..").resolve() / "weights.yml"
    weights.write_bytes(source.read_bytes())
    result = ask("assure", *FEW, *BOOK, "--try-threshold", "0.9", "--try-weights", weights, "--json").json["result"]
    raised, same = result["changes"]
    assert (raised["what"], raised["alerts_gained"], raised["alerts_lost"] > 0) == ("threshold 0.9", 0, True)
    assert {one["ours"] for one in raised["lost"]}
    assert (same["what"], same["alerts_gained"], same["alerts_lost"], same["finds_lost"]) == (
        "weights mine.yml",
        0,
        0,
        0,
    )


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["--threshold", "0.3"], "usage", 2),
        (["--try-threshold", "1.2"], "usage", 2),
        (["--sample", "0"], "usage", 2),
        (["--below", "pairs.csv"], "book-needed", 2),
        (["--labels", "pairs.csv"], "book-needed", 2),
        (["--as-of", "soon"], "date", 2),
        (["--book", "nothing.csv"], "not-found", 3),
        (["--try-weights", "nothing.yml"], "weights", 5),
        (["--as-of", "2001-01-01"], "no-list", 4),
    ],
)
def test_what_cannot_be_done_is_refused_and_says_how_to_mend_it(
    arguments: list[str], code: str, exit_code: int, ask: Ask
) -> None:
    answer = ask("assure", *FEW, *arguments, "--json")
    assert (answer.code, answer.out, answer.error["code"]) == (exit_code, "", code)
    assert answer.error["mend"]


def test_no_list_in_force_says_how_to_import_one(ask: Ask, tmp_path: Path) -> None:
    answer = ask("assure", *FEW, "--json", home=tmp_path / "nothing")
    assert (answer.code, answer.error["code"]) == (4, "no-list")
    assert "lists import" in answer.error["mend"]


@pytest.mark.parametrize(("book", "code"), [("name\n", "empty-book"), ("kunde,ort\nA,B\n", "no-name-column")])
def test_a_book_that_names_nobody_is_refused(book: str, code: str, ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text(book, encoding="utf-8")
    answer = ask("assure", *FEW, "--book", path, "--json")
    assert (answer.code, answer.error["code"]) == (3, code)


def test_labels_of_nobody_known_are_refused(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("pair,label\n0123456789abcdef,same\n", encoding="utf-8")
    answer = ask("assure", *FEW, *BOOK, "--labels", path, "--json")
    assert (answer.code, answer.error["code"]) == (3, "unknown-pair")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom a folder can be closed to")
def test_a_report_that_cannot_be_written_is_an_error_and_leaves_nothing(ask: Ask, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    answer = ask("assure", *FEW, "-o", tmp_path / "r.html", "--json")
    tmp_path.chmod(0o700)
    assert (answer.code, answer.error["code"]) == (2, "output")


def test_a_report_into_a_folder_that_is_not_there_is_an_error(ask: Ask, tmp_path: Path) -> None:
    answer = ask("assure", *FEW, "-o", tmp_path / "no" / "r.html", "--json")
    assert (answer.code, answer.error["code"]) == (2, "output")
