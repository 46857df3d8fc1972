"""A full disk, asked over HTTP and by commands: a typed answer, nothing half, and as before when there is room."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from interdiction.data import demo_file
from interdiction.engine.home import Home
from interdiction.engine.looking import look_through
from interdiction.engine.records import kept
from interdiction.store.place import Server
from tests.faults.conftest import on_server
from tests.faults.serving import Served, command, served
from tests.faults.test_killed import PAYMENTS
from tests.postgres import Cluster

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of a running process are set by prlimit(2)")
UNLIMITED = -1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that is really full when it is full; a user of the server may reach it as well."""
    with tempfile.TemporaryDirectory(prefix="disk-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        mount = ["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", str(folder / "disk")]
        (folder / "disk").mkdir()
        if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("a disk of its own cannot be mounted here (that takes root and its powers)")
        try:
            yield folder / "disk"
        finally:
            subprocess.run(["umount", "-l", str(folder / "disk")], check=False)


def fill(folder: Path) -> Path:
    """Fill a disk to its last byte and give the file that does it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue
    return filler


def count(home: Home) -> int:
    with kept(home) as decisions:
        return sum(1 for _ in decisions.records())


def starve(service: Served, home: Home, full: Callable[[], object], room: Callable[[], object]) -> None:
    """Serve while the disk is full, and after."""
    assert service.match("before").status == 200
    before = count(home)
    full()
    statuses = [service.match(f"full-{number}").status for number in range(60)]
    taken = statuses.count(200)  # what fits into the room that is left is kept
    assert {service.match("full").refused for _ in range(3)} == {(503, "full", True)}
    assert service.comment(1, "on a full disk").refused == (503, "full", True)
    assert service.pay(PAYMENTS).refused == (503, "full", True)
    assert service.match("unkept", record=False).status == 200
    assert set(statuses) <= {200, 503}
    assert count(home) == before + taken
    room()
    assert service.match("room again").status == 200
    assert service.comment(1, "room again").status == 201
    assert len(service.pay(PAYMENTS).json["records"]) == 12
    assert count(home) == before + taken + 13
    assert look_through(home).damage == ()


def test_a_service_whose_store_may_not_grow(on_file: Home) -> None:
    with served(on_file.path) as service:
        starve(service, on_file, lambda: service.limit(0), lambda: service.limit(UNLIMITED))


def test_a_service_on_a_disk_that_is_full(pristine: Path, small_disk: Path) -> None:
    shutil.copytree(pristine, small_disk / "home")
    home = Home.open(small_disk / "home")
    with served(home.path) as service:
        starve(service, home, lambda: fill(small_disk), (small_disk / "filler").unlink)


def test_a_service_whose_server_has_a_full_disk(own_cluster: Cluster, tmp_path: Path, small_disk: Path) -> None:
    shutil.chown(small_disk, "postgres", "postgres")
    (small_disk / "space").mkdir()
    shutil.chown(small_disk / "space", "postgres", "postgres")
    own_cluster.run(f"CREATE TABLESPACE small LOCATION '{small_disk / 'space'}'")
    own_cluster.run("CREATE DATABASE tight TABLESPACE small")
    home = on_server(tmp_path / "home", own_cluster.server("tight"))
    with served(home.path) as service:
        starve(service, home, lambda: fill(small_disk), (small_disk / "filler").unlink)


def test_a_server_that_says_its_disk_is_full(own_cluster: Cluster, tmp_path: Path) -> None:
    place = own_cluster.fresh()
    home = on_server(tmp_path / "home", place)
    says = (
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
    )
    trigger = "CREATE TRIGGER full_disk BEFORE INSERT ON audit_entry EXECUTE FUNCTION full_disk()"
    with served(home.path) as service:
        starve(
            service,
            home,
            lambda: statement(place, f"{says}; {trigger}"),
            lambda: statement(place, "DROP TRIGGER full_disk ON audit_entry"),
        )


def statement(place: Server, text: str) -> None:
    import sqlalchemy as sa

    engine = sa.create_engine(place.url, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(text)
    engine.dispose()


def test_commands_on_a_full_disk_say_so_and_keep_nothing_half(on_file: Home, tmp_path: Path) -> None:
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    payments = tmp_path / "payments.csv"
    payments.write_bytes(PAYMENTS)
    edition = tmp_path / "edition"
    shutil.copytree(demo_file("editions/2015-01-02"), edition)
    commands = {
        "pay": ("pay", str(payments), "--record"),
        "import": ("lists", "import", "ofac-sdn", str(edition), "--on", "2015-01-03"),
        "cases": ("cases", "comment", "C-1", "--by", "Jo", "--text", "words"),
        "backup": ("store", "backup", str(tmp_path / "kept")),
        "checkpoint": ("audit", "checkpoint"),
    }
    first = command(on_file.path, "pay", str(payments), "--record", "--json")
    assert first.returncode == 1, first.stderr
    before = count(on_file)
    said = {name: command(on_file.path, *words, "--json", preexec_fn=limited) for name, words in commands.items()}
    codes = {name: (one.returncode, '"full"' in one.stderr) for name, one in said.items()}
    assert codes == dict.fromkeys(commands, (5, True)), {name: one.stderr for name, one in said.items()}
    assert count(on_file) == before
    assert look_through(on_file).damage == ()
    assert not (tmp_path / "kept").exists()
    again = {name: command(on_file.path, *words, "--json").returncode for name, words in commands.items()}
    assert again == {**dict.fromkeys(commands, 0), "pay": 1}
    assert look_through(on_file).damage == ()
