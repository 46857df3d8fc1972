"""Suppressed by fact: counted in every answer, shown, and written out for a sample."""

from __future__ import annotations

import json
from pathlib import Path

from interdiction.engine.book import screen_book
from interdiction.engine.hall import Engine
from interdiction.tables import read_book
from tests.cli.conftest import Ask


def test_a_book_counts_and_keeps_them(demo_home: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text("id,name,born\n1,Kim Yong Chol,1985-05-05\n2,Nobody Atall,\n", encoding="utf-8")
    with Engine.open(demo_home) as engine:
        found = screen_book(engine, read_book(path))
    assert [(at, [hit.listing for hit in some]) for at, some in found.suppressed] == [(0, ["ofac-sdn:17614"])]


def test_the_command_counts_shows_and_writes_them(ask: Ask, tmp_path: Path) -> None:
    path, below = tmp_path / "book.csv", tmp_path / "below.jsonl"
    path.write_text("id,name,born\n1,Kim Yong Chol,1985-05-05\n", encoding="utf-8")
    answer = ask("screen", path, "--suppressed", below, "--json")
    assert answer.json["summary"]["suppressed_by_fact"] == 1
    (row,) = (json.loads(line) for line in below.read_text(encoding="utf-8").splitlines())
    assert (row["query_id"], row["listing"], row["score"] < 0.7) == ("1", "ofac-sdn:17614", True)
    checked = ask("check", "Kim Yong Chol", "--born", "1985-05-05", "--json")
    assert [one["suppressed"] for one in checked.json["suppressed"]] == ["fact"]
    assert "suppressed by fact: 1 pair" in ask("check", "Kim Yong Chol", "--born", "1985-05-05").out
    payments = tmp_path / "payments.csv"
    payments.write_text(
        "id,debtor,debtor_born,creditor,amount,currency,date\n"
        "p1,Kim Yong Chol,1985-05-05,Nobody Atall,10,USD,2015-01-02\n",
        encoding="utf-8",
    )
    assert [one["listing"] for one in ask("pay", payments, "--json").json["suppressed"]] == ["ofac-sdn:17614"]
