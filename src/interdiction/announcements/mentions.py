"""Who and what a sentence mentions: issuers, instruments, countries and names, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from interdiction.announcements.aliases import aliases
from interdiction.announcements.patterns import Issuer, Patterns
from interdiction.announcements.phrases import Found, number
from interdiction.announcements.shapes import chunks, is_closed, is_organisation
from interdiction.announcements.titles import titles_in
from interdiction.model import Kind
from interdiction.names import countries

_FROM: Final = re.compile(r"\s*(?:From|AGENCY|Agency|Issued by|Published by|Organisation):\s*")
_BASED: Final = re.compile(
    r"[\w.]+(?:-\w+)*-(?:flagged|based|registered|owned|linked|backed|born|controlled|run|designated|aligned|made"
    r"|headquartered|incorporated)\Z",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"(?:of|for|the|and|&)\Z")
_FRONT: Final = re.compile(r"(?:Its|Also|Both|\S+'s)\Z")
"""Words in front of an organisation's name that are none of it: "Moscow's Limited Liability Company DM"."""
_NICK: Final = re.compile(r"\w \"([^\"]{2,24})\" \w")
_OPEN_HEADS: Final = frozenset({"Council", "Court", "Commission", "Committee", "Treasury", "Commerce", "Union"})
"""Words that name an authority alone, and another with "of": "the Council of Elders"."""
_BLANKS: Final = frozenset(
    {
        "name",
        "names",
        "company",
        "person",
        "entity",
        "insert",
        "xxx",
        "xxxx",
        "party",
        "individual",
        "tbd",
        "firstname",
        "lastname",
        "surname",
    }
)
_ARTICLES: Final = frozenset({"al-", "el-", "ul-", "ad-", "as-", "at-", "an-"})
_OF_NOBODY: Final = re.compile(
    r"\d+(?:st|nd|rd|th)[ \n](?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|[A-Z]{2,3}[ie]\.\d{3}\.?|[IVX]+\.[ \n]\w+"
)
"""A day, and a number on a list of the United Nations."""
_FEW: Final = 2
_FITTING: Final = frozenset({"new", "first", "second", "my", "best", "all", "one", "state", "top", "last", "both"})
"""Words that open sentences and names of firms alike: New Sun Investments."""
_ADVERB: Final = 6
"""Letters of a word; "Concurrently" opens a sentence, Emily is somebody."""
_SHORTEST: Final = 3
_NUMBERS: Final = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
"""In front of a sentence a number, within it a part of the name: "and Seven Capes Shipmanagement"."""


class Sort(StrEnum):
    """What a mention is."""

    ISSUER = "issuer"
    INSTRUMENT = "instrument"
    COUNTRY = "country"
    NAME = "name"


class Mention(msgspec.Struct, frozen=True):
    """Words of a sentence, from `start` to `end` in its characters; `value` is what they stand for."""

    sort: Sort
    start: int
    end: int
    value: str
    issuer: Issuer | None = None
    kind: Kind | None = None
    aliases: tuple[tuple[str, int, int], ...] = ()


def find(text: str, patterns: Patterns, *, heading: bool = False) -> list[Mention]:
    """Give all mentions of a sentence in their order; of two that overlap the first of the most telling kind."""
    plain = "\n".join(_lowered(line) if line.isupper() else line for line in text.split("\n"))
    found: list[Mention] = [*_instruments(plain, patterns)]
    issuers = patterns.lexicons.issuers.finditer(plain)
    found += [
        Mention(Sort.ISSUER, *match.span(), issuer.name, issuer)
        for issuer, match in issuers
        if not plain.startswith((" of ", " for "), match.end()) or _is_whole(issuer, match)
    ]
    found = _apart(found)
    places = [] if heading else list(chunks(text, patterns))
    # A headline is all capitals: "Treasury Sanctions Cyber Groups" is no firm.
    closed = [] if heading else [place for place in places if _is_firm(text[slice(*place)], patterns)]
    found = [
        one
        for one in found
        if one.sort is not Sort.ISSUER
        or not any(low <= one.start and one.end < high and _is_part(one, text, low) for low, high in closed)
    ]
    if not heading:
        found = _apart([*found, *_names(text, patterns, places, found)])
    return sorted(found, key=lambda one: one.start)


def _is_whole(issuer: Issuer, match: Found) -> bool:
    """Tell an authority's name that needs no more words: not the one of "the Ministry of Home Affairs"."""
    return bool(issuer.country) and match[0].rsplit(maxsplit=1)[-1] not in _OPEN_HEADS


