"""A licence with a total: what went through under it is counted, and what comes after the total is held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from interdiction import payments
from interdiction.engine import Engine, decide
from interdiction.engine.blocked import Given, open_property, step
from interdiction.engine.drawn import Drawn
from interdiction.engine.following import confirm
from interdiction.engine.home import Home
from interdiction.engine.payment import screen_payments
from interdiction.engine.records import kept, recording
from interdiction.engine.replay import Inputs, replay
from interdiction.engine.story import tell
from interdiction.errors import InputError
from interdiction.ledger.steps import Act, correction, licensed
from interdiction.model import Asked, Outcome

AT = datetime(2015, 1, 5, 15, tzinfo=UTC)
LISTING = "ofac-sdn:17619"
LICENCE = """
licences:
  - {id: L-1, kind: specific, issuer: OFAC, reference: DPRK-2015-1, law: us, covers: rent of the mission,
     programmes: [DPRK2], total: "100", currency: USD, straight_through: yes, approved_by: [A. Officer, B. Officer],
     verified: yes, source: the letter of 2 January 2015}
"""
Pay = Callable[..., list[str]]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    tell(tmp_path / "home", AT)
    (tmp_path / "home" / "licences.yml").write_text(LICENCE)
    return Home.open(tmp_path / "home")


@pytest.fixture
def pay(home: Home, tmp_path: Path) -> Pay:
    """Decide on payments of these amounts to the man whom DPRK2 lists, keep the decisions, and give their results."""
    made = iter(range(100))

    def paid(*amounts: int, currency: str = "USD", count: Drawn | None = None) -> list[str]:
        path = tmp_path / f"payments-{next(made)}.csv"
        sides = 'Prairie Rail Signals Inc.,US,"KIL, Jong Hun",KP,1972-02-20'
        rows = [f"{path.stem}-{at},2015-01-05,{sides},{amount},{currency}" for at, amount in enumerate(amounts)]
        head = "id,date,debtor,debtor_country,creditor,creditor_country,creditor_born,amount,currency"
        path.write_text("\n".join([head, *rows, ""]))
        return _decided(home, path, count)

    return paid


def _decided(home: Home, path: Path, count: Drawn | None = None) -> list[str]:
    found = []
    with Engine.open(home.path) as engine:
        force = engine.force()
        drawn = count or Drawn.of(home, engine.policy.licences)
        with recording(
            home, path, command="pay", at=AT, on=AT.date(), asked=Asked(), force=force, policy=engine.policy
        ) as recorder:
            for place, one in enumerate(screen_payments(engine, force, payments.read(path)[0])):
                decided = decide.payment(force, engine.policy, one, on=AT.date(), used=drawn.amounts())
                recorder.payment(place, one.payment, decided, drawn=drawn)
                found.append(decided.disposition.value)
            recorder.end(read=len(found), screened=len(found))
    return found


def left(home: Home) -> Decimal | None:
    with Engine.open(home.path) as engine:
        drawn = Drawn.of(home, engine.policy.licences).sums().get("L-1")
    return None if drawn is None else 100 - drawn


@pytest.mark.parametrize(
    ("amounts", "results", "rest"),
    [
        ((60, 50), ["release", "hold"], 40),
        ((50, 60), ["release", "hold"], 50),
        ((60, 50, 40, 1), ["release", "hold", "release", "hold"], 0),
        ((100,), ["release"], 0),
        ((101, 100), ["block", "release"], 0),
    ],
)
def test_payments_draw_in_the_order_in_which_they_come(
    home: Home, pay: Pay, amounts: Sequence[int], results: list[str], rest: int
) -> None:
    assert pay(*amounts) == results
    assert left(home) == rest


def test_a_later_run_counts_what_earlier_ones_let_through(home: Home, pay: Pay) -> None:
    assert [*pay(60), *pay(50), *pay(40)] == ["release", "hold", "release"]
    assert left(home) == 0


def test_what_a_later_decision_undoes_can_be_drawn_again(home: Home, pay: Pay) -> None:
    assert pay(60) == ["release"]
    with kept(home) as decisions:
        (released,) = [one for one in decisions.records(result="release") if one.drawn]
    with Engine.open(home.path) as engine:
        again = confirm(
            engine,
            released.number,
            LISTING,
            Outcome.FALSE,
            by="A. Officer",
            second="B. Officer",
            why="another man",
            at=AT,
        )
    assert again.result == "release"
    assert left(home) == 100
    assert pay(100) == ["release"]


def test_another_currency_is_held_and_draws_nothing(home: Home, pay: Pay) -> None:
    assert pay(5, currency="EUR") == ["hold"]
    assert left(home) == 100


def test_a_licensed_debit_of_the_ledger_draws_and_one_taken_back_does_not(home: Home, pay: Pay) -> None:
    act = Act(on=date(2015, 1, 5), at=AT, by="A. Officer", why="rent")
    (home.path / "licences.yml").unlink()
    assert pay(70) == ["block"]
    with kept(home) as decisions:
        (blocked,) = [one.number for one in decisions.records(result="block")]
    held = open_property(home, blocked, Given(), act, regime="us").property
    (home.path / "licences.yml").write_text(LICENCE)
    (debit,) = step(home, held, lambda it: [licensed(it, Decimal(30), act, licence="dprk-2015-1", to="the landlord")])
    assert left(home) == 70
    step(home, held, lambda it: [correction(it, debit.number, act)])
    assert left(home) == 100


def test_a_debit_in_another_unit_leaves_the_total_unknown_and_holds(home: Home, pay: Pay) -> None:
    act = Act(on=date(2015, 1, 5), at=AT, by="A. Officer", why="rent")
    (home.path / "licences.yml").unlink()
    assert pay(70, currency="EUR") == ["block"]
    with kept(home) as decisions:
        (blocked,) = [one.number for one in decisions.records(result="block")]
    held = open_property(home, blocked, Given(), act, regime="us").property
    (home.path / "licences.yml").write_text(LICENCE)
    step(home, held, lambda it: [licensed(it, Decimal(30), act, licence="L-1", to="the landlord")])
    assert left(home) is None
    assert pay(1) == ["hold"]


def test_two_runs_never_draw_the_same_amount(home: Home, pay: Pay) -> None:
    with Engine.open(home.path) as engine:
        counted_before = Drawn.of(home, engine.policy.licences)
    assert pay(60) == ["release"]
    with pytest.raises(InputError) as raised:
        pay(60, count=counted_before)
    assert raised.value.code == "licence-drawn"
    assert left(home) == 40


def test_each_decision_comes_out_the_same_with_what_had_been_drawn_then(home: Home, pay: Pay) -> None:
    pay(60, 50, 40)
    pay(10)
    with Engine.open(home.path) as engine, kept(home) as decisions:
        for record in decisions.records():
            run = decisions.run(record.run)
            assert replay(engine, record, run, Inputs(run, decisions.file(run.input.sha256))).same
