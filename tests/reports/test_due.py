"""What is owed and by which day: each rule of the law at its edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from interdiction.enforcement import deadlines
from interdiction.ledger.steps import charge, correction, credit, licensed, release, transfer
from interdiction.model import Ground
from interdiction.reports.due import Owed, Stage, owed
from interdiction.reports.kinds import Of, kinds
from tests.ledger.making import Ledger, act, what
from tests.reports.making import ORDER, payment, record, state


def of(kind: str, found: list[Owed]) -> list[Owed]:
    return [one for one in found if one.kind == kind]


def blocked(on: date, regime: str = "us", *, retained: bool = False) -> Ledger:
    ledger = Ledger()
    property_ = msgspec.structs.replace(what(on=on, retained=retained), regime=regime)
    ledger.open("1000.00", property_)
    return ledger


@pytest.mark.parametrize(
    ("on", "by"),
    [
        (date(2015, 1, 2), date(2015, 1, 16)),
        (date(2015, 1, 9), date(2015, 1, 26)),  # Martin Luther King Day between
        (date(2024, 12, 20), date(2025, 1, 7)),  # Christmas and New Year
    ],
)
def test_blocked_property_is_reported_within_ten_business_days(on: date, by: date) -> None:
    ledger = blocked(on)
    (one,) = of("us-blocked-property", owed(state([record(1, on=on)], ledger.all()), by))
    assert (one.subject, one.by, one.stage, one.late) == ("B-1", by, Stage.OWED, False)
    (late,) = of("us-blocked-property", owed(state([record(1, on=on)], ledger.all()), by.replace(day=by.day + 1)))
    assert late.late


def test_a_holiday_that_moved_the_day_is_named() -> None:
    (one,) = of("us-blocked-property", owed(state([], blocked(date(2015, 1, 9)).all()), date(2015, 1, 12)))
    assert one.why.endswith("10 business days (us-federal) after 2015-01-09, without 2015-01-19")


def test_a_blocking_decision_is_owed_a_report_before_anybody_opened_the_ledger() -> None:
    records = [record(1), record(2, "freeze"), record(3, "hold"), record(4, "release")]
    found = of("us-blocked-property", owed(state(records), ORDER))
    assert [one.subject for one in found] == ["D-1", "D-2"]
    assert "nothing of it is in the ledger" in found[0].why
    ledger = Ledger()
    ledger.open(decision="D-1")
    found = of("us-blocked-property", owed(state(records, ledger.all()), ORDER))
    assert [one.subject for one in found] == ["B-1", "D-2"]


def test_a_customer_who_is_frozen_again_every_day_is_owed_one_report() -> None:
    """A book is screened and recorded daily; the account is frozen once."""
    records = [record(number, "freeze") for number in (1, 2, 3)]
    assert [one.subject for one in of("us-blocked-property", owed(state(records), ORDER))] == ["D-1"]
    ledger = Ledger()
    ledger.open(decision="D-2")
    assert [one.subject for one in of("us-blocked-property", owed(state(records, ledger.all()), ORDER))] == ["B-1"]


def test_another_payment_of_the_same_reference_is_another_report() -> None:
    other = msgspec.structs.replace(record(2), payment=payment("999.00"))
    records = [record(1), other, record(3)]
    assert [one.subject for one in of("us-blocked-property", owed(state(records), ORDER))] == ["D-1", "D-2"]


def test_an_opening_that_was_a_mistake_owes_nothing() -> None:
    ledger = blocked(ORDER)
    ledger.add(correction(ledger.held(), 1, act(ORDER)))
    assert owed(state([], ledger.all()), date(2015, 12, 31)) == []


def test_a_rejection_is_reported_and_is_in_no_annual_report() -> None:
    found = owed(state([record(1, "reject")]), date(2015, 12, 31))
    assert [(one.kind, one.by) for one in found] == [("us-rejected-transaction", date(2015, 1, 16))]


def test_a_retained_transfer_has_a_report_of_its_own() -> None:
    ledger = blocked(ORDER, retained=True)
    found = owed(state([record(1, "retain")], ledger.all()), date(2015, 1, 5))
    assert [(one.kind, one.subject) for one in found] == [("us-retained-transfer", "B-1")]


def test_the_annual_report_is_of_30_june_and_due_on_30_september() -> None:
    ledger = blocked(ORDER)
    assert of("us-annual", owed(state([], ledger.all()), date(2015, 6, 29))) == []
    ledger.add(*release(ledger.held(), act(date(2016, 6, 30), "x"), ground=Ground.DELISTING, to="X"))
    found = of("us-annual", owed(state([], ledger.all()), date(2017, 12, 31)))
    assert [(one.subject, one.by) for one in found] == [("2015-06-30", date(2015, 9, 30))]


@pytest.mark.parametrize(
    ("on", "ground", "asks", "stage"),
    [
        (date(2024, 8, 7), Ground.COURT_ORDER, False, None),
        (date(2024, 8, 8), Ground.COURT_ORDER, False, Stage.OWED),
        (date(2024, 11, 6), Ground.DELISTING, False, Stage.OWED),
        (date(2024, 11, 7), Ground.DELISTING, False, Stage.EXCEPTED),
        (date(2024, 11, 6), Ground.LICENCE, False, Stage.OWED),
        (date(2024, 11, 7), Ground.LICENCE, False, Stage.EXCEPTED),
        (date(2024, 11, 7), Ground.LICENCE, True, Stage.OWED),
        (date(2024, 11, 7), Ground.INTERNAL_TRANSFER, False, Stage.EXCEPTED),
        (date(2024, 11, 7), Ground.COMPLIANCE_RELEASE, False, Stage.OWED),
    ],
)
def test_what_leaves_is_reported_since_8_august_2024_with_the_exceptions_of_7_november(
    on: date, ground: Ground, asks: bool, stage: Stage | None
) -> None:
    ledger = blocked(ORDER)
    leave = transfer if ground is Ground.INTERNAL_TRANSFER else release
    ledger.add(
        *leave(ledger.held(), act(on, "x"), ground=ground, to="X", licence="NK-1", asks_report=asks, amount=Decimal(5))
    )
    found = of("us-unblocked", owed(state([], ledger.all()), date(2024, 12, 1)))
    assert [one.stage for one in found] == ([] if stage is None else [stage])


def test_ten_business_days_for_what_leaves_skip_thanksgiving() -> None:
    ledger = blocked(ORDER)
    ledger.add(*release(ledger.held(), act(date(2024, 11, 22), "x"), ground=Ground.COURT_ORDER, to="X"))
    (one,) = of("us-unblocked", owed(state([], ledger.all()), date(2024, 11, 23)))
    assert one.by == date(2024, 12, 9)


def test_charges_and_licensed_debits_are_exempt_and_deposits_are_no_leaving() -> None:
    ledger = blocked(ORDER)
    day = date(2024, 12, 2)
    ledger.add(charge(ledger.held(), Decimal(1), act(day, "schedule of charges")))
    ledger.add(licensed(ledger.held(), Decimal(1), act(day), licence="NK-1", to="X"))
    ledger.add(credit(ledger.held(), Decimal(1), act(day)))
    found = of("us-unblocked", owed(state([], ledger.all()), date(2024, 12, 31)))
    assert [(one.subject, one.stage) for one in found] == [("E-2", Stage.EXCEPTED), ("E-3", Stage.EXCEPTED)]


def test_the_british_review_is_of_30_september_with_a_nil_return_after_a_report() -> None:
    ledger = blocked(date(2025, 3, 3), "uk")
    ledger.add(*release(ledger.held(), act(date(2026, 2, 2), "x"), ground=Ground.DELISTING, to="X"))
    found = of("uk-annual", owed(state([], ledger.all(), law="uk"), date(2028, 1, 1)))
    assert [(one.subject, one.by) for one in found] == [
        ("2025-09-30", date(2025, 11, 30)),
        ("2026-09-30", date(2026, 11, 30)),
    ]
    assert "nothing held" in found[1].why


def test_the_british_report_names_no_day_and_is_never_late_by_the_calendar() -> None:
    (one,) = of(
        "uk-frozen-assets", owed(state([], blocked(ORDER.replace(year=2025), "uk").all(), law="uk"), date(2025, 9, 1))
    )
    assert (one.by, one.late) == (None, False)
    assert "as soon as practicable" in one.why


def test_the_union_asks_within_two_weeks_since_2023_and_at_once_before() -> None:
    now = of("eu-frozen-funds", owed(state([], blocked(date(2024, 5, 10), "eu").all(), law="eu"), date(2024, 5, 11)))
    then = of("eu-frozen-funds", owed(state([], blocked(date(2015, 5, 8), "eu").all(), law="eu"), date(2015, 5, 9)))
    assert [one.by for one in (*now, *then)] == [date(2024, 5, 24), None]


def test_an_institution_is_owed_no_reports_of_a_law_that_does_not_bind_it() -> None:
    found = owed(state([record(1), record(2, "reject")], law="uk"), date(2026, 1, 1))
    assert {one.kind.partition("-")[0] for one in found} <= {"uk"}


def test_every_duty_after_a_decision_has_a_report_that_can_be_made() -> None:
    assert {row.id for row in deadlines.load().reports} <= {one.deadline for one in kinds().values()}
    for row in deadlines.load().reports:
        one = kinds()[row.id]
        assert (one.law, one.deadline) == (row.law, row.id)


def test_every_kind_has_a_source_and_its_minimum() -> None:
    for one in kinds().values():
        minimum = {field.name for field in (*one.head, *one.fields) if field.minimum}
        assert one.source, one.id
        assert {"submitter_name", "date"} <= minimum
        assert one.of is Of.HELD or {"authority", "documents"} <= minimum
        names = [field.name for field in one.fields]
        assert len(names) == len(set(names))
