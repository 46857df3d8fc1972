"""Days that a text names, and what fixes them."""

from __future__ import annotations

from datetime import date

import pytest

from interdiction.announcements.days import days_in

SUNDAY = date(2015, 1, 4)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("on Friday", date(2015, 1, 2)),
        ("Sunday's order", date(2015, 1, 4)),
        ("today", date(2015, 1, 4)),
        ("yesterday", date(2015, 1, 3)),
        ("January 2, 2015", date(2015, 1, 2)),
        ("2 January 2015", date(2015, 1, 2)),
        ("2015-01-02", date(2015, 1, 2)),
        ("Dec. 30", date(2014, 12, 30)),
        ("16 March", date(2015, 3, 16)),
        ("December 13 last year", date(2014, 12, 13)),
        ("13 December of this year", date(2015, 12, 13)),
        ("Friday 2 January", date(2015, 1, 2)),
        ("02/01/2015", date(2015, 1, 2)),
        ("01/02/2015", date(2015, 1, 2)),
        ("1/30/2015", date(2015, 1, 30)),
        ("2.1.2015", date(2015, 1, 2)),
        ("a day earlier", date(2015, 1, 3)),
    ],
)
def test_a_day_is_fixed_by_the_day_of_publication(text: str, on: date) -> None:
    (found,) = days_in(text)
    assert found.on(SUNDAY) == on


def test_a_weekday_without_a_day_of_publication_stays_a_word() -> None:
    (found,) = days_in("sanctions imposed on Friday")
    assert found.on(None) is None


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2015",
        "2015-02-31",
        "the March offensive",
        "may",
        "in May",
        "DOB: 2 January 1975",
        "POB Lima; DOB 04 Mar 1979",
        "1.2.3.2015",
    ],
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert days_in(text) == ()
