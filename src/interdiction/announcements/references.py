"""Words that stand for names told before: "both", "they", "the company", "the four individuals"."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from interdiction.announcements.patterns import Patterns
from interdiction.model import Kind

_NUMBERS: Final = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_BETWEEN: Final = 4
"""Words that may stand between a subject and its verb: "have all also today been"."""


class Reference(msgspec.Struct, frozen=True):
    """How many are meant, 0 for any number above one, and of what kind."""

    number: int
    kind: Kind | None
    far: bool = False
    """All told since the last heading or act: "these persons"."""


def reference(text: str, low: int, start: int, end: int, patterns: Patterns) -> Reference | None:
    """Give what stands for names as the subject in front of a verb, or as its object behind it."""
    begin = low + len(text[low:start]) - len(text[low:start].lstrip(" \n,"))
    for found in (_at(text, begin, start, patterns), _at(text, end + 1, None, patterns)):
        if found is not None:
            return found
    return None


def _at(text: str, at: int, until: int | None, patterns: Patterns) -> Reference | None:
    for kind, count, pattern in patterns.references:
        match = pattern.match(text, at)
        if match is None or (until is not None and match.end() > until):
            continue
        if until is not None and len(text[match.end() : until].split()) > _BETWEEN:
            continue
        said = re.search(r"\d+|\b(?:" + "|".join(_NUMBERS) + r")\b", match[0].casefold())
        counted = (_NUMBERS.get(said[0]) or int(said[0])) if said else count
        return Reference(
            counted, kind, far=match[0].casefold().startswith(("these", "all", "the above", "the foregoing"))
        )
    return None
