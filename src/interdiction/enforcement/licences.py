"""Licences: what an authority has allowed, on which conditions, until when, up to which amount, and what is left of it.

A licence is read from YAML: the packaged general ones and `licences.yml` in the home. That one *may* cover a payment is
a reason to hold it for a person. It lets a payment through only where it says `straight_through`, two persons approved
that, everything it states is known to fit, and nothing contradicts it. One that ends "at 12:01 a.m." on a day has ended
before that business day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from interdiction.enforcement import document
from interdiction.enforcement.facts import Facts, Transaction
from interdiction.enforcement.moment import Moment
from interdiction.errors import DataError
from interdiction.model import Amount, Designation, Hit

FILE: Final = "licences.yml"
_LAWS: Final = frozenset({"us", "eu", "uk", "un"})


class Kind(StrEnum):
    """A general licence is published for all who meet it, a specific one given to an applicant."""

    GENERAL = "general"
    SPECIFIC = "specific"


class Standing(StrEnum):
    """How licences stand to a hit."""

    NONE = "none"
    MAY = "may"
    COVERS = "covers"
    CONTRADICTS = "contradicts"


class Used(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One use of a licence: the day, the amount in the licence's currency, and what it was for."""

    day: date
    amount: Decimal
    reference: str = ""


class Licence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One licence. A condition that is left out is not made; `conditions` are those no machine can check."""

    id: str
    kind: Kind
    issuer: str
    reference: str
    law: str
    covers: str
    programmes: tuple[str, ...]
    source: str
    verified: bool = False
    listings: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    currencies: tuple[str, ...] = ()
    most: Decimal | None = None
    """Of one payment; with `total` in `currency`."""
    total: Decimal | None = None
    currency: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """The first instant at which it holds no more."""
    conditions: tuple[str, ...] = ()
    straight_through: bool = False
    approved_by: tuple[str, ...] = ()
    used: tuple[Used, ...] = ()


class Licences(msgspec.Struct, frozen=True):
    """The licences at hand, in the order of their files, with what contradicts itself or another."""

    all: tuple[Licence, ...] = ()
    contradicting: Mapping[str, str] = {}
    """Licence id to what is wrong, in words."""
    sha256: str = ""


class Cover(msgspec.Struct, frozen=True):
    """How the licences stand to one designation of a hit: the licence and why, in words."""

    standing: Standing = Standing.NONE
    licence: str = ""
    words: str = ""


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    licences: tuple[Licence, ...]
    version: str = ""


NO_LICENCES: Final = Licences()


def read_licences(path: Path | None = None) -> Licences:
    """Read the packaged licences and those of `path`, if there is such a file.

    Raises `DataError` that names the entry which cannot be read; one that contradicts itself or another is kept, and
    whatever it speaks of is held.
    """
    raw = document.packaged(FILE)
    found = list(document.parse(raw, _Document, FILE).licences)
    if path is not None and path.exists():
        own = document.given(path)
        found += document.parse(own, _Document, str(path)).licences
        raw += own
    for one in found:
        _check(one, str(path or FILE))
    return Licences(tuple(found), contradictions(found), document.fingerprint(raw))


def contradictions(licences: Sequence[Licence]) -> dict[str, str]:
    """Give what contradicts: a licence within itself, or two of one id or one reference with other terms."""
    found: dict[str, str] = {}
    for one in licences:
        wrong = _against_itself(one)
        for other in licences:
            same = one is not other and (
                one.id == other.id or (one.issuer, one.reference) == (other.issuer, other.reference)
            )
            if same and _terms(one) != _terms(other):
                wrong = wrong or f"{one.reference} stands twice with other terms ({one.id}, {other.id})"
        if wrong:
            found.setdefault(one.id, wrong)
    return found


def left(licence: Licence, used: Iterable[Decimal] = ()) -> Decimal | None:
    """Give what is left of the amount of a licence; null where it has no limit in all."""
    if licence.total is None:
        return None
    return licence.total - sum((one.amount for one in licence.used), Decimal(0)) - sum(used, Decimal(0))


class Request(msgspec.Struct, frozen=True):
    """What a licence is asked about: the hit under one designation, the law behind it, and the payment.

    `hints` is what the sender's own codes say that it pays for; `used` are the amounts already drawn on each licence
    beside those its file states.
    """

    hit: Hit
    designation: Designation
    law: str | None
    amount: Amount | None
    facts: Facts
    moment: Moment
    hints: frozenset[Transaction] = frozenset()
    used: Mapping[str, Sequence[Decimal]] = {}


def cover(licences: Licences, asked: Request) -> Cover:
    """Say how the licences stand to one designation of a hit: the clearest that covers, else what may cover."""
    found: list[Cover] = []
    for one in licences.all:
        rest = left(one, asked.used.get(one.id, ()))
        if one.law != asked.law or not _speaks(one, asked):
            continue
        if one.id in licences.contradicting:
            return Cover(Standing.CONTRADICTS, one.id, licences.contradicting[one.id])
        unsettled = _unsettled(one, asked, rest)
        named = f"{one.reference} ({one.issuer})"
        if one.straight_through and not unsettled:
            found.append(Cover(Standing.COVERS, one.id, f"{named} covers it: {one.covers}"))
        else:
            asks = f"; to be settled: {'; '.join(unsettled)}" if unsettled else ""
            found.append(Cover(Standing.MAY, one.id, f"{named} may cover it: {one.covers}{asks}"))
    covers = [one for one in found if one.standing is Standing.COVERS]
    return (covers or found or [Cover()])[0]


def _speaks(one: Licence, asked: Request) -> bool:
    """Tell whether nothing that is known speaks against the licence."""
    place = asked.hit.listing.partition(":")[2].partition("-")[0]
    return (
        asked.designation.programme in one.programmes
        and asked.moment.within(one.since, one.until)
        and (not one.listings or asked.hit.listing in one.listings)
        and (not one.places or place in one.places)
        and _kind_fits(one, asked)
        and _amount_fits(one, asked.amount)
    )


def _kind_fits(one: Licence, asked: Request) -> bool:
    if not one.transactions:
        return True
    if asked.facts.transaction is not None:
        return asked.facts.transaction in one.transactions
    # A general licence stands beside a whole programme: without a sign of its kind it is no reason to wait.
    return one.kind is Kind.SPECIFIC or bool(asked.hints & set(one.transactions))


def _amount_fits(one: Licence, amount: Amount | None) -> bool:
    if amount is None:
        return True
    if one.currencies and amount.currency not in one.currencies:
        return False
    limits = [limit for limit in (one.most, one.total) if limit is not None]
    return amount.currency != one.currency or all(amount.value <= limit for limit in limits)


def _unsettled(one: Licence, asked: Request, rest: Decimal | None) -> list[str]:
    """Give what a person has to settle before the licence covers."""
    found = [] if asked.facts.licence == one.id else list(one.conditions)
    if one.transactions and asked.facts.transaction is None:
        found.append("what it pays for")
    limited = one.most is not None or rest is not None
    if rest is not None and one.id not in asked.used:
        # Several payments of one day must not each take the whole of what is left.
        found.append(f"what of the {rest} {one.currency} is still left")
    elif rest is not None and (rest <= 0 or (asked.amount is not None and asked.amount.value > rest)):
        # What was counted may be wrong, and authorities raise totals: a person says, and until then nothing goes.
        found.append(f"of its {one.total} {one.currency} {max(rest, Decimal(0))} is left")
    if asked.amount is None and (limited or one.currencies):
        found.append("the amount")
    elif asked.amount is not None and limited and asked.amount.currency != one.currency:
        found.append(f"what the amount is in {one.currency}")
    if not one.verified:
        found.append("nobody has read the licence")
    return found


def _against_itself(one: Licence) -> str:
    if one.since is not None and one.until is not None and one.until <= one.since:
        return f"{one.reference} ends before it begins"
    if one.most is not None and one.total is not None and one.most > one.total:
        return f"{one.reference} allows more for one payment than for all"
    rest = left(one)
    if rest is not None and rest < 0:
        return f"{one.reference} has been used beyond its amount"
    if one.straight_through and len({name.strip().casefold() for name in one.approved_by if name.strip()}) < 2:
        return f"{one.reference} lets payments through, but not two persons have approved that"
    return ""


def _terms(one: Licence) -> Licence:
    return msgspec.structs.replace(one, id="", used=(), source="", verified=False, approved_by=())


def _check(one: Licence, where: str) -> None:
    place = f"{where}, {one.id}"
    if one.law not in _LAWS:
        raise DataError(f"no law is called {one.law!r}", where=place, mend=f"use one of {', '.join(sorted(_LAWS))}")
    if not one.programmes:
        raise DataError("it names no programme", where=place, mend="name the programmes it speaks of")
    if (one.most is not None or one.total is not None) and not one.currency:
        raise DataError("an amount without its currency", where=place, mend="write currency: USD")
    if any(instant is not None and instant.tzinfo is None for instant in (one.since, one.until)):
        raise DataError("an instant needs its zone", where=place, mend="write 2019-09-04T00:01:00-04:00")
