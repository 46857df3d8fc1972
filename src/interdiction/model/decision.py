"""What is done and why: outcome (is it them?) and disposition (what happens) never share a field."""

from __future__ import annotations

from datetime import date
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
