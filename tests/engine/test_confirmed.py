"""Whoever a decision found to be listed stops payments under any name: by account, wallet and number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from interdiction.engine.book import screen_book
from interdiction.engine.confirmed import CONFIRMED, confirmed, enter_confirmed
from interdiction.engine.customers import record_book
from interdiction.engine.decide import payment as paid
from interdiction.engine.following import confirm
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.payment import screen_payments
from interdiction.engine.records import recording
from interdiction.engine.replay import suppressed_of
from interdiction.model import Asked, Disposition, Outcome, Party, Payment, PaymentParty, Role
from interdiction.tables import read_book
from tests.engine.conftest import AT, sdn_row

ORDER = date(2015, 1, 2)


@pytest.fixture
def engine(home: Home, bring: Callable[..., Any]) -> Engine:
    bring(2, [sdn_row(17614, "KIL, Jong Hun", "DPRK2", "DOB 20 Feb 1965."), sdn_row(17616, "KIM, Kwang Chun", "DPRK2")])
    (home.path / "config.toml").write_text('[institution]\nkind = "us"\nname = "A Bank"\n', encoding="utf-8")
    return Engine.open(home.path)


@pytest.fixture
def recorded(engine: Engine, tmp_path: Path) -> Engine:
    path = tmp_path / "book.csv"
    rows = "C1,Kil Jong Hun,1965-02-20,account:778812,Kim Kwang Chun\nC2,Kim Kwang Chun,,,\nC3,A Baker,,,\n"
    path.write_text(f"id,name,born,identifiers,director\n{rows}", encoding="utf-8")
    book = read_book(path)
    record_book(engine, engine.force(), book, screen_book(engine, book), path, Asked(), at=AT)
    return engine


def test_a_customer_that_a_rule_confirmed_is_entered_once_with_its_account(recorded: Engine) -> None:
    entered = enter_confirmed(recorded.home, by="Jo", at=AT)
    assert entered is not None
    assert entered.listings == ("own-confirmed:D-1-1",)
    assert enter_confirmed(recorded.home, by="Jo", at=AT + timedelta(hours=1)) is None
    recorded.refresh()
    stranger = Party(names=["Someone Else Entirely"], identifiers=["account:778812"])
    one = Payment("P1", (PaymentParty(Role.CREDITOR, stranger, "creditor"),))
    hits = screen_payments(recorded, recorded.force(), [one])[0]
    decision = paid(recorded.force(), recorded.policy, hits, on=AT.date())
    assert decision.disposition is Disposition.HOLD
    assert {hit.listing for hit in decision.hits} == {"own-confirmed:D-1-1"}


def test_a_name_that_nobody_confirmed_is_entered_only_once_a_person_has(recorded: Engine) -> None:
    assert [one.party.primary_name for one in confirmed(recorded.home)] == ["Kil Jong Hun"]
    confirm(recorded, 2, "ofac-sdn:17616", Outcome.TRUE, by="Jo", why="passport seen", at=AT + timedelta(hours=1))
    names = {one.party.primary_name: one.why for one in confirmed(recorded.home)}
    assert names.keys() == {"Kil Jong Hun", "Kim Kwang Chun"}
    assert "ofac-sdn:17616" in names["Kim Kwang Chun"]


def test_a_payee_that_was_confirmed_is_entered_with_its_account(engine: Engine, tmp_path: Path) -> None:
    payee = Party(
        names=["Kil Jong Hun"], birth_dates=["1965-02-20"], identifiers=["iban:MT84MALT011000012345MTLCAST001S"]
    )
    one = Payment(
        "P1", (PaymentParty(Role.CREDITOR, payee, "creditor"), PaymentParty(Role.DEBTOR, Party(names=["B"]), "d"))
    )
    path = tmp_path / "payments.csv"
    path.write_text("x\n", encoding="utf-8")
    force = engine.force()
    with recording(
        engine.home, path, command="pay", at=AT, on=AT.date(), asked=Asked(), force=force, policy=engine.policy
    ) as recorder:
        (hits,) = screen_payments(engine, force, [one])
        recorder.payment(0, one, paid(force, engine.policy, hits, on=AT.date()), suppressed=suppressed_of(hits))
        recorder.end(read=1, screened=1)
    entered = enter_confirmed(engine.home, by="Jo", at=AT)
    assert entered is not None
    engine.refresh()
    found = engine.screen(Party(names=["Nobody Known"], identifiers=["iban:MT84MALT011000012345MTLCAST001S"]))
    assert [hit.listing.partition(":")[0] for hit in found] == [CONFIRMED]
