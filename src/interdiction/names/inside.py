"""Listed names inside free texts, with their places: one native call for any number of texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from interdiction import _core

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Window(msgspec.Struct, frozen=True):
    """One listed name in one text: `text` is the place of the text among those given, `name` and `party` are
    ordinals of the index, `score` is the retrieval score, and `start:end` cuts the window out of the text."""

    text: int
    name: int
    party: int
    score: float
    start: int
    end: int


class Place(msgspec.Struct, frozen=True):
    """A part of one of several texts."""

    text: int
    start: int
    end: int


class Windows(msgspec.Struct, frozen=True):
    """The windows of several texts, ordered by text, name and place; `truncated` are texts that may hold more."""

    windows: tuple[Window, ...] = ()
    truncated: frozenset[int] = frozenset()


def find(index: _core.TextIndex, texts: Sequence[str], threads: int = 0) -> Windows:
    """Give every listed name of `index` in each text; no two windows of one name overlap."""
    # One character for one, so that places still fit; Arrow cannot hold the other.
    readable = [_LONE_SURROGATE.sub("\ufffd", text) for text in texts]
    batch = index.find(_core.batch({"text": readable}), threads=threads)
    columns = batch.columns()
    rows = zip(*(columns[name] for name in ("query", "name", "party", "score", "start", "end")), strict=True)
    return Windows(tuple(Window(*row) for row in rows), frozenset(batch.truncated))


def table(candidates: Iterable[tuple[int, int, int]]) -> _core.Batch:
    """Give candidates (query, party, name) as the judge takes them."""
    rows = sorted(candidates)
    return _core.batch({name: [row[at] for row in rows] for at, name in enumerate(("query", "party", "name"))})
