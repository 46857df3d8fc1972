"""Backs a home up while it is in use, restores it, and looks through one for what is damaged.

1. A backup is a folder that is a home of its own: the store as one file, whatever database it came from, the official
   files, the configuration, and a manifest with the hash of each file. It stands whole or not at all.
2. The store is one state; the official files are copied after it, and none that this state knows is ever deleted.
3. The key that signs checkpoints stays where it is, and the indexes are built anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from interdiction.config import FILE as CONFIG_FILE
from interdiction.config import Config, with_store
from interdiction.engine import changes
from interdiction.engine.home import Home
from interdiction.engine.looking import Damage, Looked, look_through
from interdiction.engine.progress import Progress, silent
from interdiction.engine.raw import sync_folder
from interdiction.errors import DataError, HomeError, InputError, UsageError
from interdiction.model import from_json, to_json
from interdiction.store import faults
from interdiction.store.place import Place, Server

MANIFEST: Final = "manifest.json"
STORE: Final = "store.sqlite"
_BESIDE: Final = ("VERSION", CONFIG_FILE, "cases.yml", "filer.yml", "licences.yml", "checkpoints.jsonl", "audit.pub")
_PIECE: Final = 1 << 20


class BackedUp(msgspec.Struct, frozen=True):
    """One file of a backup: its path inside the folder, size and SHA-256."""

    path: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds: when it was made, the schema, rows by table, how the audit log ended, and every file."""

    schema: str
    made_at: datetime
    revision: str
    source: str
    rows: dict[str, int]
    audit_entries: int
    audit_hash: str
    files: tuple[BackedUp, ...]


def backup(home: Home, folder: Path, *, at: datetime, progress: Progress | None = None) -> Manifest:
    """Back a home up into a new folder while others read and write it. Raises `UsageError` (`output`), `HomeError`."""
    step = progress or silent
    if folder.exists():
        raise UsageError(f"{folder} is there already", where="PATH", mend="name a folder that is new", code="output")
    part = _part(folder)
    with faults.translated(folder):
        wanted, rows, (seq, digest), revision = _store(home, part / STORE, step)
        _raw(home, part / "raw", wanted, step)
        _configuration(home, part)
        files = tuple(_hashed(part, step))
        source = "postgresql" if isinstance(home.store, Server) else "sqlite"
        made = Manifest("interdict.backup/1", at, revision, source, rows, seq, digest, files)
        (part / MANIFEST).write_bytes(to_json(made) + b"\n")
        _settled(part, folder)
    return made


def restore(
    folder: Path, path: Path, *, at: datetime, server: Server | None = None, progress: Progress | None = None
) -> Manifest:
    """Make a new home at `path` of a backup, with its store in a file or in the empty database `server`.

    Every file is held against the manifest first. Raises `InputError` (`backup`) for one that is damaged or none,
    `UsageError` (`home-there`, `store-not-empty`), `HomeError`.
    """
    step = progress or silent
    made = read_manifest(folder)
    damage = list(_differing(folder, made, step))
    if damage:
        raise InputError(
            f"the backup is damaged: {damage[0].what}",
            where=str(folder / damage[0].where),
            mend="use another backup; interdict store verify --backup names everything that is wrong",
            code="backup",
        )
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise UsageError(
            f"{path} is there already", where="--home", mend="name a folder that is new", code="home-there"
        )
    part = _part(path)
    with faults.translated(path):
        for one in made.files:
            target = part / one.path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / one.path, target)
        _bring_in(part, made, server, at, folder.name, step)
        if server is not None:
            (part / STORE).unlink()
            config = part / CONFIG_FILE
            text = config.read_text(encoding="utf-8") if config.is_file() else ""
            config.touch(mode=0o600)  # the URL may hold a password
            config.write_text(with_store(text, server.url), encoding="utf-8")
        _settled(part, path)
    changes.restore(Home(path, server))
    return made


def look_through_backup(folder: Path, *, progress: Progress | None = None) -> Looked:
    """Look through a backup: every file against the manifest, then all of it as a home. Raises `InputError`."""
    made = read_manifest(folder)
    damage = tuple(_differing(folder, made, progress or silent))
    found = look_through(Home(folder), progress=progress)
    return msgspec.structs.replace(found, damage=(*damage, *found.damage))


