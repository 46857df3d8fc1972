"""Cases in a home: decisions open them, two people close them, and what they decide is carried out and kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interdiction import payments
from interdiction.engine import Engine, casework, decide, following
from interdiction.engine.casework import carry_out, close_same, draw, file_of, queue, same_as, take, take_all
from interdiction.engine.home import Home
from interdiction.engine.payment import screen_payments
from interdiction.engine.records import kept, recording
from interdiction.engine.replay import Inputs, replay, suppressed_of
from interdiction.engine.story import tell
from interdiction.errors import HomeError, UsageError
from interdiction.model import Asked, Outcome
from interdiction.model.case import (
    Approved,
    CaseKind,
    CaseState,
    Commented,
    Decided,
    ReleaseAsked,
    Reopened,
    Reviewed,
)
from interdiction.model.case import (
    Asked as AskedFor,
)

STORES = ("sqlite", "postgresql")
AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
LATER = AT + timedelta(hours=2)
KOMID, KIM = "ofac-sdn:9345", "ofac-sdn:12211"
FIRST, SECOND = "A. First", "B. Second"


def pay(engine: Engine, path: Path) -> None:
    force = engine.force()
    some, whole = payments.read(path)
    with recording(
        engine.home, path, command="pay", at=AT, on=AT.date(), asked=Asked(), force=force, policy=engine.policy
    ) as recorder:
        for place, one in enumerate(screen_payments(engine, force, some)):
            decided = decide.payment(force, engine.policy, one, on=AT.date(), problems=whole)
            recorder.payment(place, one.payment, decided, suppressed=suppressed_of(one))
        recorder.end(read=len(some), screened=len(some))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("cases") / "home"
    tell(home, AT)
    with Engine.open(home) as engine:
        pay(engine, home / "example" / "payments.csv")
    return home


@pytest.fixture
def engine(made: Path, tmp_path: Path, copied: Callable[[Path, Path], Path]) -> Iterator[Engine]:
    with Engine.open(copied(made, tmp_path / "home")) as opened:
        yield opened


def only_in_a_file(store_kind: str) -> None:
    if store_kind != "sqlite":
        pytest.skip("it changes the file itself, from outside")


def number_of(home: Home, subject: str) -> int:
    (one,) = queue(home, LATER, subject=subject)
    return one.case.number


def result(home: Home, number: int) -> str:
    with kept(home) as decisions:
        return decisions.get(number).result


def says(listing: str, outcome: Outcome, why: str = "seen the papers") -> Decided:
    return Decided(listing, outcome, "in-words", why)


def test_every_payment_that_is_stopped_has_a_case_and_no_other(engine: Engine) -> None:
    with kept(engine.home) as decisions:
        stopped = {one.name for one in decisions.records() if one.result != "release"}
    assert {one.case.subject for one in queue(engine.home, LATER)} == stopped


def test_what_is_held_without_a_hit_goes_when_two_people_have_looked_into_what_was_not_read(engine: Engine) -> None:
    number = number_of(engine.home, "P-010")
    (pair,) = file_of(engine.home, number, LATER).case.pairs
    assert (pair.basis, pair.kind, pair.listing.partition(":")[0]) == (None, CaseKind.GROUND, "unread")
    with pytest.raises(UsageError) as alone:
        following.confirm(engine, 10, pair.listing, Outcome.FALSE, by=FIRST, why="an O for a 0", at=LATER)
    assert alone.value.code == "second-required"
    case = take(engine.home, number, says(pair.listing, Outcome.FALSE), by=FIRST, at=LATER)
    assert (case.pending, case.state) == ((), CaseState.WAITING)
    take(engine.home, number, Approved(pair.listing, "the sender wrote 1,200.00"), by=SECOND, at=LATER)
    case, (record,) = carry_out(engine, number, at=LATER)
    assert (record.result, record.follows, case.state) == ("release", 10, CaseState.CLOSED)
    assert "read-by-people" in {one.rule for one in record.decided().reasons}
    with kept(engine.home) as decisions:
        run = decisions.run(record.run)
        assert replay(engine, record, run, Inputs(run, decisions.file(run.input.sha256))).same


def test_a_ground_that_stands_keeps_the_payment_held_and_cannot_be_released_as_a_true_match(engine: Engine) -> None:
    number = number_of(engine.home, "P-010")
    (pair,) = file_of(engine.home, number, LATER).case.pairs
    take(engine.home, number, says(pair.listing, Outcome.TRUE), by=FIRST, at=LATER)
    case, (record,) = carry_out(engine, number, at=LATER)
    assert (record.result, case.state) == ("hold", CaseState.WAITING)
    with pytest.raises(UsageError) as caught:
        take(engine.home, number, ReleaseAsked(pair.listing, "in-words", "let it go"), by=FIRST, at=LATER)
    assert caught.value.code == "not-true"


def test_what_was_decided_where_exactly_the_same_spoke_is_shown_in_the_case_of_another_payment(engine: Engine) -> None:
    path = engine.home.path / "example" / "payments.csv"
    path.write_text(path.read_text().replace("\nP-0", "\nQ-0"))
    pay(engine, path)
    first, other = number_of(engine.home, "P-004"), number_of(engine.home, "Q-004")
    assert file_of(engine.home, other, LATER).earlier == ()
    take(engine.home, first, says(KOMID, Outcome.TRUE), by=FIRST, at=LATER)
    assert [one.number for one in file_of(engine.home, other, LATER).earlier] == [first]


def test_the_first_blocks_at_once_and_the_review_changes_nothing_in_effect(engine: Engine) -> None:
    number = number_of(engine.home, "P-004")
    take(engine.home, number, says(KOMID, Outcome.TRUE), by=FIRST, at=LATER)
    case, records = carry_out(engine, number, at=LATER)
    assert ([one.result for one in records], case.state, case.pending) == (["block"], CaseState.WAITING, ())
    case = take(engine.home, number, Approved(KOMID, "the same"), by=SECOND, at=LATER)
    assert (case.state, case.pending, case.pairs[0].records) == (CaseState.CLOSED, (), (4, records[0].number))


def test_a_payment_is_released_only_after_the_second(engine: Engine) -> None:
    number = number_of(engine.home, "P-004")
    case = take(engine.home, number, says(KOMID, Outcome.FALSE), by=FIRST, at=LATER)
    assert (case.pending, result(engine.home, 4)) == ((), "hold")
    take(engine.home, number, Approved(KOMID, "agreed"), by=SECOND, at=LATER)
    case, (record,) = carry_out(engine, number, at=LATER)
    assert (record.result, record.judged[0].by, record.judged[0].second) == ("release", FIRST, SECOND)
    with kept(engine.home) as decisions:
        run = decisions.run(record.run)
        assert replay(engine, record, run, Inputs(run, decisions.file(run.input.sha256))).same


def test_no_other_door_lets_go_with_one_person(engine: Engine) -> None:
    with pytest.raises(UsageError) as caught:
        following.confirm(engine, 4, KOMID, Outcome.FALSE, by=FIRST, why="another", at=LATER)
    assert caught.value.code == "second-required"
    with pytest.raises(UsageError) as caught:
        following.confirm(engine, 4, KOMID, Outcome.FALSE, by=FIRST, second="a first", why="another", at=LATER)
    assert caught.value.code == "same-person"


def test_what_was_interrupted_before_it_was_carried_out_is_done_once(engine: Engine) -> None:
    number = number_of(engine.home, "P-004")
    take(engine.home, number, says(KOMID, Outcome.TRUE), by=FIRST, at=LATER)
    assert file_of(engine.home, number, LATER).case.pending
    first = following.confirm(engine, 4, KOMID, Outcome.TRUE, by=FIRST, why="seen the papers", at=LATER)
    case, records = carry_out(engine, number, at=LATER)
    assert ([one.number for one in records], case.pending) == ([first.number], ())


def test_a_reopened_block_is_undone_only_by_two_and_a_new_decision(engine: Engine) -> None:
    number = number_of(engine.home, "P-004")
    take(engine.home, number, says(KOMID, Outcome.TRUE), by=FIRST, at=LATER)
    _, (blocked,) = carry_out(engine, number, at=LATER)
    take_all(engine.home, [(number, Approved(KOMID, "yes"))], by=SECOND, at=LATER)
    take(engine.home, number, Reopened("the address is another's"), by=SECOND, at=LATER)
    assert result(engine.home, blocked.number) == "block"
    take(engine.home, number, says(KOMID, Outcome.FALSE), by=SECOND, at=LATER)
    take(engine.home, number, Approved(KOMID, "right"), by=FIRST, at=LATER)
    _, (undone,) = carry_out(engine, number, at=LATER)
    assert (undone.result, undone.follows) == ("release", blocked.number)


def test_a_release_asked_for_without_a_licence_in_force_stays_blocked(engine: Engine) -> None:
    number = number_of(engine.home, "P-002")
    take(engine.home, number, ReleaseAsked(KOMID, "licensed", "a licence", "no-such-licence"), by=FIRST, at=LATER)
    take(engine.home, number, Approved(KOMID, "agreed"), by=SECOND, at=LATER)
    case, (record,) = carry_out(engine, number, at=LATER)
    assert (record.result == "release", case.pairs[0].released) == (False, True)


def test_the_same_hits_are_closed_together_only_as_they_were_shown(engine: Engine) -> None:
    home = engine.home
    path = home.path / "again.csv"
    rows = (home.path / "example" / "payments.csv").read_text(encoding="utf-8").splitlines()
    row = next(one for one in rows if one.startswith("P-006"))
    path.write_text("\n".join([rows[0], *(row.replace("P-006", f"P-10{at}") for at in range(4))]), encoding="utf-8")
    pay(engine, path)
    number = number_of(home, "P-006")
    shown = same_as(home, number, KIM)
    assert {one.subject for one in shown.pairs} == {"P-006", "P-100", "P-101", "P-102", "P-103"}
    take(home, number_of(home, "P-101"), Commented("mine"), by=SECOND, at=LATER)
    said = {"reason": "other-birth", "why": "born 1985", "by": FIRST, "at": LATER}
    with pytest.raises(UsageError) as caught:
        close_same(home, number, KIM, accept=shown.hash, **said)  # type: ignore[arg-type]
    assert caught.value.code == "preview-changed"
    shown = same_as(home, number, KIM)
    assert len(close_same(home, number, KIM, accept=shown.hash, **said)) == 5  # type: ignore[arg-type]
    waiting = casework.proposed_together(home, shown.hash)
    cases = take_all(home, [(case.number, Approved(of, "agreed")) for case, of in waiting], by=SECOND, at=LATER)
    assert {pair.outcome for case in cases for pair in case.pairs if pair.listing == KIM} == {Outcome.FALSE}


def test_two_analysts_on_one_case_do_not_overwrite_each_other(engine: Engine) -> None:
    number = number_of(engine.home, "P-004")
    seen = file_of(engine.home, number, LATER).case.version
    take(engine.home, number, Commented("one"), by=FIRST, at=LATER, seen=seen)
    with pytest.raises(UsageError) as caught:
        take(engine.home, number, Commented("two"), by=SECOND, at=LATER, seen=seen)
    assert caught.value.code == "case-changed"


def test_the_same_draw_comes_out_twice_and_disagreement_opens_the_case(engine: Engine) -> None:
    home = engine.home
    for one in queue(home, LATER):
        for pair in one.case.pairs:
            take(home, one.case.number, says(pair.listing, Outcome.FALSE), by=FIRST, at=LATER)
            take(home, one.case.number, Approved(pair.listing, "agreed"), by=SECOND, at=LATER)
    first = [case.number for case in draw(home, "2015-01", at=LATER, share=0.5)]
    assert len(first) == 4
    take(home, first[0], Reviewed(agrees=False, why="it is them"), by="C. Third", at=LATER)
    assert file_of(home, first[0], LATER).case.state is CaseState.OPEN
    take(home, first[1], Reviewed(agrees=True, why="fine"), by="C. Third", at=LATER)
    again = [case.number for case in draw(home, "2015-01", at=LATER, share=0.5)]
    assert set(first[1:]) <= {*again} | {first[0]}


def test_an_undetermined_hit_stays_held(engine: Engine) -> None:
    number = number_of(engine.home, "P-004")
    take(engine.home, number, AskedFor("the bank", "who he is"), by=FIRST, at=LATER)
    take(engine.home, number, says(KOMID, Outcome.UNDETERMINED), by=FIRST, at=LATER)
    case, (record,) = carry_out(engine, number, at=LATER)
    assert (record.result, case.state) == ("hold", CaseState.ASKED)


def test_a_case_that_was_changed_from_outside_is_not_shown(engine: Engine, store_kind: str) -> None:
    only_in_a_file(store_kind)
    number = number_of(engine.home, "P-004")
    connection = sqlite3.connect(engine.home.path / "store.sqlite")
    with connection:
        body = connection.execute("SELECT body FROM case_work WHERE number = ?", (number,)).fetchone()[0]
        changed = body.replace(b'"band":"strong"', b'"band":"possible"')
        connection.execute("UPDATE case_work SET body = ? WHERE number = ?", (changed, number))
    connection.close()
    with pytest.raises(HomeError) as caught:
        file_of(engine.home, number, LATER)
    assert caught.value.code == "damaged"


def test_a_decision_kept_before_there_were_cases_opens_one_by_hand(engine: Engine, store_kind: str) -> None:
    only_in_a_file(store_kind)
    connection = sqlite3.connect(engine.home.path / "store.sqlite")
    with connection:
        for statement in ("DELETE FROM case_work", "DELETE FROM case_pair"):
            connection.execute(statement)
    connection.close()
    case = casework.open_on(engine.home, 4, LATER)
    assert (case.subject, case.pairs[0].listing) == ("P-004", KOMID)
