from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from interdiction.errors import HomeError
from interdiction.store import faults
from interdiction.store.database import Database, alembic_config
from interdiction.store.place import Place
from interdiction.store.reading import REVISION, opened
from interdiction.store.schema import metadata


def test_an_empty_store_becomes_the_schema_that_the_tables_describe(place: Place) -> None:
    database = Database.open(place)
    with database.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    Database.open(path).close()
    before = path.read_bytes()
    Database.open(path).close()
    assert path.read_bytes() == before


def test_readers_speak_the_last_revision() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == REVISION


def test_a_store_of_a_newer_version_is_refused_by_writers_and_readers(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    Database.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'r9999'")
    connection.close()
    with pytest.raises(HomeError) as writing:
        Database.open(path)
    with pytest.raises(HomeError) as reading, opened(path):
        pass
    assert writing.value.code == reading.value.code == "newer-home"


@pytest.mark.parametrize(
    "content", [b"not a database at all, and long enough to be looked at" * 20, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_database_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(content)
    with pytest.raises(HomeError) as writing:
        Database.open(path)
    with pytest.raises(HomeError) as reading, opened(path):
        pass
    assert writing.value.code == reading.value.code == "damaged"


def test_a_database_that_is_not_ours_is_damaged_to_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")
    connection.close()
    with pytest.raises(HomeError) as caught, opened(path):
        pass
    assert caught.value.code == "damaged"


def test_a_failed_transaction_leaves_nothing(place: Place) -> None:
    database = Database.open(place)
    both = ["INSERT INTO listing_content VALUES (1, '', '')", "INSERT INTO no_such_table VALUES (1)"]
    with pytest.raises(HomeError), database.transaction() as connection:
        [connection.execute(sa.text(statement)) for statement in both]
    with database.transaction() as connection:
        assert connection.execute(sa.text("SELECT COUNT(*) FROM listing_content")).scalar() == 0
    database.close()


def test_an_interval_needs_its_edition(place: Place) -> None:
    database = Database.open(place)
    with pytest.raises(HomeError), database.transaction() as connection:
        connection.execute(sa.text("INSERT INTO listing_interval VALUES ('un', '1', 5, NULL, 1)"))
    database.close()


def test_commits_wait_for_the_disk(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "store.sqlite")
    with database.transaction() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("journal_mode", "synchronous", "foreign_keys")
        ]
    database.close()
    assert pragmas == ["wal", 2, 1]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_FULL", "full"),
        ("SQLITE_IOERR_WRITE", "full"),
        ("SQLITE_READONLY_DIRECTORY", "read-only"),
        ("SQLITE_BUSY_SNAPSHOT", "locked"),
        ("SQLITE_CORRUPT_INDEX", "damaged"),
        ("SQLITE_IOERR_FSYNC", "input-output"),
        ("SQLITE_ERROR", "damaged"),
        ("", "damaged"),
    ],
)
def test_every_error_of_the_database_has_its_code(name: str, code: str) -> None:
    error = sqlite3.OperationalError("says so")
    error.sqlite_errorname = name
    found = faults.of_database(error, Path("store.sqlite"))
    assert (found.code, bool(found.mend), found.exit_code) == (code, True, 5)


KEPT = (
    *("audit_checkpoint", "audit_entry", "case_entry", "clearance_entry", "decision", "filing", "kept_file"),
    *("ledger_entry", "order_event", "pairing", "run", "run_end"),
)


def test_the_same_tables_refuse_changes_in_every_database(place: Place) -> None:
    database = Database.open(place)
    file = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    server = "SELECT DISTINCT event_object_table, trigger_name FROM information_schema.triggers"
    with database.transaction() as connection:
        found = connection.exec_driver_sql(file if isinstance(place, Path) else server).all()
    database.close()
    assert sorted(map(tuple, found)) == sorted((one, f"{one}_no_{act}") for one in KEPT for act in ("delete", "update"))
