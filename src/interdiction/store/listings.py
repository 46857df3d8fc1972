"""Writes what an edition changes: contents that are new, and the intervals cut, opened and closed for it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from interdiction.model import Listing, to_json
from interdiction.store import schema
from interdiction.store.reading import Interval

_CHUNK = 500


class Neighbours:
    """What stands around the place where an edition is filed.

    `before` are the intervals in force at the edition before it, `after` those at the edition that follows;
    `next_seq` is the latter's place, `None` when the new edition is the last.
    """

    __slots__ = ("after", "before", "next_seq")

    def __init__(
        self, before: Mapping[str, Interval], next_seq: int | None = None, after: Mapping[str, Interval] | None = None
    ) -> None:
        self.before = before
        self.next_seq = next_seq
        self.after = after or {}


def file_changes(
    connection: sa.Connection,
    list_key: str,
    seq: int,
    changes: Mapping[str, Listing | None],
    neighbours: Neighbours,
) -> None:
    """File an edition at `seq`: `changes` are the uids whose content differs from the edition before, with the
    new content, or `None` where the listing is gone. The states at every other edition stay as they are.
    """
    contents = _contents(connection, changes)
    surgery = _Surgery(list_key, seq, neighbours)
    for uid in changes:
        surgery.change(uid, contents.get(uid))
    surgery.write(connection)


class _Surgery:
    """Collects what happens to the intervals, to be written in three statements."""

    def __init__(self, list_key: str, seq: int, neighbours: Neighbours) -> None:
        self._list = list_key
        self._seq = seq
        self._next = neighbours.next_seq
        self._before = neighbours.before
        self._after = neighbours.after
        self._closed: list[dict[str, Any]] = []
        self._dropped: list[dict[str, Any]] = []
        self._opened: list[dict[str, Any]] = []

    def change(self, uid: str, content: int | None) -> None:
        """Give `uid` this content at the new edition and leave the next edition's state alone."""
        active = self._before.get(uid)
        if active is not None:
            if active.content == content:
                return
            self._closed.append({"b_uid": uid, "b_from": active.from_seq, "b_to": self._seq})
        following = self._after.get(uid)
        if following is not None and active is not None and following.from_seq == active.from_seq:
            # The interval that is cut here went on past the next edition: its rest starts there.
            self._open(uid, self._next, active.to_seq, active.content)
            following = None
        if content is None:
            return
        if following is not None and following.content == content:
            # The next edition's interval says the same: it starts earlier now.
            self._dropped.append({"b_uid": uid, "b_from": following.from_seq})
            self._open(uid, self._seq, following.to_seq, content)
        else:
            self._open(uid, self._seq, self._next, content)

    def _open(self, uid: str, from_seq: int | None, to_seq: int | None, content: int) -> None:
        self._opened.append(
            {"list": self._list, "uid": uid, "from_seq": from_seq, "to_seq": to_seq, "content": content}
        )

    def write(self, connection: sa.Connection) -> None:
        """Write all of it."""
        table = schema.listing_interval
        here = (
            table.c.list == self._list,
            table.c.uid == sa.bindparam("b_uid"),
            table.c.from_seq == sa.bindparam("b_from"),
        )
        if self._closed:
            connection.execute(sa.update(table).where(*here).values(to_seq=sa.bindparam("b_to")), self._closed)
        if self._dropped:
            connection.execute(sa.delete(table).where(*here), self._dropped)
        if self._opened:
            connection.execute(sa.insert(table), self._opened)


def _contents(connection: sa.Connection, changes: Mapping[str, Listing | None]) -> dict[str, int]:
    """Give the row of each new content by uid, storing those that are not there yet."""
    bodies = {uid: to_json(listing) for uid, listing in changes.items() if listing is not None}
    digests = {uid: hashlib.sha256(body).digest() for uid, body in bodies.items()}
    wanted = {digests[uid]: body for uid, body in bodies.items()}
    table = schema.listing_content
    last: int = connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))).scalar_one()
    rows: dict[bytes, int] = {}
    if last:
        keys = list(wanted)
        for at in range(0, len(keys), _CHUNK):
            found = connection.execute(
                sa.select(table.c.sha256, table.c.id).where(table.c.sha256.in_(keys[at : at + _CHUNK]))
            )
            rows |= {bytes(digest): row for digest, row in found}
    new = [digest for digest in wanted if digest not in rows]
    rows |= zip(new, range(last + 1, last + 1 + len(new)), strict=True)
    if new:
        connection.execute(
            sa.insert(table), [{"id": rows[digest], "sha256": digest, "body": wanted[digest]} for digest in new]
        )
    return {uid: rows[digest] for uid, digest in digests.items()}
