"""The published readings of each regime: OFAC's five examples (FAQ 401) and where the others differ."""

from __future__ import annotations

from datetime import date

from interdiction.model import PartialDate
from interdiction.model.ownership import Stake, StakeKind
from tests.ownership.cases import EU, UK, US, controls, holds, rule, said


def test_example_1_a_company_owned_through_a_blocked_one_counts_in_full() -> None:
    found = said(US, [holds("X", "A", 50), holds("A", "B", 50)], "X")
    assert found == {"X": "listed", "A": "blocked", "B": "blocked"}


def test_example_2_two_blocked_companies_together_own_half() -> None:
    stakes = [holds("X", "A", 50), holds("X", "B", 50), holds("A", "C", 25), holds("B", "C", 25)]
    assert said(US, stakes, "X")["C"] == "blocked"


def test_example_3_direct_and_indirect_add_up() -> None:
    stakes = [holds("X", "A", 50), holds("X", "B", 10), holds("A", "B", 40)]
    assert said(US, stakes, "X")["B"] == "blocked"


def test_example_4_what_a_company_that_is_not_blocked_owns_does_not_count() -> None:
    stakes = [holds("X", "A", 50), holds("X", "B", 25), holds("A", "C", 25), holds("B", "C", 25)]
    assert said(US, stakes, "X") == {"X": "listed", "A": "blocked", "B": "not_blocked", "C": "not_blocked"}


def test_example_5_minority_chains_block_nobody() -> None:
    stakes = [holds("X", "A", 25), holds("X", "B", 25), holds("A", "C", 50), holds("B", "C", 50)]
    assert said(US, stakes, "X") == {"X": "listed", "A": "not_blocked", "B": "not_blocked", "C": "not_blocked"}


def test_thirty_and_twenty_five_of_two_listed_persons_add_up_in_the_us_and_eu_and_not_in_the_uk() -> None:
    stakes = [holds("X", "A", 30), holds("Y", "A", 25)]
    assert [said(law, stakes, "X", "Y")["A"] for law in (US, EU, UK)] == ["blocked", "presumed", "not_blocked"]


def test_exactly_half_meets_the_us_and_eu_tests_and_not_the_uk_one() -> None:
    stakes = [holds("X", "A", 50)]
    assert [said(law, stakes, "X")["A"] for law in (US, EU, UK)] == ["blocked", "presumed", "not_blocked"]


def test_over_25_to_50_can_meet_the_us_test_and_never_the_uk_one() -> None:
    stakes = [holds("X", "A", "(25, 50]")]
    assert [said(law, stakes, "X")["A"] for law in (US, EU, UK)] == ["unknown", "unknown", "not_blocked"]


def test_under_50_can_meet_neither() -> None:
    stakes = [holds("X", "A", "[25, 50)")]
    assert [said(law, stakes, "X")["A"] for law in (US, UK)] == ["not_blocked", "not_blocked"]


def test_control_reaches_in_the_uk_and_eu_and_in_the_us_only_under_north_korea_and_iran() -> None:
    stakes = [controls("X", "A")]
    assert [said(law, stakes, "X")["A"] for law in (US, UK, EU)] == ["not_blocked", "presumed", "presumed"]
    assert said(US, stakes, "X", programmes=("DPRK3",))["A"] == "presumed"


def test_control_under_north_korea_passes_through_a_company_it_owns() -> None:
    stakes = [holds("X", "A", 60), controls("A", "B"), holds("B", "C", 50)]
    assert said(US, stakes, "X", programmes=("DPRK2",)) == {
        "X": "listed",
        "A": "blocked",
        "B": "presumed",
        "C": "presumed",
    }
    assert said(US, stakes, "X", programmes=("SDGT",))["B"] == "not_blocked"


def test_a_majority_of_the_votes_or_of_the_board_reaches_in_the_uk() -> None:
    votes = [holds("X", "A", 51, kind=StakeKind.VOTES)]
    board = [Stake("X", "A", StakeKind.APPOINT, share=holds("X", "A", "more than 50").share)]
    assert said(UK, votes, "X")["A"] == said(UK, board, "X")["A"] == "blocked"
    assert said(US, votes, "X")["A"] == "not_blocked"


def test_in_the_uk_each_party_to_a_joint_arrangement_holds_all_of_it() -> None:
    jointly = [holds("X", "A", 30, joint="pact"), holds("Y", "A", 25, joint="pact")]
    assert said(UK, jointly, "X")["A"] == "blocked"
    assert said(UK, [holds("X", "A", 30, joint="pact"), holds("Y", "A", 25, joint="other")], "X")["A"] == "not_blocked"


def test_in_the_uk_what_one_person_holds_through_its_own_companies_is_its_own() -> None:
    stakes = [holds("X", "A", 60), holds("X", "C", 30), holds("A", "C", 30)]
    assert said(UK, stakes, "X")["C"] == "blocked"


def test_before_13_august_2014_holdings_of_several_did_not_add_up() -> None:
    stakes = [holds("X", "A", 30), holds("Y", "A", 25)]
    assert said(rule("us-50-single"), stakes, "X", "Y")["A"] == "not_blocked"
    assert said(rule("us-50-single"), [holds("X", "A", 50)], "X")["A"] == "blocked"


def test_before_july_2024_exactly_half_did_not_meet_the_eu_test() -> None:
    assert said(rule("eu-more-than-half-or-control"), [holds("X", "A", 50)], "X")["A"] == "not_blocked"


def test_a_third_of_a_project_is_enough_under_directive_4() -> None:
    assert said(rule("us-ssi-directive-4"), [holds("X", "A", 33)], "X")["A"] == "blocked"
    assert said(rule("us-ssi-directive-4"), [holds("X", "A", "32.99")], "X")["A"] == "not_blocked"


def test_a_measure_on_named_securities_stops_at_the_named() -> None:
    assert said(rule("us-cmic-named-only"), [holds("X", "A", 100)], "X") == {"X": "listed", "A": "not_blocked"}


def test_where_no_test_is_coded_nobody_a_listed_party_touches_is_clear() -> None:
    found = said(None, [holds("X", "A", 1), holds("A", "B", 1), holds("Y", "C", 100)], "X")
    assert found == {"X": "listed", "A": "unknown", "B": "unknown", "Y": "not_blocked", "C": "not_blocked"}


def test_a_holding_sold_before_the_day_does_not_count() -> None:
    sold = [holds("X", "A", 60, ends=PartialDate.parse("2024-05-31"))]
    assert said(US, sold, "X", on=date(2024, 5, 31))["A"] == "blocked"
    assert said(US, sold, "X", on=date(2024, 6, 1))["A"] == "not_blocked"
    vague = [holds("X", "A", 60, ends=PartialDate.parse("2024"))]
    assert said(US, vague, "X", on=date(2024, 6, 1))["A"] == "unknown"
