"""Legal acts named by a title nobody could list: the word it ends or begins with, and the capitals beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from interdiction.announcements.patterns import Patterns

_JOINING: Final = r"(?:of|the|and|for|on|to|in|with|against|concerning|through|&)"
_BEFORE: Final = re.compile(rf"(?:(?:(?<![\w/])[A-Z(](?:[^\s;:.\"]|\.\s?(?=\d))*|{_JOINING}),?\s+)+\Z")
_FIRST_TITLE: Final = re.compile(r"[A-Z(]")
_YEAR: Final = re.compile(r"(?:\s+\([A-Z]{2,8}\))?(?:,?\s+(?:of\s+)?(?:19|20)\d\d)?")
_BEHIND: Final = re.compile(
    r"(?:\s+of\s+\d{1,2}\s+[A-Z][a-z]+\s+\d{4})?(?:\s+No\.?\s?[\w/-]+|\s+[A-Z]+/[\w/-]*\d[\w/-]*)?"
    rf"(?:\s+\"[^\"]{{2,60}}\"|\s+(?:on|concerning|of|against|Implementing)(?:\s+(?:{_JOINING}|[A-Z][\w'-]*))*\s+[A-Z][\w'-]*"
    r"(?:\s+\"[^\"]{2,60}\")?)?"
)
_NUMBERED: Final = re.compile(
    r"(?:\s+\((?:[A-Z]{2,5}|[A-Z]\.[A-Z]\.)\))?\s+(?:(?:No|Nos|NO|Number|Num|nr|Nr|N°|Nº|№)\.?\s*|#\s*)\(?[A-Z]{0,5}[-/.]?[\w./-]*\d[\w/-]*(?:\.\d[\w/-]*)*\)?"
    r"(?:\s+\((?:19|20)\d\d\)|\s+of\s+(?:19|20)\d\d)?"
    r"|\s+(?:\d[\w/-]*/\d[\w/-]*|[A-Z]+/[\w/-]*\d[\w/-]*|\d+-[A-Z]\b|\d+(?=\s+of\s+(?:19|20)\d\d\b)\s+of\s+(?:19|20)\d\d)"
)
"""A number behind what a legal act is called; a bare one only with a stroke or a year: "Order 5" may be anything."""
_SAME: Final = re.compile(r"\b(?:Act|Law|Ordinance|Regulations?|Order)(?:,?\s+\d{4})?\s+\(\Z")
"""In front of a number that only repeats the title: "the Foreign Trade Act (Act No. 228 of 1949)"."""
_NAMED_SO: Final = re.compile(
    r"\s+(?:Authority|Institute|Office|Department|School|Firm|Group|Society|Cent(?:er|re)|Commission|Bureau|Council|Unit)\b|:\s*\d"
)
"""Behind what looks like a title, what makes it a body's name, or a label: "Stock Code: 9471"."""
_WITHIN: Final = re.compile(
    r"\b(?:Annex|Article|Schedule|Part|Section|Appendix|Chapter|Title)\b[^,]{0,12}?\s(?:to|of|in)\s+(?:the\s+)?"
)
"""In front of a title, what names a part of the act: "in the Annex to"."""
_MONTH: Final = re.compile(
    r"\bon\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\Z"
)
_THIS: Final = re.compile(r"\bthis\s+\Z", re.IGNORECASE)
_LONGEST: Final = 160
"""Characters of a title in front of its last word."""


def titles_in(text: str, patterns: Patterns) -> Iterator[tuple[int, int]]:
    """Give the places of titles: "Kingpin Act", "Ordinance of 22 June 2005 on Measures concerning the Congo"."""
    for match in patterns.title_numbers.finditer(text):
        numbered = _NUMBERED.match(text, match.end())
        if numbered and not _SAME.search(text, 0, match.start()):
            start = _start(text, match.start(), patterns, low=_last(text, match.start()))
            yield (match.start() if start is None else start), numbered.end()
    last = 0
    for match in patterns.title_ends.finditer(text):
        start = _start(text, match.start(), patterns, low=last)
        last = match.end()
        year = _YEAR.match(text, match.end())
        if (
            start is not None
            and not _NAMED_SO.match(text, match.end())
            and not _is_short_form(text, start, match.end())
        ):
            yield start, _closed(text, start, year.end() if year else match.end())
    for match in patterns.title_begins.finditer(text):
        behind = _BEHIND.match(text, match.end())
        if behind and behind.end() > match.end() and not _MONTH.search(text, match.end(), behind.end()):
            yield match.start(), behind.end()


def _last(text: str, end: int) -> int:
    """Give where the words in front of a numbered title may begin: behind the last comma or bracket."""
    ends = [text.rfind(mark, 0, end) + len(mark) for mark in (",", "(", "\n", " and ") if mark in text[:end]]
    return max(ends, default=0)


def _start(text: str, end: int, patterns: Patterns, *, low: int = 0) -> int | None:
    """Give where the capitals in front of the last word begin; none where there are none: "the Act"."""
    front = _BEFORE.search(text, max(low, end - _LONGEST), end)
    if front is None:
        return None
    start = front.start()
    within = list(_WITHIN.finditer(text, start, end))
    start = within[-1].end() if within else start
    if start == end:
        return None
    # "Under the Kingpin Act", "In the Treaty": what opens the sentence is none of the title.
    opening = re.match(r"\W*([A-Za-z]+)\s+(?:the\s+)?", text[start:end])
    while opening and (not opening[1][0].isupper() or _opens(text, start, opening[1], patterns)):
        if start + opening.end() >= end and opening[1].casefold() == "sanctions":
            break
        start += opening.end()
        opening = re.match(r"\W*([A-Za-z]+)\s+(?:the\s+)?", text[start:end])
    own = start < end and _FIRST_TITLE.match(text, start) and not _THIS.search(text, start, end)
    return start if own else None


def _opens(text: str, start: int, word: str, patterns: Patterns) -> bool:
    """Tell a word that only opens a sentence: "Under", not the first one of "the National Security Law"."""
    before = text[:start].rstrip()
    return word.casefold() in patterns.leading and (
        not before or before[-1] in '.:;"\u2022(' or text[start - 1] == "\n"
    )


def _is_short_form(text: str, start: int, end: int) -> bool:
    """Tell what only says how a title will be called: "(FIC Act)"."""
    return text[start] == "(" and text.startswith(")", end)


def _closed(text: str, start: int, end: int) -> int:
    """Leave out a bracket that was opened before the title."""
    while text.count(")", start, end) > text.count("(", start, end):
        end = text.rfind(")", start, end)
    return end
