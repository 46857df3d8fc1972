"""The audit log of a home: verified, signed at its end, written out for whoever does not trust us.

1. A checkpoint is signed with the home's key (`signing`), made at the first one.
2. It stands in the store and in a file of the home beside it; only a copy kept elsewhere binds whoever owns both.
3. What is exported needs nothing of ours to be verified (docs/audit.md).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.progress import Progress, silent
from interdiction.engine.signing import PUBLIC, own_keys, public_pem
from interdiction.errors import InputError, UsageError
from interdiction.model import from_json, to_json
from interdiction.model.audit import AuditKind, Checkpoint, Deed, Fault, SignedCheckpoint
from interdiction.model.signed import require_by
from interdiction.store import faults

if TYPE_CHECKING:
    import sqlalchemy as sa
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from interdiction.model.audit import AuditEntry
    from interdiction.store.audit_check import Verified

CHECKPOINTS: Final = "checkpoints.jsonl"
LINES: Final = "audit.jsonl"
_CONFIGURED: Final = ("cases.yml", "config.toml", "filer.yml", "licences.yml")


class Exported(msgspec.Struct, frozen=True):
    """What was written out: the files, how many entries, and the checkpoint that closes them."""

    files: tuple[str, ...]
    entries: int
    closing: SignedCheckpoint


def checkpoint(home: Home, key: Ed25519PrivateKey, at: datetime, timeout: float = WAIT_SECONDS) -> SignedCheckpoint:
    """Sign how the log ends now. Raises `UsageError` (`empty-log`)."""
    with home.writing(timeout, lists=False) as database, database.transaction() as connection:
        signed = _signed(connection, home, key, at)
    with faults.translated(home.path / CHECKPOINTS), (home.path / CHECKPOINTS).open("ab") as file:
        file.write(to_json(signed) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return signed


def verify(
    home: Home, *, keys: Iterable[str] = (), others: Sequence[SignedCheckpoint] = (), progress: Progress | None = None
) -> Verified:
    """Verify the log against itself and against every checkpoint: the store's, the home's and `others`.

    `keys` are public keys (hexadecimal) that may have signed, beside the home's own; a checkpoint of any other key is
    a fault. Raises as `Home.reading` does.
    """
    from interdiction.store.audit import AuditLog
    from interdiction.store.audit_check import verify as check

    trusted = {*keys, *own_keys(home)}
    with home.reading() as reader:
        stored, unread = AuditLog(reader.connection).marks()
        marks = [*stored, *beside(home), *others]
        unsigned = [Fault(seq, "its row of audit_checkpoint cannot be read") for seq in unread]
        unsigned += [fault for one in marks if (fault := _unsigned(one, trusted)) is not None]
        good = [one.checkpoint for one in marks if _unsigned(one, trusted) is None]
        found = check(reader.connection, good, progress)
    return msgspec.structs.replace(found, faults=(*found.faults, *unsigned), count=found.count + len(unsigned))


def entries(
    home: Home,
    *,
    kind: str | None = None,
    about: str | None = None,
    by: str | None = None,
    since: datetime | None = None,
    before: int | None = None,
    most: int = 50,
) -> list[AuditEntry]:
    """Give entries of the log, the latest first."""
    from interdiction.store.audit import AuditLog
    from interdiction.store.instants import stamp

    with home.reading() as reader:
        when = stamp(since) if since else None
        return AuditLog(reader.connection).entries(
            kind=kind, subject=about, by=by, since=when, before=before, most=most
        )


def entry(home: Home, seq: int) -> tuple[bytes, str]:
    """Give one entry as it was written, and its hash. Raises `UsageError` for a number that is none."""
    from interdiction.store.audit import AuditLog

    with home.reading() as reader:
        return AuditLog(reader.connection).get(seq)


def export(
    home: Home, folder: Path, key: Ed25519PrivateKey, *, by: str, at: datetime, progress: Progress | None = None
) -> Exported:
    """Write the whole log, its checkpoints and the public key into a new folder, whole or not at all.

    That it was written out is logged first, and a checkpoint closes it. Raises `UsageError` (`output`, `by-required`).
    """
    from interdiction.store.audit import AuditLog

    step = progress or silent
    require_by("an export", by)
    if folder.exists():
        raise UsageError(
            f"{folder} is there already", where="--output", mend="name a folder that is new", code="output"
        )
    note(home, Deed(at, AuditKind.EXPORTED, "audit", {"to": folder.name}, by.strip()))
    closing = checkpoint(home, key, at)
    part = folder.with_name(f".{folder.name}.part")
    with faults.translated(folder):
        part.mkdir(parents=True, exist_ok=True)
        with home.reading() as reader, (part / LINES).open("wb") as file:
            log = AuditLog(reader.connection)
            for seq, line, _ in log.lines(last=closing.checkpoint.seq):
                file.write(line + b"\n")
                if not seq % 50_000:
                    step("writing", seq, closing.checkpoint.seq)
            marks = b"".join(to_json(one) + b"\n" for one in log.checkpoints())
        (part / CHECKPOINTS).write_bytes(marks)
        (part / PUBLIC).write_bytes(public_pem(key))
        part.rename(folder)
    files = tuple(str(folder / name) for name in (LINES, CHECKPOINTS, PUBLIC))
    return Exported(files, closing.checkpoint.seq, closing)


def note(home: Home, deed: Deed, timeout: float = WAIT_SECONDS) -> AuditEntry:
    """Log one deed that changes nothing in the store itself, such as an export."""
    from interdiction.store import audit

    with home.writing(timeout, lists=False) as database, database.transaction() as connection:
        return audit.log(connection, [deed])[0]


def note_configuration(home: Home, connection: sa.Connection, at: datetime, by: str = "") -> None:
    """Log that the home's configuration is not what it was when it was last logged: the hash of each file of it.

    Raises `DataError` (`approved`) where the home reads another configuration than the store says was approved.
    """
    from interdiction.engine.changes import hold_true
    from interdiction.engine.raw import sha256
    from interdiction.store import audit

    known = hold_true(connection, home)
    now: dict[str, str] = {}
    for path in _configuration(home):
        try:
            now[path.name] = sha256(path.read_bytes())
        except OSError:
            continue
    last = audit.AuditLog(connection).entries(kind=AuditKind.CONFIGURATION_CHANGED.value, most=1)
    before = from_json(bytes(last[0].body), dict[str, dict[str, str]])["files"] if last else {}
    if now != before:
        changed = sorted(name for name in now.keys() | before.keys() if now.get(name) != before.get(name))
        # Whether a change counts is said with it: what nobody approved is in force nowhere.
        said = {"files": now} | ({"in_force": known.files} if known is not None else {})
        deed = Deed(at, AuditKind.CONFIGURATION_CHANGED, ", ".join(changed), said, by)
        audit.log(connection, [deed])


def read_checkpoints(path: Path) -> list[SignedCheckpoint]:
    """Read checkpoints that were kept elsewhere, one a line. Raises `InputError` (`checkpoints`)."""
    try:
        return [from_json(line, SignedCheckpoint) for line in path.read_bytes().splitlines() if line.strip()]
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(
            f"these are no checkpoints: {error}",
            where=str(path),
            mend="give a file of checkpoints as audit export or audit checkpoint writes them",
            code="checkpoints",
        ) from error


def beside(home: Home) -> list[SignedCheckpoint]:
    """Give the checkpoints that stand in the home beside the store."""
    path = home.path / CHECKPOINTS
    return read_checkpoints(path) if path.is_file() else []


def _signed(connection: sa.Connection, home: Home, key: Ed25519PrivateKey, at: datetime) -> SignedCheckpoint:
    from interdiction.store import audit
    from interdiction.store.instants import stamp

    seq, digest = audit.head(connection)
    if not seq:
        raise UsageError(
            "the log is empty: there is nothing to sign",
            where=str(home.path),
            mend="import a list first",
            code="empty-log",
        )
    one = Checkpoint(seq, digest, stamp(at), key.public_key().public_bytes_raw().hex())
    signed = SignedCheckpoint(one, key.sign(to_json(one)).hex())
    audit.add_checkpoint(connection, signed)
    return signed


def _unsigned(one: SignedCheckpoint, trusted: set[str]) -> Fault | None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    mark = one.checkpoint
    if mark.key not in trusted:
        return Fault(mark.seq, f"the checkpoint of {mark.at} is signed by a key that is not ours: {mark.key[:16]}…")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(mark.key)).verify(bytes.fromhex(one.signature), to_json(mark))
    except (InvalidSignature, ValueError):
        return Fault(mark.seq, f"the signature of the checkpoint of {mark.at} does not hold")
    return None


def _configuration(home: Home) -> list[Path]:
    from interdiction.config import Config
    from interdiction.errors import DataError

    found = [home.path / name for name in _CONFIGURED]
    try:
        config = Config.as_it_stands(home.path)
    except DataError:
        return found  # a file that cannot be read is logged by its hash all the same
    return [*found, *(path for path in (config.policy, config.weights) if path is not None)]
