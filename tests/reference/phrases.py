"""Phrases as regular expressions of Python: slow and plain, the judge of the native search (crates/phrases)."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from tests.reference.wording import read_wording

_TOKEN: Final = re.compile(r"[^\W_]+")


class Phrases:
    """Several phrases as one search, longest first; a phrase is only tried where its first word stands."""

    __slots__ = ("_anywhere", "_first")

    def __init__(
        self,
        words: Sequence[str],
        *,
        exact: bool = False,
        classes: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Read the phrases; `exact`: case counts, but for an article; `classes`: the words that `<name>` stands for.

        Raises `ValueError` for an open bracket and for a class that nobody defined.
        """
        flags = re.NOFLAG if exact else re.IGNORECASE
        by_first: dict[str, list[str]] = defaultdict(list)
        read = [read_wording(one, classes or {}, exact=exact) for one in sorted(words, key=len, reverse=True)]
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


def told(found: re.Match[str] | None) -> tuple[int, int, str, str | None] | None:
    """Give the place, the words and the number of what was found."""
    if found is None:
        return None
    numbers = (value for key, value in found.groupdict().items() if key.startswith("number") and value)
    return *found.span(), found[0], next(numbers, None)


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


def _one(patterns: Sequence[str], flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(_apart(patterns))})", flags)


def _apart(patterns: Iterable[str]) -> Iterator[str]:
    """Give each number of a phrase a name of its own: one pattern may not name two groups alike."""
    seen = 0
    for one in patterns:
        pieces = one.split("?P<number>")
        yield "".join(piece if not place else f"?P<number{seen + place}>{piece}" for place, piece in enumerate(pieces))
        seen += len(pieces)
