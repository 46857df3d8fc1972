"""Those behind a customer are screened with it: the alert names the role, and the customer is reviewed, not frozen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from interdiction.engine.book import screen_book
from interdiction.engine.customers import record_book
from interdiction.engine.decide import customer
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.impact import impact
from interdiction.engine.records import kept
from interdiction.engine.replay import Inputs, replay
from interdiction.model import Asked, Consequence
from interdiction.tables import Book, read_book
from tests.engine.conftest import AT, sdn_row

ORDER = date(2015, 1, 2)
KIL = sdn_row(17614, "KIL, Jong Hun", "DPRK2", "DOB 20 Feb 1965.")


@pytest.fixture
def engine(home: Home, bring: Callable[..., Any]) -> Engine:
    bring(1, [sdn_row(1, "SOMEBODY ELSE")])
    bring(2, [sdn_row(1, "SOMEBODY ELSE"), KIL])
    return Engine.open(home.path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = "id,name,director_name,director_born\nC1,Acme Ltd,Kil Jong Hun,1965-02-20\nC2,Bolt Ltd,Max Muster,\n"
    (tmp_path / "book.csv").write_text(rows, encoding="utf-8")
    return tmp_path / "book.csv"


@pytest.fixture
def book(path: Path) -> Book:
    return read_book(path)


def test_the_alert_names_the_role_and_the_customer(engine: Engine, book: Book) -> None:
    found = screen_book(engine, book, ORDER)
    ((place, hits),) = found.hits
    assert (place, hits[0].query_id, hits[0].listing, hits[0].related) == (0, "C1", "ofac-sdn:17614", "director")
    assert hits[0].why.startswith("the director Kil Jong Hun: ")


def test_a_listed_director_has_the_customer_reviewed_and_never_frozen_by_a_rule(engine: Engine, book: Book) -> None:
    ((_, hits),) = screen_book(engine, book, ORDER).hits
    assert hits[0].band == "certain"
    decision = customer(engine.force(ORDER), engine.policy.for_institution("us"), "C1", hits, on=ORDER)
    assert decision.consequence is Consequence.REVIEW
    assert decision.reasons[0].sentence.startswith("The customer's director Kil Jong Hun")


def test_an_order_shows_customers_whose_director_it_names(engine: Engine, book: Book) -> None:
    report = impact(engine, "ofac-sdn", date(2015, 1, 1), ORDER, book, engine.policy.for_institution("us"))
    assert [(one.query_id, one.listing) for one in report.impact.newly_caught] == [("C1", "ofac-sdn:17614")]


def test_a_recorded_decision_on_a_customer_with_a_listed_director_replays_the_same(
    engine: Engine, book: Book, path: Path
) -> None:
    found, asked = screen_book(engine, book, ORDER), Asked(ORDER)
    (number,) = record_book(engine, engine.force(ORDER), book, found, path, asked, at=AT)
    with kept(engine.home) as decisions:
        record = decisions.get(number)
        run = decisions.run(record.run)
        found_again = replay(engine, record, run, Inputs(run, decisions.file(run.input.sha256)))
    assert found_again.same, found_again


def test_a_table_of_hits_says_in_which_role(engine: Engine, book: Book) -> None:
    from interdiction.engine.book import table_of

    table = table_of(book, screen_book(engine, book, ORDER))
    assert table.select("query_id", pl.col("why").str.starts_with("the director")).rows() == [("C1", True)]
