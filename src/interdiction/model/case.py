"""The work on hits: alerts, the case they join, every step taken in it, by whom, when and why.

A case is nothing but its steps: whoever takes them again in their order comes to the same case.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from interdiction.model.decision import Outcome
from interdiction.model.hit import Band, Basis
from interdiction.model.record import Subject


class CaseKind(StrEnum):
    """What is asked of the person who opens it."""

    HIT = "hit"
    """Is it them?"""
    AFTER_EFFECT = "after_effect"
    """It was decided on after the law took effect and before we knew: is it them, and what has left?"""
    GROUND = "ground"
    """Nobody is hit, and yet it is held: what was not read, is it anything that stops it?"""
    UNBLOCKING = "unblocking"
    """Somebody confirmed is no longer listed: does anything else hold what is held?"""


class CaseState(StrEnum):
    """What a case waits for."""

    OPEN = "open"
    """Somebody to say whether it is them."""
    WAITING = "waiting"
    """A second person."""
    ASKED = "asked"
    """An answer to a request for information; nothing is let go meanwhile."""
    CLOSED = "closed"
    """Nothing: every pair was settled by people."""


class Alert(msgspec.Struct, frozen=True, omit_defaults=True):
    """One hit that asks for a person: a subject (a customer, a payment) against one listing.

    `record` is the decision it stands in (`D-12`), `roles` the parts in which the subject's parties hit the listing.
    `fingerprint` is the same where everything that spoke is the same. `rule` is the rule of the policy that confirmed
    it already; empty where nobody has. `cut_off` is the instant after which the payment misses its day.
    """

    subject_kind: Subject
    subject: str
    listing: str
    listed_name: str
    band: Band
    score: float
    basis: Basis | None
    """Null where nobody is hit: the ground stands in `listing`, by its mark."""
    why: str
    fingerprint: str
    record: int
    found_by: str
    at: datetime
    ours: str = ""
    """The name as the subject bears it."""
    roles: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    rule: str = ""
    kind: CaseKind = CaseKind.HIT
    cut_off: datetime | None = None


class Proposal(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a first person wants and a second has to approve; until then nothing of it has any effect.

    `release` asks to let go of what was found to be true: under a `licence`, or because it is listed no more. `bulk` is
    the hash of the preview under which several were proposed together.
    """

    outcome: Outcome
    reason: str
    why: str
    by: str
    at: datetime
    release: bool = False
    licence: str = ""
    bulk: str = ""


class CasePair(msgspec.Struct, frozen=True):
    """The subject against one listing: what spoke, what people said, and whether that is settled.

    `outcome` is what is in effect, given by `by` (a person, or the rule `rule`); `second` is who approved or reviewed
    it. `settled` says that nobody has to do anything with it any more.
    """

    listing: str
    listed_name: str
    band: Band
    score: float
    basis: Basis | None
    why: str
    fingerprint: str
    kind: CaseKind = CaseKind.HIT
    ours: str = ""
    roles: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    records: tuple[int, ...] = ()
    alerts: int = 1
    outcome: Outcome = Outcome.UNCONFIRMED
    by: str = ""
    rule: str = ""
    at: datetime | None = None
    reason: str = ""
    said: str = ""
    second: str = ""
    second_at: datetime | None = None
    released: bool = False
    """It is them, and two people let go of it all the same."""
    licence: str = ""
    settled: bool = False
    proposal: Proposal | None = None


class InformationRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was asked of whom, and by when the answer is due; answered or not, it closes nothing."""

    number: int
    of: str
    text: str
    by: str
    at: datetime
    due: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


class Attachment(msgspec.Struct, frozen=True):
    """A file that somebody put to a case; its bytes are kept under their hash."""

    name: str
    sha256: str
    size: int
    by: str
    at: datetime


class Effect(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a step puts into effect and the hall carries out: a new decision after each record of the pair."""

    listing: str
    outcome: Outcome
    by: str
    why: str
    second: str = ""
    release: bool = False
    licence: str = ""


