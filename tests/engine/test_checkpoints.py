"""The end of the log is signed by itself when enough was written or one entry is old enough, and a cut is found."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interdiction.cli.app import run
from interdiction.config import Auditing, Config
from interdiction.engine import audit
from interdiction.engine.checkpoints import due, keep_up
from interdiction.engine.home import Home
from interdiction.engine.story import tell
from interdiction.errors import DataError, HomeError
from interdiction.model.audit import AuditKind, Deed
from interdiction.store.audit import log

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


def fresh(size: int) -> bytes:
    return bytes(range(size))


def write(home: Home, count: int, at: datetime = AT) -> None:
    with home.writing(5, lists=False) as database, database.transaction() as connection:
        log(connection, [Deed(at, AuditKind.SCREENED, f"Q-{one}") for one in range(count)])


def signed(home: Home) -> list[int]:
    return [one.checkpoint.seq for one in audit.beside(home)]


def test_so_many_entries_are_signed_and_one_fewer_is_not(shared: Home) -> None:
    write(shared, 4)
    asked = Auditing(checkpoint_entries=5, checkpoint_hours=0)
    assert keep_up(shared, asked, AT, fresh) is None
    write(shared, 1)
    assert due(shared, asked, AT)
    keep_up(shared, asked, AT, fresh)
    assert (signed(shared), keep_up(shared, asked, AT, fresh)) == ([5], None)
    assert audit.verify(shared).checkpoints == 1


def test_an_entry_that_is_old_enough_is_signed_and_an_idle_log_is_not_signed_again(shared: Home) -> None:
    write(shared, 1)
    asked = Auditing(checkpoint_entries=0, checkpoint_hours=1)
    assert not due(shared, asked, LATER - timedelta(seconds=1))
    keep_up(shared, asked, LATER, fresh)
    assert not due(shared, asked, LATER + timedelta(days=3))
    write(shared, 1, LATER)
    assert due(shared, asked, LATER + timedelta(hours=1))
    assert not due(shared, Auditing(checkpoint_entries=0, checkpoint_hours=0), LATER + timedelta(days=9))


def test_a_cut_is_found_by_the_copy_elsewhere_though_everything_of_ours_was_cut(home: Home, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.jsonl"
    asked = Auditing(checkpoint_entries=2, also_to=str(elsewhere))
    for _ in range(3):
        write(home, 2)
        keep_up(home, asked, AT, fresh)
    assert len(elsewhere.read_bytes().splitlines()) == 3
    with sqlite3.connect(home.path / "store.sqlite") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM audit_entry WHERE seq > 3")
        connection.execute("DELETE FROM audit_checkpoint WHERE seq > 3")
    beside = home.path / audit.CHECKPOINTS
    beside.write_bytes(beside.read_bytes().splitlines(keepends=True)[0])
    assert audit.verify(home).faults == ()
    found = audit.verify(home, others=audit.read_checkpoints(elsewhere)).faults
    assert [one.seq for one in found] == [4, 6]


def test_what_could_not_be_sent_elsewhere_goes_there_with_the_next_one(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "mounted"
    asked = Auditing(checkpoint_entries=1, also_to=str(folder / "marks.jsonl"))
    write(home, 1)
    with pytest.raises(HomeError):
        keep_up(home, asked, AT, fresh)
    assert signed(home) == [1]
    folder.mkdir()
    write(home, 1)
    keep_up(home, asked, AT, fresh)
    assert [one.checkpoint.seq for one in audit.read_checkpoints(folder / "marks.jsonl")] == [1, 2]


def test_a_command_that_writes_signs_and_one_that_fails_to_says_so_and_ends_as_it_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTERDICT_NOW", LATER.isoformat())
    home = tmp_path / "home"
    tell(home, AT)
    config = home / "config.toml"
    config.write_text(f"{config.read_text()}\n[audit]\ncheckpoint_entries = 2\n")
    pay = ["pay", str(home / "example" / "payments.csv"), "--record", "--json", "--home", str(home)]
    assert run(pay) == 1
    opened = Home.open(home)
    assert len(signed(opened)) == 1
    assert run(["audit", "verify", "--home", str(home)]) == 0
    (home / "audit.key").write_text("no key")
    (home / "audit.key").chmod(0o600)
    capfd.readouterr()
    assert run(pay) == 1
    warned = json.loads(capfd.readouterr().err.strip().splitlines()[-1])
    assert (warned["warning"]["code"], len(signed(opened))) == ("audit-key", 1)


def test_the_service_signs_what_it_has_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.api.conftest import served

    monkeypatch.setenv("INTERDICT_NOW", AT.isoformat())
    home = tmp_path / "home"
    tell(home, AT)
    client = served(home, open_to_all=True)
    client.service.keep_signed()
    assert signed(Home.open(home)) == []
    monkeypatch.setenv("INTERDICT_NOW", (AT + timedelta(days=2)).isoformat())
    client.service.keep_signed()
    client.service.keep_signed()
    asyncio.run(client.service.stop())
    assert len(signed(Home.open(home))) == 1


@pytest.mark.parametrize("text", ["checkpoint_entries = -1", "checkpoint_hours = 'x'", "often = 1"])
def test_what_is_no_setting_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.toml").write_text(f"[audit]\n{text}\n")
    with pytest.raises(DataError) as caught:
        Config.read(tmp_path)
    assert caught.value.code == "config"
