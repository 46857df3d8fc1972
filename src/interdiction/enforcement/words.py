"""Words of places and of organs of state inside a text: folded, and looked up by their first word.

The form is without case, accents and punctuation; letters written one by one with full stops are one word
("D.P.R.K." is "dprk").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, Generic, TypeVar

T = TypeVar("T")

LONGEST: Final = 20_000
"""Characters of one text that are looked into; payment messages allow far less."""
SHORT: Final = 100
"""Characters of a text whose words are remembered: names and towns are asked for again and again."""
_WORD: Final = re.compile(r"[^\W_]+")
_SPELT: Final = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?")


def fold(text: str) -> list[str]:
    """Give the words of a text in the form in which they compare."""
    return list(_short(text)) if len(text) <= SHORT else _folded(text[:LONGEST])


@lru_cache(maxsize=1 << 12)
def _short(text: str) -> tuple[str, ...]:
    return tuple(_folded(text))


def _folded(text: str) -> list[str]:
    if "." in text:
        text = _SPELT.sub(lambda run: run[0].replace(".", ""), text)
    if not text.isascii():
        text = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return _WORD.findall(text.replace("'", "").replace("\u2019", "").casefold())


class Lookup(Generic[T]):
    """Phrases with what each means; `find` gives those that stand in a text, each with its own words."""

    __slots__ = ("_by_first",)

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        found: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, meaning in phrases:
            words = tuple(fold(phrase))
            if words:
                found.setdefault(words[0], []).append((words, meaning))
        self._by_first: Mapping[str, Sequence[tuple[tuple[str, ...], T]]] = {
            first: tuple(sorted(several, key=lambda one: -len(one[0]))) for first, several in found.items()
        }

    def find(self, words: Sequence[str]) -> Iterator[tuple[str, T]]:
        """Give every phrase among the words with its meaning, in their order."""
        by_first = self._by_first
        if by_first.keys().isdisjoint(words):
            return
        for at, word in enumerate(words):
            for phrase, meaning in by_first.get(word, ()):
                if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase:
                    yield " ".join(phrase), meaning
