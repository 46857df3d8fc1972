"""Fixtures strategy: the smallest input that serves, made in the test; the real lists only where they are the point.

`shared_data` is the folder of real lists beside the repository; a test that needs it is marked `shared`
and is skipped, with its reason, where the folder is absent. `place` runs a test on both databases.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from interdiction.store.place import Place, Server
from tests.postgres import Cluster, binaries, running

settings.register_profile(
    "fast", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real lists beside the repository."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real lists (../shared/data) are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL."""
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed here (apt-get install postgresql)")
    with running() as found:
        yield found


@pytest.fixture
def server(cluster: Cluster) -> Iterator[Server]:
    """A database of PostgreSQL with the schema of this version and nothing in it."""
    place = cluster.fresh()
    yield place
    cluster.drop(place)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a store may be made: a file that is not there yet, and a database of PostgreSQL."""
    if request.param == "sqlite":
        return tmp_path / "store.sqlite"
    found: Server = request.getfixturevalue("server")
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a module that says `STORES` on each of them, where a test writes to a home of its own."""
    stores = getattr(metafunc.module, "STORES", ())
    if stores and "copied" in metafunc.fixturenames:
        metafunc.parametrize("store_kind", stores)


@pytest.fixture
def store_kind() -> str:
    """On which database a test runs that writes to a home of its own."""
    return "sqlite"


@pytest.fixture
def copied(request: pytest.FixtureRequest, store_kind: str) -> Iterator[Callable[[Path, Path], Path]]:
    """Copy a home that nobody writes to, with its store in a file or in a database, and give the copy."""
    places: list[tuple[Cluster, Server]] = []

    def copy(home: Path, to: Path) -> Path:
        shutil.copytree(home, to)
        if store_kind == "sqlite":
            return to
        found: Cluster = request.getfixturevalue("cluster")
        place = found.holding(home)
        places.append((found, place))
        (to / "store.sqlite").unlink()
        config = to / "config.toml"
        config.write_text(f'{config.read_text(encoding="utf-8")}\n[store]\nurl = "{place.url}"\n', encoding="utf-8")
        return to

    yield copy
    for found, place in places:
        found.drop(place)
