"""Records go when their time is over and somebody says so, never under a hold, and the chains verify as before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from interdiction.data import demo_file
from interdiction.engine import blocked, changes, retention
from interdiction.engine.editions import import_edition
from interdiction.engine.home import Home
from interdiction.engine.looking import look_through
from interdiction.engine.records import kept
from interdiction.errors import HomeError, UsageError
from interdiction.ledger.steps import Act
from interdiction.model import from_json
from interdiction.model.audit import AuditKind
from interdiction.model.retention import Pruned
from interdiction.store.audit import AuditLog

from .test_records import AT, pay, raw_store, records

ALMOST, OVER = date(2025, 1, 1), date(2025, 1, 2)
THEN = datetime(2025, 1, 2, 9, tzinfo=UTC)
PAYMENTS = "id,debtor,creditor,amount,currency,date\n" + "".join(
    f"P-{at},Ann Gardener,Bob Baker {at},10.00,USD,2015-01-02\n" for at in range(12)
)
JO = {"by": "Jo", "why": "ten years are over"}


@pytest.fixture
def decided(shared: Home) -> Home:
    """A home with twelve payments let go on 2 January 2015, on either database."""
    config = shared.path / "config.toml"
    more = config.read_text() if config.is_file() else ""
    config.write_text(f'[institution]\nkind = "us"\n\n{more}')
    (shared.path / "example").mkdir()
    (shared.path / "example" / "payments.csv").write_text(PAYMENTS)
    import_edition(shared, "ofac-sdn", [demo_file("editions/2015-01-02")], on=AT.date(), at=AT)
    pay(shared)
    return shared


def goes(home: Home, on: date) -> list[bool]:
    return [one.goes for one in retention.reckon(home, on, ["us"])[0]]


def prune(home: Home) -> Pruned:
    """Propose to empty what may go and let another person approve it; give what the log says went."""
    asked = retention.ask_prune(home, at=THEN, **JO)
    if asked is None:
        return Pruned((), (), ())
    changes.approve(home, asked.number, at=THEN, by="Ann", why="looked through it")
    with home.reading() as reader:
        last = AuditLog(reader.connection).entries(kind=AuditKind.PRUNED.value, most=1)[0]
    return from_json(bytes(last.body), Pruned)


def because(home: Home) -> tuple[str, ...]:
    return retention.reckon(home, date(2099, 1, 1))[0][0].because


def test_every_rule_names_its_source_and_none_is_shorter_than_the_law() -> None:
    assert all(one.source and one.runs_from for one in retention.rules())
    assert retention.years() >= 10
    assert retention.years(["us", "eu"]) >= retention.years(["us"]) == 10


def test_a_run_goes_ten_years_after_its_decisions_and_not_a_day_before(decided: Home) -> None:
    assert goes(decided, ALMOST) == [False]
    assert goes(decided, OVER) == [True]


def test_what_is_emptied_cannot_be_read_any_more_and_everything_verifies(decided: Home) -> None:
    with kept(decided) as decisions:
        sealed = decisions.run(1).input.sha256
    pruned = prune(decided)
    assert (pruned.runs, pruned.decisions, pruned.files) == ((1,), ((1, 12),), (sealed,))
    assert look_through(decided).damage == ()
    with kept(decided) as decisions:
        assert list(decisions.records()) == []
        assert decisions.broken() == []
        codes = []
        for ask in (lambda: decisions.get(5), lambda: decisions.file(sealed)):
            with pytest.raises(UsageError) as caught:
                ask()
            codes.append(caught.value.code)
    assert codes == ["emptied", "emptied"]
    assert prune(decided).runs == ()


def test_new_decisions_follow_in_the_chain_after_emptied_ones(decided: Home) -> None:
    prune(decided)
    assert pay(decided) == list(range(13, 25))
    assert look_through(decided).damage == ()


def test_rows_that_never_change_still_refuse_after_an_emptying(decided: Home) -> None:
    prune(decided)
    for statement in ("UPDATE decision SET name = 'x'", "UPDATE kept_file SET size = 0", "DELETE FROM decision"):
        with decided.writing(5, lists=False) as database, pytest.raises(HomeError):  # noqa: SIM117
            with database.transaction() as connection:
                connection.exec_driver_sql(statement)


@pytest.mark.parametrize("scope", ["all", "R-1", "r-1", "D-7", "2015-01-01..2015-12-31"])
def test_nothing_goes_under_a_hold_until_it_is_lifted(decided: Home, scope: str) -> None:
    retention.hold(decided, scope, at=AT, by="Ann", why="a claim")
    assert goes(decided, OVER) == [False]
    assert because(decided) == ("held by Ann: a claim",)
    assert prune(decided).runs == ()
    asked = retention.ask_lift(decided, scope, at=AT, by="Ann", why="settled")
    with pytest.raises(UsageError) as caught:
        changes.approve(decided, asked.number, at=AT, by="Ann", why="settled")
    assert caught.value.code == "same-person"
    assert goes(decided, OVER) == [False]
    changes.approve(decided, asked.number, at=AT, by="Jo", why="read the settlement")
    assert goes(decided, OVER) == [True]


@pytest.mark.parametrize("scope", ["R-2", "D-13", "2016-01-01..2016-12-31"])
def test_a_hold_of_something_else_holds_nothing_here(decided: Home, scope: str) -> None:
    retention.hold(decided, scope, at=AT, by="Ann", why="a claim")
    assert goes(decided, OVER) == [True]


@pytest.mark.parametrize("scope", ["", "R-0", "R-x", "X-1", "2015-12-31..2015-01-01", "2015-01-01", "D-٣"])
def test_what_is_no_scope_is_refused(decided: Home, scope: str) -> None:
    with pytest.raises(UsageError) as caught:
        retention.hold(decided, scope, at=AT, by="Ann", why="a claim")
    assert caught.value.code == "hold-scope"


def test_a_hold_that_does_not_stand_cannot_be_lifted(decided: Home) -> None:
    with pytest.raises(UsageError) as caught:
        retention.ask_lift(decided, "all", at=AT, by="Ann", why="x")
    assert caught.value.code == "no-hold"


def test_open_cases_and_open_property_keep_their_decision_and_the_last_act_starts_the_time(decided: Home) -> None:
    (decided.path / "example" / "payments.csv").write_bytes(demo_file("payments.csv").read_bytes())
    pay(decided)
    act = Act(on=AT.date(), at=datetime(2020, 6, 1, tzinfo=UTC), by="Jo", why="blocked", authority="E.O. 13687")
    blocked.open_property(decided, 17, blocked.Given(amount=Decimal(1), unit="USD"), act, regime="us")
    first, second = retention.reckon(decided, date(2099, 1, 1))[0]
    assert {"B-1 is open", "C-1 is open"} <= set(second.because)
    assert (first.goes, second.goes) == (True, False)
    assert (first.until, second.until) == (OVER, date(2030, 6, 1))


def test_an_emptying_needs_a_person_and_a_reason_and_is_logged(decided: Home) -> None:
    for by, why in (("", "x"), ("Jo", " ")):
        with pytest.raises(UsageError):
            retention.ask_prune(decided, at=THEN, by=by, why=why)
    prune(decided)
    with decided.reading() as reader:
        (entry,) = AuditLog(reader.connection).entries(kind=AuditKind.PRUNED.value)
    assert (entry.by, entry.subject) == ("Jo", "R-1")
    assert from_json(bytes(entry.body), Pruned).second == "Ann"


def test_nothing_goes_by_one_person_nor_when_a_hold_came_before_the_second(decided: Home) -> None:
    asked = retention.ask_prune(decided, at=THEN, **JO)
    assert asked is not None
    with pytest.raises(UsageError) as alone:
        changes.approve(decided, asked.number, at=THEN, by=" jo ", why="yes")
    retention.hold(decided, "R-1", at=THEN, by="Ann", why="a claim")
    with pytest.raises(UsageError) as late:
        changes.approve(decided, asked.number, at=THEN, by="Ann", why="yes")
    assert (alone.value.code, late.value.code) == ("same-person", "change-overtaken")
    assert len(list(records(decided))) == 12


def test_a_decision_emptied_by_hand_is_damage(home: Home, tmp_path: Path) -> None:
    (home.path / "config.toml").write_text('[institution]\nkind = "us"\n')
    (home.path / "example").mkdir()
    (home.path / "example" / "payments.csv").write_bytes(demo_file("payments.csv").read_bytes())
    import_edition(home, "ofac-sdn", [demo_file("editions/2015-01-02")], on=AT.date(), at=AT)
    pay(home)
    with raw_store(home) as connection:
        connection.execute("DROP TRIGGER decision_no_update")
        connection.execute("UPDATE decision SET body = x'', name = '' WHERE number = 3")
        connection.commit()
    assert [one.where for one in look_through(home).damage] == ["decision 3"]
