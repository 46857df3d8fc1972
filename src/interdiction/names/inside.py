"""Listed names inside free texts, with their places: one native call for any number of texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

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

    @property
    def places(self) -> list[Place]:
        """Where something was found, each place once, however many names were found there."""
        return list(dict.fromkeys(Place(one.text, one.start, one.end) for one in self.windows))


def find(index: _core.TextIndex, texts: Sequence[str], threads: int = 0) -> Windows:
    """Give every listed name of `index` in each text; no two windows of one name overlap."""
    # One character for one, so that places still fit; Arrow cannot hold the other.
    readable = [_LONE_SURROGATE.sub("\ufffd", text) for text in texts]
    batch = index.find(_core.batch({"text": readable}), threads=threads)
    columns = batch.columns()
    rows = zip(*(columns[name] for name in ("query", "name", "party", "score", "start", "end")), strict=True)
    return Windows(tuple(Window(*row) for row in rows), frozenset(batch.truncated))


def table(found: Windows) -> _core.Batch:
    """Give the windows as candidates for the judge; queries are the places, in their order."""
    rows = {place: row for row, place in enumerate(found.places)}
    candidates = sorted({(rows[Place(one.text, one.start, one.end)], one.party, one.name) for one in found.windows})
    return _core.batch({name: [row[at] for row in candidates] for at, name in enumerate(("query", "party", "name"))})
