"""Draws that anybody can repeat."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.assurance.chance import Chance


def test_the_same_seed_draws_the_same_on_every_machine() -> None:
    # Written down once: another Python, platform or release must not move them, or no report could be repeated.
    chance = Chance("504")
    assert [chance.randrange(1000) for _ in range(6)] == [22, 662, 637, 638, 13, 518]


def test_another_seed_or_purpose_draws_something_else() -> None:
    drawn = {tuple(Chance(*seed).randrange(10**9) for _ in range(1)) for seed in (("1",), ("2",), ("1", "x"), ("1x",))}
    assert len(drawn) == 4


@given(st.text(max_size=5), st.integers(0, 300))
def test_a_walk_is_an_order_of_all_places(seed: str, size: int) -> None:
    assert sorted(Chance(seed).walk(size)) == list(range(size))


def test_every_place_is_equally_likely_to_come_first() -> None:
    chance = Chance("even")
    first = Counter(next(iter(chance.walk(5))) for _ in range(5_000))
    assert all(850 < first[place] < 1150 for place in range(5))


def test_a_sample_has_no_place_twice_and_no_more_than_there_are() -> None:
    assert Chance("s").sample(4, 10) == [0, 1, 2, 3]
    assert len(set(Chance("s").sample(1000, 50))) == 50


def test_nothing_cannot_be_drawn_from() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        Chance("s").randrange(0)
