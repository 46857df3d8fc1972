"""A decision as it is kept: what was asked, the bytes it was asked of, what came of it, and what people said since."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from interdiction.model.codec import from_json
from interdiction.model.decision import CustomerDecision, Decision, Outcome
from interdiction.model.hit import Hit
from interdiction.model.payment import Payment


class Subject(StrEnum):
    """What a decision is about."""

    PAYMENT = "payment"
    CUSTOMER = "customer"


class KeptFile(msgspec.Struct, frozen=True):
    """Bytes that are kept: of an input as it was received, or of a document. `name` is a base name."""

    name: str
    sha256: str
    size: int


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """How it was asked; nothing said is what was in force. `columns` map a field to the file's own header.

    `at` is the instant decided for, where more than the day was given.
    """

    as_of: date | None = None
    known_at: datetime | None = None
    lists: tuple[str, ...] = ()
    threshold: float | None = None
    columns: dict[str, str] = {}
    at: datetime | None = None


class EditionUsed(msgspec.Struct, frozen=True):
    """An edition that an answer rested on, with the hash of its files."""

    edition: str
    sha256: str


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """One input decided on in one go. `at` is when, `on` the day of the decisions, `by` the person where one acted.

    `stale` are the lists that were stale, `problems` how many the file as a whole had.
    """

    command: str
    at: datetime
    on: date
    input: KeptFile
    asked: Asked
    editions: tuple[EditionUsed, ...]
    institution: str
    stale: tuple[str, ...] = ()
    by: str = ""
    number: int = 0


class RunEnd(msgspec.Struct, frozen=True):
    """That a run came to its end: how many were read, screened and kept. A run without it was interrupted."""

    run: int
    read: int
    screened: int
    kept: int


class Judged(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a person said of one listing: whether it is them; `second` is who approved that."""

    listing: str
    outcome: Outcome
    by: str
    at: datetime
    why: str
    second: str = ""


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """One decision, kept with the very bytes it was given in.

    `place` counts the payments or rows of the input from 0; `row` is a customer as the book had it. `follows` is
    the decision that this one stands after: a person's outcome makes a new decision and changes none.
    """

    run: int
    place: int
    subject: Subject
    name: str
    result: str
    """The disposition or the consequence, in its word."""
    at: datetime
    decision: msgspec.Raw
    payment: Payment | None = None
    row: dict[str, tuple[str, ...]] = {}
    suppressed: tuple[Hit, ...] = ()
    judged: tuple[Judged, ...] = ()
    facts: str = ""
    """What a person said of the payment beside who is who, as JSON (`enforcement.facts.Facts`)."""
    follows: int | None = None
    number: int = 0
    drawn: dict[str, Decimal] = {}
    """What had been drawn on each licence with a total when it was decided, in the licence's currency."""

    @property
    def id(self) -> str:
        """The id that people name: `D-12`."""
        return f"D-{self.number}"

    @property
    def about(self) -> tuple[str, ...]:
        """What it is about: the customer, or the payment by what makes it one. Deciding twice changes nothing of it."""
        if self.payment is None:
            return (self.subject.value, self.name)
        amount = self.payment.amount
        said = f"{amount.value:f} {amount.currency}" if amount else ""
        names = [f"{one.role.value} {one.party.primary_name}" for one in self.payment.parties]
        return (self.subject.value, self.name, said, str(self.payment.on or ""), self.payment.uetr or "", *names)

    def decided(self) -> Decision | CustomerDecision:
        """Give the decision as a struct. Raises `msgspec.ValidationError` where this version cannot read it."""
        if self.subject is Subject.PAYMENT:
            return from_json(bytes(self.decision), Decision)
        return from_json(bytes(self.decision), CustomerDecision)
