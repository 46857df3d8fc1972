"""Phrases in plain words, made ready to be found: `...` for some words, (a|b) for either, [a] for one left out."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, Generic, TypeVar

from interdiction.announcements.wording import Wording, read_wording
from interdiction.errors import DataError

T = TypeVar("T")

_TOKEN: Final = re.compile(r"[^\W_]+")


class Phrases:
    """Several phrases as one search, longest first; a phrase is only tried where its first word stands."""

    __slots__ = ("_anywhere", "_first")

    def __init__(
        self,
        words: Sequence[str],
        where: str,
        *,
        exact: bool = False,
        classes: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Read the phrases; `exact`: case counts, but for an article; `classes`: the words that `<name>` stands for.

        Raises `DataError` for an open bracket and for a class that nobody defined.
        """
        flags = re.NOFLAG if exact else re.IGNORECASE
        by_first: dict[str, list[str]] = defaultdict(list)
        read = [_read(one, where, classes or {}, exact=exact) for one in sorted(words, key=len, reverse=True)]
        for phrase in read:
            for first in phrase.firsts:
                by_first[first].append(phrase.pattern)
        self._first = {first: _one(several, flags) for first, several in by_first.items()}
        self._anywhere = self._first.pop("", None)

    def finditer(self, text: str, low: int = 0, high: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Give every place where one of the phrases stands, none inside another."""
        words = _words(text)
        if self._anywhere is None and self._first.keys().isdisjoint(words.keys()):
            return iter(())
        return self._found(text, words, low, high)

    def search(self, text: str, low: int = 0, high: int = sys.maxsize) -> re.Match[str] | None:
        """Give the first place where one of the phrases stands."""
        words = _words(text)
        if self._anywhere is None and self._first.keys().isdisjoint(words.keys()):
            return None
        return next(self._found(text, words, low, high), None)

    def match(self, text: str, at: int) -> re.Match[str] | None:
        """Give the phrase that stands at a place."""
        pattern = self._at(text, at)
        return pattern.match(text, at) if pattern is not None else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Tell whether a text is one of the phrases."""
        pattern = self._at(text, 0)
        return pattern.fullmatch(text) if pattern is not None else None

    def _at(self, text: str, at: int) -> re.Pattern[str] | None:
        """Give the phrases that may begin with the word at a place."""
        word = _TOKEN.match(text, at)
        if word is None:
            return None
        return self._first.get("#" if word[0][0].isdigit() else word[0].lower()) or self._anywhere

    def tries(self) -> Iterator[tuple[str, re.Pattern[str]]]:
        """Give each first word, an empty one for any, with the phrases that begin with it."""
        yield from self._first.items()
        if self._anywhere is not None:
            yield "", self._anywhere

    def _found(self, text: str, words: Mapping[str, Sequence[int]], low: int, high: int) -> Iterator[re.Match[str]]:
        met = [(start, self._first[word]) for word in self._first.keys() & words.keys() for start in words[word]]
        if self._anywhere is not None:
            met += [(start, self._anywhere) for start in chain.from_iterable(words.values())]
        met.sort(key=_place)
        for start, pattern in met:
            if start >= low:
                found = pattern.match(text, start, high)
                if found:
                    yield found
                    low = max(found.end(), low)


class Lexicon(Generic[T]):
    """Several `Phrases`, each with what it means, as one search: a text is looked through once for all of them."""

    __slots__ = ("_anywhere", "_first", "_values")

    def __init__(self, several: Sequence[tuple[T, Phrases]]) -> None:
        """Join them; they are told apart by their place in `several`."""
        self._values = [value for value, _ in several]
        self._first: dict[str, list[tuple[int, re.Pattern[str]]]] = defaultdict(list)
        for place, (_, phrases) in enumerate(several):
            for first, pattern in phrases.tries():
                self._first[first].append((place, pattern))
        self._anywhere = self._first.pop("", [])

    def finditer(self, text: str, low: int = 0, high: int = sys.maxsize) -> Iterator[tuple[T, re.Match[str]]]:
        """Give what each phrase that stands in a text means, with its place; those of one meaning never overlap."""
        words = _words(text)
        met = self._first.keys() & words.keys()
        if not met and not self._anywhere:
            return
        tries = [
            (start, place, pattern) for word in met for start in words[word] for place, pattern in self._first[word]
        ]
        if self._anywhere:
            starts = chain.from_iterable(words.values())
            tries += [(start, place, pattern) for start in starts for place, pattern in self._anywhere]
        tries.sort(key=_first_two)
        ends: dict[int, int] = {}
        for start, place, pattern in tries:
            if low <= start and start >= ends.get(place, 0):
                found = pattern.match(text, start, high)
                if found:
                    ends[place] = found.end()
                    yield self._values[place], found

    def fullmatch(self, text: str) -> T | None:
        """Give what a text means that is one of the phrases."""
        word = _TOKEN.match(text)
        if word is None:
            return None
        first = "#" if word[0][0].isdigit() else word[0].lower()
        found = (place for place, pattern in self._first.get(first, self._anywhere) if pattern.fullmatch(text))
        place = min(found, default=None)
        return None if place is None else self._values[place]


def number(found: re.Match[str]) -> str | None:
    """Give the number that stood for `#` in a phrase."""
    return next((value for key, value in found.groupdict().items() if key.startswith("number") and value), None)


def _first_two(one: tuple[int, int, re.Pattern[str]]) -> tuple[int, int]:
    return one[0], one[1]


def _place(one: tuple[int, re.Pattern[str]]) -> int:
    return one[0]


@lru_cache(maxsize=1024)
def _words(text: str) -> dict[str, list[int]]:
    """Give the places of each word of a text, in small letters; a number is also found as `#`."""
    words: dict[str, list[int]] = {}
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    for found in _TOKEN.finditer(folded):
        word = found[0]
        if word in words:
            words[word].append(found.start())
        else:
            words[word] = [found.start()]
        if word[0].isdigit():
            words.setdefault("#", []).append(found.start())
    return words


def _read(words: str, where: str, classes: Mapping[str, Sequence[str]], *, exact: bool) -> Wording:
    try:
        return read_wording(words, classes, exact=exact)
    except ValueError as error:
        raise DataError(
            f"a phrase cannot be read: {words!r}: {error}",
            where=where,
            mend="docs/announcements.md says how to write it",
        ) from error


def _one(patterns: Sequence[str], flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(_apart(patterns))})", flags)


def _apart(patterns: Iterable[str]) -> Iterator[str]:
    """Give each number of a phrase a name of its own: one pattern may not name two groups alike."""
    seen = 0
    for one in patterns:
        pieces = one.split("?P<number>")
        yield "".join(piece if not place else f"?P<number{seen + place}>{piece}" for place, piece in enumerate(pieces))
        seen += len(pieces)
