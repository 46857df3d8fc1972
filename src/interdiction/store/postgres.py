"""What only PostgreSQL needs: connections, the lock of the one writer, and what its errors mean for the home.

psycopg is imported when the first connection is made: a home with a file pays nothing for it.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import Any, Final

import sqlalchemy as sa

from interdiction.errors import HomeError
from interdiction.store import faults
from interdiction.store.place import Server

WRITER: Final = 0x1D7E_2D1C_7104
"""The advisory lock of whoever writes; advisory locks are of one database."""
_PAUSE_SECONDS: Final = 0.02
_SILENT_SECONDS: Final = 10
"""Seconds after which a silent connection is probed, and again; one that answers nothing is given up after three."""
_CONNECT_SECONDS: Final = 10

# Appendix A of the PostgreSQL 15 manual: a whole code first, then its class.
_STATES: Final = {
    "53100": "full",
    "53": "store-busy",
    "25006": "read-only",
    "42501": "store-denied",
    "28": "store-denied",
    "3D": "store-gone",
    "08": "store-gone",
    "57P03": "store-gone",
    "57": "store-gone",
    "40": "locked",
    "55": "locked",
    "58": "input-output",
}


def of_server(error: BaseException, where: Server) -> HomeError:
    """Say what an error of the driver means for the home. Whoever has no state never reached the server."""
    import psycopg

    state = getattr(error, "sqlstate", None) or ""
    code = _STATES.get(state) or _STATES.get(state[:2])
    if code is None:
        # A table that is not there, or a value that cannot be: the database is not what we wrote.
        unreached = not state and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
        code = _refused(str(error)) if unreached else "damaged"
    return faults.home_error(code, where, str(error).strip().partition("\n")[0])


def _refused(said: str) -> str:
    """Tell why there is no connection; libpq gives no state for it, only the server's words."""
    for words, code in _WORDS.items():
        if any(word in said for word in words):
            return code
    return "store-gone"


@contextmanager
def translated(where: Server) -> Iterator[None]:
    """Let nothing of the driver out but as a HomeError."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise of_server(error, where) from error


def streamed(connection: sa.Connection, query: sa.Select[Any], at_once: int) -> Iterator[list[tuple[Any, ...]]]:
    """Give the rows of a query without parameters as the driver has them, in batches, bytes as bytes on the wire."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor(name="streamed", binary=True) as cursor:
        cursor.execute(str(query.compile(dialect=connection.dialect)))
        while batch := cursor.fetchmany(at_once):
            yield batch


_WORDS: Final = {
    ("authentication failed", "no password supplied", "pg_hba.conf", "role ", "permission denied"): "store-denied",
    ("too many clients", "connection slots", "too many connections"): "store-busy",
}


_READERS: dict[tuple[str, int], sa.Engine] = {}
_READERS_LOCK = Lock()


def reading_engine(place: Server) -> sa.Engine:
    """Give this process's connections for reading: kept between questions, each question one state of the store."""
    key = place.url, os.getpid()  # a forked child must not speak on its parent's connections
    with _READERS_LOCK:
        if key not in _READERS:
            _READERS[key] = sa.create_engine(
                place.url,
                connect_args=_arguments(),
                pool_pre_ping=True,
                pool_size=4,
                max_overflow=60,
                execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
            )
        return _READERS[key]


def writing_engine(place: Server) -> sa.Engine:
    """Give one connection for writing, whose commits wait for the disk whatever the server is set to."""
    engine = sa.create_engine(place.url, connect_args=_arguments(), pool_size=1, max_overflow=0)
    sa.event.listen(engine, "connect", _durable)
    return engine


def forget(place: Server | None = None) -> None:
    """Close the kept connections, of one database or of all."""
    with _READERS_LOCK:
        for key in [key for key in _READERS if place is None or key[0] == place.url]:
            engine = _READERS.pop(key)
            engine.dispose(close=key[1] == os.getpid())


atexit.register(forget)


def lock(connection: sa.Connection, timeout: float) -> bool:
    """Take the writer's lock for this connection; tell whether it came within so many seconds."""
    pauses = round(timeout / _PAUSE_SECONDS)
    wait = Event().wait
    query = sa.text("SELECT pg_try_advisory_lock(:key)")
    while not connection.execute(query, {"key": WRITER}).scalar():
        if pauses <= 0:
            return False
        pauses -= 1
        wait(_PAUSE_SECONDS)
    return True


def still(connection: sa.Connection) -> tuple[bool, int]:
    """Take the lock for this transaction too: whether it is ours, and which session of the server speaks."""
    query = sa.text("SELECT pg_try_advisory_xact_lock(:key), pg_backend_pid()")
    ours, session = connection.execute(query, {"key": WRITER}).one()
    return bool(ours), int(session)


def is_blank(connection: sa.Connection) -> bool:
    """Tell whether nothing was ever committed here."""
    return connection.execute(sa.text("SELECT to_regclass('alembic_version') IS NULL")).scalar_one() is True


def settle(connection: sa.Connection) -> None:
    """Let every text column sort and compare byte by byte, as SQLite does: orders and hashes must not differ."""
    query = sa.text(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' "
        "ORDER BY table_name, column_name"
    )
    by_table: dict[str, list[str]] = {}
    for table, column in connection.execute(query):
        by_table.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE text COLLATE "C"')
    for table, changes in by_table.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(changes)}')


def stamp(connection: sa.Connection) -> tuple[int, ...]:
    """Give numbers that differ when what is in force may: editions, pairings, registers, and which database it is."""
    if is_blank(connection):
        return (0,)
    query = sa.text(
        "SELECT (SELECT oid::bigint FROM pg_database WHERE datname = current_database()), "
        "(SELECT count(*) FROM edition), (SELECT coalesce(sum(hashtext(id)::bigint), 0)::bigint FROM edition), "
        "(SELECT coalesce(max(number), 0) FROM pairing), (SELECT coalesce(max(number), 0) FROM stake_register)"
    )
    return tuple(int(one) for one in connection.execute(query).one())


def renumber(connection: sa.Connection) -> None:
    """Let the numbers that the database gives itself go on after the rows that were copied in."""
    query = sa.text(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'"
    )
    for table, column in connection.execute(query).all():
        serial = sa.func.pg_get_serial_sequence(f'"{table}"', column)
        last: sa.Select[tuple[int]] = sa.select(sa.func.coalesce(sa.func.max(sa.column(column)), 0)).select_from(
            sa.table(table)
        )
        connection.execute(sa.select(sa.func.setval(serial, last.scalar_subquery() + 1, False)))


def _arguments() -> dict[str, Any]:
    return {
        "connect_timeout": _CONNECT_SECONDS,
        "application_name": "interdiction",
        "options": "-c timezone=UTC",
        # A network that swallows everything is noticed, instead of being waited for as long as the system does (hours).
        "keepalives_idle": _SILENT_SECONDS,
        "keepalives_interval": _SILENT_SECONDS,
        "keepalives_count": 2,
        "tcp_user_timeout": 3 * _SILENT_SECONDS * 1000,
    }


def _durable(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('synchronous_commit')")
        if cursor.fetchone()[0] == "off":
            cursor.execute("SET synchronous_commit TO on")
    connection.commit()
