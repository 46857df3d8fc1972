"""Interest: the textbook figures, and that posting it often or seldom comes to the same."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.ledger import accrued, due, minor_units, rounded
from interdiction.ledger.interest import year_fraction
from interdiction.ledger.steps import credit, interest, licensed, terms
from interdiction.model import Compounding, DayCount, RateFrom, Terms
from tests.ledger.making import BLOCKED, Ledger, act, compound, simple, what


def ledger_of(amount: str, conditions: Terms, unit: str = "USD") -> Ledger:
    ledger = Ledger()
    ledger.open(amount, what(unit, conditions))
    return ledger


@pytest.mark.parametrize(
    ("count", "until", "expected"),
    [
        (DayCount.ACT_365, date(2016, 1, 2), "100.00"),
        (DayCount.ACT_360, date(2016, 1, 2), "101.39"),
        (DayCount.THIRTY_360, date(2016, 1, 2), "100.00"),
        (DayCount.ACT_365, date(2017, 1, 2), "200.27"),  # 2016 has a day more
        (DayCount.ACT_ACT, date(2017, 1, 2), "200.00"),
    ],
)
def test_simple_interest_of_a_thousand_at_ten_per_cent(count: DayCount, until: date, expected: str) -> None:
    assert accrued(ledger_of("1000.00", simple("10", count)).held(), until) == Decimal(expected)


def test_thirty_days_make_a_month_also_at_its_end() -> None:
    assert year_fraction(date(2015, 1, 31), date(2015, 3, 31), DayCount.THIRTY_360) == Fraction(1, 6)
    assert year_fraction(date(2015, 1, 15), date(2015, 1, 31), DayCount.THIRTY_360) == Fraction(16, 360)


def test_a_leap_year_is_counted_in_its_own_days() -> None:
    assert year_fraction(date(2015, 7, 1), date(2016, 7, 1), DayCount.ACT_ACT) == Fraction(184, 365) + Fraction(
        182, 366
    )


def test_interest_that_is_compounded_monthly_bears_interest() -> None:
    held = ledger_of("1000.00", compound("12", Compounding.MONTHLY, DayCount.THIRTY_360)).held()
    assert accrued(held, date(2015, 2, 1)) == Decimal("9.67")  # 29 days of 30
    assert accrued(held, date(2015, 3, 1)) == Decimal("9.67") + Decimal("10.10")
    assert accrued(held, date(2016, 1, 1)) > Decimal(120)


def test_quarters_and_years_end_where_the_calendar_ends_them() -> None:
    quarterly = ledger_of("1000000.00", compound("4", Compounding.QUARTERLY)).held()
    yearly = ledger_of("1000000.00", compound("4", Compounding.YEARLY)).held()
    plain = ledger_of("1000000.00", simple("4")).held()
    first_of_april, next_year = date(2015, 4, 1), date(2016, 1, 1)
    assert accrued(quarterly, first_of_april) == accrued(yearly, first_of_april) == accrued(plain, first_of_april)
    assert accrued(quarterly, next_year) > accrued(yearly, next_year) == accrued(plain, next_year)
    assert accrued(yearly, date(2016, 7, 1)) > accrued(plain, date(2016, 7, 1))


def test_a_rate_holds_from_its_day_on() -> None:
    rates = (
        RateFrom(BLOCKED, Decimal(10)),
        RateFrom(date(2015, 1, 12), Decimal(0)),
        RateFrom(date(2015, 1, 22), Decimal(5)),
    )
    held = ledger_of("36500.00", Terms(rates)).held()
    assert accrued(held, date(2015, 1, 22)) == Decimal("100.00")
    assert accrued(held, date(2015, 2, 1)) == Decimal("150.00")


def test_new_terms_leave_what_was_earned_until_then() -> None:
    ledger = ledger_of("36500.00", simple("10"))
    ledger.add(terms(ledger.held(), Terms((RateFrom(date(2015, 1, 12), Decimal(1)),)), act(date(2015, 1, 12))))
    assert accrued(ledger.held(), date(2015, 1, 12)) == Decimal("100.00")
    assert accrued(ledger.held(), date(2015, 1, 22)) == Decimal("110.00")


def test_debits_and_deposits_count_from_their_value_date() -> None:
    ledger = ledger_of("36500.00", simple("10"))
    ledger.add(credit(ledger.held(), Decimal("36500.00"), act(date(2015, 1, 12))))
    ledger.add(licensed(ledger.held(), Decimal("73000.00"), act(date(2015, 1, 22)), licence="NK-1", to="X"))
    assert accrued(ledger.held(), date(2016, 1, 1)) == Decimal("100.00") + Decimal("200.00")


def test_what_was_posted_is_not_due_again() -> None:
    ledger = ledger_of("1000.00", simple("10"))
    ledger.add(interest(ledger.held(), act(date(2016, 1, 2))))
    assert due(ledger.held(), date(2016, 1, 2)) == 0
    assert ledger.held().balance() == Decimal("1100.00")


def test_property_without_terms_bears_nothing() -> None:
    ledger = Ledger()
    ledger.open("1000.00")
    assert accrued(ledger.held(), date(2025, 1, 1)) == 0


@pytest.mark.parametrize(("unit", "places"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("XBT-satoshi", 8)])
def test_amounts_are_rounded_to_the_smallest_part_of_their_currency(unit: str, places: int) -> None:
    assert minor_units(unit) == places
    assert rounded(Fraction(2, 3), unit).as_tuple().exponent == -places


def test_a_half_is_rounded_to_the_even_side() -> None:
    assert [rounded(Fraction(n, 1000), "USD") for n in (5, 15, 25)] == [
        Decimal("0.00"),
        Decimal("0.02"),
        Decimal("0.02"),
    ]


@given(
    st.decimals("1", "10000000", places=2),
    st.decimals("0", "25", places=3),
    st.sampled_from(list(Compounding)),
    st.sampled_from(list(DayCount)),
    st.lists(st.integers(1, 700), max_size=8),
)
def test_posting_often_or_seldom_comes_to_the_same(
    amount: Decimal, rate: Decimal, compounding: Compounding, count: DayCount, days: list[int]
) -> None:
    end = BLOCKED + timedelta(days=701)
    ledger = ledger_of(str(amount), compound(str(rate), compounding, count))
    at_once = due(ledger.held(), end)
    for day in sorted(days):
        if due(ledger.held(), BLOCKED + timedelta(days=day)) > 0:
            ledger.add(interest(ledger.held(), act(BLOCKED + timedelta(days=day))))
    assert ledger.held().balance() - amount + due(ledger.held(), end) == at_once
