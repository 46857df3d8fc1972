"""Homes to be hurt: the worked example's lists with a store in a file, or in a database of a server of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interdiction.config import STORE
from interdiction.engine.home import Home
from interdiction.engine.story import tell
from interdiction.store.place import Server
from tests.postgres import Cluster, binaries, running

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that nobody hurts: what others begin with."""
    home = tmp_path_factory.mktemp("faults") / "home"
    tell(home, AT)
    return home


@pytest.fixture
def on_file(pristine: Path, tmp_path: Path) -> Home:
    """A home with its store in a file."""
    shutil.copytree(pristine, tmp_path / "home")
    return Home.open(tmp_path / "home")


def on_server(folder: Path, server: Server) -> Home:
    """Make a home with its store in a database."""
    token = STORE.set(server.url)
    try:
        tell(folder, AT)
    finally:
        STORE.reset(token)
    config = folder / "config.toml"
    config.write_text(f'{config.read_text(encoding="utf-8")}\n[store]\nurl = "{server.url}"\n', encoding="utf-8")
    return Home.open(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A home with its store on either database."""
    if request.param == "sqlite":
        found: Home = request.getfixturevalue("on_file")
        return found
    return on_server(tmp_path / "home", request.getfixturevalue("server"))


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A server that a test may stop, start and kill: nobody else's."""
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed here (apt-get install postgresql)")
    with running() as found:
        yield found
