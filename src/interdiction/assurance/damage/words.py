"""Damage to the words of a name: their order, number, cuts and romanisation.

A way takes the words of a name in small Latin letters and gives them damaged, or `None` where the name has nothing
that could suffer so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from interdiction.assurance.damage.letters import Draws, Words, in_one, letters, slip, slipped_twice

Damage = Callable[[Words, Draws], "Words | None"]

RESPELT = (
    ("kh", "h"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("dj", "j"),
    ("ph", "f"),
    ("zh", "j"),
    ("iy", "y"),
    ("iu", "yu"),
    ("ia", "ya"),
    ("ei", "ey"),
    ("q", "k"),
    ("w", "v"),
    ("x", "ks"),
    ("ck", "k"),
    ("gh", "g"),
    ("tch", "ch"),
    ("ss", "s"),
    ("mm", "m"),
    ("dh", "d"),
    ("ai", "ay"),
)
"""One sound in two romanisations; a word is respelt by every rule that a coin allows, in either direction."""


def latin_words(text: str) -> Words | None:
    """Give the words of a Latin name in small letters without accents; `None` where other letters stand in it."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    plain = plain.lower().replace("'", "").replace("\u2019", "").replace("`", "")
    if any(sign.isalpha() and not sign.isascii() for sign in plain):
        return None
    return re.findall(r"[a-z0-9]+", plain) or None


def exact(words: Words, _: Draws) -> Words | None:
    """Leave the name as it is listed."""
    return words


def swapped(words: Words, _: Draws) -> Words | None:
    """Put the last word first and the first one last."""
    return [words[-1], *words[1:-1], words[0]] if len(words) > 1 else None


SON_OF = frozenset(["bin", "ibn", "ben", "bint", "ould", "wuld", "oglu", "ogly", "uulu", "kyzy"])


def moved(words: Words, chance: Draws) -> Words | None:
    """As `swapped`, but not around "son of": the other order names the father (SALMAN BIN MUHAMMAD)."""
    return None if SON_OF & set(words) else swapped(words, chance)


def reverse(words: Words, _: Draws) -> Words | None:
    """Put three words or more in the reverse order; not around "son of"."""
    return words[::-1] if len(words) > 2 and not SON_OF & set(words) else None


def one_typo(words: Words, chance: Draws) -> Words | None:
    """One letter wrong in one word of four letters or more."""
    return in_one(words, 4, chance, slip)


def typo_each(words: Words, chance: Draws) -> Words | None:
    """One letter wrong in every word of four letters or more."""
    if not any(letters(word, 4) for word in words):
        return None
    return [slip(word, chance) if letters(word, 4) else word for word in words]


def two_typos(words: Words, chance: Draws) -> Words | None:
    """Two letters wrong in one word of six letters or more."""
    return in_one(words, 6, chance, slipped_twice)


def dropped(words: Words, chance: Draws) -> Words | None:
    """Leave out a person's word between the first and the last; three words of three letters must be there."""
    places = _weighty(words)[1:-1]
    if not places:
        return None
    at = chance.choice(places)
    return words[:at] + words[at + 1 :]


def dropped_late(words: Words, chance: Draws) -> Words | None:
    """Leave out one word, but the first, of four or more."""
    if len(words) < 4:
        return None
    at = chance.randrange(1, len(words))
    return words[:at] + words[at + 1 :]


def initial(words: Words, chance: Draws) -> Words | None:
    """Shorten a person's word after the first to its letter; three words of three letters must be there."""
    places = _weighty(words)[1:]
    if len(places) < 2:
        return None
    at = chance.choice(places)
    return [*words[:at], words[at][0], *words[at + 1 :]]


def joined(words: Words, chance: Draws) -> Words | None:
    """Write two neighbouring words as one."""
    pairs = [at for at in range(len(words) - 1) if letters(words[at], 2) and letters(words[at + 1], 2)]
    if not pairs:
        return None
    at = chance.choice(pairs)
    return [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]


def run_together(words: Words, _: Draws) -> Words | None:
    """Write two to four words as one."""
    return ["".join(words)] if 2 <= len(words) <= 4 else None


def hyphened(words: Words, _: Draws) -> Words | None:
    """Put hyphens between the words."""
    return ["-".join(words)] if len(words) > 1 else None


def split(words: Words, chance: Draws) -> Words | None:
    """Write one word of six letters or more as two."""
    places = [at for at, word in enumerate(words) if letters(word, 6)]
    if not places:
        return None
    at = chance.choice(places)
    cut = chance.randrange(2, len(words[at]) - 1)
    return [*words[:at], words[at][:cut], words[at][cut:], *words[at + 1 :]]


def last_cut(words: Words, chance: Draws) -> Words | None:
    """Cut one to three letters off a last word of six or more."""
    if not letters(words[-1], 6):
        return None
    return [*words[:-1], words[-1][: -chance.randrange(1, 4)]]


def cut_at(size: int) -> Damage:
    """Give the way of a field of `size` characters: what is longer is lost."""

    def cut(words: Words, _: Draws) -> Words | None:
        text = " ".join(words)
        return text[:size].split() if len(text) > size else None

    return cut


def broken_at(size: int) -> Damage:
    """Give the way of lines of `size` characters: a word that a line ends in goes on in the next, behind a blank."""

    def broken(words: Words, _: Draws) -> Words | None:
        text = " ".join(words)
        if len(text) <= size or " " in text[size - 1 : size + 1]:
            return None
        return f"{text[:size]} {text[size:]}".split()

    return broken


def respelt(words: Words, chance: Draws) -> Words | None:
    """Another romanisation: the rules of `RESPELT`, each with the chance of a coin, at least one."""
    text = " ".join(words)
    if any(letter.isdigit() for letter in text):
        return None
    rules = [rule for pair in RESPELT for rule in (pair, pair[::-1])]
    possible = [
        rule for rule in rules if (rule[0] in text and len(rule[0]) > 1) or rule[0] in {"q", "w", "x"} & set(text)
    ]
    if not possible:
        return None
    taken = [rule for rule in possible if chance.random() < 0.5] or [chance.choice(possible)]
    for old, new in taken:
        text = text.replace(old, new)
    return text.split() if text.split() != words else None


def combination(words: Words, chance: Draws) -> Words | None:
    """Words swapped, and one letter wrong."""
    moved = swapped(words, chance)
    return one_typo(moved, chance) if moved else None


def _weighty(words: Sequence[str]) -> list[int]:
    return [at for at, word in enumerate(words) if letters(word, 3)]
