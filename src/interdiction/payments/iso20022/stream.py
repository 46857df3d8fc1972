"""Reads ISO 20022 files transaction by transaction, whatever their size; entities are never resolved, nothing fetched.

A small file is one tree. A large one is read twice: once to see that it is whole and what stands around its
transactions, then again, one transaction in memory at a time. So a file that is cut is known to be so before the
first of its payments is decided on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from interdiction.payments.iso20022.large import read_large
from interdiction.payments.iso20022.tree import tree
from interdiction.payments.reading import Reading

SMALL: Final = 2_000_000
"""Bytes up to which a file is read as one tree."""


def read(source: Path | bytes, name: str) -> Reading:
    """Read an XML file or message; `name` is what problems call it. Nothing that stands in it raises."""
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size <= SMALL:
        return tree(source if isinstance(source, bytes) else source.read_bytes(), name)
    return read_large(source, size, name)
