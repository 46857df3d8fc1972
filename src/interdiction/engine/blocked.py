"""The ledger of a home: blocked property opened from a decision, each step checked and stored in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.records import kept
from interdiction.errors import UsageError
from interdiction.ledger import Held, book
from interdiction.ledger.steps import Act, opening
from interdiction.model import (
    Consequence,
    CustomerDecision,
    Decision,
    Disposition,
    Entry,
    Outcome,
    Payment,
    Property,
    PropertyKind,
    Reason,
    Record,
    Subject,
    Target,
    Terms,
)

if TYPE_CHECKING:
    from interdiction.store.ledger import Books

HOLDING: Final = (Disposition.BLOCK.value, Disposition.RETAIN.value, Consequence.FREEZE.value)
"""What a decision must say for property to be held by it."""


class Given(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a person says of the property; what is left out is taken from the decision, as far as it says."""

    kind: PropertyKind | None = None
    amount: Decimal | None = None
    unit: str = ""
    description: str = ""
    location: str = ""
    account: str = ""
    owner: str = ""
    terms: Terms | None = None


@contextmanager
def books(home: Home) -> Iterator[Books]:
    """Give the ledger of a home in one view. Raises as `Home.reading` does."""
    from interdiction.store.ledger import Books

    with home.reading() as reader:
        yield Books(reader.connection, home.store)


def open_property(home: Home, number: int, given: Given, act: Act, *, regime: str) -> Entry:
    """Take into the ledger what decision `number` holds. `regime` is whose law holds it: us, uk, eu, un.

    Raises `UsageError`: `superseded`, `not-holding` for a decision that holds nothing, `ledger-amount` where neither
    payment nor person says how much, `ledger-twice` for a payment that is in the ledger already.
    """
    with kept(home) as decisions:
        record, later = decisions.get(number), decisions.following(number)
        chain = {one.id for one in decisions.chain(number)}
        chain |= {one.id for one in decisions.records(name=record.name) if one.about == record.about}
    if later is not None:
        raise UsageError(
            f"{record.id} no longer stands: {later.id} follows it",
            where=record.id,
            mend=f"name {later.id}, or what follows it",
            code="superseded",
        )
    if record.result not in HOLDING:
        raise UsageError(
            f"{record.id} says {record.result}: it holds nothing",
            where=record.id,
            mend="only block, retain and freeze do; a person confirms with interdict decisions confirm",
            code="not-holding",
        )
    what, amount = _property(record, given, act.on, regime)
    authority = act.authority or _authority(record)
    with _writing(home) as (stored, add):
        before = [one for one in book(stored.entries()) if one.decision in chain and one.is_open()]
        if record.subject is Subject.PAYMENT and before:
            raise UsageError(
                f"{record.id} is in the ledger already, as {before[0].id}",
                where=record.id,
                mend="interdict ledger show names it",
                code="ledger-twice",
            )
        entry = opening(what, amount, msgspec.structs.replace(act, authority=authority), decision=record.id)
        return add([entry])[0]


def step(home: Home, number: int, make: Callable[[Held], list[Entry]]) -> list[Entry]:
    """Make entries about property `number` by a step of the ledger and store them, all or none.

    Raises `UsageError` (`unknown-property`) and what the step raises.
    """
    with _writing(home) as (stored, add):
        return add(make(one_of(book(stored.entries(number)), number)))


def one_of(found: list[Held], number: int) -> Held:
    """Give the property of a number. Raises `UsageError` (`unknown-property`)."""
    for one in found:
        if one.number == number:
            return one
    raise UsageError(
        f"no property has the number {number}",
        where=f"B-{number}",
        mend="interdict ledger show --all names them",
        code="unknown-property",
    )


@contextmanager
def _writing(home: Home) -> Iterator[tuple[Books, Callable[[list[Entry]], list[Entry]]]]:
    from interdiction.store import ledger as stored

    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        yield stored.Books(connection, home.store), lambda entries: stored.add_entries(connection, entries)


def _property(record: Record, given: Given, on: date, regime: str) -> tuple[Property, Decimal]:
    payment = record.payment
    stated = payment.amount if payment else None
    amount = given.amount or (stated.value if stated else None)
    unit = given.unit or (stated.currency if stated else "")
    if amount is None or not unit:
        raise UsageError(
            f"{record.id} does not say how much is held",
            where=record.id,
            mend="add --amount and --currency",
            code="ledger-amount",
        )
    kind = given.kind or (PropertyKind.PAYMENT if record.subject is Subject.PAYMENT else PropertyKind.ACCOUNT)
    return Property(
        kind=kind,
        unit=unit,
        blocked_on=on,
        regime=regime,
        targets=targets(record),
        description=given.description or _described(record),
        location=given.location,
        account=given.account,
        owner=given.owner or _owner(record),
        retained=record.result == Disposition.RETAIN.value,
        terms=given.terms,
    ), amount


def targets(record: Record) -> tuple[Target, ...]:
    """Give who is meant by a decision: the listings that were confirmed, with the law behind each."""
    decided = record.decided()
    names = {hit.listing: hit.listed_name for hit in decided.hits}
    found: dict[str, Target] = {}
    for reason in _confirmed(decided):
        programmes = tuple(word.strip() for word in reason.programme.split(",") if word.strip())
        before = found.get(reason.listing)
        if before is not None:
            programmes = tuple(dict.fromkeys((*before.programmes, *programmes)))
        law = ", ".join(dict.fromkeys(filter(None, (before.authority if before else "", reason.authority))))
        found[reason.listing] = Target(reason.listing, names.get(reason.listing, ""), programmes, law)
    return tuple(found.values())


def _confirmed(decided: Decision | CustomerDecision) -> list[Reason]:
    return [one for one in decided.reasons if one.listing and one.outcome is Outcome.TRUE]


def _authority(record: Record) -> str:
    return ", ".join(dict.fromkeys(one.authority for one in targets(record) if one.authority))


def _described(record: Record) -> str:
    if record.payment is None:
        return f"account of the customer {record.name}"
    return f"payment {record.name}{described_parties(record.payment)}"


def described_parties(payment: Payment) -> str:
    """Say from whom to whom a payment goes, as far as it names them."""
    sides = [f" from {name}" if role == "debtor" else f" to {name}" for role, name in _sides(payment)]
    day = f" of {payment.on}" if payment.on else ""
    return f"{day}{''.join(sides)}"


def _sides(payment: Payment) -> list[tuple[str, str]]:
    return [
        (one.role.value, one.party.primary_name)
        for one in payment.parties
        if one.role.value in {"debtor", "creditor"} and one.party.names
    ]


def _owner(record: Record) -> str:
    if record.payment is None:
        return next(iter(record.row.get("names", ())), record.name)
    return next((name for role, name in _sides(record.payment) if role == "debtor"), "")
