"""What surrounds the hits of one decision: policy, moment, place in the chain, rail, facts, licences, reach of laws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from interdiction.enforcement import measures, rails
from interdiction.enforcement.facts import NOTHING, Facts, Transaction
from interdiction.enforcement.moment import Moment
from interdiction.enforcement.policy import Policy
from interdiction.enforcement.position import bics_of, chain_of, holds, neighbours, position
from interdiction.enforcement.rails import Way
from interdiction.enforcement.reach import in_country, reach
from interdiction.model import Amount, Funds, Payment, PaymentParty, Position, Reach, Role


class Setting(msgspec.Struct, frozen=True):
    """What surrounds a hit. A customer has no payment: nothing moves, and nobody said anything of it."""

    policy: Policy
    moment: Moment
    editions: tuple[str, ...] = ()
    laws: tuple[Reach, ...] = ()
    payment: Payment | None = None
    position: Position = Position.UNKNOWN
    way: Way | None = None
    facts: Facts = NOTHING
    used: Mapping[str, Sequence[Decimal]] = {}
    hints: frozenset[Transaction] = frozenset()

    @property
    def paid_on(self) -> date | None:
        """The day the payment states."""
        return self.payment.on if self.payment is not None else None

    @property
    def amount(self) -> Amount | None:
        """The amount of the payment."""
        return self.payment.amount if self.payment is not None else None

    @property
    def funds(self) -> str:
        """What moves, in the word of the rule table: moves, promise or none."""
        if self.payment is None or self.payment.funds.moves:
            return "moves"
        return "promise" if self.payment.funds is Funds.UNDERTAKING else "none"

    @property
    def holds(self) -> str:
        """What we hold, in words."""
        return "" if self.payment is None else holds(self.position, self.payment.funds)

    def us_account(self, role: Role | None, names: Sequence[str]) -> str:
        """Say by which bank a listed bank's payment runs over an account in the United States; empty where none shows.

        A bank that stands next to one there in the chain reaches the payment through an account kept there.
        """
        if self.payment is None or role is None:
            return ""
        chain = chain_of(self.payment)
        listed = [one for one in chain if one.role is role and _named(one, names)]
        if any(in_country(one, "us") for one in listed):
            return ""
        for one in neighbours(self.payment, listed):
            if in_country(one, "us"):
                codes = ", ".join(sorted(bics_of(one))) or one.role.value.replace("_", " ")
                return f"the payment runs over an account of the bank with {codes} in the United States"
        return ""


def of_payment(
    payment: Payment,
    policy: Policy,
    moment: Moment,
    editions: Sequence[str],
    *,
    facts: Facts = NOTHING,
    used: Mapping[str, Sequence[Decimal]] | None = None,
) -> Setting:
    """Give the setting of a payment: our place in it, its rail, and whose law reaches it."""
    return Setting(
        policy=policy,
        moment=moment,
        editions=tuple(sorted(editions)),
        laws=reach(payment, policy),
        payment=payment,
        position=position(payment, policy.institution.bics),
        way=rails.rail_of(payment, policy.institution.rail),
        facts=facts,
        used=used or {},
        hints=frozenset(
            measures.load().purposes[code] for code in payment.purposes if code in measures.load().purposes
        ),
    )


def of_customer(policy: Policy, moment: Moment, editions: Sequence[str]) -> Setting:
    """Give the setting of a customer."""
    return Setting(policy=policy, moment=moment, editions=tuple(sorted(editions)), laws=reach(None, policy))


def _named(one: PaymentParty, names: Sequence[str]) -> bool:
    return not names or not one.party.names or any(name.text in names for name in one.party.names)