def _is_firm(said: str, patterns: Patterns) -> bool:
    """Tell a whole name of an organisation: by its legal form, or by three words of which the last says it."""
    words = said.split()
    return is_closed(said) or (len(words) > _FEW and words[-1].casefold() in patterns.organisation_words)


def _is_part(issuer: Mention, text: str, low: int) -> bool:
    """Tell a word of a firm's name that is also what an authority is called: "Tehran International Transport Co"."""
    return issuer.start > low or " " not in text[issuer.start : issuer.end]


def _lowered(text: str) -> str:
    """Write a headline in capitals as a name is written: SECURITY COUNCIL as Security Council."""
    words = re.sub(r"[A-Z]{5,}(?:'[A-Z]+)?|FOUR|FIVE|NINE", lambda found: found[0].capitalize(), text)
    return re.sub(r"\b(?:OF|THE|AND|FOR|IN|ON|TO|BY|AT|AS)\b", lambda found: found[0].lower(), words)


def is_letterhead(text: str, issuer: Mention) -> bool:
    """Tell an issuer in whose name a text is published: "From: Foreign, Commonwealth & Development Office"."""
    line = text[text.rfind("\n", 0, issuer.start) + 1 : issuer.start]
    alone = re.match(r"[ \w()']{0,4}(?:[,;\n]|\Z| and\b)", text[issuer.end :]) is not None
    return alone and issuer.issuer is not None and bool(issuer.issuer.country) and _FROM.fullmatch(line) is not None


def _instruments(text: str, patterns: Patterns) -> Iterator[Mention]:
    for kind, match in patterns.lexicons.instruments.finditer(text):
        numbered = number(match)
        yield Mention(Sort.INSTRUMENT, match.start(), match.end(), f"{kind} {numbered}" if numbered else kind)
    for start, end in titles_in(text, patterns):
        yield Mention(Sort.INSTRUMENT, start, end, " ".join(text[start:end].split()))


