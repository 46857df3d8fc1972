"""Registers from files: any table, Beneficial Ownership Data Standard, FollowTheMoney, GLEIF relationship records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from interdiction.errors import TableError
from interdiction.ownership.checks import checked
from interdiction.ownership.readers import bods, ftm, gleif, table
from interdiction.ownership.register import Register
from interdiction.tables import read_sheet


def read(path: Path, source: str = "", columns: Mapping[str, str] | None = None) -> tuple[str, Register]:
    """Read a register from a file and say which format it was (table, bods, ftm, gleif).

    `source` names where it comes from; the file's name without its ending stands in. `columns` maps a field of a
    table to the file's own header. Raises `TableError` for what none of the formats is.
    """
    source = source or path.stem
    try:
        with path.open("rb") as file:
            head = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError as error:
        raise TableError(
            f"the file cannot be read: {error.strerror}", where=path.name, code="not-found", mend="check its path"
        ) from error
    if head.startswith(b"<") and b"Relationship" in head:
        return "gleif", checked(gleif.read_xml(path, source))
    if head[:1] in {b"[", b"{"}:
        objects = list(_objects(path))
        first = next((one for _, one in objects), {})
        if bods.is_bods(first):
            return "bods", checked(bods.read_statements(objects, path.name, source))
        if ftm.is_ftm(first):
            return "ftm", checked(ftm.read_entities(objects, path.name, source))
    sheet = read_sheet(path)
    if gleif.START in sheet.header:
        return "gleif", checked(gleif.read_rows(sheet, source))
    return "table", checked(table.stakes_in(sheet, source, columns))


def _objects(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Give the objects of a JSON array, or of lines of JSON; a line that is none is an empty object."""
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        whole = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        for number, line in enumerate(raw.split(b"\n"), start=1):
            if line.strip():
                yield number, _object(line)
        return
    for number, one in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        yield number, one if isinstance(one, dict) else {}


def _object(line: bytes) -> Mapping[str, Any]:
    try:
        found = msgspec.json.decode(line)
    except msgspec.DecodeError:
        return {}
    return found if isinstance(found, dict) else {}
