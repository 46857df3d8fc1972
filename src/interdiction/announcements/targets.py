"""Whom an act means: the items of an enumeration, each a name, or a description where the text gives none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

import msgspec

from interdiction.announcements.kinds import TAILS, called, kind_of
from interdiction.announcements.mentions import Mention, Sort
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.shapes import is_closed
from interdiction.model import Kind

_SPLIT: Final = re.compile(
    r",?\s+(?:and|as well as|including|\+|&)\s+|,\s+|:\s+|;\s+|\s*[\u2013\u2014]\s*(?=[A-Za-z])|\s--\s"
)
_LEAD: Final = re.compile(
    r"\A(?:the|a|an|its|their|additional|including|also|against|on|of|both|namely|today|also)\s+", re.IGNORECASE
)
_DESCRIBED: Final = re.compile(r"\A(?:the|a|an|its|[A-Z][\w']+)\s", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|several|hundreds?)\b",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(r",?\s+(?:that|which|who|whose)\s")
_OWN_ENTRY: Final = re.compile(
    r"'s?[ \n]+(?:names?|entry|entries|listings?|designations?|inclusion|delisting|removal|assets|accounts|property)\b"
)
"""What stands for the party itself: "Orvel Bank's name was struck off"."""
_BRACKET_BEHIND: Final = re.compile(r"[A-Z][\w.,&'-]*\s\(\Z")
_NOT: Final = re.compile(r"(?:but\s+)?not\s", re.IGNORECASE)
_NAME_BEHIND: Final = re.compile(r"[ \n]+[A-Z]")
_AND: Final = frozenset({"and", "or", "his", "her", "was", "were", "is", "are", "has", "have"})
_NOUNS: Final = re.compile(r"(?:[ \n]+[a-z-]+){1,3}")
_DATELINE: Final = re.compile(
    r"[A-Z][A-Z/ .]{2,30}(?:,[^\u2013\u2014.;:-]{2,40})?\s*(?:\([A-Za-z]+\)\s*)?(?:[\u2013\u2014]|--?)\s"
)
_BRACKET: Final = re.compile(r"\([^()]*\)")
_ALSO: Final = re.compile(r"[^,;]\s+(?:and|as well as)\s+\Z")
_FEWEST: Final = 2
_MOST: Final = 16
"""Words of a description."""
_EMBEDDED: Final = re.compile(
    r"(?<![\w-])(?:in|of|at|from|for|with|to|against|outside|inside|near|off|across|by|under|between|into|over|around|within|behind"
    r"|that|which|who|whose|whom|where|when|because|owned|controlled|led|headed|run|based|located|linked|tied|than|as)\b",
)
"""Words that put a name behind them inside a description: "four companies in Port Vale"."""
_OPENS: Final = 6
"""Characters behind the verb in which the first piece of its object begins."""
_PLACES: Final = frozenset({"in", "from", "at", "near", "outside", "off"})
"""Behind these stands a place, and the organisation that is joined to it stands alone."""
_HEADS: Final = re.compile(
    r"(?:\A|[\s(])(?:sanctions?|measures|freezes?|bans?|designations?|listings?|penalties|entry|entries|names?|debarment"
    r"|proscription|blacklisting|blocking|suspension|inclusion|addition|removal|delisting|assets|accounts|property|funds)"
    r"\s+(?:on|against|targeting|of|to|for)\s*\Z"
    r"|\A(?:on|against|of|to|for|along with|together with|alongside|besides|in addition to)\s*\Z"
    r"|\bknown\b[^,;]{0,120}\bas\s*\Z",
    re.IGNORECASE,
)
_MODIFIES: Final = re.compile(
    r"[ \n]+(?:regime|government|administration|family|war|clan's|clan|era|attacks?|programme|program|region|province"
    r"|border|conflict|market|sector|economy)\b"
)
"""Words that make the name in front of them a description: "the Lukashenko regime"."""


class Phrase(msgspec.Struct, frozen=True):
    """One target in the characters of its sentence; `role` is what the text calls a named one."""

    start: int
    end: int
    value: str
    named: bool
    kind: Kind | None = None
    role: tuple[int, int] | None = None
    countries: tuple[Mention, ...] = ()
    aliases: tuple[tuple[str, int, int], ...] = ()


def items(
    text: str, low: int, high: int, mentions: Sequence[Mention], patterns: Patterns, *, last: bool = False
) -> list[Phrase]:
    """Give the targets between two places of a sentence; `last` asks for the last name alone (", which OFAC ...")."""
    dateline = _DATELINE.match(text) if low == 0 else None
    low = dateline.end() if dateline else low
    within = [one for one in mentions if low <= one.start and one.end <= high]
    names = [one for one in within if one.sort is Sort.NAME and not is_never(one.value, patterns)]
    names = [one for one in names if not _alias_of(one, names)]
    if last:
        return [_named(text, names[-1], within, names[-1].start, patterns)] if names else []
    names = [one for one in names if not _is_modifier(text, one, patterns) and not _is_seat(text, one)]
    found: list[Phrase] = []
    embedded = ""
    for start, end in _pieces(text, low, high, mentions):
        inside = [one for one in names if start <= one.start and one.end <= end + len(".")]
        joined = bool(embedded) and _ALSO.search(text[low:start]) is not None
        alone = joined and embedded in _PLACES
        head = [one for one in inside if not joined or (alone and one.kind is not None)]
        head = [one for one in head if not _is_inside(text[start : one.start], first=start <= low + _OPENS)]
        if head:
            found += [_named(text, one, within, start, patterns) for one in head]
        elif not inside and (described := _described(text, start, end, within, patterns)) is not None:
            found.append(described)
        within_it = _EMBEDDED.findall(text[start:end])
        embedded = within_it[-1] if within_it and not head else ""
    return found


def _is_seat(text: str, name: Mention) -> bool:
    """Tell a place in brackets behind a name: "Redleaf Vector (Shenzhen)"."""
    alone = " " not in name.value and text.startswith(")", name.end)
    return alone and _BRACKET_BEHIND.search(text, 0, name.start) is not None


def _is_modifier(text: str, name: Mention, patterns: Patterns) -> bool:
    """Tell a name that only describes what follows: "Belgrade company", "Barakat's brother", "the Assad government"."""
    owns = text.startswith(("'s ", "' "), name.end)
    if owns or _MODIFIES.match(text, name.end):
        return _OWN_ENTRY.match(text, name.end) is None
    behind = _NOUNS.match(text, name.end)
    if behind is None:
        return False
    words = list(takewhile(lambda word: word not in patterns.qualifying | _AND, behind[0].split())) or ["and"]
    kinds = [called(" ".join(words[:many]), patterns) for many in range(1, len(words) + 1)]
    if any(kinds) and _NAME_BEHIND.match(text, behind.end()):
        return True  # "the Sepehr affiliate Oghab Trading"
    if name.kind is not None or " " in name.value:
        return name.kind is Kind.ORGANISATION and called(words[0], patterns) is Kind.PERSON
    if name.start == 0 and words[0] not in patterns.joining and patterns.tells.match(text, name.end + 1) is None:
        return True
    return any(kinds)


def _is_inside(before: str, *, first: bool = True) -> bool:
    """Tell a name that stands in a description of something else by what is in front of it.

    `first`: "of" may go on with the verb in the first piece of an enumeration, never in a later one: ", 45, of Minsk".
    """
    if TAILS.search(before):
        return False
    if _NOT.match(before):
        return True
    found = list(_EMBEDDED.finditer(before))
    if found and not first and found[-1].start() == 0:
        return True
    return bool(found) and not _HEADS.search(before[: found[-1].end()])


def _pieces(text: str, low: int, high: int, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Cut an enumeration at its commas and "and", never inside a name or a bracket but one that is a list."""
    start = low
    lists = [match.span() for match in _BRACKET.finditer(text, low, high) if _holds_list(match, mentions)]
    for match in _SPLIT.finditer(text, low, high):
        listed = any(one <= match.start() and match.end() <= other for one, other in lists)
        inside = any(one.start < match.start() and match.end() < one.end for one in mentions)
        if inside or (not listed and text.count("(", start, match.start()) > text.count(")", start, match.start())):
            continue
        bracket = next((one for one, other in lists if start < one < match.start()), None)
        if bracket is not None:
            yield from _stripped(text, start, bracket)
            start = bracket + 1
        yield from _stripped(text, start, match.start())
        start = match.end()
    yield from _stripped(text, start, high)


