"""The language of orders, read from `data/announcement_patterns.yml` or a user's own copy of it."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import yaml

from interdiction.errors import DataError
from interdiction.model import Kind, Measure
from interdiction.model.announcement import ActKind, Modality, Stance

FILE: Final = "announcement_patterns.yml"
_GAP: Final = 10
"""Words that `...` may stand for."""
_PIECES: Final = re.compile(r"(\.\.\.|[\[\]()|#]|\s+)")
_NUMBER: Final = r"(?P<number>\d[\w./-]*\w|\d)"

T = TypeVar("T")


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


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    language: str
    abbreviations: tuple[str, ...]
    ending: tuple[str, ...]
    openers: tuple[str, ...]
    furniture: tuple[str, ...]
    issuers: tuple[_Issuer, ...]
    instruments: tuple[_Instrument, ...]
    acts: tuple[_Act, ...]
    modality: tuple[_Modality, ...]
    measures: tuple[_Measure, ...]
    criteria: tuple[str, ...]
    reasons: tuple[str, ...]
    places: tuple[str, ...]
    stops: tuple[str, ...]
    statements: tuple[_Statement, ...]
    official: tuple[str, ...]
    speech: tuple[_Speech, ...]
    speakers: tuple[str, ...]
    through: tuple[str, ...]
    hedges: tuple[str, ...]
    evidence: tuple[str, ...]
    counted: dict[Kind, tuple[str, ...]]
    bodies: tuple[str, ...]
    not_parties: tuple[str, ...]
    organisation_words: tuple[str, ...]
    trades: tuple[str, ...]
    joining: tuple[str, ...]
    titles: tuple[str, ...]
    begins: tuple[str, ...]
    posts: tuple[str, ...]
    not_names: tuple[str, ...]
    never: tuple[str, ...]


class Issuer(msgspec.Struct, frozen=True):
    """Who issues sanctions, or speaks for those who do; `gives` says that it may designate by itself."""

    name: str
    country: str
    gives: bool
    found: re.Pattern[str]


class Patterns(msgspec.Struct, frozen=True):
    """The file made ready: each pattern finds its phrase, longest first."""

    version: str
    sha256: str
    language: str
    abbreviations: frozenset[str]
    ending: frozenset[str]
    openers: frozenset[str]
    furniture: re.Pattern[str]
    issuers: tuple[Issuer, ...]
    instruments: tuple[tuple[str, re.Pattern[str]], ...]
    acts: tuple[tuple[ActKind, str, re.Pattern[str]], ...]
    """Kind, on which side of the phrase those whom it means stand (after, before, none), and the phrase."""
    modality: tuple[tuple[Modality, re.Pattern[str]], ...]
    measures: tuple[tuple[str, Measure | None, re.Pattern[str]], ...]
    criteria: re.Pattern[str]
    reasons: re.Pattern[str]
    places: re.Pattern[str]
    stops: re.Pattern[str]
    statements: tuple[tuple[str, re.Pattern[str]], ...]
    official: frozenset[str]
    speech: tuple[tuple[Stance, re.Pattern[str]], ...]
    speakers: re.Pattern[str]
    through: re.Pattern[str]
    hedges: re.Pattern[str]
    evidence: re.Pattern[str]
    counted: tuple[tuple[Kind, re.Pattern[str]], ...]
    bodies: re.Pattern[str]
    not_parties: frozenset[str]
    organisation_words: frozenset[str]
    trades: frozenset[str]
    joining: frozenset[str]
    titles: frozenset[str]
    posts: frozenset[str]
    not_names: frozenset[str]
    leading: frozenset[str]
    """Words in front of a name that are none of it: titles, and what may begin a sentence."""
    never: frozenset[str]


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
        found = msgspec.convert(yaml.load(raw, Loader=yaml.CSafeLoader), _File)
    except (yaml.YAMLError, msgspec.ValidationError, RecursionError) as error:
        raise DataError(
            f"not a file of patterns: {error}", where=where, mend="correct the entry it names; docs/announcements.md"
        ) from error
    for act in found.acts:
        if act.side not in {"after", "before", "none"}:
            raise DataError(f"no side is called {act.side!r}", where=where, mend="write after, before or none")
    return Patterns(
        version=found.version,
        sha256=hashlib.sha256(raw).hexdigest(),
        language=found.language,
        abbreviations=frozenset(found.abbreviations),
        ending=frozenset(found.ending),
        openers=frozenset(found.openers),
        furniture=phrases(found.furniture, where),
        issuers=tuple(
            Issuer(one.name, one.country, one.gives, phrases(one.words, where, exact=True)) for one in found.issuers
        ),
        instruments=tuple((one.kind, phrases(one.words, where, exact=True)) for one in found.instruments),
        acts=tuple((one.kind, one.side, phrases(one.words, where)) for one in found.acts),
        modality=tuple((one.modality, phrases(one.words, where)) for one in found.modality),
        measures=tuple((one.says, one.measure, phrases(one.words, where)) for one in found.measures),
        criteria=phrases(found.criteria, where),
        reasons=phrases(found.reasons, where),
        places=phrases(found.places, where),
        stops=phrases(found.stops, where),
        statements=tuple((one.about, phrases(one.words, where)) for one in found.statements),
        official=frozenset(found.official),
        speech=tuple((one.stance, phrases(one.words, where)) for one in found.speech),
        speakers=phrases(found.speakers, where),
        through=phrases(found.through, where),
        hedges=phrases(found.hedges, where),
        evidence=phrases(found.evidence, where),
        counted=tuple((kind, phrases(words, where)) for kind, words in found.counted.items()),
        bodies=phrases(found.bodies, where),
        not_parties=frozenset(found.not_parties),
        organisation_words=frozenset(found.organisation_words),
        trades=frozenset(found.trades),
        joining=frozenset(found.joining),
        titles=frozenset(found.titles),
        posts=frozenset(found.posts),
        not_names=frozenset(found.not_names),
        leading=frozenset((*found.titles, *found.begins, *found.openers)),
        never=frozenset(found.never),
    )


def phrases(words: tuple[str, ...], where: str, *, exact: bool = False) -> re.Pattern[str]:
    """Give what finds any of the phrases, longest first. `exact`: case counts, but for the article they begin with."""
    made = [_phrase(one, exact=exact) for one in sorted(words, key=len, reverse=True)]
    seen = 0
    for place, one in enumerate(made):
        made[place] = one.replace("?P<number>", f"?P<number{seen}>")
        seen += one.count("?P<number>")
    try:
        return re.compile(rf"(?<![\w.-])(?:{'|'.join(made)})(?!\w)", 0 if exact else re.IGNORECASE)
    except re.error as error:
        raise DataError(f"a phrase cannot be read: {error}", where=where, mend="close each bracket") from error


def number(found: re.Match[str]) -> str | None:
    """Give the number that stood for `#` in a phrase."""
    return next((value for key, value in found.groupdict().items() if key.startswith("number") and value), None)


def _phrase(words: str, *, exact: bool) -> str:
    pieces = [piece for piece in _PIECES.split(words.strip().removesuffix("...").strip()) if piece]
    made: list[str] = []
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        before = pieces[place - 1] if place else ""
        if piece == "...":
            made.append(rf"(?:[^\s;]+\s+){{0,{_GAP}}}?")
        elif piece == "[":
            made.append("(?:")
        elif piece == "]":
            made.append(r"\s+)?" if after.isspace() else ")?")
        elif piece == "(" and not _closes(pieces, place):
            made.append(r"\(")
        elif piece == ")" and not _opens(pieces, place):
            made.append(r"\)")
        elif piece == "(":
            made.append("(?:")
        elif piece in ")|":
            made.append(piece)
        elif piece == "#":
            made.append(_NUMBER)
        elif piece.isspace():
            made.append("" if before in {"]", "..."} else r"\s+")
        else:
            made.append(_word(piece, exact=exact))
    return "".join(made)


def _word(piece: str, *, exact: bool) -> str:
    if exact and piece.casefold() in {"the", "a", "this", "an"}:
        return f"[{piece[0].upper()}{piece[0].lower()}]{piece[1:].lower()}"
    return re.escape(piece)


def _closes(pieces: list[str], place: int) -> bool:
    """Tell whether a bracket at `place` holds alternatives: `(a|b)`, while `(EU)` is meant as it stands."""
    end = next((at for at in range(place, len(pieces)) if pieces[at] == ")"), None)
    return end is not None and "|" in pieces[place:end]


def _opens(pieces: list[str], place: int) -> bool:
    start = next((at for at in range(place, -1, -1) if pieces[at] == "("), None)
    return start is not None and "|" in pieces[start:place]
