"""Who and what a sentence mentions: issuers, instruments, countries and names, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from interdiction.announcements.patterns import Issuer, Patterns
from interdiction.announcements.phrases import number
from interdiction.announcements.titles import titles_in
from interdiction.model import Kind
from interdiction.names import countries

_CAPITAL: Final = r"[A-Z\u00c0-\u00de][\w'&./-]*"
_JOIN: Final = r"(?:of|for|the|de|del|la|al|el|bin|ibn|van|von|der|da|dos|di|du|&)"
_NAME: Final = re.compile(rf"{_CAPITAL}(?:[ \n]+(?:{_JOIN}[ \n]+){{0,2}}(?:{_CAPITAL}|\d{{1,4}}\b))*")
_QUOTED: Final = re.compile(r'"([^"]{2,80}?)[,.]?"')
_POSSESSIVE: Final = re.compile(r"'s?\Z")
_AND: Final = re.compile(r"[ \n]+and[ \n]+")
_NEAR: Final = 40
_FEWEST, _MOST_PARTS = 2, 5
"""Words of a person's name."""
_SAYS: Final = frozenset({"said", "says"})
_INITIAL: Final = re.compile(r"\b[A-Z]\.\s")
_FROM: Final = re.compile(r"\s*(?:From|AGENCY|Agency|Issued by|Published by|Organisation|By):\s*")
_LEFT: Final = 2
"""Words that may stand behind a letterhead in its line."""
_VESSEL: Final = re.compile(r"\b(?:vessels?|ships?|tankers?|m/?v|motor vessel)\s+\Z", re.IGNORECASE)
_MOST_WORDS: Final = 12
_SHORTEST: Final = 3
_FORM: Final = re.compile(
    r",\s+(?:Limited|Ltd\.?|LLC|L\.L\.C\.|LLP|Inc\.?|Corp\.?|S\.A\.(?: de C\.V\.)?|S\.A\.S\.|S\.L\.|GmbH|FZE|FZCO"
    r"|JSC|OJSC|PJSC|B\.V\.|N\.V\.|A\.S\.|AG|SARL|PLC|plc)(?!\w)"
)
"""A legal form that goes on behind a comma: "Tidewell Energy Co., Limited"."""
_FLAGGED: Final = re.compile(r"[A-Z]\w*-(?:flagged|based|registered|owned|linked|backed|born|controlled|run)\Z")
_ALIAS: Final = re.compile(
    r"[ \n]*\((?:(?:IMO|DOB)[^;()]*;[ \n]*)?"
    r"(?:a\.?k\.?a\.?:?|alias|also known as|also spelled|also spelt|f\.?k\.?a\.?:?|formerly|then)?[ \n]*"
    r"(?P<inside>[^()]{2,160})\)"
    r'|,?[ \n]+(?:a\.?k\.?a\.?|(?:also |better )?known as)[ \n]+"?(?P<named>[^,;()"]{2,80})'
)


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
    for issuer in patterns.issuers:
        found += [Mention(Sort.ISSUER, *match.span(), issuer.name, issuer) for match in issuer.found.finditer(plain)]
    found = _apart(found)
    if not heading:
        found = _apart([*found, *_names(text, patterns, found)])
    return sorted(found, key=lambda one: one.start)


def _lowered(text: str) -> str:
    """Write a headline in capitals as a name is written: SECURITY COUNCIL as Security Council."""
    words = re.sub(r"[A-Z]{5,}(?:'[A-Z]+)?|FOUR|FIVE|NINE", lambda found: found[0].capitalize(), text)
    return re.sub(r"\b(?:OF|THE|AND|FOR|IN|ON|TO|BY|AT|AS)\b", lambda found: found[0].lower(), words)


def is_letterhead(text: str, issuer: Mention) -> bool:
    """Tell an issuer that opens a line of its own, as a letterhead or behind "From:" does."""
    line = text[text.rfind("\n", 0, issuer.start) + 1 : issuer.start]
    end = text.find("\n", issuer.end)
    rest = text[issuer.end : end if end >= 0 else len(text)]
    opens = not line.strip() or _FROM.fullmatch(line) is not None
    alone = len(rest.split()) <= _LEFT or _FROM.fullmatch(line) is not None
    return (
        opens
        and alone
        and not rest.rstrip().endswith(".")
        and " " in text[issuer.start : issuer.end].removeprefix("the ")
    )


def kind_near(text: str, name: Mention, patterns: Patterns) -> Kind | None:
    """Give what a name is by the words beside it: "programmer Park Jin Hyok", "said John E. Smith", "M/V Chong Gen"."""
    before = text[max(0, name.start - _NEAR) : name.start]
    if _VESSEL.search(before) or before.endswith("-flagged ") or text[name.end :].startswith(" (IMO"):
        return Kind.VESSEL
    words = name.value.split()
    if not _FEWEST <= len(words) <= _MOST_PARTS or any(letter.isdigit() for letter in name.value):
        return None
    last = re.findall(r"[\w-]+", before.casefold())[-1:]
    titled = bool(last) and last[0] in patterns.titles | _SAYS
    spoken = re.match(r",?\s+(?:said|says|told)\b", text[name.end :]) is not None
    posted = (
        re.match(r",\s+(?:the\s+)?(?:[A-Z][a-z]+ )*(?:Secretary|Director|Minister|President)", text[name.end :])
        is not None
    )
    return Kind.PERSON if titled or spoken or posted or _INITIAL.search(name.value) else None


