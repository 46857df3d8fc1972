"""Phrases in plain words, made ready to be found: `...` for some words, (a|b) for either, [a] for one left out.

The native core goes through a sentence once for all phrases of a book, and what it found is kept for whoever asks next.
Of other texts it looks for what is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Generic, TypeVar

from interdiction._core import PhraseBook, PhraseHits
from interdiction._core import PhraseHit as Found

__all__ = ["Book", "Found", "Lexicon", "Phrases", "number"]

T = TypeVar("T")

_TEXTS: Final = 1024
"""Sentences of which is kept what stands in them: those of one document; then all are forgotten at once."""
_LONG: Final = 4096
"""Characters; a longer text that is asked from place to place is kept as a sentence is, or each asking costs all."""
_NONE: Final[tuple[Found, ...]] = ()


class Book:
    """The phrases of one file, searched together; read when the first of them is asked for."""

    __slots__ = ("_classes", "_known", "_native", "_searches", "_tables", "_where")

    def __init__(self, where: str, classes: Mapping[str, Sequence[str]] | None = None) -> None:
        """Begin a book; `where` is the file it is of, `classes` the words that `<name>` stands for."""
        self._where, self._classes = where, {name: list(words) for name, words in (classes or {}).items()}
        self._tables: list[tuple[list[str], bool]] = []
        self._searches: list[list[int]] = []
        self._native: PhraseBook | None = None
        self._known: dict[str, PhraseHits] = {}

    def phrases(self, words: Sequence[str], *, exact: bool = False) -> Phrases:
        """Give several phrases as one search, longer ones first; `exact`: case counts, but for an article."""
        self._tables.append((list(words), exact))
        table = len(self._tables) - 1
        return Phrases(self, self._searched([table]), table)

    def lexicon(self, several: Sequence[tuple[T, Phrases]]) -> Lexicon[T]:
        """Give several phrases of this book, each with what it means, as one search."""
        search = self._searched([phrases.table for _, phrases in several])
        return Lexicon(self, search, [value for value, _ in several])

    def close(self) -> PhraseBook:
        """Read every phrase; none can be added. Raises `DataError` for an open bracket, an unknown class."""
        if self._native is None:
            self._native = PhraseBook(self._tables, self._searches, self._classes, self._where)
        return self._native

    def gather(self, text: str) -> PhraseHits:
        """Look for all phrases of the book in a text at once, and keep what was found: many will ask for it."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= _TEXTS:
                self._known.clear()
            known = self._known[text] = self.close().hits(text)
        return known

    def between(self, search: int, text: str, low: int, high: int) -> Sequence[Found]:
        """Give the places of a search between two others, as if the text ended at the second; some may overlap."""
        if high < len(text):
            return self.close().between(search, text, low, high) if low < high else _NONE
        known = self._of(text, low)
        if known is None:
            return self.close().between(search, text, low, len(text))
        found = known.of(search)
        return [one for one in found if one.start() >= low] if low and found else found

    def first(self, search: int, text: str, low: int) -> Found | None:
        """Give the first place of a search that does not begin before another."""
        known = self._of(text, low)
        if known is not None:
            return known.first(search, low)
        found = self.close().between(search, text, low, len(text))
        return found[0] if found else None

    def at(self, search: int, text: str, start: int) -> Found | None:
        """Give the place of a search that begins at another."""
        known = self._of(text, start)
        if known is not None:
            return known.at(search, start)
        found = self.close().between(search, text, start, len(text))
        return found[0] if found and found[0].start() == start else None

    def whole(self, search: int, text: str) -> Found | None:
        """Give the phrase that a whole text is."""
        return self.close().whole(search, text)

    def _searched(self, tables: list[int]) -> int:
        if self._native is not None:
            raise ValueError("the book is closed")
        self._searches.append(tables)
        return len(self._searches) - 1

    def _of(self, text: str, low: int) -> PhraseHits | None:
        known = self._known.get(text)
        return self.gather(text) if known is None and low and len(text) > _LONG else known


class Phrases:
    """Several phrases as one search; a phrase is only tried where its first word stands."""

    __slots__ = ("_book", "_search", "table")

    def __init__(self, book: Book, search: int, table: int) -> None:
        self._book, self._search, self.table = book, search, table

    def finditer(self, text: str, low: int = 0, high: int = sys.maxsize) -> Iterator[Found]:
        """Give every place where one of the phrases stands, none inside another."""
        found = self._book.between(self._search, text, low, high)
        return _apart(found) if len(found) > 1 else iter(found)

    def search(self, text: str, low: int = 0, high: int = sys.maxsize) -> Found | None:
        """Give the first place where one of the phrases stands."""
        if high >= len(text):
            return self._book.first(self._search, text, low)
        found = self._book.between(self._search, text, low, high)
        return found[0] if found else None

    def match(self, text: str, at: int) -> Found | None:
        """Give the phrase that stands at a place."""
        return self._book.at(self._search, text, at)

    def fullmatch(self, text: str) -> Found | None:
        """Tell whether a text is one of the phrases."""
        return self._book.whole(self._search, text)


class Lexicon(Generic[T]):
    """Several `Phrases`, each with what it means, as one search."""

    __slots__ = ("_book", "_search", "_values")

    def __init__(self, book: Book, search: int, values: Sequence[T]) -> None:
        self._book, self._search, self._values = book, search, values

    def finditer(self, text: str, low: int = 0, high: int = sys.maxsize) -> Iterator[tuple[T, Found]]:
        """Give what each phrase that stands in a text means, with its place; those of one meaning never overlap."""
        ends: dict[int, int] = {}
        for found in self._book.between(self._search, text, low, high):
            place = found.place
            if found.start() >= ends.get(place, 0):
                ends[place] = found.end()
                yield self._values[place], found

    def fullmatch(self, text: str) -> T | None:
        """Give what a text means that is one of the phrases; the first meaning goes before the others."""
        found = self._book.whole(self._search, text)
        return None if found is None else self._values[found.place]


def number(found: Found) -> str | None:
    """Give the number that stood for `#` in a phrase."""
    return found.number


def _apart(several: Sequence[Found]) -> Iterator[Found]:
    end = 0
    for one in several:
        if one.start() >= end:
            end = one.end()
            yield one
