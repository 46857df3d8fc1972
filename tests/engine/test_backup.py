"""A backup is whole or not there, made while others write, and gives the same home back on either database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from interdiction.data import demo_file
from interdiction.engine.audit import checkpoint
from interdiction.engine.backup import (
    MANIFEST,
    backup,
    look_through_backup,
    read_manifest,
    restore,
)
from interdiction.engine.editions import import_edition, in_force
from interdiction.engine.home import Home
from interdiction.engine.looking import look_through
from interdiction.engine.signing import signing_key
from interdiction.engine.writing import Writer
from interdiction.errors import HomeError, InputError, UsageError
from interdiction.model.audit import AuditKind, Deed
from interdiction.store import audit
from interdiction.store.copying import counts
from interdiction.store.place import Server
from interdiction.store.schema import metadata

from .conftest import sdn_row
from .test_records import again, pay, raw_store

AT = datetime(2015, 1, 3, tzinfo=UTC)
TEN = [sdn_row(uid) for uid in range(1, 11)]


@pytest.fixture
def full(shared: Home) -> Home:
    """A home with two editions, decisions and a signed checkpoint, on either database."""
    config = shared.path / "config.toml"
    more = config.read_text() if config.is_file() else ""
    config.write_text(f'policy = "mine/policy.yml"\n\n[institution]\nkind = "us"\n\n{more}')
    (shared.path / "example").mkdir()
    (shared.path / "example" / "payments.csv").write_bytes(demo_file("payments.csv").read_bytes())
    for day in (1, 2):
        folder = demo_file(f"editions/2015-01-{day:02}")
        import_edition(shared, "ofac-sdn", [folder], on=date(2015, 1, day), at=AT)
    config.write_text(f'[institution]\nkind = "us"\n\n{more}')
    pay(shared)
    checkpoint(shared, signing_key(shared, lambda size: bytes(range(size))), AT)
    return shared


def rows(home: Home) -> dict[str, list[tuple[object, ...]]]:
    with home.reading() as reader:
        return {
            one.name: [tuple(row) for row in reader.connection.execute(sa.select(one).order_by(*one.primary_key))]
            for one in metadata.sorted_tables
        }


def test_a_backup_restored_is_the_same_home(full: Home, tmp_path: Path) -> None:
    made = backup(full, tmp_path / "kept", at=AT)
    assert look_through_backup(tmp_path / "kept").damage == ()
    assert not (tmp_path / "kept" / "audit.key").exists()
    restore(tmp_path / "kept", tmp_path / "new", at=AT)
    home = Home.open(tmp_path / "new")
    now, before = rows(home), rows(full)
    assert now.pop("audit_entry")[:-1] == before.pop("audit_entry")
    assert now == before
    assert (made.audit_entries, look_through(home).damage) == (len(rows(full)["audit_entry"]), ())
    assert [one.edition for one in in_force(home)] == [one.edition for one in in_force(full)]
    assert set(again(home).values()) == {True}


def test_a_file_becomes_a_server_and_a_file_again(
    home: Home, bring: Callable[..., object], server: Server, tmp_path: Path
) -> None:
    bring(1, TEN)
    bring(2, [*TEN, sdn_row(11)])
    backup(home, tmp_path / "one", at=AT)
    restore(tmp_path / "one", tmp_path / "served", at=AT, server=server)
    served = Home.open(tmp_path / "served")
    assert isinstance(served.store, Server)
    assert not (served.path / "store.sqlite").exists()
    import_edition(served, "ofac-sdn", [home.path.parent / "edition-0"], on=date(2015, 1, 4), at=AT)
    backup(served, tmp_path / "two", at=AT)
    restore(tmp_path / "two", tmp_path / "back", at=AT)
    back = Home.open(tmp_path / "back")
    assert not isinstance(back.store, Server)
    assert look_through(back).damage == ()
    assert rows(back)["listing_interval"] == rows(served)["listing_interval"]


def test_a_backup_made_under_a_writer_is_one_state_of_it(full: Home, tmp_path: Path) -> None:
    writer, stop = Writer(full), Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with writer.transaction() as connection:
                audit.log(connection, [Deed(AT, AuditKind.SCREENED, f"Q-{number}-{part}") for part in "ab"])

    thread = Thread(target=write)
    thread.start()
    try:
        made = [backup(full, tmp_path / f"kept-{at}", at=AT) for at in range(3)]
    finally:
        stop.set()
        thread.join()
        writer.close()
    assert [one.audit_entries for one in made] == sorted({one.audit_entries for one in made})
    before = len([0 for one in rows(full)["audit_entry"] if one[3] != "screened"])
    assert [(one.audit_entries - before) % 2 for one in made] == [0, 0, 0]
    for at in range(3):
        assert look_through_backup(tmp_path / f"kept-{at}").damage == ()


@pytest.mark.parametrize("at_step", ["pages", "official files", "hashing"])
def test_a_backup_that_is_killed_leaves_nothing_and_the_next_one_is_whole(
    home: Home, bring: Callable[..., object], tmp_path: Path, at_step: str
) -> None:
    bring(1, TEN)
    script = (
        "import os, signal, sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from interdiction.engine.backup import backup; from interdiction.engine.home import Home\n"
        "def step(what, done, whole):\n"
        "    if what == sys.argv[3]: os.kill(os.getpid(), signal.SIGKILL)\n"
        "backup(Home.open(Path(sys.argv[1])), Path(sys.argv[2]), at=datetime(2015, 1, 3, tzinfo=UTC), progress=step)"
    )
    kept = tmp_path / "kept"
    done = subprocess.run([sys.executable, "-c", script, str(home.path), str(kept), at_step], check=False)
    assert done.returncode == -9
    assert not kept.exists()
    backup(home, kept, at=AT)
    assert look_through_backup(kept).damage == ()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_restore_that_fails_leaves_no_home(
    home: Home, bring: Callable[..., object], server: Server, tmp_path: Path
) -> None:
    bring(1, TEN)
    backup(home, tmp_path / "kept", at=AT)
    restore(tmp_path / "kept", tmp_path / "first", at=AT, server=server)
    with pytest.raises(UsageError) as caught:
        restore(tmp_path / "kept", tmp_path / "second", at=AT, server=server)
    assert caught.value.code == "store-not-empty"
    assert not (tmp_path / "second").exists()


def test_nothing_is_written_over_what_is_there(home: Home, bring: Callable[..., object], tmp_path: Path) -> None:
    bring(1, TEN)
    backup(home, tmp_path / "kept", at=AT)
    with pytest.raises(UsageError) as again_there:
        backup(home, tmp_path / "kept", at=AT)
    with pytest.raises(UsageError) as over_a_home:
        restore(tmp_path / "kept", home.path, at=AT)
    assert (again_there.value.code, over_a_home.value.code) == ("output", "home-there")


def test_a_damaged_backup_is_never_restored(home: Home, bring: Callable[..., object], tmp_path: Path) -> None:
    bring(1, TEN)
    made = backup(home, tmp_path / "kept", at=AT)
    for one in made.files:
        path = tmp_path / "kept" / one.path
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(InputError) as caught:
            restore(tmp_path / "kept", tmp_path / "new", at=AT)
        assert (caught.value.code, Path(caught.value.where)) == ("backup", path)
        path.write_bytes(whole)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("said", [b"", b"{}", b"[1]"])
def test_a_folder_without_a_manifest_is_no_backup(tmp_path: Path, said: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(said)
    with pytest.raises(InputError) as caught:
        read_manifest(tmp_path)
    assert caught.value.code == "backup"


def test_a_manifest_cannot_name_a_file_outside(home: Home, bring: Callable[..., object], tmp_path: Path) -> None:
    bring(1, TEN)
    backup(home, tmp_path / "kept", at=AT)
    path = tmp_path / "kept" / MANIFEST
    path.write_bytes(path.read_bytes().replace(b'"path":"VERSION"', b'"path":"../kept/VERSION"'))
    with pytest.raises(InputError, match="outside"):
        restore(tmp_path / "kept", tmp_path / "new", at=AT)


def test_a_home_that_lost_an_official_file_is_not_backed_up_as_if_it_were_whole(
    home: Home, bring: Callable[..., object], tmp_path: Path
) -> None:
    bring(1, TEN)
    next((home.path / "raw").glob("*.zst")).unlink()
    with pytest.raises(HomeError) as caught:
        backup(home, tmp_path / "kept", at=AT)
    assert caught.value.code == "damaged"
    assert not (tmp_path / "kept").exists()


DAMAGES = [
    ("UPDATE listing_content SET body = CAST(body || ' ' AS BLOB) WHERE id = 3", "listing_content 3"),
    ("UPDATE listing_interval SET content = 99999 WHERE uid = '9345'", "listing_interval ofac-sdn 9345"),
    ("DELETE FROM run_end; DELETE FROM run", "decision 1"),
    ("UPDATE decision SET name = 'x', sha256 = zeroblob(32) WHERE number = 4", "decision 4"),
    ("UPDATE kept_file SET body = zeroblob(10)", "kept_file"),
    ("UPDATE audit_entry SET by = 'nobody' WHERE seq = 2", "audit entry 2"),
    ("DELETE FROM audit_entry WHERE seq = 2", "audit entry 3"),
    (
        "INSERT INTO listing_interval SELECT list, uid, from_seq + 1, NULL, content FROM listing_interval LIMIT 1",
        "listing_interval ofac-sdn",
    ),
]


@pytest.fixture
def on_file(tmp_path: Path) -> Home:
    from interdiction.engine.story import tell

    tell(tmp_path / "home", AT)
    home = Home.open(tmp_path / "home")
    pay(home)
    return home


def test_everything_that_was_changed_from_outside_is_found_and_located(on_file: Home) -> None:
    whole = (on_file.path / "store.sqlite").read_bytes()
    assert look_through(on_file).damage == ()
    for statement, where in DAMAGES:
        with raw_store(on_file) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.executescript(statement)
            connection.commit()
        found = look_through(on_file).damage
        assert any(one.where.startswith(where) for one in found), (statement, found)
        (on_file.path / "store.sqlite").write_bytes(whole)


def test_an_official_file_that_is_gone_or_changed_is_found(on_file: Home) -> None:
    first, second = sorted((on_file.path / "raw").glob("*.zst"))[:2]
    first.write_bytes(first.read_bytes()[:-3])
    second.unlink()
    found = {one.where: one.what for one in look_through(on_file).damage}
    assert found[f"raw/{second.name}"] == "the official file is gone"
    assert f"raw/{first.name}" in found


def test_a_backup_counts_what_it_holds(full: Home, tmp_path: Path) -> None:
    made = backup(full, tmp_path / "kept", at=AT)
    with full.reading() as reader:
        assert made.rows == counts(reader.connection)
    assert made.source == ("postgresql" if isinstance(full.store, Server) else "sqlite")
    assert "[store]" not in (tmp_path / "kept" / "config.toml").read_text()
