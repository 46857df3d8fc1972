"""Claims without a verb of speech of their own: according to, nouns of speech, hearsay, words of an agency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.speakers import subject_before
from interdiction.announcements.stances import FoundClaim, refined
from interdiction.announcements.wordspan import trimmed
from interdiction.model.announcement import Stance

_WHO: Final = r"(?:[^,.;\"]|\.(?=\S|\s[a-z])){2,60}"
_TO: Final = re.compile(rf"\bAccording to\s+(?P<who>{_WHO}),\s+|,\s+according to\s+(?P<last>{_WHO})", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"\band,?\s*\Z")
_VIEW: Final = re.compile(
    r"\b(?:In|To)\s+(?P<who>(?:[A-Z\u00c0-\u00de][^,;.\"]{1,50}?['\u2019]s?|our|my|(?:his|her|its"
    r"|their)(?:\s+[\w-]+['\u2019]s?)?)"
    r"|the (?:view|opinion|words|eyes) of [^,;.\"]{2,50})"
    r"(?:\s+(?:view|opinion|words|telling|account|eyes|estimation|reading|mind|assessment|judgment|judgement))?,?\s+",
)
_VIEW_WORD: Final = re.compile(
    r"(?:view|opinion|words|telling|account|eyes|estimation|reading|mind|assessment|judge?ment)"
)
_CLAUSE_END: Final = re.compile(r",\s+(?:but|which|while|despite|a|an|and)\s|;|\.?\s*\Z|,\s+(?:he|she|it|they)\s")
_OWNED: Final = (
    r"(?P<who>(?:[A-Z\u00c0-\u00de][\w.'\u2019-]*\s+){0,4}[A-Z\u00c0-\u00de][\w.-]*['\u2019]s?|(?:the"
    r"|a)\s+[\w-]+(?:\s[\w-]+)?['\u2019]s?|his|her|its|their)"
)
_BY: Final = re.compile(
    r"\s+(?:by|from|of(?=\s+(?:the\s+)?[A-Z]))\s+(?P<who>[^,;:.\"]{2,60}?)\s+(?:that)\s+|\s+that\s+"
)
_BEHIND_NOUN: Final = re.compile(r"\s+(?:by|from)\s+(?P<who>[^,;:.\"]{2,70})")
_FRONT: Final = re.compile(_OWNED + r"\s+(?:[a-z-]+\s+){0,2}\Z")
_SUBMITTED: Final = re.compile(
    r"\b[Ii]t (?:is|was|has been) (?:submitted|argued|contended|said|alleged|claimed|objected"
    r"|urged)\s+(?:for|by|on behalf of)\s+(?P<who>[^,;:.\"]{2,60}?)\s+that\s+"
)
_PASSIVE: Final = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:(?:widely|reportedly|also|repeatedly|long|now|publicly"
    r"|variously|now|not)\s+)?"
    r"(?P<verb>said|alleged|reported|believed|thought|understood|rumou?red|accused|suspected|blamed)\s+"
    r"(?:by\s+(?P<by>[^,;.\"]{2,50}?)\s+)?(?P<prep>to|of|for)\s+",
)
_RELATIVE: Final = re.compile(
    r"\b(?:it|they|he|she|we)\s+(?:has\s+|have\s+|had\s+)?(?P<verb>accuse[sd]?|suspects?"
    r"|suspected)\s+of\s+|\b(?:accused|suspected)\s+by\s+(?P<by>[^,;.\"]{2,50}?)\s+of\s+"
)
_STANCES: Final = {
    "said": Stance.ACCUSE,
    "alleged": Stance.ACCUSE,
    "accused": Stance.ACCUSE,
    "blamed": Stance.ACCUSE,
    "suspected": Stance.SUGGEST,
    "believed": Stance.SUGGEST,
    "thought": Stance.SUGGEST,
    "rumoured": Stance.SUGGEST,
    "rumored": Stance.SUGGEST,
}
_SAYS: Final = Stance.ASSERT
_NOBODYS: Final = frozenset({"believed", "thought", "understood", "reported", "suspected", "blamed"})


def according(
    text: str, mentions: Sequence[Mention], through: Sequence[tuple[int, int]], patterns: Patterns
) -> Iterator[FoundClaim]:
    """Give the claim of "According to the EU, it sells gold", and of the same behind it; papers are no speakers."""
    for match in _TO.finditer(text):
        group = "who" if match["who"] else "last"
        low, high = match.span(group)
        if patterns.papers.search(match[group]) or any(start < high and low < end for start, end in through):
            continue
        behind = group == "who" or _GOES_ON.search(text, 0, match.start()) is not None
        about = trimmed(text, match.end(), len(text)) if behind else trimmed(text, 0, match.start())
        stop = text.find(";", about[0], about[1])
        about = (about[0], stop) if stop > 0 else about
        if about[0] >= about[1]:
            continue
        claim = FoundClaim(Stance.ASSERT, match.span(), (low, high), text[low:high], about, False, (), None, ())
        yield refined(text, claim, mentions, patterns)
        return


def in_view(text: str, patterns: Patterns, mentions: Sequence[Mention]) -> Iterator[FoundClaim]:
    """Give the claim of "In our view, banks are unlikely to be a target"."""
    for match in _VIEW.finditer(text):
        if _VIEW_WORD.search(match[0]) is None:
            continue
        stop = _CLAUSE_END.search(text, match.end())
        about = trimmed(text, match.end(), stop.start() if stop else len(text))
        if about[0] < about[1]:
            who = match.span("who")
            claim = FoundClaim(Stance.ASSERT, match.span(), who, text[slice(*who)], about, False, (), None, ())
            yield refined(text, claim, mentions, patterns)


def submitted(text: str) -> Iterator[FoundClaim]:
    """Give the claim of "It was submitted for the minister that"."""
    for match in _SUBMITTED.finditer(text):
        stop = _CLAUSE_END.search(text, match.end())
        about = trimmed(text, match.end(), stop.start() if stop else len(text))
        who = match.span("who")
        if about[0] < about[1]:
            yield FoundClaim(Stance.ASSERT, match.span(), who, text[slice(*who)], about, False, (), None, ())


def nouns(
    text: str, mentions: Sequence[Mention], quotes: Sequence[tuple[int, int]], patterns: Patterns
) -> Iterator[FoundClaim]:
    """Give the claims of nouns of speech: "a report by the weekly that ...", "Harlan's insistence that ..."."""
    for stance, match in patterns.said_nouns:
        for found in match.finditer(text):
            if any(low <= found.start() < high for low, high in quotes):
                continue
            that = _BY.match(text, found.end())
            front = _FRONT.search(text, max(0, found.start() - 70), found.start())
            if that is None:
                continue
            who = that.span("who") if that["who"] else front.span("who") if front else None
            owner = next((one for one in mentions if who and one.start <= who[0] < one.end), None)
            # "the President's announcement that": an authority's own word of its act.
            if who is None or (
                that["who"] is None and owner is not None and owner.sort is Sort.ISSUER and stance is _SAYS
            ):
                continue
            stop = _CLAUSE_END.search(text, that.end())
            about = trimmed(text, that.end(), stop.start() if stop else len(text))
            if about[0] < about[1]:
                value = " ".join(text[slice(*who)].split()).removesuffix("'s").removesuffix("'")
                yield FoundClaim(stance, found.span(), who, value, about, False, (), None, ())


def hearsay(text: str, mentions: Sequence[Mention], quotes: Sequence[tuple[int, int]]) -> Iterator[FoundClaim]:
    """Give what is only said of somebody: "who are said to have earned", "companies they accuse of flying".

    Who says so is who stands behind "by", else the authority that the sentence names before; else nobody is named, and
    the words of hearsay stand for him.
    """
    for pattern in (_PASSIVE, _RELATIVE):
        for match in pattern.finditer(text):
            if any(low <= match.start() < high for low, high in quotes):
                continue
            verb = (match.groupdict().get("verb") or "accused").casefold()
            prep, agent = match.groupdict().get("prep"), match.groupdict().get("by")
            # "is understood to be preparing": what nobody in particular believes is the paper's own word.
            if (
                (prep == "for" and verb != "blamed")
                or (verb in _NOBODYS and not agent)
                or (verb == "said" and prep != "to")
            ):
                continue
            if prep == "to" and not text.startswith(("have ", "be "), match.end()):
                continue
            stance = _STANCES.get(verb, Stance.ACCUSE if verb.startswith("accuse") else Stance.SUGGEST)
            if verb in {"reported", "understood"}:
                stance = Stance.ASSERT
            about = trimmed(text, match.end(), _end(text, match.end()))
            if about[0] >= about[1]:
                continue
            who, value = _source(text, match, mentions)
            if who == match.span():
                continue  # "is alleged to": nobody is named who says so
            yield FoundClaim(stance, match.span(), who, value, about, False, (), None, ())


def _source(text: str, match: re.Match[str], mentions: Sequence[Mention]) -> tuple[tuple[int, int], str]:
    if match["by"]:
        low, high = match.span("by")
        return (low, high), " ".join(text[low:high].split())
    named = [one for one in mentions if one.sort is Sort.ISSUER and one.end <= match.start()]
    if named:
        return (named[0].start, named[0].end), named[0].value
    subject = subject_before(text, 0, match.start(), closing=False) if match["verb"].startswith("accuse") else None
    return subject or (match.span(), " ".join(match[0].split()))


def _end(text: str, low: int) -> int:
    stop = _CLAUSE_END.search(text, low)
    return stop.start() if stop else len(text)
