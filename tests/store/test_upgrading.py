"""A store of every schema that was ever released is brought to this one, with every row still read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
import zstandard
from alembic import command
from alembic.script import ScriptDirectory

from interdiction.errors import HomeError
from interdiction.model import (
    Asked,
    Edition,
    EditionState,
    Entry,
    FetchAttempt,
    KeptFile,
    Listing,
    Pairing,
    PairVerdict,
    Party,
    Record,
    Run,
    Step,
    Subject,
    Verdict,
    to_json,
)
from interdiction.model.order import OrderAct, OrderEvent
from interdiction.model.ownership import RegisterImport
from interdiction.model.rescreen import Rescreen
from interdiction.store import chain
from interdiction.store.audit_check import verify
from interdiction.store.database import Database, alembic_config
from interdiction.store.decisions import Decisions
from interdiction.store.instants import stamp
from interdiction.store.ledger import Books
from interdiction.store.place import Place, Server
from interdiction.store.reading import REVISION, Reader, opened
from interdiction.store.rescreens import rescreens

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
SEQ = date(2015, 1, 2).toordinal() * 100_000
EDITION = Edition("un@2015-01-02+aa", "un", AT.date(), "aa", AT, EditionState.ACCEPTED, (), 1, seq=SEQ)
LISTING = Listing("un", "7", Party(names=["KIM"]))
ATTEMPT = FetchAttempt("un", AT, Verdict.UNCHANGED)
REGISTER = RegisterImport("book", AT, "Jo", "s.csv", "0" * 64, "table", 2, 1)
INPUT = KeptFile("p.csv", "5d41402a", 5)
RUN = Run("pay", AT, AT.date(), INPUT, Asked(), (), "Example Bank", number=1)
RECORD = Record(1, 0, Subject.PAYMENT, "P-1", "hold", AT, msgspec.Raw(b"{}"), number=1)
ENTRY = Entry(1, Step.OPEN, AT.date(), AT, "Jo", "why", "D-1", "E.O. 13687", number=1)
SAID = Pairing("eu:1", "un:7", PairVerdict.APART, "Jo", "born later", AT)
EVENT = OrderEvent(1, OrderAct.REJECTED, AT, "Jo", "no")
BEGUN = Rescreen("book", "b.csv", "aa", "id", AT, 1, 0, (), 0, "p", "t", "w", "c", number=1)


def sealed(body: bytes) -> dict[str, Any]:
    return {"number": 1, "body": body, "sha256": chain.seal(chain.FIRST, body)}


def rows() -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """What a program of each revision wrote, by the revision that brought the table."""
    content = to_json(LISTING)
    said = to_json(RECORD)
    decision = {"number": 1, "run": 1, "subject": "payment", "name": "P-1", "result": "hold"}
    packed = {"body": zstandard.compress(said), "sha256": chain.seal(chain.FIRST, said)}
    return {
        "r0001": [
            ("edition", {"list": "un", "seq": SEQ, "id": EDITION.id, "on_date": AT.date(), "known_at": stamp(AT),
                         "sha256": "aa", "state": "accepted", "detail": to_json(EDITION)}),
            ("listing_content", {"id": 1, "sha256": hashlib.sha256(content).digest(), "body": content}),
            ("listing_interval", {"list": "un", "uid": "7", "from_seq": SEQ, "content": 1}),
        ],
        "r0002": [("fetch_attempt", {"list": "un", "at": stamp(AT), "verdict": "x", "detail": to_json(ATTEMPT)})],
        "r0003": [("stake_register", {"source": "book", "at": stamp(AT), "detail": to_json(REGISTER), "parties": b"p",
                                      "stakes": b"s"})],
        "r0004": [
            ("kept_file", {"sha256": INPUT.sha256, "size": 5, "body": zstandard.compress(b"hello")}),
            ("run", {"number": 1, "at": stamp(AT), "input": INPUT.sha256, "body": to_json(RUN)}),
            ("decision", {**decision, **packed}),
            ("ledger_entry", {"property": 1, **sealed(to_json(ENTRY))}),
        ],
        "r0005": [("pairing", {"one": "eu:1", "other": "un:7", "at": stamp(AT), "detail": to_json(SAID)})],
        "r0006": [("order_event", {"order_number": 1, "act": "rejected", "at": stamp(AT), "body": to_json(EVENT)})],
        "r0007": [("rescreen", {"number": 1, "source": "book", "identity": "id", "begun": to_json(BEGUN)})],
    }  # fmt: skip


READ: dict[str, Callable[[Reader], object]] = {
    "r0001": lambda reader: (reader.editions(), list(reader.listings("un", SEQ))) == ([EDITION], [LISTING]),
    "r0002": lambda reader: reader.attempts() == [ATTEMPT],
    "r0003": lambda reader: reader.registers() == [(1, REGISTER)] and reader.register(1) == (b"p", b"s"),
    "r0004": lambda reader: (
        list(Decisions(reader.connection, Path()).records()) == [RECORD]
        and Decisions(reader.connection, Path()).broken() == []
        and Books(reader.connection, Path()).entries() == [ENTRY]
    ),
    "r0005": lambda reader: reader.pairings() == [SAID],
    "r0006": lambda reader: reader.order_events() == [EVENT],
    "r0007": lambda reader: rescreens(reader.connection) == [(BEGUN, None)],
}
REVISIONS = [one.revision for one in ScriptDirectory.from_config(alembic_config()).walk_revisions()][::-1]


@pytest.fixture(params=["sqlite", "postgresql"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where nothing is yet, on either database."""
    if request.param == "sqlite":
        yield tmp_path / "store.sqlite"
        return
    cluster = request.getfixturevalue("cluster")
    place: Server = cluster.empty()
    yield place
    cluster.drop(place)


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_store_of_every_revision_is_read_by_this_one(nothing: Place, revision: str) -> None:
    url = nothing.url if isinstance(nothing, Server) else f"sqlite:///{nothing}"
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    reached = [one for one in REVISIONS if one <= revision]
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        found = sa.MetaData()
        found.reflect(connection)
        for one in reached:
            for table, values in rows().get(one, []):
                connection.execute(sa.insert(found.tables[table]).values(**values))
    engine.dispose()
    if revision != REVISION:
        with pytest.raises(HomeError) as old, opened(nothing):
            pass
        assert old.value.code == "older-home"
    Database.open(nothing).close()
    with opened(nothing) as reader:
        assert [one for one in reached if one in READ and not READ[one](reader)] == []
        assert verify(reader.connection).count == 0


def test_every_released_revision_has_rows_that_are_read_again() -> None:
    assert set(READ) == set(rows())
    assert set(READ) >= {"r0001", "r0002", "r0003", "r0004", "r0005", "r0006", "r0007"}
