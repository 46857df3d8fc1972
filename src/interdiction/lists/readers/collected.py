"""Parties while the one file of an edition is read, and what stood in it that the reader did not know.

Reach for it in readers of lists that are one file: it files drafts under their ids, counts strange words and
makes the `Reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from interdiction.errors import ListFileError
from interdiction.lists.readers import xml_stream
from interdiction.lists.readers.draft import Draft, add_unique, finished
from interdiction.lists.readers.reading import ListFile, Problems, Reading
from interdiction.lists.readers.xml_stream import Piece, Shape
from interdiction.model import Grade


class Collected:
    """The drafts of one file by uid, its problems, and the words that were new."""

    def __init__(self, file: ListFile) -> None:
        self.file = file
        self.problems = Problems(file.name, [])
        self.drafts: dict[str, Draft] = {}
        self._new: dict[tuple[str, str], int] = {}
        self._seen: set[tuple[str, ...]] = set()

    def first_time(self, draft: Draft, *values: str) -> bool:
        """Tell whether these values of a party are new: lists of one row for each spelling repeat all the others."""
        key = (draft.uid, *values)
        before = len(self._seen)
        self._seen.add(key)
        return len(self._seen) > before

    def of(self, uid: str, line: int) -> Draft:
        """Give the draft of `uid`, a new one where there is none yet."""
        draft = self.drafts.get(uid)
        if draft is None:
            draft = self.drafts[uid] = Draft(uid, "", line)
        return draft

    def new_word(self, where: str, word: str) -> None:
        """Note a word that stands where the reader knows all the words there are; it was kept as a detail."""
        self._new[where, word] = self._new.get((where, word), 0) + 1

    def reading(
        self, list_key: str, fmt: str, hint: str, role: str, on: date | None, *, ended: Sequence[str] = ()
    ) -> Reading:
        """Freeze what was read. Raises `ListFileError` (`empty`) where no party was found, and none was `ended`."""
        if not self.drafts and not ended:
            raise ListFileError("no party in the file", code="empty", where=self.file.name, mend="download it again")
        for draft in self.drafts.values():
            draft.settle()
        for (where, word), times in self._new.items():
            self.problems.add(
                "new-word",
                f"{where} says {word!r}, a word this reader does not know ({times} times); it is kept as it stands",
                grade=Grade.PUBLISHED,
                node=where,
                text=word,
                mend="look at the publisher's description; a new word may change what is forbidden",
            )
        return Reading(
            list_hint=hint,
            format=fmt,
            on=on,
            parts=(role,),
            listings=finished(self.drafts, list_key),
            problems=tuple(self.problems.found),
            deleted=tuple(ended),
        )


Party = Callable[[Piece], Draft | None]
"""Makes a draft of an entry that was parsed; `None` for what is no party of the list (any more)."""


def read_entries(into: Collected, shape: Shape, party: Party) -> None:
    """Make a draft of every entry of an XML file and file it."""
    for draft, again in drafts_of(into, shape, party):
        file_draft(into, draft, again=again)


def drafts_of(into: Collected, shape: Shape, party: Party) -> Iterator[tuple[Draft, bool]]:
    """Give a draft for every entry of an XML file, and whether it may have been given before (`Piece.again`)."""
    for piece in xml_stream.pieces(into.file, shape, into.problems):
        if piece.element is None:
            text = xml_stream.plain_text(piece.raw)
            yield Draft.of_text(f"line-{piece.line}", text, piece.raw, piece.line), piece.again
        elif (draft := party(piece)) is not None:
            yield draft, piece.again


def file_draft(into: Collected, draft: Draft, *, again: bool) -> None:
    """File a draft under its id; two entries of one id are merged and reported."""
    if not add_unique(into.drafts, draft) and not again:
        into.problems.add(
            "duplicate-id",
            f"the id {draft.uid} stands for two entries; both are kept under it",
            grade=Grade.ROW,
            line=draft.line,
            text=draft.primary,
            expected="one entry per id",
        )
