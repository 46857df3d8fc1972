"""Verifies the audit log in a stream: every entry against its hash, its neighbours, its columns and the checkpoints.

A chain shows that something was changed, not what stood there: each fault names the entry where it shows. A log that
was written anew from some entry on fits itself; only a checkpoint from before, best one kept elsewhere, shows it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from interdiction.model.audit import FIRST, AuditEntry, AuditKind, Checkpoint, Fault, PrunedEntry
from interdiction.model.codec import decoder
from interdiction.store.audit import AT_ONCE
from interdiction.store.schema import audit_entry, decision, filing, ledger_entry

MOST: Final = 1000
"""Faults that are told one by one; beyond them they are counted."""
_ENTRY = decoder(AuditEntry)
_QUOTES: Final = 24
"""Quotation marks in the beginning of an entry whose columns hold none."""
_PRUNED = decoder(PrunedEntry)
_SEALED: Final = {
    AuditKind.DECIDED.value: decision,
    AuditKind.LEDGER_BOOKED.value: ledger_entry,
    AuditKind.REPORT_MADE.value: filing,
    AuditKind.REPORT_FILED.value: filing,
}


class Verified(msgspec.Struct, frozen=True):
    """What a verification found: how many entries there are, the last hash, how many were pruned, and the faults."""

    entries: int
    hash: str
    pruned: int
    checkpoints: int
    faults: tuple[Fault, ...]
    count: int
    """Of the faults, told or not."""


class _Seal(msgspec.Struct):
    last: int
    seal: str


class _Range(msgspec.Struct):
    entries: tuple[tuple[int, int], ...] = ()


_SEAL = decoder(_Seal)
_RANGE = decoder(_Range)


class _Checking:
    """The state of one verification."""

    def __init__(self, checkpoints: Iterable[Checkpoint]) -> None:
        self.faults: list[Fault] = []
        self.count = 0
        self.expected = 1
        self.prev = FIRST
        self.pruned: list[int] = []
        self.allowed: list[tuple[int, int]] = []
        self.seals: dict[sa.Table, dict[int, tuple[int, str]]] = {}
        self._at = {one.seq: one for one in checkpoints}
        self._of_interest = {*_SEALED, AuditKind.PRUNED.value}
        self.checkpoints = len(self._at)

    def fault(self, seq: int, what: str) -> None:
        self.count += 1
        if len(self.faults) < MOST:
            self.faults.append(Fault(seq, what))

    def rows(self, rows: Iterable[Any]) -> None:
        """Check one batch. Everything that every entry pays for stands in this loop."""
        sha256, of_interest, marks = hashlib.sha256, self._of_interest, self._at
        expected, prev = self.expected, self.prev
        for seq, at, by, kind, subject, entry, digest in rows:
            if seq != expected:
                self._jumped(seq, expected)
            if not kind:
                self._pruned(seq, prev if seq == expected else None, entry, digest)
            else:
                if sha256(entry).digest() != digest:
                    self.fault(seq, "what it says does not fit its hash")
                # Where no column holds a sign that JSON escapes, its beginning says whether it fits: it is not read.
                place, told = f'"seq":{seq},"prev":"{prev}"', f'"by":"{by}","kind":"{kind}","subject":"{subject}"'
                begins = f'{{{place},"at":"{at}",{told},"body":'
                if begins.count('"') != _QUOTES or not entry.startswith(begins.encode()) or kind in of_interest:
                    self._read(seq, prev if seq == expected else None, (at, by, kind, subject), entry)
            prev = digest.hex()
            expected = seq + 1
            if seq in marks and marks[seq].hash != prev:
                self.fault(seq, f"the checkpoint of {marks[seq].at} saw another entry here")
        self.expected, self.prev = expected, prev

    def _read(self, seq: int, prev: str | None, columns: tuple[str, str, str, str], entry: bytes) -> None:
        try:
            one = _ENTRY.decode(entry)
        except msgspec.DecodeError:
            self.fault(seq, "it cannot be read")
            return
        if prev is not None and one.prev != prev:
            self.fault(seq, f"entry {seq - 1}, before it, is not the one it was written after")
        if (one.seq, one.at, one.by, one.kind, one.subject) != (seq, *columns):
            self.fault(seq, "the columns beside it say something else")
        if one.kind in self._of_interest:
            self._noted(one)

    def _jumped(self, seq: int, expected: int) -> None:
        if seq > expected:
            missing = f"entry {expected} is" if seq == expected + 1 else f"entries {expected} to {seq - 1} are"
            self.fault(seq, f"{missing} missing before it")
        else:
            self.fault(seq, "it stands where no entry can")

    def _pruned(self, seq: int, prev: str | None, entry: bytes, digest: bytes) -> None:
        try:
            one = _PRUNED.decode(entry)
        except msgspec.DecodeError:
            self.fault(seq, "it cannot be read")
            return
        if (one.seq, one.pruned) != (seq, digest.hex()) or (prev is not None and one.prev != prev):
            self.fault(seq, "what stays of it does not fit its place")
        self.pruned.append(seq)

    def _noted(self, one: AuditEntry) -> None:
        try:
            if one.kind == AuditKind.PRUNED.value:
                self.allowed += _RANGE.decode(one.body).entries
            else:
                seal = _SEAL.decode(one.body)
                self.seals.setdefault(_SEALED[one.kind], {})[seal.last] = one.seq, seal.seal
        except msgspec.DecodeError:
            self.fault(one.seq, "its facts cannot be read")

    def ended(self) -> None:
        last = self.expected - 1
        for seq, mark in sorted(self._at.items()):
            if seq > last:
                self.fault(seq, f"the log was cut: on {mark.at} it had {seq} entries, now it has {last}")
        for seq in self.pruned:
            if not any(first <= seq <= until for first, until in self.allowed):
                self.fault(seq, "it was emptied, and no pruning is recorded for it")


def verify(
    connection: sa.Connection,
    checkpoints: Iterable[Checkpoint] = (),
    progress: Callable[[str, int, int], None] | None = None,
) -> Verified:
    """Verify the whole log and what its entries say of tables with seals of their own. Nothing is changed."""
    column = audit_entry.c
    whole = connection.execute(sa.select(sa.func.count()).select_from(audit_entry)).scalar_one()
    query = sa.select(
        column.seq, column.at, column.by, column.kind, column.subject, column.entry, column.sha256
    ).order_by(column.seq)
    checking = _Checking(checkpoints)
    done = 0
    for batch in connection.execute(query, execution_options={"yield_per": AT_ONCE}).partitions(AT_ONCE):
        checking.rows(batch)
        done += len(batch)
        if progress is not None:
            progress("entries", done, whole)
    checking.ended()
    for table, seals in checking.seals.items():
        _tied(connection, table, seals, checking.fault)
    return Verified(
        done, checking.prev, len(checking.pruned), checking.checkpoints, tuple(checking.faults), checking.count
    )


def _tied(
    connection: sa.Connection, table: sa.Table, seals: Mapping[int, tuple[int, str]], fault: Callable[[int, str], None]
) -> None:
    """Hold the rows of a sealed table against the seals that the log kept of them."""
    left = dict(seals)
    latest, rows_after = max(seals), 0
    query = sa.select(table.c.number, table.c.sha256).order_by(table.c.number)
    for number, seal in connection.execute(query, execution_options={"yield_per": AT_ONCE}):
        said = left.pop(number, None)
        if said is not None and said[1] != bytes(seal).hex():
            fault(said[0], f"row {number} of {table.name} is not the one that was logged")
        rows_after += number > latest
    for number, (seq, _) in left.items():
        fault(seq, f"row {number} of {table.name}, which it logs, is not there")
    if rows_after:
        fault(seals[latest][0], f"{rows_after} rows of {table.name} after row {latest} were never logged")
