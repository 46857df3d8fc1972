"""Who is who in a text: the names of all its sentences put together, a short form with the full name it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from interdiction.announcements.acts import FoundAct
from interdiction.announcements.kinds import kind_of
from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.targets import Phrase, is_never
from interdiction.model import Kind

_PLACED: Final = re.compile(r"\b(?:in|from|near|at|outside|off|around|across|between)\s+(?:[a-z]+ern\s+)?\Z")
_WORD: Final = re.compile(r"[\w'-]+")
_SHORTEST: Final = 3
"""Letters of a single word that may stand for a whole name."""


class Line(msgspec.Struct):
    """One sentence with what was found in it."""

    start: int
    """Its place in the whole text."""
    text: str
    paragraph: int
    mentions: Sequence[Mention]
    acts: Sequence[FoundAct]
    issuers: int = 0
    """Issuers that the text named up to here."""
    speakers: Sequence[str] = ()
    """Who speaks in it."""
    heading: bool = False
    headline: bool = False
    entry: bool = False
    """Part of a list of entries, which is read as such."""
    formal: bool = False
    """Part of an entry with data of identity: nothing else in it is a target."""


class Place(msgspec.Struct, frozen=True):
    """A name where it stands: the number of its line, and the name."""

    line: int
    mention: Mention


class Party(msgspec.Struct):
    """One whom a text names: every place that does, the fullest first name of them, kind and aliases."""

    full: Place
    places: list[Place]
    kind: Kind | None
    aliases: dict[str, tuple[int, int, int]]
    """Each alias with the number of its line and its place there."""

    def phrase(self) -> Phrase:
        """Give the party as a target at the place of its full name."""
        one = self.full.mention
        article = len("The ") if one.value.startswith("The ") else 0
        return Phrase(
            start=one.start + article,
            end=one.end,
            value=one.value[article:].rstrip("."),
            named=True,
            kind=self.kind,
            aliases=tuple(
                (value, low, high) for value, (line, low, high) in self.aliases.items() if line == self.full.line
            ),
        )

    def elsewhere(self, line: int) -> tuple[tuple[str, int, int, int], ...]:
        """Give the aliases that other lines tell."""
        return tuple((value, *place) for value, place in self.aliases.items() if place[0] != line)


class Parties:
    """The parties of a text in the order in which they are first named."""

    def __init__(self, lines: Sequence[Line], patterns: Patterns) -> None:
        """Read the lines once."""
        self.all: list[Party] = []
        self._patterns = patterns
        self._by_line: dict[int, list[tuple[int, Party]]] = {}
        self._called: dict[str, set[int]] = {}
        """By each word of a name, each whole name and each alias, the numbers of those who have it."""
        for number, line in enumerate(lines):
            for mention in () if line.entry or line.heading else named(line, patterns):
                self._add(number, line, mention)

    def at(self, line: int, start: int, end: int) -> Party | None:
        """Give whoever is named at a place of a line."""
        return next((party for at, party in self._by_line.get(line, ()) if start <= at < end), None)

    def of_line(self, line: int) -> list[Party]:
        """Give those named in a line, in their order."""
        return list({id(party): party for _, party in self._by_line.get(line, ())}.values())

    def _add(self, number: int, line: Line, mention: Mention) -> None:
        kind = mention.kind or kind_of(line.text, mention.start, mention.end, self._patterns)
        place = Place(number, mention)
        near = sorted({one for key in _keys(mention.value) for one in self._called.get(key, ())})
        known = next((one for one in near if _same(mention.value, kind, self.all[one], self._patterns)), len(self.all))
        if known == len(self.all):
            self.all.append(Party(place, [], kind, {}))
        party = self.all[known]
        if party.places and len(mention.value.split()) > len(party.full.mention.value.split()):
            party.full = place
        party.places.append(place)
        party.kind = party.kind or kind
        for value, low, high in mention.aliases:
            party.aliases.setdefault(value, (number, low, high))
            self._called.setdefault(value.casefold(), set()).add(known)
        for key in _keys(mention.value):
            self._called.setdefault(key, set()).add(known)
        self._by_line.setdefault(number, []).append((mention.start, party))


def named(line: Line, patterns: Patterns) -> Iterator[Mention]:
    """Give the names of a line that may be a party's: no alias of another, no place, nothing that is never a target."""
    names = [one for one in line.mentions if one.sort is Sort.NAME]
    for one in names:
        inside = any(low <= one.start < high for other in names for _, low, high in other.aliases)
        placed = one.kind is None and _PLACED.search(line.text[: one.start]) is not None
        if not inside and not placed and not is_never(one.value, patterns):
            yield one


def _keys(name: str) -> set[str]:
    """Give what two names share wherever they may be one party's: a word, or the whole."""
    return {*_words(name), name.casefold()}


def _same(said: str, kind: Kind | None, party: Party, patterns: Patterns) -> bool:
    """Tell whether a name may be read as one of a party's."""
    full = party.full.mention.value
    if said == full or any(said.casefold() == alias.casefold() for alias in party.aliases):
        return True
    if kind is not None and party.kind is not None and kind is not party.kind:
        return False
    short, long = _words(said), _words(full)
    if len(short) == len(long):
        return short == long
    if len(short) > len(long):
        return len(long) == 1 and party.kind in {None, Kind.PERSON, kind} and _stands_for(long, short, kind)
    if party.kind is Kind.ORGANISATION and len(short) == 1 and short[0] in long:
        return len(short[0]) > _SHORTEST and short[0] not in patterns.organisation_words
    return _stands_for(short, long, party.kind)


def _stands_for(short: tuple[str, ...], long: tuple[str, ...], kind: Kind | None) -> bool:
    if kind in {Kind.ORGANISATION, Kind.VESSEL, None} and long[: len(short)] == short:
        return len(short[0]) >= _SHORTEST
    if kind in {Kind.ORGANISATION, Kind.VESSEL}:
        return False
    return len(short[0]) >= _SHORTEST and _in_order(short, long)


def _in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    rest: Iterable[str] = iter(long)
    return all(word in rest for word in short)


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold().strip(".") for word in _WORD.findall(name) if word.casefold() != "the")
