"""Whose law reaches us or the payment: our own, the owner's, that of a place or of a clearing (`data/reach.yml`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Final

import msgspec

from interdiction.enforcement import document
from interdiction.enforcement.bond import Bond
from interdiction.enforcement.moment import Moment
from interdiction.enforcement.policy import NO_PROFILE, Institution, Policy
from interdiction.enforcement.position import bics_of
from interdiction.errors import DataError
from interdiction.model import Payment, PaymentParty, Reach

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
    found = {one.law: one for one in _own(policy.institution, policy.kind.law, policy.kind.title)}
    if payment is not None:
        for one in payment.parties:
            _by_place(one, found)
        for amount in (payment.amount, payment.instructed):
            law = None if amount is None else _clearing().get(amount.currency)
            if amount is not None and law is not None and law not in found:
                found[law] = Reach(law, f"{amount.currency} is, as a rule, cleared there")
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


def in_country(one: PaymentParty, law: str) -> bool:
    """Tell whether a party lies where `law` holds: by its country, its address or its bank identifier."""
    found: dict[str, Reach] = {}
    _by_place(one, found)
    return law in found


@lru_cache(maxsize=64)
def _own(institution: Institution, law: str, title: str) -> tuple[Reach, ...]:
    name = institution.name or "the institution"
    own = [Reach(law, f"{name} is {title}", own=True)] if law else []
    return (*own, *(Reach(one, f"{name} is bound by it as well", own=True) for one in institution.also if one != law))


def _by_place(one: PaymentParty, found: dict[str, Reach]) -> None:
    """Add the laws of the places a party lies in to `found`; the first sign of each law speaks."""
    where = _where()
    for code in sorted(bics_of(one)):
        law = where.get(code[4:6].lower())
        if law is not None and law not in found:
            found[law] = Reach(law, f"the {one.role.value.replace('_', ' ')} {code} is a bank there")
    party = one.party
    for country in (*party.residences, *(address.country for address in party.addresses)):
        law = where.get(country.lower()) if country else None
        if country and law is not None and law not in found:
            found[law] = Reach(law, f"the {one.role.value.replace('_', ' ')} is there ({country.upper()})")


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
def _clearing() -> dict[str, str]:
    return {one.currency: one.law for one in load().clearing}


@cache
def _where() -> dict[str, str]:
    return {country: law for law, countries in load().laws.items() for country in countries}
