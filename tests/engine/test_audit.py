"""Checkpoints bind, exports stand alone, the key is its owner's, and the log is tied to what it logs."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from interdiction.engine import audit, signing
from interdiction.engine.home import Home
from interdiction.errors import InputError, UsageError
from interdiction.model.audit import AuditKind, Deed, SignedCheckpoint
from interdiction.model.codec import to_json
from interdiction.store.audit import AuditLog

from .test_records import home as home  # noqa: PLC0414 - the fixture
from .test_records import pay, raw_store

AT = datetime(2015, 1, 3, 9, tzinfo=UTC)
DOCS = Path(__file__).resolve().parents[2] / "docs"


def key_of(home: Home) -> Ed25519PrivateKey:
    return signing.signing_key(home, lambda size: bytes(range(size)))


def faults(home: Home, *others: SignedCheckpoint) -> list[tuple[int, str]]:
    return [(one.seq, one.what) for one in audit.verify(home, others=others).faults]


def test_the_key_is_made_once_and_for_its_owner_alone(home: Home) -> None:
    first = key_of(home)
    again = signing.signing_key(home, lambda size: b"x" * size)
    assert again.private_bytes_raw() == first.private_bytes_raw()
    assert (home.path / signing.KEY).stat().st_mode & 0o777 == 0o600
    assert signing.public_key(home.path / signing.PUBLIC) == first.public_key().public_bytes_raw().hex()
    (home.path / signing.KEY).chmod(0o644)
    with pytest.raises(InputError) as caught:
        key_of(home)
    assert caught.value.code == "audit-key"


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_is_no_key_is_said(home: Home, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(InputError) as caught:
        signing.signing_key(home, bytes, path)
    assert caught.value.code == "audit-key"


def test_an_empty_log_has_no_end_to_sign(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "new", create=True)
    with pytest.raises(UsageError) as caught:
        audit.checkpoint(home, key_of(home), AT)
    assert caught.value.code == "empty-log"


def test_checkpoints_of_ours_hold_and_one_of_another_key_is_a_fault(home: Home) -> None:
    pay(home)
    mine = audit.checkpoint(home, key_of(home), AT)
    assert faults(home, mine) == []
    forged = Ed25519PrivateKey.from_private_bytes(b"f" * 32)
    other = audit.checkpoint(home, forged, AT + timedelta(hours=1))
    assert [seq for seq, what in faults(home) if "not ours" in what] == [other.checkpoint.seq] * 2
    tampered = SignedCheckpoint(mine.checkpoint, "00" * 64)
    assert any("does not hold" in what for _, what in faults(home, tampered))


def test_a_checkpoint_kept_elsewhere_finds_what_was_cut_with_all_ours(home: Home) -> None:
    pay(home)
    kept = audit.checkpoint(home, key_of(home), AT)
    (home.path / audit.CHECKPOINTS).unlink()
    with raw_store(home) as connection:
        for table, act in (("audit_entry", "delete"), ("audit_checkpoint", "delete")):
            connection.execute(f"DROP TRIGGER {table}_no_{act}")
        connection.execute("DELETE FROM audit_checkpoint")
        connection.execute("DELETE FROM audit_entry WHERE seq = (SELECT max(seq) FROM audit_entry)")
        connection.commit()
    assert faults(home) == []
    assert [seq for seq, _ in faults(home, kept)] == [kept.checkpoint.seq]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE decision SET sha256 = zeroblob(32) WHERE number = 12", "is not the one that was logged"),
        ("DELETE FROM decision WHERE number = 12", "which it logs, is not there"),
        (
            "INSERT INTO decision SELECT 13, run, subject, name, result, NULL, body, sha256 FROM decision LIMIT 1",
            "were never logged",
        ),
    ],
)
def test_decisions_that_are_not_what_was_logged_are_found(home: Home, statement: str, what: str) -> None:
    pay(home)
    assert faults(home) == []
    with raw_store(home) as connection:
        for act in ("update", "delete"):
            connection.execute(f"DROP TRIGGER decision_no_{act}")
        connection.execute(statement)
        connection.commit()
    ((_, said),) = faults(home)
    assert what in said


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE case_entry SET body = CAST(body || ' ' AS BLOB) WHERE number = 2", "is not the one that was logged"),
        ("DELETE FROM case_entry WHERE number = (SELECT max(number) FROM case_entry)", "which it logs, is not there"),
        (
            "INSERT INTO case_entry SELECT 99, case_number, act, at, body, sha256 FROM case_entry LIMIT 1",
            "never logged",
        ),
    ],
)
def test_steps_of_cases_that_are_not_what_was_logged_are_found(home: Home, statement: str, what: str) -> None:
    pay(home)
    with raw_store(home) as connection:
        for act in ("update", "delete"):
            connection.execute(f"DROP TRIGGER case_entry_no_{act}")
        connection.execute(statement)
        connection.commit()
    ((_, said),) = faults(home)
    assert what in said


def test_a_decision_is_found_in_the_log_by_its_own_number(home: Home) -> None:
    pay(home)
    with home.reading() as reader:
        log = AuditLog(reader.connection)
        assert [one.subject for one in log.entries(subject="D-5")] == ["D-1..D-12"]
        assert log.entries(subject="D-13") == []


def outside(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the verifier of the page in a process of its own."""
    program = (DOCS / "audit.md").read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    return subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False)


