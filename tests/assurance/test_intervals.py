"""Intervals against published values, and bounds against their own definition."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.assurance.intervals import most_misses, share, wilson


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe (1998), table I
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(found: int, of: int, low: float, high: float) -> None:
    assert wilson(found, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 5_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(drawn: tuple[int, int]) -> None:
    found, of = drawn
    low, high = wilson(found, of)
    assert 0 <= low <= found / of <= high <= 1
    assert (low == 0) == (found == 0)


def test_a_share_of_nothing_is_unknown_and_not_nought() -> None:
    nothing = share(0, 0)
    assert (nothing.share, nothing.low, nothing.high) == (None, None, None)


def test_a_sample_of_all_leaves_no_doubt() -> None:
    assert most_misses(3, 40, 40) == 3


def test_no_miss_in_59_pairs_leaves_up_to_five_of_a_hundred() -> None:
    # The auditors' rule: 59 clean ones of very many show with 95 % that fewer than 5 % are bad.
    assert most_misses(0, 59, 1_000_000) == pytest.approx(50_000, rel=0.01)
    assert most_misses(0, 59, 1_000_000) < 50_000


@given(st.data())
def test_the_bound_is_the_greatest_number_that_the_sample_does_not_refute(data: st.DataObject) -> None:
    population = data.draw(st.integers(1, 60))
    sample = data.draw(st.integers(1, population))
    missed = data.draw(st.integers(0, sample))

    def chance(bad: int) -> float:
        ways = sum(comb(bad, k) * comb(population - bad, sample - k) for k in range(missed + 1))
        return ways / comb(population, sample)

    possible = range(missed, population - (sample - missed) + 1)
    assert most_misses(missed, sample, population) == max(
        bad for bad in possible if bad == missed or chance(bad) > 0.05
    )


@pytest.mark.parametrize("wrong", [(2, 1, 5), (-1, 1, 5), (0, 6, 5)])
def test_numbers_that_do_not_fit_are_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="of"):
        most_misses(*wrong)
    with pytest.raises(ValueError, match="not a share"):
        wilson(2, 1)
