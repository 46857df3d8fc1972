"""One customer of a monitored book at a time: kept, screened at once, and in every later run of the book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from interdiction.engine import Engine, casework, changed, monitored, one_customer
from interdiction.engine.home import Home
from interdiction.errors import UsageError
from interdiction.model.monitored import Behind, ControlTotals, Customer
from tests.engine.conftest import AT
from tests.engine.test_monitored import KIL, OTHERS, add, answers, path, rows, run

__all__ = ["path", "rows"]
LATER = AT + timedelta(hours=1)


def put(home: Home, id_: str, **said: Any) -> one_customer.Changed:
    seen = said.pop("seen", None)
    with Engine.open(home.path) as engine:
        return one_customer.put(engine, "crm", id_, Customer(**said), by="CRM", at=LATER, seen=seen)


@pytest.fixture
def screened(home: Home, path: Path, bring: Callable[..., Any]) -> Home:
    bring(2, [*OTHERS, KIL])
    add(home, path, totals=ControlTotals(customers=100, behind=1))
    assert run(home).ended.complete
    return home


def test_a_customer_who_is_put_is_screened_at_once_and_opens_a_case(screened: Home) -> None:
    done = put(screened, "NEW", names=["Kil Jong Hun"], birth_dates=["1972"])
    assert (done.act, done.version) == ("added", 2)
    assert done.records
    (case,) = done.cases
    (waiting,) = casework.queue(screened, LATER, subject="NEW")
    assert waiting.case.id == case


def test_a_run_screens_whom_a_change_put_and_proves_the_whole_book(screened: Home) -> None:
    put(screened, "NEW", names=["Kil Jong Hun"])
    put(screened, "C5", names=["Harbour Two"], behind=[Behind("director", names=["Kil Jong Hun"])])
    one_customer.take_out(screened, "crm", "C3", by="CRM", at=LATER)
    done = run(screened)
    assert done.begun.since is not None, "only what changed is screened anew"
    assert (done.ended.complete, done.ended.read, done.ended.screened) == (True, 100, 100)
    assert done.ended.behind == 2
    assert {customer for customer, _, _ in done.ended.new} == {"NEW", "C5"}
    assert {customer for customer, _, _ in done.ended.gone} == {"C3"}
    assert answers(run(screened, whole=True)) == answers(done)


def test_what_is_read_can_be_put_again_and_changes_nothing(screened: Home) -> None:
    for id_ in ("C1", "C3", "C7"):
        found = one_customer.customer(screened, "crm", id_)
        with Engine.open(screened.path) as engine:
            again = one_customer.put(engine, "crm", id_, found.customer, by="CRM", at=LATER, seen=found.mark)
        assert (again.act, again.mark, again.version) == ("unchanged", found.mark, 1)
    found = one_customer.customer(screened, "crm", "C7")
    assert found.customer.behind == [Behind("director", names=["Kil Jong Hun"])]


def test_a_change_of_what_somebody_else_changed_is_refused(screened: Home) -> None:
    mark = one_customer.customer(screened, "crm", "C1").mark
    put(screened, "C1", names=["Innocent Brewer"], seen=mark)
    with pytest.raises(UsageError) as caught:
        put(screened, "C1", names=["Innocent Barber"], seen=mark)
    assert caught.value.code == "changed"
    with pytest.raises(UsageError) as caught:
        one_customer.take_out(screened, "crm", "C1", by="CRM", at=LATER, seen=mark)
    assert caught.value.code == "changed"


def test_whoever_is_gone_is_not_there_and_may_come_again(screened: Home) -> None:
    one_customer.take_out(screened, "crm", "C1", by="CRM", at=LATER)
    with pytest.raises(UsageError) as caught:
        one_customer.customer(screened, "crm", "C1")
    assert caught.value.code == "unknown-customer"
    with pytest.raises(UsageError):
        one_customer.take_out(screened, "crm", "C1", by="CRM", at=LATER)
    assert put(screened, "C1", names=["Innocent Baker"]).act == "added"
    assert monitored.get(screened, "crm").customers == 100


def test_nobody_takes_the_place_of_two_customers_of_one_id(home: Home, path: Path, bring: Callable[..., Any]) -> None:
    bring(2, [*OTHERS, KIL])
    path.write_text(path.read_text(encoding="utf-8") + "C3,Somebody Else,,\n", encoding="utf-8")
    add(home, path)
    with pytest.raises(UsageError) as caught:
        put(home, "C3", names=["Innocent Baker"])
    assert caught.value.code == "repeated-id"


@pytest.mark.parametrize(
    ("said", "code"),
    [({}, "no-name"), ({"names": ["..."]}, "no-name"), ({"names": ["A"], "behind": [Behind("cook")]}, "role")],
)
def test_a_customer_nobody_can_be_screened_by_is_refused(screened: Home, said: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        put(screened, "X", **said)
    assert caught.value.code == code
    assert monitored.get(screened, "crm").version == 1


@pytest.mark.parametrize("id_", ["", " X", "X\n", "X" * 201])
def test_what_is_no_id_is_refused(screened: Home, id_: str) -> None:
    with pytest.raises(UsageError) as caught:
        put(screened, id_, names=["A"])
    assert caught.value.code == "customer-id"


def test_many_changes_become_part_of_the_book(screened: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed, "MANY", 2)
    put(screened, "A", names=["Kil Jong Hun"])
    one_customer.take_out(screened, "crm", "C9", by="CRM", at=LATER)
    first = run(screened)
    with screened.reading() as reader:
        from interdiction.store import monitored as stored
        from interdiction.store.retold import untrue

        assert stored.changes(reader.connection, screened.store, "crm", 3) == {}
        book, _ = monitored.load(reader, screened, monitored.get(screened, "crm"))
        assert list(untrue(reader.connection)) == []
    assert book.columns.height == 100
    put(screened, "B", names=["Kil Jong Hun"])
    second = run(screened)
    assert second.begun.since == first.begun.number
    assert {customer for customer, _, _ in second.ended.new} == {"B"}


def test_a_book_that_comes_whole_stands_above_earlier_changes(screened: Home, path: Path) -> None:
    put(screened, "NEW", names=["Kil Jong Hun"])
    one = add(screened, path)
    assert (one.version, one.customers, one.gone) == (3, 100, 1)
    assert run(screened).ended.complete


def test_every_change_stands_in_the_log_without_what_the_book_says(screened: Home) -> None:
    from interdiction.engine import audit

    put(screened, "NEW", names=["Zebedee Quill"])
    entry = audit.entries(screened, kind="book-registered", about="crm")[0]
    assert entry.by == "CRM"
    assert b'"change":"added"' in bytes(entry.body)
    assert b"Quill" not in bytes(entry.body)
    assert audit.verify(screened).count == 0
