"""What is not known: ranges, gaps, contradictions and cycles end in "unknown" exactly where they decide."""

from __future__ import annotations

import pytest

from interdiction.errors import PartyError
from interdiction.model import PartialDate
from interdiction.model.ownership import WHOLE, Share, Stake, StakeKind
from tests.ownership.cases import EU, UK, US, controls, holds, said


@pytest.mark.parametrize(
    ("text", "low", "high", "said_as"),
    [
        ("50", 50, 50, "50 %"),
        ("33,3 %", 33.3, 33.3, "33.3 %"),
        ("25-50", 25, 50, "25 to 50 %"),
        ("(25, 50]", 25, 50, "over 25 to 50 %"),
        ("more than 25", 25, 100, "more than 25 %"),
        ("at least 75%", 75, 100, "at least 75 %"),
        ("<5", 0, 5, "less than 5 %"),
        ("unknown", 0, 100, "unknown share"),
    ],
)
def test_a_share_is_read_as_people_write_it(text: str, low: float, high: float, said_as: str) -> None:
    share = Share.parse(text)
    assert (share.low, share.high) == (round(low * WHOLE) // 100, round(high * WHOLE) // 100)
    assert str(share) == said_as


@pytest.mark.parametrize("text", ["-5", "101", "60-40", "half", "1/0", "(50, 50)", "25%%"])
def test_a_share_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(PartyError):
        Share.parse(text)


def test_thirds_and_sixths_make_exactly_half() -> None:
    assert said(US, [holds("X", "A", "1/3"), holds("Y", "A", "1/6")], "X", "Y")["A"] == "blocked"


def test_a_part_that_cannot_be_counted_exactly_stays_a_range_and_never_decides_by_rounding() -> None:
    assert said(US, [holds("X", "A", "1/17"), holds("Y", "A", "15/34")], "X", "Y")["A"] == "unknown"


def test_a_stake_of_unknown_size_decides_only_where_it_can() -> None:
    assert said(US, [holds("X", "A")], "X")["A"] == "unknown"
    assert said(US, [holds("X", "A"), holds("Z", "A", 51)], "X")["A"] == "not_blocked"
    assert said(US, [holds("X", "A", 50), holds("Y", "A")], "X", "Y")["A"] == "blocked"


def test_what_nobody_states_does_not_decide_and_what_is_held_by_somebody_unnamed_does() -> None:
    assert said(US, [holds("X", "A", 30)], "X")["A"] == "not_blocked"
    assert said(US, [holds("X", "A", 30), holds("", "A", 40)], "X")["A"] == "unknown"
    assert said(UK, [holds("X", "A", 30), holds("", "A", 40)], "X")["A"] == "not_blocked"
    assert said(UK, [holds("", "A", 60)])["A"] == "unknown"


def test_a_nominee_may_hold_for_anybody() -> None:
    assert said(US, [holds("N", "A", 60, nominee=True)])["A"] == "unknown"
    assert said(US, [holds("X", "A", 60, nominee=True)], "X")["A"] == "unknown"


def test_who_may_be_listed_makes_what_it_owns_unknown() -> None:
    found = said(US, [holds("X", "A", 60), holds("A", "B", 60)], perhaps=["X"])
    assert found == {"X": "unknown", "A": "unknown", "B": "unknown"}


def test_an_interest_of_unknown_kind_may_be_any() -> None:
    stakes = [Stake("X", "A", StakeKind.UNKNOWN)]
    assert [said(law, stakes, "X")["A"] for law in (US, UK, EU)] == ["unknown"] * 3
    small = [holds("X", "A", 30, kind=StakeKind.UNKNOWN), holds("X", "A", 30)]
    assert said(US, small, "X")["A"] == "unknown"


def test_a_tie_that_is_neither_ownership_nor_control_reaches_nobody() -> None:
    assert said(EU, [Stake("X", "A", StakeKind.OTHER)], "X")["A"] == "not_blocked"


def test_a_cycle_reaches_nobody_by_itself() -> None:
    ring = [holds("A", "B", 60), holds("B", "C", 60), holds("C", "A", 60)]
    assert set(said(US, [*ring, holds("X", "A", 10)], "X").values()) == {"listed", "not_blocked"}
    assert said(US, [holds("A", "B", 60), holds("B", "A", 30), holds("X", "A", 20)], "X")["A"] == "not_blocked"


def test_a_cycle_is_unknown_only_where_a_missing_stake_decides() -> None:
    ring = [holds("A", "B", 60), holds("B", "A", 40)]
    assert said(US, [*ring, holds("X", "A", "10-60")], "X")["B"] == "unknown"
    assert said(US, [*ring, holds("X", "A", "10-40")], "X")["B"] == "not_blocked"


def test_a_company_that_holds_itself_dilutes_nobody_for_certain() -> None:
    assert said(US, [holds("X", "A", 40), holds("A", "A", 20)], "X")["A"] == "unknown"
    assert said(US, [holds("A", "A", 60)])["A"] == "not_blocked"


def test_more_than_the_whole_is_a_contradiction_and_never_clear() -> None:
    assert said(US, [holds("X", "A", 60), holds("Z", "A", 60)], "X")["A"] == "unknown"
    assert said(US, [holds("X", "A", 20), holds("Y", "A", 90)], "X")["A"] == "not_blocked"


def test_the_sum_through_others_counts_where_it_meets_the_test_alone_and_is_never_added_twice() -> None:
    assert said(US, [holds("X", "A", 60, direct=False)], "X")["A"] == "blocked"
    twice = [holds("X", "B", 100), holds("B", "A", 30), holds("X", "A", 30, direct=False)]
    assert said(US, twice, "X")["A"] == "unknown"
    known = [*twice, holds("Z", "A", 70)]
    assert said(US, known, "X")["A"] == "not_blocked"


def test_one_holding_told_twice_counts_once() -> None:
    assert said(US, [holds("X", "A", 30), holds("X", "A", 30, line=9)], "X")["A"] == "not_blocked"
    lots = [holds("X", "A", 30, lot="ordinary"), holds("X", "A", 30, lot="preference")]
    assert said(US, lots, "X")["A"] == "blocked"
    doubtful = [holds("X", "A", 30), holds("X", "A", 20)]
    assert said(US, doubtful, "X")["A"] == "unknown"


def test_sources_that_agree_narrow_and_sources_that_contradict_leave_it_open() -> None:
    narrow = [holds("X", "A", "25-50", source="one"), holds("X", "A", 45, source="two")]
    assert said(US, narrow, "X")["A"] == "not_blocked"
    apart = [holds("X", "A", 60, source="one"), holds("X", "A", 40, source="two")]
    assert said(US, apart, "X")["A"] == "unknown"


def test_control_known_only_to_the_year_is_unknown_within_it() -> None:
    assert said(UK, [controls("X", "A", begins=PartialDate.parse("2024"))], "X")["A"] == "presumed"
    assert said(UK, [controls("X", "A", begins=PartialDate.parse("~2024"))], "X")["A"] == "unknown"
