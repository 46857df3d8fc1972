"""A monitored book: screened on each change of either side, with the same answer as screening everybody anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from interdiction.engine import Engine, casework, changed, monitored
from interdiction.engine.daily import Rescreened
from interdiction.engine.home import Home
from interdiction.errors import InputError, UsageError
from interdiction.model.monitored import ControlTotals
from interdiction.tables import read_book
from tests.engine.conftest import AT, sdn_row

OTHERS = [sdn_row(uid) for uid in range(1, 60)]
KIL = sdn_row(17614, "KIL, Jong Hun", "DPRK2")
PAK = sdn_row(17615, "PAK, Yong Chol", "DPRK2")


def clock() -> datetime:
    return AT


def write(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(["id,name,director,country", *rows, ""]), encoding="utf-8")
    return path


@pytest.fixture
def rows() -> list[str]:
    found = [f"C{number},Innocent Baker {number},,DE" for number in range(100)]
    found[3], found[7] = "C3,Kil Jong Hun,,", "C7,Harbour Ltd,Kil Jong Hun,"
    found[9] = "C9,Pak Yong Chol,,"
    return found


@pytest.fixture
def path(tmp_path: Path, rows: list[str]) -> Path:
    return write(tmp_path / "crm.csv", rows)


def run(home: Home, **more: Any) -> Rescreened:
    with Engine.open(home.path) as engine:
        return changed.run(engine, "crm", clock=clock, **more)


def add(home: Home, path: Path, **more: Any) -> Any:
    return monitored.add(home, path, by="A. Officer", at=AT, source="crm", **more)


def answers(done: Rescreened) -> list[tuple[int, str, list[tuple[str, str, float]]]]:
    return [
        (one.place, one.hits[0].query_id, [(hit.listing, str(hit.related or ""), hit.score) for hit in one.hits])
        for one in done.found
    ]


def test_only_what_changed_on_a_list_is_screened_and_only_what_is_new_alerts(
    home: Home, path: Path, bring: Callable[..., Any]
) -> None:
    bring(2, [*OTHERS, KIL])
    add(home, path)
    first = run(home)
    assert (first.begun.since, len(first.raised.cases), first.ended.complete) == (None, 2, True)
    bring(5, [*OTHERS, KIL, PAK])
    second = run(home)
    assert (second.begun.since, second.begun.changes) == (first.begun.number, (1, 0))
    assert second.ended.new == (("C9", "ofac-sdn:17615", ""),)
    assert len(second.raised.cases) == 1
    assert (second.ended.read, second.ended.screened, second.ended.behind) == (100, 100, 1)
    again = run(home)
    assert (again.begun.changes, again.ended.new, again.raised.cases) == ((0, 0), (), ())
    assert answers(run(home, whole=True)) == answers(second)


def test_only_customers_that_are_others_are_screened(
    home: Home, path: Path, rows: list[str], bring: Callable[..., Any]
) -> None:
    bring(2, [*OTHERS, KIL])
    add(home, path)
    run(home)
    rows[20], rows[3] = "C20,Harbour Two Ltd,Kil Jong Hun,", "C3,Somebody Else,,"
    rows.insert(0, "C100,Kil Jong Hun,,")
    del rows[50]
    one = add(home, write(path, rows))
    assert (one.version, one.added, one.changed, one.gone) == (2, 1, 2, 1)
    second = run(home)
    assert second.begun.changes == (0, 3)
    assert {customer for customer, _, _ in second.ended.new} == {"C100", "C20"}
    assert {customer for customer, _, _ in second.ended.gone} == {"C3"}
    assert answers(run(home, whole=True)) == answers(second)


def test_a_delisting_is_gone_and_opens_a_review_for_whoever_was_found_true(
    home: Home, path: Path, bring: Callable[..., Any]
) -> None:
    from interdiction.model import Outcome
    from interdiction.model.case import Approved, Decided

    bring(2, [*OTHERS, KIL])
    add(home, path)
    run(home)
    number = casework.queue(home, AT, subject="C3")[0].case.number
    listing = "ofac-sdn:17614"
    casework.take(home, number, Decided(listing, Outcome.TRUE, "in-words", "it is him"), by="A", at=AT)
    casework.take(home, number, Approved(listing, "yes"), by="B", at=AT)
    bring(5, OTHERS)
    done = run(home)
    assert done.begun.since is not None
    assert {customer for customer, _, _ in done.ended.gone} == {"C3", "C7"}
    assert len(done.reviews) == 1


def test_control_totals_of_the_source_are_compared_and_a_book_that_differs_is_not_complete(
    home: Home, path: Path, bring: Callable[..., Any]
) -> None:
    bring(2, [*OTHERS, KIL])
    one = add(home, path, totals=ControlTotals(customers=101, behind=1, kinds={"person": 3}))
    assert one.doubts == (
        "101 customers by the control totals and 100 in the book",
        "3 of kind person by the control totals and 0 in the book",
    )
    done = run(home)
    assert not done.ended.complete
    assert done.ended.doubts[0] == one.doubts[0]


def test_rejected_rows_are_counted_owned_and_aged(
    home: Home, path: Path, rows: list[str], bring: Callable[..., Any]
) -> None:
    bring(2, [*OTHERS, KIL])
    write(path, [*rows, "C200,,,DE"])
    add(home, path)
    assert not run(home).ended.complete
    later = AT + timedelta(days=9)
    one = monitored.add(home, path, by="A", at=later, source="crm", owner="Data office")
    assert [(row.id, row.why, row.since, row.owner) for row in one.rejected] == [
        ("C200", "neither a name nor an identifier", AT, "Data office")
    ]
    done = run(home)
    assert (done.ended.read, done.ended.screened, done.ended.complete) == (101, 100, True)


def test_a_new_policy_screens_everybody_anew(home: Home, path: Path, bring: Callable[..., Any], tmp_path: Path) -> None:
    from interdiction.enforcement import document

    bring(2, [*OTHERS, KIL])
    add(home, path)
    run(home)
    own = tmp_path / "policy.yml"
    own.write_bytes(document.packaged("policy.yml") + b"# ours\n")
    (home.path / "config.toml").write_text(f'policy = "{own}"\n', encoding="utf-8")
    assert run(home).begun.since is None


def test_a_removed_book_is_deleted_and_its_proof_stays(home: Home, path: Path, bring: Callable[..., Any]) -> None:
    bring(2, [*OTHERS, KIL])
    add(home, path)
    done = run(home)
    with pytest.raises(UsageError) as caught:
        monitored.remove(home, "crm", by="A", why=" ", at=AT)
    assert caught.value.code == "why-required"
    monitored.remove(home, "crm", by="A", why="sold", at=AT)
    with pytest.raises(UsageError) as caught:
        run(home)
    assert caught.value.code == "unknown-book"
    with home.reading() as reader:
        from interdiction.store.rescreens import slices

        assert len(slices(reader.connection, done.begun.number)) == 1


def test_what_was_kept_of_a_book_is_the_book(home: Home, path: Path, bring: Callable[..., Any]) -> None:
    bring(2, [*OTHERS, KIL])
    one = add(home, path)
    whole = read_book(path)
    with home.reading() as reader:
        book, marks = monitored.load(reader, home, one)
    assert book.columns.equals(whole.columns)
    assert book.related is not None
    assert whole.related is not None
    assert book.related.equals(whole.related)
    assert marks.to_list() == monitored.marks(whole)


def test_totals_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "totals.json"
    path.write_text('{"custmers": 3}', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        monitored.read_totals(path)
    assert caught.value.code == "totals"


@pytest.mark.parametrize("seed", range(6))
def test_whatever_changes_on_either_side_the_answer_is_that_of_everybody_anew(
    home: Home, tmp_path: Path, bring: Callable[..., Any], seed: int
) -> None:
    dice = random.Random(seed)
    first, last = ["KIL", "PAK", "CHOE", "RI", "HAN"], ["Jong Hun", "Yong Chol", "Kwang Su", "Min Ho"]

    def name() -> str:
        return f"{dice.choice(last)} {dice.choice(first)}"

    def listed() -> list[str]:
        return [sdn_row(uid, f"{dice.choice(first)}, {dice.choice(last)}") for uid in (100, 101)]

    customers = {number: f"C{number},{name() if number % 9 == 0 else f'Baker {number}'},,DE" for number in range(200)}
    pool = listed()
    bring(1, [*OTHERS, *pool])
    add(home, write(tmp_path / "book.csv", list(customers.values())), owner="x")
    run(home)
    for day in range(2, 5):
        for number in dice.sample(sorted(customers), 4):
            customers[number] = f"C{number},{name()},{name() if dice.random() < 0.5 else ''},DE"
        customers[200 + day] = f"C{200 + day},{name()},,KP"
        customers.pop(dice.choice(sorted(customers)))
        pool[dice.randrange(2)] = listed()[0] if dice.random() < 0.5 else pool[0]
        bring(day, [*OTHERS, *dict.fromkeys(pool)][: None if dice.random() < 0.7 else -1])
        add(home, write(tmp_path / "book.csv", list(customers.values())), owner="x")
        done = run(home)
        assert done.begun.since is not None
        assert answers(done) == answers(run(home, whole=True))
