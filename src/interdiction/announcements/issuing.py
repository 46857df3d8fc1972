"""Which authorities issued an act: the one that acts, and those that act together with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.subjects import (
    agent,
    agents,
    as_issuer,
    authority_in_front,
    country_in_front,
    is_oblique,
    is_spelt,
    issuers,
    owner,
)

_OF_IT: Final = ("'s", "-", "' ", " Sanctions List", " sanctions list")
_JOINED: Final = re.compile(
    r"(?:,?\s+(?:and|together with|along with|in concert with|in coordination with|as well as)\s+|,\s+)(?:the\s+)?"
)
_DONE: Final = re.compile(r"[A-Za-z-]+(?:ed|s|ut|ok|oze|ew|ck)\b")
"""A verb of a third person or in the past, as far as its form tells."""


def issuer_of(text: str, start: int, side: str, mentions: Sequence[Mention], patterns: Patterns) -> Mention | None:
    """Give who acts: behind "by", whose the noun is, right in front of the verb, else the last issuer before it."""
    behind = agent(text, start, mentions, patterns)
    if behind is not None and side in {"before", "none"}:
        return behind
    if side != "before":
        front = owner(text, start, mentions) or authority_in_front(text, start, mentions, patterns)
        front = front or country_in_front(text, start, mentions, patterns)
        if front is not None:
            return front
    before = [
        one
        for one in issuers(text, mentions, patterns)
        if one.end <= start and not text.startswith(_OF_IT, one.end) and not is_oblique(text, one.start)
    ]
    giving = [one for one in before if one.issuer is not None and one.issuer.gives]
    return giving[-1] if giving else behind or _named_in_front(text, start, side, mentions)


def _named_in_front(text: str, start: int, side: str, mentions: Sequence[Mention]) -> Mention | None:
    """Give a name right in front of an active verb: whoever it is, he acts: "Ada Quill sanctioned Orvel Bank"."""
    if side not in {"after", "within"}:
        return None
    if _DONE.match(text, start) is None:
        return None  # "Please add Ivo Harlan to the list"
    gap = re.compile(r"\s+(?:(?:has|have|had|also|today|yesterday|on\s+\w+day)\s+)*")
    return next((one for one in mentions if one.sort is Sort.NAME and gap.fullmatch(text, one.end, start)), None)


def together(
    text: str, start: int, issuer: Mention | None, mentions: Sequence[Mention], patterns: Patterns
) -> tuple[Mention, ...]:
    """Give the issuers that are joined to the one that acts, and are others than it."""
    if issuer is None:
        return ()
    if issuer.start > start:
        return tuple(one for one in agents(text, start, mentions, patterns) if one.value != issuer.value)
    found: list[Mention] = []
    chain = [one for one in issuers(text, mentions, patterns) if one.end <= start]
    chain = [one for one in chain if not is_oblique(text, one.start) or one == issuer]
    chain = sorted([*chain, *_countries(text, issuer, mentions)], key=lambda one: one.start)
    if issuer not in chain:
        return ()
    last = issuer
    for one in reversed(chain[: chain.index(issuer)]):
        if not _JOINED.fullmatch(text[one.end : last.start]):
            break
        last = one
        if one.value != issuer.value:
            found.append(one)
    return tuple(reversed(found))


def _countries(text: str, issuer: Mention, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Give the countries in front of an issuer, and the issuer itself where it is a country."""
    for one in mentions:
        country = one.sort is Sort.COUNTRY and one.start < issuer.start
        if country and is_spelt(text, one) and not is_oblique(text, one.start):
            yield as_issuer(text, one)
    if issuer.sort is Sort.COUNTRY:
        yield issuer
