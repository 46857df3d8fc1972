"""One word of a text that many are called (EMMA, MUELLER, SOFIA), though a listed ship or firm is called so too."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from typing import Final

from interdiction.model import Kind, Party
from interdiction.names.normalise import fold
from interdiction.screening.ordinary import legal_forms, read_words

_CALLED: Final = ("names", "frequent", "place", "everywhere", "business", "activity")
"""Of `common_words.yml`: what people, places and things are called."""
_FIRM: Final = ("everywhere", "business", "activity")
"""Of `common_words.yml`: what makes a firm of the word before it (EMMA SHIPPING)."""
_NEAR: Final = 3
"""Words; as far from the name a word may stand that says it is a ship."""
_READ: Final = 5_000
"""Signs of a text on either side of a name that are looked through for words of its trade."""
_TELLS: Final = 3
"""Letters of a word that tells a name from another."""
_ALIKE: Final = 0.8
"""How alike two words are that may be one misspelt (OMPANY, CORPORATIO), by `difflib`."""
_OF: Final = (Kind.VESSEL, Kind.AIRCRAFT, Kind.ORGANISATION)
_WORD: Final = re.compile(r"[^\W_]+")


def says_no_ship_or_firm(text: str, span: tuple[int, int], party: Party) -> bool:
    """Tell whether the words at `span` are one word that many are called, and nothing says it is the ship or firm.

    Nothing is told of listed people. A ship is said by a word near it (M/V, IMO, VESSEL) or of its trade anywhere (B/L,
    DEMURRAGE), a firm by a word beside it (LTD, SHIPPING, MESSRS), and either by another word of its names.
    """
    said = _words(text[span[0] : span[1]])
    if party.kind not in _OF or len(said) != 1 or said[0] not in _called():
        return False
    before = _words(text[max(0, span[0] - _READ) : span[0]])
    after = _words(text[span[1] : span[1] + _READ])
    if _more_of_it({*before[-2:], *after[:2]}, {word for name in party.names for word in _words(name.text)} - {*said}):
        return False
    return not _says_firm(before, after) if party.kind is Kind.ORGANISATION else not _says_ship(before, after)


def _more_of_it(around: set[str], names: set[str]) -> bool:
    """Tell whether a word around is nearly one of the names', cut or misspelt; initials and particles tell nothing."""
    theirs = [word for word in names if len(word) >= _TELLS]
    return any(get_close_matches(word, theirs, 1, _ALIKE) for word in around if len(word) >= _TELLS)


def _says_ship(before: list[str], after: list[str]) -> bool:
    near = _with_pairs(before[-_NEAR:]) | _with_pairs(after[:_NEAR])
    return bool(near & _told("ship")) or bool((_with_pairs(before) | _with_pairs(after)) & _told("ship_trade"))


def _says_firm(before: list[str], after: list[str]) -> bool:
    ahead = _with_pairs(before[-2:]) - {*before[-2:-1]}
    behind = _with_pairs(after[:2]) - {*after[1:2]}
    return bool(ahead & (_told("firm") | legal_forms()) or behind & (_firm() | _told("firm")))


def _with_pairs(words: list[str]) -> set[str]:
    """Give words, and any two that follow each other: M V and BILL OF are two."""
    return {*words, *(" ".join(pair) for pair in pairwise(words))}


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


@cache
def _called() -> frozenset[str]:
    common, texts = read_words("common_words.yml"), read_words("text_words.yml")
    return frozenset(word for some in (*(common[one] for one in _CALLED), texts["words"]) for word in some.split())


@cache
def _firm() -> frozenset[str]:
    common = read_words("common_words.yml")
    return legal_forms() | frozenset(word for grade in _FIRM for word in common[grade].split())


@cache
def _told(what: str) -> frozenset[str]:
    return frozenset(one.strip() for one in read_words("text_words.yml")[what].split(","))
