"""Payments in every format to one `Payment`: `read` tells the formats apart. Today it knows tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from interdiction.model import Payment, Problem
from interdiction.payments import table

__all__ = ["read"]


def read(
    path: Path, *, columns: Mapping[str, str] | None = None, encoding: str | None = None, sheet: str | None = None
) -> tuple[list[Payment], list[Problem]]:
    """Give the payments of a file, one for every filled row, and what is wrong with the file as a whole.

    What is wrong with one payment stands in its own `problems`; it is screened on what remains. `columns` maps a
    field (`docs/payments.md`) to the file's own header. Raises `TableError` for what is no table of payments.
    """
    return table.read(path, columns=columns or {}, encoding=encoding, sheet=sheet)
