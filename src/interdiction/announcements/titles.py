"""Legal acts named by a title nobody could list: the word it ends or begins with, and the capitals beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from interdiction.announcements.patterns import Patterns

_JOINING: Final = r"(?:of|the|and|for|on|to|in|with|against|concerning|through|&)"
_BEFORE: Final = re.compile(rf"(?:(?:[A-Z(](?:[^\s;:.\"]|\.\s?(?=\d))*|{_JOINING}),?\s+)+\Z")
_FIRST_TITLE: Final = re.compile(r"[A-Z(]")
_YEAR: Final = re.compile(r"(?:\s+\([A-Z]{2,8}\))?(?:,?\s+(?:of\s+)?(?:19|20)\d\d)?")
_BEHIND: Final = re.compile(
    r"(?:\s+of\s+\d{1,2}\s+[A-Z][a-z]+\s+\d{4})?(?:\s+No\.?\s?[\w/-]+)?"
    rf"(?:\s+\"[^\"]{{2,60}}\"|\s+(?:on|concerning|of|against|Implementing)(?:\s+(?:{_JOINING}|[A-Z][\w'-]*))*\s+[A-Z][\w'-]*"
    r"(?:\s+\"[^\"]{2,60}\")?)?"
)
_THIS: Final = re.compile(r"\bthis\s+\Z", re.IGNORECASE)
_LONGEST: Final = 160
"""Characters of a title in front of its last word."""


def titles_in(text: str, patterns: Patterns) -> Iterator[tuple[int, int]]:
    """Give the places of titles: "Kingpin Act", "Ordinance of 22 June 2005 on Measures concerning the Congo"."""
    for match in patterns.title_ends.finditer(text):
        start = _start(text, match.start(), patterns)
        year = _YEAR.match(text, match.end())
        if start is not None:
            yield start, _closed(text, start, year.end() if year else match.end())
    for match in patterns.title_begins.finditer(text):
        behind = _BEHIND.match(text, match.end())
        if behind and behind.end() > match.end():
            yield match.start(), behind.end()


def _start(text: str, end: int, patterns: Patterns) -> int | None:
    """Give where the capitals in front of the last word begin; none where there are none: "the Act"."""
    front = _BEFORE.search(text, max(0, end - _LONGEST), end)
    if front is None:
        return None
    start = front.start()
    # "Under the Kingpin Act", "In the Treaty": what opens the sentence is none of the title.
    opening = re.match(r"\W*([A-Za-z]+)\s+(?:the\s+)?", text[start:end])
    while opening and (opening[1].casefold() in patterns.leading or not opening[1][0].isupper()):
        if start + opening.end() >= end and opening[1].casefold() == "sanctions":
            break
        start += opening.end()
        opening = re.match(r"\W*([A-Za-z]+)\s+(?:the\s+)?", text[start:end])
    own = start < end and _FIRST_TITLE.match(text, start) and not _THIS.search(text, start, end)
    return start if own else None


def _closed(text: str, start: int, end: int) -> int:
    """Leave out a bracket that was opened before the title."""
    while text.count(")", start, end) > text.count("(", start, end):
        end = text.rfind(")", start, end)
    return end
