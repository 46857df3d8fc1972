"""What was wrong with one row, node or cell, kept beside the result it did not stop."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Grade(StrEnum):
    """How much a problem takes away."""

    PUBLISHED = "published"
    """The publisher's own defect: kept and shown, the edition is not refused for it."""
    ROW = "row"
    """A row, node or cell of ours could not be read; the rest of it was used."""
    FILE = "file"
    """The file as a whole is in doubt."""


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One defect: `code` is stable, `file` a base name, `line` counts from 1, `node` an element or column.

    `text` is what stood there (shortened), `expected` what should have, `mend` what the user can do.
    """

    code: str
    message: str
    grade: Grade = Grade.ROW
    file: str = ""
    line: int = 0
    node: str = ""
    text: str = ""
    expected: str = ""
    mend: str = ""
