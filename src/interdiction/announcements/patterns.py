"""The language of orders, read from `data/announcement_patterns.yml` or a user's own copy of it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import yaml

from interdiction.announcements.patterns_file import PatternsFile
from interdiction.announcements.phrases import Book, Lexicon, Phrases
from interdiction.errors import DataError
from interdiction.model import Kind, Measure
from interdiction.model.announcement import ActKind, Modality, Stance

FILE: Final = "announcement_patterns.yml"
_CLASSES: Final = ("how", "lead_in", "qualifying", "anybody", "qualified")
_SIDES: Final = ("after", "before", "within", "none", "more")

T = TypeVar("T")


class Issuer(msgspec.Struct, frozen=True):
    """Who issues sanctions, or speaks for those who do; `gives` says that it may designate by itself."""

    name: str
    country: str
    gives: bool
    found: Phrases


class ActPattern(msgspec.Struct, frozen=True):
    """Phrases of one kind of act."""

    kind: ActKind
    side: str
    """Where those stand whom it means: after, before, within the phrase, none; more: they belong to the act before."""
    found: Phrases
    behind: bool = False
    """Only right behind who acts: "US sanctions broker", "The Council also removed"."""
    heading: bool = False
    """Only in headlines."""
    head: bool = False
    """The first word alone is the act, the others only tell that it is one."""
    unless: Phrases | None = None
    """What may not follow: "US sanctions on"."""


class Lexicons(msgspec.Struct, frozen=True):
    """The parts of the file that every sentence is searched for, each as one search."""

    issuers: Lexicon[Issuer]
    instruments: Lexicon[str]
    acts: Lexicon[ActPattern]
    measures: Lexicon[tuple[str, Measure | None]]
    speech: Lexicon[Stance]
    counted: Lexicon[Kind | None]
    called: Lexicon[Kind]


class Patterns(msgspec.Struct, frozen=True):
    """The file made ready: each pattern finds its phrase, longest first."""

    version: str
    sha256: str
    language: str
    abbreviations: frozenset[str]
    ending: frozenset[str]
    openers: frozenset[str]
    common: frozenset[str]
    """Words of which every text in the language of the file has some."""
    furniture: Phrases
    issuers: tuple[Issuer, ...]
    instruments: tuple[tuple[str, Phrases], ...]
    title_ends: Phrases
    """Words with which the title of a legal act ends, and with which it begins."""
    title_begins: Phrases
    title_numbers: Phrases
    acts: tuple[ActPattern, ...]
    authority_words: frozenset[str]
    """Words of an authority's name, in small letters."""
    doers: Phrases
    """What acts for an authority: "this rule", "the Annex"."""
    how: frozenset[str]
    """Words that may stand between a verb and its parts; these five are classes of the file."""
    lead_in: frozenset[str]
    """Words that may stand between who acts and the verb."""
    qualifying: frozenset[str]
    """Words behind which a participle only qualifies: "those listed"."""
    anybody: frozenset[str]
    """Nouns that a participle qualifies: "persons designated"."""
    qualified: frozenset[str]
    """What stands behind the name of a country that only qualifies: "U.S. persons"."""
    modality: tuple[tuple[Modality, Phrases], ...]
    measures: tuple[tuple[str, Measure | None, Phrases], ...]
    undone: Phrases
    """In front of a measure that holds no longer."""
    criteria: Phrases
    criteria_of_acts: Phrases
    """Criteria only behind an act of the same sentence."""
    reasons: Phrases
    places: Phrases
    stops: Phrases
    statements: tuple[tuple[str, Phrases], ...]
    official: frozenset[str]
    speech: tuple[tuple[Stance, Phrases], ...]
    speech_if: frozenset[str]
    """First words of speech that count only before a clause or beside a quotation: "added that"."""
    speech_nouns: frozenset[str]
    """Words of speech that are nouns as well: "their claims"."""
    said_nouns: tuple[tuple[Stance, Phrases], ...]
    """Nouns of speech: "insistence", "accusations"."""
    own_words: frozenset[str]
    """Words with which an authority gives its reasons, and claims nothing: "the Council considers that"."""
    bodies_own: Phrases
    """Nouns of authorities that no list of issuers holds."""
    speaks_for: Phrases
    """Who speaks for somebody told before: "his lawyer"."""
    kin: Phrases
    """What somebody is to the one he speaks for: "a director of"."""
    plans: Phrases
    """What a speaker will do, which denies nothing: "would appeal"."""
    undecided: Phrases
    """What is not so only because it is not decided, or will not be."""
    no_speakers: Phrases
    """What is said to say and is a paper: "the notice"."""
    citing: Phrases
    """What tells whose words follow: "Reuters, citing two sources:"."""
    refused: Phrases
    """What is denied to somebody, and denies nothing: his petition."""
    contents: tuple[tuple[Stance, Phrases], ...]
    """Words of what is said that take a stance of their own."""
    dismissed: Phrases
    """What a speaker dismisses: arguments, not managers."""
    papers: Phrases
    """What "according to" may stand before that is no speaker."""
    speakers: Phrases
    through: Phrases
    hedges: Phrases
    evidence: Phrases
    counted: tuple[tuple[Kind, Phrases], ...]
    not_counted: frozenset[str]
    """Plurals that are no parties: "two years"."""
    counted_any: Phrases
    """Nouns that count parties of no kind: "four entries"."""
    bodies: Phrases
    not_parties: frozenset[str]
    organisation_words: frozenset[str]
    organisation_endings: tuple[str, ...]
    """How a word of an organisation's name may end: Volgotransneft."""
    trades: frozenset[str]
    joining: frozenset[str]
    titles: frozenset[str]
    posts: frozenset[str]
    not_names: frozenset[str]
    leading: frozenset[str]
    """Words in front of a name that are none of it: titles, and what may begin a sentence."""
    never: frozenset[str]
    speaks_of: Phrases | None
    """Words of an order; none where a file has none."""
    supposed: Phrases
    """In front of an act that is only supposed, and what labels one in front of a colon."""
    supposed_labels: Phrases
    about: Phrases
    """Words of texts about sanctions, and of texts that use the same verbs for something else."""
    elsewhere: Phrases
    begins: frozenset[str]
    alias_words: Phrases
    identity: Phrases
    roles: tuple[tuple[Kind, Phrases], ...]
    """Kind, and what it is called in front of its name."""
    given: frozenset[str]
    references: tuple[tuple[Kind | None, int, Phrases], ...]
    """Kind and number of those told before, 0 for several, and the words that stand for them."""
    presents: Phrases
    including: Phrases
    adds_alias: Phrases
    background: Phrases
    not_party_words: frozenset[str]
    spared: Phrases
    lists_them: Phrases
    """Verbs of listing with their object behind them, and those in the passive; who may list."""
    is_listed: Phrases
    listers: Phrases
    openings: tuple[tuple[ActKind, Phrases], ...]
    """What opens a list that no sentence speaks of."""
    tells: Phrases
    entry_heads: Phrases
    entry_labels: Phrases
    alias_labels: Phrases
    lexicons: Lexicons
    book: Book
    """All phrases of the file."""


