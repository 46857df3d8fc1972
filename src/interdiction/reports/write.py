"""Writes a report as people and authorities take it: a page, a workbook of Part A and Part B, a table, data."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Final

import xlsxwriter  # type: ignore[import-untyped]

from interdiction.errors import UsageError
from interdiction.model import Filing, to_json
from interdiction.reports import html
from interdiction.reports.kinds import Kind, kind

_WIDTH: Final = 36


def written(filing: Filing, suffix: str) -> bytes:
    """Give a report in the form of a file's ending: .html, .xlsx, .csv, .json. Raises `UsageError` (`output`)."""
    form = _FORMS.get(suffix.lower())
    if form is None:
        raise UsageError(
            f"nothing is written as {suffix or 'a file without an ending'!r}",
            where="--output",
            mend=f"end the name in {', '.join(_FORMS)}",
            code="output",
        )
    return form(filing, kind(filing.kind))


def file_name(filing: Filing, suffix: str = ".html") -> Path:
    """Give the name a report is written under when nobody says another."""
    return Path(f"{filing.id}-{filing.kind}{suffix}")


def _json(filing: Filing, _kind: Kind) -> bytes:
    return to_json(filing) + b"\n"


def _csv(filing: Filing, kind: Kind) -> bytes:
    """One row per line of the report, the head repeated in each: no reader has to join two tables."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(one.label for one in kind.head), *(one.label for one in kind.fields)])
    for row in filing.rows:
        head = [filing.head[one.name] for one in kind.head]
        writer.writerow([*head, *(row.values[one.name] for one in kind.fields)])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(filing: Filing, kind: Kind) -> bytes:
    """Part A has the head, Part B a row for each item, and a third sheet what is lacking and what is enclosed."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": kind.title, "created": filing.at.replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    first = book.add_worksheet("Part A")
    first.set_column(0, 0, _WIDTH, bold)
    first.set_column(1, 1, 2 * _WIDTH, wrapped)
    said = [("Report", kind.title), ("Rule", kind.cited), ("To", kind.to)]
    for at, (label, value) in enumerate([*said, *((one.label, filing.head[one.name]) for one in kind.head)]):
        first.write_string(at, 0, label, bold)
        first.write_string(at, 1, value, wrapped)
    second = book.add_worksheet("Part B")
    second.set_column(0, len(kind.fields) - 1, _WIDTH, wrapped)
    second.freeze_panes(1, 1)
    for column, one in enumerate(kind.fields):
        second.write_string(0, column, one.label, bold)
        for at, row in enumerate(filing.rows, start=1):
            second.write_string(at, column, row.values[one.name], wrapped)
    third = book.add_worksheet("Gaps and documents")
    third.set_column(0, 0, _WIDTH)
    third.set_column(1, 1, 2 * _WIDTH)
    lacking = [(gap.about or "Part A", f"not known when it was made: {gap.label}") for gap in filing.gaps]
    enclosed = [(one.name, f"{one.size} bytes, sha256 {one.sha256}") for one in filing.documents]
    for at, (what, text) in enumerate([*lacking, *enclosed]):
        third.write_string(at, 0, what)
        third.write_string(at, 1, text)
    book.close()
    return out.getvalue()


def _html(filing: Filing, kind: Kind) -> bytes:
    return html.report(filing, kind).encode("utf-8")


_FORMS: Final[dict[str, Callable[[Filing, Kind], bytes]]] = {
    ".html": _html,
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".json": _json,
}
