"""Slips inside a word: letters left out, added, exchanged, swapped, doubled, or hit on the neighbouring key."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Draws(Protocol):
    """What a way of damage needs of chance; `Chance` and `random.Random` both offer it."""

    def randrange(self, start: int, stop: int | None = None, /) -> int:
        """Give a whole number."""

    def random(self) -> float:
        """Give a number from 0 to below 1."""

    def choice(self, among: Sequence[T], /) -> T:
        """Give one of several."""


Words = list[str]
Slip = Callable[[str, Draws], "str | None"]

_ROWS = ((0.0, "qwertyuiop"), (0.25, "asdfghjkl"), (0.75, "zxcvbnm"))
"""How far each row of keys is set in, in widths of a key."""
NEIGHBOURS = {
    letter: "".join(
        sorted(
            other
            for at, (inset, row) in enumerate(_ROWS)
            for place, other in enumerate(row)
            if other != letter and abs(at - down) <= 1 and abs(place + inset - across - own) <= 1
        )
    )
    for down, (own, keys) in enumerate(_ROWS)
    for across, letter in enumerate(keys)
}
"""The keys around a key of the American keyboard, as a finger misses it."""


def left_out(word: str, chance: Draws) -> str:
    """Leave one letter out."""
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def added(word: str, chance: Draws) -> str:
    """Add one letter, any, anywhere."""
    at = chance.randrange(len(word) + 1)
    return word[:at] + chance.choice(string.ascii_lowercase) + word[at:]


def exchanged(word: str, chance: Draws) -> str:
    """Put another letter, any, in the place of one."""
    at = chance.randrange(len(word))
    others = string.ascii_lowercase.replace(word[at], "")
    return word[:at] + chance.choice(others) + word[at + 1 :]


def swapped_letters(word: str, chance: Draws) -> str | None:
    """Swap two neighbours that differ."""
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return None
    at = chance.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def doubled(word: str, chance: Draws) -> str:
    """Write one letter twice."""
    at = chance.randrange(len(word))
    return word[: at + 1] + word[at:]


def keyboard(word: str, chance: Draws) -> str:
    """Hit a neighbouring key in the place of one."""
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(NEIGHBOURS[word[at]]) + word[at + 1 :]


def slip(word: str, chance: Draws) -> str:
    """Give the word with a letter left out, added or exchanged, or two neighbours swapped; never the word itself."""
    while True:
        at = chance.randrange(len(word))
        letter = chance.choice(string.ascii_lowercase)
        ways = (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        )
        changed = ways[chance.randrange(4)]
        if changed != word:
            return changed


def slipped_twice(word: str, chance: Draws) -> str:
    """Give the word with two slips; the second may not mend the first."""
    twice = word
    while twice == word:
        twice = slip(slip(word, chance), chance)
    return twice


def in_one(words: Words, least: int, chance: Draws, change: Slip) -> Words | None:
    """Change one word of `least` letters or more; numbers are left alone, as another number is another thing."""
    places = [at for at, word in enumerate(words) if letters(word, least)]
    if not places:
        return None
    at = chance.choice(places)
    changed = change(words[at], chance)
    return None if changed is None else [*words[:at], changed, *words[at + 1 :]]


def letters(word: str, least: int) -> bool:
    """Tell whether a word is made of `least` plain letters or more."""
    return len(word) >= least and re.fullmatch("[a-z]+", word) is not None
