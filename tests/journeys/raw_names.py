"""A separate, small reading of the raw files: every primary name and strong alias, for the test that all are found.

It shares nothing with the readers of the package, so that both would have to be wrong in the same way.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

STRONG = {"Good", "a.k.a.", "f.k.a."}


def ofac_names(folder: Path) -> Iterator[tuple[str, str]]:
    for file, key, name in (("sdn.csv", 0, 1), ("alt.csv", 0, 3)):
        with (folder / file).open(encoding="cp1252", newline="") as rows:
            for row in csv.reader(rows):
                if len(row) > 3:
                    yield f"ofac-sdn:{row[key].strip()}", row[name].strip()


def un_names(file: Path) -> Iterator[tuple[str, str]]:
    for node in etree.parse(str(file)).iter("INDIVIDUAL", "ENTITY"):
        listing = f"un:{node.findtext('DATAID')}"
        parts = [
            (node.findtext(tag) or "").strip() for tag in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
        ]
        yield listing, " ".join(part for part in parts if part)
        for alias in node.iter("INDIVIDUAL_ALIAS", "ENTITY_ALIAS"):
            if (alias.findtext("QUALITY") or "").strip() in STRONG:
                for name in (alias.findtext("ALIAS_NAME") or "").split("; "):
                    if name.strip():
                        yield listing, name.strip()
