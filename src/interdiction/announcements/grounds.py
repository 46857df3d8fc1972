"""Criteria of a sentence, where they end, and measures that no longer hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns

_CLAUSE_END: Final = re.compile(
    r";|,?\s+pursuant to\b|,\s+(?:insisting|saying|in what|which|and|but|according to|the statement|reported|said)\b"
    r"|,\s+[^,;]{2,40}?\s(?:said|says|reported|added|wrote)\b|\"|\.?\s*\Z"
)
_BACK: Final = 60
"""Characters in front of a measure in which a word undoes it."""
_CLAUSE: Final = re.compile(r"[;:]|,\s+(?:and|but|while|which)\b|\bbut\b|\band(?=\s+remains?\b)")
_MEANS: Final = re.compile(r"\s+(?:means|prevents)\b")
"""What follows is the measure: "An asset freeze prevents any person from dealing"."""
_NOT: Final = re.compile(r"\b(?:not|n't|rather than|instead of)\s+\Z|\bwhether\b[^.;]*\Z", re.IGNORECASE)
"""In front of what is no ground: "not because she had done nothing"."""
_AND_FOR: Final = re.compile(r"\s+and\s+(?=for\s+(?:\w+ing|having|being)\b)")
_REASONS: Final = re.compile(
    r"(?:\A|[\s(])(?:[Ss]tatement of [Rr]easons|[Rr]easons? (?:for (?:the )?)?[Ll]isting|[Rr]easons?"
    r"|[Gg]rounds?(?: for (?:listing|designation))?|[Jj]ustification"
    r"|[Bb]asis for (?:listing|designation))(?:\s[^:.;]{1,60})?\)?:\s+(?=[A-Za-z\"])"
)
"""A label in front of a ground: "Reasons for listing: ..."."""
_NOT_FOR: Final = re.compile(
    r"\b(?:responsible|accountable|known|used|permission|approval|need|account|except|apart|look|way)\s+\Z",
    re.IGNORECASE,
)


def grounds_in(
    text: str, acted: int | None, patterns: Patterns, quotes: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[int, int]]:
    """Give the places of words with which a criterion begins; `acted` is where an act of the sentence ends."""
    last = 0
    label = _REASONS.search(text)
    if label is not None:
        yield label.end(), min(label.end() + 1, len(text))
        last = len(text)
    places = [match.span() for match in patterns.criteria.finditer(text)]
    if acted is not None:
        places += [
            match.span()
            for match in patterns.criteria_of_acts.finditer(text, acted)
            if not _NOT_FOR.search(text, max(0, match.start() - _BACK), match.start())
            and not any(low < match.start() and match.end() < high for low, high in quotes)
        ]
    for start, end in sorted(places, key=lambda one: (one[0], -one[1])):
        if start >= last and _NOT.search(text, 0, start) is None:
            last = end
            yield start, end


def is_undone(text: str, start: int, end: int, patterns: Patterns) -> bool:
    """Tell a measure that is lifted, or is not taken: "no longer subject to an asset freeze"."""
    clause = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    if patterns.undone.search(text, max(clause, start - _BACK), start) is not None:
        return True
    return "no longer" in text[start:end] or _MEANS.match(text, end) is not None


def clause_end(text: str, start: int, mentions: Sequence[Mention]) -> int:
    """Give where a reason or criterion ends: "In response to the attack, President Obama today signed ..."."""
    match, more = _CLAUSE_END.search(text, start), _AND_FOR.search(text, start)
    ends = [match.start() if match else len(text)]
    ends += [more.start()] if more else []
    ends += [
        one.start - 2 for one in mentions if one.sort is Sort.ISSUER and text[max(0, one.start - 2) : one.start] == ", "
    ]
    return min(end for end in ends if end >= start)
