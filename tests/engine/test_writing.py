"""A process that keeps the store open: its transactions are whole, others write between them, and it survives."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from interdiction.engine.home import Home
from interdiction.engine.writing import Writer
from interdiction.errors import HomeError
from interdiction.model.audit import AuditKind, Deed
from interdiction.store import audit
from interdiction.store.audit_check import verify
from interdiction.store.place import Server


def deed(name: str) -> Deed:
    return Deed(datetime(2015, 1, 2, tzinfo=UTC), AuditKind.SCREENED, name)


def kept(home: Home) -> list[str]:
    with home.reading() as reader:
        assert verify(reader.connection).count == 0
        return [one.subject for one in audit.AuditLog(reader.connection).entries()][::-1]


def test_transactions_of_many_threads_and_of_another_writer_make_one_chain(shared: Home) -> None:
    writer = Writer(shared)

    def write(at: int) -> None:
        with writer.transaction() as connection:
            audit.log(connection, [deed(f"Q-{at}")])

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(20)))
        with shared.writing(10, lists=False) as database, database.transaction() as connection:
            audit.log(connection, [deed("other")])
        list(threads.map(write, range(20, 40)))
    writer.close()
    assert sorted(kept(shared)) == sorted([*(f"Q-{at}" for at in range(40)), "other"])


def test_what_fails_inside_keeps_nothing_and_lets_others_write(shared: Home) -> None:
    writer = Writer(shared)
    with pytest.raises(ZeroDivisionError), writer.transaction() as connection:
        [audit.log(connection, [deed("Q-1")]), 1 // 0]
    with shared.writing(0, lists=False):
        pass
    with writer.transaction() as connection:
        audit.log(connection, [deed("Q-2")])
    writer.close()
    assert kept(shared) == ["Q-2"]


def test_a_writer_goes_on_after_the_server_ended_its_connection(server: Server, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[store]\nurl = "{server.url}"\n')
    home = Home.open(tmp_path, create=True)
    writer = Writer(home)
    with writer.transaction() as connection:
        audit.log(connection, [deed("Q-1")])
    engine = sa.create_engine(server.url, poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    engine.dispose()
    with pytest.raises(HomeError, match="cannot be reached"), writer.transaction():
        pass
    with writer.transaction() as connection:
        audit.log(connection, [deed("Q-2")])
    writer.close()
    assert kept(home) == ["Q-1", "Q-2"]
