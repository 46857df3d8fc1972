from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.errors import PartyError
from interdiction.model import PartialDate


@pytest.mark.parametrize(
    ("text", "precision", "first", "last", "circa"),
    [
        ("1962-02-18", "day", date(1962, 2, 18), date(1962, 2, 18), False),
        ("1962-02", "month", date(1962, 2, 1), date(1962, 2, 28), False),
        ("1964-02", "month", date(1964, 2, 1), date(1964, 2, 29), False),
        ("1962", "year", date(1962, 1, 1), date(1962, 12, 31), False),
        ("~1947", "year", date(1947, 1, 1), date(1947, 12, 31), True),
        ("1946/1948", "range", date(1946, 1, 1), date(1948, 12, 31), False),
        ("1974-01-01/1974-06-30", "range", date(1974, 1, 1), date(1974, 6, 30), False),
    ],
)
def test_each_form_keeps_its_precision_and_reads_back(
    text: str, precision: str, first: date, last: date, circa: bool
) -> None:
    read = PartialDate.parse(text)
    assert (read.precision, read.first, read.last, read.circa) == (precision, first, last, circa)
    assert str(read) == text


@pytest.mark.parametrize("text", ["", "1962-02-31", "1962-13", "62", "18 Feb 1962", "1948/1946", "0000", "~", "1/2/3"])
def test_what_is_no_date_is_a_typed_error(text: str) -> None:
    with pytest.raises(PartyError):
        PartialDate.parse(text)


@given(st.dates(), st.dates(), st.booleans())
def test_any_interval_survives_its_own_text(a: date, b: date, circa: bool) -> None:
    day = PartialDate(min(a, b), max(a, b), circa=circa)
    assert PartialDate.parse(str(day)) == day


@given(st.text(max_size=20))
def test_no_text_raises_anything_but_a_party_error(text: str) -> None:
    try:
        PartialDate.parse(text)
    except PartyError as error:
        assert error.mend


def test_a_date_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        PartialDate.parse("1962").circa = True
