"""Killed at any moment under load: nothing that was acknowledged is lost, nothing half is there, the chain verifies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from interdiction.engine.home import Home
from interdiction.engine.looking import look_through
from interdiction.store.audit import AuditLog

WRITES = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from interdiction.engine.home import Home
from interdiction.engine.writing import Writer
from interdiction.model.audit import AuditKind, Deed
from interdiction.store import audit

writer, at, number = Writer(Home.open(Path(sys.argv[1]))), datetime(2015, 1, 2, tzinfo=UTC), 0
while True:
    number += 1
    with writer.transaction() as connection:
        audit.log(connection, [Deed(at, AuditKind.SCREENED, f"{sys.argv[2]}-{number}-{part}") for part in "abc"])
    print(number, flush=True)
"""


def acknowledged(home: Home, name: str, count: int) -> int:
    """Let a process write, kill it after so many acknowledgements, give the last one it made."""
    command = [sys.executable, "-c", WRITES, str(home.path), name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        last = 0
        for line in process.stdout:
            last = int(line)
            if last == count:
                os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert process.returncode == -signal.SIGKILL
    return last


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_nothing_acknowledged_is_lost_when_a_writer_is_killed_again_and_again(shared: Home) -> None:
    with shared.writing(5, lists=False):
        pass
    last = {name: acknowledged(shared, name, count) for name, count in (("A", 1), ("B", 7), ("C", 23))}
    with shared.reading() as reader:
        found = [one.subject for one in AuditLog(reader.connection).entries()]
    for name, number in last.items():
        of = [one for one in found if one.startswith(f"{name}-")]
        whole = {f"{name}-{at}-{part}" for at in range(1, number + 1) for part in "abc"}
        assert whole <= set(of)
        assert len(of) == len(set(of))
        assert len(of) % 3 == 0
    assert look_through(shared).damage == ()


def test_two_processes_write_while_a_third_is_killed(shared: Home) -> None:
    with shared.writing(5, lists=False):
        pass
    command = [sys.executable, "-c", WRITES, str(shared.path)]
    others = [subprocess.Popen([*command, name], stdout=subprocess.PIPE, text=True) for name in "XY"]
    try:
        assert acknowledged(shared, "Z", 4) >= 4
    finally:
        said = []
        for one in others:
            one.kill()
            said.append(one.communicate()[0].split())
    with shared.reading() as reader:
        found = {one.subject for one in AuditLog(reader.connection).entries()}
    for name, numbers in zip("XY", said, strict=True):
        assert {f"{name}-{number}-a" for number in numbers} <= found
    assert look_through(shared).damage == ()


def test_reading_a_file_loads_nothing_of_a_server(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from interdiction.engine.home import Home\n"
        "from interdiction.engine.editions import import_edition; from datetime import UTC, date, datetime\n"
        "from interdiction.data import demo_file\n"
        "home = Home.open(Path(sys.argv[1]), create=True); at = datetime(2015, 1, 2, tzinfo=UTC)\n"
        "import_edition(home, 'ofac-sdn', [demo_file('editions/2015-01-02')], on=at.date(), at=at)\n"
        "with home.reading() as reader: assert len(reader.editions()) == 1\n"
        "print([name for name in ('psycopg', 'cryptography') if name in sys.modules])"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "home")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "[]", run.stderr
