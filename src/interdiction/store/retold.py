"""Holds rows that carry no seal of their own against what the log says of them: each is told again and compared.

What an entry says of a row is derived from the row by the same code that logged it. Entries of earlier versions say
less of a row than this one would: what they say has to be so. Rows of before the log began are known to no entry.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any, Final

import msgspec
import sqlalchemy as sa
import zstandard

from interdiction.model import Pairing, Run, RunEnd, to_json
from interdiction.model.audit import AuditEntry, AuditKind, Deed
from interdiction.model.codec import decoder
from interdiction.model.order import OrderAct, OrderEvent
from interdiction.model.ownership import RegisterImport
from interdiction.model.rescreen import Rescreen, RescreenEnd
from interdiction.store import deeds, schema, schema_books
from interdiction.store.decisions import column
from interdiction.store.instants import stamp
from interdiction.store.monitored import base, slices_seal
from interdiction.store.rescreens import slices
from interdiction.store.states import states

AT_ONCE: Final = 2000
Found = Iterator[tuple[str, str]]
_ENTRY: Final = decoder(AuditEntry)
_RUN: Final = decoder(Run)


def untrue(connection: sa.Connection) -> Found:
    """Give every row that is not what was logged of it, that the log does not know, or that is gone."""
    first = connection.execute(sa.select(sa.func.min(schema.audit_entry.c.at))).scalar() or ""
    for query, kinds, told in _TELLERS:
        yield from _matched(connection, query, kinds, told, first)
    yield from _lists(connection)
    yield from _kept(connection)
    yield from _books(connection)
    yield from _slices(connection)


_Key = tuple[str, str, str]


class _Matching:
    """Rows and entries that wait for each other, by kind, subject and instant."""

    def __init__(self) -> None:
        self.logged: dict[_Key, deque[AuditEntry]] = defaultdict(deque)
        self.stand: dict[_Key, deque[tuple[str, int, Deed]]] = defaultdict(deque)
        self.order: list[int] = []
        """For each row, in the order of their numbers, the entry that logged it; 0 for none."""

    def entry(self, text: bytes | None) -> Found:
        """Take an entry, and compare it where its row has come."""
        entry = _read(text) if text is not None else None
        if entry is not None:
            key = entry.kind, entry.subject, entry.at
            self.logged[key].append(entry)
            yield from self._met(key)

    def row(self, where: str, deed: Deed) -> Found:
        """Take a row by what would be logged of it, and compare it where its entry has come."""
        key = deed.kind.value, deed.subject, stamp(deed.at)
        self.stand[key].append((where, len(self.order), deed))
        self.order.append(0)
        yield from self._met(key)

    def _met(self, key: _Key) -> Found:
        logged, stand = self.logged[key], self.stand[key]
        while logged and stand:
            where, place, deed = stand.popleft()
            entry = logged.popleft()
            self.order[place] = entry.seq
            yield from _compared(where, deed, entry)
        if not logged:
            del self.logged[key]
        if not stand:
            del self.stand[key]


def _matched(
    connection: sa.Connection,
    query: sa.Select[Any],
    kinds: Sequence[AuditKind],
    told: Callable[[Any], Deed],
    began: str,
) -> Found:
    """Match rows and entries as both come, in nearly the same order; what has no other stays until the end."""
    log = schema.audit_entry.c
    said = sa.select(log.entry).where(log.kind.in_([one.value for one in kinds])).order_by(log.seq)
    entries = connection.execute(said, execution_options={"yield_per": AT_ONCE}).scalars()
    table = query.get_final_froms()[0]
    keys = [one.name for one in query.selected_columns if isinstance(one, sa.Column) and one.primary_key]
    rows = connection.execute(query, execution_options={"yield_per": AT_ONCE}).mappings()
    matching = _Matching()
    ordered = AuditKind.RUN_ENDED not in kinds and AuditKind.BOOK_RESCREENED not in kinds  # these end as they end
    for row, text in zip_longest(rows, entries):
        yield from matching.entry(text)
        if row is None:
            continue
        where = f"{table} {' '.join(str(row[one]) for one in keys)}"
        try:
            deed = told(row)
        except (msgspec.DecodeError, ValueError):
            yield where, "it cannot be read"
        else:
            yield from matching.row(where, deed)
    for some in matching.logged.values():
        for entry in some:
            yield f"audit entry {entry.seq}", f"the row of {table} that it logs is not there"
    for left in matching.stand.values():
        yield from ((where, "it was never logged") for where, _, deed in left if stamp(deed.at) >= began)
    seqs = [seq for seq in matching.order if seq]
    if ordered and seqs != sorted(seqs):
        at = next(at for at, seq in enumerate(seqs[1:]) if seq < seqs[at])
        yield f"{table}", f"its rows stand in another order than was logged: entry {seqs[at]} before {seqs[at + 1]}"


def _compared(where: str, deed: Deed, entry: AuditEntry) -> Found:
    said: dict[str, Any] = msgspec.json.decode(entry.body)
    now: dict[str, Any] = msgspec.json.decode(to_json(deed.body))
    wrong = [name for name, value in said.items() if name in now and now[name] != value]
    if deed.by != entry.by:
        wrong.append("by")
    if wrong:
        yield where, f"it is not what entry {entry.seq} logged: {', '.join(wrong)}"


def _lists(connection: sa.Connection) -> Found:
    """Hold every edition against the entry of its coming: its facts, and what it holds."""
    logged = {entry.subject: entry for entry in _entries(connection, AuditKind.LIST_ACCEPTED)}
    known = connection.execute(sa.select(schema.edition.c.list).distinct()).scalars().all()
    holds = {uid: (count, number) for one in sorted(known) for uid, count, number in states(connection, one)}
    rows = connection.execute(sa.select(schema.edition.c.id, schema.edition.c.sha256, schema.edition.c.state)).all()
    for uid, sha256, state in rows:
        entry = logged.pop(uid, None)
        if entry is None:
            continue
        said: dict[str, Any] = msgspec.json.decode(entry.body)
        count, number = holds[uid]
        wrong = [name for name, now in (("sha256", sha256), ("state", state)) if said.get(name) != now]
        if wrong:
            yield f"edition {uid}", f"it is not what entry {entry.seq} logged: {', '.join(wrong)}"
        if count != said.get("listings") or number != said.get("holds", number):
            what = f"listing_interval holds {count} listings of it, not the {said.get('listings')} of entry {entry.seq}"
            yield f"edition {uid}", what
    for entry in logged.values():
        yield f"audit entry {entry.seq}", "the row of edition that it logs is not there"


def _kept(connection: sa.Connection) -> Found:
    """Hold rows that change against the last entry about each: keys and webhooks."""
    access = {entry.subject: entry for entry in _entries(connection, AuditKind.ACCESS_CHANGED)}
    for row in connection.execute(sa.select(schema.access_key)).mappings():
        seal = deeds.row(row["body"], row["salt"], row["hash"])
        yield from _last(access.pop(f"key:{row['id']}", None), f"access_key {row['id']}", seal)
    for row in connection.execute(sa.select(schema.webhook)).mappings():
        seal = deeds.row(row["body"], row["secret"])
        yield from _last(access.pop(f"W-{row['number']}", None), f"webhook {row['number']}", seal)
    for entry in access.values():
        table = "webhook" if entry.subject.startswith("W-") else "access_key"
        yield f"audit entry {entry.seq}", f"the row of {table} that it logs ({entry.subject}) is not there"


def _books(connection: sa.Connection) -> Found:
    """Hold what is registered of monitored books, and the slices of each version, against their entries."""
    versions: dict[tuple[str, int], AuditEntry] = {}
    books: dict[str, AuditEntry] = {}
    for entry in _entries(connection, AuditKind.BOOK_REGISTERED, AuditKind.BOOK_REMOVED):
        books[entry.subject] = entry
        if entry.kind == AuditKind.BOOK_REGISTERED:
            versions[column(entry.subject), msgspec.json.decode(entry.body)["version"]] = entry
    book = schema_books.monitored_book
    known = {column(subject): entry for subject, entry in books.items()}
    for source, detail in connection.execute(sa.select(book.c.source, book.c.detail)):
        yield from _last(known.pop(source, None), f"monitored_book {source}", deeds.row(detail))
    for source, entry in known.items():
        yield f"audit entry {entry.seq}", f"the row of monitored_book that it logs ({source}) is not there"
    for table in (schema_books.monitored_slice, schema_books.monitored_change):
        for source, version in connection.execute(sa.select(table.c.source, table.c.version).distinct()).all():
            seal = slices_seal(connection, source, version)
            yield from _last(versions.get((source, version)), f"{table.name} {source} {version}", seal, "slices")
    for source, version in connection.execute(sa.select(book.c.source, book.c.version)).all():
        last = books.get(source)
        if last is None or last.kind != AuditKind.BOOK_REGISTERED:
            continue  # its customers were deleted with its monitoring
        # What the version rests on is the last slices before it and every change since: none of them may be away.
        first = base(connection, source, version)
        for one in sorted(number for of, number in versions if of == source and first <= number <= version):
            seal = slices_seal(connection, source, one)
            where = f"monitored_slice or monitored_change {source} {one}"
            yield from _last(versions.get((source, one)), where, seal, "slices")


def _last(entry: AuditEntry | None, where: str, seal: str, name: str = "row") -> Found:
    if entry is None:
        yield where, "it was never logged"
        return
    said: dict[str, Any] = msgspec.json.decode(entry.body)
    if said.get(name, seal) != seal:
        yield where, f"it is not what entry {entry.seq} logged"


def _slices(connection: sa.Connection) -> Found:
    """Hold the slices of books and of rescreenings against their hashes."""
    table, single = schema_books.monitored_slice, schema_books.monitored_change
    for row in connection.execute(sa.select(single), execution_options={"yield_per": AT_ONCE}).mappings():
        if deeds.digest(row["body"]) != bytes(row["sha256"]):
            yield f"monitored_change {row['source']} {row['version']}", "the customer does not fit its hash"
    for row in connection.execute(sa.select(table), execution_options={"yield_per": 1}).mappings():
        if deeds.digest(row["customers"], row["behind"]) != bytes(row["sha256"]):
            where = f"monitored_slice {row['source']} {row['version']} {row['first']}"
            yield where, "its customers do not fit their hash"
    query = sa.select(schema.rescreen.c.number, schema.rescreen.c.ended).where(schema.rescreen.c.ended.is_not(None))
    for number, ended in connection.execute(query).all():
        try:
            wanted = decoder(RescreenEnd).decode(ended).slices_sha256
            found = deeds.digest(*map(to_json, slices(connection, number))).hex()
        except (msgspec.DecodeError, ValueError, zstandard.ZstdError):
            continue  # named where columns are compared
        if found != wanted:
            yield f"rescreen {number}", "its rows of rescreen_slice are not what it ended with"


def _entries(connection: sa.Connection, *kinds: AuditKind) -> Iterator[AuditEntry]:
    log = schema.audit_entry.c
    query = sa.select(log.entry).where(log.kind.in_([one.value for one in kinds])).order_by(log.seq)
    for text in connection.execute(query, execution_options={"yield_per": AT_ONCE}).scalars():
        entry = _read(text)
        if entry is not None:
            yield entry


def _read(text: bytes) -> AuditEntry | None:
    """Read an entry; one that cannot be read is named where the log itself is verified."""
    try:
        return _ENTRY.decode(text)
    except msgspec.DecodeError:
        return None


def _refused(row: Any) -> Deed:
    at = datetime.fromisoformat(row["at"])
    return deeds.refusal(row["list"], at, row["sha256"], row["code"], row["files"], row["by"], row["message"])


def _register(row: Any) -> Deed:
    return deeds.register(decoder(RegisterImport).decode(row["detail"]), row["parties"], row["stakes"])


def _rescreened(row: Any) -> Deed:
    return deeds.rescreened(decoder(Rescreen).decode(row["begun"]), decoder(RescreenEnd).decode(row["ended"]))


_ORDERS: Final = tuple(AuditKind(f"order-{one.value}") for one in OrderAct)


def _of(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).order_by(*table.primary_key.columns)


_TELLERS: Final[tuple[tuple[sa.Select[Any], tuple[AuditKind, ...], Callable[[Any], Deed]], ...]] = (
    (_of(schema.refusal), (AuditKind.LIST_REFUSED,), _refused),
    (_of(schema.stake_register), (AuditKind.REGISTER_IMPORTED,), _register),
    (_of(schema.order_event), _ORDERS, lambda row: deeds.order(decoder(OrderEvent).decode(row["body"]))),
    (
        _of(schema.pairing),
        (AuditKind.PAIRING_SAID,),
        lambda row: deeds.pairing(decoder(Pairing).decode(row["detail"])),
    ),
    (_of(schema.run), (AuditKind.RUN_BEGUN,), lambda row: deeds.run(_RUN.decode(row["body"]))),
    (
        _of(schema.run_end).add_columns(schema.run.c.at).where(schema.run.c.number == schema.run_end.c.run),
        (AuditKind.RUN_ENDED,),
        lambda row: deeds.run_ended(decoder(RunEnd).decode(row["body"]), datetime.fromisoformat(row["at"])),
    ),
    (_of(schema.rescreen).where(schema.rescreen.c.ended.is_not(None)), (AuditKind.BOOK_RESCREENED,), _rescreened),
)
