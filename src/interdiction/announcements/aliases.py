"""The other names behind a name: "(a.k.a. X; f.k.a. Y)", "(RGB)", ", better known as Z", in other letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from interdiction.announcements.patterns import Patterns
from interdiction.announcements.shapes import CAPITAL, is_organisation
from interdiction.names import countries

Alias = tuple[str, int, int]
"""Its words, and their place in the sentence."""

_BRACKET: Final = re.compile(r"[ \n]*\(((?:[^()]|\([^()]*\)){2,600})\)")
_PIECE: Final = re.compile(r'"[^"]*"|(?:(?!;|,\s|\s(?:or|and|and/or)\s)[^"])+')
_SPLIT: Final = re.compile(r";|,\s+(?:(?:or|and)\s+)?|\s+(?:or|and/or)\s+|\s+and\s+")
_NUMBERED: Final = re.compile(r"\A(?:\(?[a-z0-9]{1,2}\)|\d\.)\s*")
_TAIL: Final = re.compile(
    r"(?:,\s+\d{1,3}(?=,|\s[\u2013\u2014-]))?(?:\s+[\u2013\u2014-]\s+(?=real|also|better|aka|born|alias)"
    r"|,?\s+(?:(?:who|which)\s+)?(?:(?:is|was|are|were)\s+)?|,\s+)"
)
_PLAIN: Final = re.compile(rf"{CAPITAL}(?:[ \n]+(?:(?:of|the|de|la|el|al|bin|van|von|and)[ \n]+){{0,2}}{CAPITAL})*")
_PAIR: Final = re.compile(r"(?P<one>[A-Z][\w'-]+\s[A-Z][\w'-]+)\s+and\s+(?P<other>[A-Z][\w'-]+\s[A-Z][\w'-]+)\.?")
"""Two names of two words each: "Abu Yusuf and Abu Talha"."""
_FILLER: Final = re.compile(r"[\s:,]*(?:(?:by\s+|as\s+)?(?:the|his|her|their|its)\s+(?:[a-z]+\s+){0,2}(?=[\"A-Z]))?")
_NEXT: Final = re.compile(r",?\s+(?:and|or|alias|a\.k\.a\.?|aka|@)\s+|,\s+(?=\")")
_AT: Final = re.compile(r"\s+@\s+")
_YEAR: Final = re.compile(r"\b(?:18|19|20)\d\d\Z")
"""What ends with a year is a birth or a founding: "(alias Ebu; Idlib 1985)"."""
_WORD: Final = re.compile(r"[^\W_]+")
_FAMILY: Final = re.compile(r"(?:\A|\s)[A-Z][A-Z'-]{2,}\Z")
"""A family name in capitals in front of its given names: "PETROFF, Ivan"."""
_SHORTLY: Final = re.compile(r",\s+or\s+(?P<said>[A-Z]{2,8})(?=[,.)])")
"""Initials behind a name: "Vanguard Corps, or VC,"."""
_LONGEST: Final = 14
_UNLABELLED: Final = 9
"""Words of an alias, with and without a word that says that it is one."""


def aliases(text: str, end: int, name: str, patterns: Patterns) -> list[Alias]:
    """Give the other names that stand behind a name ending at `end`, in their order."""
    found: list[Alias] = []
    while bracket := _BRACKET.match(text, end):
        inside = list(_bracketed(text, bracket.start(1), bracket.end(1), name, patterns))
        found += inside
        end = bracket.end()
    shortly = _SHORTLY.match(text, end)
    if shortly:
        found.append((shortly["said"], *shortly.span("said")))
    tail = _TAIL.match(text, end)
    label = _AT.match(text, end) or (patterns.alias_words.match(text, tail.end()) if tail else None)
    if label:
        found += _behind(text, label.end())
    return found


def bracket_end(text: str, end: int) -> int:
    """Give where the brackets behind a name end."""
    while bracket := _BRACKET.match(text, end):
        end = bracket.end()
    return end


def _bracketed(text: str, low: int, high: int, name: str, patterns: Patterns) -> Iterator[Alias]:
    labelled = False
    alone = not _SPLIT.search(text, low, high)
    for first, last in _pieces(text, low, high):
        start = first + len(text[first:last]) - len(text[first:last].lstrip())
        label = patterns.alias_words.match(text, start)
        if label and label.end() <= last:
            labelled = True
            start = label.end()
        elif patterns.identity.match(text, start) or (labelled and _YEAR.search(text, start, last)):
            labelled = False
            continue
        quoted = text[start:last].lstrip(" :")[:1] in {'"', "'"}
        start, end = _bare(text, start, last)
        said = text[start:end]
        short = not labelled and _is_short(said, name, patterns, alone=alone or quoted, quoted=quoted)
        if first == low and not labelled and not short:
            return  # a list of parties, or a description
        if start < end and (short or (labelled and (quoted or _is_labelled(said)))):
            yield said.replace("\n", " "), start, end


def _pieces(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Cut at semicolons, commas and "or"; at "and" only between quotations or before a label's own words."""
    start = low
    for match in _SPLIT.finditer(text, low, high):
        inverted = (
            match[0].startswith(",") and _FAMILY.search(text, start, match.start()) and text[match.end()].isupper()
        )
        inside = inverted or text.count('"', start, match.start()) % 2 == 1
        whole = match[0].strip() == "and" and text[match.start() - 1] != '"' and text[match.end()] != '"'
        form = match[0].startswith(",") and re.match(r"(?:Ltd|LLC|Inc|S\.A|Limited|Co)\b", text[match.end() :])
        if inside or form or (whole and not _both_names(text[start : match.start()], text[match.end() : high])):
            continue
        yield start, match.start()
        start = match.end()
    yield start, high


