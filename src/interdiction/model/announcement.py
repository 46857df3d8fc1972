"""What a text about an order says: acts, targets, measures and claims, each with the words it was read from."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from interdiction.model.designation import Measure
from interdiction.model.party import Kind
from interdiction.model.problem import Problem


class Span(msgspec.Struct, frozen=True, order=True):
    """Characters of a document as it was given: the first, counted from 0, and the one behind the last."""

    start: int
    end: int


class Said(msgspec.Struct, frozen=True):
    """A value and the words it was read from; nothing is ever extracted without them."""

    value: str
    span: Span


class ActKind(StrEnum):
    """What an authority does with its sanctions."""

    DESIGNATE = "designate"
    IDENTIFY = "identify"
    """Says that somebody is blocked already by status (a vessel, an agency of a blocked government)."""
    IMPOSE = "impose"
    """Sanctions or measures imposed as such: on a country, an industry, a class of people, or somebody."""
    AUTHORISE = "authorise"
    """An order that lets somebody designate: an authority, not yet a target."""
    AMEND = "amend"
    DELIST = "delist"
    LICENSE = "license"
    EXTEND = "extend"
    SPONSOR = "sponsor"
    """A state is put on, or taken off, a list of sponsors of terrorism."""


class Modality(StrEnum):
    """How the text speaks of the act."""

    DONE = "done"
    ANNOUNCED = "announced"
    CONSIDERED = "considered"
    WARNED = "warned"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


class Origin(StrEnum):
    """What kind of text it is: an official text may become notice, the press never more than a reason to hold."""

    OFFICIAL = "official"
    PRESS = "press"


class Target(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom an act means, in the words of the text: a name, or a description where none is given."""

    words: Said
    named: bool
    kind: Kind | None = None
    role: Said | None = None
    countries: tuple[Said, ...] = ()
    aliases: tuple[Said, ...] = ()


class Count(msgspec.Struct, frozen=True):
    """A number of targets that the text gives, named or not: "10 individuals"."""

    number: int
    kind: Kind | None
    words: Said


class Act(msgspec.Struct, frozen=True, omit_defaults=True):
    """One act of an authority as one sentence tells it."""

    kind: ActKind
    modality: Modality
    words: Said
    """The verb or phrase that says it."""
    sentence: int
    issuer: Said | None = None
    together: tuple[Said, ...] = ()
    """Other authorities that act with the issuer: "The United States and Britain imposed"."""
    delegate: Said | None = None
    """Who is empowered: "authorizes the Secretary of the Treasury"."""
    instrument: Said | None = None
    day: Said | None = None
    targets: tuple[Target, ...] = ()
    counts: tuple[Count, ...] = ()


class Effect(msgspec.Struct, frozen=True):
    """A measure as the text states it; `measure` is our word for it where there is one."""

    measure: Measure | None
    words: Said
    sentence: int


class Statement(msgspec.Struct, frozen=True):
    """Something that a list can bear out or not: "already subject to US sanctions"."""

    about: str
    words: Said
    sentence: int


class Stance(StrEnum):
    """What a speaker does with a statement."""

    ASSERT = "assert"
    DENY = "deny"
    DOUBT = "doubt"
    ACCUSE = "accuse"
    SUGGEST = "suggest"
    """Names somebody else as possible: a rival explanation."""
    DISMISS = "dismiss"
    NO_COMMENT = "no_comment"
    NO_ANSWER = "no_answer"
    """Nobody could be asked; not the same as declining."""


class Claim(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who says what, through whom: never a fact of ours (law 7)."""

    speaker: Said
    stance: Stance
    about: Said
    sentence: int
    through: tuple[Said, ...] = ()
    """By whom it reaches us: an agency, a paper, "on condition of anonymity"."""
    hedge: Said | None = None
    quoted: bool = False
    evidence: tuple[Said, ...] = ()


class Mentioned(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name in the text; to be mentioned is not to be a target."""

    words: Said
    kind: Kind | None = None
    aliases: tuple[Said, ...] = ()


class Label(StrEnum):
    """What a sentence is for; one sentence may be several."""

    ACT = "act"
    MEASURE = "measure"
    CRITERION = "criterion"
    REASON = "reason"
    CLAIM = "claim"
    STATEMENT = "statement"
    PLACE = "place"
    DENIAL = "denial"
    BACKGROUND = "background"
    FURNITURE = "furniture"


class Sentence(msgspec.Struct, frozen=True, omit_defaults=True):
    """One sentence: where it stands, what it is for, and which earlier one it repeats."""

    index: int
    span: Span
    labels: tuple[Label, ...] = ()
    repeats: int | None = None


class Account(msgspec.Struct, frozen=True, omit_defaults=True):
    """One publisher's telling of an event."""

    file: str
    origin: Origin
    published: date | None
    sentences: tuple[Sentence, ...]
    acts: tuple[Act, ...] = ()
    effects: tuple[Effect, ...] = ()
    criteria: tuple[Said, ...] = ()
    reasons: tuple[Said, ...] = ()
    statements: tuple[Statement, ...] = ()
    instruments: tuple[Said, ...] = ()
    """Legal acts that the text mentions, in an act or not."""
    days: tuple[Said, ...] = ()
    names: tuple[Mentioned, ...] = ()
    """Whoever is named, target or not."""
    places: tuple[Said, ...] = ()
    """Countries in which targets are said to operate, as ISO codes."""
    claims: tuple[Claim, ...] = ()
    letterhead: tuple[Said, ...] = ()
    """Authorities in whose name the text is published: "From: Foreign, Commonwealth & Development Office"."""
    problems: tuple[Problem, ...] = ()
    sha256: str = ""
