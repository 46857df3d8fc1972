from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from interdiction.enforcement import decide_customer, decide_payment
from interdiction.enforcement.facts import NOTHING, Facts, Transaction
from interdiction.enforcement.licences import Kind, Licence, Used, contradictions, left, read_licences
from interdiction.errors import DataError
from interdiction.model import Consequence, Decision, Disposition, Measure

from .cases import EDITIONS, LICENCE, ON, US, designated, finding, hit, licensed, payment, rules

FREEZE = finding(hit(designated(Measure.ASSET_FREEZE)))


def decided(licence: Licence, *others: Licence, **more: Any) -> Decision:
    paid = more.pop("paid", payment())
    return decide_payment(paid, [FREEZE], licensed(licence, *others), on=more.pop("on", ON), editions=EDITIONS, **more)


def test_a_licence_that_may_cover_holds_what_would_be_blocked() -> None:
    decision = decided(replace(LICENCE, straight_through=False))
    assert (decision.disposition, rules(decision)) == (Disposition.HOLD, ["licence-may"])
    assert "DPRK-2015-1 (OFAC) may cover it: rent of the mission" in decision.sentence
    assert decision.licences == ("L-1",)


def test_it_goes_straight_through_only_where_the_licence_says_so_and_nothing_is_unsettled() -> None:
    assert decided(LICENCE).disposition is Disposition.RELEASE
    for doubt in (
        {"conditions": ("the landlord is the one named",)},
        {"verified": False},
        {"transactions": (Transaction.SERVICES,)},
        {"currencies": ("USD",), "most": Decimal(5), "currency": "EUR"},
        {"total": Decimal(100), "currency": "USD"},
    ):
        decision = decided(replace(LICENCE, **doubt))
        assert decision.disposition is Disposition.HOLD, doubt


def test_a_person_settles_the_conditions_of_the_licence_they_name() -> None:
    conditioned = replace(LICENCE, conditions=("the landlord is the one named",))
    assert decided(conditioned, facts=Facts("A. Officer", licence="L-1")).disposition is Disposition.RELEASE
    assert decided(conditioned, facts=Facts("A. Officer", licence="L-2")).disposition is Disposition.HOLD


def test_straight_through_without_two_persons_contradicts() -> None:
    for approved in ((), ("A. Officer",), ("A. Officer", " a. officer "), ("A. Officer", "")):
        decision = decided(replace(LICENCE, approved_by=approved))
        assert rules(decision) == ["licence-contradicts"]
        assert "two persons" in decision.sentence


@pytest.mark.parametrize(
    "other",
    [
        {"programmes": ("OTHER",)},
        {"law": "eu"},
        {"listings": ("ofac-sdn:1",)},
        {"currencies": ("EUR",)},
        {"most": Decimal(4), "currency": "USD"},
        {"total": Decimal(4), "currency": "USD"},
        {"until": datetime.fromisoformat("2015-01-05T00:01:00-05:00")},
        {"since": datetime.fromisoformat("2015-01-06T00:00:00-05:00")},
    ],
)
def test_a_licence_that_does_not_fit_changes_nothing(other: dict[str, Any]) -> None:
    assert rules(decided(replace(LICENCE, **other))) == ["freeze"]


def test_a_licence_that_ends_at_12_01_on_a_day_has_ended_before_that_business_day() -> None:
    ends = replace(LICENCE, until=datetime.fromisoformat("2015-01-05T00:01:00-05:00"))
    assert decided(ends, on=date(2015, 1, 4), paid=payment(on=date(2015, 1, 4))).disposition is Disposition.RELEASE
    assert decided(ends).disposition is Disposition.BLOCK
    minute = datetime.fromisoformat("2015-01-05T00:00:59-05:00")
    assert decided(ends, at=minute).disposition is Disposition.RELEASE
    assert decided(ends, at=datetime.fromisoformat("2015-01-05T05:01:00+00:00")).disposition is Disposition.BLOCK


@pytest.mark.parametrize(
    ("until", "last"),
    [
        # In 2026 clocks go forward on 8 March and back on 1 November: the hour of the zone differs, the day does not.
        ("2026-03-09T00:01:00-04:00", date(2026, 3, 8)),
        ("2026-11-02T00:01:00-05:00", date(2026, 11, 1)),
    ],
)
def test_the_last_day_of_a_licence_is_the_same_across_a_change_of_clocks(until: str, last: date) -> None:
    ends = replace(LICENCE, until=datetime.fromisoformat(until))
    day_after = date.fromordinal(last.toordinal() + 1)
    assert decided(ends, on=last).disposition is Disposition.RELEASE
    assert decided(ends, on=day_after).disposition is Disposition.BLOCK
    utc = datetime.fromisoformat(until.replace(until[-6:], "+00:00"))
    assert decided(ends, on=day_after, at=utc).disposition is Disposition.RELEASE


