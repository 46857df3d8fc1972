"""Adds to the audit log, in the transaction of what it logs, and reads it.

1. One chain: every entry's JSON carries the hash of the entry before it, and its own hash is SHA-256 of that JSON.
2. What is written is what was hashed: nothing is encoded again to verify it.
3. Tables that carry seals of their own (`chain`) are tied to it: the entry that logs their rows carries the last seal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from interdiction.errors import UsageError
from interdiction.model import to_json
from interdiction.model.audit import FIRST, AuditEntry, Deed, SignedCheckpoint
from interdiction.model.codec import decoder
from interdiction.store.instants import stamp
from interdiction.store.schema import audit_checkpoint, audit_entry

_ENTRY = decoder(AuditEntry)
_SIGNED = decoder(SignedCheckpoint)
AT_ONCE: Final = 5000
"""Entries fetched in one go: a log of any length is read in the memory of these."""


def log(connection: sa.Connection, deeds: Iterable[Deed]) -> list[AuditEntry]:
    """Add deeds in this order and give the entries; they stand when the caller's transaction does."""
    seq, before = head(connection)
    entries: list[AuditEntry] = []
    rows: list[dict[str, Any]] = []
    for deed in deeds:
        seq += 1
        body = msgspec.Raw(to_json(deed.body))
        by, subject = deed.by.replace("\0", "\ufffd"), deed.subject.replace("\0", "\ufffd")  # PostgreSQL keeps no NUL
        entry = AuditEntry(seq, before, stamp(deed.at), by, deed.kind.value, subject, body)
        written = to_json(entry)
        digest = hashlib.sha256(written)
        before = digest.hexdigest()
        entries.append(entry)
        rows.append(
            {
                "seq": seq,
                "at": entry.at,
                "by": entry.by,
                "kind": entry.kind,
                "subject": entry.subject,
                "entry": written,
                "sha256": digest.digest(),
            }
        )
    if rows:
        connection.execute(sa.insert(audit_entry), rows)
    return entries


def head(connection: sa.Connection) -> tuple[int, str]:
    """Give the number and the hash of the last entry; 0 and zeros where there is none."""
    query = sa.select(audit_entry.c.seq, audit_entry.c.sha256).order_by(audit_entry.c.seq.desc()).limit(1)
    row = connection.execute(query).first()
    return (0, FIRST) if row is None else (int(row[0]), bytes(row[1]).hex())


def unsigned(connection: sa.Connection) -> tuple[int, str]:
    """Give how many entries stand behind the last checkpoint, and the instant of the first of them."""
    column = audit_entry.c
    last = connection.execute(sa.select(sa.func.max(audit_checkpoint.c.seq))).scalar() or 0
    oldest = connection.execute(sa.select(column.at).where(column.seq > last).order_by(column.seq).limit(1)).scalar()
    return max(head(connection)[0] - last, 0), str(oldest or "")


def add_checkpoint(connection: sa.Connection, signed: SignedCheckpoint) -> None:
    """Store a signed checkpoint; the same end of the chain may be signed more than once."""
    one = signed.checkpoint
    connection.execute(sa.insert(audit_checkpoint).values(seq=one.seq, at=one.at, body=to_json(signed)))


class AuditLog:
    """Reads the log, in one view of the store."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, seq: int) -> tuple[bytes, str]:
        """Give the JSON of one entry and its hash. Raises `UsageError` (`unknown-entry`)."""
        query = sa.select(audit_entry.c.entry, audit_entry.c.sha256).where(audit_entry.c.seq == seq)
        row = self._connection.execute(query).first()
        if row is None:
            raise UsageError(
                f"the log has no entry {seq}",
                where="SEQ",
                mend="interdict audit list names them",
                code="unknown-entry",
            )
        return bytes(row[0]), bytes(row[1]).hex()

    def entries(
        self,
        *,
        kind: str | None = None,
        subject: str | None = None,
        by: str | None = None,
        since: str | None = None,
        before: int | None = None,
        most: int | None = None,
    ) -> list[AuditEntry]:
        """Give entries, the latest first; `since` is an instant as `stamp` writes it.

        `subject` finds a decision also where it was logged with others (`D-1..D-2000`); `before` leaves out that entry
        and all later ones: the next page of a long answer.
        """
        column = audit_entry.c
        query = sa.select(column.entry).order_by(column.seq.desc()).limit(most)
        if subject is not None:
            query = query.where(column.subject.in_(self._naming(subject)))
        for wanted, where in ((kind, column.kind), (by, column.by)):
            if wanted is not None:
                query = query.where(where == wanted)
        if since is not None:
            query = query.where(column.at >= since)
        if before is not None:
            query = query.where(column.seq < before)
        return [_ENTRY.decode(body) for body in self._connection.execute(query).scalars()]

    def _naming(self, subject: str) -> list[str]:
        """Give the subjects under which a thing was logged: its own, and the stretch of decisions it is among."""
        number = subject.removeprefix("D-")
        if number == subject or not number.isdecimal():
            return [subject]
        column = audit_entry.c
        query = sa.select(column.subject).where(column.kind == "decided", column.subject.like("D-%..D-%"))
        found = (one.removeprefix("D-").split("..D-") for one in self._connection.execute(query).scalars())
        return [subject, *(f"D-{a}..D-{b}" for a, b in found if int(a) <= int(number) <= int(b))]

    def lines(self, first: int = 1, last: int | None = None) -> Iterator[tuple[int, bytes, bytes]]:
        """Give number, JSON and hash of every entry from `first` on, in their order, in batches of memory."""
        column = audit_entry.c
        query = sa.select(column.seq, column.entry, column.sha256).where(column.seq >= first).order_by(column.seq)
        if last is not None:
            query = query.where(column.seq <= last)
        for row in self._connection.execute(query, execution_options={"yield_per": AT_ONCE}):
            yield row[0], bytes(row[1]), bytes(row[2])

    def checkpoints(self) -> list[SignedCheckpoint]:
        """Give every checkpoint that can be read, the earliest first."""
        return self.marks()[0]

    def marks(self) -> tuple[list[SignedCheckpoint], list[int]]:
        """Give every checkpoint, the earliest first, and the numbers of the entries whose one cannot be read."""
        column = audit_checkpoint.c
        good, bad = [], []
        for seq, body in self._connection.execute(sa.select(column.seq, column.body).order_by(column.number)):
            try:
                good.append(_SIGNED.decode(body))
            except msgspec.DecodeError:
                bad.append(seq)
        return good, bad
