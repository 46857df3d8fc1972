"""Every screening that keeps its decisions opens cases: once for what is new, and a review for who is taken off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from interdiction import payments
from interdiction.engine import Engine, casework, daily, decide, finds, lookback
from interdiction.engine.daily import rescreen
from interdiction.engine.editions import import_edition
from interdiction.engine.excerpt import excerpt, question
from interdiction.engine.home import Home
from interdiction.engine.payment import screen_payments
from interdiction.engine.raising import raise_of, review_delisted
from interdiction.engine.records import kept, recording
from interdiction.engine.replay import Inputs, replay
from interdiction.model import Asked, Outcome, Party
from interdiction.model.case import Approved, CaseKind, CaseState, Decided, ReleaseAsked
from interdiction.tables import read_book
from tests.engine.conftest import AT, sdn_row

KIL, OTHER = sdn_row(17614, "KIL, Jong Hun", "DPRK2"), sdn_row(1, "SOMEBODY ELSE")
LISTING = "ofac-sdn:17614"


def later(hours: int) -> Callable[[], datetime]:
    return lambda: AT + timedelta(hours=hours)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.csv"
    path.write_text(
        "id,name,country,director_1_name,director_1_born\n"
        "C1,Kil Jong Hun,Namibia,,\nC2,Harbour Ltd,,Kil Jong Hun,1960-02-18\n"
        "C3,Innocent Baker,,,\n",
        encoding="utf-8",
    )
    return path


def again(home: Home) -> bool:
    with Engine.open(home.path) as engine, kept(home) as decisions:
        found = []
        for record in decisions.records():
            run = decisions.run(record.run)
            found.append(replay(engine, record, run, Inputs(run, decisions.file(run.input.sha256))).same)
        return bool(found) and all(found)


def test_a_rescreening_alerts_once_for_what_is_new(home: Home, book: Path, bring: Callable[..., Any]) -> None:
    bring(2, [OTHER, KIL])
    with Engine.open(home.path) as engine:
        first = rescreen(engine, book, clock=later(0), record=True)
        assert (len(first.raised.records), len(first.raised.cases)) == (2, 2)
        second = rescreen(engine, book, clock=later(1), record=True)
        assert second.raised.cases == ()
    (behind,) = casework.queue(home, AT, subject="C2")
    assert behind.case.pairs[0].roles == ("director",)
    assert again(home)


def test_a_rescreening_interrupted_before_its_end_was_kept_alerts_again(
    home: Home, book: Path, bring: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(2, [OTHER, KIL])
    with Engine.open(home.path) as engine:
        with monkeypatch.context() as broken:
            broken.setattr(daily, "raise_on", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                rescreen(engine, book, clock=later(0), record=True)
        assert len(rescreen(engine, book, clock=later(1), record=True).raised.cases) == 2


def test_what_is_kept_of_a_book_reads_back_as_it_was(tmp_path: Path, book: Path) -> None:
    whole = read_book(book)
    part = tmp_path / "part.jsonl"
    part.write_bytes(excerpt(whole, [0, 1]))
    found = read_book(part)
    assert found.columns.drop("row").equals(whole.columns[:2].drop("row"))
    assert found.related is not None
    assert whole.related is not None
    assert found.related.drop("row", "id").equals(whole.related.drop("row", "id"))


def test_a_name_that_was_asked_about_opens_a_case_on_whose_it_is(home: Home, bring: Callable[..., Any]) -> None:
    bring(2, [OTHER, KIL])
    party = Party(
        kind="person", names=["Kil Jong Hun"], birth_dates=["1965"], countries=["na"], identifiers=["passport:7"]
    )
    with Engine.open(home.path) as engine:
        raised = raise_of(engine, question("APP-9", party), command="check", at=AT, asked=Asked())
    (one,) = casework.queue(home, AT, subject="APP-9")
    assert (raised.cases, one.case.pairs[0].listing) == ((one.case.number,), LISTING)
    with kept(home) as decisions:
        row = decisions.get(raised.records[0]).row
    assert (row["births"], row["countries"], row["identifiers"]) == (("1965",), ("na",), ("passport:7",))


def test_a_delisting_opens_one_review_that_two_people_settle_and_releases_nothing(
    home: Home, book: Path, bring: Callable[..., Any]
) -> None:
    bring(2, [OTHER, KIL])
    (home.path / "config.toml").write_text('[institution]\nkind = "us"\n', encoding="utf-8")
    with Engine.open(home.path) as engine:
        rescreen(engine, book, clock=later(0), record=True)
        (one,) = casework.queue(home, AT, subject="C1")
        number = one.case.number
        casework.take(home, number, Decided(LISTING, Outcome.TRUE, "in-words", "it is him"), by="A", at=AT)
        casework.carry_out(engine, number, at=AT)
        casework.take(home, number, Approved(LISTING, "yes"), by="B", at=AT)
    bring(5, [OTHER])
    with Engine.open(home.path) as engine:
        done = rescreen(engine, book, clock=later(30), record=True)
        assert len(done.reviews) == 1
        assert review_delisted(engine, at=AT) == []
        case = casework.file_of(home, done.reviews[0], AT)
        assert (case.case.state, case.case.pairs[0].kind) == (CaseState.OPEN, CaseKind.UNBLOCKING)
        assert [other.number for other in case.earlier] == [number]
        with kept(home) as decisions:
            assert [one.result for one in decisions.records(name="C1", last=True)] == ["freeze"]
        casework.take(home, case.case.number, ReleaseAsked(LISTING, "delisted", "on no list"), by="A", at=AT)
        casework.take(home, case.case.number, Approved(LISTING, "agreed"), by="B", at=AT)
        _, (record,) = casework.carry_out(engine, case.case.number, at=AT)
        assert record.result == "none"
        assert review_delisted(engine, at=AT) == []


def test_what_nobody_found_true_needs_no_review_when_it_is_listed_no_more(
    home: Home, book: Path, bring: Callable[..., Any]
) -> None:
    bring(2, [OTHER, KIL])
    with Engine.open(home.path) as engine:
        rescreen(engine, book, clock=later(0), record=True)
    bring(5, [OTHER])
    with Engine.open(home.path) as engine:
        assert review_delisted(engine, at=AT) == []


def test_what_was_released_after_effect_opens_a_case_that_says_so(
    home: Home, tmp_path: Path, bring: Callable[..., Any], written: Callable[..., Path]
) -> None:
    bring(2, [OTHER])
    path = tmp_path / "payments.csv"
    path.write_text("id,creditor,amount,currency\nP1,Kil Jong Hun,100,EUR\n", encoding="utf-8")
    some, _ = payments.read(path)
    at = AT.replace(year=2026)
    with Engine.open(home.path) as engine:
        force = engine.force()
        with recording(
            home, path, command="pay", at=at, on=at.date(), asked=Asked(), force=force, policy=engine.policy
        ) as recorder:
            (hits,) = screen_payments(engine, force, some)
            recorder.payment(0, some[0], decide.payment(force, engine.policy, hits, on=at.date()))
            recorder.end(read=1, screened=1)
    edition = written(sdn=[OTHER, KIL])
    import_edition(home, "ofac-sdn", [edition], at=at + timedelta(days=2), on=at.date() - timedelta(days=1))
    with Engine.open(home.path) as engine:
        looked = lookback.look_back(engine)
        new = finds.keep(engine, looked, Asked(), at=AT + timedelta(days=3))
        (number,) = finds.raise_on(engine, new, at=AT + timedelta(days=3))
    case = casework.file_of(home, number, AT).case
    assert (case.pairs[0].kind, case.pairs[0].listing, case.subject) == (CaseKind.AFTER_EFFECT, LISTING, "P1")