def _holds_list(bracket: re.Match[str], mentions: Sequence[Mention]) -> bool:
    """Tell a bracket that lists parties: "three commanders (Ivo Harlan, Mira Sonn and Tod Reeve)"."""
    inside = [one for one in mentions if one.sort is Sort.NAME and bracket.start() < one.start < bracket.end()]
    alias = any(
        bracket.start() < low < bracket.end() for one in mentions for _, low, _ in one.aliases if one not in inside
    )
    told = ":" in bracket[0]
    return not alias and not told and len(inside) > 1 and any(" " in one.value for one in inside)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in " \n,.:;()\u2013-":
        start += 1
    while end > start and text[end - 1] in " \n,.:;()\u2013-":
        end -= 1
    if start < end:
        yield start, end


def is_never(name: str, patterns: Patterns) -> bool:
    """Tell what is never a target by itself: a publisher, the victim of the attack, a law, a list."""
    said = name.casefold().strip(".")
    if said in patterns.never or said.removeprefix("the ") in patterns.never:
        return True
    words = [word.strip(".,'") for word in said.split()]
    return not patterns.not_party_words.isdisjoint(words[:1] + words[-1:]) and not is_closed(name)


def _alias_of(name: Mention, names: Sequence[Mention]) -> bool:
    return any(low <= name.start < high for other in names for _, low, high in other.aliases)


