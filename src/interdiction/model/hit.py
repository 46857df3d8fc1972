"""A hit: one party against one listing over the threshold, with everything that spoke for and against."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from interdiction.model.designation import Designation


class Basis(StrEnum):
    """What the hit rests on."""

    NAME = "name"
    IDENTIFIER = "identifier"
    TEXT = "text"
    OWNERSHIP = "ownership"
    JURISDICTION = "jurisdiction"


class Band(StrEnum):
    """What the score means to a reviewer. CERTAIN needs an exact name or strong alias plus an agreeing
    fact, or an equal identifier (law 3 of docs/architecture.md)."""

    CERTAIN = "certain"
    STRONG = "strong"
    POSSIBLE = "possible"
    BELOW = "below"


class Suppression(StrEnum):
    """Why what a name alone would have made a hit is none; it is kept, counted and can be sampled."""

    FACT = "fact"
    """Facts took it below the threshold (docs/judging.md, section 2)."""
    WEAK_ALIAS = "weak_alias"
    """A weak alias inside a text without a second fact (OFAC FAQ 122-125)."""
    ORDINARY_WORDS = "ordinary_words"
    """Words of a text that say nobody (CONTRACT, BANK), though a listed name is alike, without a second fact."""
    COMMON_NAME = "common_name"
    """One word of a text that many are called (EMMA), though a listed ship or firm is too, without a second fact."""
    CLEARANCE = "clearance"
    """Two people judged the pair false, and it is the same pair still; `why` names the clearance."""


class TokenEvidence(msgspec.Struct, frozen=True):
    """One aligned pair of tokens, or one left over: `kind` is equal, typo, variant, translation, akin, sound, initial,
    joined, transliteration, missing (theirs, not ours) or extra (ours, not theirs).

    `similarity` is how alike they are, 0 to 1, and `weight` how rare the word is (1: hardly anybody else's).
    `contribution` is the share of both names that it stands for: what it gives where it agrees, less what its spelling
    costs, and what it leaves open (below 0) where it stands alone."""

    kind: str
    ours: str
    theirs: str
    similarity: float
    weight: float
    contribution: float


class Evidence(msgspec.Struct, frozen=True):
    """One thing that spoke: `kind` is name, weak_name, birth_date, country, gender, identifier or party_kind;
    `effect` is what it moved the score by, `finding` a word (`equal`, `near`, `conflict`; `not_ours`, `not_theirs`,
    `neither` and `not_comparable` for what is not known and moved nothing), `sentence` what a reviewer reads."""

    kind: str
    finding: str
    ours: Any = None
    theirs: Any = None
    effect: float = 0.0
    sentence: str = ""
    tokens: tuple[TokenEvidence, ...] = ()


class Hit(msgspec.Struct, frozen=True):
    """A hit is not a match: somebody, or a named rule, still has to say whether it is them."""

    query_id: str
    listing: str
    listed_name: str
    matched_name: str
    score: float
    band: Band
    basis: Basis
    evidence: tuple[Evidence, ...] = ()
    designations: tuple[Designation, ...] = ()
    weak_only: bool = False
    """Only a weak alias speaks: never enough to act on alone."""
    why: str = ""
    """One sentence for a table row."""
    threshold: float = 0.0
    """The score from which a pair of this channel, list and kind is a hit."""
    suppressed: Suppression | None = None
    """Set on what is no hit, and why."""
    not_known: str = ""
    """What could decide and is not known, in words."""
    related: str | msgspec.UnsetType = msgspec.UNSET
    """The part in which the party stands behind the customer asked about (owner, director, signatory); unset where it
    is the customer."""
    span: tuple[int, int] | None = None
    """Where in a free text the name stands: its first character, counted from 0, and the one behind its last."""
