"""Writes and reads cases: each step as it was taken, sealed, and beside it what the steps come to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from interdiction.errors import UsageError
from interdiction.model import Outcome, Subject, to_json
from interdiction.model.case import Case, CaseEntry, CaseState
from interdiction.model.codec import decoder
from interdiction.model.webhook import Event
from interdiction.store import audit, case_deeds, chain, faults, schema, webhooks
from interdiction.store.decisions import column
from interdiction.store.instants import stamp
from interdiction.store.place import Place

_CASE, _ENTRY = decoder(Case), decoder(CaseEntry)
_BATCH: Final = 500


def next_number(connection: sa.Connection) -> int:
    """Give the number of the next case."""
    last: int | None = connection.execute(sa.select(sa.func.max(schema.case_work.c.number))).scalar()
    return (last or 0) + 1


def save(connection: sa.Connection, taken: Sequence[tuple[Case, CaseEntry]]) -> None:
    """Store steps, in their order, each with the case after it; one case may be among them several times.

    Raises `UsageError` (`case-changed`) where somebody took another step of a case meanwhile.
    """

    def body(entry: CaseEntry) -> Callable[[int], tuple[bytes, dict[str, Any]]]:
        return lambda _: (to_json(entry), {"case_number": entry.case, "act": entry.act, "at": stamp(entry.at)})

    first: dict[int, int] = {}
    last: dict[int, Case] = {}
    for case, _ in taken:
        first.setdefault(case.number, case.version - 1)
        last[case.number] = case
    fresh = [case for number, case in last.items() if first[number] == 0]
    if fresh:
        connection.execute(sa.insert(schema.case_work), [_row(case) for case in fresh])
    _replace(connection, [(case, first[number]) for number, case in last.items() if first[number]])
    chain.append(connection, schema.case_entry, [body(entry) for _, entry in taken])
    audit.log(connection, [case_deeds.step(case, entry) for case, entry in taken])
    told = [
        (case.id, {"case": case.id, "step": entry.place, "act": entry.act, "state": case.state.value})
        for case, entry in taken
    ]
    if taken:
        webhooks.tell(connection, Event.CASE_STEP, told, taken[-1][1].at)
    table = schema.case_pair
    for some in _batches([number for number in last if first[number]]):
        connection.execute(sa.delete(table).where(table.c.case_number.in_(some)))
    pairs = [row for case in last.values() for row in pair_rows(case)]
    if pairs:
        connection.execute(sa.insert(table), pairs)


def _row(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "subject_kind": case.subject_kind.value,
        "subject": column(case.subject),
        "state": case.state.value,
        "version": case.version,
        "opened_at": stamp(case.opened_at),
        "body": to_json(case),
    }


def pair_rows(case: Case) -> list[dict[str, Any]]:
    """Give the rows by which the pairs of a case are searched."""
    return [
        {
            "case_number": case.number,
            "listing": pair.listing,
            "subject": column(case.subject),
            "fingerprint": pair.fingerprint,
            "outcome": pair.outcome.value,
        }
        for pair in case.pairs
    ]


def _replace(connection: sa.Connection, changed: Sequence[tuple[Case, int]]) -> None:
    """Write cases over what stands at the versions that were seen: all in one call, or none where one has moved on.

    Between the look and the writing nobody writes: a transaction has the store to itself.
    """
    table = schema.case_work
    for some in _batches(changed):
        query = sa.select(table.c.number, table.c.version).where(table.c.number.in_([case.number for case, _ in some]))
        stands = {int(row[0]): int(row[1]) for row in connection.execute(query)}
        for case, seen in some:
            if stands.get(case.number) != seen:
                raise UsageError(
                    f"{case.id} was changed by somebody else meanwhile",
                    where=case.id,
                    mend=f"look at it again: interdict cases show {case.id}",
                    code="case-changed",
                )
    if changed:
        rows = [{f"_{name}": value for name, value in _row(case).items()} for case, _ in changed]
        values: dict[str, Any] = {name.removeprefix("_"): sa.bindparam(name) for name in rows[0] if name != "_number"}
        connection.execute(sa.update(table).where(table.c.number == sa.bindparam("_number")).values(values), rows)


class Cases:
    """Reads what `save` wrote, in one view of the store."""

    def __init__(self, connection: sa.Connection, path: Place) -> None:
        self._connection = connection
        self._path = path

    def get(self, number: int) -> Case:
        """Give one case. Raises `UsageError` (`unknown-case`)."""
        table = schema.case_work
        found = self._cases(sa.select(table.c.body).where(table.c.number == number))
        if not found:
            raise UsageError(
                f"no case has the number {number}",
                where=f"C-{number}",
                mend="interdict cases list names them",
                code="unknown-case",
            )
        return found[0]

    def cases(self, *, states: Collection[CaseState] = (), subject: str | None = None) -> list[Case]:
        """Give cases in the order of their numbers: in these states (or all), of one subject."""
        table = schema.case_work
        query = sa.select(table.c.body).order_by(table.c.number)
        if states:
            query = query.where(table.c.state.in_([state.value for state in states]))
        if subject is not None:
            query = query.where(table.c.subject == column(subject))
        return self._cases(query)

    def open_of(self, subjects: Iterable[tuple[Subject, str]]) -> dict[tuple[Subject, str], Case]:
        """Give the case that is open on each of these subjects, where one is."""
        table, wanted = schema.case_work, set(subjects)
        found: dict[tuple[Subject, str], Case] = {}
        for some in _batches(sorted({column(subject) for _, subject in wanted})):
            query = sa.select(table.c.body).where(table.c.subject.in_(some), table.c.state != CaseState.CLOSED.value)
            for case in self._cases(query.order_by(table.c.number)):
                if (case.subject_kind, case.subject) in wanted:
                    found.setdefault((case.subject_kind, case.subject), case)
        return found

    def like(self, listing: str, fingerprint: str) -> list[Case]:
        """Give the open cases with this listing in them, on which exactly the same spoke."""
        table, pair = schema.case_work, schema.case_pair
        query = (
            sa.select(table.c.body)
            .join(pair, pair.c.case_number == table.c.number)
            .where(pair.c.listing == listing, pair.c.fingerprint == fingerprint)
            .where(table.c.state != CaseState.CLOSED.value)
            .order_by(table.c.number)
        )
        return self._cases(query)

    def said_of(self, listing: str, fingerprint: str, most: int = 20) -> list[Case]:
        """Give the last cases in which something was said of this listing where exactly the same spoke."""
        table, pair = schema.case_work, schema.case_pair
        query = (
            sa.select(table.c.body)
            .join(pair, pair.c.case_number == table.c.number)
            .where(pair.c.listing == listing, pair.c.fingerprint == fingerprint)
            .where(pair.c.outcome != Outcome.UNCONFIRMED.value)
            .order_by(table.c.number.desc())
            .limit(most)
        )
        return self._cases(query)

    def with_outcome(self, outcome: str) -> list[Case]:
        """Give the cases, open or closed, in which some pair has an outcome, in the order of their numbers."""
        table, pair = schema.case_work, schema.case_pair
        numbers = sa.select(pair.c.case_number).where(pair.c.outcome == outcome)
        return self._cases(sa.select(table.c.body).where(table.c.number.in_(numbers)).order_by(table.c.number))

    def entries(self, number: int | None = None) -> list[CaseEntry]:
        """Give the steps of one case, or of all, in their order. Raises `HomeError` (`damaged`)."""
        table = schema.case_entry
        query = sa.select(table.c.body).order_by(table.c.number)
        if number is not None:
            query = query.where(table.c.case_number == number)
        try:
            return [_ENTRY.decode(body) for body in self._connection.execute(query).scalars()]
        except msgspec.DecodeError as error:
            raise faults.home_error("damaged", self._path, f"a step of a case cannot be read: {error}") from error

    def broken(self) -> list[tuple[int, str]]:
        """Give the steps whose seal does not hold."""
        return list(chain.broken(self._connection, schema.case_entry))

    def _cases(self, query: sa.Select[Any]) -> list[Case]:
        try:
            return [_CASE.decode(body) for body in self._connection.execute(query).scalars()]
        except msgspec.DecodeError as error:
            raise faults.home_error("damaged", self._path, f"a case cannot be read: {error}") from error


def _batches(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[at : at + _BATCH] for at in range(0, len(values), _BATCH))
