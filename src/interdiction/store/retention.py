"""Empties decisions and their files when their time of keeping is over, and knows what was emptied.

A row is never deleted: its body is emptied and its number, result and seal stay, so that the chain verifies as before.
The log says what was emptied; an empty body that it does not speak of is damage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

from interdiction.model.audit import AuditEntry, AuditKind
from interdiction.model.codec import decoder
from interdiction.model.retention import Pruned
from interdiction.store.schema import audit_entry, decision, kept_file

_ENTRY, _PRUNED = decoder(AuditEntry), decoder(Pruned)
_BATCH: Final = 500


def decisions_by_run(connection: sa.Connection) -> dict[int, list[int]]:
    """Give the numbers of the decisions of each run, without those that were emptied."""
    gone = emptied(connection)
    found: dict[int, list[int]] = defaultdict(list)
    for number, run in connection.execute(sa.select(decision.c.number, decision.c.run).order_by(decision.c.number)):
        if number not in gone:
            found[run].append(number)
    return dict(found)


def tied_runs(connection: sa.Connection) -> list[tuple[int, int]]:
    """Give pairs of runs of which one holds a decision that follows one of the other."""
    later = decision.alias()
    query = (
        sa.select(decision.c.run, later.c.run).join(later, later.c.follows == decision.c.number).where(
            decision.c.run != later.c.run
        )
    ).distinct()  # fmt: skip
    return [(row[0], row[1]) for row in connection.execute(query)]


class Emptied:
    """What the log says was emptied."""

    def __init__(self, several: Sequence[Pruned]) -> None:
        self._stretches = [stretch for one in several for stretch in one.decisions]
        self.files = frozenset(digest for one in several for digest in one.files)

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and any(first <= number <= last for first, last in self._stretches)


def emptied(connection: sa.Connection) -> Emptied:
    """Read from the log what was emptied."""
    query = sa.select(audit_entry.c.entry).where(audit_entry.c.kind == AuditKind.PRUNED.value)
    bodies = [_ENTRY.decode(entry).body for entry in connection.execute(query).scalars()]
    return Emptied([_PRUNED.decode(body) for body in bodies])


def empty(connection: sa.Connection, numbers: Sequence[int], files: Sequence[str]) -> None:
    """Empty these decisions and files; the caller logs it in the same transaction."""
    with _unlocked(connection, (decision.name, kept_file.name)):
        for at in range(0, len(numbers), _BATCH):
            some = numbers[at : at + _BATCH]
            connection.execute(sa.update(decision).where(decision.c.number.in_(some)).values(name="", body=b""))
        for at in range(0, len(files), _BATCH):
            gone = files[at : at + _BATCH]
            connection.execute(sa.update(kept_file).where(kept_file.c.sha256.in_(gone)).values(body=b""))


@contextmanager
def _unlocked(connection: sa.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Let rows of these tables be changed inside the block; what refuses it stands again when the block ends."""
    triggers = [f"{table}_no_update" for table in tables]
    if connection.dialect.name == "postgresql":
        for table, trigger in zip(tables, triggers, strict=True):
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        yield
        for table, trigger in zip(tables, triggers, strict=True):
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
        return
    master = sa.table("sqlite_master", sa.column("name"), sa.column("sql"))
    written = connection.execute(sa.select(master.c.sql).where(master.c.name.in_(triggers))).scalars().all()
    for trigger in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
    yield
    for statement in written:
        connection.exec_driver_sql(statement)


def stretches(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Give numbers in order as stretches without a gap."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)
