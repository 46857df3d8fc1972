"""Which words of a sentence a claim holds: those behind its word of speech, or in front of it."""

from __future__ import annotations

import re
from typing import Final

from interdiction.announcements.speakers import closes
from interdiction.announcements.wordspan import trimmed
from interdiction.model.announcement import Stance

_THAT: Final = re.compile(
    r"\A\s*(?:,\s[^,\"]{2,40},\s*(?=that\b)|(?:on|in|to|at|via|by|without|during|after|before|through|late"
    r"|early|yesterday|today|again"
    r"|later|earlier|last|throughout|(?:Mon|Tues|Wednes|Thurs|Fri|Satur"
    r"|Sun)day)\b[^.;,\":]{0,50}?\s(?=that\b))?(?:that\s+)?"
)
_CLAUSE_END: Final = re.compile(
    r",\s+(?:but|despite|which|while|calling|according to|using an)\b|,?\s+and\s+[a-z]+(?:ed|said)\b|\s+despite\b|;"
    r"|[,:]\s+\"(?=[\w'\u2019]+(?:,?\s+[\w'\u2019]+){3})"
)
_AND_THAT: Final = re.compile(r",?\s+and\s+that\s+(?=(?:\w+\s+){2})")
_ASIDE: Final = re.compile(
    r",\s+(?!but\b|and\b|while\b|which\b|who\b|adding\b|citing\b|according\b|though\b|\w+ing\b)[^;]{12,}"
)
_LEAD: Final = re.compile(r"\A(?:[\s,\"]|but\s|and\s)+")
_OPENING: Final = re.compile(r"\A\W*(?:while|by|after|despite)?\s*\Z", re.IGNORECASE)
_FEW: Final = 2
_TITLE: Final = 6
"""Words of a title."""
_TOLD_THAT: Final = re.compile(r"\s+(?:[\w.'-]+\s+){1,7}?that\s+")
_TOLD_WHOM: Final = re.compile(
    r"\s+(?:(?:The\s)?[A-Z][\w.'&-]*(?:\s+[A-Z][\w.'&-]*){0,4}|reporters|journalists|us|lawmakers|investors|parliament)"
    r"(?:\s+(?:on\s+[A-Z]\w+|by\s+(?:phone|telephone|email)|in\s+an?\s+\w+))?\s+(?=(?:the|it|he|she|they"
    r"|no|its|his|her|a|an|there)\b)"
)
"""Whom somebody told: what was said stands behind."""
_TOLD_WHOLE: Final = frozenset({Stance.DENY, Stance.DISMISS, Stance.ACCUSE})
_FOR_COMMENT: Final = re.compile(
    r"\s*(?:for (?:further )?comments?|to (?:an? )?(?:\w+\s+)?(?:requests?|emails?|e-mails?|calls?"
    r"|messages?|letters?|questions?|inquiries)\b)"
)
_DROPPED: Final = frozenset({Stance.NO_COMMENT, Stance.NO_ANSWER})


def scope(
    text: str, verb: tuple[int, int], speaker: tuple[int, int], before: int, after: int, stance: Stance
) -> tuple[int, int]:
    """Give what is said: behind the verb, or in front of it where the speaker ends the sentence."""
    start, end = verb
    behind = speaker[0] >= end
    tail = text[max(end, speaker[1]) :].strip(' .\n"')
    lead = _LEAD.match(text[before:start])
    before += lead.end() if lead else 0
    front = text[before : min(speaker[0], start)].rstrip()
    # "...," Minister Ada Quill said: a title may stand between the quotation and the name.
    mark = front.rfind('"')
    if mark > 0 and front[mark - 1] in ",.?!" and (len(front[mark + 1 :].split()) <= _TITLE or closes(text, end)):
        front = front[: mark + 1]
    quoted = front.endswith('"')
    if stance in _DROPPED and (closes(text, end) or _FOR_COMMENT.match(text, end)):
        return verb
    closing = quoted or behind or not tail or closes(text, end)
    ends = quoted or front.endswith((",", ",'"))
    aside = _ASIDE.match(text, end) if ends and not quoted and not behind and front.strip(' "') else None
    if stance is Stance.ASSERT and aside and '"' not in text[before:]:
        return trimmed(text, before, aside.end())  # "Riak, he said, had been in hospital": all of it
    if stance is Stance.ASSERT and closing and ends and len(front.split()) > _FEW:
        return trimmed(text, before, before + len(front))
    if behind and _OPENING.match(text[:start]) and text[start:end].endswith("ing"):
        return trimmed(text, end, speaker[0])
    low = speaker[1] if behind else end
    that = _THAT.match(text[low:])
    told = (_TOLD_THAT.match(text, end) or _TOLD_WHOM.match(text, end)) if text[end - 4 : end] == "told" else None
    low = told.end() if told else low + (that.end() if that else 0)
    stop = _CLAUSE_END.search(text, low, after)
    if stop is not None and not text[low : stop.start()].strip(' ,:"\n'):
        stop = _CLAUSE_END.search(text, stop.end() + 1, after)  # "insisted: "We have pictures""
    high = stop.start() if stop else min(len(text), max(after, low))
    if stop is None and after < len(text):
        high = _before_next(text, low, after)
    low, high = trimmed(text, low, high)
    if stance in _TOLD_WHOLE and len(text[start:end].split()) > _FEW and not behind:
        low, high = start, max(high, end)  # "called the list a farce": what he called it stands in the words of speech
    if low >= high or text[low:high] in {"and", "but"}:
        said = stance is Stance.ASSERT or text[:start].rstrip().endswith('"')
        return trimmed(text, 0, start) if said and stance not in _DROPPED else verb
    return low, high


def also_said(text: str, about: tuple[int, int]) -> list[tuple[int, int]]:
    """Give the words of a claim, apart from those behind "and that": "the ruling clears him and that another waits"."""
    low, high = about
    found = _AND_THAT.search(text, low, high)
    if found is None or '"' in text[low : found.start()] or len(text[low : found.start()].split()) < _FEW:
        return [about]
    return [trimmed(text, low, found.start()), trimmed(text, found.end(), high)]


def _before_next(text: str, low: int, high: int) -> int:
    cut = max(text.rfind(",", low, high), text.rfind(" and ", low, high))
    return cut if cut > low else high
