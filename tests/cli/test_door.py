from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from interdiction.cli import door
from interdiction.errors import UsageError


def test_the_graver_exit_code_wins_in_the_contracts_order() -> None:
    for first, second in permutations([5, 2, 4, 3, 1, 0], 2):
        order = [5, 2, 4, 3, 1, 0]
        assert door.worse(first, second) == min(first, second, key=order.index)


def test_an_exit_code_that_nobody_knows_is_our_own_fault() -> None:
    assert door.worse(0, 77) == 5


@pytest.mark.parametrize("text", ["2015-01-02T18:00:00+00:00", "2015-01-02T18:00:00", "2015-01-02T13:00:00-05:00"])
def test_the_clock_can_be_set_for_a_run_that_can_be_repeated(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("INTERDICT_NOW", text)
    assert door.now() == datetime(2015, 1, 2, 18, tzinfo=UTC)


def test_a_clock_set_wrong_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERDICT_NOW", "teatime")
    with pytest.raises(UsageError):
        door.now()


def test_a_day_is_a_day_that_exists() -> None:
    assert door.day("2016-02-29", "--on") == date(2016, 2, 29)
    assert door.day(None, "--on") is None
    for wrong in ("2015-02-29", "2 January 2015", ""):
        with pytest.raises(UsageError):
            door.day(wrong, "--on")