def _named(text: str, name: Mention, within: Sequence[Mention], start: int, patterns: Patterns) -> Phrase:
    role_start, role_end = start, name.start
    lead = _LEAD.match(text[role_start:role_end])
    if lead:
        role_start += lead.end()
    said = text[role_start:role_end].strip(' \n("')
    kind = name.kind or kind_of(text, name.start, name.end, patterns)
    article = len("The ") if name.value.startswith("The ") else 0
    return Phrase(
        start=name.start + article,
        end=name.end,
        value=name.value[article:].rstrip("."),
        named=True,
        kind=kind,
        role=(role_start, role_start + len(said)) if said and said[0].isalpha() else None,
        countries=tuple(one for one in within if one.sort is Sort.COUNTRY and start <= one.start < name.start),
        aliases=name.aliases,
    )


def _described(text: str, start: int, end: int, within: Sequence[Mention], patterns: Patterns) -> Phrase | None:
    """Give a description that stands where a target does: "the country's primary intelligence agency"."""
    relative = _RELATIVE.search(text, start, end)
    end = relative.start() if relative else end
    said = text[start:end]
    if _NUMBER.search(said) or not _DESCRIBED.match(f"{said} "):
        return None
    own = tuple(
        one for one in within if one.sort in {Sort.COUNTRY, Sort.ISSUER} and start <= one.start and one.end <= end
    )
    whole = len(own) == 1 and len(_LEAD.sub("", said)) <= own[0].end - own[0].start
    words = said.split()
    if not whole and (not _FEWEST <= len(words) <= _MOST or not _head(said, patterns)):
        return None
    kind = next((kind for kind, pattern in patterns.counted if pattern.search(words[-1])), None)
    if kind is None and patterns.bodies.search(words[-1]) and words[-1].casefold() not in patterns.not_parties:
        kind = Kind.ORGANISATION
    return Phrase(
        start=start,
        end=end,
        value=" ".join(words),
        named=False,
        kind=None if whole else kind,
        countries=tuple(one for one in own if one.sort is Sort.COUNTRY),
    )


def _head(said: str, patterns: Patterns) -> bool:
    """Tell whether some word says that it is people, organisations, a government or an industry."""
    return any(pattern.search(said) for _, pattern in patterns.counted) or patterns.bodies.search(said) is not None
