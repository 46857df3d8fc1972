"""Whatever row of whatever table is changed, taken away or put in from outside is found, and said where.

The tables are those of the schema: one that is added is asked for here until it holds a row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from interdiction.engine import access, audit, daily, monitored
from interdiction.engine.editions import import_edition
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.looking import look_through
from interdiction.engine.signing import signing_key
from interdiction.engine.story import tell
from interdiction.errors import InterdictError
from interdiction.model import (
    Entry,
    FetchAttempt,
    Filing,
    Heading,
    Pairing,
    PairVerdict,
    Posting,
    Receipt,
    Step,
    Verdict,
)
from interdiction.model.access import Answered, Role
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.clearance import ClearanceAct, ClearanceEntry
from interdiction.model.order import OrderAct, OrderEvent
from interdiction.model.ownership import RegisterImport
from interdiction.model.webhook import Event, Webhook
from interdiction.store import access as stored_access
from interdiction.store import attempts, clearances, ledger, orders, pairings, stakes, webhooks
from interdiction.store import monitored as monitored_store
from interdiction.store.schema import metadata

from .test_records import pay, raw_store

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
UNHELD = {"fetch_attempt", "answered", "webhook_message"}
"""Tables on which nothing is decided; docs/store.md says so."""
GAPS = {"refusal", "stake_register", "order_event", "pairing", "audit_checkpoint"}
"""Tables whose numbers the database gives: gaps are no damage, another order is."""
TABLES = [one.name for one in metadata.sorted_tables]


def fill(home: Home) -> None:
    """Let every table hold rows, most of them more than one."""
    pay(home)
    for words in ("no list at all", "nor this"):
        (home.path.parent / "bad.csv").write_text(words)
        with pytest.raises(InterdictError):
            import_edition(home, "ofac-sdn", [home.path.parent / "bad.csv"], on=date(2015, 1, 3), at=AT)
    book = home.path / "example" / "book.csv"
    for hour in range(2):
        monitored.add(home, book, by="Jo", at=AT + timedelta(hours=hour))
        with Engine.open(home.path) as engine:
            daily.rescreen(engine, book, clock=lambda: AT, size=40)
    with home.writing(5, lists=False) as database, database.transaction() as connection:
        (one,) = monitored_store.books(connection, home.store)
        monitored_store.change(connection, "book", 3, "C-1", b"{}")
        monitored_store.register(connection, replace(one, version=3))
    access.add(home, "one", Role.ANALYST, by="Jo", at=AT, entropy=bytes(range(96)))
    access.add(home, "two", Role.APPROVER, by="Jo", at=AT, entropy=bytes(range(1, 97)))
    with home.writing(5, lists=False) as database, database.transaction() as connection:
        for number in (1, 2):
            hook = Webhook(0, f"https://example.com/{number}", "Jo", AT)
            webhooks.put(connection, hook, b"secret", Deed(AT, AuditKind.ACCESS_CHANGED, "", {"act": "webhook-added"}))
            webhooks.tell(connection, Event.CASE_STEP, [("C-1", {})], AT)
            stored_access.remember(connection, Answered("key:1", f"k{number}", "00", 200, b"{}", AT))
            attempts.insert(connection, FetchAttempt("un", AT, Verdict.UNCHANGED))
            source = RegisterImport(f"book-{number}", AT, "Jo", "s.csv", "0" * 64, "table", 2, 1)
            stakes.insert(connection, source, b"parties", b"stakes")
            orders.insert(connection, OrderEvent(0, OrderAct.KEPT, AT, "Jo", f"order {number}"))
            pairings.insert(connection, Pairing("eu:1", f"un:{number}", PairVerdict.APART, "Jo", "born later", AT))
            clearances.insert(connection, ClearanceEntry(0, ClearanceAct.ASKED, AT, "Jo", f"why {number}"))
            posting = Posting(Heading.BLOCKED, "USD", Decimal(number))
            ledger.add_entries(
                connection, [Entry(0, Step.OPEN, AT.date(), AT, "Jo", "why", "D-1", "E.O. 13687", (posting,))]
            )
            filed = ledger.add_filing(connection, Filing("blocking", ("B-1",), AT, "Jo", {}, ()))
            ledger.add_receipt(connection, Receipt(filed.number, AT.date(), AT, "Jo", "1"))
    key = signing_key(home, lambda size: bytes(range(size)))
    for hour in range(2):
        audit.checkpoint(home, key, AT + timedelta(hours=hour))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which every table holds rows, with everything taken away that keeps hands off them."""
    path = tmp_path_factory.mktemp("looking") / "home"
    tell(path, AT)
    home = Home.open(path)
    fill(home)
    assert look_through(home).damage == ()
    with raw_store(home) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home


@pytest.fixture
def hurt(filled: Home) -> Iterator[Home]:
    """The same home, which is whole again afterwards."""
    store = filled.path / "store.sqlite"
    whole = store.read_bytes()
    yield filled
    store.write_bytes(whole)


def changed(value: object) -> object:
    """Give another value of the same sort."""
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1]) if value else b"x"
    if isinstance(value, int):
        return value + 1_000_003
    if value is None:
        return 1
    text = str(value)
    return f"{text[:-1]}{'1' if text[-1:] != '1' else '2'}"


def harm(home: Home, statement: str, *values: object) -> list[str]:
    """Do it, say what is found, and undo it."""
    store = home.path / "store.sqlite"
    whole = store.read_bytes()
    with raw_store(home) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement, values)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        return [f"{one.where}: {one.what}" for one in look_through(home).damage]
    except InterdictError as error:
        return [f"{error.where}: {error.message}"]
    finally:
        store.write_bytes(whole)


def rows(home: Home, table: str) -> list[tuple[int, dict[str, object]]]:
    with raw_store(home) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute(f"SELECT rowid AS place, * FROM {table} ORDER BY rowid").fetchall()
    return [(row["place"], {name: row[name] for name in row.keys() if name != "place"}) for row in found]  # noqa: SIM118


def located(table: str, row: dict[str, object], said: list[str]) -> bool:
    """Tell whether what is said names the table, or the row by its hash."""
    names = [table, "audit entry" if table == "audit_entry" else table, str(row.get("sha256", table))[:12]]
    return any(name in one for name in names for one in said)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_holds_rows_to_be_hurt(filled: Home, table: str) -> None:
    assert rows(filled, table)


@pytest.mark.parametrize("table", [one for one in TABLES if one not in UNHELD])
def test_a_changed_column_is_found_and_located(hurt: Home, table: str) -> None:
    found = rows(hurt, table)
    unseen = []
    for place, row in found[:1]:
        for name, value in row.items():
            if name == "number" and table in GAPS and len(found) == 1:
                continue  # it is the last one still: nothing else is said by that
            said = harm(hurt, f"UPDATE {table} SET {name} = ? WHERE rowid = ?", changed(value), place)
            if not located(table, row, said):
                unseen.append((name, value, said))
    assert unseen == []


@pytest.mark.parametrize("table", [one for one in TABLES if one not in UNHELD])
def test_a_row_that_is_taken_away_is_found_and_located(hurt: Home, table: str) -> None:
    found = rows(hurt, table)
    unseen = []
    places = [0, -1] if table != "monitored_slice" else [-1]  # earlier versions are forgotten
    for place, row in (found[at] for at in places):
        said = harm(hurt, f"DELETE FROM {table} WHERE rowid = ?", place)
        if not located(table, row, said):
            unseen.append((place, row, said))
    assert unseen == []
