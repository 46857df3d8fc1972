"""Exact sums, and the one place where an amount is rounded: to the smallest part of its currency, half to even."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Final

from babel.core import get_global
from babel.numbers import get_currency_precision

_EXACT: Final = Context(prec=80, rounding=ROUND_HALF_EVEN)
_PARTS_OF_A_COIN: Final = 8
"""Decimals of what is no currency: virtual currencies are counted to a hundred-millionth."""


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Add up without losing a digit."""
    found = Decimal(0)
    for amount in amounts:
        found = _EXACT.add(found, amount)
    return found


def minor_units(unit: str) -> int:
    """Give the decimals of a currency: 2 for USD, 0 for JPY, 3 for KWD; 8 for what is no currency."""
    return int(get_currency_precision(unit)) if unit in get_global("all_currencies") else _PARTS_OF_A_COIN


def rounded(amount: Fraction | Decimal, unit: str) -> Decimal:
    """Round to the smallest part of the unit, half to even."""
    places = minor_units(unit)
    exact = Fraction(amount) * 10**places
    return Decimal(round(exact)).scaleb(-places, _EXACT)
