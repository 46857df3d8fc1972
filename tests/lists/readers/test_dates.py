from __future__ import annotations

from datetime import date

import pytest

from interdiction.errors import PartyError
from interdiction.lists.readers.dates import exact_day, partial_date


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("18 Feb 1962", "1962-02-18"),
        ("18 Feb 1962.", "1962-02-18"),
        ("10 October 1969", "1969-10-10"),
        ("18 Feb. 2013", "2013-02-18"),
        ("March 24, 2009", "2009-03-24"),
        ("Feb 1962", "1962-02"),
        ("1962", "1962"),
        ("circa 1947", "~1947"),
        ("circa 1979-1982", "~1979/1982"),
        ("01 Jan 1974 to 31 Dec 1974", "1974"),
        ("1961 to 1963", "1961/1963"),
        ("Mar 1962 to Feb 1963", "1962-03-01/1963-02-28"),
        ("between 1946 and 1948", "1946/1948"),
        ("1980-08-08", "1980-08-08"),
        ("1969-01-01-05:00", "1969-01-01"),
        ("2017-07-03T20:27:45.483-04:00", "2017-07-03"),
    ],
)
def test_a_published_date_keeps_the_precision_it_was_published_in(text: str, read: str) -> None:
    assert str(partial_date(text)) == read


@pytest.mark.parametrize(
    "text", ["", "unknown", "24/06/1402 (Hijri Calendar)", "30-35 years old", "Aug. and Sep. 1977"]
)
def test_a_text_that_is_no_date_is_not_guessed_at(text: str) -> None:
    assert partial_date(text) is None


@pytest.mark.parametrize("text", ["31 Feb 1970", "0 Jan 1970", "1970-13-01", "1972 to 1970", "01 Jan 0962"])
def test_an_impossible_date_is_refused(text: str) -> None:
    with pytest.raises(PartyError):
        partial_date(text)


def test_the_publishers_day_is_read_month_first_where_it_is_slashed() -> None:
    assert exact_day("10/22/2025") == date(2025, 10, 22)
    assert exact_day("2026-01-28T00:00:11.197Z") == date(2026, 1, 28)
    assert exact_day("22/10/2025") is None
    assert exact_day("Oct 2025") is None
