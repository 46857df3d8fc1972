"""Looks through a whole store for what cannot be: bodies that do not fit their hash, broken chains, lost rows.

Every check streams and names the row. Whether the file or the server itself is sound is asked of the database first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterator
from typing import Any, Final

import msgspec
import sqlalchemy as sa
import zstandard

from interdiction.model.case import Case
from interdiction.model.codec import decoder
from interdiction.store import beside, chain, retention, retold
from interdiction.store.cases import pair_rows
from interdiction.store.schema import (
    case_entry,
    case_pair,
    case_work,
    clearance_entry,
    decision,
    filing,
    kept_file,
    ledger_entry,
    listing_content,
    listing_interval,
    metadata,
)

AT_ONCE: Final = 2000
Progress = Callable[[str, int, int], None]
Found = Iterator[tuple[str, str]]
"""Where (table and row) and what is wrong there."""

_CHAINS: Final = (ledger_entry, filing, case_entry, clearance_entry)


def unsound(connection: sa.Connection, progress: Progress) -> Found:
    """Give everything that is wrong with a store, as (where, what)."""
    yield from _database(connection)
    yield from _bodies(connection, progress)
    gone = retention.emptied(connection)
    yield from _files(connection, gone.files, progress)
    progress("chains", 0, 0)
    unpacker = zstandard.ZstdDecompressor()

    def said(body: bytes) -> bytes:
        try:
            return unpacker.decompress(body)
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from error

    decisions = chain.broken(connection, decision, said=said, emptied=gone)
    yield from ((f"decision {number}", what) for number, what in decisions)
    for table in _CHAINS:
        yield from ((f"{table.name} {number}", what) for number, what in chain.broken(connection, table))
    progress("rows without parent", 0, 0)
    yield from _orphans(connection)
    yield from _overlaps(connection)
    progress("rows against their columns", 0, 0)
    yield from beside.differing(connection)
    yield from _pairs_of_cases(connection)
    progress("rows against the log", 0, 0)
    yield from retold.untrue(connection)


def _pairs_of_cases(connection: sa.Connection) -> Found:
    """Hold the pairs by which cases are searched against the cases."""
    wanted: dict[int, set[tuple[str, ...]]] = {}
    for number, body in connection.execute(sa.select(case_work.c.number, case_work.c.body)):
        try:
            wanted[number] = {tuple(map(str, row.values())) for row in pair_rows(decoder(Case).decode(body))}
        except msgspec.DecodeError:
            continue  # named where columns are compared
    column = case_pair.c
    query = sa.select(column.case_number, column.listing, column.subject, column.fingerprint, column.outcome)
    for row in connection.execute(query):
        said = tuple(map(str, row))
        if said in wanted.get(row[0], set()):
            wanted[row[0]].discard(said)
        else:
            yield f"case_pair {row[0]} {row[1]}", "the case does not say so"
    for number, left in wanted.items():
        yield from ((f"case_pair {number} {one[1]}", "it is not there, and the case says it") for one in sorted(left))


def _database(connection: sa.Connection) -> Found:
    if connection.dialect.name != "sqlite":
        return
    for row in connection.exec_driver_sql("PRAGMA quick_check"):
        if row[0] != "ok":
            yield "store.sqlite", str(row[0])


def _bodies(connection: sa.Connection, progress: Progress) -> Found:
    column = listing_content.c
    whole = connection.execute(sa.select(sa.func.count()).select_from(listing_content)).scalar_one()
    query = sa.select(column.id, column.body, column.sha256).order_by(column.id)
    for done, (number, body, digest) in enumerate(_streamed(connection, query), 1):
        if hashlib.sha256(bytes(body)).digest() != bytes(digest):
            yield f"listing_content {number}", "its text does not fit its hash"
        if not done % AT_ONCE:
            progress("listings", done, whole)


def _files(connection: sa.Connection, emptied: Container[str], progress: Progress) -> Found:
    column = kept_file.c
    whole = connection.execute(sa.select(sa.func.count()).select_from(kept_file)).scalar_one()
    unpacker = zstandard.ZstdDecompressor()
    query = sa.select(column.sha256, column.size, column.body).order_by(column.sha256)
    for done, (digest, size, body) in enumerate(_streamed(connection, query, 10), 1):
        if not body and digest in emptied:
            continue
        try:
            data = unpacker.decompress(body)
        except zstandard.ZstdError as error:
            yield f"kept_file {digest[:12]}", f"it cannot be unpacked: {error}"
            continue
        if hashlib.sha256(data).hexdigest() != digest or len(data) != size:
            yield f"kept_file {digest[:12]}", "its bytes do not fit its hash"
        progress("kept files", done, whole)


def _orphans(connection: sa.Connection) -> Found:
    """Hold every row that points to another against what it points to, as the schema says."""
    for table in metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            parent = key.referred_table.alias()
            pairs = [(element.parent, parent.c[element.column.name]) for element in key.elements]
            lost = sa.and_(
                *(ours.is_not(None) for ours, _ in pairs),
                ~sa.exists().where(*(ours == theirs for ours, theirs in pairs)),
            )
            for row in connection.execute(sa.select(*table.primary_key.columns).where(lost)):
                yield (
                    f"{table.name} {' '.join(map(str, row))}",
                    f"what it points to in {key.referred_table.name} is gone",
                )


def _overlaps(connection: sa.Connection) -> Found:
    """Find listings with two states at one edition: no two stretches of one may lie over each other."""
    one, other = listing_interval.alias(), listing_interval.alias()
    query = sa.select(one.c.list, one.c.uid, one.c.from_seq).where(
        one.c.list == other.c.list,
        one.c.uid == other.c.uid,
        one.c.from_seq < other.c.from_seq,
        sa.or_(one.c.to_seq.is_(None), one.c.to_seq > other.c.from_seq),
    )
    for row in connection.execute(query):
        yield f"listing_interval {row[0]}:{row[1]} {row[2]}", "it lies over another stretch of the same listing"


def _streamed(connection: sa.Connection, query: sa.Select[Any], at_once: int = AT_ONCE) -> Iterator[Any]:
    return iter(connection.execute(query, execution_options={"yield_per": at_once}))
