"""What is held, told from the entries alone: each property with its life, and the balance of every account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from interdiction.ledger.exact import total
from interdiction.model import HELD, Entry, Heading, Property, Step, Terms


class Held(msgspec.Struct, frozen=True):
    """One property and every entry about it, in the order in which they were made."""

    number: int
    what: Property
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """The id that people name: `B-3`."""
        return f"B-{self.number}"

    @property
    def heading(self) -> Heading:
        """The account it stands on while it is held."""
        return Heading.RETAINED if self.what.retained else Heading.BLOCKED

    @property
    def decision(self) -> str:
        """The decision that it was blocked by."""
        return self.entries[0].decision

    def of(self, heading: Heading, on: date | None = None) -> Decimal:
        """Give the balance of one of its accounts at the end of a day, by value date; now without one."""
        return total(
            posting.amount
            for entry in self.entries
            if on is None or entry.on <= on
            for posting in entry.postings
            if posting.heading is heading
        )

    def balance(self, on: date | None = None) -> Decimal:
        """Give what is held at the end of a day."""
        return self.of(self.heading, on)

    def is_open(self, on: date | None = None) -> bool:
        """Tell whether anything is held at the end of a day."""
        return self.balance(on) != 0

    def lowest_from(self, on: date) -> Decimal:
        """Give the lowest balance of any day from `on`: a debit of the past must not overdraw a later day."""
        days = sorted({on, *(entry.on for entry in self.entries if entry.on > on)})
        return min(self.balance(day) for day in days)

    def corrected(self) -> set[int]:
        """Give the numbers of the entries that were taken back."""
        return {entry.corrects for entry in self.entries if entry.corrects is not None}

    def terms(self) -> list[tuple[date, Terms]]:
        """Give how it bears interest, each from its day on."""
        taken_back = self.corrected()
        first = [] if self.what.terms is None else [(self.what.blocked_on, self.what.terms)]
        later = [
            (entry.on, entry.terms)
            for entry in self.entries
            if entry.step is Step.TERMS and entry.terms is not None and entry.number not in taken_back
        ]
        return [*first, *sorted(later, key=lambda one: one[0])]


def book(entries: Iterable[Entry]) -> list[Held]:
    """Give every property there ever was, by number."""
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.property].append(entry)
    return [
        Held(number, opening.opens, tuple(some))
        for number, some in sorted(found.items())
        if (opening := some[0]).opens is not None
    ]


def standing(held: Iterable[Held], on: date | None = None) -> list[Held]:
    """Give the open items at the end of a day: what is still held, on one line each."""
    return [one for one in held if one.is_open(on)]


def balances(entries: Sequence[Entry], on: date | None = None) -> dict[str, dict[Heading, Decimal]]:
    """Give the balance of every account by unit at the end of a day; those of one unit add up to nothing."""
    found: dict[str, dict[Heading, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        if on is None or entry.on <= on:
            for posting in entry.postings:
                found[posting.unit][posting.heading].append(posting.amount)
    return {
        unit: {heading: total(of[heading]) for heading in Heading if heading in of}
        for unit, of in sorted(found.items())
    }


def held_in(entries: Sequence[Entry], on: date | None = None) -> dict[str, Decimal]:
    """Give what is held by unit at the end of a day."""
    return {
        unit: total(amount for heading, amount in of.items() if heading in HELD)
        for unit, of in balances(entries, on).items()
    }
