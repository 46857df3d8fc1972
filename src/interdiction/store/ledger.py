"""Writes and reads the entries of the ledger, and the reports made and filed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from interdiction.model import Entry, Filing, Receipt, Step, to_json
from interdiction.model.codec import decoder
from interdiction.store import audit, chain, deeds, faults, schema
from interdiction.store.place import Place

_ENTRY = decoder(Entry)
_FILING = decoder(Filing)
_RECEIPT = decoder(Receipt)
_MADE: Final = "made"
_FILED: Final = "filed"


def add_entries(connection: sa.Connection, entries: Sequence[Entry]) -> list[Entry]:
    """Store entries in this order and give them numbered; one that opens a property gives it its own number."""
    numbered: list[Entry] = []

    def row(entry: Entry, number: int) -> tuple[bytes, dict[str, Any]]:
        of = number if entry.step is Step.OPEN else entry.property
        numbered.append(msgspec.structs.replace(entry, number=number, property=of))
        return to_json(numbered[-1]), {"property": of}

    bodies = [lambda number, one=entry: row(one, number) for entry in entries]
    chain.append(connection, schema.ledger_entry, bodies)
    if numbered:
        audit.log(connection, [deeds.booked(numbered, chain.last(connection, schema.ledger_entry)[1])])
    return numbered


def add_filing(connection: sa.Connection, filing: Filing) -> Filing:
    """Store a report that was made and give it with its number."""

    def row(number: int) -> tuple[bytes, dict[str, Any]]:
        return to_json(msgspec.structs.replace(filing, number=number)), {"what": _MADE}

    (number,) = chain.append(connection, schema.filing, [row])
    numbered = msgspec.structs.replace(filing, number=number)
    audit.log(connection, [deeds.made(numbered, chain.last(connection, schema.filing)[1])])
    return numbered


def add_receipt(connection: sa.Connection, receipt: Receipt) -> Receipt:
    """Store that a report was filed and give it with its number."""

    def row(number: int) -> tuple[bytes, dict[str, Any]]:
        return to_json(msgspec.structs.replace(receipt, number=number)), {"what": _FILED}

    (number,) = chain.append(connection, schema.filing, [row])
    numbered = msgspec.structs.replace(receipt, number=number)
    audit.log(connection, [deeds.filed(numbered, chain.last(connection, schema.filing)[1])])
    return numbered


def entries(connection: sa.Connection) -> list[Entry]:
    """Give every entry in the order in which they were made."""
    query = sa.select(schema.ledger_entry.c.body).order_by(schema.ledger_entry.c.number)
    return [_ENTRY.decode(body) for body in connection.execute(query).scalars()]


def last_entry(connection: sa.Connection) -> int:
    """Give the number of the last entry; 0 where there is none."""
    return connection.execute(sa.select(sa.func.max(schema.ledger_entry.c.number))).scalar() or 0


class Books:
    """Reads what the functions above wrote, in one view of the store."""

    def __init__(self, connection: sa.Connection, path: Place) -> None:
        self._connection = connection
        self._path = path

    def entries(self, of: int | None = None) -> list[Entry]:
        """Give the entries of one property, or all, in the order in which they were made."""
        table = schema.ledger_entry
        query = sa.select(table.c.body).order_by(table.c.number)
        if of is not None:
            query = query.where(table.c.property == of)
        return self._decoded(query, _ENTRY)

    def filings(self) -> list[Filing]:
        """Give every report that was made."""
        return self._decoded(_of(_MADE), _FILING)

    def receipts(self) -> list[Receipt]:
        """Give every receipt of a report that was filed."""
        return self._decoded(_of(_FILED), _RECEIPT)

    def broken(self) -> list[tuple[str, int, str]]:
        """Give the entries and filings whose seal does not hold: the table, the row and what is wrong."""
        tables = (schema.ledger_entry, schema.filing)
        return [(table.name, *one) for table in tables for one in chain.broken(self._connection, table)]

    def _decoded(self, query: sa.Select[Any], decode: msgspec.json.Decoder[Any]) -> list[Any]:
        try:
            return [decode.decode(body) for body in self._connection.execute(query).scalars()]
        except msgspec.DecodeError as error:
            raise faults.home_error("damaged", self._path, f"the ledger cannot be read: {error}") from error


def _of(what: str) -> sa.Select[Any]:
    table = schema.filing
    return sa.select(table.c.body).where(table.c.what == what).order_by(table.c.number)
