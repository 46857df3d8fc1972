"""The order of 2 January 2015 on the real editions: what changed, who is meant, what it changes for a book."""

from __future__ import annotations

from pathlib import Path

import pytest

from interdiction.data import demo_file
from tests.journeys.conftest import interdict

pytestmark = pytest.mark.shared

THE_TEN = [17614, 17615, 17616, 17617, 17618, 17619, 17620, 17624, 17625, 17627]
THE_THREE = [9345, 11599, 12210]


def test_the_replay_of_the_day_gives_ten_added_and_three_amended_and_nothing_else(home_2015: Path) -> None:
    run = interdict("lists", "diff", "ofac-sdn", "--from", "2015-01-01", "--to", "2015-01-02", "--json", home=home_2015)
    result = run.json["result"]
    assert run.code == 0
    assert sorted(change["listing"] for change in result["added"]) == [f"ofac-sdn:{uid}" for uid in THE_TEN]
    assert {change["listing"] for change in result["amended"]} == {f"ofac-sdn:{uid}" for uid in THE_THREE}
    assert all([field["path"] for field in change["fields"]] == ["programmes"] for change in result["amended"])
    assert all("DPRK2" in change["fields"][0]["after"] for change in result["amended"])
    assert result["removed"] == []


def test_impact_separates_the_newly_caught_from_those_caught_before(home_2015: Path) -> None:
    run = interdict(
        "impact",
        "ofac-sdn",
        "--from",
        "2015-01-01",
        "--to",
        "2015-01-02",
        "--book",
        demo_file("book.csv"),
        "--json",
        home=home_2015,
    )
    result = run.json["result"]
    newly = {one["listing"] for one in result["newly_caught"]}
    before = {one["listing"] for one in result["caught_before"]}
    assert run.code == 1
    assert newly
    assert newly <= {f"ofac-sdn:{uid}" for uid in THE_TEN}
    assert "ofac-sdn:9345" in before
    assert not before & {f"ofac-sdn:{uid}" for uid in THE_TEN}
    assert result["released"] == []


def test_a_day_before_the_first_edition_has_no_list_in_force(home_2015: Path) -> None:
    run = interdict("check", "KIM YONG CHOL", "--as-of", "2014-12-31", "--json", home=home_2015)
    assert run.code == 4
    assert '"no-list"' in run.err
    assert run.out == ""
