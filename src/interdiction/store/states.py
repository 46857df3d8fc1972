"""What a list holds at an edition, as one number that the log keeps: a listing lost, added or exchanged shows.

The number is the sum, modulo 2^256, of SHA-256 over each listing's uid and the hash of its content: it does not depend
on an order, and what an edition changes is added and taken away.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from interdiction.store.schema import edition, listing_content, listing_interval

_MODULUS: Final = 1 << 256
_AT_ONCE: Final = 2000


def state(connection: sa.Connection, list_key: str, seq: int) -> str:
    """Give the number of what a list holds at an edition, in hexadecimal."""
    place = listing_interval.c
    query = (
        sa.select(place.uid, listing_content.c.sha256)
        .join(listing_content, place.content == listing_content.c.id)
        .where(place.list == list_key, place.from_seq <= seq, sa.or_(place.to_seq.is_(None), place.to_seq > seq))
    )
    rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    return _shown(sum(_number(uid, bytes(digest)) for uid, digest in rows))


def states(connection: sa.Connection, list_key: str) -> Iterator[tuple[str, int, str]]:
    """Give every edition of a list in its order: its id, how many listings it holds, and their number."""
    place = listing_interval.c
    query = (
        sa.select(place.from_seq, place.to_seq, place.uid, listing_content.c.sha256)
        .join(listing_content, place.content == listing_content.c.id)
        .where(place.list == list_key)
    )
    sums: dict[int, int] = defaultdict(int)
    counts: dict[int, int] = defaultdict(int)
    for first, after, uid, digest in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
        number = _number(uid, bytes(digest))
        sums[first] += number
        counts[first] += 1
        if after is not None:
            sums[after] -= number
            counts[after] -= 1
    whole = count = 0
    left = sorted(sums, reverse=True)
    editions = sa.select(edition.c.seq, edition.c.id).where(edition.c.list == list_key).order_by(edition.c.seq)
    for seq, uid in connection.execute(editions).all():
        while left and left[-1] <= seq:
            at = left.pop()
            whole, count = whole + sums[at], count + counts[at]
        yield uid, count, _shown(whole)


def _number(uid: str, digest: bytes) -> int:
    return int.from_bytes(hashlib.sha256(uid.encode() + b"\0" + digest).digest())


def _shown(number: int) -> str:
    return f"{number % _MODULUS:064x}"
