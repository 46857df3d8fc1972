from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.enforcement.business_days import after, calendars, is_business_day, skipped
from interdiction.errors import UsageError


def test_a_block_on_a_friday_is_reported_by_the_friday_two_weeks_later() -> None:
    assert date(2015, 1, 9).weekday() == 4
    assert after(date(2015, 3, 6), 10, "us-federal") == date(2015, 3, 20)


def test_a_federal_holiday_in_between_moves_the_deadline_by_a_day() -> None:
    assert after(date(2015, 1, 9), 10, "us-federal") == date(2015, 1, 26)
    assert skipped(date(2015, 1, 9), date(2015, 1, 26), "us-federal") == (
        (date(2015, 1, 19), "Martin Luther King Jr. Day"),
    )


def test_the_order_of_2_january_2015_is_reported_by_the_16th() -> None:
    assert after(date(2015, 1, 2), 10, "us-federal") == date(2015, 1, 16)


def test_the_year_end_counts_new_year_and_christmas_once() -> None:
    assert after(date(2014, 12, 19), 10, "us-federal") == date(2015, 1, 6)


def test_a_new_year_on_a_saturday_is_observed_on_the_friday_of_the_year_before() -> None:
    assert date(2022, 1, 1).weekday() == 5
    assert not is_business_day(date(2021, 12, 31), "us-federal")
    assert is_business_day(date(2021, 12, 31), "target")


def test_a_block_on_a_sunday_counts_from_the_monday() -> None:
    assert after(date(2015, 3, 8), 1, "us-federal") == date(2015, 3, 9)


def test_calendars_differ_where_their_authorities_do() -> None:
    easter_monday, thanksgiving = date(2015, 4, 6), date(2015, 11, 26)
    assert [is_business_day(easter_monday, one) for one in ("us-federal", "uk", "target")] == [True, False, False]
    assert [is_business_day(thanksgiving, one) for one in ("us-federal", "uk", "target")] == [False, True, True]
    assert not is_business_day(date(2015, 10, 3) + timedelta(days=365), "eu-de")  # 2 October 2016 is a Sunday
    assert not is_business_day(date(2016, 10, 3), "eu-de")
    assert is_business_day(date(2016, 10, 3), "eu-fr")


def test_every_calendar_has_holidays() -> None:
    for one in calendars():
        assert any(not is_business_day(date(2025, 12, 20) + timedelta(days=more), one) for more in (2, 4, 5, 5, 12))


def test_a_calendar_nobody_knows_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(UsageError) as refused:
        after(date(2015, 1, 2), 1, "mars")
    assert refused.value.code == "unknown-calendar"
    assert "us-federal" in refused.value.mend


@given(
    st.dates(date(1998, 1, 1), date(2035, 12, 31)), st.integers(1, 30), st.sampled_from(["us-federal", "uk", "target"])
)
def test_exactly_so_many_business_days_lie_behind_a_day(day: date, days: int, calendar: str) -> None:
    due = after(day, days, calendar)
    counted = [day + timedelta(days=more) for more in range(1, (due - day).days + 1)]
    assert sum(is_business_day(one, calendar) for one in counted) == days
    assert is_business_day(due, calendar)