def _apart(mentions: Sequence[Mention]) -> list[Mention]:
    """Keep, of those that share characters, the one that comes first in the order of sorts and is longer."""
    order = [Sort.INSTRUMENT, Sort.ISSUER, Sort.COUNTRY, Sort.NAME]
    kept: list[Mention] = []
    for one in sorted(mentions, key=lambda one: (order.index(one.sort), one.start - one.end, one.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return kept


def _names(
    text: str, patterns: Patterns, places: Sequence[tuple[int, int]], taken: Sequence[Mention]
) -> Iterator[Mention]:
    for start, end in places:
        said = text[start:end]
        inside = [one for one in taken if one.start < end and start < one.end]
        # "U.S. President" is an issuer's, "Korea Tangun Trading Corp" is a name.
        if inside and not is_organisation(said, patterns):
            # "Treasury Secretary Steven Mnuchin": behind the issuer a person may be named.
            last = max(one.end for one in inside)
            rest = re.match(r"\s+", text[last:end])
            if rest and inside[0].start <= start:
                yield from _trimmed_name(text, last + rest.end(), end, patterns)
            continue
        code = _country(said)
        if code:
            yield Mention(Sort.COUNTRY, start, end, code)
            continue
        yield from _trimmed_name(text, start, end, patterns)


def _trimmed_name(text: str, start: int, end: int, patterns: Patterns) -> Iterator[Mention]:
    """Take countries, adjectives of countries and titles off the front: "North Korean programmer Park Jin Hyok"."""
    words = [(start + word.start(), start + word.end()) for word in re.finditer(r"[^ \n]+", text[start:end])]
    based = next((place for place, (low, high) in enumerate(words) if _BASED.search(text, low, high)), None)
    if based is not None:  # "Hong Kong-based Unic Shipping": a country, and the name behind it
        high = text.rindex("-", *words[based])
        if (code := _country(text[start:high])) is not None:
            yield Mention(Sort.COUNTRY, start, high, code)
        if based + 1 < len(words):
            yield from _trimmed_name(text, words[based + 1][0], end, patterns)
        return
    organisation = is_organisation(text[start:end], patterns)
    if organisation:
        words = _organisation(text, words, patterns)
    else:
        found, words = _person(text, words, patterns)
        yield from found
    while len(words) > 1 and _JOINED.match(text, *words[0]):
        words = words[1:]
    low, high = words[0][0], words[-1][1]
    said = text[low:high]
    if (code := _country(said)) is not None:
        yield Mention(Sort.COUNTRY, low, high, code)
    elif not _is_nobody(said, patterns, organisation=organisation):
        kind = Kind.ORGANISATION if organisation else None
        others = (*_nickname(text, low, high), *aliases(text, high, said, patterns))
        yield Mention(Sort.NAME, low, high, said.replace("\n", " "), kind=kind, aliases=others)


def _nickname(text: str, low: int, high: int) -> Iterator[tuple[str, int, int]]:
    """Give the name in quotation marks within a person's: Prosper "Maboko" Ndakala."""
    nick = _NICK.search(text, low, high)
    if nick:
        yield nick[1], nick.start(1), nick.end(1)


_Words = list[tuple[int, int]]


def _organisation(text: str, words: _Words, patterns: Patterns) -> _Words:
    """Give the words of an organisation's name without "Moscow's", and without what only opens the sentence."""
    first = text[slice(*words[0])]
    opened = words[0][0] == 0 and first != "The" and first.casefold() in patterns.begins
    opened = opened and first.casefold() not in _FITTING
    while len(words) > _FEW and (opened or _FRONT.match(text[slice(*words[0])])):
        words, opened = words[1:], False
    return words


def _person(text: str, words: _Words, patterns: Patterns) -> tuple[list[Mention], _Words]:
    """Give the countries in front of a name, and its words without them, titles and what opens a sentence."""
    found: list[Mention] = []
    begin = words[0][0]
    while len(words) > 1:
        country = _leading_country(text, words)
        if country is not None:
            found.append(country)
            words = [one for one in words if one[0] >= country.end]
            continue
        said = text[slice(*words[0])]
        opens = begin == 0 or text[:begin].rstrip()[-1:] in {"", ".", ":", ";", '"', "\n", ")", "-", "\u2013", "\u2014"}
        word = said.casefold().strip(".")
        title = word in patterns.leading and (opens or words[0][0] > begin or word not in _NUMBERS)
        if not title and not said.isdigit():
            break
        words = words[1:]
    return found, _without_post(text, words, patterns)


def _without_post(text: str, words: _Words, patterns: Patterns) -> _Words:
    """Give a name without the post in front of it: "Defence Minister Ivo Harlan"; two words remain at least."""
    said = [text[slice(*word)].casefold().strip(".") for word in words]
    last = max((place for place, word in enumerate(said[:-2]) if word in patterns.titles), default=-1)
    return words[last + 1 :]


def _leading_country(text: str, words: _Words) -> Mention | None:
    for length in range(min(4, len(words) - 1), 0, -1):
        low, high = words[0][0], words[length - 1][1]
        # "LI XIAOPENG" is nobody of Liechtenstein.
        code_like = length == 1 and high - low <= _SHORTEST and text[slice(*words[1])].isupper()
        if not code_like and (code := _country(text[low:high])) is not None:
            return Mention(Sort.COUNTRY, low, high, code)
    return None


def _is_nobody(said: str, patterns: Patterns, *, organisation: bool) -> bool:
    """Tell capitalised words that are no name: a post, a heading, "Export controls"."""
    words = [word.casefold().strip(".,") for word in said.split()]
    if (
        said.casefold().strip(".").removeprefix("the ") in patterns.not_names
        or sum(map(str.isalnum, said)) < _FEW
        or said.isdigit()
    ):
        return True
    if _is_other(said, words, patterns):
        return True
    if len(words) == 1 and words[0].endswith("ly") and len(words[0]) > _ADVERB:
        return True
    if organisation:
        return len(words) == 1 and words[0] in patterns.organisation_words and not said.isupper()
    return all(word in patterns.leading or word.isdigit() for word in words) or words[0] in patterns.posts


def _is_other(said: str, words: Sequence[str], patterns: Patterns) -> bool:
    """Tell words in small letters, days, placeholders and labels of data: "Passport"."""
    small = said[0].islower() and said[:3] not in _ARTICLES
    blank = len(words) <= _FEW and said.isupper() and _is_blank(words)
    label = len(words) == 1 and patterns.identity.fullmatch(said) is not None
    return small or blank or label or _OF_NOBODY.fullmatch(said) is not None


def _is_blank(words: Sequence[str]) -> bool:
    """Tell what a form has where a name belongs: [NAME], [COMPANY NAME]."""
    return not _BLANKS.isdisjoint(word.strip("[]") for word in words)


def _country(said: str) -> str | None:
    """Give the country that words mean; two letters are a code only in capitals ("In" is no India)."""
    if len(said) >= countries.LONGEST or (len(said) <= _SHORTEST and not said.isupper()):
        return None
    found = countries.code(said)
    if found is None and said.endswith("s"):
        found = countries.code(said[:-1])
    return found
