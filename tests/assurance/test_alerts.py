"""Alerts and budgets, counted by hand on small sets of scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.assurance.alerts import alerts, budget, certain_rows, curve, screened_innocents
from interdiction.assurance.scores import FLOOR, UNIT, Pair

PAIRS = [Pair(0, 1, 9000, certain=False), Pair(0, 2, 8000, certain=False), Pair(3, 1, 7000, certain=False)]


def test_an_alert_is_a_party_and_its_pairs_are_counted_beside() -> None:
    counted = alerts(screened_innocents(10, PAIRS, frozenset()), 7000)
    assert (counted.alerted.found, counted.alerted.of, counted.pairs) == (2, 10, 3)
    assert alerts(screened_innocents(10, PAIRS, frozenset()), 7001).alerted.found == 1


def test_a_certain_match_below_the_threshold_is_none() -> None:
    pairs = [Pair(0, 1, 9900, certain=True), Pair(1, 1, 6000, certain=True)]
    assert certain_rows(pairs, 7000) == frozenset({0})


def test_the_threshold_of_a_budget_is_the_lowest_that_keeps_it() -> None:
    found = screened_innocents(100, PAIRS, frozenset())
    ten = budget(found, 10)  # one of a hundred
    assert (ten.threshold, ten.alerts.found, ten.at_floor) == (0.7001, 1, False)
    twenty = budget(found, 20)
    assert (twenty.threshold, twenty.alerts.found, twenty.at_floor) == (FLOOR / UNIT, 2, True)


def test_a_sample_too_small_for_a_budget_says_nothing_of_it() -> None:
    assert budget(screened_innocents(100, PAIRS, frozenset()), 2).threshold is None
    assert budget(screened_innocents(0, [], frozenset()), 2).threshold is None


def test_innocents_who_all_fit_exactly_leave_no_threshold() -> None:
    pairs = [Pair(row, 0, UNIT, certain=False) for row in range(100)]
    assert budget(screened_innocents(100, pairs, frozenset()), 10).threshold is None


@given(st.lists(st.integers(FLOOR, UNIT), max_size=60), st.sampled_from([2.0, 10.0, 50.0, 200.0]))
def test_no_budget_is_ever_exceeded_and_none_could_be_lower(scores: list[int], per_thousand: float) -> None:
    pairs = [Pair(row, 0, score, certain=False) for row, score in enumerate(scores)]
    found = screened_innocents(200, pairs, frozenset())
    one = budget(found, per_thousand)
    if one.threshold is not None:
        limit = round(one.threshold * UNIT)
        assert sum(score >= limit for score in scores) * 1000 <= per_thousand * 200
        if not one.at_floor:
            assert sum(score >= limit - 1 for score in scores) * 1000 > per_thousand * 200


def test_the_curve_falls_and_is_unknown_where_nothing_was_counted() -> None:
    points = curve([0, 6000, 9000], screened_innocents(10, PAIRS, frozenset()))
    assert (points[0].threshold, points[-1].threshold, len(points)) == (0.5, 1.0, 51)
    assert [point.recall for point in points] == sorted((point.recall or 0 for point in points), reverse=True)
    assert points[0].recall == pytest.approx(0.6667)
    assert points[0].alerts_per_thousand == 200
    empty = curve([], screened_innocents(0, [], frozenset()))
    assert {(point.recall, point.alerts_per_thousand) for point in empty} == {(None, None)}
