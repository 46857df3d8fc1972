"""What is held, in the currency of a report on a day, by rates that somebody states; nothing is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec

from interdiction.ledger.book import Held
from interdiction.ledger.exact import rounded
from interdiction.model import ExchangeRate


class Valued(msgspec.Struct, frozen=True, omit_defaults=True):
    """The balance of one property at the end of a day, and its worth; no worth where no rate was stated."""

    balance: Decimal
    unit: str
    currency: str
    worth: Decimal | None
    rate: ExchangeRate | None = None


def valued(held: Held, on: date, currency: str, rates: Sequence[ExchangeRate] = ()) -> Valued:
    """Value what is held at the end of `on`, by the last rate of that day or before."""
    balance, unit = held.balance(on), held.what.unit
    if unit == currency:
        return Valued(balance, unit, currency, balance)
    fitting = [one for one in rates if (one.unit, one.currency) == (unit, currency) and one.on <= on]
    if not fitting:
        return Valued(balance, unit, currency, None)
    rate = max(fitting, key=lambda one: one.on)
    worth = rounded(Fraction(balance) * Fraction(rate.rate), currency)
    return Valued(balance, unit, currency, worth, rate)
