"""Phrases in plain words, made ready to be found: `...` for some words, (a|b) for either, [a] for one left out."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from interdiction.errors import DataError

_GAP: Final = 10
"""Words that `...` may stand for."""
_FAR: Final = 25
"""Words that the one sign … may stand for."""
_PIECES: Final = re.compile(r"(\.\.\.|\u2026|[\[\]()|#]|\s+)")
_GAPS: Final = {"...": _GAP, "\u2026": _FAR}
_LETTERS: Final = re.compile(r"[a-z]+")
_SHORTEST: Final = 3
_NUMBER: Final = r"(?P<number>\d[\w./-]*\w|\d)"


class Phrases:
    """Several phrases as one pattern, longest first. A text that lacks a word of each of them is not searched."""

    __slots__ = ("_anchors", "_pattern")

    def __init__(self, words: Sequence[str], where: str, *, exact: bool = False) -> None:
        """Read the phrases; `exact`: case counts, but for an article. Raises `DataError` for an open bracket."""
        ordered = [_pieces(one) for one in sorted(words, key=len, reverse=True)]
        made = [_phrase(pieces, exact=exact) for pieces in ordered]
        seen = 0
        for place, one in enumerate(made):
            made[place] = one.replace("?P<number>", f"?P<number{seen}>")
            seen += one.count("?P<number>")
        try:
            self._pattern = re.compile(rf"(?<![\w.-])(?:{'|'.join(made)})(?!\w)", 0 if exact else re.IGNORECASE)
        except re.error as error:
            raise DataError(f"a phrase cannot be read: {error}", where=where, mend="close each bracket") from error
        anchors = [_anchor(pieces) for pieces in ordered]
        self._anchors = frozenset(one for one in anchors if one) if all(anchors) else None

    def finditer(self, text: str, low: int = 0, high: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Give every place where one of the phrases stands."""
        return self._pattern.finditer(text, low, high) if self._may(text) else iter(())

    def search(self, text: str, low: int = 0, high: int = sys.maxsize) -> re.Match[str] | None:
        """Give the first place where one of the phrases stands."""
        return self._pattern.search(text, low, high) if self._may(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Tell whether a text is one of the phrases."""
        return self._pattern.fullmatch(text)

    def _may(self, text: str) -> bool:
        return self._anchors is None or not self._anchors.isdisjoint(_words(text))


def number(found: re.Match[str]) -> str | None:
    """Give the number that stood for `#` in a phrase."""
    return next((value for key, value in found.groupdict().items() if key.startswith("number") and value), None)


@lru_cache(maxsize=16)
def _words(text: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(text.casefold()))


def _pieces(words: str) -> list[str]:
    return [piece for piece in _PIECES.split(words.strip().removesuffix("...").strip()) if piece]


def _anchor(pieces: Sequence[str]) -> str:
    """Give the longest word that a phrase cannot do without; none where every word has an alternative."""
    depth = 0
    found: list[str] = []
    for place, piece in enumerate(pieces):
        if piece in "([":
            depth += 1
        elif piece in ")]":
            depth -= 1
        elif not depth and not _glued(pieces, place):
            found += _LETTERS.findall(piece.casefold())
    long = [word for word in found if len(word) >= _SHORTEST]
    return max(long, key=len, default="")


def _glued(pieces: Sequence[str], place: int) -> bool:
    """Tell a word that a bracket goes on: `account[s]` is found in "accounts", which is another word."""
    beside = (*pieces[max(0, place - 1) : place], *pieces[place + 1 : place + 2])
    return any(one in {"[", "]", "(", ")"} for one in beside)


def _phrase(pieces: Sequence[str], *, exact: bool) -> str:
    made: list[str] = []
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        before = pieces[place - 1] if place else ""
        if piece in _GAPS:
            made.append(rf"(?:[^\s;]+\s+){{0,{_GAPS[piece]}}}?")
        elif piece == "[":
            made.append("(?:")
        elif piece == "]":
            made.append(r"\s+)?" if after.isspace() else ")?")
        elif piece in "()" and not _alternatives(pieces, place):
            made.append(f"\\{piece}")
        elif piece == "(":
            made.append("(?:")
        elif piece in ")|":
            made.append(piece)
        elif piece == "#":
            made.append(_NUMBER)
        elif piece.isspace():
            made.append("" if before in {"]", *_GAPS} else r"\s+")
        else:
            made.append(_word(piece, exact=exact))
    return "".join(made)


def _word(piece: str, *, exact: bool) -> str:
    if exact and piece.casefold() in {"the", "a", "this", "an"}:
        return f"[{piece[0].upper()}{piece[0].lower()}]{piece[1:].lower()}"
    return re.escape(piece)


def _alternatives(pieces: Sequence[str], place: int) -> bool:
    """Tell whether a bracket belongs to alternatives: `(a|b)`, while `(EU)` is meant as it stands."""
    if pieces[place] == "(":
        end = _first(range(place, len(pieces)), pieces, ")")
        return end is not None and "|" in pieces[place:end]
    start = _first(range(place, -1, -1), pieces, "(")
    return start is not None and "|" in pieces[start:place]


def _first(places: Iterable[int], pieces: Sequence[str], wanted: str) -> int | None:
    return next((at for at in places if pieces[at] == wanted), None)
