"""The fixed-width files of OFAC (`.ff`): each record cut at the positions of the data specification.

Two layouts are known: today's, with 200 characters of programme, and the one before it, with 50. Records
may have lost their trailing blanks; nothing is read beyond them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interdiction.lists.readers.encoding import numbered
from interdiction.lists.readers.rows import ENT_NUM, Row

Layout = tuple[int, ...]

_SDN_SIZES = (10, 350, 12, 200, 200, 8, 25, 14, 8, 40, 150)
_OLD_SDN_SIZES = (10, 350, 12, 50, 200, 8, 25, 14, 8, 40, 150)


def _starts(sizes: Sequence[int]) -> Layout:
    starts = [0]
    for size in sizes:
        starts.append(starts[-1] + size)
    return tuple(starts)


LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "sdn": (_starts(_SDN_SIZES), _starts(_OLD_SDN_SIZES)),
    "add": (_starts((10, 10, 750, 116, 250)),),
    "alt": (_starts((10, 10, 8, 350)),),
    "comments": (_starts((10,)),),
}
"""Where each field begins, counted from 0; the last field runs to the end of the record."""

_NUMBER = re.compile(r" {0,9}\d{1,10} *")
_WITH_REMARKS = (12, 2)
"""Fields of the roles whose last field is the remarks or their continuation: its blanks count at the joint."""
_TYPES = ("individual", "vessel", "aircraft", "entity", "-0-")
_ALIASES = ("aka", "fka", "nka")


def layout_of(role: str, lines: Sequence[str]) -> Layout:
    """Choose the layout of a role that most records of the sample fit; today's where none does."""
    layouts = LAYOUTS[role]
    return max(layouts, key=lambda layout: sum(_fits(line, layout) for line in lines))


def role_of(line: str) -> str | None:
    """Tell the role of one record by its numbers and words at their positions; `None` where it fits none."""
    if len(line) < 12 or _NUMBER.fullmatch(line[:10]) is None:
        return None
    if len(line) > 360 and line[360:372].strip().lower() in _TYPES:
        return "sdn"
    if _NUMBER.fullmatch(line[10:20]) is not None:
        if line[20:28].strip().lower() in _ALIASES:
            return "alt"
        return "add" if len(line) > 770 else None
    return "comments" if line[10:11].strip() else None


def fixed_rows(lines: list[str], layout: Layout) -> Iterator[Row]:
    """Give the rows of a fixed-width file; a record that does not fit its positions comes with what was wrong."""
    for number, line in numbered(lines):
        uid = ENT_NUM.fullmatch(line[:10])
        if uid is None or "\0" in line or not _fits(line, layout):
            wrong = "it holds NUL bytes" if "\0" in line else "values do not stand at their positions"
            found = ENT_NUM.match(line)
            yield Row(number, str(int(found[1])) if found else "", (), line, wrong)
            continue
        ends = (*layout[1:], len(line))
        cells = [line[start:end] for start, end in zip(layout, ends, strict=True)]
        last = cells[-1]
        cleaned = ["" if (body := cell.strip()) == "-0-" else body for cell in cells[:-1]]
        exact = len(layout) in _WITH_REMARKS
        cleaned.append("" if last.strip() == "-0-" else last if exact else last.strip())
        yield Row(number, str(int(uid[1])), tuple(cleaned))


def _fits(line: str, layout: Layout) -> bool:
    """Tell whether fields begin where they should: with a character, since nulls are written out, and behind a blank.

    One misfit is allowed, for a field that is full or a value that begins with a blank. Numbers may stand
    at either side of their field.
    """
    if len(line) <= layout[-1]:
        return False
    texts = layout[2:] if len(layout) > 2 else ()
    misfits = sum((line[start] == " ") + (line[start - 1] != " ") for start in texts)
    return misfits <= 1
