"""Registers of stakes in a home: brought in from files, and given back as one as they were known at an instant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from interdiction.engine.given import shown
from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.progress import Progress, silent
from interdiction.engine.raw import sha256
from interdiction.errors import NoListError
from interdiction.model.ownership import RegisterImport
from interdiction.ownership.readers import read
from interdiction.ownership.register import Register, from_bytes, to_bytes


def import_register(
    home: Home,
    path: Path,
    *,
    at: datetime,
    source: str = "",
    by: str | None = None,
    columns: Mapping[str, str] | None = None,
    timeout: float = WAIT_SECONDS,
    progress: Progress | None = None,
) -> RegisterImport:
    """Read a register and keep it: it takes the place of the last one of its `source`, which stays to be asked about.

    `columns` maps a field of a table to the file's own header. Raises `TableError`, and `HomeError` for the store.
    """
    from interdiction.store import stakes

    step = progress or silent
    step("reading", 0, 2)
    form, register = read(path, source, columns)
    kept = RegisterImport(
        source=shown(source or path.stem),
        at=at,
        by=shown(by) if by else None,
        file=shown(path.name),
        sha256=sha256(path.read_bytes()),
        format=form,
        parties=register.parties.height,
        stakes=register.stakes.height,
        problems=register.problems,
    )
    step("storing", 1, 2)
    with home.writing(timeout) as database, database.transaction() as connection:
        stakes.insert(connection, kept, to_bytes(register.parties), to_bytes(register.stakes))
    step("done", 2, 2)
    return kept


def registers(home: Home, known_at: datetime | None = None) -> list[tuple[int, RegisterImport]]:
    """Give the last register of each source that had come by `known_at`, with the number under which it is kept."""
    try:
        with home.reading() as reader:
            return reader.registers(known_at)
    except NoListError:
        return []


def register_of(home: Home, known_at: datetime | None = None) -> tuple[Register, tuple[RegisterImport, ...]]:
    """Give all registers as one, and which they are."""
    kept = registers(home, known_at)
    if not kept:
        return Register.joined([]), ()
    with home.reading() as reader:
        several = [from_bytes(*reader.register(number)) for number, _ in kept]
    return Register.joined(several), tuple(one for _, one in kept)