def test_an_outsider_verifies_an_export_with_the_program_of_the_page(home: Home, tmp_path: Path) -> None:
    pay(home)
    done = audit.export(home, tmp_path / "out", key_of(home), by="Jo", at=AT)
    assert outside(tmp_path / "out").stdout == f"{done.entries} entries, 1 checkpoints: whole\n"
    last = (tmp_path / "out" / audit.LINES).read_bytes().splitlines()[-1]
    assert json.loads(last)["kind"] == "exported"


@pytest.mark.parametrize("damage", ["edit", "cut", "swap", "drop"])
def test_an_outsider_finds_what_was_done_to_an_export(home: Home, tmp_path: Path, damage: str) -> None:
    pay(home)
    audit.export(home, tmp_path / "out", key_of(home), by="Jo", at=AT)
    path = tmp_path / "out" / audit.LINES
    lines = path.read_bytes().split(b"\n")[:-1]
    if damage == "edit":
        lines[1] = lines[1].replace(b"ofac", b"none")
    elif damage == "cut":
        del lines[-1]
    elif damage == "swap":
        lines[1], lines[2] = lines[2], lines[1]
    else:
        del lines[2]
    path.write_bytes(b"\n".join(lines) + b"\n")
    assert outside(tmp_path / "out").returncode != 0


def test_an_export_names_who_asked_and_never_goes_into_a_folder_that_is_there(home: Home, tmp_path: Path) -> None:
    key = key_of(home)
    with pytest.raises(UsageError) as nobody:
        audit.export(home, tmp_path / "out", key, by=" ", at=AT)
    with pytest.raises(UsageError) as there:
        audit.export(home, tmp_path, key, by="Jo", at=AT)
    assert (nobody.value.code, there.value.code) == ("by-required", "output")


def test_a_changed_configuration_is_logged_once_with_what_changed(home: Home) -> None:
    pay(home)
    pay(home)
    (home.path / "filer.yml").write_text("name: Larkspur\n")
    pay(home)
    with home.reading() as reader:
        found = AuditLog(reader.connection).entries(kind=AuditKind.CONFIGURATION_CHANGED.value)
    assert [one.subject for one in found][::-1] == ["config.toml", "filer.yml"]


def test_checkpoints_from_elsewhere_are_read_line_by_line(home: Home, tmp_path: Path) -> None:
    audit.note(home, Deed(AT, AuditKind.EXPORTED, "x"))
    one = audit.checkpoint(home, key_of(home), AT)
    path = tmp_path / "kept.jsonl"
    path.write_bytes(to_json(one) + b"\n\n")
    assert audit.read_checkpoints(path) == [one]
    path.write_bytes(b"{}\n")
    with pytest.raises(InputError) as caught:
        audit.read_checkpoints(path)
    assert caught.value.code == "checkpoints"
