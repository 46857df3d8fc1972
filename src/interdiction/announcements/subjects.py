"""Who acts: the authority in front of a verb, behind its "by", or whose the noun of an act is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns

_AGENT: Final = re.compile(
    r"\s+(?:(?:itself|themselves|jointly|today|yesterday|earlier|first|also)\s+)?by\s+", re.IGNORECASE
)
_BY: Final = re.compile(r"\bby\s+")
_AND_BY: Final = re.compile(r"(?:[^.;:]{0,40})?\band\s+by\s+|,?\s+and\s+")
_PARTICIPLE: Final = re.compile(r"\w+(?:ed|en|ck|put)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[\w'-]+\Z")
_NEXT_WORD: Final = re.compile(r",?\s+(?:[\"'(]\s*)?([\w-]+)")
_CLAUSE: Final = re.compile(r"[;:]|\b(?:but|while|although|though|because|if|that)\b")
_PRONOUN: Final = re.compile(
    r"(?:\A|[.;,]\s|\"|\b(?:and|that|which|said|says|because|when|as)\s)\s*(?:also\s|today\s)?(?:it|they|we|you)\s+\Z",
    re.IGNORECASE,
)
"""A pronoun at the head of a clause, which stands for an authority."""
_FAR: Final = 60
"""Characters in front of a name in which its preposition stands."""
_OBLIQUE: Final = re.compile(r"\b(?:under|of|in|to|from|against|with|on|for|by|at)\s+(?:the\s+)?\Z", re.IGNORECASE)
OBLIQUE: Final = re.compile(
    r"\b(?:(?:authori[sz]|empower|direct|requir|urg|ask)\w*|of|in|to|from|against|outside|within|with|on|for|between|into|if|at|through|than|under)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""In front of an issuer that is no subject: "following a judgment of the General Court"."""
_GENITIVE: Final = re.compile(r"(?:'s|s')\s+(?:(?:[a-z-]+|latest|\d+)\s+){0,3}\Z")
_APPOSED: Final = re.compile(r",\s+(?:(?!\b(?:said|says|told|which|and|that)\b)[^,;:.()]){3,60},?\s*\Z")
_WHICH: Final = re.compile(r",?\s+(?:which|that)\s+(?:also\s+)?\Z")
"""Behind an authority or a legal act, what goes on with it: "Regulation 2025/770, which hit Orvel Bank"."""
_PRESENT: Final = re.compile(r"[a-z]+s\b")
_LISTED: Final = re.compile(
    r"\b(?:against|on|to|of|in|from|for)\s+(?:the\s+)?(?:[A-Z][\w-]+(?:\s[A-Z][\w-]+)?(?:,|\s+and)\s+)+(?:the\s+)?\Z"
)
_ASIDE: Final = re.compile(
    r",\s+(?:under|pursuant|acting|by|in|on|with|following|after|together|along|for|as|having|exercising|through|at)\b"
    r"(?:(?!\b(?:said|says|that|which|who|is|was|are|were)\b)[^;:]){3,140},\s*\Z"
)
"""Between a subject and its verb: "has, under the Prevention of Terrorism Act, 2012, gazetted"."""
_IN_BRACKET: Final = re.compile(r"\([^()]{1,60}\)\s*\Z")
_OF: Final = re.compile(r"\s+(?:of|in|at)\s+(?:the\s+)?")
_OF_WHAT: Final = re.compile(r"\s+(?:of|for)\s+(?:[\w',-]+\s+){0,4}[\w'-]+")
_NOUN_BEHIND: Final = re.compile(
    r"\s+(?!(?:and|or|in|on|at|for|from|to|with|over|after|under|as|of|last|this|today|yesterday|earlier|following|pursuant"
    r"|because|which|who|was|were|is|are|has|have|had|itself|themselves|late|during|since|amid|alone|too|already)\b)[A-Za-z]"
)
"""Behind a country's name, a word that it only qualifies: "by Russian hackers"."""
_CODE: Final = 3
"""Letters of what may be a code of a country and is a word."""
_LONGEST_AGENT: Final = 60
"""Characters between a verb and its "by"."""
_SHORTEST_ADVERB: Final = 5
_NO_ADVERBS: Final = frozenset({"family", "supply", "italy", "assembly", "reply", "anomaly", "july", "ally", "only"})


def is_adverb(word: str, patterns: Patterns) -> bool:
    """Tell a word, in small letters, that may stand between a verb and its parts: "quietly", "also"."""
    return word in patterns.how or (word.endswith("ly") and len(word) >= _SHORTEST_ADVERB and word not in _NO_ADVERBS)