@cache
def load_patterns(path: Path | None = None) -> Patterns:
    """Give the packaged patterns, or those of a user's own file. Raises `DataError` that names what is wrong."""
    if path is None:
        return read_patterns(resources.files("interdiction").joinpath("data", FILE).read_bytes(), FILE)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"the file cannot be read: {error.strerror}", where=str(path), mend="check its path and rights"
        ) from error
    return read_patterns(raw, str(path))


def read_patterns(raw: bytes, where: str) -> Patterns:
    """Read and check a file of patterns."""
    try:
        found = msgspec.convert(yaml.load(raw, Loader=yaml.CSafeLoader), PatternsFile)
    except (yaml.YAMLError, msgspec.ValidationError, RecursionError) as error:
        raise DataError(
            f"not a file of patterns: {error}", where=where, mend="correct the entry it names; docs/announcements.md"
        ) from error
    for act in found.acts:
        if act.side not in _SIDES:
            raise DataError(f"no side is called {act.side!r}", where=where, mend=f"write one of {', '.join(_SIDES)}")

    book = Book(where, found.words)
    phrases = book.phrases

    issuers = tuple(Issuer(one.name, one.country, one.gives, phrases(one.words, exact=True)) for one in found.issuers)
    instruments = tuple((one.kind, phrases(one.words, exact=True)) for one in found.instruments)
    acts = tuple(
        ActPattern(
            one.kind,
            one.side,
            phrases(one.words),
            one.behind,
            one.heading,
            one.head,
            phrases(one.unless) if one.unless else None,
        )
        for one in found.acts
    )
    measures = tuple((one.says, one.measure, phrases(one.words)) for one in found.measures)
    speech = tuple((one.stance, phrases(one.words)) for one in found.speech)
    counted = tuple((kind, phrases(words)) for kind, words in found.counted.items())
    counted_any = phrases(found.counted_any)
    roles = tuple((kind, phrases(words)) for kind, words in found.roles.items())
    patterns = Patterns(
        version=found.version,
        sha256=hashlib.sha256(raw).hexdigest(),
        language=found.language,
        abbreviations=frozenset(found.abbreviations),
        ending=frozenset(found.ending),
        openers=frozenset(found.openers),
        common=frozenset(found.common),
        furniture=phrases(found.furniture),
        issuers=issuers,
        instruments=instruments,
        acts=acts,
        title_ends=phrases(found.title_ends, exact=True),
        title_begins=phrases(found.title_begins, exact=True),
        title_numbers=phrases(found.title_numbers, exact=True),
        authority_words=frozenset(found.authority_words),
        doers=phrases(found.doers),
        **{name: frozenset(found.words.get(name, ())) for name in _CLASSES},
        modality=tuple((one.modality, phrases(one.words)) for one in found.modality),
        measures=measures,
        undone=phrases(found.undone),
        criteria=phrases(found.criteria),
        criteria_of_acts=phrases(found.criteria_of_acts),
        reasons=phrases(found.reasons),
        places=phrases(found.places),
        stops=phrases(found.stops),
        statements=tuple((one.about, phrases(one.words)) for one in found.statements),
        official=frozenset(found.official),
        speech=speech,
        speech_if=frozenset(found.speech_if),
        speech_nouns=frozenset(found.speech_nouns),
        said_nouns=tuple((one.stance, phrases(one.words)) for one in found.said_nouns),
        own_words=frozenset(found.own_words),
        bodies_own=phrases(found.bodies_own),
        speaks_for=phrases(found.speaks_for),
        kin=phrases(found.kin),
        plans=phrases(found.plans),
        undecided=phrases(found.undecided),
        no_speakers=phrases(found.no_speakers),
        citing=phrases(found.citing),
        refused=phrases(found.refused),
        contents=tuple((one.stance, phrases(one.words)) for one in found.contents),
        dismissed=phrases(found.dismissed),
        papers=phrases(found.papers),
        speakers=phrases(found.speakers),
        through=phrases(found.through),
        hedges=phrases(found.hedges),
        evidence=phrases(found.evidence),
        counted=counted,
        not_counted=frozenset(found.not_counted),
        counted_any=counted_any,
        bodies=phrases(found.bodies),
        not_parties=frozenset(found.not_parties),
        organisation_words=frozenset(found.organisation_words),
        organisation_endings=found.organisation_endings,
        trades=frozenset(found.trades),
        joining=frozenset(found.joining),
        titles=frozenset(found.titles),
        posts=frozenset(found.posts),
        not_names=frozenset(found.not_names),
        leading=frozenset((*found.titles, *found.begins, *found.openers)),
        never=frozenset(found.never),
        speaks_of=phrases(found.speaks_of) if found.speaks_of else None,
        supposed=phrases(found.supposed),
        supposed_labels=phrases(found.supposed_labels),
        about=phrases(found.about),
        elsewhere=phrases(found.elsewhere),
        begins=frozenset((*found.begins, *found.openers)),
        alias_words=phrases(found.alias_words),
        identity=phrases(found.identity),
        roles=roles,
        given=frozenset(found.given),
        references=tuple((one.kind, one.number, phrases(one.words)) for one in found.references),
        including=phrases(found.including),
        adds_alias=phrases(found.adds_alias),
        presents=phrases(found.presents),
        background=phrases(found.background),
        not_party_words=frozenset(found.not_party_words),
        spared=phrases(found.spared),
        lists_them=phrases(found.lists_them),
        is_listed=phrases(found.is_listed),
        listers=phrases(found.listers),
        openings=tuple((kind, phrases(words)) for kind, words in found.openings.items()),
        tells=phrases(found.tells),
        entry_heads=phrases(found.entry_heads),
        entry_labels=phrases((*found.entry_labels, *found.alias_labels)),
        alias_labels=phrases(found.alias_labels),
        lexicons=Lexicons(
            issuers=book.lexicon([(one, one.found) for one in issuers]),
            instruments=book.lexicon(instruments),
            acts=book.lexicon([(one, one.found) for one in acts]),
            measures=book.lexicon([((says, measure), found) for says, measure, found in measures]),
            speech=book.lexicon(speech),
            counted=book.lexicon([*counted, (None, counted_any)]),
            called=book.lexicon([one for one in (*roles, *counted) if one[0] is not Kind.WALLET]),
        ),
        book=book,
    )
    book.close()
    return patterns
