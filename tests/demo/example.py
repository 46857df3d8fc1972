"""Reads the shipped files of the worked example with the standard library alone, so that no reader judges itself."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

from interdiction.model import PartialDate

DATA = Path(__file__).resolve().parents[2] / "src" / "interdiction" / "data" / "demo"
BEFORE = "2015-01-01"
AFTER = "2015-01-02"
NULL = "-0- "

Rows = list[list[str]]


def part(day: str, name: str) -> Rows:
    """The rows of one part of an edition, without its end mark."""
    return legacy_rows(DATA / "editions" / day / f"{name}.csv")


def legacy_rows(path: Path) -> Rows:
    with path.open(encoding="cp1252", newline="") as file:
        return [row for row in csv.reader(file) if len(row) > 1]


def by_uid(rows: Rows) -> dict[str, list[str]]:
    return {row[0]: row for row in rows}


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed_births(remarks: str) -> list[PartialDate]:
    """Every DOB of a remark, circa widened to the year on either side."""
    found = []
    for circa, day, year in re.findall(r"DOB (circa )?(\d\d \w{3} )?(\d{4})", remarks):
        if day:
            number, month = day.split()
            months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            found.append(PartialDate.parse(f"{year}-{months.index(month) + 1:02d}-{number}"))
        elif circa:
            found.append(PartialDate.parse(f"{int(year) - 1}/{int(year) + 1}"))
        else:
            found.append(PartialDate.parse(year))
    return found


def folded(name: str) -> tuple[str, ...]:
    """The tokens of a name in any order, without case, marks and punctuation."""
    bare = re.sub("[\u0300-\u036f'\u2019]", "", unicodedata.normalize("NFKD", name.casefold()))
    return tuple(sorted(re.findall(r"\w+", unicodedata.normalize("NFKC", bare))))
