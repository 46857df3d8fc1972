"""A party in payments is cleared with exactly its data and in its role, never in a text, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from interdiction import payments
from interdiction.engine import Engine, casework, clearances, decide
from interdiction.engine.clearing import Clearing, clear_payment
from interdiction.engine.home import Home
from interdiction.engine.payment import screen_payments
from interdiction.engine.records import kept, recording
from interdiction.engine.replay import Inputs, replay, suppressed_of
from interdiction.errors import UsageError
from interdiction.model import Asked, Outcome
from interdiction.model.case import Approved, Decided
from tests.engine.conftest import AT, sdn_row

LISTING = "ofac-sdn:17614"
REMARKS = "DOB 1965; nationality Korea, North"
FIRST, SECOND = "A. First", "B. Second"
LATER = AT + timedelta(hours=3)
HEAD = "id,amount,currency,date,debtor,debtor_account,creditor,creditor_account,remittance\n"
KIL = "Kil Jong Hun,DE02120300000000202051"
SHOP = "Harbour Bakery,DE02500105170137075030"


@pytest.fixture
def home(home: Home, bring: Callable[..., Any]) -> Home:
    bring(2, [sdn_row(17614, "KIL, Jong Hun", "DPRK2", REMARKS), sdn_row(1, "SOMEBODY ELSE")])
    return home


def paid(home: Home, *rows: str, at: Any = LATER) -> list[tuple[str, list[str]]]:
    """Decide on payments and keep it; give result and suppressions of each."""
    path = home.path.parent / "paid.csv"
    path.write_text(
        HEAD + "".join(f"{row}\n".replace(",", ",10.00,USD,2026-11-22,", 1) for row in rows), encoding="utf-8"
    )
    found = []
    with Engine.open(home.path) as engine:
        force, clearing = engine.force(), Clearing.of(home, at)
        some, whole = payments.read(path)
        with recording(
            home, path, command="pay", at=at, on=at.date(), asked=Asked(), force=force, policy=engine.policy
        ) as recorder:
            for place, screened in enumerate(screen_payments(engine, force, some)):
                one = clear_payment(clearing, force, screened)
                decided = decide.payment(force, engine.policy, one, on=at.date(), problems=whole)
                recorder.payment(place, one.payment, decided, suppressed=suppressed_of(one))
            found.append((decided.disposition.value, [str(hit.suppressed) for hit in suppressed_of(one)]))
            recorder.end(read=len(some), screened=len(some))
    return found


def asked(home: Home, role: str = "debtor", row: str = f"P1,{KIL},{SHOP},rent") -> int:
    paid(home, row, at=AT)
    (one,) = casework.queue(home, AT, subject="P1")
    number = one.case.number
    casework.take(home, number, Decided(LISTING, Outcome.FALSE, "in-words", "born 1990"), by=FIRST, at=AT)
    casework.take(home, number, Approved(LISTING, "agreed"), by=SECOND, at=AT)
    with Engine.open(home.path) as engine:
        casework.carry_out(engine, number, at=AT)
        words: dict[str, Any] = {"by": FIRST, "at": AT, "reason": "other-birth", "why": "born 1990"}
        return clearances.ask(engine, number, LISTING, role=role, **words).number


def cleared(home: Home) -> int:
    return clearances.approve(home, asked(home), by=SECOND, why="seen the passport", at=AT).number


def test_the_same_name_with_the_same_account_in_the_same_role_alerts_no_more_and_is_told(home: Home) -> None:
    cleared(home)
    assert paid(home, f"P2,{KIL},{SHOP},rent") == [("release", ["clearance"])]
    with kept(home) as decisions:
        (hit,) = decisions.get(3).suppressed
    assert hit.why.startswith("cleared by CL-1 until 2027-05-21 (A. First, B. Second); ")


@pytest.mark.parametrize(
    "row",
    [
        f"P2,{SHOP},{KIL},rent",
        f"P2,Kil Jong Hun,DE02100500000054540402,{SHOP},rent",
        f"P2,Kil Jong Hun,,{SHOP},rent",
        f"P2,{KIL},{SHOP},for KIL Jong Hun born 1965",
    ],
    ids=["another role", "another account", "no account", "in the text"],
)
def test_in_any_other_scope_it_alerts(home: Home, row: str) -> None:
    cleared(home)
    ((result, _),) = paid(home, row)
    assert result == "hold"


def test_it_suppresses_nothing_before_the_second_person_and_nothing_after_its_end(home: Home) -> None:
    number = asked(home)
    assert paid(home, f"P2,{KIL},{SHOP},rent") == [("hold", [])]
    with pytest.raises(UsageError) as caught:
        clearances.approve(home, number, by="a first", why="yes", at=AT)
    assert caught.value.code == "same-person"
    clearances.approve(home, number, by=SECOND, why="yes", at=AT)
    assert paid(home, f"P3,{KIL},{SHOP},rent") == [("release", ["clearance"])]
    clearances.revoke(home, number, by="C", why="asked again", at=LATER)
    assert paid(home, f"P4,{KIL},{SHOP},rent", at=LATER + timedelta(hours=1)) == [("hold", [])]


@pytest.mark.parametrize(
    "row",
    [
        sdn_row(17614, "KIL, Jong Hun", "DPRK2", "DOB 1975; nationality Korea, North."),
        sdn_row(17614, "KIL, Jong Hun", "DPRK3", REMARKS),
    ],
    ids=["identity", "programme"],
)
def test_it_arms_again_when_the_listing_is_another(home: Home, bring: Callable[..., Any], row: str) -> None:
    cleared(home)
    bring(5, [row, sdn_row(1, "SOMEBODY ELSE")])
    ((result, away),) = paid(home, f"P2,{KIL},{SHOP},rent")
    assert (result, away) == ("hold", [])


def test_a_release_by_clearance_is_replayed_to_the_same_bytes_after_the_end(home: Home) -> None:
    number = cleared(home)
    paid(home, f"P2,{KIL},{SHOP},rent")
    clearances.revoke(home, number, by="C", why="asked again", at=LATER + timedelta(hours=1))
    with Engine.open(home.path) as engine, kept(home) as decisions:
        record = decisions.get(3)
        run = decisions.run(record.run)
        assert replay(engine, record, run, Inputs(run, decisions.file(run.input.sha256))).same


def test_a_name_alone_is_never_cleared(home: Home) -> None:
    with pytest.raises(UsageError) as caught:
        asked(home, row=f"P1,Kil Jong Hun,,{SHOP},rent")
    assert caught.value.code == "party-too-bare"


def test_who_finds_the_pair_true_ends_its_clearance(home: Home) -> None:
    number = cleared(home)
    clearances.revoke(home, number, by="C", why="look again", at=AT)
    paid(home, f"P2,{KIL},{SHOP},rent")
    with Engine.open(home.path) as engine:
        (one,) = casework.queue(home, LATER, subject="P2")
        casework.take(home, one.case.number, Decided(LISTING, Outcome.FALSE, "in-words", "no"), by=FIRST, at=LATER)
        casework.take(home, one.case.number, Approved(LISTING, "no"), by=SECOND, at=LATER)
        casework.carry_out(engine, one.case.number, at=LATER)
        words: dict[str, Any] = {"by": FIRST, "at": LATER, "reason": "other-birth", "why": "born 1990"}
        again = clearances.ask(engine, one.case.number, LISTING, role="debtor", **words).number
    clearances.approve(home, again, by=SECOND, why="yes", at=LATER)
    paid(home, f"P3,{KIL},{KIL},rent")
    with Engine.open(home.path) as engine:
        (other,) = casework.queue(home, LATER, subject="P3")
        casework.take(home, other.case.number, Decided(LISTING, Outcome.TRUE, "in-words", "it is"), by=FIRST, at=LATER)
        casework.carry_out(engine, other.case.number, at=LATER)
    assert clearances.get(home, again).revoked_at is not None
