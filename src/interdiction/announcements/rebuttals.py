"""What those say of themselves whom an order means: who answers an accusation denies it, also without "deny"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from interdiction.announcements.patterns import Patterns
from interdiction.model.announcement import Act, Claim, Stance

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_OTHERS: Final = re.compile(r"\b(?:of|for|on|about|from|with|against|at|to|by|than|near)\b")
"""In the name of a speaker who is somebody else: "a pal of Harlan"."""


def rebutted(claims: Sequence[Claim], acts: Iterable[Act], patterns: Patterns) -> tuple[Claim, ...]:
    """Give the claims, with the stance of those whom the acts of a text mean.

    A target, and whoever speaks for him ("his lawyer", "a director of Harlan Shipping"), denies with what he says of
    himself; what he plans against the order ("would appeal") he only asserts.
    """
    names = _names(acts, patterns)
    if not names:
        return tuple(claims)
    return tuple(
        msgspec.structs.replace(claim, stance=Stance.DENY)
        if claim.stance is Stance.ASSERT and _is_accused(claim, names, patterns) and _rebuts(claim, patterns)
        else claim
        for claim in claims
    )


def _names(acts: Iterable[Act], patterns: Patterns) -> frozenset[str]:
    """Give the words that only the names of targets have."""
    named = {word for act in acts for one in act.targets if one.named for word in _WORD.findall(one.words.value)}
    common = patterns.organisation_words | patterns.trades | patterns.not_parties | patterns.not_party_words
    return frozenset(word for word in named if word.casefold() not in common and word[0].isupper())


def _is_accused(claim: Claim, names: frozenset[str], patterns: Patterns) -> bool:
    who = claim.speaker.value
    if next(patterns.lexicons.issuers.finditer(who), None) is not None and patterns.kin.search(who) is None:
        return False
    if patterns.speaks_for.search(who) is not None:
        return True
    named = not names.isdisjoint(_WORD.findall(who))
    return named and (patterns.kin.search(who) is not None or _OTHERS.search(who) is None)


def _rebuts(claim: Claim, patterns: Patterns) -> bool:
    return patterns.plans.search(claim.about.value) is None
