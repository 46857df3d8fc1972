"""Our place in the chain of a payment, told by our own BICs among its banks, and what we hold there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from interdiction.model import Funds, Identifier, Part, Payment, PaymentParty, Position, Role

_LETTERS: Final = 8
"""A BIC's first eight characters are the bank and its place; the last three are a branch of it."""
_BICS: Final = frozenset({"bic", "bic8", "bic11", "swift"})
CHAIN: Final = (
    Role.DEBTOR_AGENT,
    Role.INSTRUCTING_AGENT,
    Role.SENDER,
    Role.PREVIOUS_INSTRUCTING_AGENT,
    Role.FORWARDING_AGENT,
    Role.INSTRUCTING_REIMBURSEMENT_AGENT,
    Role.THIRD_REIMBURSEMENT_AGENT,
    Role.INSTRUCTED_REIMBURSEMENT_AGENT,
    Role.INTERMEDIARY_AGENT,
    Role.RECEIVER,
    Role.INSTRUCTED_AGENT,
    Role.CREDITOR_AGENT,
)
"""The banks of a payment from the payer's to the payee's."""
_OURS: Final = frozenset({Part.TRANSACTION, Part.HEADER})
_PAYER_SIDE: Final = frozenset({Role.DEBTOR, Role.ULTIMATE_DEBTOR, Role.INITIATING_PARTY, Role.APPLICANT})
_PAYEE_SIDE: Final = frozenset({Role.CREDITOR, Role.ULTIMATE_CREDITOR, Role.BENEFICIARY})

HOLDS: Final = {
    Position.ORIGINATOR_BANK: "we hold the payer's order and the account it is drawn on",
    Position.INTERMEDIARY: "we hold funds in transit between two banks",
    Position.BENEFICIARY_BANK: "we hold funds that have arrived for the payee",
    Position.BOTH_BANKS: "we hold the payer's order and the accounts of both sides",
    Position.COVER: "we hold the funds of an order that went another way",
    Position.OUTSIDE: "none of our bank identifiers stands in the payment",
    Position.UNKNOWN: "what we hold is not known",
}


def position(payment: Payment, bics: Iterable[str]) -> Position:
    """Give our place in the payment; `bics` are our own bank identifiers of eight or eleven characters.

    A header alone places us where the message names no bank of that side: whoever sends an MT 103 without a field 52 is
    the payer's bank.
    """
    ours = {one.replace(" ", "").upper()[:_LETTERS] for one in bics}
    if not ours:
        return Position.UNKNOWN
    main = [(one.role, bics_of(one)) for one in payment.parties if one.part in _OURS]
    if not any(bics for _, bics in main):
        return Position.UNKNOWN
    roles = {role for role, bics in main if ours & bics}
    if not roles:
        return Position.OUTSIDE
    return Position.COVER if payment.kind.endswith("cov") else _place(roles, {role for role, _ in main})


def _place(roles: set[Role], stated: set[Role]) -> Position:
    payer = bool(roles & {Role.DEBTOR_AGENT, Role.DEBTOR}) or (
        Role.DEBTOR_AGENT not in stated and bool(roles & {Role.SENDER, Role.INSTRUCTING_AGENT})
    )
    payee = bool(roles & {Role.CREDITOR_AGENT, Role.CREDITOR}) or (
        Role.CREDITOR_AGENT not in stated and bool(roles & {Role.RECEIVER, Role.INSTRUCTED_AGENT})
    )
    if payer and payee:
        return Position.BOTH_BANKS
    if payer:
        return Position.ORIGINATOR_BANK
    return Position.BENEFICIARY_BANK if payee else Position.INTERMEDIARY


def bics_of(one: PaymentParty) -> frozenset[str]:
    """Give the bank identifiers of a party, each by its first eight characters."""
    return _bics(one.party.identifiers)


@lru_cache(maxsize=1 << 12)
def _bics(identifiers: tuple[Identifier, ...]) -> frozenset[str]:
    values = [one.value.replace(" ", "").upper() for one in identifiers if one.type in _BICS]
    return frozenset(value[:_LETTERS] for value in values if len(value) >= _LETTERS)


def side(role: Role | None) -> str:
    """Give the side a role stands on: payer, payee, bank or other."""
    if role in _PAYER_SIDE:
        return "payer"
    if role in _PAYEE_SIDE:
        return "payee"
    return "bank" if role in CHAIN else "other"


def holds(place: Position, funds: Funds) -> str:
    """Say what we hold of a payment."""
    if funds is Funds.UNDERTAKING:
        return "we hold a promise to pay, and no funds yet"
    return HOLDS[place] if funds.moves else "the message moves no funds"


def chain_of(payment: Payment) -> list[PaymentParty]:
    """Give the banks of the payment itself from the payer's to the payee's, each once."""
    found: list[PaymentParty] = []
    seen: set[str] = set()
    for role in CHAIN:
        for one in payment.parties:
            codes = bics_of(one)
            if one.role is role and one.part in {Part.TRANSACTION, Part.HEADER} and not (codes and codes <= seen):
                found.append(one)
                seen |= codes
    return found


def neighbours(payment: Payment, listed: Sequence[PaymentParty]) -> list[PaymentParty]:
    """Give the banks that stand next to one of `listed` in the chain."""
    chain = chain_of(payment)
    found: list[PaymentParty] = []
    for at, one in enumerate(chain):
        if any(one is other for other in listed):
            found += [chain[beside] for beside in (at - 1, at + 1) if 0 <= beside < len(chain)]
    return found
