"""Property and entries for the tests of the ledger, numbered as the store would number them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec

from interdiction.ledger import Held, book
from interdiction.ledger.steps import Act, opening
from interdiction.model import Entry, Property, PropertyKind, RateFrom, Step, Target, Terms
from interdiction.model.ledger import Compounding, DayCount

BLOCKED = date(2015, 1, 2)
AT = datetime(2030, 1, 1, tzinfo=UTC)
KOMID = Target("ofac-sdn:9345", "KOREA MINING DEVELOPMENT TRADING CORPORATION", ("DPRK2",), "Executive Order 13687")


def act(on: date = BLOCKED, authority: str = "") -> Act:
    return Act(on=on, at=AT, by="A. Officer", why="a test", authority=authority)


def simple(percent: str, count: DayCount = DayCount.ACT_365) -> Terms:
    return Terms((RateFrom(BLOCKED, Decimal(percent)),), count)


def compound(percent: str, compounding: Compounding, count: DayCount = DayCount.ACT_365) -> Terms:
    return Terms((RateFrom(BLOCKED, Decimal(percent)),), count, compounding)


def what(unit: str = "USD", terms: Terms | None = None, *, retained: bool = False, on: date = BLOCKED) -> Property:
    return Property(
        kind=PropertyKind.PAYMENT,
        unit=unit,
        blocked_on=on,
        regime="us",
        targets=(KOMID,),
        description="a blocked transfer",
        retained=retained,
        terms=terms,
    )


class Ledger:
    """Entries as they are stored one after the other."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, *entries: Entry) -> None:
        for entry in entries:
            number = len(self.entries) + 1
            of = number if entry.step is Step.OPEN else entry.property
            self.entries.append(msgspec.structs.replace(entry, number=number, property=of))

    def open(self, amount: str = "1000.00", property_: Property | None = None, decision: str = "D-1") -> int:
        self.add(opening(property_ or what(), Decimal(amount), act(authority="E.O. 13687"), decision=decision))
        return len(self.entries)

    def held(self, number: int = 1) -> Held:
        return next(one for one in self.all() if one.number == number)

    def all(self) -> list[Held]:
        return book(self.entries)


def amounts(entries: Iterable[Entry]) -> list[Decimal]:
    return [posting.amount for entry in entries for posting in entry.postings]
