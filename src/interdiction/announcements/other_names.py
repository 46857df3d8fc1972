"""The other names of a list's entry: in the bracket behind its name, behind labels, in the lines below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from interdiction.announcements.aliases import Alias, aliases
from interdiction.announcements.patterns import Patterns

_BRACKET: Final = re.compile(r"\s*\(((?:[^()]|\([^()]*\))*)\)")
_NUMBERING: Final = re.compile(r"(?:\A|\s)\(?(?:\d{1,2}|[a-z])\)\s+")
_FOLLOWING: Final = re.compile(r",?\s*(?:the following [a-z]+ alias(?:es)?)\s*:\s*", re.IGNORECASE)
_DASHED: Final = re.compile(r"(?:;\s*(?:and\s*)?|\A\s*)-\s*")
_SEMICOLON: Final = re.compile(r";\s*(?:and\s+)?-?\s*")
_FIRST_NUMBER: Final = re.compile(r"\(?(?:\d{1,2}|[a-z])\)\s+")
_CELL: Final = re.compile(r"(?:[^;/,]|(?<=[A-Z]{2}),|,(?!\s[A-Z]))+")
_WORDS: Final = 14


def other_names(body: str, low: int, high: int, value: str, patterns: Patterns) -> Iterator[Alias]:
    """Give the other names of an entry: in the bracket behind its name, behind its labels, in the lines below."""
    seen: set[int] = set()
    for found in (
        *_in_brackets(body, high, value, patterns),
        *_labelled(body, high, patterns),
        *_stacked(body, low, patterns),
    ):
        if found[1] not in seen and found[0].casefold() != value.casefold():
            seen.add(found[1])
            yield found


def in_cell(row: str, column: int, patterns: Patterns) -> Iterator[Alias]:
    """Give the names in a cell of a table's row: "Dahir Yare; formerly Yare Trading"."""
    start = 0
    for _ in range(column):
        start = row.find("|", start) + 1
        if start == 0:
            return
    end = row.find("|", start)
    for piece in _CELL.finditer(row, start, len(row) if end < 0 else end):
        begin = piece.start() + len(piece[0]) - len(piece[0].lstrip())
        label = patterns.alias_words.match(row, begin)
        yield from _trimmed(row, label.end() if label and label.end() < piece.end() else begin, piece.end())


def _in_brackets(body: str, high: int, value: str, patterns: Patterns) -> Iterator[Alias]:
    bracket = _BRACKET.match(body, high)
    if not bracket:
        return
    if not patterns.alias_words.match(body, bracket.start(1)):
        yield from aliases(body, high, value, patterns)
        return
    at = bracket.start(1)
    for piece in re.finditer(r"[^;]+", bracket[1]):
        start, end = at + piece.start(), at + piece.end()
        while start < end and body[start] in " \n":
            start += 1
        label = patterns.alias_words.match(body, start)
        if label and label.end() <= end:
            yield from _trimmed(body, label.end(), end)


def _labelled(body: str, high: int, patterns: Patterns) -> Iterator[Alias]:
    labels = list(patterns.entry_labels.finditer(body, high))
    for place, label in enumerate(labels):
        if not patterns.alias_labels.fullmatch(label[0].strip()):
            continue
        start = label.end()
        end = labels[place + 1].start() if place + 1 < len(labels) else len(body)
        colon = re.match(r"[\s.,]*:?\s*", body[start:end])
        start += colon.end() if colon else 0
        following = _FOLLOWING.match(body, start)
        if following:
            start = following.end()
            end = min(end, _sentence_end(body, start))
            yield from _several(body, start, end, _DASHED)
            continue
        newline = body.find("\n", start)
        end = min(end, newline) if newline >= 0 else end
        if _NUMBERING.search(body[start:end]):
            yield from _several(body, start, end, _NUMBERING)
        else:
            yield from _several(body, start, min(end, _sentence_end(body, start)), _SEMICOLON)


def _sentence_end(body: str, start: int) -> int:
    at = start
    while (at := body.find(". ", at)) >= 0:
        if not re.search(r"\b(?:Co|Ltd|Inc|[A-Z])\Z", body[start:at]):
            return at
        at += 1
    return len(body)


def _several(body: str, start: int, end: int, between: re.Pattern[str]) -> Iterator[Alias]:
    at = start
    for match in between.finditer(body, start, end):
        yield from _trimmed(body, at, match.start())
        at = match.end()
    yield from _trimmed(body, at, end)


def _stacked(body: str, low: int, patterns: Patterns) -> Iterator[Alias]:
    """Give names in the lines below, before the first data: "(Oleh PETRAK)", the name in other letters."""
    at = body.find("\n", low)
    while at >= 0:
        end = body.find("\n", at + 1)
        end = len(body) if end < 0 else end
        said = body[at:end].strip()
        label = patterns.alias_words.match(body, at + 1)
        if label and label.end() < end and patterns.entry_labels.match(body, at + 1) is None:
            yield from _trimmed(body, label.end(), end)
        elif re.fullmatch(r"\([^()]{3,80}\)", said):
            inner = patterns.alias_words.match(said, 1)
            begin = body.index("(", at) + 1
            yield from _trimmed(body, begin + (inner.end() - 1 if inner else 0), end)
        elif sum(not letter.isascii() for letter in said) > len(said) // 2 and len(said.split()) <= _WORDS:
            yield from _trimmed(body, at, end)
        else:
            return
        at = body.find("\n", end)


def _trimmed(body: str, start: int, end: int) -> Iterator[Alias]:
    while start < end and body[start] in " \n\"':,.;()-":
        start += 1
    while end > start and body[end - 1] in " \n\"':,;()|":
        if body[end - 1] == '"' and body.count('"', start, end) % 2 == 0:
            break
        end -= 1
    if end - start > 1 and body[end - 1] == "." and not re.search(r"\b[A-Z]\.\Z|\b(?:Co|Ltd|Inc)\.\Z", body[start:end]):
        end -= 1
    numbered = _FIRST_NUMBER.match(body, start, end)
    start = numbered.end() if numbered else start
    said = body[start:end]
    if (
        len(said) > 1
        and said.casefold() not in {"na", "n/a", "none"}
        and any(map(str.isalpha, said))
        and not (said[0].islower() and said.isascii() and said[:3] not in {"al-", "el-"} and " " in said)
        and len(said.split()) <= _WORDS
    ):
        yield said.replace("\n", " "), start, end
