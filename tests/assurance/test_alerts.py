"""Alerts and budgets, counted by hand on small sets of scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.assurance.alerts import alerts, budget, certain_rows, curve, screened_innocents
from interdiction.assurance.held import Held
from interdiction.assurance.scores import FLOOR, UNIT, Pair
from interdiction.model import Listing, Party
from interdiction.names.thresholds import Row, Thresholds

LISTINGS = [
    Listing(list="un" if at % 2 else "eu", uid=str(at), party=Party(kind="person", names=["A B"])) for at in range(3)
]
HELD = Held(Thresholds.of(0.7), LISTINGS)
PAIRS = [Pair(0, 1, 9000, certain=False), Pair(0, 2, 8000, certain=False), Pair(3, 1, 7000, certain=False)]


def test_an_alert_is_a_party_and_its_pairs_are_counted_beside() -> None:
    counted = alerts(screened_innocents(10, PAIRS, frozenset(), HELD), 7000)
    assert (counted.alerted.found, counted.alerted.of, counted.pairs) == (2, 10, 3)
    assert alerts(screened_innocents(10, PAIRS, frozenset(), HELD), 7001).alerted.found == 1


def test_a_certain_match_below_the_threshold_is_none() -> None:
    pairs = [Pair(0, 1, 9900, certain=True), Pair(1, 1, 6000, certain=True)]
    assert certain_rows(pairs, HELD) == frozenset({0})


def test_the_threshold_of_a_budget_is_the_lowest_that_keeps_it() -> None:
    found = screened_innocents(100, PAIRS, frozenset(), HELD)
    ten = budget(found, 10)  # one of a hundred
    assert (ten.threshold, ten.alerts.found, ten.at_floor) == (0.7001, 1, False)
    twenty = budget(found, 20)
    assert (twenty.threshold, twenty.alerts.found, twenty.at_floor) == (FLOOR / UNIT, 2, True)


def test_a_sample_too_small_for_a_budget_says_nothing_of_it() -> None:
    assert budget(screened_innocents(100, PAIRS, frozenset(), HELD), 2).threshold is None
    assert budget(screened_innocents(0, [], frozenset(), HELD), 2).threshold is None


def test_innocents_who_all_fit_exactly_leave_no_threshold() -> None:
    pairs = [Pair(row, 0, UNIT, certain=False) for row in range(100)]
    assert budget(screened_innocents(100, pairs, frozenset(), HELD), 10).threshold is None


@given(st.lists(st.integers(FLOOR, UNIT), max_size=60), st.sampled_from([2.0, 10.0, 50.0, 200.0]))
def test_no_budget_is_ever_exceeded_and_none_could_be_lower(scores: list[int], per_thousand: float) -> None:
    pairs = [Pair(row, 0, score, certain=False) for row, score in enumerate(scores)]
    found = screened_innocents(200, pairs, frozenset(), HELD)
    one = budget(found, per_thousand)
    if one.threshold is not None:
        limit = round(one.threshold * UNIT)
        assert sum(score >= limit for score in scores) * 1000 <= per_thousand * 200
        if not one.at_floor:
            assert sum(score >= limit - 1 for score in scores) * 1000 > per_thousand * 200


def test_the_curve_falls_and_is_unknown_where_nothing_was_counted() -> None:
    points = curve([0, 6000, 9000], screened_innocents(10, PAIRS, frozenset(), HELD))
    assert (points[0].threshold, points[-1].threshold, len(points)) == (0.5, 1.0, 51)
    assert [point.recall for point in points] == sorted((point.recall or 0 for point in points), reverse=True)
    assert points[0].recall == pytest.approx(0.6667)
    assert points[0].alerts_per_thousand == 200
    empty = curve([], screened_innocents(0, [], frozenset(), HELD))
    assert {(point.recall, point.alerts_per_thousand) for point in empty} == {(None, None)}


def test_a_pair_is_an_alert_by_the_threshold_of_its_own_list_and_kind() -> None:
    strict = Thresholds((Row(0.85, list="un", kind="person"), Row(0.7)))
    held = Held(strict, LISTINGS)
    pairs = [Pair(0, 1, 8499, certain=False), Pair(1, 1, 8500, certain=False), Pair(2, 2, 7000, certain=False)]
    found = screened_innocents(3, pairs, frozenset(), held)
    assert alerts(found, held.base).alerted.found == 2
    assert {pair.row for pair in found.pairs if pair.score >= held.base} == {1, 2}
    assert certain_rows([Pair(0, 1, 8000, certain=True), Pair(1, 2, 8000, certain=True)], held) == {1}


def test_nothing_is_said_below_what_is_complete_for_the_mildest_threshold() -> None:
    held = Held(Thresholds((Row(0.6, list="un"), Row(0.7))), LISTINGS)
    found = screened_innocents(3, [Pair(0, 1, 5000, certain=False), Pair(1, 2, 5500, certain=False)], frozenset(), held)
    assert held.floor == FLOOR + 1000
    assert [pair.score for pair in found.pairs] == [6000]
    assert curve([], found)[0].threshold == 0.6


@given(st.integers(FLOOR, UNIT), st.integers(FLOOR, UNIT), st.integers(FLOOR, UNIT))
def test_a_level_is_at_the_base_exactly_where_the_score_is_at_its_threshold(score: int, own: int, base: int) -> None:
    held = Held(Thresholds((Row(own / UNIT, list="un"), Row(base / UNIT))), LISTINGS)
    assert (held.level(1, score) >= held.base) == (score >= held.at(1))
    assert held.level(1, 0) == 0
