"""Decisions that are kept: complete, in order, never changed, and the same bytes whenever they are made again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from interdiction import payments
from interdiction.data import demo_file
from interdiction.engine import Engine, decide
from interdiction.engine.book import screen_book
from interdiction.engine.customers import record_book
from interdiction.engine.editions import import_edition
from interdiction.engine.following import confirm
from interdiction.engine.home import Home
from interdiction.engine.payment import screen_payments
from interdiction.engine.records import kept, number_of, recording
from interdiction.engine.replay import Inputs, replay, suppressed_of
from interdiction.engine.story import tell
from interdiction.errors import InputError, UsageError
from interdiction.model import Asked, Disposition, Outcome, Record
from interdiction.store import decisions
from interdiction.store.decisions import Decisions
from interdiction.tables import read_book

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
LATER = datetime(2015, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    tell(tmp_path / "home", AT)
    return Home.open(tmp_path / "home")


def pay(home: Home, path: Path | None = None) -> list[int]:
    path = path or home.path / "example" / "payments.csv"
    with Engine.open(home.path) as engine:
        force = engine.force()
        some, whole = payments.read(path)
        with recording(
            home, path, command="pay", at=AT, on=AT.date(), asked=Asked(), force=force, policy=engine.policy
        ) as recorder:
            found = screen_payments(engine, force, some)
            for place, one in enumerate(found):
                decided = decide.payment(force, engine.policy, one, on=AT.date(), problems=whole)
                recorder.payment(place, one.payment, decided, suppressed=suppressed_of(one))
            recorder.end(read=len(some), screened=len(found))
        return recorder.numbers


def again(home: Home) -> dict[str, bool]:
    with Engine.open(home.path) as engine, kept(home) as decisions:
        found = {}
        for record in decisions.records():
            run = decisions.run(record.run)
            inputs = Inputs(run, decisions.file(run.input.sha256))
            found[record.id] = replay(engine, record, run, inputs).same
        return found


def records(home: Home) -> list[Record]:
    with kept(home) as decisions:
        return list(decisions.records())


@contextmanager
def raw_store(home: Home) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(home.path / "store.sqlite")
    try:
        yield connection
    finally:
        connection.close()


def test_a_decision_is_kept_with_the_very_bytes_it_was_given_on(home: Home) -> None:
    pay(home)
    data = (home.path / "example" / "payments.csv").read_bytes()
    with kept(home) as decisions:
        record = decisions.get(5)
        run = decisions.run(record.run)
        assert run.input.sha256 == hashlib.sha256(data).hexdigest()
        assert decisions.file(run.input.sha256) == data
        assert (record.name, record.result, record.place) == ("P-005", "block", 4)
        assert record.decided().hits[0].listing == "ofac-sdn:17614"
        assert [one.edition.partition("+")[0] for one in run.editions] == ["ofac-sdn@2015-01-02"]


def test_a_run_says_that_all_that_was_read_was_screened_and_kept(home: Home) -> None:
    pay(home)
    with kept(home) as decisions:
        ((_, end),) = decisions.runs()
    assert end is not None
    assert (end.read, end.screened, end.kept) == (12, 12, 12)


def test_a_run_that_was_interrupted_has_no_end(home: Home) -> None:
    path = home.path / "example" / "payments.csv"
    with Engine.open(home.path) as engine, pytest.raises(KeyboardInterrupt):  # noqa: SIM117
        with recording(
            home, path, command="pay", at=AT, on=AT.date(), asked=Asked(), force=engine.force(), policy=engine.policy
        ):
            raise KeyboardInterrupt
    with kept(home) as decisions:
        assert [end for _, end in decisions.runs()] == [None]


def test_every_kept_decision_comes_out_the_same_byte_for_byte(home: Home) -> None:
    assert len(pay(home)) == 12
    assert again(home) == {f"D-{number}": True for number in range(1, 13)}


def test_an_edition_that_came_later_changes_no_decision_that_was_given_before(home: Home) -> None:
    pay(home)
    one = home.path / "example" / "editions" / "2015-01-01"
    import_edition(home, "ofac-sdn", [one], on=date(2015, 1, 3), at=LATER)
    assert set(again(home).values()) == {True}


def test_a_customer_is_decided_again_alone_as_in_the_whole_book(home: Home) -> None:
    path = demo_file("book.csv")
    book = read_book(path)
    with Engine.open(home.path) as engine:
        found = screen_book(engine, book)
        numbers = record_book(engine, engine.force(), book, found, path, Asked(), at=AT)
    assert len(numbers) > len(found.hits)
    assert set(again(home).values()) == {True}
    with kept(home) as decisions:
        ((_, end),) = decisions.runs()
    assert end is not None
    assert end.read == end.screened == book.columns.height


def test_a_changed_policy_is_named_where_a_decision_comes_out_differently(home: Home) -> None:
    pay(home)
    config = home.path / "config.toml"
    config.write_text('[institution]\nkind = "un"\nname = "Larkspur & Finch Bank, N.A."\n', encoding="utf-8")
    with Engine.open(home.path) as engine, kept(home) as decisions:
        record = decisions.get(5)
        run = decisions.run(record.run)
        found = replay(engine, record, run, Inputs(run, decisions.file(run.input.sha256)))
    assert not found.same
    assert {"disposition", "policy", "reasons"} <= {one.field for one in found.differences}


def test_an_edition_that_is_gone_is_said_and_never_replaced_by_another(home: Home) -> None:
    pay(home)
    with kept(home) as decisions:
        record = decisions.get(1)
        run = decisions.run(record.run)
        data = decisions.file(run.input.sha256)
    tell(home.path, AT)  # a new store
    one = home.path / "example" / "editions" / "2015-01-01"
    import_edition(home, "ofac-sdn", [one], on=date(2015, 1, 3), at=LATER)
    gone = run.editions[0].__class__("ofac-sdn@2014-12-31+000000000000", "0" * 64)
    with Engine.open(home.path) as engine:
        found = replay(engine, record, msgspec.structs.replace(run, editions=(gone,)), Inputs(run, data))
    assert not found.same
    assert "no edition ofac-sdn@2014-12-31" in found.failed


def test_a_person_makes_a_new_decision_and_changes_none(home: Home) -> None:
    pay(home)
    before = records(home)
    with Engine.open(home.path) as engine:
        new = confirm(engine, 4, "ofac-sdn:9345", Outcome.TRUE, by="A. Officer", why="the same address", at=LATER)
    assert (new.result, new.follows, new.name) == ("block", 4, "P-004")
    reason = new.decided().reasons[0]
    assert (reason.outcome, reason.outcome_by) == (Outcome.TRUE, "A. Officer")
    assert new.judged[0].at == LATER
    assert records(home)[: len(before)] == before
    with kept(home) as decisions:
        assert "D-4" not in {one.id for one in decisions.records(last=True)}
        assert [one.id for one in decisions.chain(new.number)] == ["D-4", new.id]
    assert set(again(home).values()) == {True}


def test_each_hit_is_judged_by_itself_and_the_rest_still_holds(home: Home) -> None:
    pay(home)
    with Engine.open(home.path) as engine:
        listings = [hit.listing for hit in records(home)[5].decided().hits]
        assert len(listings) == 2
        number = 6
        results = []
        for listing in listings:
            new = confirm(
                engine, number, listing, Outcome.FALSE, by="A. Officer", second="B", why="born 1985", at=LATER
            )
            number = new.number
            results.append(new.result)
    assert results == [Disposition.HOLD, Disposition.RELEASE]
    assert [one.listing for one in new.judged] == listings


def test_a_false_hit_releases_nothing_that_a_later_edition_lists(home: Home, tmp_path: Path) -> None:
    pay(home)
    folder = home.path / "example" / "editions" / "2015-01-02"
    later = tmp_path / "later"
    later.mkdir()
    for path in folder.iterdir():
        (later / path.name).write_bytes(path.read_bytes())
    sdn = (later / "sdn.csv").read_bytes().rstrip(b"\x1a\r\n").replace(b"\r\n", b"\n")
    cells = ["99999", '"KORE MINING DEVELOPMENT TRADING CORP."', "-0- ", '"DPRK2"', *["-0- "] * 8]
    (later / "sdn.csv").write_bytes(sdn + b"\n" + ",".join(cells).encode() + b"\n")
    import_edition(home, "ofac-sdn", [later], on=date(2015, 1, 5), at=LATER)
    with Engine.open(home.path) as engine:
        new = confirm(
            engine, 4, "ofac-sdn:9345", Outcome.FALSE, by="A. Officer", second="B", why="another company", at=LATER
        )
    assert new.result == "hold"
    assert "ofac-sdn:99999" in {hit.listing for hit in new.decided().hits}


@pytest.mark.parametrize(
    ("listing", "by", "why", "code"),
    [
        ("ofac-sdn:1", "A. Officer", "x", "no-such-hit"),
        ("ofac-sdn:9345", " ", "x", "by-required"),
        ("ofac-sdn:9345", "A. Officer", "", "why-required"),
    ],
)
def test_an_outcome_needs_a_hit_a_person_and_a_reason(home: Home, listing: str, by: str, why: str, code: str) -> None:
    pay(home)
    with Engine.open(home.path) as engine, pytest.raises(UsageError) as refused:
        confirm(engine, 4, listing, Outcome.TRUE, by=by, why=why, at=LATER)
    assert refused.value.code == code


def test_only_the_decision_that_stands_can_be_followed(home: Home) -> None:
    pay(home)
    with Engine.open(home.path) as engine:
        confirm(engine, 4, "ofac-sdn:9345", Outcome.UNDETERMINED, by="A. Officer", why="asked the bank", at=LATER)
        with pytest.raises(UsageError) as refused:
            confirm(engine, 4, "ofac-sdn:9345", Outcome.FALSE, by="B. Officer", why="another", at=LATER)
    assert refused.value.code == "superseded"
    assert "D-13" in refused.value.mend


def test_of_two_officers_who_judge_at_once_the_second_is_told(home: Home) -> None:
    pay(home)
    record = records(home)[3]
    with Engine.open(home.path) as engine:
        confirm(engine, 4, "ofac-sdn:9345", Outcome.TRUE, by="A. Officer", why="the same address", at=LATER)
    with home.writing(1.0, lists=False) as database, database.transaction() as connection:
        with pytest.raises(UsageError) as refused:
            decisions.add(connection, [msgspec.structs.replace(record, follows=4)])
        assert refused.value.code == "superseded"


@pytest.mark.parametrize("table", ["decision", "run", "run_end", "kept_file"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET body = x'00'"])
def test_the_store_refuses_to_change_or_delete_what_was_kept(home: Home, table: str, act: str) -> None:
    pay(home)
    with raw_store(home) as connection, pytest.raises(sqlite3.IntegrityError, match="never changed"):
        connection.execute(act.format(table))


def test_what_was_altered_from_outside_breaks_its_seal(home: Home) -> None:
    pay(home)
    with raw_store(home) as connection, connection:
        connection.execute("DROP TRIGGER decision_no_update")
        connection.execute("DROP TRIGGER decision_no_delete")
        connection.execute("UPDATE decision SET body = (SELECT body FROM decision WHERE number = 7) WHERE number = 3")
        connection.execute("DELETE FROM decision WHERE number = 9")
    engine = sa.create_engine(f"sqlite:///{home.store}")
    with engine.connect() as view:
        broken = Decisions(view, home.store).broken()
    engine.dispose()
    assert (3, "what it says does not fit its seal") in broken
    assert (10, "row 9 is missing before it") in broken
    assert {number for number, _ in broken} == {3, 10}


def test_keeping_decisions_leaves_the_index_current(home: Home) -> None:
    with Engine.open(home.path) as engine:
        engine.force()
    before = home.manifest.read_bytes()
    pay(home)
    assert home.manifest.read_bytes() != before
    assert json.loads(home.manifest.read_bytes())["store"] == list(home.stamp())


def test_a_file_that_changes_while_it_is_decided_on_is_refused(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    path.write_bytes((home.path / "example" / "payments.csv").read_bytes())
    with Engine.open(home.path) as engine, pytest.raises(InputError) as refused:  # noqa: SIM117
        with recording(
            home, path, command="pay", at=AT, on=AT.date(), asked=Asked(), force=engine.force(), policy=engine.policy
        ):
            path.write_bytes(b"id,debtor\n1,Somebody else\n")
    assert refused.value.code == "input-changed"


def test_an_id_is_a_letter_and_a_number() -> None:
    assert [number_of(text) for text in ("D-12", "d-12", " 12 ")] == [12, 12, 12]
    for text in ("", "D-", "E-3", "D-٣", "D--1"):
        with pytest.raises(UsageError):
            number_of(text)
