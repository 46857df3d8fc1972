"""What a speaker does with what he says, where the words of it tell more than the verb, and what is no claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.phrases import Found
from interdiction.model.announcement import Stance

_OF_OTHERS: Final = re.compile(
    r"(?:the (?:company|firm|bank|group|network|ships?|vessels?|pair|two|men|man|couple|refinery|exchange)\b"
    r"|(?:he|she|they)\b|it (?!is\b|was\b|would\b|will\b|has\b|had\b|do(?:es)?\b|did\b|could\b|may\b|can\b"
    r"|never\b|only\b|(?:intend|expect|reserve|welcome|support|stand|remain)s\b)|its )",
    re.IGNORECASE,
)
"""With which an authority begins what it holds against somebody."""
_EMPTY: Final = re.compile(
    r"(?:(?:flatly|firmly|strongly|categorically|always)\s+)?(?:(?:reject(?:ed|s)?|dismiss(?:ed|es)?"
    r"|den(?:ied|ies))\s+)?(?:\w+['\u2019]s?\s+)?(?:(?:the|any|all|these|those|such|both|his|her|its|their"
    r"|senators['\u2019])\s+){0,2}(?:allegations?|accusations?|claims?|charges?|reports?|wrongdoing"
    r"|account|talk|findings?|it|this|that|them)",
    re.IGNORECASE,
)
_OFFICIALS: Final = re.compile(r"\bofficials?\b", re.IGNORECASE)
_TITLED: Final = re.compile(
    r"\b(?:Minister|Secretary|President|Commissioner|Director|Representative|Chancellor|Premier|Governor"
    r"|Attorney|Senator)\b"
)
_OURS: Final = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_OF_MYSELF: Final = re.compile(
    r"\W*I (?!(?:think|thought|believe|hope|expect|agree|welcome|would|will|wish|am|was|can|could|want|know|knew"
    r"|understand|thank|urge|call|look|regret|suspect|say|said|asked|feel|guess|heard|have to|suppose|love|support"
    r"|must|should|may)\b)\w"
)
"""With which somebody tells of his own life, where he is held to something: "I sold boots"."""
_OF_WHOM: Final = re.compile(r"\b(?:who|which|those|whoever)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_NEAR: Final = 24
"""Characters in front of words in which a clause begins."""
_BUT: Final = re.compile(r",?\s+but\s|;")
_NEGATED: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|do|am|been)\s+(?:\w+\s+)??(?:not|never|no|none|nothing"
    r"|nobody|neither)\b"
    r"|\b(?:none|nobody|no one|not one|not a|neither)\b|\bnever\s+\w+(?:ed|t|n|d)\b"
    r"|\b(?:bought|sold|did|shipped|said|paid|owes?|owns?|knows?|found|broke|sees?)\s+(?:nothing|nobody|no)\b",
    re.IGNORECASE,
)
"""Words that say of something that it is not so, or was not."""
_BEGINS_NOT: Final = re.compile(r"\W*(?:no(?! matter)|nothing|none)\b", re.IGNORECASE)
_SHORTENED: Final = tuple(
    (short.replace("'", sign), full)
    for sign in "'\u2019"
    for short, full in (
        ("won't", "will not"),
        ("can't", "cannot"),
        ("n't", " not"),
        ("I'm", "I am"),
        ("'re ", " are "),
        ("'ve ", " have "),
        ("'d ", " would "),
        ("'ll ", " will "),
        ("at's ", "at is "),
        ("t's ", "t is "),
        ("e's ", "e is "),
    )
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
    low, high = claim.about
    called = text[claim.verb[0] : claim.verb[1]].endswith('"') and "what" not in text[: claim.verb[0]].split()
    if claim.stance is Stance.ACCUSE and called:
        harm = _is_authority(claim, mentions) or any(
            found.search(text, low) for stance, found in patterns.contents if stance is Stance.ACCUSE
        )
        return claim if harm else msgspec.structs.replace(claim, stance=Stance.DISMISS)
    if claim.stance is not Stance.ASSERT:
        return claim
    words = spelled_out(text, low, high)
    silent = next((found for stance, found in patterns.contents if stance is Stance.NO_COMMENT), None)
    if silent is not None and silent.search(*words) is not None:
        return msgspec.structs.replace(claim, stance=Stance.NO_COMMENT)
    insists = text.startswith("insist", claim.verb[0])
    if _is_authority(claim, mentions):
        party = any(
            one.sort is Sort.NAME and low <= one.start <= low + 4 and (one.kind or " " in one.value) for one in mentions
        )
        accuses = not claim.quoted and (party or _OF_OTHERS.match(text, low) is not None)
        if accuses or not insists:
            return msgspec.structs.replace(claim, stance=Stance.ACCUSE) if accuses else claim
    stance = stance_of(text, patterns, low, high, plainly=_speaks_plainly(claim, text[low:high]))
    return msgspec.structs.replace(claim, stance=stance) if stance is not Stance.ASSERT else claim


def stance_of(text: str, patterns: Patterns, low: int = 0, high: int | None = None, *, plainly: bool = False) -> Stance:
    """Give the stance that the words of a speaker who is no authority take by themselves.

    Words of the patterns tell it; without one, who says that something is not so denies it. What will not be, or is not
    decided, denies nothing; `plainly`: neither does who only speaks for an authority.
    """
    words, low, high = spelled_out(text, low, len(text) if high is None else high)
    searched = ((stance, found.search(words, low, high)) for stance, found in patterns.contents)
    told = next((stance for stance, found in searched if _stands(found, stance, words)), None)
    if told is not None:
        return told
    if _OF_MYSELF.match(words, low, high):
        return Stance.DENY
    but = None if plainly else _BUT.search(words, low, high)
    high = but.start() if but is not None else high
    negated = not plainly and (_BEGINS_NOT.match(words, low, high) or _NEGATED.search(words, low, high)) is not None
    return Stance.DENY if negated and patterns.undecided.search(words, low, high) is None else Stance.ASSERT


def _stands(found: Found | None, stance: Stance, words: str) -> bool:
    """Tell words that take a stance; those of a clause about others accuse nobody: "the people who stole it"."""
    if found is None:
        return False
    return stance is not Stance.ACCUSE or _OF_WHOM.search(words, max(0, found.start() - _NEAR), found.start()) is None


def _speaks_plainly(claim: FoundClaim, words: str) -> bool:
    """Tell whoever only speaks for an authority: officials, and a minister who says what "we" do."""
    titled = _TITLED.search(claim.speaker_value) is not None and _OURS.search(words) is not None
    return titled or _OFFICIALS.search(claim.speaker_value) is not None


def spelled_out(text: str, low: int, high: int) -> tuple[str, int, int]:
    """Give a place of a text without contractions, "did not" for "didn't"; the text itself where it has none.

    A search asks for a text once; for a new one it has to read it.
    """
    if text.find("'", low, high) < 0 and text.find("\u2019", low, high) < 0:
        return text, low, high
    words = text[low:high]
    for short, full in _SHORTENED:
        words = words.replace(short, full)
    return words, 0, len(words)


def is_own_act(
    text: str, claim: FoundClaim, mentions: Sequence[Mention], acts: Sequence[tuple[int, int]], patterns: Patterns
) -> bool:
    """Tell what an authority says of its own act: "said it had designated" is the act, "considers that" its reason."""
    low, high = claim.about
    if claim.stance is Stance.ASSERT and claim.speaker_value.startswith(("Nobody", "No one", "None ")):
        return True
    if text.startswith(("WHEREAS", "Whereas")) and not claim.quoted:
        return True
    first = text[claim.verb[0] : claim.verb[1]].split(maxsplit=1)[0].casefold()
    spoken = claim.quoted and text[max(0, low - 1) : low] == '"'
    named = claim.speaker is None and any(one.gives and one.name == claim.speaker_value for one in patterns.issuers)
    body = named or _is_authority(claim, mentions) or patterns.bodies_own.search(claim.speaker_value) is not None
    if first in patterns.own_words and not spoken and body:
        return True
    within = any(low <= start and end <= high for start, end in acts)
    says = claim.stance in {Stance.ASSERT, Stance.ACCUSE}
    return says and within and not claim.quoted and _is_authority(claim, mentions)


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
