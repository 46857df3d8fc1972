"""What a publisher's small file of changes tells: that something changed, of which day, how much of what kind.

Reach for it to learn early that a whole list is worth fetching. Nothing in such a file comes into force: OFAC's has no
schema at hand, sources disagree on the words of its `action`, and an entity that was changed holds only the changed
parts (docs/decisions/006-delta-as-notice.md).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

import msgspec

from interdiction.errors import ListFileError
from interdiction.lists.readers import xml_stream
from interdiction.lists.readers.dates import exact_day
from interdiction.lists.readers.reading import ListFile, Problems
from interdiction.lists.readers.xml_stream import Element, Shape, text_of

ROOT: Final = "sanctionsData"
NAMESPACE: Final = "https://www.treasury.gov/ofac/DeltaFile/1.0"
_ENTRY: Final = "entity"
_KINDS: Final = {"add": "added", "remove": "removed"}
"""The two words that all sources agree on; any other, and none, is an entry that was changed."""


class Changes(msgspec.Struct, frozen=True):
    """What a file of changes says of itself: its day, and how many entries it adds, removes and changes."""

    on: date | None
    added: int
    removed: int
    changed: int

    def __str__(self) -> str:
        day = f"of {self.on}" if self.on else "without a date"
        return f"changes {day}: {self.added} added, {self.removed} removed, {self.changed} changed"


def read_changes(file: ListFile) -> Changes:
    """Read OFAC's delta file.

    Raises `ListFileError`: `not-a-list` for anything else, and as `xml_stream.root_of` does.
    """
    root = xml_stream.root_of(file)
    if (root.name, root.namespace) != (ROOT, NAMESPACE):
        raise ListFileError(
            f"<{root.name}> of {root.namespace or 'no namespace'} is no file of changes",
            code="not-a-list",
            where=file.name,
            mend="look at the publisher's page for the address of its changes",
        )
    days: list[date] = []

    def published(element: Element) -> None:
        day = exact_day(text_of(element)[:10])
        if day is not None:
            days.append(day)

    counts: Counter[str] = Counter()
    problems = Problems(file.name, [])
    for piece in xml_stream.pieces(file, Shape(ROOT, NAMESPACE, (_ENTRY,), {"datePublished": published}), problems):
        action = piece.element.get("action", "") if piece.element is not None else ""
        counts[_KINDS.get(str(action).strip().lower(), "changed")] += 1
    return Changes(min(days, default=None), counts["added"], counts["removed"], counts["changed"])
