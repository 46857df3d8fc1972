"""Copies a whole store into another, row by row and in one transaction: how a server becomes a file and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from interdiction.store import faults, postgres, sqlite
from interdiction.store.schema import metadata

AT_ONCE: Final = 2000
Progress = Callable[[str, int, int], None]


def is_empty(connection: sa.Connection) -> bool:
    """Tell whether no table of the schema has a row."""
    return not any(connection.execute(sa.select(sa.literal(1)).select_from(one).limit(1)).first() for one in _tables())


def copy(source: sa.Connection, target: sa.Connection, progress: Progress) -> dict[str, int]:
    """Copy every row of every table into an empty store of the same schema; give how many each table had.

    Both connections are inside a transaction: what is read is one state, what is written stands whole or not at all.
    """
    counts: dict[str, int] = {}
    for table in _tables():
        whole: int = source.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        query = sa.select(table).order_by(*table.primary_key.columns)
        done = 0
        for batch in source.execute(query, execution_options={"yield_per": AT_ONCE}).mappings().partitions(AT_ONCE):
            target.execute(sa.insert(table), [dict(row) for row in batch])
            done += len(batch)
            progress(table.name, done, whole)
        counts[table.name] = done
    if target.dialect.name == "postgresql":
        postgres.renumber(target)
    return counts


def counts(connection: sa.Connection) -> dict[str, int]:
    """Give how many rows each table has."""
    return {one.name: connection.execute(sa.select(sa.func.count()).select_from(one)).scalar_one() for one in _tables()}


def online(path: Path, to: Path, progress: Progress) -> None:
    """Copy a file of SQLite page by page while others read and write it: one state of it, in a file of its own.

    Raises `HomeError` as opening does, and `full` or `input-output` for the copy.
    """
    with faults.translated(path), sqlite.driver(path) as source:
        # One transaction over all steps: another writer's commit does not make the copy begin again.
        source.execute("BEGIN")
        source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        target = sqlite3.connect(to)
        try:
            source.backup(
                target, pages=4096, progress=lambda _, left, whole: progress("pages", whole - left, whole), sleep=0
            )
            target.execute("PRAGMA journal_mode = DELETE").close()  # one file, without a log beside it
        finally:
            target.close()


def _tables() -> list[sa.Table]:
    """Give the tables so that none comes before one it points to."""
    return list(metadata.sorted_tables)
