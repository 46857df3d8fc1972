from __future__ import annotations

from datetime import date
from decimal import Decimal

from interdiction.ledger import valued
from interdiction.model import ExchangeRate
from tests.ledger.making import Ledger, what

JUNE = date(2015, 6, 30)


def rate(text: str, on: date = JUNE) -> ExchangeRate:
    return ExchangeRate("EUR", "USD", Decimal(text), on, "the bank's own closing rate")


def test_what_is_held_is_worth_its_balance_in_its_own_currency() -> None:
    ledger = Ledger()
    ledger.open("12.34")
    assert valued(ledger.held(), JUNE, "USD").worth == Decimal("12.34")


def test_the_last_rate_of_the_day_or_before_counts_and_is_named() -> None:
    ledger = Ledger()
    ledger.open("1000.00", what("EUR"))
    found = valued(
        ledger.held(), JUNE, "USD", [rate("1.05", date(2015, 6, 1)), rate("1.1189"), rate("9", date(2015, 7, 1))]
    )
    assert (found.worth, found.rate) == (Decimal("1118.90"), rate("1.1189"))


def test_without_a_stated_rate_it_has_no_worth_rather_than_a_guess() -> None:
    ledger = Ledger()
    ledger.open("1000.00", what("EUR"))
    assert valued(ledger.held(), JUNE, "USD", [rate("9", date(2015, 7, 1))]).worth is None


def test_what_was_not_held_yet_has_no_balance() -> None:
    ledger = Ledger()
    ledger.open("1000.00")
    assert valued(ledger.held(), date(2015, 1, 1), "USD").balance == 0
