"""Interest on what is held, exact to the fraction until it is rounded: simple or compound, by day count and rate.

Interest is a function of the whole life of the property. What has been posted is taken off at the end, so that posting
it daily or once a year comes to the same. Debits are taken from the principal; a balance below nothing bears nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from interdiction.ledger.book import Held
from interdiction.ledger.exact import rounded, total
from interdiction.model import Compounding, DayCount, RateFrom, Step, Terms

_MONTHS: Final = {Compounding.MONTHLY: 1, Compounding.QUARTERLY: 3, Compounding.YEARLY: 12}
_LAST_OF_30: Final = 30


def due(held: Held, until: date) -> Decimal:
    """Give the interest up to `until`, that day not counted, that is not posted yet."""
    posted = -total(
        posting.amount
        for entry in held.entries
        for posting in entry.postings
        if posting.heading.value == Step.INTEREST.value
    )
    return accrued(held, until) - posted


def accrued(held: Held, until: date) -> Decimal:
    """Give all the interest from the first day up to `until`, that day not counted, rounded once at the end.

    Compound interest is rounded, too, where it is added to what bears interest: at the end of each period.
    """
    unit = held.what.unit
    added, running = Decimal(0), Fraction(0)
    for start, end, terms, rate in _stretches(held, until):
        base = max(Fraction(0), Fraction(_principal(held, start) + _bearing(added, terms)))
        running += base * rate * year_fraction(start, end, terms.day_count)
        if _ends_period(end, terms.compounding):
            added += rounded(running, unit)
            running = Fraction(0)
    return added + rounded(running, unit)


def year_fraction(start: date, end: date, count: DayCount) -> Fraction:
    """Give the part of a year between two days, the first counted and the last not."""
    days = (end - start).days
    match count:
        case DayCount.ACT_360:
            return Fraction(days, 360)
        case DayCount.ACT_365:
            return Fraction(days, 365)
        case DayCount.ACT_ACT:
            return _actual(start, end)
        case DayCount.THIRTY_360:
            first = min(start.day, _LAST_OF_30)
            last = _LAST_OF_30 if end.day > _LAST_OF_30 and first == _LAST_OF_30 else end.day
            return Fraction(360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first, 360)


def _actual(start: date, end: date) -> Fraction:
    found = Fraction(0)
    while start < end:
        turn = min(end, date(start.year + 1, 1, 1))
        found += Fraction((turn - start).days, (date(start.year + 1, 1, 1) - date(start.year, 1, 1)).days)
        start = turn
    return found


def _stretches(held: Held, until: date) -> Iterator[tuple[date, date, Terms, Fraction]]:
    """Give the stretches in which nothing changes: neither principal, terms, rate nor the period of compounding."""
    terms = held.terms()
    if not terms:
        return
    first = terms[0][0]
    edges = {first, until}
    edges |= {entry.on for entry in held.entries} | {day for day, _ in terms}
    edges |= {rate.on for _, one in terms for rate in one.rates}
    for (day, one), end in zip(terms, [*(day for day, _ in terms[1:]), until], strict=True):
        edges |= set(_period_ends(day, end, one.compounding))
    inside = sorted(day for day in edges if first <= day <= until)
    for start, end in pairwise(inside):
        here = next(one for day, one in reversed(terms) if day <= start)
        yield start, end, here, _rate(here.rates, start)


def _rate(rates: tuple[RateFrom, ...], on: date) -> Fraction:
    found = [rate for rate in sorted(rates, key=lambda one: one.on) if rate.on <= on]
    return Fraction(found[-1].percent) / 100 if found else Fraction(0)


def _principal(held: Held, on: date) -> Decimal:
    interest = held.corrected() | {entry.number for entry in held.entries if entry.step is Step.INTEREST}
    return total(
        posting.amount
        for entry in held.entries
        if entry.on <= on and entry.number not in interest and entry.corrects not in interest
        for posting in entry.postings
        if posting.heading is held.heading
    )


def _bearing(added: Decimal, terms: Terms) -> Decimal:
    return Decimal(0) if terms.compounding is Compounding.SIMPLE else added


def _period_ends(start: date, end: date, compounding: Compounding) -> Iterator[date]:
    day = start + timedelta(days=1)
    while day <= end:
        if _ends_period(day, compounding):
            yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _ends_period(day: date, compounding: Compounding) -> bool:
    """Tell whether interest of the time before `day` begins to bear interest on it."""
    months = _MONTHS.get(compounding)
    return months is not None and day.day == 1 and (day.month - 1) % months == 0
