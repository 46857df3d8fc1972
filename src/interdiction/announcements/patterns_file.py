"""The file of the language of orders as it is written: what may stand in it, and nothing of what it finds."""

from __future__ import annotations

import msgspec

from interdiction.model import Kind, Measure
from interdiction.model.announcement import ActKind, Modality, Stance


class _Issuer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    country: str
    words: tuple[str, ...]
    gives: bool = False


class _Instrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    words: tuple[str, ...]


class _Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: ActKind
    side: str
    words: tuple[str, ...]
    behind: bool = False
    heading: bool = False
    head: bool = False
    unless: tuple[str, ...] = ()


class _Modality(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"modality": "is"}):
    modality: Modality
    words: tuple[str, ...]


class _Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    says: str
    words: tuple[str, ...]
    measure: Measure | None = None


class _Speech(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stance: Stance
    words: tuple[str, ...]


class _Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    words: tuple[str, ...]


class _Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: int
    words: tuple[str, ...]
    kind: Kind | None = None


class PatternsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it is written; docs/announcements.md says what each part does."""

    version: str
    language: str
    abbreviations: tuple[str, ...]
    ending: tuple[str, ...]
    openers: tuple[str, ...]
    common: tuple[str, ...]
    furniture: tuple[str, ...]
    issuers: tuple[_Issuer, ...]
    instruments: tuple[_Instrument, ...]
    title_ends: tuple[str, ...]
    title_begins: tuple[str, ...]
    title_numbers: tuple[str, ...]
    acts: tuple[_Act, ...]
    authority_words: tuple[str, ...]
    doers: tuple[str, ...]
    modality: tuple[_Modality, ...]
    measures: tuple[_Measure, ...]
    undone: tuple[str, ...]
    criteria: tuple[str, ...]
    criteria_of_acts: tuple[str, ...]
    reasons: tuple[str, ...]
    places: tuple[str, ...]
    stops: tuple[str, ...]
    statements: tuple[_Statement, ...]
    official: tuple[str, ...]
    speech: tuple[_Speech, ...]
    speech_if: tuple[str, ...]
    speech_nouns: tuple[str, ...]
    said_nouns: tuple[_Speech, ...]
    own_words: tuple[str, ...]
    bodies_own: tuple[str, ...]
    speaks_for: tuple[str, ...]
    kin: tuple[str, ...]
    plans: tuple[str, ...]
    undecided: tuple[str, ...]
    no_speakers: tuple[str, ...]
    citing: tuple[str, ...]
    refused: tuple[str, ...]
    contents: tuple[_Speech, ...]
    papers: tuple[str, ...]
    dismissed: tuple[str, ...]
    speakers: tuple[str, ...]
    through: tuple[str, ...]
    hedges: tuple[str, ...]
    evidence: tuple[str, ...]
    counted: dict[Kind, tuple[str, ...]]
    counted_any: tuple[str, ...]
    not_counted: tuple[str, ...]
    bodies: tuple[str, ...]
    not_parties: tuple[str, ...]
    organisation_words: tuple[str, ...]
    organisation_endings: tuple[str, ...]
    trades: tuple[str, ...]
    joining: tuple[str, ...]
    titles: tuple[str, ...]
    begins: tuple[str, ...]
    posts: tuple[str, ...]
    not_names: tuple[str, ...]
    never: tuple[str, ...]
    alias_words: tuple[str, ...]
    identity: tuple[str, ...]
    roles: dict[Kind, tuple[str, ...]]
    given: tuple[str, ...]
    references: tuple[_Reference, ...]
    presents: tuple[str, ...]
    including: tuple[str, ...]
    adds_alias: tuple[str, ...]
    background: tuple[str, ...]
    not_party_words: tuple[str, ...]
    spared: tuple[str, ...]
    lists_them: tuple[str, ...]
    is_listed: tuple[str, ...]
    listers: tuple[str, ...]
    openings: dict[ActKind, tuple[str, ...]]
    tells: tuple[str, ...]
    entry_heads: tuple[str, ...]
    entry_labels: tuple[str, ...]
    alias_labels: tuple[str, ...]
    speaks_of: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()
    supposed_labels: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}
