"""Numbers of targets that a text gives, named or not: "10 individuals", "three organizations"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns

_ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_TENS: Final = {"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12, "pair of": 2, "trio of": 3, "quartet of": 4}  # fmt: skip
_WORDS: Final = {word: number for number, word in enumerate(_ONES.split(), start=1)} | _TENS
_UNITS: Final = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER: Final = re.compile(
    rf"(?<![\w$€£.,/\[-])(\d{{1,3}}(?:,\d{{3}})*|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:{_UNITS})"
    rf"|(?:{_UNITS})\s+dozen|{'|'.join(_WORDS)})(?![\w%-]|[.,/]\d)",
    re.IGNORECASE,
)
_MONTHS: Final = "january|february|march|april|may|june|july|august|september|october|november|december"
_SECTION: Final = re.compile(
    rf"\b(?:section|article|paragraph|para|part|item|annex|regulation|no|number|page|chapter|group|category|{_MONTHS})\.?\s+\Z",
    re.IGNORECASE,
)
"""In front of a number that counts nothing: "section 8", "May 6"."""
_NOT_COUNTED: Final = re.compile(
    rf"(?:-|\s+dozen\b|\s+(?:{_MONTHS})\b)"
    r"|\s*(?:percent|per cent|million|billion|trillion|years?|months?|days?|hours?)\b",
    re.IGNORECASE,
)
_BOUNDARY: Final = re.compile(
    r"[,.;:()+]|\s&\s|\b(?:and|of|in|from|to|on|under|for|by|with|against|that|who|which|linked|based|including|over|as|at)\b"
)
_PLURAL: Final = re.compile(r"\s+(?:[\w'-]+\s+){0,4}?([a-z]{3,}(?:s|men|women))\b")
_OF_THEM: Final = re.compile(
    r"\s+of\s+(?:(?:the|its|his|her|their|these|those)\b|x*(?:'s)?(?=\s)|[A-Z]\w+'s)", re.IGNORECASE
)
_ALONE: Final = re.compile(r"\s*(?:,|;|\.|\Z|\s(?:sanctioned|designated|listed|blacklisted|delisted|removed|added)\b)")
"""A number without a noun: "OFAC Delists Three"."""
_NEAR: Final = 12
"""Characters around a number that stands alone, which are all that a verb reaches."""
_THE: Final = re.compile(r"\b(?:the|these|those|all|both)\s+(?:\w+ly\s+)?\Z", re.IGNORECASE)
_GOES_ON: Final = re.compile(
    r"\s+(?:[\w-]+\s+){1,2}?(?:are|were|is|was|have|has|had|will|would|may|can|could|do|did|run|own|made|through|under)\b"
)
_SEVERAL: Final = re.compile(r"x{4,}(?:,\s+x{4,})*,?\s+and\s+x{4,}")
"""Countries in a row in front of a noun, masked: "27 Chinese, Iranian and Turkish companies"."""
_REACH: Final = 7
"""Words between a number and what is counted: "10 senior North Korean government officials"."""


def counts_in(
    text: str, low: int, high: int, patterns: Patterns, mentions: Sequence[Mention] = ()
) -> Iterator[tuple[int, str | None, int, int]]:
    """Give number, kind of party, and the place of the words, of what is counted in `text[low:high]`."""
    text = _masked(text, mentions, patterns)
    for match in _NUMBER.finditer(text, low, high):
        if _SECTION.search(text, 0, match.start()) or _NOT_COUNTED.match(text, match.end()):
            continue
        if _points_back(text, match.start(), match.end(), high):
            continue
        number = number_in(match[0]) or 0
        direct = match.start() - low <= _NEAR and low > 0
        found = _noun(text, match.end(), high, patterns, direct=direct)
        if found is not None:
            both = _kinds_after(text, found[0], high, patterns)
            yield number, (None if both else found[1]), match.start(), found[0] + both
        elif _ALONE.match(text, match.end()) and high - match.end() <= _NEAR and low >= match.start() - _NEAR:
            yield number, None, match.start(), match.end()


def _noun(text: str, start: int, high: int, patterns: Patterns, *, direct: bool) -> tuple[int, str | None] | None:
    """Give where the noun that is counted ends, and its kind: "10 senior officials", "two of the firms"."""
    of = _OF_THEM.match(text, start, high)
    start = of.end() if of else start
    boundary = _BOUNDARY.search(text, start, high)
    high = boundary.start() if boundary else high
    best: tuple[int, str | None] | None = None
    if direct and (plural := _PLURAL.match(text, start, high)) and plural[1] not in patterns.not_counted:
        best = plural.end(), None
    for kind, noun in patterns.lexicons.counted.finditer(text, start, high):
        near = len(text[start : noun.start()].split()) <= _REACH
        if near and (best is None or (kind is not None and (best[1] is None or noun.end() > best[0]))):
            best = (noun.end(), kind.value if kind else None)
    return best


def _points_back(text: str, start: int, end: int, high: int) -> bool:
    """Tell a number of those told of before: "The two companies are", not "The ten officials named today"."""
    return _THE.search(text, 0, start) is not None and _GOES_ON.match(text, end, high) is not None


def number_in(text: str) -> int | None:
    """Give the first number that a sentence writes: 3 for "All three had been under sanctions"."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    return _value(match[1].casefold())


def _value(said: str) -> int:
    if said.endswith("dozen") and " " in said:
        return _WORDS[said.split(maxsplit=1)[0]] * _WORDS["dozen"]
    if "-" in said:
        return sum(_WORDS[word] for word in said.split("-"))
    return _WORDS.get(said) or int(said.replace(",", ""))


def _masked(text: str, mentions: Sequence[Mention], patterns: Patterns) -> str:
    """Give the text with countries and issuers as one word each: "17 Democratic People's Republic officials"."""
    for one in mentions:
        if one.sort not in {Sort.COUNTRY, Sort.ISSUER}:
            continue
        plural = text[one.end - 1] == "s"
        if not plural or next(patterns.lexicons.counted.finditer(text, one.start, one.end), None) is None:
            text = f"{text[: one.start]}{'x' * (one.end - one.start)}{text[one.end :]}"
    text = _SEVERAL.sub(lambda found: "x" * len(found[0]), text)
    return re.sub(r"\([^()]*\)", lambda found: " " * len(found[0]), text)


def _kinds_after(text: str, end: int, high: int, patterns: Patterns) -> int:
    """Give the length of "and organizations" behind "17 officials": a number of two kinds together is of neither."""
    tail = re.match(r"\s+and\s+((?:[a-z-]+\s+){0,2}?)([a-z]+)", text[end:high])
    if tail and any(pattern.fullmatch(tail[2]) for _, pattern in patterns.counted):
        return tail.end()
    return 0
