"""Which words of a sentence are words of speech: verbs that speak always, and those that do so only before a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from interdiction.announcements.mentions import Mention
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.phrases import Found
from interdiction.announcements.speakers import PRONOUN, SPEAKS_ON
from interdiction.model.announcement import Stance

_THAT_OR_QUOTE: Final = re.compile(
    r"\s*,?\s+(?:on|in|to|at|via|by|without|during|after|before|through|late|early|yesterday|today|again"
    r"|later|earlier|last"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^.;\":]{0,60}?\sthat\b"
    r"|\s*[,:]?\s*(?:that\b|how\b|why\b|whether\b|\")|\s+(?:it|he|she|they|we|I|there|nobody|none)\b"
    r"|(?:\s+(?:on\s+\w+|yesterday|today|\w+day|last\s+\w+|this\s+\w+))?\s+(?:the|a|an|no|its|his|her|their|this|these|those|all|any|some|[A-Z][\w'-]*)\b[^,.;:\"]{0,60}?"
    r"\s(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|did|does|do|should)\b"
)
"""What a word has to stand before that speaks only sometimes: "added that", "added: "It rained."", "added it had"."""
_WHO: Final = re.compile(r"[\w\")],?\s+who\s+(?:(?:has|have|had|also|once|later|earlier|still|never|always)\s+)*\Z")
"""In front of what somebody says of whom a clause tells: "the minister, who hinted"."""
_ANYONE: Final = re.compile(
    r"\b(?:any|anyone|anybody|those|persons?|whoever|everyone|individuals?|entities|companies"
    r"|businesses)\s+(?:who|which|that)\s+(?:\w+\s+)?\Z",
    re.IGNORECASE,
)
"""Of whom nobody in particular speaks: "anyone who suspects a breach"."""
_CONDITIONAL: Final = re.compile(r"\b(?:if|unless|whether|until|whoever|who)\s+[^,;]*\Z", re.IGNORECASE)
_QUOTED_BEFORE: Final = re.compile(r"\"\s+(?:(?!said\b|told\b)[\w.'-]+\s+){1,6}\Z")
_DISMISSED: Final = frozenset({"dismissed", "dismisses", "dismissing"})
_NOUN_IN_FRONT: Final = re.compile(
    r"(?:['\u2019]s|s['\u2019]|\b(?:the|a|an|any|this|that|of|no|such|to|trade|trades|traded|lay|take"
    r"|shift|under|without|on|about|over|with|in|for|of|press|media|by|first|second|third"
    r"|eighth|main|prime|new|his|her|its|their))\s+\Z",
    re.IGNORECASE,
)
"""In front of a word that there is a noun: "trade blame", "Tehran's reply"."""
_NOUN_BEHIND: Final = re.compile(
    r"\s*(?:[.,;:)]|\Z)|\s+(?:of|and|against|over|about|from|by|in|is|was|are|were|has|have|will|would|may)\b"
)
_WILL: Final = re.compile(r"\b(?:will|would|may|might|could|to|plans|shall)\s+\Z", re.IGNORECASE)
_THE_SAID: Final = re.compile(r"\b(?:the|that|of|to|any|such)\s+\Z", re.IGNORECASE)
"""In front of "said" that is an adjective: "the said Act"."""
_NEAR: Final = 20
"""Characters in front of "stating" in which stands the paper that states."""
_FRONT: Final = 100
"""Characters in front of a word of speech in which stands what it belongs to."""
_REACH: Final = 60
"""Characters behind "dismissed" in which stands what a speaker dismisses."""


def spoken_words(
    text: str,
    mentions: Sequence[Mention],
    quotes: Sequence[tuple[int, int]],
    through: Sequence[tuple[int, int]],
    patterns: Patterns,
    last: str,
) -> list[tuple[int, int, Stance]]:
    """Give the places of the words of speech, the longest of those that overlap."""
    verbs: list[tuple[int, int, Stance]] = []
    for stance, match in patterns.lexicons.speech.finditer(text):
        low = match.start()
        near = max(0, low - _FRONT)
        inside = any(start <= low < end for start, end in quotes)
        agency = stance is Stance.ASSERT and any(start <= low < end for start, end in through)
        named = any(one.start <= low < one.end for one in mentions)
        pronoun = PRONOUN.search(text, near, low) is not None and not (last and SPEAKS_ON.search(text, near, low))
        pronoun = pronoun and not _WHO.search(text, near, low)
        if not (inside or agency or named or pronoun or _is_noun(text, match, stance, patterns)):
            verbs.append((low, match.end(), stance))
    kept: list[tuple[int, int, Stance]] = []
    for one in sorted(verbs, key=lambda one: one[0] - one[1]):
        if not any(one[0] < other[1] and other[0] < one[1] for other in kept):
            kept.append(one)
    return sorted(kept)


def _is_noun(text: str, match: Found, stance: Stance, patterns: Patterns) -> bool:
    """Tell a word of speech that here is none: "Britain added two firms", "press reports", "denied his petition"."""
    word = match[0].split()[0].casefold()
    near = max(0, match.start() - _FRONT)
    quoted = text[near : match.start()].rstrip().endswith('"') or _QUOTED_BEFORE.search(text, near, match.start())
    noun = match[0].casefold() in patterns.speech_nouns
    behind = noun and not quoted and _NOUN_BEHIND.match(text, match.end()) is not None
    written = match[0].endswith("ing") and patterns.papers.search(text, max(0, match.start() - _NEAR), match.start())
    paper = written is not None and written is not False and written.end() >= match.start() - 1  # "a notice stating"
    base = stance is not Stance.NO_COMMENT and not word.endswith(("ed", "s")) and text.endswith("to ", 0, match.start())
    planned = (
        stance is Stance.DOUBT and _WILL.search(text, near, match.start()) is not None
    )  # "would contest the listing"
    if (
        behind
        or base
        or paper
        or planned
        or _ANYONE.search(text, near, match.start())
        or (noun and _NOUN_IN_FRONT.search(text, near, match.start()))
    ):
        return True
    if (
        match[0].endswith('"')
        and text[: match.start()].endswith(", ")
        and match.end() < len(text)
        and text[match.end()].isupper()
    ):
        return True  # "Harlan, dubbed "The Tea Man", said"
    adjective = match[0] == "said" and _THE_SAID.search(text, near, match.start()) is not None
    refuses = stance is Stance.DENY and patterns.refused.search(text, match.end(), match.end() + _REACH) is not None
    if adjective or refuses or (stance is Stance.NO_ANSWER and _CONDITIONAL.search(text, 0, match.start())):
        return True
    if word in _DISMISSED and match[0].casefold() == word:
        return patterns.dismissed.search(text, match.end(), match.end() + _REACH) is None
    if stance is not Stance.ASSERT or word not in patterns.speech_if:
        return False
    return not quoted and not match[0].endswith(" that") and _THAT_OR_QUOTE.match(text, match.end()) is None
