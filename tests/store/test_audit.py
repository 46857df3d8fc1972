"""Whatever is changed in the audit log from outside is found, and said where."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interdiction.errors import HomeError
from interdiction.model.audit import FIRST, AuditKind, Checkpoint, Deed
from interdiction.store import audit
from interdiction.store.audit_check import Verified, verify
from interdiction.store.database import Database
from interdiction.store.place import Place, Server
from interdiction.store.schema import audit_entry

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)


def deeds(count: int) -> list[Deed]:
    return [
        Deed(AT + timedelta(seconds=at), AuditKind.SCREENED, f"Q-{at + 1}", {"hits": at}, "Jo") for at in range(count)
    ]


@pytest.fixture
def log(place: Place) -> Iterator[sa.Connection]:
    """A log of ten entries whose triggers were taken away, as whoever owns the file can."""
    database = Database.open(place)
    with database.transaction() as connection:
        audit.log(connection, deeds(4))
        audit.log(connection, deeds(6))
    with database.transaction() as connection:
        for act in ("update", "delete"):
            on = " ON audit_entry" if isinstance(place, Server) else ""
            connection.exec_driver_sql(f"DROP TRIGGER audit_entry_no_{act}{on}")
        yield connection
    database.close()


def found(connection: sa.Connection, marks: tuple[Checkpoint, ...] = ()) -> list[tuple[int, str]]:
    return [(one.seq, one.what) for one in verify(connection, marks).faults]


def mark(connection: sa.Connection) -> Checkpoint:
    seq, digest = audit.head(connection)
    return Checkpoint(seq, digest, "2015-01-02T18:00:00.000000+00:00", "")


def test_a_log_that_nobody_touched_verifies(log: sa.Connection) -> None:
    one = verify(log, [mark(log)])
    assert one == Verified(10, audit.head(log)[1], 1, (), 0)


def test_an_outsider_needs_only_the_lines(log: sa.Connection) -> None:
    before = FIRST
    for _, line, _ in audit.AuditLog(log).lines():
        assert json.loads(line)["prev"] == before
        before = hashlib.sha256(line).hexdigest()
    assert before == audit.head(log)[1]


def test_entries_cannot_be_changed_or_deleted_through_the_store(place: Place) -> None:
    database = Database.open(place)
    with database.transaction() as connection:
        audit.log(connection, deeds(1))
    for statement in ("UPDATE audit_entry SET kind = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises(HomeError), database.transaction() as connection:
            connection.exec_driver_sql(statement)
    with database.transaction() as connection:
        assert audit.head(connection)[0] == 1
    database.close()


def test_an_edit_is_found_where_it_was_made(log: sa.Connection) -> None:
    line = audit.AuditLog(log).get(3)[0].replace(b'"hits":2', b'"hits":0')
    log.execute(sa.update(audit_entry).where(audit_entry.c.seq == 3).values(entry=line))
    assert found(log) == [(3, "what it says does not fit its hash")]


@pytest.mark.parametrize("column", ["at", "by", "kind", "subject"])
def test_an_edit_of_a_column_beside_the_entry_is_found(log: sa.Connection, column: str) -> None:
    log.exec_driver_sql(f"UPDATE audit_entry SET \"{column}\" = 'decided' WHERE seq = 5")
    assert found(log) == [(5, "the columns beside it say something else")]


def test_an_edit_with_its_hash_made_to_fit_is_found_at_the_entry_behind_it(log: sa.Connection) -> None:
    line = audit.AuditLog(log).get(4)[0].replace(b'"hits":3', b'"hits":0')
    values = {"entry": line, "sha256": hashlib.sha256(line).digest()}
    log.execute(sa.update(audit_entry).where(audit_entry.c.seq == 4).values(**values))
    assert found(log) == [(5, "entry 4, before it, is not the one it was written after")]


def test_a_deletion_is_found(log: sa.Connection) -> None:
    log.exec_driver_sql("DELETE FROM audit_entry WHERE seq IN (3, 4, 8)")
    assert found(log) == [(5, "entries 3 to 4 are missing before it"), (9, "entry 8 is missing before it")]


def test_a_deletion_that_was_closed_up_is_found(log: sa.Connection) -> None:
    log.exec_driver_sql("DELETE FROM audit_entry WHERE seq = 4")
    for seq in range(5, 11):
        log.exec_driver_sql(f"UPDATE audit_entry SET seq = {seq - 1} WHERE seq = {seq}")
    assert (4, "entry 3, before it, is not the one it was written after") in found(log)


def test_two_entries_that_changed_places_are_found(log: sa.Connection) -> None:
    for before, after in ((4, 99), (5, 4), (99, 5)):
        log.exec_driver_sql(f"UPDATE audit_entry SET seq = {after} WHERE seq = {before}")
    assert {seq for seq, _ in found(log)} == {4, 5, 6}


def test_an_entry_put_in_between_is_found(log: sa.Connection) -> None:
    for seq in range(10, 5, -1):
        log.exec_driver_sql(f"UPDATE audit_entry SET seq = {seq + 1} WHERE seq = {seq}")
    log.execute(
        sa.text(
            'INSERT INTO audit_entry SELECT 6, "at", "by", kind, subject, entry, sha256 FROM audit_entry WHERE seq = 5'
        )
    )
    assert found(log)[0][0] == 6


def test_a_log_cut_at_its_end_fits_itself_and_is_found_by_a_checkpoint(log: sa.Connection) -> None:
    seen = mark(log)
    log.exec_driver_sql("DELETE FROM audit_entry WHERE seq > 7")
    assert found(log) == []
    assert found(log, (seen,)) == [
        (10, "the log was cut: on 2015-01-02T18:00:00.000000+00:00 it had 10 entries, now it has 7")
    ]


def test_a_log_written_anew_fits_itself_and_is_found_by_a_checkpoint(log: sa.Connection) -> None:
    seen = mark(log)
    log.exec_driver_sql("DELETE FROM audit_entry WHERE seq > 6")
    audit.log(log, [Deed(AT, AuditKind.SCREENED, f"Q-{at}", {"hits": 0}, "Jo") for at in range(4)])
    assert found(log) == []
    assert [seq for seq, _ in found(log, (seen,))] == [10]


words = st.text(st.characters(codec="utf-8"), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(words, words, st.dictionaries(words, words, max_size=2)), min_size=1, max_size=5))
def test_any_text_goes_into_the_log_and_verifies(
    log_of: Callable[[list[Deed]], Verified], said: list[tuple[str, str, dict[str, str]]]
) -> None:
    one = log_of([Deed(AT, AuditKind.ACCESS_CHANGED, subject, body, by) for by, subject, body in said])
    assert (one.entries, one.faults) == (len(said), ())


@pytest.fixture
def log_of(place: Place) -> Iterator[Callable[[list[Deed]], Verified]]:
    """Give what verifies these deeds as a log of their own; the transaction is undone."""
    database = Database.open(place)

    def check(some: list[Deed]) -> Verified:
        with database.transaction() as connection:
            audit.log(connection, some)
            one = verify(connection)
            connection.rollback()
        return one

    yield check
    database.close()
