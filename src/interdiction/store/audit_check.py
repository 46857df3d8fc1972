"""Verifies the audit log in a stream: every entry against its hash, its neighbours, its columns and the checkpoints.

A chain shows that something was changed, not what stood there: each fault names the entry where it shows. A log that
was written anew from some entry on fits itself; only a checkpoint from before, best one kept elsewhere, shows it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import le
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from interdiction.model.audit import FIRST, AuditEntry, AuditKind, Checkpoint, Fault
from interdiction.model.codec import decoder
from interdiction.store import postgres
from interdiction.store.audit import AT_ONCE
from interdiction.store.schema import audit_entry, case_entry, clearance_entry, decision, filing, ledger_entry

MOST: Final = 1000
"""Faults that are told one by one; beyond them they are counted."""
BACK: Final = timedelta(minutes=5)
"""How much earlier than the entry before it one may be dated unnoted: an act bears the instant at which it began."""
_BATCH: Final = 1000
"""Entries that are checked together: they stay in the processor's nearest memory."""
_ENTRY = decoder(AuditEntry)
_SEALED: Final = {
    AuditKind.DECIDED.value: decision,
    AuditKind.LEDGER_BOOKED.value: ledger_entry,
    AuditKind.REPORT_MADE.value: filing,
    AuditKind.REPORT_FILED.value: filing,
}


_TOLD: Final = {AuditKind.CASE_STEP.value: case_entry, AuditKind.CLEARANCE_STEP.value: clearance_entry}
"""Tables of which every row has an entry of its own, with the hash of its words, in the same order."""


class Verified(msgspec.Struct, frozen=True):
    """What a verification found: how many entries there are, the last hash, and the faults."""

    entries: int
    hash: str
    checkpoints: int
    faults: tuple[Fault, ...]
    count: int
    """Of the faults, told or not."""
    notes: tuple[Fault, ...] = ()
    """What is no fault and worth a look: entries that are dated well before the one they follow."""


class _Seal(msgspec.Struct):
    last: int
    seal: str


class _Words(msgspec.Struct):
    sha256: str


_SEAL = decoder(_Seal)
_WORDS = decoder(_Words)


