"""What a speaker does with what he says, where the words of it tell more than the verb, and what is no claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.model.announcement import Stance

_OF_OTHERS: Final = re.compile(
    r"(?:the (?:company|firm|bank|group|network|ships?|vessels?|pair|two|men|man|couple|refinery|exchange)\b"
    r"|(?:he|she|they)\b|it (?!is\b|was\b|would\b|will\b|has\b|had\b)|its )",
    re.IGNORECASE,
)
"""With which an authority begins what it holds against somebody."""
_EMPTY: Final = re.compile(
    r"(?:(?:flatly|firmly|strongly|categorically|always)\s+)?(?:(?:reject(?:ed|s)?|dismiss(?:ed|es)?|den(?:ied|ies))\s+)?(?:\w+['\u2019]s?\s+)?(?:(?:the|any|all|these|those|such|both|his|her|its|their|senators['\u2019])\s+){0,2}(?:allegations?|accusations?|claims?|charges?|reports?|wrongdoing|account|talk|findings?|it|this|that|them)",
    re.IGNORECASE,
)


class FoundClaim(msgspec.Struct, frozen=True):
    """A claim in the characters of its sentence: places of the speaker, of what is said, of the word of speech."""

    stance: Stance
    verb: tuple[int, int]
    speaker: tuple[int, int] | None
    """None for whoever spoke last: "he told reporters"."""
    speaker_value: str
    about: tuple[int, int]
    quoted: bool
    through: tuple[tuple[int, int], ...]
    hedge: tuple[int, int] | None
    evidence: tuple[tuple[int, int], ...]


def refined(text: str, claim: FoundClaim, mentions: Sequence[Mention], patterns: Patterns) -> FoundClaim:
    """Give the claim with the stance that its words take: "said that was false" denies."""
    if claim.stance is not Stance.ASSERT:
        return claim
    low, high = claim.about
    silent = next((found for stance, found in patterns.contents if stance is Stance.NO_COMMENT), None)
    if silent is not None and silent.search(text, low, high) is not None:
        return msgspec.structs.replace(claim, stance=Stance.NO_COMMENT)
    if _is_authority(claim, mentions):
        party = any(
            one.sort is Sort.NAME and low <= one.start <= low + 4 and (one.kind or " " in one.value) for one in mentions
        )
        accuses = not claim.quoted and (party or _OF_OTHERS.match(text, low) is not None)
        return msgspec.structs.replace(claim, stance=Stance.ACCUSE) if accuses else claim
    for stance, pattern in patterns.contents:
        if pattern.search(text, low, high) is not None:
            return msgspec.structs.replace(claim, stance=stance)
    return claim


def stance_of(text: str, patterns: Patterns) -> Stance:
    """Give the stance that the words of a speaker who is no authority take by themselves."""
    return next((stance for stance, found in patterns.contents if found.search(text) is not None), Stance.ASSERT)


def is_own_act(
    text: str, claim: FoundClaim, mentions: Sequence[Mention], acts: Sequence[tuple[int, int]], patterns: Patterns
) -> bool:
    """Tell what an authority says of its own act: "said it had designated" is the act, "considers that" its reason."""
    low, high = claim.about
    first = text[claim.verb[0] : claim.verb[1]].split(maxsplit=1)[0].casefold()
    if (
        first in patterns.own_words
        and not claim.quoted
        and (_is_authority(claim, mentions) or patterns.bodies_own.search(claim.speaker_value))
    ):
        return True
    within = any(low <= start and end <= high for start, end in acts)
    return claim.stance is Stance.ASSERT and within and not claim.quoted and _is_authority(claim, mentions)


def is_empty_denial(text: str, claim: FoundClaim) -> bool:
    """Tell a denial that does not say of what: "denied the allegations"."""
    return (
        claim.stance in {Stance.DENY, Stance.DISMISS}
        and _EMPTY.fullmatch(text[claim.about[0] : claim.about[1]]) is not None
    )


def _is_authority(claim: FoundClaim, mentions: Sequence[Mention]) -> bool:
    if claim.speaker is None:
        return False
    low, high = claim.speaker
    return any(
        one.sort is Sort.ISSUER
        and one.issuer is not None
        and one.issuer.gives
        and one.start <= low + 4
        and high <= one.end
        for one in mentions
    )