def read_manifest(folder: Path) -> Manifest:
    """Read what a backup says it holds. Raises `InputError` (`backup`) for a folder that is none."""
    try:
        return from_json((folder / MANIFEST).read_bytes(), Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(
            f"this is no backup: {error}",
            where=str(folder),
            mend="name the folder that interdict store backup made",
            code="backup",
        ) from error


def _store(home: Home, to: Path, step: Progress) -> tuple[set[str], dict[str, int], tuple[int, str], str]:
    """Copy the store into a file, and say of that copy: its official files, rows, end of the log, schema."""
    from interdiction.store import audit, copying
    from interdiction.store.database import Database
    from interdiction.store.reading import REVISION, opened

    with home.reading() as reader:
        if isinstance(home.store, Server):
            database = Database.open(to)
            try:
                with database.transaction() as connection:
                    copying.copy(reader.connection, connection, step)
            finally:
                database.close()
    if not isinstance(home.store, Server):
        copying.online(home.store, to, step)
    with opened(to) as reader:
        found = reader.raw_files(), copying.counts(reader.connection), audit.head(reader.connection), REVISION
    for name in (f"{STORE}-wal", f"{STORE}-shm"):
        to.with_name(name).unlink(missing_ok=True)
    return found


def _bring_in(part: Path, made: Manifest, server: Server | None, at: datetime, name: str, step: Progress) -> None:
    """Bring the copied store to this version's schema, move it to the server, log that it was restored."""
    from interdiction.model.audit import AuditKind, Deed
    from interdiction.store import audit, copying
    from interdiction.store.database import Database
    from interdiction.store.reading import opened

    Database.open(part / STORE).close()
    place: Place = server or part / STORE
    database = Database.open(place, timeout=5.0)
    try:
        with database.transaction() as connection:
            if server is not None:
                if not copying.is_empty(connection):
                    raise UsageError(
                        "the database has rows already",
                        where=str(server),
                        mend="name an empty database: nothing is ever written over another store",
                        code="store-not-empty",
                    )
                with opened(part / STORE) as reader:
                    copying.copy(reader.connection, connection, step)
            body = {"made_at": made.made_at, "entries": made.audit_entries, "hash": made.audit_hash}
            audit.log(connection, [Deed(at, AuditKind.STORE_RESTORED, name, body)])
    finally:
        database.close()


def _raw(home: Home, to: Path, wanted: set[str], step: Progress) -> None:
    to.mkdir()
    source = home.path / "raw"
    here = sorted(source.glob("*.zst")) if source.is_dir() else []
    for done, path in enumerate(here, 1):
        step("official files", done, len(here))
        try:
            shutil.copyfile(path, to / path.name)
        except FileNotFoundError:
            if path.stem in wanted:
                raise
    gone = wanted - {path.stem for path in to.glob("*.zst")}
    if gone:
        raise HomeError(
            f"an official file of an edition is not in the home: {min(gone)[:12]}",
            where=str(source),
            mend="restore it from an earlier backup; interdict store verify names all that are gone",
            code="damaged",
        )


def _configuration(home: Home, part: Path) -> None:
    paths = {home.path / name for name in _BESIDE}
    try:
        config = Config.as_it_stands(home.path)
        paths |= {path for path in (config.policy, config.weights) if path is not None}
    except DataError:
        pass  # a file that cannot be read is kept as it is
    for path in sorted(paths):
        if path.is_file() and path.resolve().is_relative_to(home.path.resolve()):
            target = part / path.relative_to(home.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    config_file = part / CONFIG_FILE
    if config_file.is_file():
        text = config_file.read_text(encoding="utf-8", errors="surrogateescape")
        config_file.write_text(with_store(text, ""), encoding="utf-8", errors="surrogateescape")


def _hashed(part: Path, step: Progress) -> Iterator[BackedUp]:
    files = sorted(path for path in part.rglob("*") if path.is_file())
    for done, path in enumerate(files, 1):
        step("hashing", done, len(files))
        yield BackedUp(path.relative_to(part).as_posix(), path.stat().st_size, _sha256(path))


def _differing(folder: Path, made: Manifest, step: Progress) -> Iterator[Damage]:
    for done, one in enumerate(made.files, 1):
        step("hashing", done, len(made.files))
        path = folder / one.path
        if ".." in Path(one.path).parts or Path(one.path).is_absolute():
            yield Damage(one.path, "the manifest names a file outside the backup")
        elif not path.is_file():
            yield Damage(one.path, "it is gone")
        elif path.stat().st_size != one.size or _sha256(path) != one.sha256:
            yield Damage(one.path, "it is not the file that was backed up")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _part(folder: Path) -> Path:
    """Give the folder in which it is made, empty: what a killed run left there is removed."""
    part = folder.absolute().with_name(f".{folder.name}.part")
    with faults.translated(folder):
        if part.is_dir():
            shutil.rmtree(part)
        part.mkdir(parents=True)
    return part


def _settled(part: Path, folder: Path) -> None:
    """Bring every file to the disk and give the folder its name."""
    paths: Sequence[Path] = sorted(part.rglob("*"))
    for path in paths:
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        elif path.is_dir():
            sync_folder(path)
    sync_folder(part)
    if folder.is_dir():
        folder.rmdir()  # an empty one that the caller made
    part.rename(folder.absolute())
    sync_folder(folder.absolute().parent)
