"""Quotations that no word of speech holds: "...," shrugged Ada Quill; he laughed at it: "..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.speakers import noun_phrase
from interdiction.announcements.stances import FoundClaim, refined
from interdiction.announcements.wordspan import trimmed
from interdiction.model.announcement import Stance

_LEAST: Final = 3
"""Words of a quotation that says something; fewer are a word in quotation marks."""
_ENDS: Final = re.compile(r"[,!?\u2026]['\u201d]?\Z")
_OPENS: Final = re.compile(r"(?:\A\W*|[:,]\s*)\Z")
_PRONOUN: Final = re.compile(r"\b(?:he|she|they|it)\b", re.IGNORECASE)
_LONGEST: Final = 18
"""Words beside a quotation that only say whose it is."""


def loose_quotes(
    text: str,
    mentions: Sequence[Mention],
    quotes: Sequence[tuple[int, int]],
    found: Sequence[FoundClaim],
    patterns: Patterns,
    *,
    last: str,
) -> Iterator[FoundClaim]:
    """Give the quotations of a sentence that stand in no claim yet, with whoever speaks in the sentence.

    He is the speaker of its other claims, whom the words beside the quotation name, or who spoke last (`last`).
    """
    taken = [one.about for one in found]
    for low, high in quotes:
        inner = text[low:high].strip('" ')
        covered = any(start < high and low < end for start, end in taken)
        whole = _ENDS.search(text[low:high].rstrip('" ')) is not None or _OPENS.search(text[:low]) is not None
        words = re.findall(r"[^\W\d_]{4,}", inner)
        title = bool(words) and sum(word[0].isupper() for word in words) > len(words) / 2
        least = 1 if not text[:low].strip() and inner.endswith(",") else _LEAST  # ""Nonsense," shrugged the trader"
        if covered or not whole or title or len(inner.split()) < least:
            continue
        speaker = _speaker(text, low, high, mentions, found, patterns, last)
        if speaker is None:
            continue
        about = trimmed(text, low, high)
        claim = FoundClaim(Stance.ASSERT, (low, high), speaker[0], speaker[1], about, True, (), None, ())
        claim = refined(text, claim, mentions, patterns)
        taken.append(about)
        yield claim


def _speaker(
    text: str,
    low: int,
    high: int,
    mentions: Sequence[Mention],
    found: Sequence[FoundClaim],
    patterns: Patterns,
    last: str,
) -> tuple[tuple[int, int] | None, str] | None:
    spoken = [one for one in found if one.stance is not Stance.NO_ANSWER]
    if spoken:
        return spoken[-1].speaker, spoken[-1].speaker_value
    beside = [(high, len(text)), (0, low)]
    ends = text[low:high].rstrip('" ').endswith((",", "?", "!"))
    opens = re.search(r"[:,]\s*\Z", text[:low]) is not None
    for start, end in beside if ends else beside[::-1] if opens else ():
        words = text[start:end]
        if not words.strip(' .,"') or len(words.split()) > _LONGEST or '"' in words.strip(' "'):
            continue
        named = [
            one for one in mentions if start <= one.start < end and one.sort in {Sort.NAME, Sort.ISSUER, Sort.COUNTRY}
        ]
        phrase = noun_phrase(text, start, end, patterns)
        if patterns.papers.search(words) is not None:
            continue
        if named and (phrase is None or named[0].start >= phrase[0][0]):
            return (named[0].start, named[0].end), named[0].value
        if phrase is not None:
            return phrase
        if last and _PRONOUN.search(words):
            return None, last
    return None
