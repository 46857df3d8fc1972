from __future__ import annotations

from datetime import date

import pytest

from interdiction.enforcement.deadlines import due, duties, holidays_between, holidays_of, is_business, load
from interdiction.errors import DataError
from interdiction.model import Disposition


@pytest.mark.parametrize(
    ("on", "by", "case"),
    [
        (date(2015, 1, 2), date(2015, 1, 16), "a Friday: two weeks, no holiday between"),
        (date(2015, 1, 5), date(2015, 1, 20), "Martin Luther King Day, 19 January 2015, is none of the ten"),
        (date(2026, 11, 20), date(2026, 12, 7), "a Friday before Thanksgiving"),
        (
            date(2014, 12, 19),
            date(2015, 1, 6),
            "Christmas and New Year; the 26th, closed by order only that year, counts: too early is safe",
        ),
        (date(2021, 6, 18), date(2021, 7, 2), "Juneteenth of 2021 was kept on the very Friday of the block"),
        (date(2026, 11, 22), date(2026, 12, 7), "a Sunday counts like the Friday before it"),
    ],
)
def test_ten_business_days_are_counted_in_the_federal_calendar(on: date, by: date, case: str) -> None:
    assert due(on, 10, "us-federal") == by, case


def test_a_day_that_is_closed_in_one_calendar_is_open_in_another() -> None:
    thanksgiving = date(2026, 11, 26)
    assert not is_business(thanksgiving, holidays_of("us-federal"))
    assert is_business(thanksgiving, holidays_of("uk"))
    assert not is_business(date(2026, 5, 1), holidays_of("target"))
    assert is_business(date(2026, 5, 1), holidays_of("us-federal"))
    assert not is_business(date(2026, 8, 31), holidays_of("uk"))


def test_every_member_state_has_its_own_holidays() -> None:
    unity = date(2028, 10, 3)
    assert not is_business(unity, holidays_of("eu-de"))
    assert is_business(unity, holidays_of("eu-fr"))
    with pytest.raises(DataError, match="eu-gb"):
        holidays_of("eu-gb")


def test_a_deadline_names_the_holidays_that_moved_it() -> None:
    assert holidays_between(date(2015, 1, 9), date(2015, 1, 26), "us-federal") == (date(2015, 1, 19),)
    assert holidays_between(date(2015, 3, 6), date(2015, 3, 20), "us-federal") == ()


def test_the_law_that_binds_says_what_is_filed_and_by_when() -> None:
    friday = date(2015, 1, 2)
    (block,) = duties({"us"}, Disposition.BLOCK, friday)
    assert (block.report, block.to, block.by, block.calendar) == (
        "us-blocked-property",
        "OFAC",
        date(2015, 1, 16),
        "us-federal",
    )
    both = duties({"eu", "uk"}, Disposition.BLOCK, friday)
    assert [(one.report, one.by) for one in both] == [
        ("eu-frozen-funds", friday.replace(day=16)),
        ("uk-frozen-assets", None),
    ]
    assert duties({"us", "eu", "uk"}, Disposition.HOLD, friday) == ()
    assert duties(set(), Disposition.BLOCK, friday) == ()


def test_every_report_names_its_rule_and_its_source() -> None:
    for one in load().reports:
        assert one.rule
        assert one.source
        assert one.after in {Disposition.BLOCK, Disposition.REJECT, Disposition.RETAIN}


def test_a_calendar_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DataError, match="no calendar is called 'moon'"):
        due(date(2026, 1, 1), 10, "moon")