def agent(
    text: str, end: int, mentions: Sequence[Mention], patterns: Patterns, *, directly: bool = False
) -> Mention | None:
    """Give the issuer behind "by": "were put on the list today by OFAC"; `directly`: right behind the verb."""
    by = _AGENT.match(text, end) if directly else _BY.search(text, end, end + _LONGEST_AGENT)
    found = _behind_by(text, by.end(), mentions, patterns) if by else None
    if found is None and by is not None and _AGENT.match(text, end):
        near = [one for one in mentions if by.end() <= one.start <= by.end() + len("the ")]
        return next((one for one in near if one.sort is Sort.NAME and one.kind is None), None)
    return found


def agents(text: str, end: int, mentions: Sequence[Mention], patterns: Patterns) -> list[Mention]:
    """Give all issuers behind "by": "by Britain in November and by Canada"."""
    found: list[Mention] = []
    by: re.Match[str] | None = _BY.search(text, end, end + _LONGEST_AGENT)
    while by is not None:
        one = _behind_by(text, by.end(), mentions, patterns)
        if one is None:
            break
        found.append(one)
        by = _AND_BY.match(text, one.end)
    return found


def _behind_by(text: str, at: int, mentions: Sequence[Mention], patterns: Patterns) -> Mention | None:
    near = [one for one in mentions if at <= one.start <= at + len("the ")]
    known = next((one for one in near if one.sort is Sort.ISSUER and not _qualifies(text, one, patterns)), None)
    if known is not None:
        return known
    for one in near:
        if one.sort is Sort.COUNTRY and is_spelt(text, one) and not _NOUN_BEHIND.match(text, one.end):
            return as_issuer(text, one)
    return None


def issuers(text: str, mentions: Sequence[Mention], patterns: Patterns) -> list[Mention]:
    """Give the issuers of a sentence that are no adjective: not the one of "U.S. persons"."""
    return [one for one in mentions if one.sort is Sort.ISSUER and not _qualifies(text, one, patterns)]


def _qualifies(text: str, issuer: Mention, patterns: Patterns) -> bool:
    after = _NEXT_WORD.match(text, issuer.end)
    return after is not None and after[1] in patterns.qualified


def subject(text: str, start: int, mentions: Sequence[Mention], patterns: Patterns) -> Mention | None:
    """Give the issuer that stands in front of a verb in its clause."""
    low = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    before = [
        one
        for one in issuers(text, mentions, patterns)
        if low <= one.start and one.end <= start and not text.startswith(("'s", "' "), one.end)
    ]
    return before[-1] if before else None


def doer_in_front(
    text: str, start: int, mentions: Sequence[Mention], patterns: Patterns, *, shares: bool = False
) -> bool:
    """Tell whether an authority, or what it issued, stands in front of a verb with nothing but auxiliaries between."""
    places = {start}
    for at, word in _words_before(text, start, mentions):
        if any(one.start <= at < one.end for one in issuers(text, mentions, patterns)):
            return True
        cited = [one for one in mentions if one.sort is Sort.INSTRUMENT and one.start <= at < one.end]
        oblique = cited and _OBLIQUE.search(text, max(0, cited[0].start - _FAR), cited[0].start)
        if (cited and not oblique) or (shares and word == "and"):
            return True
        if not cited and not _leads(word, patterns):
            return _of_what(text, at + len(word), mentions) is not None or _is_done(
                text, start, mentions, patterns, places, shares=shares
            )
        places.add(at)
    return _is_done(text, start, mentions, patterns, places, shares=shares)


def _is_done(
    text: str, start: int, mentions: Sequence[Mention], patterns: Patterns, places: set[int], *, shares: bool
) -> bool:
    """Tell whether another act, a country, a pronoun or what an authority issued stands in front of a verb."""
    which = _WHICH.search(text, 0, start)
    ends = {one.end for one in mentions if one.sort in {Sort.ISSUER, Sort.INSTRUMENT}}
    # "E.O. 13687, which targets officials" says what the order is, "which hit Orvel Bank" what it did.
    if which and which.start() in ends and _PRESENT.match(text, start) is None:
        return True
    lists = (" and", " or") if _PARTICIPLE.match(text, start) else (",", " and", " or")
    if shares and text[:start].rstrip().endswith(lists):
        return True
    if country_in_front(text, start, mentions, patterns) or any(_PRONOUN.search(text[:place]) for place in places):
        return True
    return any(
        place in range(found.end(), found.end() + 3) for found in patterns.doers.finditer(text) for place in places
    )


def _leads(word: str, patterns: Patterns) -> bool:
    """Tell a word that may stand between who acts and the verb."""
    return word in patterns.lead_in or word.isdigit() or is_adverb(word, patterns)


