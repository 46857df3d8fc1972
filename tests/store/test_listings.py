from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interdiction.errors import HomeError
from interdiction.model import Edition, EditionState, Listing, Party
from interdiction.store import editions, listings
from interdiction.store.database import Database
from interdiction.store.place import Place
from interdiction.store.reading import Interval, Reader, opened
from interdiction.store.schema import listing_content

FIRST = date(2015, 1, 1)
Snapshot = dict[str, str]


def listing(uid: str, name: str) -> Listing:
    return Listing("un", uid, Party(names=[name]))


def file_edition(database: Database, place: Place, on: date, snapshot: Snapshot, known_at: datetime) -> int:
    """File a snapshot as an import does: changes against the edition before its place."""
    with opened(place) as reader:
        before = reader.last_edition("un", on)
        after = reader.next_edition("un", before.seq if before else -1)
        around = listings.Neighbours(
            reader.intervals("un", before.seq) if before else {},
            after.seq if after else None,
            reader.intervals("un", after.seq) if after else {},
        )
        old = {one.uid: one.party.primary_name for one in reader.listings("un", before.seq)} if before else {}
    changes: dict[str, Listing | None] = {
        uid: listing(uid, name) for uid, name in snapshot.items() if old.get(uid) != name
    }
    changes |= {uid: None for uid in old if uid not in snapshot}
    with database.transaction() as connection:
        seq = editions.next_seq(connection, "un", on)
        editions.insert(
            connection,
            Edition(f"un@{on}+{seq}", "un", on, "aa", known_at, EditionState.ACCEPTED, (), len(snapshot), seq=seq),
        )
        listings.file_changes(connection, "un", seq, changes, around)
    return seq


def snapshot_at(reader: Reader, seq: int) -> Snapshot:
    return {one.uid: one.party.primary_name for one in reader.listings("un", seq)}


snapshots = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["one", "two"]), max_size=4)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), snapshots), min_size=1, max_size=8))
def test_editions_filed_in_any_order_read_as_if_each_had_been_copied(
    emptied: Callable[[], Place], filed: list[tuple[int, Snapshot]]
) -> None:
    place = emptied()
    database = Database.open(place)
    naive: dict[int, Snapshot] = {}
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for offset, snapshot in filed:
        naive[file_edition(database, place, FIRST + timedelta(offset), snapshot, at)] = snapshot
        with opened(place) as reader:
            assert {seq: snapshot_at(reader, seq) for seq in naive} == naive
    with opened(place) as reader:
        check_intervals(reader, naive)
    database.close()


@pytest.fixture
def emptied(place: Place, tmp_path: Path) -> Callable[[], Place]:
    """Give a store without editions, as often as it is asked for."""
    numbers = count()

    def make() -> Place:
        if isinstance(place, Path):
            return tmp_path / f"{next(numbers)}.sqlite"
        database = Database.open(place)
        with database.transaction() as connection:
            connection.exec_driver_sql("TRUNCATE edition, listing_interval, listing_content CASCADE")
        database.close()
        return place

    return make


def check_intervals(reader: Reader, naive: dict[int, Snapshot]) -> None:
    """No two neighbouring intervals say the same, and none overlap."""
    for uid in "abcd":
        past = reader.history("un", uid)
        for (interval, state), (following, later) in pairwise(past):
            assert interval.to_seq is not None
            assert interval.to_seq <= following.from_seq
            assert interval.to_seq < following.from_seq or state != later
        for interval, _ in past:
            assert interval.from_seq in naive


def test_a_late_edition_between_two_that_agree_cuts_the_interval_and_joins_it_again(place: Place) -> None:
    database = Database.open(place)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    first = file_edition(database, place, FIRST, {"a": "one"}, at)
    last = file_edition(database, place, FIRST + timedelta(9), {"a": "one"}, at)
    late = file_edition(database, place, FIRST + timedelta(5), {"a": "two"}, at)
    with opened(place) as reader:
        found = [(one.from_seq, one.to_seq) for one, _ in reader.history("un", "a")]
    database.close()
    assert found == [(first, late), (late, last), (last, None)]


def test_a_late_edition_that_knew_already_lets_the_interval_begin_earlier(place: Place) -> None:
    database = Database.open(place)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    file_edition(database, place, FIRST, {"b": "one"}, at)
    file_edition(database, place, FIRST + timedelta(9), {"a": "one", "b": "one"}, at)
    late = file_edition(database, place, FIRST + timedelta(5), {"a": "one", "b": "one"}, at)
    with opened(place) as reader:
        assert [one for one, _ in reader.history("un", "a")] == [Interval("a", late, None, 2)]
    database.close()


def test_equal_contents_are_stored_once(place: Place) -> None:
    database = Database.open(place)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for days, name in enumerate(["one", "two", "one", "two"]):
        file_edition(database, place, FIRST + timedelta(days), {"a": name}, at)
    with opened(place) as reader:
        contents = [one.content for one, _ in reader.history("un", "a")]
    database.close()
    assert contents == [1, 2, 1, 2]


def test_a_day_has_room_for_many_editions_in_their_order(place: Place) -> None:
    database = Database.open(place)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    places = [file_edition(database, place, FIRST, {"a": name}, at) for name in ("one", "two", "one")]
    with opened(place) as reader:
        last = reader.last_edition("un", FIRST)
    database.close()
    assert places == sorted(set(places))
    assert last is not None
    assert last.seq == places[-1]


def test_what_was_known_by_an_instant_leaves_out_what_came_later(place: Place) -> None:
    database = Database.open(place)
    early = datetime(2026, 1, 1, 12, tzinfo=UTC)
    first = file_edition(database, place, FIRST, {"a": "one"}, early)
    second = file_edition(database, place, FIRST + timedelta(1), {"a": "two"}, early + timedelta(hours=1))
    with opened(place) as reader:
        found = [
            [one.seq for one in reader.last_editions(None, known)]
            for known in (None, early + timedelta(minutes=1), early, early - timedelta(seconds=1))
        ]
    database.close()
    assert found == [[second], [first], [first], []]


@pytest.mark.parametrize(
    "damage",
    [
        {"body": b'{"list":"un","uid":"a","party":{"names":["two"]}}'},
        {"sha256": b"0"},
    ],
)
def test_a_text_that_does_not_fit_its_hash_is_never_read_as_a_listing(place: Place, damage: dict[str, bytes]) -> None:
    database = Database.open(place)
    seq = file_edition(database, place, FIRST, {"a": "one"}, datetime(2026, 1, 1, tzinfo=UTC))
    with database.transaction() as connection:
        connection.execute(sa.update(listing_content).values(**damage))
    with pytest.raises(HomeError) as caught, opened(place) as reader:
        list(reader.listings("un", seq))
    database.close()
    assert caught.value.code == "damaged"


def test_a_reader_keeps_its_state_while_an_import_commits(place: Place) -> None:
    database = Database.open(place)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    file_edition(database, place, FIRST, {"a": "one"}, at)
    with opened(place) as reader:
        file_edition(database, place, FIRST + timedelta(1), {"a": "two"}, at)
        assert len(reader.editions("un")) == 1
    with opened(place) as reader:
        assert len(reader.editions("un")) == 2
    database.close()
