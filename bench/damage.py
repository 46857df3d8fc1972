"""Ways in which a listed name comes damaged, each drawn with a fixed seed.

A way takes the words of a name and gives them damaged, or `None` where the name has nothing that could
suffer so. Only words of letters are touched: another number is another thing.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Sequence

from bench.books import Listed, plain_words

Damage = Callable[[list[str], random.Random], "list[str] | None"]

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


def exact(words: list[str], _: random.Random) -> list[str] | None:
    """Leave the name as it is listed."""
    return words


def swapped(words: list[str], _: random.Random) -> list[str] | None:
    """Put the last word first and the first one last."""
    return [words[-1], *words[1:-1], words[0]] if len(words) > 1 else None


def one_typo(words: list[str], chance: random.Random) -> list[str] | None:
    """One letter wrong in one word of four letters or more."""
    return _in_one(words, 4, chance, lambda word: slip(word, chance))


def typo_each(words: list[str], chance: random.Random) -> list[str] | None:
    """One letter wrong in every word of four letters or more."""
    if not any(_letters(word, 4) for word in words):
        return None
    return [slip(word, chance) if _letters(word, 4) else word for word in words]


def two_typos(words: list[str], chance: random.Random) -> list[str] | None:
    """Two letters wrong in one word of six letters or more."""
    return _in_one(words, 6, chance, lambda word: _slipped_twice(word, chance))


def dropped(words: list[str], chance: random.Random) -> list[str] | None:
    """Leave out a person's word between the first and the last; three words of three letters must be there."""
    places = _weighty(words)[1:-1]
    if not places:
        return None
    at = chance.choice(places)
    return words[:at] + words[at + 1 :]


def initial(words: list[str], chance: random.Random) -> list[str] | None:
    """Shorten a person's word after the first to its letter; three words of three letters must be there."""
    places = _weighty(words)[1:]
    if len(places) < 2:
        return None
    at = chance.choice(places)
    return [*words[:at], words[at][0], *words[at + 1 :]]


def joined(words: list[str], chance: random.Random) -> list[str] | None:
    """Two neighbouring words are written as one."""
    pairs = [at for at in range(len(words) - 1) if _letters(words[at], 2) and _letters(words[at + 1], 2)]
    if not pairs:
        return None
    at = chance.choice(pairs)
    return [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]


def split(words: list[str], chance: random.Random) -> list[str] | None:
    """One word of six letters or more is written as two."""
    places = [at for at, word in enumerate(words) if _letters(word, 6)]
    if not places:
        return None
    at = chance.choice(places)
    cut = chance.randrange(2, len(words[at]) - 1)
    return [*words[:at], words[at][:cut], words[at][cut:], *words[at + 1 :]]


def respelt(words: list[str], chance: random.Random) -> list[str] | None:
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


def combination(words: list[str], chance: random.Random) -> list[str] | None:
    """Words swapped, and one letter wrong."""
    moved = swapped(words, chance)
    return one_typo(moved, chance) if moved else None


KINDS: dict[str, Damage] = {
    "exact": exact,
    "swapped words": swapped,
    "one typo": one_typo,
    "typo in every word": typo_each,
    "two typos in one word": two_typos,
    "dropped middle": dropped,
    "initial": initial,
    "joined": joined,
    "split": split,
    "respelt": respelt,
    "combination": combination,
}
PERFECT = ("exact", "swapped words", "one typo", "dropped middle")
"""Kinds of which nothing may be lost."""
OF_PERSONS = ("swapped words", "dropped middle", "initial", "combination")
"""Kinds that happen to the names of persons. A company's swapped words would tear its legal form apart, and its
middle word may be what makes it another company."""


def damaged(listed: Sequence[Listed], each: int) -> dict[str, list[tuple[str, int]]]:
    """Give for each kind of damage up to `each` damaged names with the number of the name meant."""
    usable = [
        (at, plain_words(one.text)) for at, one in enumerate(listed) if one.text.isascii() and " " in one.text.strip()
    ]
    usable = [(at, words) for at, words in usable if len(words) > 1]
    made = {}
    for kind, damage in KINDS.items():
        chance = random.Random(f"damage {kind}")
        order = chance.sample(usable, len(usable))
        rows: list[tuple[str, int]] = []
        for at, words in order:
            if kind in OF_PERSONS and listed[at].kind != "person":
                continue
            done = damage(list(words), chance)
            if done is not None:
                rows.append((" ".join(done), at))
            if len(rows) == each:
                break
        made[kind] = rows
    return made


def slip(word: str, chance: random.Random) -> str:
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


def _slipped_twice(word: str, chance: random.Random) -> str:
    twice = word
    while twice == word:  # the second slip may mend the first
        twice = slip(slip(word, chance), chance)
    return twice


def _weighty(words: Sequence[str]) -> list[int]:
    return [at for at, word in enumerate(words) if _letters(word, 3)]


def _letters(word: str, least: int) -> bool:
    return len(word) >= least and re.fullmatch("[a-z]+", word) is not None


def _in_one(words: Sequence[str], least: int, chance: random.Random, change: Callable[[str], str]) -> list[str] | None:
    places = [at for at, word in enumerate(words) if _letters(word, least)]
    if not places:
        return None
    at = chance.choice(places)
    return [*words[:at], change(words[at]), *words[at + 1 :]]
