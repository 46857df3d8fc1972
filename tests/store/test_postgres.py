"""What only a server can do to us: go away, refuse, be shared by two writers, sort differently."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from interdiction.errors import HomeError, UsageError
from interdiction.model import Edition, EditionState, Listing, Party
from interdiction.model.audit import AuditKind, Deed
from interdiction.store import audit, editions, listings, postgres
from interdiction.store.database import Database
from interdiction.store.listings import Neighbours
from interdiction.store.place import Place, Server
from interdiction.store.reading import is_blank, opened, stamp
from tests.postgres import Cluster

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
DEED = Deed(AT, AuditKind.SCREENED, "Q-1")


def edition(database: Database, uids: list[str]) -> int:
    with database.transaction() as connection:
        seq = editions.next_seq(connection, "un", AT.date())
        edition = Edition(f"un@{seq}", "un", AT.date(), "aa", AT, EditionState.ACCEPTED, (), len(uids), seq=seq)
        editions.insert(connection, edition)
        changes: dict[str, Listing | None] = {uid: Listing("un", uid, Party(names=[uid])) for uid in uids}
        listings.file_changes(connection, "un", seq, changes, Neighbours({}))
    return seq


def code_of(caught: pytest.ExceptionInfo[HomeError]) -> str:
    assert caught.value.mend
    return caught.value.code


def test_listings_stand_in_the_same_order_in_every_database(place: Place) -> None:
    database = Database.open(place)
    seq = edition(database, ["b", "a", "B", "é", "10", "9", "_"])
    database.close()
    with opened(place) as reader:
        assert [one.uid for one in reader.listings("un", seq)] == ["10", "9", "B", "_", "a", "b", "é"]


def test_what_is_in_force_changes_the_stamp_and_a_decision_does_not(server: Server) -> None:
    database = Database.open(server)
    before = stamp(server)
    with database.transaction() as connection:
        audit.log(connection, [DEED])
    assert stamp(server) == before
    edition(database, ["a"])
    assert stamp(server) != before
    database.close()


def test_a_second_writer_waits_and_then_gives_up(server: Server) -> None:
    first = Database.open(server)
    with pytest.raises(HomeError) as caught:
        Database.open(server, timeout=0.1)
    assert code_of(caught) == "locked"
    first.close()
    Database.open(server).close()


def test_two_processes_that_take_turns_lose_nothing_of_each_other(server: Server) -> None:
    script = (
        "import sys; from datetime import UTC, datetime\n"
        "from interdiction.model.audit import AuditKind, Deed\n"
        "from interdiction.store import audit; from interdiction.store.database import Database\n"
        "from interdiction.store.place import Server\n"
        "for at in range(20):\n"
        "    database = Database.open(Server(sys.argv[1]), timeout=20)\n"
        "    with database.transaction() as c:\n"
        "        audit.log(c, [Deed(datetime(2015, 1, 2, tzinfo=UTC), AuditKind.SCREENED, f'{sys.argv[2]}-{at}')])\n"
        "    database.close()\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", script, server.url, name]) for name in "AB"]
    assert [one.wait() for one in both] == [0, 0]
    with opened(server) as reader:
        found = audit.AuditLog(reader.connection).entries()
    assert sorted(one.subject for one in found) == sorted(f"{name}-{at}" for name in "AB" for at in range(20))
    assert sorted(one.seq for one in found) == list(range(1, 41))


def test_the_lock_of_a_killed_writer_is_free(server: Server) -> None:
    script = (
        "import os, signal, sys; from interdiction.store.database import Database\n"
        "from interdiction.store.place import Server\n"
        "database = Database.open(Server(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, server.url], check=False)
    assert done.returncode == -signal.SIGKILL
    Database.open(server, timeout=10).close()


def end_other_sessions(server: Server) -> None:
    engine = sa.create_engine(server.url, poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    engine.dispose()


def test_a_connection_lost_in_a_transaction_keeps_nothing_of_it(server: Server) -> None:
    database = Database.open(server)
    with pytest.raises(HomeError) as caught, database.transaction() as connection:
        [act(connection) for act in (lambda one: audit.log(one, [DEED]), lambda _: end_other_sessions(server))]
    assert code_of(caught) == "store-gone"
    database.close()
    with opened(server) as reader:
        assert audit.head(reader.connection)[0] == 0


def test_a_writer_whose_lock_was_lost_between_two_transactions_does_not_go_on(server: Server) -> None:
    database = Database.open(server)
    end_other_sessions(server)
    codes = []
    for _ in range(2):
        with pytest.raises(HomeError) as caught, database.transaction() as connection:
            audit.log(connection, [DEED])
        codes.append(code_of(caught))
    assert codes == ["store-gone", "store-gone"]
    database.close()


def test_a_reader_comes_back_after_the_server_ended_its_connections(server: Server) -> None:
    with opened(server):
        pass
    end_other_sessions(server)
    with opened(server) as reader:
        assert reader.editions() == []


def test_a_reader_cannot_write(server: Server) -> None:
    with pytest.raises(HomeError) as caught, opened(server) as reader:
        audit.log(reader.connection, [DEED])
    assert code_of(caught) == "read-only"


def test_commits_wait_for_the_disk_whatever_the_server_is_set_to(server: Server) -> None:
    engine = sa.create_engine(server.url, poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit TO off")
    engine.dispose()
    database = Database.open(server)
    with database.transaction() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    database.close()


@pytest.mark.parametrize(("user", "code"), [("", "store-gone"), ("nobody_here@", "store-denied")])
def test_a_database_or_user_that_is_not_there_is_said(cluster: Cluster, user: str, code: str) -> None:
    there, _, here = cluster.server("nowhere").url.partition("//")
    name, _, rest = here.partition("@")
    place = Server(f"{there}//{user or name + '@'}{rest}")
    with pytest.raises(HomeError) as caught:
        is_blank(place)
    assert code_of(caught) == code


def test_a_server_that_does_not_listen_is_gone(tmp_path: Path) -> None:
    with pytest.raises(HomeError) as caught:
        is_blank(Server.named(f"postgresql://jo:secret@/none?host={tmp_path}"))
    assert code_of(caught) == "store-gone"
    assert "secret" not in str(caught.value)


class Said(Exception):  # noqa: N818 - it stands for the driver's own
    def __init__(self, sqlstate: str) -> None:
        super().__init__("says so\nLINE 1")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", "full"),
        ("53300", "store-busy"),
        ("25006", "read-only"),
        ("42501", "store-denied"),
        ("28P01", "store-denied"),
        ("3D000", "store-gone"),
        ("08006", "store-gone"),
        ("57P01", "store-gone"),
        ("40001", "locked"),
        ("40P01", "locked"),
        ("55P03", "locked"),
        ("58030", "input-output"),
        ("XX001", "damaged"),
        ("42P01", "damaged"),
        ("23505", "damaged"),
        ("", "damaged"),
    ],
)
def test_every_state_of_the_server_has_its_code(state: str, code: str) -> None:
    found = postgres.of_server(Said(state), Server("postgresql+psycopg://h/d"))
    assert (found.code, bool(found.mend), found.exit_code, "LINE" in found.message) == (code, True, 5, False)


@pytest.mark.parametrize(
    "url",
    ["", "mysql://h/d", "sqlite:///x", "postgresql://h", "postgresql://h:port/d", "postgresql://[h/d", "h/d"],
)
def test_what_names_no_database_of_postgresql_is_refused(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        Server.named(url)
    assert caught.value.code == "store-url"


def test_a_password_is_never_shown() -> None:
    place = Server.named("postgres://jo:secret@db.example:5433/ours?sslmode=require")
    assert str(place) == "postgresql://jo@db.example:5433/ours"
    assert place.url == "postgresql+psycopg://jo:secret@db.example:5433/ours?sslmode=require"


def test_numbers_go_on_after_rows_that_were_copied_in(server: Server) -> None:
    database = Database.open(server)
    refused = {"list_key": "un", "at": AT, "sha256": "aa", "code": "x", "message": "x", "files": "x", "by": None}
    with database.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO refusal (number, list, at, sha256, code, message, files) VALUES (7, 'eu', '', '', '', '', '')"
        )
        postgres.renumber(connection)
        editions.refuse(connection, **refused)  # type: ignore[arg-type]
        numbers = connection.exec_driver_sql("SELECT number FROM refusal ORDER BY number").scalars().all()
    database.close()
    assert numbers == [7, 8]
