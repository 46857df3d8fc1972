"""Whom a sentence names by a verb of listing of which no act was read: "it blocked A", "B was dropped"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from interdiction.announcements.authorities import authorities_in
from interdiction.announcements.mentions import Sort
from interdiction.announcements.parties import Line
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.phrases import Found, Phrases
from interdiction.announcements.reach import SPOKEN, before_aside, clause_start
from interdiction.announcements.targets import Phrase, items
from interdiction.announcements.unreal import is_supposed
from interdiction.model.announcement import ActKind, Modality

_CLAUSE: Final = re.compile(r"[;:]|,\s+(?:but|and|while|which|who|where)\b|\b(?:but|while|although|though|if|unless)\b")
_STOP: Final = re.compile(
    r";(?!\s+(?:and\s+)?[A-Z](?![\w'-]*\s+[a-z]+ed\b))|,?\s+(?:after|over|because|accusing|saying|which|who|that|whose|pursuant|under|for"
    r"|in response|off|from|to its|to the)\b"
)
_UNDONE: Final = re.compile(
    r"\b(?:not|never|no|may|might|could|would|will|if|whether|should|to)\s+(?:be\s+)?(?:\w+\s+)?\Z|\b(?:not|due|expected|set|poised|vote|votes|voting|propos\w*|plan\w*|draft\w*)\b",
    re.IGNORECASE,
)
_KINDS: Final = (
    (
        ActKind.DELIST,
        re.compile(
            r"remov|delet|delist|drop|lift|unblock|struck o|struck f|annul|revo|rescind|withdr|waiv|terminat"
            r"|repeal|suspend|cancel|lost",
            re.IGNORECASE,
        ),
    ),
    (ActKind.IDENTIFY, re.compile(r"identif", re.IGNORECASE)),
    (ActKind.EXTEND, re.compile(r"exten|renew|prolong|maint|uph|contin|remain|stay", re.IGNORECASE)),
)
_WHOM: Final = re.compile(r"(?:,\s+which|,?\s+whom)\s+[^,;.]{2,60}\Z")
"""In front of the verb, what makes the name before it the object: "Harlan, whom the EU had listed"."""
_NEVER: Final = frozenset({"not", "never", "no"})
_RELATIVE: Final = re.compile(r",?\s+(?:who|which)\s+\Z")
_MOST: Final = 24
"""Verbs of one sentence; as many are read of acts."""
_REACH: Final = 80
"""Characters in front of a verb in which somebody who lists stands."""


def named_by_verb(line: Line, patterns: Patterns) -> Iterator[tuple[Phrase, Found]]:
    """Give the names that a verb of listing has as its object, or as its subject in the passive, with the verb.

    In the active somebody who lists must stand in front of it: an authority, "it", "the office". What is denied,
    possible or only planned names nobody.
    """
    for match in islice(patterns.lists_them.finditer(line.text), _MOST):
        if line.text.startswith(":", match.end()):
            continue  # "Date Designated: 21/10/2025"
        start = _clause(line.text, match.start())
        before = line.text[start : match.start()]
        undone = _UNDONE.search(before) or any(pattern.search(before) for _, pattern in _undoing(patterns))
        undone = undone or is_supposed(line.text, match.start(), patterns)
        whom = _WHOM.search(line.text, 0, match.start())
        if whom is not None and not undone and _is_lister(line, whom.start(), match.start(), patterns):
            low = _clause(line.text, whom.start())
            found = items(line.text, low, whom.start(), line.mentions, patterns, last=True)
            yield from ((one, match) for one in found)
        elif not undone and _is_lister(line, max(start, match.start() - _REACH), match.start(), patterns):
            high = _high(line.text, match.end())
            yield from ((one, match) for one in _named(line, match.end(), high, patterns))
    for match in islice(patterns.is_listed.finditer(line.text), _MOST):
        start = _clause(line.text, match.start())
        before = line.text[start : match.start()]
        undone = _UNDONE.search(before) or any(pattern.search(before) for _, pattern in _undoing(patterns))
        undone = undone or is_supposed(line.text, match.start(), patterns)
        undone = undone or not _NEVER.isdisjoint(match[0].casefold().split())
        relative = _RELATIVE.search(line.text, 0, match.start())
        if relative is not None and not undone:
            low, high = _clause(line.text, relative.start()), relative.start()
            yield from ((one, match) for one in items(line.text, low, high, line.mentions, patterns, last=True))
        elif not undone:
            high = before_aside(line.text, match.start())
            low = start if high == match.start() else _clause(line.text, high)
            yield from ((one, match) for one in _named(line, low, high, patterns))


def _high(text: str, start: int) -> int:
    """Give where the object of a verb ends."""
    stops = [found.start() for found in (_STOP.search(text, start), SPOKEN.search(text, start)) if found]
    return min(stops, default=len(text))


def kind_of_verb(said: str) -> ActKind:
    """Give what a verb of listing does: listing, taking off a list, saying that something is blocked, going on."""
    return next((kind for kind, words in _KINDS if words.search(said)), ActKind.DESIGNATE)


def _undoing(patterns: Patterns) -> Iterator[tuple[Modality, Phrases]]:
    """Give what makes an act undone; what is announced is done."""
    return (one for one in patterns.modality if one[0] is not Modality.ANNOUNCED)


def _clause(text: str, end: int) -> int:
    return clause_start(text, end, _CLAUSE)


def _is_lister(line: Line, low: int, high: int, patterns: Patterns) -> bool:
    if patterns.listers.search(line.text, low, high):
        return True
    return any(one.sort is Sort.ISSUER and low <= one.start < high for one in line.mentions)


def _named(line: Line, low: int, high: int, patterns: Patterns) -> Iterator[Phrase]:
    acting = [] if line.acts else authorities_in(line.text, line.mentions, patterns)
    for one in items(line.text, low, high, line.mentions, patterns):
        # "The Financial Information Unit had ordered": an authority of no list acts, it is not meant.
        if one.named and not any(other.start <= one.start < other.end for other in acting):
            yield one