def test_an_amount_is_used_up() -> None:
    limited = replace(LICENCE, total=Decimal(100), currency="USD", used=(Used(ON, Decimal(90), "R-1"),))
    assert left(limited) == 10
    assert left(limited, [Decimal(7)]) == 3
    assert decided(limited, used={"L-1": []}).disposition is Disposition.RELEASE
    assert decided(limited, used={"L-1": [Decimal(5)]}).disposition is Disposition.RELEASE
    assert decided(limited).disposition is Disposition.HOLD
    for drawn, rest in ((6, 4), (10, 0), (11, 0)):
        used_up = decided(limited, used={"L-1": [Decimal(drawn)]})
        assert (used_up.disposition, rules(used_up)) == (Disposition.HOLD, ["licence-may"])
        assert f"of its 100 USD {rest} is left" in used_up.sentence
    assert decided(limited, used={"L-1": []}, paid=payment(currency="EUR")).disposition is Disposition.HOLD


def test_licences_that_contradict_hold_with_the_reason() -> None:
    other = replace(LICENCE, id="L-2", straight_through=False)
    decision = decided(LICENCE, other)
    assert (decision.disposition, rules(decision)) == (Disposition.HOLD, ["licence-contradicts"])
    assert "stands twice with other terms" in decision.sentence
    same = replace(LICENCE, id="L-2", source="the same letter, filed again")
    assert contradictions([LICENCE, same]) == {}


def test_a_licence_that_contradicts_itself_is_told() -> None:
    begins = datetime.fromisoformat("2015-02-01T00:00:00-05:00")
    for wrong, told in (
        ({"since": begins, "until": begins}, "ends before it begins"),
        ({"most": Decimal(2), "total": Decimal(1), "currency": "USD"}, "more for one payment"),
        ({"total": Decimal(1), "currency": "USD", "used": (Used(ON, Decimal(2)),)}, "beyond its amount"),
    ):
        assert told in contradictions([replace(LICENCE, **wrong)])["L-1"]


def test_a_general_licence_for_a_kind_of_transaction_waits_for_a_sign_of_it() -> None:
    general = replace(LICENCE, kind=Kind.GENERAL, transactions=(Transaction.PERSONAL,), straight_through=False)
    assert rules(decided(general)) == ["freeze"]
    assert rules(decided(general, paid=payment(purposes=("FAMI",)))) == ["licence-may"]
    assert rules(decided(general, facts=Facts("A", transaction=Transaction.PERSONAL))) == ["licence-may"]
    assert rules(decided(general, facts=Facts("A", transaction=Transaction.GOODS))) == ["freeze"]
    assert rules(decided(replace(general, kind=Kind.SPECIFIC))) == ["licence-may"]


def test_a_licence_covers_one_designation_and_not_the_others_of_the_party() -> None:
    both = finding(hit(designated(Measure.ASSET_FREEZE), designated(Measure.ASSET_FREEZE, programme="NPWMD")))
    decision = decide_payment(payment(), [both], licensed(LICENCE), on=ON, editions=EDITIONS)
    assert (decision.disposition, rules(decision)) == (Disposition.BLOCK, ["freeze", "licence-covers"])


def test_a_customer_stays_frozen_whatever_a_licence_allows_for_payments() -> None:
    decision = decide_customer("C", [FREEZE], licensed(LICENCE), on=ON, editions=EDITIONS)
    assert decision.consequence is Consequence.FREEZE


def test_an_unconfirmed_hit_is_held_whatever_a_licence_says() -> None:
    from interdiction.enforcement import ConfirmedBy
    from interdiction.model import Outcome

    unsure = finding(hit(designated(Measure.ASSET_FREEZE)), Outcome.UNCONFIRMED, by=ConfirmedBy.NOBODY)
    decision = decide_payment(payment(), [unsure], licensed(LICENCE), on=ON, editions=EDITIONS)
    assert (decision.disposition, rules(decision)) == (Disposition.HOLD, ["unconfirmed"])


def test_the_packaged_licences_let_nothing_through_and_contradict_nothing() -> None:
    found = read_licences()
    assert found.all
    assert not found.contradicting
    assert not any(one.straight_through for one in found.all)
    assert found.sha256 in US.reference


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("law: moon", "moon"),
        ("programmes: []", "no programme"),
        ('most: "5"', "currency"),
        ('until: "2026-01-01T00:00:00"', "zone"),
        ("colour: red", "colour"),
    ],
)
def test_a_licence_file_that_cannot_be_read_is_refused_and_the_entry_named(
    tmp_path: Path, line: str, told: str
) -> None:
    rows = {
        "id": "L-9", "kind": "specific", "issuer": "OFAC", "reference": "R", "law": "us", "covers": "x",
        "programmes": "[TAG]", "source": "y",
    }  # fmt: skip
    key, _, value = line.partition(": ")
    rows[key] = value
    path = tmp_path / "licences.yml"
    path.write_text("licences:\n  - " + "\n    ".join(f"{k}: {v}" for k, v in rows.items()) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_licences(path)
    assert told in str(refused.value)
    assert decided(LICENCE, facts=NOTHING).disposition is Disposition.RELEASE
