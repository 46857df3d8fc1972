"""Writes editions and refusals."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from interdiction.model import Edition, to_json
from interdiction.store import audit, deeds, schema, states
from interdiction.store.instants import stamp

_PER_DAY = 100_000


def next_seq(connection: sa.Connection, list_key: str, on: date) -> int:
    """Give the place of an edition that arrives now: after all of its day, before all of the next."""
    first = on.toordinal() * _PER_DAY
    table = schema.edition
    last: int | None = connection.execute(
        sa.select(sa.func.max(table.c.seq)).where(
            table.c.list == list_key, table.c.seq >= first, table.c.seq < first + _PER_DAY
        )
    ).scalar()
    return first if last is None else last + 1


def insert(connection: sa.Connection, edition: Edition) -> None:
    """Store one edition. Its `seq` is from `next_seq` in the same transaction, which ends with `log`."""
    connection.execute(
        sa.insert(schema.edition).values(
            list=edition.list,
            seq=edition.seq,
            id=edition.id,
            on_date=edition.on,
            known_at=stamp(edition.known_at),
            sha256=edition.sha256,
            state=edition.state.value,
            detail=to_json(edition),
        )
    )


def log(connection: sa.Connection, edition: Edition) -> None:
    """Log an edition whose listings are stored: what it holds goes into the log as well."""
    audit.log(connection, [deeds.edition(edition, states.state(connection, edition.list, edition.seq))])


def recount(connection: sa.Connection, edition: Edition) -> None:
    """Store an edition's counts again: one filed late before it changed what it is compared with."""
    table = schema.edition
    connection.execute(
        sa.update(table).where(table.c.list == edition.list, table.c.seq == edition.seq).values(detail=to_json(edition))
    )


def refuse(
    connection: sa.Connection,
    *,
    list_key: str,
    at: datetime,
    sha256: str,
    code: str,
    message: str,
    files: str,
    by: str | None,
) -> None:
    """Store that an edition was refused whole; `files` are the base names, separated by commas."""
    connection.execute(
        sa.insert(schema.refusal).values(
            list=list_key, at=stamp(at), sha256=sha256, code=code, message=message, files=files, by=by
        )
    )
    audit.log(connection, [deeds.refusal(list_key, at, sha256, code, files, by, message)])
