"""Blocked property and the entries that account for it: double entry, exact, never changed once made."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec


class PropertyKind(StrEnum):
    """What is held."""

    PAYMENT = "payment"
    ACCOUNT = "account"
    INSTRUMENT = "instrument"
    """Securities, a letter of credit, a safe deposit box: counted in its own unit."""
    WALLET = "wallet"
    """Virtual currency; it need not be converted (OFAC FAQ 646)."""


class Heading(StrEnum):
    """An account of the ledger; the postings of an entry add up to nothing. Positive is what stands to its credit."""

    BLOCKED = "blocked"
    RETAINED = "retained"
    """A transfer that may not be returned (31 CFR 596.504(b)): held, but not blocked."""
    ORIGIN = "origin"
    """The payment or account that it came from."""
    INTEREST = "interest"
    """Paid by us."""
    CHARGES = "charges"
    LICENSED = "licensed"
    RELEASED = "released"
    TRANSFERRED = "transferred"


HELD = (Heading.BLOCKED, Heading.RETAINED)


class Step(StrEnum):
    """What an entry does."""

    OPEN = "open"
    CREDIT = "credit"
    TERMS = "terms"
    """Sets the interest from a day on; posts nothing."""
    INTEREST = "interest"
    CHARGE = "charge"
    LICENSED = "licensed"
    RELEASE = "release"
    TRANSFER = "transfer"
    CORRECTION = "correction"
    """Takes back one earlier entry whole."""


class Ground(StrEnum):
    """Why property may leave."""

    LICENCE = "licence"
    DELISTING = "delisting"
    COMPLIANCE_RELEASE = "compliance-release"
    """A mistaken identity or a slip of the pen (31 CFR 501.806, OFAC FAQ 1196)."""
    COURT_ORDER = "court-order"
    GOVERNMENT_ORDER = "government-order"
    INTERNAL_TRANSFER = "internal-transfer"
    """Between blocked accounts of our own branches: it stays blocked."""
    SERVICE_CHARGE = "service-charge"
    OTHER = "other"


class DayCount(StrEnum):
    """How days become parts of a year."""

    ACT_360 = "act/360"
    ACT_365 = "act/365"
    ACT_ACT = "act/act"
    THIRTY_360 = "30/360"


class Compounding(StrEnum):
    """When interest begins to bear interest: at the end of each calendar month, quarter or year, or never."""

    SIMPLE = "simple"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class RateFrom(msgspec.Struct, frozen=True):
    """A rate of interest a year, in per cent, from a day on."""

    on: date
    percent: Decimal


class Terms(msgspec.Struct, frozen=True, omit_defaults=True):
    """How property bears interest."""

    rates: tuple[RateFrom, ...]
    day_count: DayCount = DayCount.ACT_365
    compounding: Compounding = Compounding.SIMPLE


class Target(msgspec.Struct, frozen=True):
    """Who is meant: the listing, its name, its programmes and the legal acts behind them."""

    listing: str
    name: str
    programmes: tuple[str, ...]
    authority: str


class Property(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is held, on one line of every report. `unit` is a currency code, or what it is counted in.

    `regime` is whose law holds it (`us`, `uk`, `eu`, `un`). `blocked_on` is the day it became blocked.
    """

    kind: PropertyKind
    unit: str
    blocked_on: date
    regime: str
    targets: tuple[Target, ...]
    description: str
    location: str = ""
    account: str = ""
    owner: str = ""
    retained: bool = False
    terms: Terms | None = None


class Posting(msgspec.Struct, frozen=True):
    """An amount to one account."""

    heading: Heading
    unit: str
    amount: Decimal


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step in the life of a property. It names its decision, its authority and the person who made it.

    `property` is the number of the property, that of the entry which opened it; `on` is the value date.
    """

    property: int
    step: Step
    on: date
    at: datetime
    by: str
    why: str
    decision: str
    authority: str
    postings: tuple[Posting, ...] = ()
    opens: Property | None = None
    terms: Terms | None = None
    ground: Ground | None = None
    licence: str = ""
    licence_asks_report: bool = False
    """The licence itself asks for a report of what is done under it."""
    to: str = ""
    until: date | None = None
    """Interest is reckoned up to this day, without it."""
    corrects: int | None = None
    number: int = 0


class ExchangeRate(msgspec.Struct, frozen=True):
    """What one unit is worth in another currency on a day, and who says so."""

    unit: str
    currency: str
    rate: Decimal
    on: date
    source: str
