"""The second part of the worked example: each claim of the screen, and each case of the law."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from interdiction.cli.demo_law import WIDTH, law_lines, second_lines
from interdiction.engine.legal_cases import Case
from interdiction.engine.second import Second, tell_second
from interdiction.engine.story import tell
from interdiction.model import Consequence

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
THE_TEN = {17614, 17615, 17616, 17617, 17618, 17619, 17620, 17624, 17625, 17627}
THE_THREE = {9345, 11599, 12210}
EXPECTED = {
    "L-01": ("release", "no-hit"),
    "L-02": ("release", "no-hit"),
    "L-03": ("block", "government"),
    "L-04": ("reject", "forbidden"),
    "L-05": ("hold", "correspondent-account"),
    "L-06": ("hold", "licence-may"),
    "L-07": ("hold", "not-bound"),
    "L-08": ("hold", "conflict-of-laws"),
    "L-09": ("hold", "unconfirmed-place"),
    "L-10": ("reject", "sponsor-donation"),
    "L-11": ("retain", "sponsor-risk"),
    "L-12": ("block", "freeze"),
}


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Second:
    return tell_second(tell(tmp_path_factory.mktemp("law") / "demo", AT), AT)


@pytest.fixture(scope="module")
def cases(second: Second) -> tuple[Case, ...]:
    return second.cases


def numbers(several: object) -> set[int]:
    return {int(one.listing.partition(":")[2]) for one in several}  # type: ignore[attr-defined]


def test_the_announcement_names_the_order_and_thirteen_targets_that_are_on_the_list(second: Second) -> None:
    draft = second.announcement
    assert draft.instrument is not None
    assert draft.instrument.value == "executive order 13687"
    assert [(one.number, one.agrees) for one in draft.counts] == [(3, True), (10, True)]
    found = {int(key.partition(":")[2]) for one in draft.targets for key in one.listings}
    assert found == THE_TEN | THE_THREE


def test_the_ten_are_frozen_from_the_day_and_the_three_were_the_day_before(second: Second) -> None:
    assert numbers(one for one in second.meant if one.before is Consequence.FREEZE) == THE_THREE
    assert numbers(one for one in second.meant if one.after is Consequence.FREEZE) == THE_TEN | THE_THREE


def test_under_the_law_of_the_union_or_of_the_security_council_none_of_them_is_frozen(second: Second) -> None:
    assert {kind for one in second.meant for kind, _ in one.elsewhere} == {"eu", "un"}
    assert {said for one in second.meant for _, said in one.elsewhere} == {Consequence.REVIEW}


def test_a_company_owned_30_and_25_per_cent_by_two_of_the_ten_is_blocked_with_its_picture(second: Second) -> None:
    assert second.owned.control.value == "blocked"
    assert "55 %" in second.owned.sentence
    drawn = Path(second.home).parent / "results" / second.picture
    assert drawn.read_text(encoding="utf-8").startswith("<svg")


def test_what_was_blocked_is_in_the_ledger_and_owed_as_reports_by_a_business_day(second: Second) -> None:
    told = " ".join(second_lines(second))
    assert second.blocked == second.entered == 4
    assert "4 reports to OFAC by 16 January 2015" in told
    assert "they agree" in told
    assert "535,450.00 USD" in told


def test_every_case_comes_to_what_the_law_asks(cases: tuple[Case, ...]) -> None:
    found = {one.decision.payment: (one.decision.disposition.value, one.decision.reasons[0].rule) for one in cases}
    assert found == EXPECTED


def test_what_is_done_is_due_by_a_business_day(cases: tuple[Case, ...]) -> None:
    due = {one.decision.payment: [due.by for due in one.decision.due] for one in cases}
    assert due["L-03"] == [date(2016, 3, 30)]
    assert due["L-04"] == [date(2015, 1, 16)]
    assert due["L-11"] == [date(2025, 8, 15)]
    assert not due["L-01"] + due["L-05"] + due["L-07"]


def test_the_screen_shows_every_case_within_its_width(second: Second) -> None:
    long = list(law_lines(second.cases))
    short = list(second_lines(second))
    assert all(len(line) <= WIDTH for line in (*long, *short))
    for payment in EXPECTED:
        assert any(payment in line for line in long)
        assert any(payment in line for line in short)
