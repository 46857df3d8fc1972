"""A payment and the parties in it, in the words of ISO 20022 whatever format it came in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from interdiction.model.party import Party
from interdiction.model.problem import Problem


class Role(StrEnum):
    """The part somebody plays in a payment (ISO 20022 names)."""

    DEBTOR = "debtor"
    ULTIMATE_DEBTOR = "ultimate_debtor"
    DEBTOR_AGENT = "debtor_agent"
    CREDITOR = "creditor"
    ULTIMATE_CREDITOR = "ultimate_creditor"
    CREDITOR_AGENT = "creditor_agent"
    INTERMEDIARY_AGENT = "intermediary_agent"
    INITIATING_PARTY = "initiating_party"
    REMITTANCE = "remittance"
    """Free text, not a party: names inside it are hits of basis *text*."""


class Amount(msgspec.Struct, frozen=True):
    """An exact amount; `currency` is an ISO 4217 code."""

    value: Decimal
    currency: str


class PaymentParty(msgspec.Struct, frozen=True):
    """Somebody in a payment: the role, the party, and where the value stood (a column, a path, a tag)."""

    role: Role
    party: Party
    at: str


class Payment(msgspec.Struct, frozen=True, omit_defaults=True):
    """One payment as it was read; `id` is the sender's reference, else the row."""

    id: str
    parties: tuple[PaymentParty, ...]
    amount: Amount | None = None
    on: date | None = None
    remittance: str | None = None
    source: str = ""
    row: int = 0
    problems: tuple[Problem, ...] = ()
