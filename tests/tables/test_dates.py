from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.model import PartialDate
from interdiction.tables.dates import read


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("1962-02-18", ["1962-02-18"]),
        ("18 Feb 1962", ["1962-02-18"]),
        ("18. February 1962", ["1962-02-18"]),
        ("18th feb 1962", ["1962-02-18"]),
        ("February 18, 1962", ["1962-02-18"]),
        ("1962 Feb 18", ["1962-02-18"]),
        ("18-FEB-1962", ["1962-02-18"]),
        ("18.02.1962", ["1962-02-18"]),
        ("02.03.1962", ["1962-03-02"]),
        ("18/02/1962", ["1962-02-18"]),
        ("02/18/1962", ["1962-02-18"]),
        ("03/03/1962", ["1962-03-03"]),
        ("1962/02/18", ["1962-02-18"]),
        ("19620218", ["1962-02-18"]),
        ("1962-02-18T00:00:00Z", ["1962-02-18"]),
        ("1962-02-18 00:00:00", ["1962-02-18"]),
        ("Feb 1962", ["1962-02"]),
        ("02/1962", ["1962-02"]),
        ("1962-02", ["1962-02"]),
        ("1962", ["1962"]),
        ("circa 1947", ["~1947"]),
        ("c. 1947", ["~1947"]),
        ("~1947", ["~1947"]),
        ("1946/1948", ["1946/1948"]),
        ("1946-1948", ["1946/1948"]),
        ("between 1946 and 1948", ["1946/1948"]),
        ("1947; 18 Feb 1962", ["1947", "1962-02-18"]),
    ],
)
def test_common_forms_are_read_as_what_they_mean(text: str, dates: list[str]) -> None:
    found = read(text)
    assert (list(found.texts), found.doubt, found.lost) == (dates, "", False)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("02/03/1962", {"1962-03-02", "1962-02-03"}),
        ("18-FEB-62", {"1962-02-18", "2062-02-18"}),
        ("2/3/62", {"1962-03-02", "1962-02-03", "2062-03-02", "2062-02-03"}),
    ],
)
def test_what_can_be_read_two_ways_gives_every_reading(text: str, dates: set[str]) -> None:
    found = read(text)
    assert set(found.texts) == dates
    assert found.doubt
    assert not found.lost


@pytest.mark.parametrize(
    "text", ["31 Feb 1962", "1962-02-31", "1968-13-30", "0000-00-00", "9999-12-31", "22695", "abc", "Feb 62", "12/1066"]
)
def test_what_is_no_birth_date_is_lost_and_said_so(text: str) -> None:
    found = read(text)
    assert found.texts == ()
    assert found.lost
    assert found.doubt


@given(st.text(alphabet=string.printable + "áß\u2013٣", max_size=40))
def test_any_text_gives_readable_dates_or_a_doubt(text: str) -> None:
    found = read(text)
    for one in found.texts:
        assert 1850 <= PartialDate.parse(one).first.year <= 2100
    assert found.doubt or not found.lost


@given(st.dates(min_value=PartialDate.parse("1971").first))
def test_every_day_is_read_back_from_each_form(day: object) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%d.%m.%Y", "%Y%m%d", "%b %d, %Y"):
        text = format(day, form)
        if str(day) < "2099":
            assert list(read(text).texts) == [str(day)], text
        assert str(day) in read(format(day, "%d/%m/%Y")).texts or str(day) >= "2099"
