"""Decisions, ledger and reports agree, or each difference is named."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from interdiction.ledger.steps import credit, release
from interdiction.model import Asked, Ground, Heading, KeptFile, Posting, Record, Run, RunEnd
from interdiction.reports.due import owed
from interdiction.reports.facts import State
from interdiction.reports.kinds import kind
from interdiction.reports.make import make
from interdiction.reports.reconcile import Finding, Grade, Kept, of_grade, reconcile
from tests.ledger.making import Ledger, act, simple, what
from tests.ledger.test_steps import moves, play
from tests.reports.making import ORDER, record, state

AT = datetime(2035, 1, 5, tzinfo=UTC)


def found(of: State, ledger: Ledger, on: date = ORDER, **kept: object) -> list[Finding]:
    return reconcile(of, Kept(tuple(ledger.entries), **kept), on)  # type: ignore[arg-type]


def codes(of: State, ledger: Ledger, on: date = ORDER, **kept: object) -> set[str]:
    return {one.code for one in found(of, ledger, on, **kept)}


def one_block() -> tuple[Ledger, list[Record]]:
    ledger = Ledger()
    ledger.open("1000.00")
    return ledger, [record(1)]


def test_a_block_that_is_in_the_ledger_and_not_yet_due_leaves_nothing_to_say() -> None:
    ledger, records = one_block()
    assert found(state(records, ledger.all()), ledger) == []


@settings(max_examples=50)
@given(st.lists(moves, max_size=20))
def test_whatever_the_steps_allow_the_ledger_agrees_with_itself(
    life: list[tuple[str, int, Decimal, str, int]],
) -> None:
    ledger = play(life)
    of = state([record(1, "hold")], ledger.all())
    assert not {"entry-unbalanced", "ledger-unbalanced", "items-differ"} & codes(of, ledger)


def test_an_entry_that_is_not_balanced_is_named_and_so_is_the_account() -> None:
    ledger, records = one_block()
    wrong = msgspec.structs.replace(ledger.entries[0], postings=(Posting(Heading.BLOCKED, "USD", Decimal(1)),))
    ledger.entries = [wrong]
    assert {"entry-unbalanced", "ledger-unbalanced"} <= codes(state(records, ledger.all()), ledger)


def test_a_block_without_property_is_named() -> None:
    ledger, records = one_block()
    (one,) = found(state([*records, record(2, "freeze")], ledger.all()), ledger)
    assert (one.code, one.subject, one.grade) == ("not-in-ledger", "D-2", Grade.OPEN)


def test_property_whose_decision_was_followed_by_a_release_is_a_contradiction() -> None:
    ledger, records = one_block()
    later = record(2, "release", follows=1)
    of = msgspec.structs.replace(state([*records, later], ledger.all()), before={2: frozenset({"D-1"})})
    assert codes(of, ledger, followed=frozenset({"D-1"})) == {"decision-followed"}
    ledger.add(*release(ledger.held(), act(ORDER, "31 CFR 501.806"), ground=Ground.COMPLIANCE_RELEASE, to="X"))
    of = msgspec.structs.replace(of, held=tuple(ledger.all()))
    assert codes(of, ledger, followed=frozenset({"D-1"})) == set()


def test_a_second_person_who_confirms_a_block_owes_neither_property_nor_report_anew() -> None:
    ledger, records = one_block()
    again = record(2, "block", follows=1)
    of = msgspec.structs.replace(state([*records, again], ledger.all()), before={2: frozenset({"D-1"})})
    assert codes(of, ledger, followed=frozenset({"D-1"})) == set()
    assert [one.subject for one in owed(of, ORDER)] == ["B-1"]


def test_property_that_names_a_decision_nobody_has_is_a_contradiction() -> None:
    ledger, _ = one_block()
    assert "no-decision" in codes(state([], ledger.all()), ledger)


def test_an_amount_other_than_the_payment_states_is_named() -> None:
    ledger = Ledger()
    ledger.open("999.00")
    assert codes(state([record(1)], ledger.all()), ledger) == {"amount-differs"}


def test_a_report_that_the_ledger_has_left_behind_is_named() -> None:
    ledger, records = one_block()
    of = state(records, ledger.all())
    annual = make(kind("us-annual"), ["2015-06-30"], of, at=AT, by="A", details={})
    first = make(kind("us-blocked-property"), ["B-1"], of, at=AT, by="A", details={})
    filings = [msgspec.structs.replace(one, number=number) for number, one in enumerate((annual, first), start=1)]
    assert "report-differs" not in codes(state(records, ledger.all(), filings=filings), ledger)
    ledger.add(credit(ledger.held(), Decimal(5), act(date(2015, 3, 1))))
    of = state(records, ledger.all(), filings=filings)
    (one,) = of_grade(found(of, ledger), Grade.DIFFERS)
    assert (one.code, one.subject) == ("report-differs", "F-1")
    corrected = make(kind("us-annual"), ["2015-06-30"], of, at=AT, by="A", details={}, supplements=1)
    of = msgspec.structs.replace(of, filings=(*of.filings, msgspec.structs.replace(corrected, number=3)))
    assert "report-differs" not in codes(of, ledger)


def test_property_opened_late_for_an_earlier_day_is_missed_in_the_annual_report() -> None:
    ledger, records = one_block()
    of = state(records, ledger.all())
    annual = msgspec.structs.replace(make(kind("us-annual"), ["2015-06-30"], of, at=AT, by="A", details={}), number=1)
    ledger.open("1000.00", decision="D-2")
    of = state([*records, record(2)], ledger.all(), filings=[annual])
    (one,) = of_grade(found(of, ledger), Grade.DIFFERS)
    assert "open at the end of 2015-06-30 are B-1, B-2" in one.says


def test_what_is_late_and_what_was_filed_with_gaps_is_still_to_be_done() -> None:
    ledger, records = one_block()
    of = state(records, ledger.all())
    assert codes(of, ledger, date(2015, 1, 17)) == {"report-late"}
    made = msgspec.structs.replace(make(kind("us-blocked-property"), ["B-1"], of, at=AT, by="A", details={}), number=1)
    assert codes(state(records, ledger.all(), filings=[made], filed=[1]), ledger, date(2015, 1, 17)) == {"gaps-open"}


def test_interest_that_the_annual_report_would_lack_is_named() -> None:
    ledger = Ledger()
    ledger.open("1000.00", what(terms=simple("10")))
    of = state([record(1)], ledger.all())
    assert "interest-not-posted" not in codes(of, ledger, date(2015, 6, 29))
    assert "interest-not-posted" in codes(of, ledger, date(2015, 6, 30))


def test_a_run_that_lost_rows_and_a_seal_that_does_not_hold_are_contradictions() -> None:
    ledger, records = one_block()
    run = Run("pay", AT, ORDER, KeptFile("a.csv", "00", 1), Asked(), (), "us", number=1)
    of = state(records, ledger.all())
    assert codes(of, ledger, runs=((run, RunEnd(1, 12, 12, 12)),)) == set()
    assert codes(of, ledger, runs=((run, RunEnd(1, 12, 11, 11)),)) == {"run-incomplete"}
    assert codes(of, ledger, runs=((run, None),)) == {"run-interrupted"}
    assert codes(of, ledger, broken=(("decision", 3, "what it says does not fit its seal"),)) == {"seal-broken"}
