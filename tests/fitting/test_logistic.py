from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.fitting.logistic import fit

ROWS = [
    {"name": 0.9, "birth_date equal": 0.06},
    {"name": 0.9, "gender conflict": -0.06},
    {"name": 0.8},
    {"name": 0.72, "gender conflict": -0.06},
]


def sample(times: int, matches: Sequence[bool]) -> tuple[list[dict[str, float]], list[bool]]:
    return ROWS * times, list(matches) * times


def test_what_speaks_only_for_matches_weighs_more_and_what_speaks_for_both_hardly_changes() -> None:
    rows, matches = sample(20, (True, True, False, False))
    model = fit(rows, matches, ["birth_date equal", "gender conflict"], 1.0)
    assert model.times["birth_date equal"] > 1.2
    assert model.times["birth_date equal"] > model.times["gender conflict"]


def test_a_fact_that_always_errs_weighs_nothing_and_never_turns_round() -> None:
    rows, matches = sample(50, (False, True, True, True))
    model = fit(rows, matches, ["birth_date equal", "gender conflict"], 0.01)
    assert model.times["birth_date equal"] == 0.0


def test_what_is_held_fast_stays_as_it_is() -> None:
    rows, matches = sample(20, (True, True, False, False))
    model = fit(rows, matches, ["birth_date equal", "gender conflict"], 1e9)
    assert list(model.times.values()) == pytest.approx([1, 1], abs=1e-4)


def test_no_feature_fitted_leaves_the_score_as_it_is() -> None:
    rows, matches = sample(20, (True, True, False, False))
    model = fit(rows, matches, [], 1.0)
    assert model.times == {}
    assert model.loss(rows, matches) < 0.7


@given(
    st.lists(
        st.tuples(st.floats(0.3, 1), st.floats(0, 0.1), st.floats(-0.3, 0), st.booleans()), min_size=4, max_size=40
    ),
    st.sampled_from([0.01, 1.0, 100.0]),
)
def test_any_decisions_give_coefficients_that_are_not_negative_and_no_worse_than_before(
    given_rows: list[tuple[float, float, float, bool]], held: float
) -> None:
    rows = [{"name": name, "birth_date equal": up, "gender conflict": down} for name, up, down, _ in given_rows]
    matches = [match for *_, match in given_rows]
    names = ["birth_date equal", "gender conflict"]
    model = fit(rows, matches, names, held)
    assert all(times >= 0 for times in model.times.values())
    as_it_is = fit(rows, matches, names, 1e12)
    penalty = held / 2 * sum((times - 1) ** 2 for times in model.times.values())
    assert model.loss(rows, matches) * len(rows) + penalty <= as_it_is.loss(rows, matches) * len(rows) + 1e-3
