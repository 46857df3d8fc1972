"""Reads a British list that comes as rows: each row states one spelling of a party and repeats the rest.

A layout says which columns state a fact together and who takes it; what a row repeats is taken once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from interdiction.lists.readers import uk_party
from interdiction.lists.readers.collected import Collected
from interdiction.lists.readers.dates import exact_day
from interdiction.lists.readers.delimited import (
    Row,
    Table,
    bad_row,
    find_table,
    fold,
    lines_of,
    report_columns,
    rows_of,
    unknown_columns,
)
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.packed import several, slashed
from interdiction.lists.readers.reading import ListFile, Reading

Take = Callable[[Draft, Sequence[str], Collected], None]
Fact = tuple[tuple[str, ...], Take]

NAME_PARTS = ("name6", "name1", "name2", "name3", "name4", "name5")
_REPORTED = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})")


class Layout(msgspec.Struct, frozen=True):
    """One form of the list: how to know it, the column of the uid and its form, and its facts in their order."""

    format: str
    hint: str
    header: frozenset[str]
    uid: str
    uid_form: re.Pattern[str]
    facts: tuple[Fact, ...]
    later: frozenset[str] = frozenset()
    """Columns that older files of the layout lack."""

    @property
    def columns(self) -> frozenset[str]:
        """Every column that the layout knows."""
        return frozenset({self.uid, *(column for columns, _ in self.facts for column in columns)})


def recognise(layout: Layout, lines: Sequence[str]) -> str | None:
    """Tell whether the lines are of this layout."""
    return layout.format if find_table(lines, layout.header) else None


def read(layout: Layout, files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one file of the layout. Raises `ListFileError`: `unknown-columns`, `encoding`, `empty`."""
    into = Collected(files[0])
    lines = lines_of(files[0], into.problems)
    table = find_table(lines, layout.header)
    if table is None:
        raise unknown_columns(files[0].name, lines)
    known = layout.columns
    report_columns(table, known, known - layout.later, into.problems)
    titles = {fold(name): name for name in table.header}
    for row in rows_of(table):
        uid = row.cells.get(layout.uid, "")
        if row.wrong or not layout.uid_form.fullmatch(uid):
            _unreadable(row, uid, into)
            continue
        draft = into.of(uid, row.line)
        for key in row.cells.keys() - known:
            draft.detail(titles[key], row.cells[key])
        for columns, take in layout.facts:
            values = [row.cells.get(column, "") for column in columns]
            if any(values) and into.first_time(draft, columns[0], *values):
                take(draft, values, into)
    return into.reading(list_key, layout.format, layout.hint, "csv", _published(table))


def _unreadable(row: Row, uid: str, into: Collected) -> None:
    raw = row.raw or " ".join(row.cells.values())
    bad_row(Row(row.line, {}, raw, row.wrong or f"its id is {uid[:40]!r}"), into.problems)
    text = " ".join(raw.replace(",", " ").split())
    into.drafts[f"line-{row.line}"] = Draft.of_text(f"line-{row.line}", text, raw, row.line)


def kind(draft: Draft, values: Sequence[str], into: Collected) -> None:
    """Take the type of party."""
    uk_party.kind(draft, values[0], into)


def name(draft: Draft, values: Sequence[str], into: Collected) -> None:
    """Take the six parts of a name, its type and its strength."""
    uk_party.name(draft, dict(zip(NAME_PARTS, values, strict=False)), values[6], values[7], into)


def other_script(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    """Take a name in its own script."""
    uk_party.other_script(draft, *values)


def titles(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    """Take titles."""
    draft.titles += several(values[0])


def functions(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    """Take posts."""
    draft.functions += several(values[0])


def born(draft: Draft, values: Sequence[str], into: Collected) -> None:
    """Take dates of birth."""
    for one in several(values[0]):
        uk_party.born(draft, one, into)


def birth_places(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    """Take towns and countries of birth."""
    uk_party.birth_places(draft, *values)


def nationalities(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    """Take nationalities."""
    uk_party.nationalities(draft, values[0])


def passports(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    """Take passports: the number and what is said of it, or both in one cell."""
    number, more = values
    uk_party.document(draft, "passport", number or more, more if number else "")


def national_numbers(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    """Take national numbers."""
    uk_party.document(draft, "national number", values[0], values[1] if len(values) > 1 else "")


def address(draft: Draft, values: Sequence[str], _into: Collected) -> None:
    """Take six lines, a postal code and a country."""
    uk_party.address(draft, list(values[:6]), values[6], values[7])


def remarks(label: str) -> Take:
    """Make what takes a text into the remarks under `label`."""

    def take(draft: Draft, values: Sequence[str], _into: Collected) -> None:
        uk_party.remark(draft, label, values[0])

    return take


def detail(label: str) -> Take:
    """Make what keeps a value as a detail under `label`."""

    def take(draft: Draft, values: Sequence[str], _into: Collected) -> None:
        draft.detail(label, values[0])

    return take


def designation(draft: Draft, values: Sequence[str], into: Collected) -> None:
    """Take regime, day of listing, day of the last change and, where they are stated, the measures."""
    imposed = uk_party.measures(values[3], {}, into, draft) if len(values) > 3 else ()
    uk_party.designate(draft, values[0], values[1], values[2], imposed, into)


def _published(table: Table) -> date | None:
    """Read `Last Updated,13/04/2018,,` or `Report Date: 13-Feb-2026` above the header."""
    for line in table.above:
        found = _REPORTED.search(line)
        if found is not None:
            return exact_day(" ".join(found.groups()))
        for cell in line.replace(": ", ",").split(","):
            day = slashed(cell.strip('" '))
            if day is not None:
                return day.first
    return None
