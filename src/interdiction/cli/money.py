"""Amounts, rates of interest and rates of exchange as people type them on a command line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import day
from interdiction.errors import UsageError

if TYPE_CHECKING:
    from interdiction.model import ExchangeRate, RateFrom

AmountOption = Annotated[
    str | None, typer.Option("--amount", metavar="NUMBER", help="Such as 1234.56.", show_default=False)
]
CurrencyOption = Annotated[
    str, typer.Option("--currency", metavar="CODE", help="Or the unit it is counted in.", show_default=False)
]
RateOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rate",
        metavar="UNIT=RATE[@DATE]",
        help="What one of a unit is worth, such as EUR=1.1189; repeatable.",
        show_default=False,
    ),
]


def amount_of(text: str | None, option: str = "--amount") -> Decimal | None:
    """Read an amount as digits with a point. Raises `UsageError` (`ledger-amount`): a comma is read by nobody."""
    if text is None:
        return None
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise UsageError(f"not an amount: {text!r}", where=option, mend="write it as 1234.56", code="ledger-amount")
    return found


def percent_rates(texts: list[str], on: date) -> tuple[RateFrom, ...]:
    """Read `2.5` or `2.5@2015-02-01`; without a day it holds from `on`."""
    from interdiction.model import RateFrom

    found = []
    for text in texts:
        number, _, since = text.partition("@")
        percent = amount_of(number, "--interest")
        if percent is not None:
            found.append(RateFrom(day(since or None, "--interest") or on, percent))
    return tuple(sorted(found, key=lambda one: one.on))


def exchange_rates(texts: list[str], currency: str, on: date) -> list[ExchangeRate]:
    """Read `EUR=1.1189` or `EUR=1.1189@2015-06-30`. Raises `UsageError` (`rate`) for anything else."""
    from interdiction.model import ExchangeRate

    found = []
    for text in texts:
        unit, equals, rest = text.partition("=")
        number, _, since = rest.partition("@")
        if not equals or not unit.strip():
            raise UsageError(f"not a rate: {text!r}", where="--rate", mend="write EUR=1.1189@2015-06-30", code="rate")
        value = amount_of(number, "--rate")
        if value is None or value <= 0:
            raise UsageError(f"not a rate: {text!r}", where="--rate", mend="write EUR=1.1189@2015-06-30", code="rate")
        stated = "stated on the command line"
        found.append(ExchangeRate(unit.strip(), currency, value, day(since or None, "--rate") or on, stated))
    return found
