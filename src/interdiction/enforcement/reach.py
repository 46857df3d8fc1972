"""Whose law reaches us or the payment: our own, the owner's, that of a place or of a clearing (`data/reach.yml`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Final

import msgspec

from interdiction.enforcement import document
from interdiction.enforcement.bond import Bond
from interdiction.enforcement.moment import Moment
from interdiction.enforcement.policy import NO_PROFILE, Policy
from interdiction.enforcement.position import bics_of
from interdiction.errors import DataError
from interdiction.model import Amount, Payment, PaymentParty, Reach

FILE: Final = "reach.yml"


class Clearing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A currency and the law of the place where it is, as a rule, cleared."""

    currency: str
    law: str
    source: str


class Owned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an institution abroad may not do because of its owner."""

    by: str
    law: str
    programmes: tuple[str, ...]
    binds: Bond
    rule: str
    since: datetime
    source: str
    verified: bool


class Conflict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the law at home forbids to obey another law."""

    home: str
    law: str
    programmes: tuple[str, ...]
    act: str
    since: datetime
    source: str
    verified: bool


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    laws: dict[str, tuple[str, ...]]
    clearing: tuple[Clearing, ...]
    owned: tuple[Owned, ...]
    conflicts: tuple[Conflict, ...]


def reach(payment: Payment | None, policy: Policy) -> tuple[Reach, ...]:
    """Give every law that reaches us or the payment, our own first; none without a profile."""
    if policy.institution.kind == NO_PROFILE:
        return ()
    name = policy.institution.name or "the institution"
    found = {law: Reach(law, f"{name} is {policy.kind.title}" if law == policy.kind.law
                        else f"{name} is bound by it as well", own=True) for law in sorted(policy.laws)}  # fmt: skip
    if payment is not None:
        amounts = [one for one in (payment.amount, payment.instructed) if one is not None]
        for law, why in (*_places(payment.parties), *_clearing(amounts)):
            found.setdefault(law, Reach(law, why))
    return tuple(found.values())


def bond(law: str | None, programme: str, policy: Policy, laws: Sequence[Reach], moment: Moment) -> tuple[Bond, str]:
    """Say how the law behind a designation stands to us, and why in words."""
    if policy.institution.kind == NO_PROFILE:
        return Bond.UNKNOWN, "no profile is set"
    if law is None:
        return Bond.UNKNOWN, "the policy does not place it"
    for one in load().conflicts:
        if one.home in policy.laws and one.law == law and _speaks(one, programme, moment):
            return Bond.CONFLICT, one.act
    reached = next((one for one in laws if one.law == law), None)
    if reached is not None and reached.own:
        return Bond.BOUND, reached.why
    for other in load().owned:
        if other.by in policy.institution.owned_by and other.law == law and _speaks(other, programme, moment):
            return other.binds, other.rule
    return (Bond.OTHER, "") if reached is None else (Bond.REACHED, reached.why)


def in_country(one: PaymentParty, law: str) -> str | None:
    """Give the sign by which a party lies where `law` holds: its country, its address or its bank identifier."""
    return next((why for found, why in _places([one]) if found == law), None)


def _places(parties: Iterable[PaymentParty]) -> list[tuple[str, str]]:
    where = _where()
    found: list[tuple[str, str]] = []
    for one in parties:
        role = one.role.value.replace("_", " ")
        for code in bics_of(one):
            law = where.get(code[4:6].lower())
            if law:
                found.append((law, f"the {role} {code} is a bank there"))
        for country in (*one.party.residences, *(address.country or "" for address in one.party.addresses)):
            law = where.get(country.lower())
            if law:
                found.append((law, f"the {role} is there ({country.upper()})"))
    return found


def _clearing(amounts: Iterable[Amount]) -> list[tuple[str, str]]:
    return [
        (one.law, f"{one.currency} is, as a rule, cleared there")
        for amount in amounts
        for one in load().clearing
        if amount.currency == one.currency
    ]


def _speaks(row: Owned | Conflict, programme: str, moment: Moment) -> bool:
    tags = row.programmes
    return any(programme == one or programme.startswith(f"{one}-") for one in tags) and moment.touches(row.since, None)


@cache
def load() -> _Document:
    """Read the packaged file. Raises `DataError` that names the entry which is wrong."""
    found = document.parse(document.packaged(FILE), _Document, FILE)
    for since in [one.since for one in found.owned] + [one.since for one in found.conflicts]:
        if since.tzinfo is None:
            raise DataError("an instant needs its zone", where=f"{FILE}, {since}", mend="add the zone")
    return found


@cache
def _where() -> dict[str, str]:
    return {country: law for law, countries in load().laws.items() for country in countries}
