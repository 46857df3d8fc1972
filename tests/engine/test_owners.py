"""Customers that a listed party owns are hits on that party's listing, with the chain as evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from interdiction.engine.book import screen_book
from interdiction.engine.decide import customer
from interdiction.engine.decide import payment as paid
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.impact import impact
from interdiction.engine.payment import screen_payments
from interdiction.engine.registers import import_register, registers
from interdiction.model import Basis, Consequence, Disposition, Party, Payment, PaymentParty, Role
from interdiction.tables import book_of
from tests.engine.conftest import AT, sdn_row

KIL = sdn_row(17614, "KIL, Jong Hun", "DPRK2", "DOB 20 Feb 1965.")
KIM = sdn_row(17616, "KIM, Kwang Chun", "DPRK2", "DOB 20 Apr 1967.")
ORDER = date(2015, 1, 2)
STAKES = """owner,owner id,owner born,owned,owned country,share
,ofac-sdn:17614,,Paradise Trading Company,MT,30
KIM Kwang Chun,,1967-04-20,Paradise Trading Company,MT,25
Somebody Innocent,,,Paradise Trading Company,MT,45
Paradise Trading Company,,,Harbour Shipping,MT,100
KIM Kwang Chun,,1967-04-20,Minor Bakery,MT,10
"""


@pytest.fixture
def stakes(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str = STAKES, name: str = "stakes.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def engine(home: Home, bring: Callable[..., Any]) -> Engine:
    bring(2, [KIL, KIM])
    return Engine.open(home.path)


def found(engine: Engine, name: str, as_of: date | None = ORDER) -> list[tuple[str, str, str]]:
    hits = engine.screen(Party(names=[name]), as_of)
    return [(hit.basis.value, hit.listing, str(hit.evidence[0].finding)) for hit in hits]


def test_a_company_owned_by_two_of_the_listed_is_a_hit_on_each_with_the_sum(
    engine: Engine, stakes: Callable[..., Path]
) -> None:
    import_register(engine.home, stakes(), at=AT)
    engine.refresh()
    hits = engine.screen("Paradise Trading Company", ORDER)
    assert [(hit.basis, hit.listing) for hit in hits] == [
        (Basis.OWNERSHIP, "ofac-sdn:17614"),
        (Basis.OWNERSHIP, "ofac-sdn:17616"),
    ]
    assert hits[0].evidence[0].finding == "blocked"
    assert "30 % ofac-sdn:17614 (ofac-sdn:17614) + 25 % KIM Kwang Chun (ofac-sdn:17616) = 55 %" in hits[0].why
    assert hits[0].designations[0].programme == "DPRK2"
    assert found(engine, "Harbour Shipping")[0] == ("ownership", "ofac-sdn:17614", "blocked")
    assert found(engine, "Minor Bakery") == []
    assert found(engine, "Somebody Innocent") == []


def test_an_owner_only_named_alike_makes_what_it_owns_unknown(engine: Engine, stakes: Callable[..., Path]) -> None:
    import_register(engine.home, stakes("owner,owned,share\nKim Kwang-chun,Paradise Trading Company,100\n"), at=AT)
    engine.refresh()
    hits = engine.screen("Paradise Trading Company", ORDER)
    assert [hit.evidence[0].finding for hit in hits] == ["unknown"]
    assert "not confirmed" in hits[0].why
    assert hits[0].not_known.startswith("the stakes that decide")


def test_before_the_order_nobody_is_reached(engine: Engine, stakes: Callable[..., Path], bring: Any) -> None:
    bring(1, [sdn_row(1, "SOMEBODY ELSE")], history=True)
    import_register(engine.home, stakes(), at=AT)
    engine.refresh()
    assert found(engine, "Paradise Trading Company", date(2015, 1, 1)) == []
    assert found(engine, "Paradise Trading Company", ORDER)


def test_a_book_and_a_decision_take_hits_through_owners_as_doubt(engine: Engine, stakes: Callable[..., Path]) -> None:
    import_register(engine.home, stakes(), at=AT)
    engine.refresh()
    book = book_of(pl.DataFrame({"id": ["C1", "C2", "C3"], "name": ["Harbour Shipping", "Kil Jong Hun", "A Baker"]}))
    answer = screen_book(engine, book, ORDER)
    assert [(at, hits[0].basis.value) for at, hits in answer.hits] == [(0, "ownership"), (1, "name")]
    hits = answer.hits[0][1]
    decision = customer(engine.force(ORDER), engine.policy.for_institution("us"), "C1", hits, on=ORDER)
    assert decision.consequence is Consequence.REVIEW
    assert {one.listing for one in decision.reasons} == {"ofac-sdn:17614", "ofac-sdn:17616"}


def test_a_newer_register_of_a_source_takes_the_place_of_the_earlier_one_from_then_on(
    engine: Engine, stakes: Callable[..., Path]
) -> None:
    import_register(engine.home, stakes(), at=AT, source="book")
    later = datetime(2026, 12, 1, tzinfo=UTC)
    import_register(
        engine.home, stakes("owner,owned,share\nSomebody,Paradise Trading Company,100\n"), at=later, source="book"
    )
    engine.refresh()
    assert found(engine, "Paradise Trading Company") == []
    before = engine.screen_all([Party(names=["Paradise Trading Company"])], ORDER, known_at=AT)
    assert [hit.basis for hit in before[0].hits] == [Basis.OWNERSHIP, Basis.OWNERSHIP]
    assert [one.stakes for _, one in registers(engine.home)] == [1]


def test_the_same_home_gives_the_same_answer_when_what_it_derived_is_gone(
    engine: Engine, stakes: Callable[..., Path]
) -> None:
    import_register(engine.home, stakes(), at=AT)
    engine.refresh()
    first = engine.screen("Harbour Shipping", ORDER)
    derived = [*engine.home.index.glob("*.named"), *engine.home.index.glob("*.owned")]
    assert len(derived) == 2
    for path in derived:
        path.write_bytes(b"damaged")
    engine.refresh()
    assert engine.screen("Harbour Shipping", ORDER) == first


def test_a_payee_that_listed_owners_reach_holds_the_payment(engine: Engine, stakes: Callable[..., Path]) -> None:
    import_register(engine.home, stakes(), at=AT)
    engine.refresh()
    one = Payment("P1", (PaymentParty(Role.CREDITOR, Party(names=["Harbour Shipping"]), "creditor"),))
    force = engine.force(ORDER)
    decision = paid(force, engine.policy.for_institution("us"), screen_payments(engine, force, [one])[0], on=ORDER)
    assert decision.disposition is Disposition.HOLD
    assert {hit.basis for hit in decision.hits} == {Basis.OWNERSHIP}


def test_an_owned_company_named_inside_the_text_of_a_payment_holds_it(
    engine: Engine, stakes: Callable[..., Path]
) -> None:
    import_register(engine.home, stakes(), at=AT)
    engine.refresh()
    payee = PaymentParty(Role.CREDITOR, Party(names=["A Baker"]), "creditor")
    texts = ("freight to PARADISE TRADING COMPANY under contract 12", "bread and rolls")
    some = [Payment(f"P{at}", (payee,), remittance=text) for at, text in enumerate(texts)]
    force = engine.force(ORDER)
    found = screen_payments(engine, force, some)
    assert {hit.listing for hit in found[0].text.hits} == {"ofac-sdn:17614", "ofac-sdn:17616"}
    assert found[1].text.hits == ()
    decision = paid(force, engine.policy.for_institution("us"), found[0], on=ORDER)
    assert decision.disposition is Disposition.HOLD


def test_an_order_shows_whom_its_targets_own(engine: Engine, stakes: Callable[..., Path], bring: Any) -> None:
    bring(1, [sdn_row(1, "SOMEBODY ELSE")], history=True)
    import_register(engine.home, stakes(), at=AT)
    engine.refresh()
    book = book_of(pl.DataFrame({"id": ["C1", "C2"], "name": ["Harbour Shipping", "A Baker"]}))
    report = impact(engine, "ofac-sdn", date(2015, 1, 1), ORDER, book, engine.policy.for_institution("us"))
    caught = {(one.query_id, one.listing) for one in report.impact.newly_caught}
    assert caught == {("C1", "ofac-sdn:17614"), ("C1", "ofac-sdn:17616")}
