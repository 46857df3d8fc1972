"""Clean text to paragraphs, sentences and quotations, with what repeats and what is the publisher's furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from interdiction.announcements.patterns import Patterns

_WRAPPED: Final = re.compile(r"[^.!?:\"”]\Z")
_DATELINE: Final = re.compile(r"[A-Z][A-Z .,]{3,40}(?:[A-Z][a-z]+\.? \d{1,2})?\s*[\u2013\u2014-]")
_HEADING_WORDS: Final = 3
_WRAP_FROM: Final = 40
"""Characters; a shorter line that does not end a sentence is a heading, not a line broken by a printer."""
_END: Final = re.compile(r"[.!?]+[\"')\]]*(?=\s+[\"'(\[]?[A-Z0-9\u00c0-\u024f]|\s*\Z)")
_INITIALS: Final = re.compile(r"(?:\b[A-Za-z]\.)+\Z")
_WORD: Final = re.compile(r"([A-Za-z][\w'-]*)\.\Z")
_ITEM: Final = re.compile(
    r"(?:\(?(?:\d{1,3}|[ivx]{1,5}|[a-z])\)|\d{1,3}(?:\.\d{1,2})?[.)]|[\u2022\u25cf\u25cb\u25aa*])\s+\S|[^\s,]+,[^\s,]*,[^\s]"
)
"""How an item of a list begins, and a row of values parted by commas: neither goes on with the line before."""
_MARKER: Final = re.compile(r"\W*(?:\d{1,3}|[ivxIVX]{1,5}|[A-Za-z])[.)]\Z")
"""The number of a paragraph or an item, which is no sentence."""
_LONGEST: Final = 3000
"""Characters of a sentence; what goes on longer (a table, noise) is cut, so that no document can hold up the reader."""
_AFTER: Final = 40
"""Characters behind a full stop that show whether it ends a sentence."""
_QUOTE: Final = re.compile(r'"[^"]*(?:"|\Z)')


class Part(msgspec.Struct, frozen=True):
    """One sentence of the clean text: `start` and `end` count its characters, `paragraph` from 0.

    `repeats` is the index of the sentence it says again; `furniture` marks what the publisher adds to every page.
    """

    index: int
    start: int
    end: int
    text: str
    paragraph: int
    repeats: int | None = None
    furniture: bool = False
    heading: bool = False
    quotes: tuple[tuple[int, int], ...] = ()
    """Places of quotations within `text`."""


def split(text: str, patterns: Patterns) -> Iterator[Part]:
    """Give the sentences of a clean text in their order."""
    seen: dict[str, int] = {}
    count = 0
    open_quote = False
    for number, (start, end) in enumerate(_paragraphs(text)):
        body = text[start:end]
        heading = _is_heading(body)
        open_quote = False
        for low, high in _sentences(body, patterns):
            said = body[low:high]
            folded = re.sub(r"\W+", " ", said).casefold().strip()
            repeats = seen.get(folded) if any(letter.isalpha() for letter in folded) else None
            quotes, open_quote = _quotes(said, open_quote)
            yield Part(
                index=count,
                start=start + low,
                end=start + high,
                text=said,
                paragraph=number,
                repeats=repeats,
                furniture=patterns.furniture.search(said) is not None,
                heading=heading,
                quotes=quotes,
            )
            seen.setdefault(folded, count)
            count += 1


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of paragraphs; lines that a printer broke belong together."""
    start: int | None = None
    last = 0
    for found in re.finditer(r"[^\n]*(?:\n|\Z)", text):
        line = found[0].strip()
        if not line:
            if start is not None:
                yield _trimmed(text, start, last)
                start = None
            continue
        if start is not None and not _continues(text[start:last].rstrip(), line):
            yield _trimmed(text, start, last)
            start = None
        if start is None:
            start = found.start()
        last = found.start() + len(found[0].rstrip("\n"))
    if start is not None:
        yield _trimmed(text, start, last)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _continues(before: str, line: str) -> bool:
    tail = before.rsplit("\n", 1)[-1]
    if _ITEM.match(line):
        return False
    if line[:1].islower():
        return True
    if len(tail) < _WRAP_FROM or not _WRAPPED.search(tail):
        return False
    return not _is_heading(tail) or _is_heading(line)


def _is_heading(body: str) -> bool:
    """Tell a title: no full stop, and hardly a word in small letters but joining ones."""
    if body.rstrip('"').endswith((".", "!", "?")) or _DATELINE.match(body):
        return False
    words = [word for word in re.findall(r"[A-Za-z][\w'-]*", body) if len(word) > _HEADING_WORDS]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _sentences(body: str, patterns: Patterns) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(body):
        before = body[max(start, found.start() - _AFTER) : found.start() + 1]
        after = body[found.end() : found.end() + _AFTER]
        if found[0].startswith(".") and (
            _abbreviated(before, after, patterns) or _MARKER.fullmatch(body[start : found.start() + 1].strip()[:_AFTER])
        ):
            continue
        yield from _pieces(body, start, found.end())
        start = found.end()
    yield from _pieces(body, start, len(body))


def _pieces(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give a sentence, in pieces where it is longer than any."""
    low, high = _trimmed(body, start, end)
    while low < high:
        cut = high
        if high - low > _LONGEST:
            found = (body.rfind(mark, low + 1, low + _LONGEST) for mark in ("; ", ", ", " "))
            cut = next((place + 1 for place in found if place > low), low + _LONGEST)
        yield _trimmed(body, low, cut)
        low, high = _trimmed(body, cut, high)


def _abbreviated(before: str, after: str, patterns: Patterns) -> bool:
    """Tell a full stop that ends no sentence: behind an abbreviation, unless what follows can only begin one."""
    begins = after.lstrip().split(" ", 1)[0].strip("\"'(").casefold()
    word = _WORD.search(before)
    if word and word[1].casefold() in patterns.abbreviations:
        return not (word[1].casefold() in patterns.ending and begins in patterns.openers)
    if _INITIALS.search(before):
        return begins not in patterns.openers
    return False


def _quotes(said: str, is_open: bool) -> tuple[tuple[tuple[int, int], ...], bool]:
    """Give the places of quotations, and whether the last one goes on in the next sentence."""
    places: list[tuple[int, int]] = []
    at = 0
    # A quotation of several sentences may open each of its paragraphs anew.
    if is_open and not re.match(r'"\w', said):
        close = said.find('"')
        if close < 0:
            return ((0, len(said)),), True
        places.append((0, close + 1))
        at = close + 1
    places += [found.span() for found in _QUOTE.finditer(said, at)]
    return tuple(places), said.count('"', at) % 2 == 1
