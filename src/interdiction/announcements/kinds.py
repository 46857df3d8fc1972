"""What a name is, a person's, an organisation's or a ship's, by its own words and by those beside it."""

from __future__ import annotations

import re
from typing import Final

from interdiction.announcements.patterns import Patterns
from interdiction.announcements.shapes import is_organisation
from interdiction.model import Kind

_NEAR: Final = 60
"""Characters in front of a name in which a word may say what it is."""
_FEWEST, _MOST_PARTS = 2, 5
"""Words of a person's name."""
_SAYS: Final = frozenset({"said", "says"})
_INITIAL: Final = re.compile(r"(?:\A|\s)[A-Z]\.(?:\s|\Z)")
_PATRONYMIC: Final = re.compile(
    r"(?:ov|ev|yev)(?:ich|ych|na)\Z|(?:ivna|ovych|yevych|oglu|zadeh|ullah|allah)\Z|(?:il|em|kh)ych\Z"
)
_SHIP: Final = re.compile(r"[ \n]*(?:\((?:[^()]*\bIMO\b|IMO)|,?[ \n]+IMO\b)", re.IGNORECASE)
_REGISTERED: Final = re.compile(r"[ \n]*\([^()]*tail number", re.IGNORECASE)
TAILS: Final = re.compile(r"\btail\s+(?:numbers?|nos?\.?)\s+(?:[\w-]+\s+and\s+)?\Z", re.IGNORECASE)
"""In front of an aircraft's registration."""
_FLAGGED: Final = re.compile(r"-flagged\s+(?:[a-z]+\s+){0,4}\Z")
_SPOKEN: Final = re.compile(r",?\s+(?:said|says|told)\b")
_POSTED: Final = re.compile(r",\s+(?:the\s+)?(?:[A-Z][a-z]+ )*(?:Secretary|Director|Minister|President)")
_DESCRIBED: Final = re.compile(
    r"(?<!of )\b(?:an?|the|its|his|her|their|another)\s+(?P<noun>(?:(?!of\b)[\w'-]+\s+){0,3}[\w-]+),\s+(?:the\s+)?\Z"
)
_BEHIND: Final = re.compile(
    r"(?:[ \n]*\([^()]*\))?(?:,|[ \n]+(?:is|was))[ \n]+(?:an?|the|its|his|her|their)[ \n]+"
    r"(?P<noun>(?:[\w'.-]+[ \n]+){0,4}?[\w'-]+)(?=[,.;:)]"
    r"|[ \n]+(?:who|which|that|of|for|in|at|and|from|with|to|on|by|based|accused|behind|whose)\b|\Z)"
)
_WORD: Final = re.compile(r"[\w'/-]+")
_LINE: Final = re.compile(r"[,;:.()]")


def kind_of(text: str, start: int, end: int, patterns: Patterns) -> Kind | None:
    """Give what the name at a place is: "programmer Park Jin Hyok", "said John E. Smith", "M/V Chong Gen"."""
    name, before = text[start:end], text[max(0, start - _NEAR) : start]
    role = _LINE.split(before)[-1]
    if _SHIP.match(text, end) or _FLAGGED.search(before):
        return Kind.VESSEL
    if _REGISTERED.match(text, end) or TAILS.search(before):
        return Kind.AIRCRAFT
    if is_organisation(name, patterns):
        return Kind.ORGANISATION
    said = called(role, patterns) or _apposed(text[:start], name, patterns) or _told_of(text, end, patterns)
    if said in {Kind.VESSEL, Kind.ORGANISATION, Kind.AIRCRAFT}:
        return said
    words = name.split()
    if not _FEWEST <= len(words) <= _MOST_PARTS or any(letter.isdigit() for letter in name):
        return None
    last = re.findall(r"[\w-]+", before.casefold())[-1:]
    titled = said is Kind.PERSON or (bool(last) and last[0] in patterns.titles | _SAYS)
    beside = _SPOKEN.match(text, end) or _POSTED.match(text, end) or _INITIAL.search(name)
    return Kind.PERSON if titled or beside or is_person(name, patterns) else None


def _told_of(text: str, end: int, patterns: Patterns) -> Kind | None:
    """Give what a description behind a name says: ", a Freedonian broker", " is the owner of"."""
    found = _BEHIND.match(text, end)
    return called(found["noun"], patterns) if found else None


def _apposed(before: str, name: str, patterns: Patterns) -> Kind | None:
    """Give what a description in front of a comma says: "a restaurant, Mariscos La Perla"; never of a person's name."""
    if not before.rstrip().endswith((",", "the")):
        return None
    found = _DESCRIBED.search(before)
    if found is None or is_person(name, patterns):
        return None
    return called(found["noun"], patterns)


def is_person(name: str, patterns: Patterns) -> bool:
    """Tell a person's name by a patronymic, a particle or a given name that is known."""
    words = name.casefold().replace(",", " ").split()
    if not _FEWEST <= len(words) <= _MOST_PARTS + 1:
        return False
    return words[0] in patterns.given or any(
        _PATRONYMIC.search(word) or word in {"bin", "ibn", "bint", "ould"} or word.startswith("al-") for word in words
    )


def called(role: str, patterns: Patterns) -> Kind | None:
    """Give the kind that the last words in front of a name say: "the Iranian oil broker", "two tankers,"."""
    words = _WORD.findall(role)
    if not words or role.rstrip()[-1:] not in {words[-1][-1], ","}:
        return None
    for length in (2, 1):
        tail = " ".join(words[-length:])
        kind = patterns.lexicons.called.fullmatch(tail) or patterns.lexicons.called.fullmatch(tail.removesuffix("s"))
        if kind is not None:
            return kind
    word = words[-1].casefold()
    if word in patterns.titles:
        return Kind.PERSON
    if word in patterns.organisation_words:
        return Kind.ORGANISATION
    return None
