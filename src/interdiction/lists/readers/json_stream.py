"""JSON with one object for each entry, read so that damage costs only the entry it is in.

`results` reads one document with an array, `lines` one object for each line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from interdiction.lists.readers.reading import ListFile, Problems
from interdiction.model import Grade

_DECODER: Final = json.JSONDecoder()


class Entry(msgspec.Struct):
    """One object with the line it began in, or the raw text of one that cannot be parsed (`value` is `None`)."""

    line: int
    value: dict[str, Any] | None
    raw: str = ""


def results(file: ListFile, key: str, problems: Problems) -> Iterator[Entry]:
    """Give the objects of the array `key` of a document.

    A document that cannot be parsed is a problem of grade FILE (`cut` where its text simply ends, else
    `damaged-json`); its objects are then looked for one by one.
    """
    try:
        document = msgspec.json.decode(file.data)
        values = document[key] if isinstance(document, dict) else document
        for value in values:
            yield Entry(0, value) if isinstance(value, dict) else Entry(0, None, json.dumps(value))
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        text = file.data.decode("utf-8", errors="replace")
        ends = not text.rstrip().endswith(("}", "]"))
        problems.add(
            "cut" if ends else "damaged-json",
            f"the JSON breaks off or breaks: {error}",
            grade=Grade.FILE,
            node=key,
            mend="download the file again; until then what it lacks stays in force",
        )
        yield from _salvaged(text, key)


def lines(file: ListFile) -> Iterator[Entry]:
    """Give the object of each line that says something."""
    for number, line in enumerate(file.data.split(b"\n"), start=1):
        body = line.strip(b" \t\r\0\xef\xbb\xbf")
        if not body:
            continue
        try:
            value = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            value = None
        readable = isinstance(value, dict)
        yield Entry(number, value if readable else None, "" if readable else body.decode("utf-8", errors="replace"))


def _salvaged(text: str, key: str) -> Iterator[Entry]:
    """Give what can be parsed of an array; the text between is an entry that cannot."""
    at = text.find(f'"{key}"')
    at = text.find("[", max(at, 0)) + 1
    lost = at
    while True:
        start = text.find("{", at)
        if start < 0:
            break
        try:
            value, end = _DECODER.raw_decode(text, start)
        except ValueError:
            at = start + 1
            continue
        if isinstance(value, dict) and len(value) > _SMALL:
            yield from _between(text, lost, start)
            line = text.count("\n", 0, start) + 1
            yield from (Entry(line, one) for one in (value, *_inside(value)))
            lost = end
        at = end
    yield from _between(text, lost, len(text))


def _inside(value: object) -> Iterator[dict[str, Any]]:
    """Give the entries that stand inside another one: where an end was lost the next ones count as its parts."""
    several = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in several:
        if isinstance(one, dict) and len(one) > _SMALL:
            yield one
        yield from _inside(one)


_SMALL: Final = 6
"""Members: an object of so few inside a damaged entry is a part of it (an address, a number)."""


def _between(text: str, start: int, end: int) -> Iterator[Entry]:
    raw = text[start:end].strip(" \t\r\n,[]{}")
    if len(raw) > _SMALL and any(sign.isalnum() for sign in raw):
        yield Entry(text.count("\n", 0, start) + 1, None, raw)


def plain_text(raw: str) -> str:
    """Give the words of raw JSON without its signs."""
    return " ".join("".join(" " if sign in '{}[]",:' else sign for sign in raw).split())
