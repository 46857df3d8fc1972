"""Cases on either database: what is said is proposed, two let go, and the trail tells the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from interdiction import payments
from interdiction.data import demo_file
from interdiction.enforcement.facts import Facts
from interdiction.engine import Engine, clearances, decide
from interdiction.engine.audit import verify
from interdiction.engine.case_rules import rules_of
from interdiction.engine.casework import carry_out, close_same, draw, file_of, queue, same_as, take, take_all
from interdiction.engine.editions import import_edition
from interdiction.engine.home import Home
from interdiction.engine.payment import screen_payments
from interdiction.engine.records import kept, recording
from interdiction.engine.replay import Inputs, replay, suppressed_of
from interdiction.engine.said import counted, waiting
from interdiction.errors import UsageError
from interdiction.model import Asked, Outcome
from interdiction.model.case import Approved, CaseState, Commented, Decided, Reopened

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
LATER = AT + timedelta(hours=2)
KOMID, KIM = "ofac-sdn:9345", "ofac-sdn:12211"
FIRST, SECOND = "A. First", "B. Second"
OFFICER = Facts(by=FIRST, outcomes={KOMID: Outcome.FALSE, KIM: Outcome.TRUE}, why="met the owner")


@pytest.fixture
def engine(shared: Home) -> Iterator[Engine]:
    """The payments of the worked example decided on, with what an officer said of two of them."""
    config = shared.path / "config.toml"
    more = config.read_text() if config.is_file() else ""
    config.write_text(f'[institution]\nkind = "us"\n\n{more}')
    import_edition(shared, "ofac-sdn", [demo_file("editions/2015-01-02")], on=AT.date(), at=AT)
    path = demo_file("payments.csv")
    with Engine.open(shared.path) as opened:
        force = opened.force()
        some, whole = payments.read(path)
        with recording(
            shared, path, command="pay", at=AT, on=AT.date(), asked=Asked(), force=force, policy=opened.policy
        ) as recorder:
            for place, one in enumerate(screen_payments(opened, force, some)):
                told = OFFICER if one.payment.id in {"P-004", "P-006"} else Facts(by="")
                said = counted(force, opened.policy, one, told, rules_of(shared.path)[0], on=AT.date())
                decided = decide.payment(force, opened.policy, one, on=AT.date(), problems=whole, facts=said)
                recorder.payment(place, one.payment, decided, suppressed=suppressed_of(one), facts=said)
            recorder.end(read=len(some), screened=len(some))
        yield opened


def number_of(engine: Engine, subject: str) -> int:
    (one,) = queue(engine.home, LATER, subject=subject)
    return one.case.number


def result(engine: Engine, name: str) -> str:
    with kept(engine.home) as decisions:
        return [one.result for one in decisions.records() if one.name == name][-1]


def test_what_an_officer_said_is_his_step_in_the_case_and_only_what_stops_counts(engine: Engine) -> None:
    assert (result(engine, "P-004"), result(engine, "P-006")) == ("hold", "block")
    waits = file_of(engine.home, number_of(engine, "P-004"), LATER).case
    pair = waits.pair(KOMID)
    assert pair is not None
    assert pair.proposal is not None
    assert (waits.state, pair.proposal.by, pair.proposal.why) == (CaseState.WAITING, FIRST, "met the owner")
    stopped = file_of(engine.home, number_of(engine, "P-006"), LATER).case
    kim = stopped.pair(KIM)
    assert kim is not None
    assert (kim.outcome, kim.by, stopped.pending) == (Outcome.TRUE, FIRST, ())


def test_the_problem_of_what_one_person_said_names_the_payment_and_the_listing() -> None:
    (one,) = waiting("P-004", Facts(by=FIRST, proposed={KOMID: Outcome.FALSE}))
    assert (one.code, one.node) == ("said-by-one", "P-004")
    assert KOMID in one.message


def test_another_person_lets_go_of_what_was_said_and_the_decision_replays(engine: Engine) -> None:
    number = number_of(engine, "P-004")
    with pytest.raises(UsageError) as caught:
        take(engine.home, number, Approved(KOMID, "agreed"), by="a first", at=LATER)
    assert caught.value.code == "same-person"
    take(engine.home, number, Approved(KOMID, "agreed"), by=SECOND, at=LATER)
    case, (record,) = carry_out(engine, number, at=LATER)
    assert (record.result, case.state) == ("release", CaseState.CLOSED)
    with kept(engine.home) as decisions:
        for one in decisions.records():
            run = decisions.run(one.run)
            assert replay(engine, one, run, Inputs(run, decisions.file(run.input.sha256))).same, one.id


def test_two_analysts_on_one_case_are_told_and_steps_of_several_are_taken_whole_or_not(engine: Engine) -> None:
    number = number_of(engine, "P-003")
    seen = file_of(engine.home, number, LATER).case.version
    take(engine.home, number, Commented("mine"), by=FIRST, at=LATER, seen=seen)
    with pytest.raises(UsageError) as caught:
        take(engine.home, number, Commented("mine too"), by=SECOND, at=LATER, seen=seen)
    assert caught.value.code == "case-changed"
    with pytest.raises(UsageError):
        take_all(engine.home, [(number, Commented("one")), (number, Reopened("not closed"))], by=FIRST, at=LATER)
    assert file_of(engine.home, number, LATER).case.comments == 1


def test_closing_the_same_together_and_looking_again_leave_a_log_that_verifies(engine: Engine) -> None:
    number = number_of(engine, "P-003")
    preview = same_as(engine.home, number, KOMID)
    closed = close_same(
        engine.home, number, KOMID, accept=preview.hash, reason="in-words", why="a firm", by=FIRST, at=LATER
    )
    for one in closed:
        take(engine.home, one.number, Approved(KOMID, "agreed"), by=SECOND, at=LATER)
        carry_out(engine, one.number, at=LATER)
    assert number in [one.number for one in draw(engine.home, "2015-01", at=LATER, share=1.0)]
    take(engine.home, number, Reopened("look again"), by=SECOND, at=LATER)
    assert result(engine, "P-003") == "release"
    assert verify(engine.home).count == 0


def test_a_party_of_a_payment_without_account_or_number_is_not_cleared(engine: Engine) -> None:
    number = number_of(engine, "P-004")
    take(engine.home, number, Approved(KOMID, "agreed"), by=SECOND, at=LATER)
    carry_out(engine, number, at=LATER)
    with pytest.raises(UsageError) as caught:
        clearances.ask(engine, number, KOMID, by=FIRST, at=LATER, reason="in-words", why="another", role="creditor")
    assert caught.value.code == "party-too-bare"


def test_what_one_person_said_to_be_true_is_undone_by_two(engine: Engine) -> None:
    number = number_of(engine, "P-006")
    with pytest.raises(UsageError) as caught:
        take(engine.home, number, Decided(KIM, Outcome.TRUE, "in-words", "again"), by=FIRST, at=LATER)
    assert caught.value.code == "already-said"
    take(engine.home, number, Decided(KIM, Outcome.FALSE, "in-words", "a slip"), by=FIRST, at=LATER)
    assert result(engine, "P-006") == "block"
    take(engine.home, number, Approved(KIM, "seen the passport"), by=SECOND, at=LATER)
    carry_out(engine, number, at=LATER)
    assert result(engine, "P-006") == "hold", "the other hit of the payment still asks for a person"
