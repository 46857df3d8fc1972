"""Clearances: two people, one pair, until something of it changes; and nothing they suppress is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from interdiction.engine import Engine, casework, clearances
from interdiction.engine.book import BookHits, screen_book
from interdiction.engine.clearing import clear_book
from interdiction.engine.customers import record_book
from interdiction.engine.daily import rescreen
from interdiction.engine.home import Home
from interdiction.engine.records import kept
from interdiction.engine.replay import Inputs, replay
from interdiction.errors import UsageError
from interdiction.model import Asked, Outcome
from interdiction.model.case import Approved, Decided
from interdiction.model.clearance import Clearance
from interdiction.tables import read_book
from tests.engine.conftest import AT, sdn_row

LISTING = "ofac-sdn:17614"
REMARKS = "DOB 1965; nationality Korea, North"
FIRST, SECOND = "A. First", "B. Second"
LATER = AT + timedelta(hours=3)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.csv"
    path.write_text("id,name,director\nC1,Kil Jong Hun,\nC2,Harbour Ltd,Kil Jong Hun\n", encoding="utf-8")
    return path


@pytest.fixture
def home(home: Home, bring: Callable[..., Any]) -> Home:
    bring(2, [sdn_row(17614, "KIL, Jong Hun", "DPRK2", REMARKS), sdn_row(1, "SOMEBODY ELSE")])
    return home


def screened(home: Home, path: Path, at: datetime = LATER) -> BookHits:
    with Engine.open(home.path) as engine:
        book = read_book(path)
        force = engine.force()
        found = clear_book(engine, force, book, screen_book(engine, book), at)
        record_book(engine, force, book, found, path, Asked(), at=at)
    return found


def said(found: BookHits) -> tuple[list[str], list[str]]:
    return (
        [hit.query_id for _, some in found.hits for hit in some],
        [hit.query_id for _, some in found.cleared for hit in some],
    )


def closed(home: Home, path: Path, customer: str) -> int:
    screened(home, path, AT)
    (one,) = casework.queue(home, AT, subject=customer)
    number = one.case.number
    casework.take(home, number, Decided(LISTING, Outcome.FALSE, "in-words", "born 1990"), by=FIRST, at=AT)
    casework.take(home, number, Approved(LISTING, "agreed"), by=SECOND, at=AT)
    with Engine.open(home.path) as engine:
        casework.carry_out(engine, number, at=AT)
    return number


def cleared(home: Home, path: Path, customer: str = "C1", role: str = "", **more: Any) -> Clearance:
    number = closed(home, path, customer)
    with Engine.open(home.path) as engine:
        words: dict[str, Any] = {"by": FIRST, "at": AT, "reason": "other-birth", "why": "born 1990"}
        one = clearances.ask(engine, number, LISTING, role=role, **(words | more))
    return clearances.approve(home, one.number, by=SECOND, why="seen the passport", at=AT)


def test_a_cleared_pair_is_told_beside_the_hits_and_no_other_hit_is(home: Home, book: Path) -> None:
    cleared(home, book)
    found = screened(home, book)
    assert said(found) == (["C2"], ["C1"])
    ((_, (hit,)),) = found.cleared
    assert hit.suppressed == "clearance"
    assert hit.why.startswith("cleared by CL-1 until 2027-05-21 (A. First, B. Second); ")


def test_a_party_behind_a_customer_is_cleared_in_its_role_alone(home: Home, book: Path) -> None:
    cleared(home, book, "C2", "director")
    assert said(screened(home, book)) == (["C1"], ["C2"])


def test_what_was_suppressed_stands_in_the_record_and_comes_out_the_same_after_the_end(home: Home, book: Path) -> None:
    one = cleared(home, book)
    screened(home, book)
    clearances.revoke(home, one.number, by="C", why="asked again", at=LATER + timedelta(hours=1))
    with Engine.open(home.path) as engine, kept(home) as decisions:
        record = [one for one in decisions.records() if one.name == "C1"][-1]
        assert ([hit.suppressed for hit in record.suppressed], record.result) == (["clearance"], "none")
        run = decisions.run(record.run)
        assert replay(engine, record, run, Inputs(run, decisions.file(run.input.sha256))).same


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (sdn_row(17614, "KIL, Jong Hun", "DPRK2", "DOB 1975; nationality Korea, North."), "describes the party"),
        (sdn_row(17614, "KIL, Jong Hun", "DPRK3", REMARKS), "programmes or measures"),
    ],
)
def test_it_counts_again_when_identity_or_law_changes(
    home: Home, book: Path, bring: Callable[..., Any], row: str, why: str
) -> None:
    cleared(home, book)
    bring(5, [row, sdn_row(1, "SOMEBODY ELSE")])
    found = screened(home, book)
    assert said(found) == (["C1", "C2"], [])
    assert "CL-1 clears it no more: " in found.hits[0][1][0].why
    assert why in found.hits[0][1][0].why


def test_remarks_alone_change_nothing(home: Home, book: Path, bring: Callable[..., Any]) -> None:
    cleared(home, book)
    bring(5, [sdn_row(17614, "KIL, Jong Hun", "DPRK2", f"{REMARKS}; Said to be in Vienna."), sdn_row(1)])
    found = screened(home, book)
    assert said(found) == (["C2"], ["C1"])


def test_it_counts_again_when_the_customer_changes_and_not_when_his_row_moves(home: Home, book: Path) -> None:
    cleared(home, book)
    head, *rows = book.read_text(encoding="utf-8").splitlines()
    book.write_text("\n".join([head, "C0,Nobody Known,", *rows]), encoding="utf-8")
    assert said(screened(home, book))[1] == ["C1"]
    book.write_text("id,name,director\nC1,Kil Jong Hun,Some Director\n", encoding="utf-8")
    assert said(screened(home, book)) == (["C1"], [])


def test_nothing_is_cleared_before_the_second_person_nor_after_the_end(home: Home, book: Path) -> None:
    number = closed(home, book, "C1")
    words: dict[str, Any] = {"by": FIRST, "at": AT, "reason": "other-birth", "why": "born 1990"}
    with Engine.open(home.path) as engine:
        one = clearances.ask(engine, number, LISTING, **words)
    assert said(screened(home, book))[1] == []
    with pytest.raises(UsageError) as caught:
        clearances.approve(home, one.number, by="a. first", why="fine", at=AT)
    assert caught.value.code == "same-person"
    clearances.approve(home, one.number, by=SECOND, why="fine", at=AT)
    assert said(screened(home, book, datetime(2027, 5, 21, 23, tzinfo=UTC)))[1] == ["C1"]
    assert said(screened(home, book, datetime(2027, 5, 22, 1, tzinfo=UTC)))[1] == []


def test_only_what_two_people_found_false_is_cleared_and_never_for_ever(home: Home, book: Path) -> None:
    screened(home, book, AT)
    (one,) = casework.queue(home, AT, subject="C1")
    words: dict[str, Any] = {"by": FIRST, "at": AT, "reason": "other-birth", "why": "born 1990"}
    with Engine.open(home.path) as engine:
        with pytest.raises(UsageError) as caught:
            clearances.ask(engine, one.case.number, LISTING, **words)
        assert caught.value.code == "not-false"
    with pytest.raises(UsageError) as caught:
        cleared(home, book, expires=datetime(2030, 1, 1).date())  # noqa: DTZ001 - a day
    assert caught.value.code == "clearance-days"


def test_finding_them_true_ends_the_clearance(home: Home, book: Path) -> None:
    cleared(home, book)
    number = casework.queue(home, AT, subject="C2")[0].case.number
    from interdiction.model.case import Reopened

    (case,) = [one.case for one in casework.queue(home, LATER, subject="C1")]
    casework.take(home, case.number, Reopened("another passport"), by=SECOND, at=LATER)
    casework.take(home, case.number, Decided(LISTING, Outcome.TRUE, "in-words", "it is him"), by=FIRST, at=LATER)
    with Engine.open(home.path) as engine:
        casework.carry_out(engine, case.number, at=LATER)
    assert number != case.number
    assert said(screened(home, book))[0] == ["C1", "C2"]


def test_a_rescreening_counts_what_was_cleared_and_calls_it_neither_new_nor_gone(home: Home, book: Path) -> None:
    with Engine.open(home.path) as engine:
        rescreen(engine, book, clock=lambda: AT)
    cleared(home, book)
    with Engine.open(home.path) as engine:
        ended = rescreen(engine, book, clock=lambda: LATER).ended
    assert (ended.hits, ended.cleared, ended.new, ended.gone, ended.complete) == (1, 1, (), (), True)