def _both_names(first: str, second: str) -> bool:
    """Tell "Marwen Oil and Crescent Petroleum" from "Export and Import Bank": both of two words or more."""
    return len(first.split()) > 1 and len(second.split()) > 1 and "bank" not in second.rsplit(maxsplit=1)[-1].casefold()


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    numbered = _NUMBERED.match(text[start:end])
    if numbered:
        start += numbered.end()
    while start < end and text[start] in ' \n":,;\u2013-':
        start += 1
    while end > start and text[end - 1] in ' \n",;:':
        end -= 1
    if text[start:end].startswith("'") and text[start:end].endswith("'"):
        start, end = start + 1, end - 1
    return start, end


def _is_labelled(said: str) -> bool:
    first = said[0]
    written = first.isupper() or first.isdigit() or not said.isascii() or said[:3].casefold() in {"al-", "el-"}
    return len(said) > 1 and written and any(map(str.isalpha, said)) and len(said.split()) <= _LONGEST


def _is_short(said: str, name: str, patterns: Patterns, *, alone: bool, quoted: bool) -> bool:
    """Tell a native form without a label, or another short one: letters of the name, or quotation marks."""
    words = said.split()
    if any(map(str.isdigit, said)) or len(words) > _UNLABELLED or len(said) <= 1:
        return False
    folded = said.casefold().strip(".")
    first = words[0].casefold().strip(".,")
    foreign = sum(not letter.isascii() for letter in said) > len(said) // 2
    if foreign or (first == "the" and len(words) > 1 and alone):
        return True
    if not (said[0].isupper() and alone) or _is_part(folded, name) or folded in patterns.not_names | patterns.never:
        return False
    if first in patterns.leading | patterns.posts or patterns.lexicons.issuers.fullmatch(said) is not None:
        return False
    if len(said) < countries.LONGEST and countries.code(said) is not None:
        return said.isupper() and _initials(name).startswith(said)
    return quoted or sum(map(str.isupper, said)) > 1 or first in name.casefold() or is_organisation(said, patterns)


def _is_part(folded: str, name: str) -> bool:
    """Tell a short form that the text goes on with, all of whose words are the name's: Sinbad of Sinbad.io."""
    return set(_WORD.findall(folded)) <= set(_WORD.findall(name.casefold()))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _behind(text: str, at: int) -> Iterator[Alias]:
    """Give the names behind "also known as" outside a bracket: quotations, or the capitalised words there."""
    while True:
        skip = _FILLER.match(text, at)
        at = skip.end() if skip else at
        quoted = re.compile(r'"([^"]{2,80}?)[,.]?"').match(text, at)
        plain = None if quoted else _PLAIN.match(text, at)
        found = quoted or plain
        if found is None:
            return
        low, high = found.span(1 if quoted else 0)
        pair = None if quoted else _PAIR.fullmatch(text, low, high)
        if pair:
            yield pair["one"].replace("\n", " "), *pair.span("one")
            low = pair.start("other")
        while text[high - 1] in ".,'" and not quoted:
            high -= 1
        yield text[low:high].replace("\n", " "), low, high
        more = _NEXT.match(text, found.end())
        if not more or (plain and more[0].strip() in {"and", ", and"}):
            return
        at = more.end()
