"""The shipped files through the project's own readers: nothing in them is a problem but what was meant to be one."""

from __future__ import annotations

import msgspec

from interdiction.lists.readers import ofac_legacy
from interdiction.lists.readers.reading import ListFile, Reading
from interdiction.tables.book import read_book

from .example import AFTER, BEFORE, DATA
from .test_book import UNREADABLE
from .test_editions import TEN, THREE


def edition(day: str) -> Reading:
    files = sorted((DATA / "editions" / day).glob("*.csv"))
    return ofac_legacy.read([ListFile(path.name, path.read_bytes()) for path in files], "ofac-sdn")


def test_both_editions_are_read_whole_and_without_a_problem() -> None:
    for day, parties in ((BEFORE, 26), (AFTER, 36)):
        reading = edition(day)
        assert reading.problems == ()
        assert len(reading.listings) == parties
        assert not any(listing.unread for listing in reading.listings)


def test_the_readings_differ_by_the_ten_and_by_the_programmes_of_the_three() -> None:
    before, after = ({one.uid: one for one in edition(day).listings} for day in (BEFORE, AFTER))
    assert after.keys() - before.keys() == TEN.keys()
    assert {uid for uid in before if before[uid] != after[uid]} == THREE.keys()
    for uid in THREE:
        assert after[uid].programmes == (*before[uid].programmes, "DPRK2")
        assert msgspec.structs.replace(after[uid], programmes=before[uid].programmes) == before[uid]


def test_the_book_has_one_bad_cell_and_loses_no_customer_to_it() -> None:
    book = read_book(DATA / "book.csv")
    assert [(problem.node, problem.text) for problem in book.problems] == [("born", UNREADABLE)]
    assert book.columns.height == 200