class Case(msgspec.Struct, frozen=True):
    """The work on one subject. `version` counts its steps: whoever writes names the one he saw."""

    number: int
    subject_kind: Subject
    subject: str
    opened_at: datetime
    due: datetime
    pairs: tuple[CasePair, ...]
    state: CaseState = CaseState.OPEN
    version: int = 1
    assignee: str = ""
    cut_off: datetime | None = None
    requests: tuple[InformationRequest, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    comments: int = 0
    closed_at: datetime | None = None
    reopened: int = 0
    drawn: str = ""
    """The sample it was drawn into and that nobody has looked at yet."""
    reviewed: tuple[str, ...] = ()
    """Who looked at it again as one of a sample."""
    pending: tuple[Effect, ...] = ()
    """What was decided and is not yet carried out; until then what is held stays held."""

    @property
    def id(self) -> str:
        """The id that people name: `C-7`."""
        return f"C-{self.number}"

    def pair(self, listing: str) -> CasePair | None:
        """Give the pair of a listing; `None` where the case has none."""
        return next((one for one in self.pairs if one.listing == listing), None)


class Alerted(msgspec.Struct, frozen=True, tag="alerted"):
    """Hits came, and opened the case or joined it."""

    alerts: tuple[Alert, ...]


class Assigned(msgspec.Struct, frozen=True, tag="assigned"):
    """Somebody was given the case; nobody, where `to` is empty."""

    to: str


class Commented(msgspec.Struct, frozen=True, tag="commented"):
    """Somebody wrote something down."""

    text: str


class Attached(msgspec.Struct, frozen=True, tag="attached"):
    """A file was put to the case."""

    name: str
    sha256: str
    size: int


class Asked(msgspec.Struct, frozen=True, tag="asked"):
    """Somebody was asked for something, to be answered within `days`; 0 stands for those of the rules."""

    of: str
    text: str
    days: int = 0


class Answered(msgspec.Struct, frozen=True, tag="answered"):
    """An answer came to a request."""

    request: int
    text: str


class Decided(msgspec.Struct, frozen=True, omit_defaults=True, tag="decided"):
    """A first person said of one listing whether it is them."""

    listing: str
    outcome: Outcome
    reason: str
    why: str
    bulk: str = ""


class ReleaseAsked(msgspec.Struct, frozen=True, omit_defaults=True, tag="release_asked"):
    """A first person wants to let go of a true match."""

    listing: str
    reason: str
    why: str
    licence: str = ""


class Approved(msgspec.Struct, frozen=True, tag="approved"):
    """A second person approved what was proposed, or reviewed what was blocked."""

    listing: str
    why: str


class Declined(msgspec.Struct, frozen=True, tag="declined"):
    """What was proposed is not done; by a second person, or by the first who takes it back."""

    listing: str
    why: str


class Reopened(msgspec.Struct, frozen=True, tag="reopened"):
    """A closed case is worked on again; what was executed stays as it is until somebody acts anew."""

    why: str


class Drawn(msgspec.Struct, frozen=True, tag="drawn"):
    """The case was drawn into a sample of closed ones that are looked at again."""

    sample: str


class Reviewed(msgspec.Struct, frozen=True, tag="reviewed"):
    """Somebody who had no part in it looked at a drawn case; where he disagrees it is open again."""

    agrees: bool
    why: str


class CarriedOut(msgspec.Struct, frozen=True, tag="carried_out"):
    """What was decided is in effect: the decisions that were made because of it."""

    listing: str
    records: tuple[int, ...]


Action = (
    Alerted
    | Assigned
    | Commented
    | Attached
    | Asked
    | Answered
    | Decided
    | ReleaseAsked
    | Approved
    | Declined
    | Reopened
    | Drawn
    | Reviewed
    | CarriedOut
)


class CaseEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of one case; none is ever changed. `by` is empty where no person acted: hits came, a sample was drawn.

    `place` counts the steps of the case from 1.
    """

    case: int
    place: int
    at: datetime
    by: str
    action: Action
    rules: str = ""
    """The hash of the rules it was taken under."""

    @property
    def act(self) -> str:
        """The kind of step, in its word."""
        return str(self.action.__struct_config__.tag)
