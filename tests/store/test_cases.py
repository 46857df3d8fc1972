"""Cases that are kept: every step sealed, the case beside them, and nobody's step lost to another's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from interdiction.cases.workflow import retold, step
from interdiction.errors import HomeError, UsageError
from interdiction.model import Outcome, Subject
from interdiction.model.case import Alerted, Approved, Case, CaseEntry, CaseState, Commented
from interdiction.store.cases import Cases, next_number, save
from interdiction.store.database import Database
from tests.cases.making import AT, KOMID, RULES, alert, says


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "store.sqlite")
    yield opened
    opened.close()


def open_one(connection: sa.Connection, subject: str = "C1") -> Case:
    made = step(None, Alerted((alert(subject=subject),)), "", AT, RULES, number=next_number(connection))
    save(connection, [made])
    return made[0]


def test_a_case_comes_back_as_it_was_and_its_steps_tell_it(database: Database, tmp_path: Path) -> None:
    with database.transaction() as connection:
        case = open_one(connection)
        taken: list[tuple[Case, CaseEntry]] = []
        for action, by in ((says(Outcome.FALSE), "A"), (Approved(KOMID, "agreed"), "B")):
            case, entry = step(case, action, by, AT, RULES)
            taken.append((case, entry))
        save(connection, taken)
        found = Cases(connection, tmp_path)
        assert found.get(1) == case
        assert retold(found.entries(1), lambda _: RULES) == case
        assert (found.cases(states=[CaseState.CLOSED]), found.broken()) == ([case], [])


def test_a_step_on_a_case_that_somebody_else_changed_is_refused(database: Database) -> None:
    with database.transaction() as connection:
        case = open_one(connection)
        save(connection, [step(case, Commented("one"), "A", AT, RULES)])
        with pytest.raises(UsageError) as caught:
            save(connection, [step(case, Commented("two"), "B", AT, RULES)])
    assert caught.value.code == "case-changed"


def test_the_open_case_of_a_subject_is_found_and_a_closed_one_is_not(database: Database, tmp_path: Path) -> None:
    with database.transaction() as connection:
        first, second = open_one(connection), open_one(connection, "C2")
        closed = replace(second, state=CaseState.CLOSED, version=2)
        save(connection, [(closed, CaseEntry(2, 2, AT, "A", Commented("x")))])
        wanted = [(Subject.CUSTOMER, "C1"), (Subject.CUSTOMER, "C2"), (Subject.PAYMENT, "C1")]
        assert Cases(connection, tmp_path).open_of(wanted) == {(Subject.CUSTOMER, "C1"): first}
        assert Cases(connection, tmp_path).like(KOMID, "f1") == [first]


def test_a_subject_with_a_sign_that_no_text_column_keeps_is_found(database: Database, tmp_path: Path) -> None:
    with database.transaction() as connection:
        case = open_one(connection, "C\x001")
        found = Cases(connection, tmp_path)
        assert found.open_of([(Subject.CUSTOMER, "C\x001")]) == {(Subject.CUSTOMER, "C\x001"): case}
        assert found.cases(subject="C\x001") == [case]


@pytest.mark.parametrize("act", ["UPDATE case_entry SET act = 'x'", "DELETE FROM case_entry"])
def test_a_step_is_never_changed(database: Database, act: str) -> None:
    with database.transaction() as connection:
        open_one(connection)
    with pytest.raises(HomeError), database.transaction() as connection:
        connection.execute(sa.text(act))