def _words_before(text: str, start: int, mentions: Sequence[Mention]) -> Iterator[tuple[int, str]]:
    """Give the words in front of a place, the nearest first, each with where it begins.

    What stands in brackets, and between the commas behind an authority, is passed over: "The UK (on 4 June) listed",
    "The Minister, Ada Quill, listed".
    """
    at = start
    while True:
        front = text[:at].rstrip()
        bracket = _IN_BRACKET.search(front)
        apposed = _APPOSED.search(text, 0, at) if front.endswith(",") else None
        aside = _ASIDE.search(text, 0, at) if front.endswith(",") else None
        if aside and aside.start():
            at = aside.start()
            continue
        ends = {one.end for one in mentions if one.sort is Sort.ISSUER}
        if bracket and bracket.start():
            at = bracket.start()
            continue
        if apposed and apposed.start() in ends:
            at = apposed.start()
            continue
        found = _WORD.search(front.rstrip(" ,)\n"))
        if found is None:
            return
        at = found.start()
        yield at, found[0].casefold()


def authority_in_front(text: str, start: int, mentions: Sequence[Mention], patterns: Patterns) -> Mention | None:
    """Give the authority that is the subject of a verb, whether a list holds it or not: "Latvia's cabinet banned"."""
    for at, word in _words_before(text, start, mentions):
        found = [one for one in mentions if one.sort is Sort.ISSUER and one.start <= at < one.end]
        if found:
            return _whole(text, found[0], mentions)
        if word == "we":
            return Mention(Sort.ISSUER, at, at + len(word), text[at : at + len(word)])
        if not _leads(word, patterns):
            return _of_what(text, at + len(word), mentions)
    return None


def _whole(text: str, found: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """Give the authority of which another is told: "the Bureau of Industry of the Department of Commerce"."""
    if not is_oblique(text, found.start):
        return found
    before = [one for one in mentions if one.sort is Sort.ISSUER and one.end < found.start]
    return next((one for one in before if _OF.fullmatch(text, one.end, found.start)), None)


def _of_what(text: str, end: int, mentions: Sequence[Mention]) -> Mention | None:
    """Give the authority that words in front of `end` go on with: "the federal department for economic affairs"."""
    for one in reversed(mentions):
        if one.sort is Sort.ISSUER and one.end < end and _OF_WHAT.fullmatch(text, one.end, end):
            return one
    return None


def country_in_front(text: str, start: int, mentions: Sequence[Mention], patterns: Patterns) -> Mention | None:
    """Give a country that is the subject of a verb: "Turkey froze the assets of"."""
    for one in reversed(mentions):
        if (
            one.sort is Sort.COUNTRY
            and one.end < start
            and is_spelt(text, one)
            and not _OBLIQUE.search(text, max(0, one.start - _FAR), one.start)
            and not _LISTED.search(text, max(0, one.start - _FAR), one.start)
        ):
            between = re.findall(r"[\w'-]+|[;:]", text[one.end : start].casefold())
            return as_issuer(text, one) if all(_leads(word, patterns) for word in between) else None
    return None


def is_oblique(text: str, at: int) -> bool:
    """Tell a place that a preposition stands in front of: "following a judgment of the General Court"."""
    return OBLIQUE.search(text, max(0, at - _FAR), at) is not None


def is_spelt(text: str, country: Mention) -> bool:
    """Tell a country's name from a code that may be a word; "the UAE" is a name."""
    return country.end - country.start > _CODE or (
        country.end - country.start == _CODE
        and text[max(0, country.start - len("the ")) : country.start].lower() == "the "
    )


def owner(text: str, start: int, mentions: Sequence[Mention]) -> Mention | None:
    """Give the authority whose act a noun is: "the State Department's designation of"."""
    mark = _GENITIVE.search(text, max(0, start - _LONGEST_AGENT), start)
    if mark is None:
        return None
    own = mark.start() + text[mark.start() : mark.end()].startswith("s'")
    for one in mentions:
        if one.sort is Sort.ISSUER and one.end in {own, own + len("'s")}:
            return one
        if one.sort is Sort.COUNTRY and one.end == own and is_spelt(text, one):
            return as_issuer(text, one)
    return None


def as_issuer(text: str, country: Mention) -> Mention:
    """Give a country by the words of the text, as who acts."""
    return msgspec.structs.replace(country, value=" ".join(text[country.start : country.end].split()))


def word_before(text: str, start: int, patterns: Patterns) -> tuple[str, int]:
    """Give the word in front of a verb, adverbs left out, and where it begins."""
    at = start
    while True:
        found = _WORD.search(text[:at].rstrip())
        if found is None:
            return "", 0
        word = found[0].casefold()
        if not is_adverb(word, patterns) or word in patterns.qualifying:
            return word, found.start()
        at = found.start()