def _instruments(text: str, patterns: Patterns) -> Iterator[Mention]:
    for kind, pattern in patterns.instruments:
        for match in pattern.finditer(text):
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


def _names(text: str, patterns: Patterns, taken: Sequence[Mention]) -> Iterator[Mention]:
    for start, end in _chunks(text, patterns):
        said = text[start:end]
        inside = [one for one in taken if one.start < end and start < one.end]
        # "U.S. President" is an issuer's, "Korea Tangun Trading Corp" is a name.
        if inside and not _is_organisation(said, patterns):
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
    words = list(re.finditer(r"[^ \n]+", text[start:end]))
    organisation = _is_organisation(text[start:end], patterns)
    while not organisation and len(words) > 1:
        if words[0][0].isdigit() or _FLAGGED.match(words[0][0]):
            words = words[1:]
            continue
        for length in (4, 3, 2, 1):
            low, high = start + words[0].start(), start + words[min(length, len(words)) - 1].end()
            if length < len(words) and (code := _country(text[low:high])):
                yield Mention(Sort.COUNTRY, low, high, code)
                words = words[length:]
                break
        else:
            if words[0][0].casefold().strip(".") in patterns.leading:
                words = words[1:]
                continue
            break
    low, high = start + words[0].start(), start + words[-1].end()
    said = text[low:high]
    if (code := _country(said)) is not None:
        yield Mention(Sort.COUNTRY, low, high, code)
        return
    if said.casefold().strip(".") in patterns.not_names or not any(letter.isalpha() for letter in said):
        return
    words_of = [word.casefold().strip(".,") for word in said.split()]
    if all(word in patterns.leading for word in words_of) or (not organisation and words_of[0] in patterns.posts):
        return
    yield Mention(
        Sort.NAME,
        low,
        high,
        said.replace("\n", " "),
        kind=Kind.ORGANISATION if organisation else None,
        aliases=tuple(_aliases(text, high)),
    )


def _country(said: str) -> str | None:
    """Give the country that words mean; two letters are a code only in capitals ("In" is no India)."""
    if len(said) >= countries.LONGEST or (len(said) < _SHORTEST and not said.isupper()):
        return None
    found = countries.code(said)
    if found is None and said.endswith("s"):
        found = countries.code(said[:-1])
    return found


def _chunks(text: str, patterns: Patterns) -> Iterator[tuple[int, int]]:
    """Give the places of capitalised words that belong together, and of what stands in quotation marks."""
    for match in _NAME.finditer(text):
        start, end = match.span()
        said = _POSSESSIVE.sub("", match[0])
        end = start + len(said.rstrip("/-'"))
        while text[end - 1] == "." and not _keeps_stop(text[start:end], patterns):
            end -= 1
        form = _FORM.match(text, end)
        if form:
            end = form.end()
        tail = _AND.match(text, end)
        if tail and not _is_organisation(text[start:end].rsplit(maxsplit=1)[-1], patterns):
            after = _NAME.match(text, tail.end())
            if after and after[0].split()[0].casefold() in patterns.trades:
                end = after.start() + len(_POSSESSIVE.sub("", after[0]).rstrip("."))
        if len(text[start:end].split()) <= _MOST_WORDS and end > start:
            yield start, end
    for match in _QUOTED.finditer(text):
        if match[1][0].isupper() and len(match[1].split()) <= 6 and not match[1].rstrip().endswith((".", "?")):
            yield match.start(1), match.start(1) + len(match[1].rstrip(" ,"))


def _keeps_stop(said: str, patterns: Patterns) -> bool:
    last = said.rsplit(maxsplit=1)[-1].casefold().rstrip(".")
    return last in patterns.ending or "." in last


def _is_organisation(said: str, patterns: Patterns) -> bool:
    return any(word.casefold().strip(".,'") in patterns.organisation_words for word in said.split())


def _aliases(text: str, end: int) -> Iterator[tuple[str, int, int]]:
    """Give the other names that stand behind a name: (a.k.a. X or "Y"), (RGB), also known as Z."""
    match = _ALIAS.match(text, end)
    if not match:
        return
    group = "inside" if match["inside"] else "named"
    base = match.start(group)
    for part in re.finditer(r'(?:(?!\bor\b|\band\b|;|,)[^"])+|"[^"]+"', match[group]):
        said = part[0].strip(' "\n')
        written = said[:1].isupper() or (said[:1].isalpha() and not said.isascii())
        if len(said) > 1 and written and not any(letter.isdigit() for letter in said):
            low = base + part.start() + part[0].index(said)
            yield said.replace("\n", " "), low, low + len(said)
