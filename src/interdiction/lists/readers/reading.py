"""What every reader takes and gives: the files of one edition in, its listings and problems out."""

from __future__ import annotations

from datetime import date

import msgspec

from interdiction.model import Grade, Listing, Problem

TEXT_SHOWN = 240
"""Characters of a bad row that a problem shows; the listing made of the row keeps all of it."""


class ListFile(msgspec.Struct, frozen=True):
    """One file of an edition: its base name, for messages only, and its bytes."""

    name: str
    data: bytes


class Reading(msgspec.Struct, frozen=True):
    """What one edition says.

    `parts[i]` is the role of the i-th file given (`sdn`, `add`, `alt`, `comments`, `xml`); `on` is the
    publisher's date where the file states it; `list_hint` is the list the content looks like;
    `stated_count` is the publisher's own count of parties. A problem of grade FILE means that rows may be
    missing: such a reading adds and amends, and never removes (law 2 of docs/architecture.md). A `delta` says
    only what changed since the edition before; the uids it names as `deleted` go. A whole edition names as `deleted`
    what somebody took out of it.
    """

    list_hint: str | None
    format: str
    on: date | None
    parts: tuple[str, ...]
    listings: tuple[Listing, ...]
    problems: tuple[Problem, ...]
    stated_count: int | None = None
    delta: bool = False
    deleted: tuple[str, ...] = ()


class Problems:
    """The problems of one file while it is being read."""

    __slots__ = ("file", "found")

    def __init__(self, file: str, found: list[Problem]) -> None:
        self.file = file
        self.found = found

    def add(
        self,
        code: str,
        message: str,
        *,
        grade: Grade,
        line: int = 0,
        node: str = "",
        text: str = "",
        expected: str = "",
        mend: str = "",
    ) -> None:
        """Note one problem of this file; `text` is shortened to `TEXT_SHOWN` characters."""
        shown = text if len(text) <= TEXT_SHOWN else text[: TEXT_SHOWN - 1] + "…"
        self.found.append(
            Problem(
                code=code,
                message=message,
                grade=grade,
                file=self.file,
                line=line,
                node=node,
                text=shown,
                expected=expected,
                mend=mend,
            )
        )
