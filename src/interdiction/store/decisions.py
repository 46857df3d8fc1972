"""Writes and reads decisions, the runs they were given in, and the files that are kept with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec
import sqlalchemy as sa
import zstandard

from interdiction.errors import UsageError
from interdiction.model import KeptFile, Payment, Record, Run, RunEnd, Subject, to_json
from interdiction.model.codec import decoder
from interdiction.store import audit, chain, deeds, faults, retention, schema
from interdiction.store.instants import stamp
from interdiction.store.place import Place

_LEVEL: Final = 3
_FEW: Final = 8
"""Bodies for which the call that compresses many at once is not worth its preparation."""
_T = TypeVar("_T")


class _PaymentOf(msgspec.Struct, frozen=True):
    """Of a record the payment alone: what was decided on it is not read."""

    payment: Payment | None = None
    number: int = 0


_RECORD = decoder(Record)
_PAYMENT = decoder(_PaymentOf)
_RUN = decoder(Run)
_END = decoder(RunEnd)
_BATCH: Final = 500


def keep(connection: sa.Connection, data: bytes, name: str) -> KeptFile:
    """Store bytes once, whatever they are called, and say what is kept."""
    kept = KeptFile(name, hashlib.sha256(data).hexdigest(), len(data))
    table = schema.kept_file
    if connection.execute(sa.select(table.c.size).where(table.c.sha256 == kept.sha256)).first() is None:
        body = zstandard.ZstdCompressor(level=_LEVEL).compress(data)
        connection.execute(sa.insert(table).values(sha256=kept.sha256, size=kept.size, body=body))
    return kept


def begin(connection: sa.Connection, run: Run) -> Run:
    """Store a run and give it with its number."""
    last: int | None = connection.execute(sa.select(sa.func.max(schema.run.c.number))).scalar()
    numbered = msgspec.structs.replace(run, number=(last or 0) + 1)
    connection.execute(
        sa.insert(schema.run).values(
            number=numbered.number, at=stamp(run.at), input=run.input.sha256, body=to_json(numbered)
        )
    )
    audit.log(connection, [deeds.run(numbered)])
    return numbered


def end(connection: sa.Connection, ended: RunEnd) -> None:
    """Store that a run came to its end; the log gives it the run's own instant, as its decisions have."""
    connection.execute(sa.insert(schema.run_end).values(run=ended.run, body=to_json(ended)))
    begun = connection.execute(sa.select(schema.run.c.body).where(schema.run.c.number == ended.run)).scalar_one()
    audit.log(connection, [deeds.run_ended(ended, _RUN.decode(begun).at)])


def add(connection: sa.Connection, records: Iterable[Record]) -> list[int]:
    """Store decisions in this order and give their numbers.

    Raises `UsageError` (`superseded`) where another has come to follow the same one meanwhile.
    """
    records = list(records)
    _still_last(connection, [record.follows for record in records if record.follows is not None])

    def row(record: Record, number: int) -> tuple[bytes, dict[str, Any]]:
        columns = {
            "run": record.run,
            "subject": record.subject.value,
            "name": column(record.name),
            "result": record.result,
            "follows": record.follows,
        }
        return to_json(msgspec.structs.replace(record, number=number)), columns

    bodies = (lambda number, one=record: row(one, number) for record in records)
    numbers = chain.append(connection, schema.decision, bodies, stored=_packed)
    if numbers:
        audit.log(connection, [deeds.decided(records, numbers, chain.last(connection, schema.decision)[1])])
    return numbers


def _packed(bodies: Sequence[bytes]) -> list[bytes]:
    """Compress all in one call: one for each would hand the interpreter to other threads each time, and wait for it."""
    packer = zstandard.ZstdCompressor(level=_LEVEL)
    if len(bodies) <= _FEW:
        return [packer.compress(one) for one in bodies]
    packed = packer.multi_compress_to_buffer([*bodies], threads=1)
    return [packed[at].tobytes() for at in range(len(packed))]


def last_number(connection: sa.Connection) -> int:
    """Give the number of the last decision; 0 where there is none."""
    return connection.execute(sa.select(sa.func.max(schema.decision.c.number))).scalar() or 0


def under_licence(connection: sa.Connection, rule: str) -> Iterator[Record]:
    """Give the released decisions that still stand and name a row of the rule table, in their order.

    Bytes are looked at before they are read: of a million decisions few are.
    """
    table = schema.decision
    later = table.alias()
    query = (
        sa.select(table.c.body)
        .where(table.c.result == "release", ~sa.exists().where(later.c.follows == table.c.number))
        .order_by(table.c.number)
    )
    unpacker, word = zstandard.ZstdDecompressor(), rule.encode()
    for body in connection.execute(query).scalars():
        said = unpacker.decompress(body)
        if word in said:
            yield _RECORD.decode(said)


def _still_last(connection: sa.Connection, followed: list[int]) -> None:
    table = schema.decision
    query = sa.select(table.c.number, table.c.follows).where(table.c.follows.in_(followed))
    taken = connection.execute(query).first() if followed else None
    if taken is not None:
        raise UsageError(
            f"D-{taken[1]} no longer stands: D-{taken[0]} follows it",
            where=f"D-{taken[1]}",
            mend=f"name D-{taken[0]}, or what follows it",
            code="superseded",
        )


def column(name: str) -> str:
    """Give a name as its column has it: PostgreSQL keeps no NUL in a text."""
    return name.replace("\0", "\ufffd")


