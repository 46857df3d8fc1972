"""What is done and why: outcome (is it them?) and disposition (what happens) never share a field."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from interdiction.model.designation import Measure
from interdiction.model.hit import Hit
from interdiction.model.payment import Role
from interdiction.model.problem import Problem


class Outcome(StrEnum):
    """Is it them? A hit is not a match."""

    UNCONFIRMED = "unconfirmed"
    TRUE = "true"
    FALSE = "false"
    UNDETERMINED = "undetermined"


class Disposition(StrEnum):
    """What happens to a payment; the order is the order of gravity."""

    BLOCK = "block"
    REJECT = "reject"
    RETAIN = "retain"
    HOLD = "hold"
    RELEASE = "release"


class Consequence(StrEnum):
    """What happens to a customer."""

    FREEZE = "freeze"
    RESTRICT = "restrict"
    REVIEW = "review"
    NONE = "none"


class Position(StrEnum):
    """Our place in the chain of a payment, told by our own BICs in it."""

    ORIGINATOR_BANK = "originator_bank"
    """The payer is our customer: we hold the order and the funds it is drawn on."""
    INTERMEDIARY = "intermediary"
    """We stand between two banks: we hold funds in transit."""
    BENEFICIARY_BANK = "beneficiary_bank"
    """The payee is our customer: we hold funds that have arrived."""
    BOTH_BANKS = "both_banks"
    """Payer and payee are our customers."""
    COVER = "cover"
    """We carry the funds of a payment whose order went another way."""
    OUTSIDE = "outside"
    """None of our BICs stands in the payment."""
    UNKNOWN = "unknown"
    """The institution has named no BIC of its own, or the payment names no bank."""


class Reach(msgspec.Struct, frozen=True, omit_defaults=True):
    """One way in which a law reaches us or the payment: `law` is us, eu, uk or un, `why` a sentence.

    `own` is true where it is our own law (we are such a person), false where it reaches the payment by a place or by
    clearing.
    """

    law: str
    why: str
    own: bool = False


class Due(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something to be filed because of a decision: which report, to whom, by when, under which rule.

    `by` is null where the rule names no day ("as soon as practicable").
    """

    report: str
    to: str
    rule: str
    by: date | None = None
    calendar: str = ""
    """The business-day calendar `by` was counted in; empty where calendar days are counted."""


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why, for one hit: the outcome with the rule or person that gave it, and the law behind the action."""

    listing: str
    role: Role | None
    outcome: Outcome | None
    """Null where the reason is no hit: an unreadable part, a list that is missing, nothing found."""
    outcome_by: str
    """The named rule of the policy file, or the person."""
    rule: str
    """The row of the rule table that fitted."""
    authority: str
    programme: str
    measures: tuple[Measure, ...]
    sentence: str
    nexus: str = ""
    """How the law behind the listing stands to us: bound, owned, clearing, conflict, other, unknown."""
    licence: str = ""
    """The licence that may cover it, or does."""
    ground: str = ""
    """The mark of what stops it though nobody is hit, for the case on it: the same for the same unread parts."""


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What happens to one payment, with everything needed to reach it again (law 5)."""

    payment: str
    disposition: Disposition
    reasons: tuple[Reason, ...]
    hits: tuple[Hit, ...]
    on: date
    institution: str
    sentence: str
    editions: tuple[str, ...] = ()
    policy: str = ""
    thresholds: str = ""
    """The scores from which a pair was a hit, in the order they were asked."""
    weights: str = ""
    core: str = ""
    problems: tuple[Problem, ...] = ()
    at: datetime | None = None
    """The instant decided for, where more than the day was given."""
    position: Position = Position.UNKNOWN
    reach: tuple[Reach, ...] = ()
    """Every law that reaches us or the payment, with why."""
    rail: str = ""
    """A word of `data/rails.yml`."""
    carried_out: str = ""
    """How the disposition is carried out on that rail, in words."""
    licences: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()
    uetr: str | None = None
    """Ties an alert on a message without funds to its payment."""
    alert: bool = False
    """The message moves no funds: nothing is blocked by it, somebody looks at the payment it speaks of."""
    set_aside: tuple[Hit, ...] = ()
    """Hits that the law forbids to judge while this payment is executed; they are judged elsewhere."""


class CustomerDecision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What happens to one customer, in the same form."""

    customer: str
    consequence: Consequence
    reasons: tuple[Reason, ...]
    hits: tuple[Hit, ...]
    on: date
    institution: str
    sentence: str
    editions: tuple[str, ...] = ()
    policy: str = ""
    thresholds: str = ""
    """The scores from which a pair was a hit, in the order they were asked."""
    weights: str = ""
    core: str = ""
    problems: tuple[Problem, ...] = ()
