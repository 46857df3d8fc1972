"""How a text speaks of an act: as done, announced, considered, threatened, possible or denied."""

from __future__ import annotations

import re
from typing import Final

from interdiction.announcements.patterns import Patterns
from interdiction.announcements.reach import clause_start
from interdiction.model.announcement import ActKind, Modality

_LATER: Final = re.compile(r"\b(?:after|because|since|once|when|now that)\s+(?=(?:the\s+)?[A-Z]|it\b|they\b)")
"""Words behind which another clause begins: "can say goodbye after the Treasury listed him"."""
_DID: Final = re.compile(r"\b(?:did|does|do)\s+\Z")
_JOINED_NOUN: Final = re.compile(r"[a-z]+ions?\s+of\b")
_SHARED: Final = re.compile(r"\bannounc\w+\b[^.;:]*\band\s+\Z")
_ANEW: Final = re.compile(r",\s+(?:the\s+)?[A-Z]")
"""A comma behind which another subject begins: "were that not enough, OFAC designated"."""
_CONDITIONS: Final = frozenset({"if", "unless"})
"""Words of a clause that ends at its comma; the main one says itself when it is only possible: "would"."""
_OF_ITSELF: Final = frozenset({Modality.CONSIDERED, Modality.WARNED})
"""How the words of an act may speak of it themselves: "considers a ban"."""
_DIGIT: Final = re.compile(r"\s*\d")
_DAY_OF: Final = re.compile(r"(?:\d(?:st|nd|rd|th)?|\b(?:in|last|this|since|late|early))\s+\Z")
_WARNED: Final = frozenset({ActKind.SPONSOR})
_EXPOSED: Final = re.compile(r"(?:risk|could|may|might|would|can|expos)", re.IGNORECASE)
_ANNOUNCED: Final = re.compile(r"(?:announc|unveil)", re.IGNORECASE)
_BASE: Final = re.compile(r"(?:designate|blacklist)\b", re.IGNORECASE)
_NOBODY: Final = re.compile(
    r"\s+(?:nobody|no[- ]one|none|neither"
    r"|no\s+(?:new\s+)?(?:individual|person|part|entit|compan|bank|firm|vessel|name)\w*)\b"
)
"""An object that is none: "the order itself names nobody"."""
_BEFORE_VERB: Final = 70
"""Characters in front of a verb in which a word turns it into something not done."""


def modality_of(text: str, start: int, end: int, patterns: Patterns, kind: ActKind) -> Modality:
    """Give how the text speaks of an act: by its object, by the words in front of it in its clause, and by its own."""
    if _NOBODY.match(text, end):
        return Modality.DENIED
    return _spoken(text, start, end, patterns, kind)


def _spoken(text: str, start: int, end: int, patterns: Patterns, kind: ActKind) -> Modality:
    low = max(clause_start(text, start), start - _BEFORE_VERB)
    low = max((match.end() for match in _LATER.finditer(text, low, start)), default=low)
    before = text[low:start]
    if _EXPOSED.match(text, start) and kind is not ActKind.AUTHORISE:
        return Modality.HYPOTHETICAL
    for modality, pattern in patterns.modality:
        for match in pattern.finditer(before):
            if modality is Modality.DENIED and (not _near(before, match.end()) or _ANEW.search(before, match.end())):
                continue
            if match[0].casefold() in _CONDITIONS and "," in before[match.end() :]:
                continue  # "As if that were not enough, OFAC designated"
            if match[0] == "May" and (_DIGIT.match(before, match.end()) or _DAY_OF.search(before, 0, match.start())):
                continue  # the month
            return modality
        if modality in _OF_ITSELF and pattern.search(text, start, end):
            return modality
    if kind in _WARNED and "consider" in text[:start]:
        return Modality.CONSIDERED
    # "Designate him": whoever asks for it has not done it.
    if _BASE.match(text, start) and not _DID.search(text, 0, start):
        return Modality.HYPOTHETICAL
    # "Announced the designation of A and identifications of B": both are announced.
    shared = _JOINED_NOUN.match(text, start) and _SHARED.search(text, 0, start)
    return Modality.ANNOUNCED if shared or _ANNOUNCED.match(text, start) else Modality.DONE


def _near(before: str, end: int) -> bool:
    return len(before[end:].split()) <= 2
