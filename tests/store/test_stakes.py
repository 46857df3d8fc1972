"""Registers are kept whole: the last of each source counts, and what was known on a day can be asked again."""

from __future__ import annotations

from datetime import UTC, datetime

from interdiction.model.ownership import RegisterImport
from interdiction.store import stakes
from interdiction.store.database import Database
from interdiction.store.place import Place
from interdiction.store.reading import opened

FIRST, SECOND = datetime(2015, 1, 2, tzinfo=UTC), datetime(2015, 3, 1, tzinfo=UTC)


def kept(source: str, at: datetime) -> RegisterImport:
    return RegisterImport(source, at, "Jo", "stakes.csv", "0" * 64, "table", 2, 1)


def test_the_last_register_of_each_source_counts_and_the_earlier_one_is_still_known(place: Place) -> None:
    database = Database.open(place)
    with database.transaction() as connection:
        stakes.insert(connection, kept("book", FIRST), b"p1", b"s1")
        stakes.insert(connection, kept("register", FIRST), b"p2", b"s2")
        stakes.insert(connection, kept("book", SECOND), b"p3", b"s3")
    database.close()
    with opened(place) as reader:
        assert [(one.source, one.at) for _, one in reader.registers()] == [("book", SECOND), ("register", FIRST)]
        assert [reader.register(number) for number, _ in reader.registers()] == [(b"p3", b"s3"), (b"p2", b"s2")]
        assert [(one.source, one.at) for _, one in reader.registers(FIRST)] == [("book", FIRST), ("register", FIRST)]