def _emptied(what: str) -> UsageError:
    return UsageError(
        f"{what} was emptied: its time of keeping was over",
        where=what,
        mend="interdict audit list --kind pruned says when and by whom",
        code="emptied",
    )


class Decisions:
    """Reads what the functions above wrote, in one view of the store."""

    def __init__(self, connection: sa.Connection, path: Place) -> None:
        self._connection = connection
        self._path = path
        self._unpacker = zstandard.ZstdDecompressor()

    def get(self, number: int) -> Record:
        """Give one decision. Raises `UsageError` (`unknown-decision`)."""
        found = next(self._records(sa.select(schema.decision.c.body).where(schema.decision.c.number == number)), None)
        if found is None and number in retention.emptied(self._connection):
            raise _emptied(f"D-{number}")
        if found is None:
            raise UsageError(
                f"no decision has the number {number}",
                where=f"D-{number}",
                mend="interdict decisions list names them",
                code="unknown-decision",
            )
        return found

    def records(self, *, name: str | None = None, result: str | None = None, last: bool = False) -> Iterator[Record]:
        """Give decisions in their order: of one payment or customer, of one result, or only those that still stand."""
        table = schema.decision
        query = sa.select(table.c.body).order_by(table.c.number)
        if name is not None:
            query = query.where(table.c.name == column(name))
        if result is not None:
            query = query.where(table.c.result == result)
        if last:
            later = table.alias()
            query = query.where(~sa.exists().where(later.c.follows == table.c.number))
        return self._records(query)

    def stopped(self, results: Iterable[str], since: datetime, until: datetime) -> Iterator[tuple[str, Payment]]:
        """Give the payments of decisions of these results, in their order, that still stand, with the decisions' ids.

        Only what was decided from `since` to `until` is read, and of that only the payment.
        """
        table, run = schema.decision, schema.run
        later = table.alias()
        query = (
            sa.select(table.c.body)
            .select_from(table.join(run, table.c.run == run.c.number))
            .where(run.c.at.between(stamp(since), stamp(until)), table.c.subject == Subject.PAYMENT.value)
            .where(~sa.exists().where(later.c.follows == table.c.number))
            .order_by(table.c.number)
        )
        for result in results:
            for one in self._decoded(query.where(table.c.result == result), _PAYMENT):
                if one.payment is not None:
                    yield f"D-{one.number}", one.payment

    def following(self, number: int) -> Record | None:
        """Give the decision that stands after one, if any does."""
        return next(self._records(sa.select(schema.decision.c.body).where(schema.decision.c.follows == number)), None)

    def chain(self, number: int) -> list[Record]:
        """Give a decision with all it stands after, the first one first."""
        found = [self.get(number)]
        while (before := found[0].follows) is not None:
            found.insert(0, self.get(before))
        return found

    def run(self, number: int) -> Run:
        """Give one run."""
        return self._run(self._connection.execute(sa.select(schema.run.c.body).where(schema.run.c.number == number)))

    def runs(self) -> list[tuple[Run, RunEnd | None]]:
        """Give every run with how it ended; none where it was interrupted."""
        query = (
            sa.select(schema.run.c.body, schema.run_end.c.body)
            .select_from(schema.run.outerjoin(schema.run_end, schema.run.c.number == schema.run_end.c.run))
            .order_by(schema.run.c.number)
        )
        rows = self._connection.execute(query)
        return [(_RUN.decode(row[0]), None if row[1] is None else _END.decode(row[1])) for row in rows]

    def file(self, sha256: str) -> bytes:
        """Give the bytes of a kept file. Raises `HomeError` (`damaged`) where they are not what was kept."""
        table = schema.kept_file
        row = self._connection.execute(sa.select(table.c.body).where(table.c.sha256 == sha256)).first()
        if row is None:
            raise faults.home_error("damaged", self._path, f"the file {sha256[:12]} is not kept")
        if not row[0] and sha256 in retention.emptied(self._connection).files:
            raise _emptied(f"the file {sha256[:12]}")
        try:
            data = self._unpacker.decompress(row[0])
        except zstandard.ZstdError as error:
            raise faults.home_error("damaged", self._path, f"the file {sha256[:12]}: {error}") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise faults.home_error("damaged", self._path, f"the file {sha256[:12]} does not fit its hash")
        return data

    def broken(self) -> list[tuple[int, str]]:
        """Give the decisions whose seal does not hold."""
        gone = retention.emptied(self._connection)
        return list(chain.broken(self._connection, schema.decision, said=self._said, emptied=gone))

    def _said(self, body: bytes) -> bytes:
        try:
            return self._unpacker.decompress(body)
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from error

    def _run(self, rows: sa.CursorResult[Any]) -> Run:
        body = rows.scalar()
        if body is None:
            raise faults.home_error("damaged", self._path, "a decision is of a run that is not kept")
        return _RUN.decode(body)

    def _records(self, query: sa.Select[Any]) -> Iterator[Record]:
        return self._decoded(query, _RECORD)

    def _decoded(self, query: sa.Select[Any], reader: msgspec.json.Decoder[_T]) -> Iterator[_T]:
        for batch in self._connection.execute(query).scalars().partitions(_BATCH):
            for body in batch:
                if not body:
                    continue  # its time of keeping was over; `broken` holds that the log says so
                try:
                    yield reader.decode(self._said(body))
                except (ValueError, msgspec.DecodeError) as error:
                    raise faults.home_error("damaged", self._path, f"a decision cannot be read: {error}") from error
