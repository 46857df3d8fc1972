"""Authorities that no list holds: a ministry, a cabinet or a court that stands where somebody acts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns

_LOWER: Final = (
    r"\b(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[A-Z][\w-]+(?:[']s?)?)\s+)(?:(?:[A-Z][\w-]+|[a-z]{4,12})\s+){0,3}?(?:%s)\b"
)
_CAPITALS: Final = re.compile(
    r"\b(?:The\s+|the\s+)?[A-Z][\w'-]*(?:,?\s+(?:of|for|and|the|on|&)\s+(?:the\s+)?[A-Z][\w'-]*|,?\s+[A-Z][\w'-]*){0,9}"
    r"(?:\s+\([A-Z]{2,8}\))?"
)
_WORD: Final = re.compile(r"\w+")


@lru_cache(maxsize=8)
def _lower(words: frozenset[str]) -> re.Pattern[str]:
    """Give what finds an authority whose last word is written small: "the Latvian cabinet"."""
    return re.compile(_LOWER % "|".join(sorted(map(re.escape, words), key=len, reverse=True)))


@lru_cache(maxsize=8)
def _heads(words: frozenset[str]) -> frozenset[str]:
    """Give the first word of each: without one of them a sentence names no authority."""
    return frozenset(found[0] for word in words if (found := _WORD.search(word.casefold())))


def authorities_in(text: str, mentions: Sequence[Mention], patterns: Patterns) -> list[Mention]:
    """Give what could be an authority and is none of the file: "the Latvian cabinet", "Ministry of Home Affairs".

    They carry no `issuer`: only who stands right where an act has its doer is taken for one, since a ministry may be
    whom an act means as well.
    """
    if _heads(patterns.authority_words).isdisjoint(_WORD.findall(text.casefold())):
        return []
    known = [one for one in mentions if one.sort in {Sort.ISSUER, Sort.INSTRUMENT}]
    found: list[tuple[int, int]] = []
    for match in _CAPITALS.finditer(text):
        words = [word.strip(",'()").casefold() for word in match[0].split()]
        gerund = words[0].endswith("ing")  # "Blocking Property of the Government of" is a title
        if (
            any(word in patterns.authority_words for word in words)
            and (len(words) > 1 or match.start() == 0)
            and not gerund
        ):
            found.append(match.span())
    found += [match.span() for match in _lower(patterns.authority_words).finditer(text)]
    made: list[Mention] = []
    for start, end in found:
        apart = not any(one.start < end and start < one.end for one in known)
        if apart and not any(start < one.end and one.start < end for one in made):
            made.append(Mention(Sort.ISSUER, start, end, " ".join(text[start:end].split())))
    return made
