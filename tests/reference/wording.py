"""The small language in which a phrase is written, read into a pattern and the words it may begin with.

`..` stands for up to five words, `...` for up to ten, … for up to 25, (a|b) for either, [a] for what may be left out,
`#` for a number, `*ing` for any word that ends so, and <name> for any word of the class that is called so. A bracket
without a | is meant as it stands, as in Regulation (EU).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

_GAPS: Final = {"..": 5, "...": 10, "\u2026": 25}
"""Words that a gap may stand for."""
_PIECES: Final = re.compile(r"(\.{2,3}(?!\.)|\u2026|<[a-z_]+>|[\[\]()|#]|\s+)")
_NUMBER: Final = r"(?P<number>\d[\w./-]*\w|\d)"
_LETTERS: Final = re.compile(r"[^\W_]*")
_ARTICLES: Final = frozenset({"the", "a", "this", "an"})
_OPEN: Final = {"(": ")", "[": "]"}
_DEEPEST: Final = 6
"""Classes of words within classes of words."""


class Wording(msgspec.Struct, frozen=True):
    """A phrase as a pattern, and the words, in small letters, with which it may begin; an empty one is any word."""

    pattern: str
    firsts: frozenset[str]


class _Item(msgspec.Struct, frozen=True):
    """A word, a space, a gap, a number, or, with `several`, a choice; `left_out`: or nothing."""

    sort: str
    text: str = ""
    several: tuple[tuple[_Item, ...], ...] = ()


def read_wording(words: str, classes: Mapping[str, Sequence[str]], *, exact: bool) -> Wording:
    """Read one phrase. Raises `ValueError` for an open bracket, an unknown class, one that holds itself."""
    sequence = _parsed(words, classes, 0)
    firsts = frozenset(first.removesuffix("\n") for first in _firsts(sequence))
    open_end = sequence[-1].sort == "word" and not sequence[-1].text[-1:].isalnum() if sequence else True
    return Wording(_pattern(sequence, exact=exact) + ("" if open_end else r"(?!\w)"), firsts)


def _parsed(words: str, classes: Mapping[str, Sequence[str]], depth: int) -> tuple[_Item, ...]:
    if depth > _DEEPEST:
        raise ValueError("a class of words holds itself")
    plain = words.strip().removesuffix("...").strip()
    pieces = [piece for piece in _PIECES.split(plain) if piece]
    sequence, at = _sequence(pieces, 0, classes, depth, "")
    if at != len(pieces):
        raise ValueError("a bracket is not closed")
    return sequence


def _sequence(
    pieces: Sequence[str], at: int, classes: Mapping[str, Sequence[str]], depth: int, until: str
) -> tuple[tuple[_Item, ...], int]:
    """Read up to `|` or the bracket that closes; give what was read and where it ends."""
    found: list[_Item] = []
    while at < len(pieces):
        piece = pieces[at]
        if until and piece in {"|", until}:
            break
        if piece == "[" or (piece == "(" and _is_choice(pieces, at)):
            several, at = _choice(pieces, at + 1, classes, depth, _OPEN[piece])
            found.append(_Item("optional" if piece == "[" else "choice", several=several))
            continue
        if piece == "(":
            inside, at = _sequence(pieces, at + 1, classes, depth, ")")
            found += [_Item("word", "("), *inside, _Item("word", ")")]
            at += 1
            continue
        if piece.startswith("<") and piece.endswith(">"):
            name = piece[1:-1]
            if name not in classes:
                raise ValueError(f"no class of words is called {name}")
            several = tuple(_parsed(one, classes, depth + 1) for one in sorted(classes[name], key=len, reverse=True))
            found.append(_Item("choice", several=several))
        elif piece in _GAPS:
            found.append(_Item("gap", piece))
        elif piece.isspace():
            found.append(_Item("space"))
        else:
            found.append(_Item("number" if piece == "#" else "word", piece))
        at += 1
    return tuple(found), at


def _choice(
    pieces: Sequence[str], at: int, classes: Mapping[str, Sequence[str]], depth: int, until: str
) -> tuple[tuple[tuple[_Item, ...], ...], int]:
    several: list[tuple[_Item, ...]] = []
    while True:
        one, at = _sequence(pieces, at, classes, depth, until)
        several.append(one)
        if at >= len(pieces):
            raise ValueError("a bracket is not closed")
        at += 1
        if pieces[at - 1] == until:
            return tuple(several), at


def _is_choice(pieces: Sequence[str], start: int) -> bool:
    """Tell whether a bracket offers a choice: `(a|b)`, while `(EU)` is meant as it stands."""
    depth = 0
    for piece in pieces[start:]:
        depth += (piece in _OPEN) - (piece in _OPEN.values())
        if depth == 1 and piece == "|":
            return True
        if depth == 0:
            return False
    return False


def _pattern(sequence: Sequence[_Item], *, exact: bool) -> str:
    made: list[str] = []
    wanted, ready = False, True
    """A space has to come before the next word; none has to, because the sequence begins or a gap ate it."""
    for place, item in enumerate(sequence):
        if item.sort == "space":
            wanted = not ready
            continue
        if item.sort == "optional":
            inside = f"(?:{'|'.join(_pattern(one, exact=exact) for one in item.several)})"
            behind = ready and place + 1 < len(sequence) and sequence[place + 1].sort == "space"
            front, back = (r"\s+" if wanted else ""), (r"\s+" if behind else "")
            made.append(f"(?:{front}{inside}{back})?")
            glued = place + 1 < len(sequence) and sequence[place + 1].sort != "space"
            wanted, ready = wanted and not glued, ready and not glued
            continue
        made.append(r"\s+" if wanted else "")
        made.append(_one(item, exact=exact))
        wanted, ready = False, item.sort == "gap"
    return "".join(made)


def _one(item: _Item, *, exact: bool) -> str:
    if item.sort == "gap":
        return rf"(?:[^\s;]+\s+){{0,{_GAPS[item.text]}}}?"
    if item.sort == "number":
        return _NUMBER
    if item.sort == "word":
        return _word(item.text, exact=exact)
    return f"(?:{'|'.join(_pattern(one, exact=exact) for one in item.several)})"


def _word(text: str, *, exact: bool) -> str:
    if exact and text.casefold() in _ARTICLES:
        return f"[{text[0].upper()}{text[0].lower()}]{text[1:].lower()}"
    return re.escape(text).replace(r"\*", r"\w+")


def _firsts(sequence: Sequence[_Item]) -> set[str]:
    """Give how a sequence may begin, up to the end of its first word; a line break marks that it ended there.

    A beginning without that mark goes on with what follows: `account[s]` begins with account or accounts.
    """
    found = {""}
    for item in sequence:
        going = {one for one in found if not one.endswith("\n")}
        if not going:
            break
        found -= going
        for one in going:
            found |= {one + more for more in _begins(item, started=bool(one))}
    return found


def _begins(item: _Item, *, started: bool) -> set[str]:
    if item.sort == "space":
        return {"\n"} if started else {""}
    if item.sort == "gap":
        return {"\n"}
    if item.sort == "number":
        return {"\n"} if started else {"#\n"}
    if item.sort == "word":
        letters = _LETTERS.match(item.text.casefold())
        if item.text.startswith("*"):
            return {"\n"}
        begin = letters[0] if letters else ""
        if not begin and not started:
            raise ValueError("a phrase begins with a letter or a number")
        return {begin if begin == item.text.casefold() else f"{begin}\n"}
    several = {first for one in item.several for first in _firsts(one)}
    return several | {""} if item.sort == "optional" else several
