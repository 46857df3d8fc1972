"""The home: one folder with the store, the official files, the index, the user's config, the lock and the version.

1. One writer at a time holds `lock`; readers need no lock and no write permission.
2. A folder that is not a home is never turned into one, unless it is empty or was just being made.
3. Whatever the disk does, the caller sees a `HomeError` that says how to mend it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Lock
from typing import IO, TYPE_CHECKING

from interdiction.config import FILE as CONFIG_FILE
from interdiction.config import TOUCHED, store_url
from interdiction.engine.drafts import drafted
from interdiction.errors import HomeError, NoListError
from interdiction.store import faults
from interdiction.store.place import Place, Server

if TYPE_CHECKING:
    from interdiction.engine.raw import RawFiles
    from interdiction.store.database import Database
    from interdiction.store.reading import Reader

VERSION = 1
"""The layout of the folder; the store has its own revision."""

_PAUSE_SECONDS = 0.01
_UPGRADE_SECONDS = 30.0
_OURS = ("lock", "turn", "VERSION", "raw", "index", CONFIG_FILE)
_QUEUES: dict[tuple[int, str], Lock] = {}
"""Where threads of this process wait for a home, by process and folder: a forked child stands in no queue."""


class Home:
    """A home that was checked when it was opened; `path` is its folder, `store` the database: a file or a server."""

    def __init__(self, path: Path, store: Server | None = None) -> None:
        self.path = path
        self.store: Place = store or path / "store.sqlite"

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Home:
        """Open the home at `path`, or make it when `create` is set.

        Raises `NoListError` when there is none: nothing is in force. Raises `HomeError`: `not-a-home`,
        `newer-home`, `read-only`, `full`, `damaged`; `UsageError` (`store-url`).
        """
        url = store_url(path)
        home = cls(path, Server.named(url, str(path / CONFIG_FILE)) if url else None)
        with faults.translated(path):
            if not (path / "VERSION").is_file():
                home._refuse_strange_folder()
                if not create:
                    raise NoListError(
                        "there is no home here: no list is in force",
                        where=str(path),
                        mend="import one: interdict lists import ofac-sdn PATH --home DIR",
                    )
                home._make()
            home._check_version()
        return home

    @property
    def index(self) -> Path:
        """The folder of the built name indexes; whoever builds one makes it."""
        return self.path / "index"

    @property
    def manifest(self) -> Path:
        """What says which built index is current (decision 002). An import removes it before it commits."""
        return self.index / "current.json"

    def forget_index(self) -> None:
        """Remove the manifest: no reader may take a built index for current any more."""
        with faults.translated(self.manifest):
            self.manifest.unlink(missing_ok=True)

    def stamp(self) -> tuple[int, ...]:
        """Give sizes and times of the store and of its log: when they differ, the store has to be asked again.

        The log counts: while somebody reads, what an import committed may stand there alone. A server is asked what
        lists, pairings and registers it has.
        """
        if isinstance(self.store, Server):
            from interdiction.store.reading import stamp

            return stamp(self.store)
        seen: list[int] = []
        for path in (self.store, self.store.with_name("store.sqlite-wal")):
            with faults.translated(path):
                try:
                    found = path.stat()
                except FileNotFoundError:
                    seen += (0, 0)
                else:
                    # An empty log is what a reader's visit leaves: it says nothing.
                    seen += (found.st_size, found.st_mtime_ns if found.st_size else 0)
        return tuple(seen)

    @property
    def raw(self) -> RawFiles:
        """The official files as they came."""
        return self.raw_files()

    def raw_files(self, *, remember: bool = False) -> RawFiles:
        """Give the official files; with `remember` it holds on to the last bytes that were kept (`RawFiles`)."""
        from interdiction.engine.raw import RawFiles

        return RawFiles(self.path / "raw", remember=remember)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give one consistent view of the store; one that an earlier version made is brought to this one first.

        Raises `NoListError` when nothing was ever imported; `HomeError` as `store.reading.opened` does.
        """
        from interdiction.store.reading import is_blank, opened

        if is_blank(self.store):
            self._refuse_lost_store()
            raise NoListError(
                "no list is in force: none was imported",
                where=str(self.path),
                mend="import one: interdict lists import ofac-sdn PATH",
            )
        with ExitStack() as stack:
            try:
                reader = stack.enter_context(opened(self.store))
            except HomeError as error:
                if error.code != "older-home":
                    raise
                with self.writing(_UPGRADE_SECONDS, lists=False):
                    pass  # opening it for writing runs the migrations
                reader = stack.enter_context(opened(self.store))
            yield reader

    @contextmanager
    def writing(self, timeout: float, *, lists: bool = True) -> Iterator[Database]:
        """Be the one writer: wait up to `timeout` seconds for the lock, then give the store opened for writing.

        What an interrupted writer left under `raw/` is swept first. Without `lists` the caller changes no list:
        nothing is swept, and the index that was current stays so. Raises `HomeError` (`locked`, ...).
        """
        from interdiction.store.reading import opened

        with self._locked(timeout):
            before = self.stamp()
            database = self.opened(timeout)
            try:
                if lists:
                    with opened(self.store) as reader:
                        wanted = reader.raw_files()
                    self.raw.sweep(wanted)
                yield database
            finally:
                database.close()
                if (touched := TOUCHED.get()) is not None:
                    touched.add(self.path)
                if not lists and not isinstance(self.store, Server):
                    self._stamp_again(before)

    def opened(self, timeout: float) -> Database:
        """Open the store for writing; whoever calls holds the home. Raises `HomeError` (`damaged`) for a lost one."""
        from interdiction.store.database import Database
        from interdiction.store.reading import is_blank

        if is_blank(self.store):
            self._refuse_lost_store()
        return Database.open(self.store, timeout=timeout)

    @contextmanager
    def alone(self, what: str) -> Iterator[bool]:
        """Tell whether this process is the only one at something, and keep others off it meanwhile; never waits."""
        with faults.translated(self.path), (self.path / f"{what}.lock").open("a+b") as file:
            held = _try_lock(file)
            try:
                yield held
            finally:
                if held:
                    _unlock(file)

    @contextmanager
    def turn(self, timeout: float) -> Iterator[None]:
        """Hold the home's lock for a transaction that changes no list; the index that was current stays so."""
        with self._locked(timeout):
            if isinstance(self.store, Server):
                yield
                return
            before = self.stamp()
            try:
                yield
            finally:
                self._stamp_again(before)

    def _stamp_again(self, before: tuple[int, ...]) -> None:
        """Say of the current index that it is current still: the store changed, the lists did not."""
        with faults.translated(self.manifest):
            try:
                said = json.loads(self.manifest.read_bytes())
                if said["store"] != list(before):
                    return
                said["store"] = self.stamp()
                draft = drafted(self.manifest)
                draft.write_bytes(json.dumps(said, separators=(",", ":")).encode("utf-8"))
                draft.replace(self.manifest)
            except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
                return  # there is none to keep: the next reader builds one

    @contextmanager
    def _locked(self, timeout: float) -> Iterator[None]:
        """Hold the home: first among the threads of this process, then among processes, each in its turn.

        Whoever waits for `lock` holds `turn` meanwhile, and nobody takes `lock` without it: a process that writes
        without a pause cannot take the home again before one that waits.
        """
        queue = _QUEUES.setdefault((os.getpid(), str(self.path.absolute())), Lock())
        if not queue.acquire(timeout=max(timeout, _PAUSE_SECONDS)):
            raise self._busy(timeout)
        try:
            with faults.translated(self.path), (self.path / "lock").open("a+b") as file:
                with (self.path / "turn").open("a+b") as turn:
                    self._wait(turn, timeout)
                    try:
                        self._wait(file, timeout)
                    finally:
                        _unlock(turn)
                try:
                    yield
                finally:
                    _unlock(file)
        finally:
            queue.release()

    def _wait(self, file: IO[bytes], timeout: float) -> None:
        pauses = max(1, round(timeout / _PAUSE_SECONDS))
        wait = Event().wait
        while not _try_lock(file):
            if pauses <= 0:
                raise self._busy(timeout)
            pauses -= 1
            wait(_PAUSE_SECONDS)

    def _busy(self, timeout: float) -> HomeError:
        return faults.home_error("locked", self.path, f"it still was after {timeout:g} seconds")

    def _refuse_lost_store(self) -> None:
        """Official files without a store that knows them: it was deleted or emptied, and must not start over."""
        if self.raw.any():
            raise HomeError(
                "the store is empty, but official files of earlier imports are here",
                where=str(self.store),
                mend="restore store.sqlite from a backup, or import the lists into a new --home",
                code="damaged",
            )

    def _refuse_strange_folder(self) -> None:
        if not self.path.exists():
            return
        if not self.path.is_dir():
            raise self._not_a_home("it is a file")
        for entry in self.path.iterdir():
            if entry.name.startswith("store.sqlite"):
                raise HomeError(
                    "the home has lost its VERSION file",
                    where=str(self.path),
                    mend=f"restore it: it holds the line {VERSION}",
                    code="damaged",
                )
            if entry.name not in _OURS and not entry.name.startswith("VERSION."):
                raise self._not_a_home(f"it holds {entry.name}")

    def _not_a_home(self, why: str) -> HomeError:
        return HomeError(
            f"this is not a home: {why}", where=str(self.path), mend="name another --home DIR", code="not-a-home"
        )

    def _make(self) -> None:
        from interdiction.engine.raw import sync_folder

        self.path.mkdir(parents=True, exist_ok=True)
        part = self.path / f"VERSION.{os.getpid()}"
        with part.open("wb") as file:
            file.write(f"{VERSION}\n".encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.path / "VERSION")
        sync_folder(self.path)

    def _check_version(self) -> None:
        text = (self.path / "VERSION").read_bytes()[:20].strip()
        if not text.isdigit():
            raise HomeError(
                "the home's VERSION file cannot be read",
                where=str(self.path / "VERSION"),
                mend=f"restore it: it holds the line {VERSION}",
                code="damaged",
            )
        if int(text) > VERSION:
            raise HomeError(
                f"the home has layout {int(text)}, this version knows {VERSION}",
                where=str(self.path),
                mend="use the version of interdiction that made this home, or another --home",
                code="newer-home",
            )


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
