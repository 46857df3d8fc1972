from __future__ import annotations

from pathlib import Path

import polars as pl

from interdiction.names.weights import Weights
from tests.cli.conftest import Ask
from tests.fitting.test_fit import table


def test_numbers_are_fitted_written_and_chosen_by_the_home(ask: Ask, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    answer = ask("fit", table(tmp_path / "d.csv"), "-o", home / "own.yml", "--json", home=home)
    result = answer.json["result"]
    assert (answer.code, answer.json["schema"], result["decisions"]) == (0, "interdict.fit/1", 300)
    own = Weights.load(home / "own.yml")
    assert own.version.startswith(f"{Weights.load().version}+fit.")
    pair = (
        '{"kind": "person", "names": ["Kim Yong Chol"], "gender": "male"}',
        '{"kind": "person", "names": ["KIM, Yong Chol"], "gender": "female"}',
    )
    before = ask("compare", *pair, "--json", home=home).json["result"]["score"]
    (home / "config.toml").write_text("weights = 'own.yml'\n", encoding="utf-8")
    assert ask("compare", *pair, "--json", home=home).json["result"]["score"] < before


def test_listings_in_force_are_known_by_their_ids(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    rows = "".join(f"Kim Yong Chol,196{at % 10},ofac-sdn:17614,{'no' if at % 2 else 'yes'}\n" for at in range(80))
    path.write_text(f"name,born,listing,match\n{rows}", encoding="utf-8")
    answer = ask("fit", path)
    assert answer.code == 0
    assert "80 decisions, 40 of them matches" in answer.out


def test_too_few_decisions_are_refused(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("name,listed_name,match\nKim,KIM,yes\n", encoding="utf-8")
    answer = ask("fit", path, "--json")
    assert (answer.code, answer.error["code"]) == (3, "too-few-decisions")


def test_hits_that_screen_wrote_need_one_column_more_and_the_book(ask: Ask, tmp_path: Path) -> None:
    book, hits, decided = (tmp_path / name for name in ("book.csv", "hits.csv", "decided.csv"))
    rows = "".join(f"Kim Yong Chol,{'1962-02-18' if at % 2 else 'about 1947'}\n" for at in range(60))
    book.write_text(f"name,born\n{rows}", encoding="utf-8")
    ask("screen", book, "-o", hits)
    frame = pl.read_csv(hits).filter(pl.col("listing") == "ofac-sdn:17614")
    frame.with_columns(match=pl.when(pl.col("row") % 2 == 1).then(pl.lit("yes")).otherwise(pl.lit("no"))).write_csv(
        decided
    )
    bare, told = (
        ask("fit", decided, "--json").json["result"],
        ask("fit", decided, "--book", book, "--json").json["result"],
    )
    assert bare["decisions"] == told["decisions"] == 60
    # Without the book nobody knows the birth dates that the decisions were made by.
    assert not any(one["number"].startswith("fact.birth") for one in bare["changes"])
    assert any(one["number"].startswith("fact.birth") for one in told["changes"])


def test_decisions_about_rows_that_the_book_lacks_are_problems_or_an_error(ask: Ask, tmp_path: Path) -> None:
    book, decided = tmp_path / "book.csv", tmp_path / "decided.csv"
    book.write_text("name\nKim Yong Chol\n", encoding="utf-8")
    rows = "".join(f"2,ofac-sdn:17614,{'no' if at % 2 else 'yes'}\n" for at in range(80))
    decided.write_text(f"row,listing,match\n{rows}99,ofac-sdn:17614,yes\nx,ofac-sdn:17614,yes\n", encoding="utf-8")
    answer = ask("fit", decided, "--book", book, "--json")
    assert answer.json["result"]["decisions"] == 80
    assert [(one["code"], one["line"]) for one in answer.json["problems"]] == [("unknown-row", 82), ("unknown-row", 83)]
    decided.write_text("listing,match\nofac-sdn:17614,yes\n", encoding="utf-8")
    answer = ask("fit", decided, "--book", book, "--json")
    assert (answer.code, answer.error["code"]) == (3, "no-row-column")
