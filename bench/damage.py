"""The kinds of damage that `make bench` reports: ways of `interdiction.assurance.damage`, drawn with a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bench.books import Listed, plain_words
from interdiction.assurance.damage import words as ways
from interdiction.assurance.damage.words import Damage

KINDS: dict[str, Damage] = {
    "exact": ways.exact,
    "swapped words": ways.swapped,
    "one typo": ways.one_typo,
    "typo in every word": ways.typo_each,
    "two typos in one word": ways.two_typos,
    "dropped middle": ways.dropped,
    "initial": ways.initial,
    "joined": ways.joined,
    "split": ways.split,
    "respelt": ways.respelt,
    "combination": ways.combination,
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
