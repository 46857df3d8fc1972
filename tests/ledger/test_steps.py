"""Each step is balanced, covered, in one unit, and named; what is not is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.errors import UsageError
from interdiction.ledger import balances, standing, total
from interdiction.ledger.book import held_in
from interdiction.ledger.steps import charge, correction, credit, interest, licensed, opening, release, terms, transfer
from interdiction.model import Ground, Heading, Step
from tests.ledger.making import BLOCKED, Ledger, act, simple, what

LATER = date(2015, 3, 2)


def refused(make: Callable[[], object]) -> str:
    with pytest.raises(UsageError) as error:
        make()
    return error.value.code


def test_opening_takes_the_funds_from_where_they_came() -> None:
    ledger = Ledger()
    ledger.open("100.00")
    assert balances(ledger.entries) == {"USD": {Heading.BLOCKED: Decimal("100.00"), Heading.ORIGIN: Decimal("-100.00")}}
    assert [one.id for one in standing(ledger.all())] == ["B-1"]


def test_a_retained_transfer_stands_on_an_account_of_its_own() -> None:
    ledger = Ledger()
    ledger.open("100.00", what(retained=True))
    assert set(balances(ledger.entries)["USD"]) == {Heading.RETAINED, Heading.ORIGIN}


def test_releasing_everything_pays_the_interest_that_is_due_with_it() -> None:
    ledger = Ledger()
    ledger.open("3650.00", what(terms=simple("10")))
    ledger.add(
        *release(ledger.held(), act(date(2015, 1, 12), "Licence NK-1"), ground=Ground.LICENCE, licence="NK-1", to="X")
    )
    assert [entry.step for entry in ledger.entries] == [Step.OPEN, Step.INTEREST, Step.RELEASE]
    assert ledger.held().of(Heading.RELEASED) == Decimal("3660.00")
    assert not ledger.held().is_open()


def test_nothing_happens_to_what_is_no_longer_held_but_a_correction() -> None:
    ledger = Ledger()
    ledger.open("10.00")
    ledger.add(*release(ledger.held(), act(LATER, "delisted"), ground=Ground.DELISTING, to="the owner"))
    held = ledger.held()
    assert refused(lambda: credit(held, Decimal(1), act(LATER))) == "ledger-closed"
    assert refused(lambda: charge(held, Decimal(1), act(LATER, "schedule"))) == "ledger-closed"
    ledger.add(correction(held, 2, act(LATER)))
    assert ledger.held().balance() == Decimal("10.00")


def test_currencies_are_never_mixed() -> None:
    ledger = Ledger()
    ledger.open("10.00")
    assert refused(lambda: credit(ledger.held(), Decimal(1), act(LATER), unit="EUR")) == "ledger-unit"
    assert refused(lambda: charge(ledger.held(), Decimal(1), act(LATER, "schedule"), unit="EUR")) == "ledger-unit"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda held: charge(held, Decimal(1), act(LATER)), "ledger-authority"),
        (lambda held: release(held, act(LATER), ground=Ground.DELISTING, to="X"), "ledger-authority"),
        (lambda held: release(held, act(LATER, "x"), ground=Ground.DELISTING, to=" "), "ledger-receiver"),
        (lambda held: release(held, act(LATER, "x"), ground=Ground.LICENCE, to="X"), "ledger-licence"),
        (lambda held: licensed(held, Decimal(1), act(LATER), licence="", to="X"), "ledger-licence"),
        (lambda held: licensed(held, Decimal(11), act(LATER), licence="NK-1", to="X"), "ledger-overdrawn"),
        (lambda held: charge(held, Decimal(-1), act(LATER, "schedule")), "ledger-amount"),
        (lambda held: charge(held, Decimal("NaN"), act(LATER, "schedule")), "ledger-amount"),
        (lambda held: charge(held, Decimal(1), act(date(2015, 1, 1), "schedule")), "ledger-order"),
        (lambda held: charge(held, Decimal(1), act(date(2031, 1, 1), "schedule")), "ledger-order"),
        (lambda held: charge(held, Decimal(1), msgspec.structs.replace(act(LATER, "x"), by=" ")), "by-required"),
        (lambda held: charge(held, Decimal(1), msgspec.structs.replace(act(LATER, "x"), why="")), "why-required"),
        (lambda held: interest(held, act(LATER)), "ledger-nothing-due"),
        (lambda held: terms(held, msgspec.structs.replace(simple("1"), rates=()), act(LATER)), "ledger-terms"),
        (lambda held: correction(held, 7, act(LATER)), "no-such-entry"),
    ],
)
def test_what_is_not_covered_or_not_named_is_refused(make: Callable[[object], object], code: str) -> None:
    ledger = Ledger()
    ledger.open("10.00")
    assert refused(lambda: make(ledger.held())) == code


def test_blocked_property_is_opened_by_a_decision_that_names_who_is_meant() -> None:
    authority = act(authority="E.O. 13687")
    assert refused(lambda: opening(what(), Decimal(1), authority, decision=" ")) == "ledger-decision"
    nobody = msgspec.structs.replace(what(), targets=())
    assert refused(lambda: opening(nobody, Decimal(1), authority, decision="D-1")) == "ledger-target"
    assert refused(lambda: opening(what(), Decimal(1), act(), decision="D-1")) == "ledger-authority"
    assert refused(lambda: opening(what(unit=" "), Decimal(1), authority, decision="D-1")) == "ledger-unit"


def test_a_retained_transfer_is_not_returned_because_somebody_was_delisted() -> None:
    ledger = Ledger()
    ledger.open("10.00", what(retained=True))
    held = ledger.held()
    assert refused(lambda: release(held, act(LATER, "x"), ground=Ground.DELISTING, to="X")) == "ledger-retained"
    assert release(held, act(LATER, "x"), ground=Ground.GOVERNMENT_ORDER, to="X")


def test_a_debit_of_the_past_does_not_overdraw_a_later_day() -> None:
    ledger = Ledger()
    ledger.open("10.00")
    ledger.add(licensed(ledger.held(), Decimal(8), act(LATER), licence="NK-1", to="X"))
    early = act(date(2015, 2, 1))
    assert refused(lambda: licensed(ledger.held(), Decimal(3), early, licence="NK-1", to="X")) == "ledger-overdrawn"
    assert licensed(ledger.held(), Decimal(2), early, licence="NK-1", to="X").postings


def test_an_entry_is_taken_back_once_and_whole() -> None:
    ledger = Ledger()
    ledger.open("10.00")
    ledger.add(licensed(ledger.held(), Decimal(8), act(LATER), licence="NK-1", to="X"))
    ledger.add(correction(ledger.held(), 2, act(LATER)))
    assert ledger.held().balance() == Decimal("10.00")
    assert refused(lambda: correction(ledger.held(), 2, act(LATER))) == "ledger-corrected"
    assert refused(lambda: correction(ledger.held(), 3, act(LATER))) == "ledger-corrected"


def test_an_opening_is_not_taken_back_while_something_rests_on_it() -> None:
    ledger = Ledger()
    ledger.open("10.00")
    ledger.add(licensed(ledger.held(), Decimal(8), act(LATER), licence="NK-1", to="X"))
    assert refused(lambda: correction(ledger.held(), 1, act(LATER))) == "ledger-overdrawn"


def test_a_transfer_stays_blocked_with_another_holder() -> None:
    ledger = Ledger()
    ledger.open("10.00")
    made = transfer(
        ledger.held(), act(LATER, "order of the court"), ground=Ground.COURT_ORDER, to="Second Bank", amount=Decimal(4)
    )
    ledger.add(*made)
    assert ledger.held().of(Heading.TRANSFERRED) == Decimal(4)
    assert ledger.held().balance() == Decimal("6.00")


moves = st.tuples(
    st.sampled_from(["open", "credit", "interest", "charge", "licensed", "release", "transfer", "correct"]),
    st.integers(0, 400),
    st.decimals("0.01", "5000", places=2),
    st.sampled_from(["USD", "EUR", "JPY", "XBT"]),
    st.integers(0, 30),
)


@given(st.lists(moves, max_size=25))
def test_open_items_are_the_balance_and_every_entry_adds_up_to_nothing(
    life: list[tuple[str, int, Decimal, str, int]],
) -> None:
    ledger = play(life)
    for entry in ledger.entries:
        assert total(posting.amount for posting in entry.postings) == 0
        assert len({posting.unit for posting in entry.postings}) <= 1
    for of in balances(ledger.entries).values():
        assert total(of.values()) == 0
    for day in {entry.on for entry in ledger.entries} | {None}:
        items: dict[str, list[Decimal]] = {}
        for one in standing(ledger.all(), day):
            assert one.balance(day) > 0
            items.setdefault(one.what.unit, []).append(one.balance(day))
        assert {unit: total(some) for unit, some in items.items()} == {
            unit: amount for unit, amount in held_in(ledger.entries, day).items() if amount
        }


def play(life: list[tuple[str, int, Decimal, str, int]]) -> Ledger:
    """Do what can be done of a life; what is refused leaves the ledger as it was."""
    from datetime import timedelta

    ledger = Ledger()
    for step, days, amount, unit, pick in life:
        on = BLOCKED + timedelta(days=days)
        held = ledger.held(ledger.all()[pick % len(ledger.all())].number) if ledger.all() else None
        try:
            if step == "open" or held is None:
                ledger.open(str(amount), what(unit, simple("3.5")))
            elif step == "credit":
                ledger.add(credit(held, amount, act(on), unit=unit))
            elif step == "interest":
                ledger.add(interest(held, act(on)))
            elif step == "charge":
                ledger.add(charge(held, amount, act(on, "schedule of charges")))
            elif step == "licensed":
                ledger.add(licensed(held, amount, act(on), licence="NK-1", to="X"))
            elif step == "release":
                ledger.add(*release(held, act(on, "x"), ground=Ground.DELISTING, to="X"))
            elif step == "transfer":
                ledger.add(*transfer(held, act(on, "x"), ground=Ground.COURT_ORDER, to="X", amount=amount))
            else:
                ledger.add(correction(held, held.entries[pick % len(held.entries)].number, act(on)))
        except UsageError:
            continue
    return ledger
