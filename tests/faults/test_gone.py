"""The store gone for a while: what needs none goes on, what does is refused and comes back without a restart."""

from __future__ import annotations

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from interdiction.engine.home import Home
from interdiction.engine.looking import look_through
from interdiction.engine.records import kept
from tests.faults.conftest import on_server
from tests.faults.serving import Served, served
from tests.faults.test_killed import PAYMENTS
from tests.postgres import Cluster

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it looks at processes through /proc")


def refused(service: Served) -> set[tuple[int, str, bool]]:
    """Ask for everything that needs a store."""
    answers = [
        service.match("while-gone"),
        service.match("while-gone", key="again"),
        service.pay(PAYMENTS),
        service.comment(1, "while gone"),
        service.ask("GET", "/v1/decisions"),
        service.ask("GET", "/v1/audit/verify"),
    ]
    return {one.refused for one in answers}


def goes_on(service: Served) -> None:
    """Ask for what needs none."""
    answer = service.match("unkept", record=False)
    assert (answer.status, len(answer.json["responses"]["q"]["results"])) == (200, 1)
    assert service.ask("GET", "/readyz").status == 200


def comes_back(service: Served, home: Home, before: int) -> None:
    """See that everything is taken again, and that nothing of what was refused was kept."""
    assert service.match("afterwards", key="again-2").status == 200
    assert service.pay(PAYMENTS).status == 200
    assert service.comment(1, "afterwards").status == 201
    with kept(home) as decisions:
        names = [one.name for one in decisions.records()]
    assert "while-gone" not in names
    assert len(names) == before + 1 + 12
    assert look_through(home).damage == ()


def test_a_server_that_stops_and_starts(own_cluster: Cluster, tmp_path: Path) -> None:
    home = on_server(tmp_path / "home", own_cluster.fresh())
    with served(home.path) as service:
        assert service.match("before").status == 200
        own_cluster.stop()
        goes_on(service)
        assert refused(service) == {(503, "store-gone", True)}
        goes_on(service)
        own_cluster.start()
        comes_back(service, home, 1)


def test_a_server_that_falls_under_load_loses_nothing_it_acknowledged(own_cluster: Cluster, tmp_path: Path) -> None:
    home = on_server(tmp_path / "home", own_cluster.fresh())
    with served(home.path) as service, ThreadPoolExecutor(4) as pool:

        def ask(worker: int) -> list[tuple[int, str]]:
            found: list[tuple[int, str]] = []
            while not found or found[-1][0] == 200:
                name = f"c-{worker}-{len(found)}"
                found.append((service.match(name).status, name))
            return found

        asking = [pool.submit(ask, worker) for worker in range(4)]
        while not service.ask("GET", "/v1/decisions?most=1").json["result"]:
            pass
        own_cluster.stop()
        answers = [one for some in asking for one in some.result()]
        own_cluster.start()
        assert service.match("afterwards").status == 200
    assert {status for status, _ in answers} == {200, 503}
    with kept(home) as decisions:
        names = [one.name for one in decisions.records()]
    assert {name for status, name in answers if status == 200} <= set(names)
    assert len(names) == len(set(names))
    assert look_through(home).damage == ()


def test_a_file_that_is_moved_away_and_back(on_file: Home) -> None:
    store = on_file.path / "store.sqlite"
    with served(on_file.path) as service:
        assert service.match("before").status == 200
        store.rename(store.with_name("elsewhere"))
        goes_on(service)
        assert {(status, again) for status, _, again in refused(service)} == {(503, True)}
        assert not store.exists(), "no empty store may take the place of the one that is gone"
        goes_on(service)
        store.with_name("elsewhere").rename(store)
        comes_back(service, on_file, 1)


def test_a_file_that_another_is_put_in_place_of_is_opened_anew(on_file: Home, tmp_path: Path) -> None:
    from interdiction.engine.backup import backup
    from tests.faults.conftest import AT

    with served(on_file.path) as service:
        assert service.match("before").status == 200
        backup(on_file, tmp_path / "kept", at=AT)
        assert service.match("after the backup").status == 200
        for name in ("store.sqlite-wal", "store.sqlite-shm"):
            (on_file.path / name).unlink(missing_ok=True)
        (tmp_path / "kept" / "store.sqlite").replace(on_file.path / "store.sqlite")
        statuses = [service.match("first").status, service.match("second").status]
    assert statuses[1] == 200
    with kept(on_file) as decisions:
        names = [one.name for one in decisions.records()]
    taken = [name for name, status in zip(("first", "second"), statuses, strict=True) if status == 200]
    assert names == ["before", *taken]
    assert look_through(on_file).damage == ()


def test_a_file_that_is_locked_by_another_program_is_waited_for(on_file: Home) -> None:
    with served(on_file.path) as service, ThreadPoolExecutor(1) as pool:
        assert service.match("before").status == 200
        with sqlite3.connect(on_file.path / "store.sqlite", isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            waiting = pool.submit(service.match, "meanwhile")
            goes_on(service)
            goes_on(service)
            assert not waiting.done()
            other.execute("ROLLBACK")
        assert waiting.result().status == 200
