"""The second part of the worked example: each case of the law comes to what its page says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from interdiction.cli.demo import WIDTH, law_lines
from interdiction.engine.cases import Case, tell_law
from interdiction.errors import UsageError

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
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
}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return tell_law(tmp_path_factory.mktemp("law") / "demo", AT)


def test_every_case_comes_to_what_the_law_asks(cases: list[Case]) -> None:
    found = {one.decision.payment: (one.decision.disposition.value, one.decision.reasons[0].rule) for one in cases}
    assert found == EXPECTED


def test_what_is_done_is_due_by_a_business_day(cases: list[Case]) -> None:
    due = {one.decision.payment: [due.by for due in one.decision.due] for one in cases}
    assert due["L-03"] == [date(2016, 3, 30)]
    assert due["L-04"] == [date(2015, 1, 16)]
    assert due["L-11"] == [date(2025, 8, 15)]
    assert not due["L-01"] + due["L-05"] + due["L-07"]


def test_the_screen_shows_every_case_within_its_width(cases: list[Case]) -> None:
    shown = list(law_lines(cases))
    assert all(len(line) <= WIDTH for line in shown)
    assert sum(line[:8].strip().isupper() for line in shown if line[:1].isalpha()) == len(EXPECTED)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        tell_law(tmp_path, AT)
    assert refused.value.code == "not-a-demo"
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]
