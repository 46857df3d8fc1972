"""The invented customers: what is in the book, and that what is expected of each follows from the list's own facts."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

import pytest
import yaml

from interdiction.errors import PartyError
from interdiction.model import Identifier, Kind, PartialDate
from interdiction.names import countries

from .example import AFTER, BEFORE, DATA, by_uid, folded, listed_births, part, table
from .test_editions import REMARKS, TEN

BOOK = {row["id"]: row for row in table("book.csv")}
EXPECTED: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(
    (DATA.parents[3] / "tests" / "demo" / "book.expected.yml").read_text(encoding="utf-8")
)
LISTED = by_uid(part(AFTER, "sdn"))
NAMED = {id_: case for group in EXPECTED.values() for id_, case in group.items()}
NOBODY = BOOK.keys() - NAMED.keys() | EXPECTED["nobody"].keys()
UNREADABLE = "1968-02-31"


def uids(case: dict[str, Any], key: str = "listings") -> list[str]:
    return [listing.removeprefix("ofac-sdn:") for listing in case.get(key, [])]


def born(row: dict[str, str]) -> PartialDate | None:
    return PartialDate.parse(row["born"]) if row["born"] not in {"", UNREADABLE} else None


def identifiers(row: dict[str, str]) -> list[Identifier]:
    return [Identifier.parse(text) for text in row["identifiers"].split(";") if text.strip()]


def meets(ours: PartialDate, theirs: PartialDate) -> bool:
    return ours.first <= theirs.last and theirs.first <= ours.last


def test_the_book_has_200_customers_with_ids_of_their_own() -> None:
    assert len(table("book.csv")) == len(BOOK) == 200


def test_the_book_is_utf8_without_mark_in_composed_letters_and_plain_lines() -> None:
    raw = (DATA / "book.csv").read_bytes()
    text = raw.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert b"\r" not in raw
    assert text == unicodedata.normalize("NFC", text)


def test_every_cell_can_be_read_but_for_one_day_that_does_not_exist() -> None:
    unreadable = []
    for row in BOOK.values():
        assert row["kind"] in {Kind.PERSON, Kind.ORGANISATION, Kind.VESSEL}
        assert not row["country"] or countries.code(row["country"])
        identifiers(row)
        if row["born"]:
            try:
                PartialDate.parse(row["born"])
            except PartyError:
                unreadable.append(row["born"])
    assert unreadable == [UNREADABLE]


def test_the_book_holds_many_scripts_and_countries() -> None:
    scripts = Counter(unicodedata.name(letter).split()[0] for row in BOOK.values() for letter in {*row["name"]})
    wanted = {"LATIN", "HANGUL", "CJK", "HIRAGANA", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "THAI", "DEVANAGARI"}
    assert wanted <= scripts.keys()
    assert len({countries.code(row["country"]) for row in BOOK.values()}) > 60


def test_namibia_is_in_the_book_by_the_two_letters_that_careless_readers_take_for_nothing() -> None:
    assert any(row["country"] == "NA" for row in BOOK.values())


def test_every_expectation_is_of_a_customer_of_that_name_and_of_a_listed_party() -> None:
    assert sum(len(group) for group in EXPECTED.values()) == len(NAMED)
    for id_, case in NAMED.items():
        assert BOOK[id_]["name"] == case["name"]
        assert case["why"]
        assert {*uids(case), *uids(case, "also")} <= LISTED.keys()


def test_each_of_the_ten_and_two_of_the_three_are_customers() -> None:
    meant = {uid for case in EXPECTED["meant"].values() for uid in uids(case)}
    assert TEN.keys() | {"9345", "11599"} <= meant


def test_some_customers_had_to_be_stopped_before_the_order_too() -> None:
    before = by_uid(part(BEFORE, "sdn"))
    assert {uid for case in EXPECTED["meant"].values() for uid in uids(case)} & before.keys()


@pytest.mark.parametrize("id_", list(EXPECTED["meant"]))
def test_no_fact_speaks_against_a_customer_who_is_meant(id_: str) -> None:
    """A date may differ by an exchange of day and month or by one digit, never by more."""
    row, [uid] = BOOK[id_], uids(EXPECTED["meant"][id_])
    theirs, ours = listed_births(LISTED[uid][REMARKS]), born(row)
    if ours is None or not theirs or any(meets(ours, date) for date in theirs):
        return
    slips = [sum(a != b for a, b in zip(str(ours), str(date), strict=True)) for date in theirs]
    exchanged = [ours.first.day == date.first.month and ours.first.month == date.first.day for date in theirs]
    assert min(slips) == 1 or any(exchanged)


@pytest.mark.parametrize("id_", [id_ for id_, case in EXPECTED["meant"].items() if "consequence" in case])
def test_a_freeze_rests_on_an_equal_identifier_or_on_the_exact_name_and_birth_date(id_: str) -> None:
    row, [uid] = BOOK[id_], uids(EXPECTED["meant"][id_])
    assert EXPECTED["meant"][id_]["consequence"] == "freeze"
    names = {LISTED[uid][1], *(alias[3] for alias in part(AFTER, "alt") if alias[0] == uid)}
    exact = folded(row["name"]) in {folded(name) for name in names}
    dated = born(row) is not None and born(row) in listed_births(LISTED[uid][REMARKS])
    numbered = any(identifier.value in LISTED[uid][REMARKS] for identifier in identifiers(row))
    assert numbered or (exact and dated)


@pytest.mark.parametrize("id_", list(EXPECTED["looks_like"]))
def test_nothing_confirms_a_customer_who_only_looks_like_a_listed_party(id_: str) -> None:
    row = BOOK[id_]
    assert not identifiers(row)
    for uid in uids(EXPECTED["looks_like"][id_]):
        ours = born(row)
        assert ours is None or not any(meets(ours, date) for date in listed_births(LISTED[uid][REMARKS]))


@pytest.mark.parametrize("id_", list(EXPECTED["ruled_out"]))
def test_who_is_ruled_out_has_the_name_and_another_birth_date_by_years_or_another_number(id_: str) -> None:
    row, [uid] = BOOK[id_], uids(EXPECTED["ruled_out"][id_])
    if row["kind"] == Kind.VESSEL:
        [number] = identifiers(row)
        assert number.type == "imo"
        digits = [int(digit) for digit in number.value]
        assert sum(a * b for a, b in zip(digits, range(7, 1, -1), strict=False)) % 10 == digits[6]
        assert number.value not in LISTED[uid][REMARKS]
        return
    ours = born(row)
    assert ours is not None
    assert ours.precision == "day"
    assert all(abs(ours.first.year - date.first.year) >= 2 for date in listed_births(LISTED[uid][REMARKS]))


def test_nobody_else_has_a_listed_name_or_number() -> None:
    names = {
        folded(name) for rows, at in ((part(AFTER, "sdn"), 1), (part(AFTER, "alt"), 3)) for name in _column(rows, at)
    }
    remarks = " ".join(row[REMARKS] for row in LISTED.values())
    for id_ in NOBODY:
        assert folded(BOOK[id_]["name"]) not in names
        assert not any(identifier.value in remarks for identifier in identifiers(BOOK[id_]))


def test_the_innocent_are_the_many_and_dozens_of_them_bear_korean_names() -> None:
    assert len(NOBODY) >= 160
    families = {"Kim", "Jang", "Kang", "Ryu", "Yu", "Yoo", "Kil", "Gil"}
    assert sum(BOOK[id_]["name"].split()[0] in families for id_ in NOBODY) >= 20


def _column(rows: list[list[str]], at: int) -> list[str]:
    return [row[at] for row in rows]
