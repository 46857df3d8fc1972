"""Who asserts, denies, doubts, accuses or declines to comment on what, and through whom it reaches the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.speakers import (
    PRONOUN,
    SPEAKS_ON,
    asked,
    closes,
    pronoun_at,
    speaker_of,
)
from interdiction.announcements.stances import FoundClaim, is_own_act, refined
from interdiction.model.announcement import Stance

_THAT: Final = re.compile(r"\A\s*(?:,\s[^,\"]{2,40},\s*(?=that\b))?(?:that\s+)?")
_CLAUSE_END: Final = re.compile(
    r",\s+(?:but|despite|which|while|calling|according to|using an)\b|,?\s+and\s+[a-z]+(?:ed|said)\b|\s+despite\b|;"
)
_LEAD: Final = re.compile(r"\A(?:[\s,\"]|but\s|and\s)+")
_OPENING: Final = re.compile(r"\A\W*(?:while|by|after|despite)?\s*\Z", re.IGNORECASE)
_FEW: Final = 2
_TITLE: Final = 6
"""Words of a title."""
_OFTEN_OTHERS: Final = frozenset(
    {
        "added",
        "reported",
        "reports",
        "states",
        "saying",
        "concluded",
        "posted",
        "tweeted",
        "responded",
        "replied",
        "continued",
        "commented",
        "promised",
        "pledged",
        "found",
        "urged",
        "confirmed",
        "stated",
    }
)
_THAT_OR_QUOTE: Final = re.compile(r"\s*[,:]?\s*(?:that\b|\")|\s+(?:the|it|he|she|they|no|its)\b")
_QUOTED_BEFORE: Final = re.compile(r"\"\s+(?:(?!said\b|told\b)[\w.'-]+\s+){1,6}\Z")
_TOLD_THAT: Final = re.compile(r"\s+(?:[\w.'-]+\s+){1,7}?that\s+")
_DISMISSED: Final = frozenset({"dismissed", "dismisses", "dismissing"})
_TOLD_WHOM: Final = re.compile(
    r"\s+(?:(?:The\s)?[A-Z][\w.'&-]*(?:\s+[A-Z][\w.'&-]*){0,4}|reporters|journalists|us|lawmakers|investors|parliament)"
    r"(?:\s+(?:on\s+[A-Z]\w+|by\s+(?:phone|telephone|email)|in\s+an?\s+\w+))?\s+(?=(?:the|it|he|she|they|no|its|his|her|a|an|there)\b)"
)
"""Whom somebody told: what was said stands behind."""
_THE_SAID: Final = re.compile(r"\b(?:the|that|of|to|any|such)\s+\Z", re.IGNORECASE)
"""In front of "said" that is an adjective: "the said Act"."""
_SHORT: Final = re.compile(r"\s+(?:that\s+)?(?:[\w'-]+\s+){1,4}")
_NOBODY: Final = frozenset({"neither", "none", "attempts", "efforts"})
"""With which words of speech begin that hold their own speaker: "Neither company responded"."""
_REACH: Final = 60
"""Characters behind "dismissed" in which stands what a speaker dismisses."""
_WHO: Final = r"(?:[^,.;\"]|\.(?=\S|\s[a-z])){2,60}"
_TO: Final = re.compile(rf"\bAccording to\s+(?P<who>{_WHO}),\s+|,\s+according to\s+(?P<last>{_WHO})", re.IGNORECASE)
_DROPPED: Final = frozenset({Stance.NO_COMMENT, Stance.NO_ANSWER})


def claims_in(
    text: str,
    mentions: Sequence[Mention],
    quotes: Sequence[tuple[int, int]],
    patterns: Patterns,
    *,
    acts: Sequence[tuple[int, int]] = (),
    last: str = "",
) -> list[FoundClaim]:
    """Give the claims of a sentence, in the order of their words of speech.

    A word of speech inside a quotation belongs to the quotation; one without a speaker is no claim, and neither is what
    an authority tells of its own acts (`acts`, their places). `last` is who spoke last, for "he told reporters".
    """
    through = tuple(match.span() for match in patterns.through.finditer(text))
    kept = _verbs(text, mentions, quotes, through, patterns, last)
    found: list[FoundClaim] = []
    for place, (start, end, stance) in enumerate(kept):
        before = kept[place - 1][1] if place else 0
        after = kept[place + 1][0] if place + 1 < len(kept) else len(text)
        speaker: tuple[tuple[int, int] | None, str] | None = None
        if found and stance is Stance.NO_COMMENT and _SHORT.fullmatch(text, found[-1].verb[1], start):
            # "said the department does not preview sanctions": one claim, and it says nothing.
            whole = found[-1].about[0], _trim(text, start, after)[1]
            found[-1] = msgspec.structs.replace(found[-1], stance=stance, about=whole)
            continue
        if found and text[start:end].endswith('"'):
            continue  # "accused the US and called it ...": one claim
        if PRONOUN.search(text[:start]):
            speaker = None, last
        elif stance is Stance.NO_ANSWER:
            speaker = asked(text, end, mentions)
        elif found and (_shares(text, found[-1].verb[1], start) or text.startswith("adding that", start)):
            speaker = found[-1].speaker, found[-1].speaker_value
        speaker = speaker or speaker_of(text, start, end, before, mentions, patterns)
        if speaker is None and text[start:end].split(maxsplit=1)[0].casefold() in _NOBODY:
            speaker = (start, end), " ".join(text[start:end].split())
        if speaker is None:
            continue
        said_from = max((high for low, high in through if high <= max(start, 0)), default=0)
        spoken = speaker[0] or pronoun_at(text, start)
        about = _about(text, (start, end), spoken, max(before, said_from), after, stance)
        if stance is Stance.NO_ANSWER and spoken[0] >= end:
            about = start, end  # whom nobody reached stands behind the verb, and said nothing
        if stance is Stance.DOUBT and spoken[0] >= end and found:
            about = found[-1].about
        low, high = about
        claim = FoundClaim(
            stance=stance,
            verb=(start, end),
            speaker=speaker[0],
            speaker_value=speaker[1],
            about=about,
            quoted=any(q_low < high and low < q_high for q_low, q_high in quotes),
            through=through,
            hedge=next((match.span() for match in patterns.hedges.finditer(text)), None),
            evidence=tuple(match.span() for match in patterns.evidence.finditer(text)),
        )
        if not is_own_act(claim, mentions, acts):
            found.append(refined(text, claim, mentions, patterns))
    reported = _according(text, mentions, through, patterns)
    apart = [
        one
        for one in reported
        if not any(other.about[0] < one.about[1] and one.about[0] < other.about[1] for other in found)
    ]
    return [*apart, *found] or _agency(text, mentions, through, quotes)


def _verbs(
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
        inside = any(start <= low < end for start, end in quotes)
        agency = stance is Stance.ASSERT and any(start <= low < end for start, end in through)
        named = any(one.start <= low < one.end for one in mentions)
        pronoun = PRONOUN.search(text[:low]) is not None and not (last and SPEAKS_ON.search(text[:low]))
        if not (inside or agency or named or pronoun or _is_noun(text, match, patterns)):
            verbs.append((low, match.end(), stance))
    kept: list[tuple[int, int, Stance]] = []
    for one in sorted(verbs, key=lambda one: one[0] - one[1]):
        if not any(one[0] < other[1] and other[0] < one[1] for other in kept):
            kept.append(one)
    return sorted(kept)


def _is_noun(text: str, match: re.Match[str], patterns: Patterns) -> bool:
    """Tell a word of speech that here is none: "Britain added two firms", "press reports"."""
    if match[0] == "blame" and text[: match.start()].endswith("to "):
        return True
    if match[0] == "said" and _THE_SAID.search(text, 0, match.start()):
        return True
    if match[0].casefold() in _DISMISSED:
        return patterns.dismissed.search(text, match.end(), match.end() + _REACH) is None
    if match[0].casefold() not in _OFTEN_OTHERS:
        return False
    quoted = text[: match.start()].rstrip().endswith('"') or _QUOTED_BEFORE.search(text[: match.start()])
    return not quoted and _THAT_OR_QUOTE.match(text, match.end()) is None


def _agency(
    text: str, mentions: Sequence[Mention], through: Sequence[tuple[int, int]], quotes: Sequence[tuple[int, int]]
) -> list[FoundClaim]:
    """Give the claim of a sentence that only an agency vouches for: "..., CNBC reported"."""
    for start, end in through:
        named = [one for one in mentions if start <= one.start and one.end <= end and one.sort is Sort.NAME]
        if named:
            low, high = _trim(text, 0, start) if start > len(text) // 2 else _trim(text, end, len(text))
            quoted = any(q_low < high and low < q_high for q_low, q_high in quotes)
            speaker = (named[0].start, named[0].end)
            return [FoundClaim(Stance.ASSERT, (start, end), speaker, named[0].value, (low, high), quoted, (), None, ())]
    return []


def _according(
    text: str, mentions: Sequence[Mention], through: Sequence[tuple[int, int]], patterns: Patterns
) -> list[FoundClaim]:
    """Give the claim of "According to the EU, it sells gold", and of the same behind it; papers are no speakers."""
    for match in _TO.finditer(text):
        group = "who" if match["who"] else "last"
        low, high = match.span(group)
        if patterns.papers.search(match[group]) or any(start < high and low < end for start, end in through):
            continue
        about = _trim(text, match.end(), len(text)) if group == "who" else _trim(text, 0, match.start())
        stop = text.find(";", about[0], about[1])
        about = (about[0], stop) if stop > 0 else about
        claim = FoundClaim(Stance.ASSERT, match.span(), (low, high), text[low:high], about, False, (), None, ())
        return [refined(text, claim, mentions, patterns)]
    return []


def _shares(text: str, low: int, high: int) -> bool:
    """Tell whether a second verb has the subject of the first: "have said ..., and questioned how"."""
    return re.search(r"\band\s+\Z", text[low:high]) is not None


def _about(
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
    if mark > 0 and front[mark - 1] in ",.?!" and len(front[mark + 1 :].split()) <= _TITLE:
        front = front[: mark + 1]
    quoted = front.endswith('"')
    closing = quoted or behind or not tail or closes(text, end)
    ends = quoted or front.endswith((",", ",'"))
    if stance is Stance.ASSERT and closing and ends and len(front.split()) > _FEW:
        return _trim(text, before, before + len(front))
    if behind and _OPENING.match(text[:start]) and text[start:end].endswith("ing"):
        return _trim(text, end, speaker[0])
    low = speaker[1] if behind else end
    that = _THAT.match(text[low:])
    told = (_TOLD_THAT.match(text, end) or _TOLD_WHOM.match(text, end)) if text[end - 4 : end] == "told" else None
    low = told.end() if told else low + (that.end() if that else 0)
    stop = _CLAUSE_END.search(text, low, after)
    high = stop.start() if stop else min(len(text), max(after, low))
    if stop is None and after < len(text):
        high = _before_next(text, low, after)
    low, high = _trim(text, low, high)
    if low >= high:
        return _trim(text, 0, start) if stance not in _DROPPED else verb
    return low, high


def _before_next(text: str, low: int, high: int) -> int:
    cut = max(text.rfind(",", low, high), text.rfind(" and ", low, high))
    return cut if cut > low else high


def _trim(text: str, low: int, high: int) -> tuple[int, int]:
    while low < high and text[low] in ' ,\n"':
        low += 1
    while high > low and text[high - 1] in ' ,.\n"':
        high -= 1
    return low, high
