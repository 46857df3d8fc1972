"""A PostgreSQL of the tests' own: started once where its binaries are, gone with them, reached by a socket alone."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from interdiction.store import copying, postgres
from interdiction.store.database import Database
from interdiction.store.place import Server
from interdiction.store.reading import opened

_SETTINGS = ("listen_addresses=", "max_connections=60", "autovacuum=off", "shared_buffers=16MB",
             "log_min_messages=fatal", "client_min_messages=error")  # fmt: skip
_FAST = ("fsync=off", "full_page_writes=off")


def binaries() -> Path | None:
    """Find where the server's programs are."""
    here = shutil.which("pg_ctl")
    found = [Path(here).resolve().parent] if here else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return found[-1] if found and (found[-1] / "initdb").exists() else None


class Cluster:
    """A running server; each `fresh` database of it has the schema of this version and nothing in it."""

    def __init__(self, socket: Path, user: str, control: Callable[..., None]) -> None:
        self._socket, self._user = socket, user
        self._control = control
        self._numbers = count(1)
        self._made = False
        self._holding: dict[str, str] = {}

    def server(self, name: str) -> Server:
        """Give the place of a database."""
        return Server.named(f"postgresql://{self._user}@/{name}?host={self._socket}")

    def empty(self) -> Server:
        """Make a database with nothing in it."""
        name = f"empty_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return self.server(name)

    def fresh(self) -> Server:
        """Make a database with the schema of this version."""
        if not self._made:
            self.run("CREATE DATABASE ours")
            Database.open(self.server("ours")).close()
            self._made = True
        name = f"fresh_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE ours")
        return self.server(name)

    def holding(self, home: Path) -> Server:
        """Make a database with everything that the store of a home holds; the second of one home is a mere copy."""
        key = str(home)
        if key not in self._holding:
            place = self.fresh()
            target = Database.open(place)
            with opened(home / "store.sqlite") as reader, target.transaction() as connection:
                copying.copy(reader.connection, connection, lambda *_: None)
            target.close()
            self._holding[key] = place.url.partition("?")[0].rpartition("/")[2]
        name = f"fresh_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {self._holding[key]}")
        return self.server(name)

    def drop(self, place: Server) -> None:
        """Remove a database, whoever is still connected."""
        postgres.forget(place)
        self.run(f"DROP DATABASE {place.url.partition('?')[0].rpartition('/')[2]} WITH (FORCE)")

    def stop(self) -> None:
        """End the server at once, as a machine that fails: nobody is waited for."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start it again where it stopped."""
        self._control("start")

    def run(self, statement: str) -> None:
        """Run a statement as the owner of everything, outside of a transaction."""
        engine = sa.create_engine(self.server("postgres").url, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


@contextmanager
def running(*, durable: bool = False) -> Iterator[Cluster]:
    """Run a server as long as the block lasts, with commits that wait for the disk where that is the point.

    The server refuses root: then it runs as `postgres`.
    """
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("no initdb and pg_ctl on this machine")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    user = "postgres" if root else getpass.getuser()
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        if root:
            shutil.chown(folder, user, user)

        def run(*words: str | Path) -> None:
            # The machine's own way to become another user (runuser, su) is not on every path.
            subprocess.run(
                [*map(str, words)],
                check=True,
                capture_output=True,
                cwd=folder,
                user=user if root else None,
                group=user if root else None,
                extra_groups=[] if root else None,
            )

        run(programs / "initdb", "-D", data, "-A", "trust", "-U", user, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = " ".join(
            f"-c {one}" for one in (*_SETTINGS, *(() if durable else _FAST), f"unix_socket_directories={folder}")
        )

        def control(*words: str) -> None:
            run(programs / "pg_ctl", "-D", data, "-w", "-l", Path(folder) / "log", "-o", options, *words)

        control("start")
        try:
            yield Cluster(Path(folder), user, control)
        finally:
            postgres.forget()
            with suppress(subprocess.CalledProcessError):  # a test may have stopped it
                control("-m", "immediate", "stop")
