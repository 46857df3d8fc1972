"""The audit log in figures: entries written in groups, each group on the disk before the next, and entries verified.

`python -m bench.audit [ENTRIES]` (500,000). With PostgreSQL's programs on the machine it is measured there too, on a
server of its own with `fsync` on.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from interdiction.engine.home import Home
from interdiction.engine.writing import Writer
from interdiction.model.audit import AuditKind, Deed
from interdiction.store import audit
from interdiction.store.audit_check import verify
from interdiction.store.place import Server
from tests.postgres import binaries, running

AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
GROUPS: Final = (1, 50)
"""Deeds in one transaction: alone, and as a service under load commits them together."""
_ROUNDS: Final = 200


def deeds(first: int, count: int) -> list[Deed]:
    """Give deeds as large as those of a recorded screening."""
    body = {"query": "ab" * 32, "editions": ["ofac-sdn@2026-01-01+0123456789ab"] * 2, "hits": 2, "answer": "cd" * 32}
    return [
        Deed(AT + timedelta(milliseconds=at), AuditKind.SCREENED, f"Q-{at}", body, "key-7")
        for at in range(first, first + count)
    ]


def measure(home: Home, entries: int) -> None:
    """Print what one store does."""
    name = "PostgreSQL" if isinstance(home.store, Server) else "SQLite"
    writer, done = Writer(home), 0
    with writer.transaction():
        pass
    for group in GROUPS:
        begun = time.perf_counter()
        for _ in range(_ROUNDS):
            with writer.transaction() as connection:
                audit.log(connection, deeds(done, group))
            done += group
        took = time.perf_counter() - begun
        print(f"{name}: {_ROUNDS * group / took:,.0f} entries/s written, {group} a commit")
    while done < entries:
        with writer.transaction() as connection:
            audit.log(connection, deeds(done, 5000))
        done += 5000
    writer.close()
    for _ in range(2):
        with home.reading() as reader:
            begun, worked = time.perf_counter(), time.process_time()
            found = verify(reader.connection)
            took, worked = time.perf_counter() - begun, time.process_time() - worked
        if found.count:
            raise SystemExit(f"{name}: {found.faults[0]}")
        print(
            f"{name}: {found.entries / took:,.0f} entries/s verified ({found.entries / worked:,.0f} of processor time)"
        )


def main() -> None:
    """Measure a file, and a server where there is one."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    with tempfile.TemporaryDirectory() as folder:
        measure(Home.open(Path(folder) / "file", create=True), entries)
        if binaries() is None:
            print("PostgreSQL: not installed here")
            return
        with running(durable=True) as cluster:
            served = Path(folder) / "server"
            served.mkdir()
            (served / "config.toml").write_text(f'[store]\nurl = "{cluster.fresh().url}"\n')
            measure(Home.open(served, create=True), entries)


if __name__ == "__main__":
    main()