class _Checking:
    """The state of one verification."""

    def __init__(self, checkpoints: Iterable[Checkpoint]) -> None:
        self.faults: list[Fault] = []
        self.count = 0
        self.expected = 1
        self.prev = FIRST
        self.at = ""
        self.notes: list[Fault] = []
        self.seals: dict[sa.Table, dict[int, tuple[int, str]]] = {}
        self._at = {one.seq: one for one in checkpoints}
        self.told: dict[sa.Table, list[tuple[int, str]]] = {}
        self._of_interest = {*_SEALED, *_TOLD}
        self.checkpoints = len(self._at)

    def fault(self, seq: int, what: str) -> None:
        self.count += 1
        if len(self.faults) < MOST:
            self.faults.append(Fault(seq, what))

    def batch(self, rows: Sequence[Any]) -> None:
        """Check one batch: whole columns at once, and entry by entry only where something in it is not as it should."""
        if not self._fits(rows):
            self._each(rows)
        ats = [row[1] for row in rows]
        if not all(map(le, (self.at, *ats), ats)):
            self._dated([row[0] for row in rows], ats)
        self.at = ats[-1]

    def _dated(self, seqs: Sequence[int], ats: Sequence[str]) -> None:
        """Note where the clock was set back; the order is that of the numbers, whatever the clock said."""
        for seq, before, at in zip(seqs, (self.at or ats[0], *ats), ats, strict=False):
            try:
                back = datetime.fromisoformat(before) - datetime.fromisoformat(at)
            except (ValueError, TypeError):
                continue  # somebody changed it, which is a fault of its own
            if back >= BACK and len(self.notes) < MOST:
                said = str(timedelta(seconds=round(back.total_seconds())))
                note = f"it is dated {said} before the entry it follows: was the clock set back?"
                self.notes.append(Fault(seq, note))

    def _fits(self, rows: Sequence[Any]) -> bool:
        """Tell whether nothing is wrong in a batch; what every entry of a long log pays for stands here."""
        seqs, ats, bys, kinds, subjects, entries, digests = zip(*rows, strict=True)
        if seqs != tuple(range(self.expected, self.expected + len(rows))):
            return False
        sha256 = hashlib.sha256
        if tuple([sha256(entry).digest() for entry in entries]) != digests:
            return False
        # Where no column holds a sign that JSON escapes, its beginning says whether it fits: it is not read.
        if any('"' in text for text in map("".join, (ats, bys, kinds, subjects))):
            return False
        hashes = [digest.hex() for digest in digests]
        begins = [
            (
                f'{{"seq":{seq},"prev":"{prev}","at":"{at}","by":"{by}","kind":"{kind}","subject":"{subject}","body":'
            ).encode()
            for seq, prev, at, by, kind, subject in zip(
                seqs, (self.prev, *hashes), ats, bys, kinds, subjects, strict=False
            )
        ]
        if not all(map(bytes.startswith, entries, begins)):
            return False
        if not self._of_interest.isdisjoint(kinds):
            for kind, entry in zip(kinds, entries, strict=True):
                if kind in self._of_interest:
                    self._noted(_ENTRY.decode(entry))
        for seq in self._at.keys() & set(seqs):
            self._marked(seq, hashes[seq - self.expected])
        self.expected, self.prev = seqs[-1] + 1, hashes[-1]
        return True

    def _marked(self, seq: int, digest: str) -> None:
        if self._at[seq].hash != digest:
            self.fault(seq, f"the checkpoint of {self._at[seq].at} saw another entry here")

    def _each(self, rows: Iterable[Any]) -> None:
        for seq, at, by, kind, subject, entry, digest in rows:
            follows = seq == self.expected
            if not follows:
                self._jumped(seq, self.expected)
            if hashlib.sha256(entry).digest() != digest:
                self.fault(seq, "what it says does not fit its hash")
            self._read(seq, self.prev if follows else None, (at, by, kind, subject), entry)
            self.prev, self.expected = digest.hex(), seq + 1
            if seq in self._at:
                self._marked(seq, self.prev)

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

    def _noted(self, one: AuditEntry) -> None:
        try:
            if one.kind in _TOLD:
                words = _WORDS.decode(one.body)
                self.told.setdefault(_TOLD[one.kind], []).append((one.seq, words.sha256))
                return
            seal = _SEAL.decode(one.body)
            self.seals.setdefault(_SEALED[one.kind], {})[seal.last] = one.seq, seal.seal
        except msgspec.DecodeError:
            self.fault(one.seq, "its facts cannot be read")

    def ended(self) -> None:
        last = self.expected - 1
        for seq, mark in sorted(self._at.items()):
            if seq > last:
                self.fault(seq, f"the log was cut: on {mark.at} it had {seq} entries, now it has {last}")


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
    for batch in _rows(connection, query):
        checking.batch(batch)
        done += len(batch)
        if progress is not None:
            progress("entries", done, whole)
    checking.ended()
    for table, seals in checking.seals.items():
        _tied(connection, table, seals, checking.fault)
    for table, words in checking.told.items():
        _same_words(connection, table, words, checking.fault)
    return Verified(
        done, checking.prev, checking.checkpoints, tuple(checking.faults), checking.count, tuple(checking.notes)
    )


def _rows(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[Sequence[Any]]:
    """Give the driver's own rows in batches: a third of the time of a long log would go into wrapping them."""
    if connection.dialect.name == "postgresql":
        yield from postgres.streamed(connection, query, _BATCH)
        return
    cursor: Any = connection.execute(query).cursor
    while batch := cursor.fetchmany(_BATCH):
        yield batch


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


def _same_words(
    connection: sa.Connection, table: sa.Table, told: Sequence[tuple[int, str]], fault: Callable[[int, str], None]
) -> None:
    """Hold the rows of a table, in their order, against the entries that tell of them one by one."""
    query = sa.select(table.c.number, table.c.body).order_by(table.c.number)
    rows = iter(connection.execute(query, execution_options={"yield_per": AT_ONCE}))
    for seq, sha256 in told:
        row = next(rows, None)
        if row is None:
            fault(seq, f"a row of {table.name}, which it logs, is not there")
        elif hashlib.sha256(bytes(row[1])).hexdigest() != sha256:
            fault(seq, f"row {row[0]} of {table.name} is not the one that was logged")
    more = sum(1 for _ in rows)
    if more:
        fault(told[-1][0], f"{more} rows of {table.name} at its end were never logged")
