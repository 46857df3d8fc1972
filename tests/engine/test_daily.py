"""A rescreening is complete when every customer was screened, goes on where it stopped, and tells what is new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from interdiction.engine import daily
from interdiction.engine.daily import due, rescreen
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.store.rescreens import rescreens
from tests.engine.conftest import AT, sdn_row

KIL = sdn_row(17614, "KIL, Jong Hun", "DPRK2")
OTHER = sdn_row(1, "SOMEBODY ELSE")


def clock() -> datetime:
    return AT


@pytest.fixture
def book(tmp_path: Path) -> Path:
    rows = [f"C{number},Innocent Baker {number},," for number in range(1, 10)]
    rows[3] = "C4,Kil Jong Hun,,"
    rows[6] = "C7,Harbour Ltd,Kil Jong Hun,"
    path = tmp_path / "book.csv"
    path.write_text("\n".join(["id,name,director,country", *rows, ""]), encoding="utf-8")
    return path


@pytest.fixture
def engine(home: Home, bring: Callable[..., Any]) -> Engine:
    bring(2, [OTHER, KIL])
    return Engine.open(home.path)


def test_as_many_as_were_read_were_screened_and_so_it_is_complete(engine: Engine, book: Path) -> None:
    done = rescreen(engine, book, clock=clock, expected=9, size=4)
    ended = done.ended
    assert (ended.read, ended.screened, ended.behind, ended.complete, ended.doubts) == (9, 9, 1, True, ())
    assert [(found.place, hit.listing, hit.related or "") for found in done.found for hit in found.hits] == [
        (3, "ofac-sdn:17614", ""),
        (6, "ofac-sdn:17614", "director"),
    ]
    assert (ended.since, ended.new) == (None, ())


def test_a_book_that_lacks_customers_is_not_complete(engine: Engine, book: Path) -> None:
    ended = rescreen(engine, book, clock=clock, expected=10).ended
    assert (ended.complete, ended.doubts) == (False, ("10 customers were expected and 9 stand in the book",))


def test_a_row_that_names_nobody_is_counted_and_told(engine: Engine, book: Path) -> None:
    book.write_text(book.read_text(encoding="utf-8") + "C10,,,MT\n", encoding="utf-8")
    ended = rescreen(engine, book, clock=clock).ended
    assert (ended.read, ended.screened, ended.complete) == (10, 9, False)
    assert ended.doubts == ("1 rows have neither a name nor an identifier: lines 11",)


def test_what_was_interrupted_is_taken_up_where_it_stopped_with_the_same_result(
    engine: Engine, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rescreen(engine, book, clock=clock, source="whole", size=4)
    screened: list[int] = []
    slice_ = daily._slice

    def stops(*words: Any) -> Any:
        screened.append(words[2])
        if len(screened) == 3:
            raise KeyboardInterrupt
        return slice_(*words)

    monkeypatch.setattr(daily, "_slice", stops)
    with pytest.raises(KeyboardInterrupt):
        rescreen(engine, book, clock=clock, source="part", size=4)
    done = rescreen(engine, book, clock=clock, source="part", size=4)
    assert screened == [0, 4, 8, 8]
    assert (done.resumed, done.ended.complete, done.ended.screened) == (8, True, 9)
    assert done.found == whole.found
    assert done.ended.slices_sha256 == whole.ended.slices_sha256


def test_a_new_edition_starts_anew_and_what_it_brings_is_told_apart(
    engine: Engine, book: Path, bring: Callable[..., Any]
) -> None:
    first = rescreen(engine, book, clock=clock).ended
    bring(3, [OTHER, KIL, sdn_row(2, "INNOCENT BAKER 9")])
    engine.refresh()
    second = rescreen(engine, book, clock=clock).ended
    assert second.since == first.number
    assert [(customer, listing) for customer, listing, _ in second.new if customer == "C9"] == [("C9", "ofac-sdn:2")]
    bring(4, [OTHER, sdn_row(2, "INNOCENT BAKER 9")])
    engine.refresh()
    assert {customer for customer, _, _ in rescreen(engine, book, clock=clock).ended.gone} == {"C4", "C7"}


def test_a_rescreening_is_due_each_day_and_after_each_edition(engine: Engine, book: Path) -> None:
    rescreen(engine, book, clock=clock)
    with engine.home.reading() as reader:
        ((begun, ended),) = rescreens(reader.connection)
    assert due(begun, ended, AT.date(), AT - timedelta(hours=1)) == ""
    assert due(begun, ended, AT.date(), AT + timedelta(hours=1)) == "an edition came after it"
    assert due(begun, ended, AT.date() + timedelta(days=1), None) == "the last one is of an earlier day"
    assert due(begun, None, AT.date(), None) == "it was interrupted"


def test_the_instants_of_the_proof_are_those_of_the_clock(engine: Engine, book: Path) -> None:
    ticks = iter([datetime(2015, 1, 2, 6, tzinfo=UTC), datetime(2015, 1, 2, 6, 1, tzinfo=UTC)])
    done = rescreen(engine, book, clock=lambda: next(ticks))
    assert (done.begun.begun_at.minute, done.ended.ended_at.minute) == (0, 1)
    assert [one.edition.partition("@")[0] for one in done.begun.editions] == ["ofac-sdn"]
    assert date(2015, 1, 2) == done.ended.ended_at.date()
