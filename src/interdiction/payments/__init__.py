"""Payments in every format to one `Payment`: `read` and `stream` tell the formats apart by what a file begins with.

A message that cannot be read is a payment all the same: of nobody, its whole text looked into, and held.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from interdiction.errors import TableError
from interdiction.model import Payment, Problem
from interdiction.payments import nacha, table
from interdiction.payments.iso20022 import stream as iso20022_files
from interdiction.payments.mt import stream as mt_files
from interdiction.payments.reading import Reading, decoded, unreadable, whole

__all__ = ["Reading", "read", "stream"]

_LOOKED: Final = 4096
_RAW: Final = 4_000_000
"""Bytes of what cannot be read that are looked into as text."""
_MESSAGES: Final = frozenset({".xml", ".fin", ".mt", ".swift", ".ach", ".rje", ".pacs", ".pain", ".iso"})
"""Endings of files that are messages, whatever stands in them."""
LARGEST: Final = 32_000_000
"""Bytes of a file of SWIFT or NACHA records, which is read at once: tens of thousands of payments."""
_FIN: Final = re.compile(r"\{[1-5]:|^:20:", re.MULTILINE)


def stream(
    source: Path | bytes,
    *,
    name: str = "",
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Reading:
    """Give the payments of a file or a message one after the other, and what is wrong with the whole of it.

    `source` is a path, or the bytes of one message (a table has to be a file); `name` is what problems call it. The
    problems of one payment stand in its own `problems`. `columns`, `encoding` and `sheet` are for tables
    (docs/payments.md). Raises `TableError` for a file that is neither a message nor a table of payments.
    """
    name = name or (source.name if isinstance(source, Path) else "message")
    head = _head(source) if isinstance(source, Path) else source[:_LOOKED]
    text = decoded(head).lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return iso20022_files.read(source, name)
    flat = _FIN.match(text) or text.startswith(("{1:", "\x01{")) or nacha.recognised(text)
    if flat and _size(source) > LARGEST:
        problem = whole("too-large", f"the file has more than {LARGEST:,} bytes; ask for it in parts", name)
        return Reading(iter([unreadable(problem, decoded(_start(source)), name)]), [problem], 1)
    raw = source if isinstance(source, bytes) else b""
    if _FIN.match(text) or text.startswith(("{1:", "\x01{")):
        return mt_files.read(raw or _bytes(source), name)
    if nacha.recognised(text):
        return nacha.read(raw or _bytes(source), name)
    if isinstance(source, bytes) or source.suffix.lower() in _MESSAGES:
        problem = whole("not-a-message", "no message of a known format begins here", name, text[:200])
        return Reading(iter([unreadable(problem, decoded(_start(source)), name)]), [problem], 1)
    payments, problems = table.read(source, columns=columns or {}, encoding=encoding, sheet=sheet)
    return Reading(iter(payments), problems, len(payments))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LOOKED)
    except OSError as error:
        raise TableError(
            f"the file cannot be read: {error.strerror}", where=path.name, code="not-found", mend="check its path"
        ) from error


def _size(source: Path | bytes) -> int:
    return len(source) if isinstance(source, bytes) else source.stat().st_size


def _start(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source[:_RAW]
    with source.open("rb") as file:
        return file.read(_RAW)


def _bytes(source: Path | bytes) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()


def read(
    source: Path | bytes,
    *,
    name: str = "",
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> tuple[list[Payment], list[Problem]]:
    """As `stream`, all payments at once; for a file of many thousands take `stream`."""
    found = stream(source, name=name, columns=columns, encoding=encoding, sheet=sheet)
    return list(found.payments), found.problems
