"""A draft order: what several accounts of one event say, resolved against the lists; nothing in it screens anybody."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from interdiction.model.announcement import ActKind, Modality, Origin, Span, Stance
from interdiction.model.designation import Measure
from interdiction.model.party import Kind
from interdiction.model.problem import Problem


class Cited(msgspec.Struct, frozen=True):
    """Words of one of the documents: `value` as it was read, `quote` as it stands there."""

    file: str
    span: Span
    value: str
    quote: str
    sentence: int


class Relation(StrEnum):
    """How accounts stand to each other on one point."""

    AGREE = "agree"
    ONLY = "only"
    """One account alone has it."""
    INCLUDES = "includes"
    """One account has some of what the other has, and says that it is only some."""
    DIFFERS = "differs"


class Resolved(StrEnum):
    """How sure it is whom a target means."""

    NAMED = "named"
    """The text names it and one listing answers to the name."""
    AMBIGUOUS = "ambiguous"
    """Several listings answer to the name."""
    PROPOSED = "proposed"
    """Only described or counted; number and day agree with what changed on the list. Never acted on alone."""
    UNLISTED = "unlisted"
    """Named, and nobody on the lists answers to it: not listed yet, or another spelling."""
    OPEN = "open"


class DraftTarget(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom the order means, with the listing that answers to it and what is in doubt about that."""

    name: str
    named: bool
    kind: Kind | None
    resolved: Resolved
    said: tuple[Cited, ...]
    listings: tuple[str, ...] = ()
    listed_name: str = ""
    score: float = 0.0
    change: str = ""
    """What happened to that listing on the day: added, amended; empty: nothing."""
    programmes: tuple[str, ...] = ()
    aliases: tuple[Cited, ...] = ()
    doubt: str = ""
    apart: str = ""
    """Why the order brings nobody under sanctions by this name: `delist`, `license`, `authorise`; empty: it does."""


class DraftCount(msgspec.Struct, frozen=True, omit_defaults=True):
    """A number of targets, and how many the list says were added or amended that day."""

    number: int
    kind: Kind | None
    said: tuple[Cited, ...]
    found: int | None = None
    listings: tuple[str, ...] = ()
    agrees: bool | None = None
    note: str = ""


class Checked(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement of the text held against the lists: `holds` is null where they cannot tell."""

    about: str
    said: Cited
    holds: bool | None
    note: str
    listings: tuple[str, ...] = ()


class DraftMeasure(msgspec.Struct, frozen=True, omit_defaults=True):
    """A measure as the text states it."""

    says: str
    measure: Measure | None
    said: tuple[Cited, ...]


class DraftAct(msgspec.Struct, frozen=True, omit_defaults=True):
    """One kind of act with every place that tells of it."""

    kind: ActKind
    modality: Modality
    said: tuple[Cited, ...]
    issuer: str = ""
    delegate: str = ""
    targets: tuple[str, ...] = ()


class DraftClaim(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who says what through whom; `origins` counts independent sources, not papers."""

    stance: Stance
    speaker: str
    about: Cited
    said: tuple[Cited, ...]
    through: tuple[str, ...] = ()
    hedge: str = ""
    quoted: bool = False
    reliability: str = "F"
    """Admiralty code of the source: A completely reliable ... F cannot be judged."""
    credibility: int = 6
    """Admiralty code of the information: 1 confirmed ... 6 cannot be judged."""


class Point(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that the accounts have, and how they stand to each other on it."""

    slot: str
    value: str
    relation: Relation
    said: tuple[Cited, ...]
    origins: int
    """Independent origins: an agency's line in three papers counts once."""
    note: str = ""


class SourceText(msgspec.Struct, frozen=True):
    """One document that the draft rests on."""

    file: str
    sha256: str
    origin: Origin
    published: date | None
    sentences: int
    repeated: int
    furniture: int


class Derived(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value of the order: read from the text (`said`), or derived from the list (`how` says from what)."""

    value: str
    how: str
    said: tuple[Cited, ...] = ()


class Proposed(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value that a user's own program proposed and whose words stood the checks. Never part of the order itself."""

    by: str
    slot: str
    said: Cited
    kind: str = ""
    """Of an act its kind and modality, of a party its kind, of a claim its stance, of a measure our word for it."""
    of: Cited | None = None
    """Of a target the words of its act, of an alias its target, of a claim its speaker."""
    listings: tuple[str, ...] = ()
    """Who on the lists in force answers to a proposed target."""
    listed_name: str = ""
    score: float = 0.0
    note: str = ""


class Refused(msgspec.Struct, frozen=True, omit_defaults=True):
    """A proposal that did not stand: which check it failed, and why."""

    by: str
    file: str
    check: str
    why: str
    slot: str = ""
    words: str = ""
    start: int = 0


class DraftOrder(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an officer confirms or rejects. `found` is false where the texts tell of no order, and `why` says so."""

    found: bool
    why: str
    sources: tuple[SourceText, ...]
    issuer: Derived | None = None
    delegate: Derived | None = None
    instrument: Derived | None = None
    day: Derived | None = None
    acts: tuple[DraftAct, ...] = ()
    measures: tuple[DraftMeasure, ...] = ()
    targets: tuple[DraftTarget, ...] = ()
    counts: tuple[DraftCount, ...] = ()
    criteria: tuple[Cited, ...] = ()
    reasons: tuple[Cited, ...] = ()
    places: tuple[Cited, ...] = ()
    statements: tuple[Checked, ...] = ()
    claims: tuple[DraftClaim, ...] = ()
    points: tuple[Point, ...] = ()
    editions: tuple[str, ...] = ()
    patterns: str = ""
    problems: tuple[Problem, ...] = ()
    unread: tuple[Cited, ...] = ()
    """Sentences that speak of an order and in which no act was read: for a person to read."""
    unnamed: tuple[Cited, ...] = ()
    """Sentences that list or delist, and in which nobody was read whom they mean."""
    proposals: tuple[Proposed, ...] = ()
    """Apart from everything above: what a program proposed, and which of it was refused."""
    refused: tuple[Refused, ...] = ()


class OrderAct(StrEnum):
    """What people do with a draft order."""

    KEPT = "kept"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    REVIEWED = "reviewed"
    """A second person looked at what the first brought into force."""
    FOLLOWED = "followed"
    """The official list has everybody whom the order named."""


class OrderEvent(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing done with one draft order; none is ever changed. `draft` stands with the first."""

    order: int
    act: OrderAct
    at: datetime
    by: str = ""
    why: str = ""
    listings: tuple[str, ...] = ()
    """The pending listings it opened."""
    names: tuple[str, ...] = ()
    """Whom those listings name, in their order."""
    draft: DraftOrder | None = None


class PendingState(StrEnum):
    """How the official list stands to somebody who was announced."""

    LISTED = "listed"
    DIFFERING = "differing"
    """A listing answers, under another name or less surely: look at it."""
    WAITING = "waiting"
    MISSING = "missing"
    """Not listed though the days given for it are over: an alarm."""


class Pending(msgspec.Struct, frozen=True, omit_defaults=True):
    """One announced party and what has become of it."""

    order: int
    listing: str
    name: str
    state: PendingState
    days: int
    listed: str = ""
    score: float = 0.0
    note: str = ""
