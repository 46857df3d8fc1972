"""How far an act reaches in its sentence: where those whom it means may stand, and where the clause begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from interdiction.announcements.patterns import Patterns

_REPORTED: Final = re.compile(
    r"\b(?:said|says|announced|announces|confirmed|confirms|reported|reports|stated|wrote|revealed|told [\w ]{2,20})\b"
    r"(?:\s+(?:on\s+)?\w+day)?(?:\s+that)?(?=\s[^,]*\Z)"
)
"""In front of a passive, who only reports it: "Dominic Raab announced that 49 people would be sanctioned"."""
SPOKEN: Final = re.compile(
    r",\s+(?:[^,;.]{3,80},\s+)?[^,;.]{2,80}\s+(?:said|says|announced|told|added|confirmed)\b"
    r"|,\s+(?:said|says|according to|as announced)\b"
)
"""Behind an object, who speaks: ", Foreign Minister Winston Peters said"."""
_SEMICOLON: Final = re.compile(";")
_ITEM: Final = re.compile(
    r";\s+(?:and\s+|as well as\s+)?(?:(?:the|his|her|its|their|an?)\s+)?(?:[a-z-]+\s+){0,5}"
    r"(?![A-Z][\w'-]+\s+[a-z]+ed\b)[A-Z0-9\"]"
    r"(?:(?!\b(?:said|says|was|were|is|are|has|had|have|will|would|may|did|told)\b)[^;])*(?:;|\.?\Z|\bto\s|\bpursuant\b|\bfor\b)"
)
"""Behind a semicolon, what goes on with a list: "added Orvel Bank; Tessaly Trading; and Ivo Harlan to the list"."""
_ALONG: Final = re.compile(
    r"\b(?:along with|together with|alongside|besides|in addition to|as well as|as were)\s", re.IGNORECASE
)
_GOES_ON: Final = re.compile(
    r"(?:that|which|who)\s+(?:(?!\bwhich\b|\bwho\b)[^,;:]){3,80},(?=\s+(?:and|as well as|a|an|the)\s)"
)
"""A clause about one item, up to the comma behind which the list goes on."""
_EACH_UNDER: Final = re.compile(
    r"(?:pursuant\s+to|under)\s[^,;]{3,60},(?=\s+and\s+[A-Z][^,;]{2,60}\s(?:pursuant\s+to|under)\b)"
)
"""The order for one part of a list: "A and B pursuant to E.O. 1, and C pursuant to E.O. 2"."""
_COLON: Final = re.compile(r"(?:\s+(?:today|yesterday|on\s+\w+day|last\s+\w+))?:\s")
"""Behind a passive, what opens the list of those it means: "Four were delisted: Ivo Harlan, ..."."""
_INTO: Final = re.compile(r"\b(?:to|on|onto|in|under|from|off)\b", re.IGNORECASE)
CLAUSE: Final = re.compile(r"[;:]|,\s+(?:but|and|while|which|who|where)\b|\b(?:but|while|although|though)\b")


_AND: Final = re.compile(r",\s+and\Z")
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|says|told|did|does|do|may|can|could|must|shall|should|[a-z]{3,}ed|[a-z]{3,}s\s+(?:the|a|an|its|his|her|their))\b"
)
"""A verb, as far as its form tells: behind it ", and" begins another clause."""
_ASIDE: Final = re.compile(
    r",\s+(?:which|who|whose|whom|where)\b(?:(?!,\s+(?:which|who|whose|whom|where)\b)[^;])*,\s*\Z"
)
"""A clause about the subject in front of a verb: "Orvel Bank, which lent to Ivo Harlan, was hit"."""


def reach(text: str, start: int, end: int, until: int, side: str, patterns: Patterns) -> Iterator[tuple[int, int]]:
    """Give the places in which those whom a verb means stand; a colon may open a list of them behind a description."""
    if side == "within":
        into = [match.start() for match in _INTO.finditer(text, start, end)]
        yield start + len(text[start:end].split(maxsplit=1)[0]), into[-1] if into else end
        return
    if side == "before":
        high = before_aside(text, start)
        low = clause_start(text, high)
        told = _REPORTED.search(text, low, high)
        yield (told.end() if told else low), high
        below = _COLON.match(text, end)
        if below:
            yield below.end(), min(_stop(text, below.end(), patterns), until)
        more = _ALONG.search(text, end, until)
        if more:
            yield more.end(), min(_stop(text, more.end(), patterns), until)
        return
    stop = min(_stop(text, end, patterns), until)
    yield end, stop
    colon = text.find(": ", end, until)
    if colon >= stop:
        yield colon + 1, min(_stop(text, colon + 1, patterns), until)


def _stop(text: str, start: int, patterns: Patterns) -> int:
    """Give where the object of a verb ends: at a reason, a criterion, another clause or the end of the sentence.

    A clause about one item of a list ends at its comma: "a dealer that exports missiles, and the Tangun company".
    """
    at = start
    while True:
        ends = [len(text)]
        for pattern in (patterns.stops, patterns.criteria, patterns.reasons):
            match = pattern.search(text, at + 1)
            if match:
                ends.append(match.start())
        spoken = SPOKEN.search(text, at)
        ends += [spoken.start()] if spoken else []
        ends += [place for mark in (" -- ", " \u2014 ") if (place := text.find(mark, at)) >= 0]
        ends += [match.start() for match in _SEMICOLON.finditer(text, at) if not _ITEM.match(text, match.start())][:1]
        stop = min(ends)
        again = _GOES_ON.match(text, stop) or _EACH_UNDER.match(text, stop)
        if not again:
            return stop
        at = again.end()


def before_aside(text: str, end: int) -> int:
    """Give where a subject ends: in front of the clause about it that stands before its verb."""
    aside = _ASIDE.search(text, 0, end)
    return aside.start() if aside else end


def clause_start(text: str, end: int, bounds: re.Pattern[str] = CLAUSE) -> int:
    """Give where the clause begins in which a place stands; ", and" goes on with a list until a verb was told."""
    start = 0
    for match in bounds.finditer(text, 0, end):
        if not _AND.match(match[0]) or _FINITE.search(text, start, match.start()):
            start = match.end()
    return start
