"""Writes and reads rescreenings: what was begun, each slice as it is done, and how it ended."""

from __future__ import annotations

import sqlalchemy as sa
import zstandard
from msgspec.structs import replace

from interdiction.model import to_json
from interdiction.model.codec import decoder
from interdiction.model.rescreen import Rescreen, RescreenEnd, Slice
from interdiction.store import audit, deeds, schema

_BEGUN, _ENDED, _SLICE = decoder(Rescreen), decoder(RescreenEnd), decoder(Slice)


def begin(connection: sa.Connection, one: Rescreen) -> Rescreen:
    """Store that a rescreening began; give it with its number."""
    table = schema.rescreen
    last: int | None = connection.execute(sa.select(sa.func.max(table.c.number))).scalar()
    numbered = replace(one, number=(last or 0) + 1)
    values = {"number": numbered.number, "source": one.source, "identity": one.identity, "begun": to_json(numbered)}
    connection.execute(sa.insert(table).values(**values))
    return numbered


def add(connection: sa.Connection, number: int, one: Slice) -> None:
    """Store one slice that is done."""
    body = zstandard.ZstdCompressor(level=5).compress(to_json(one))
    connection.execute(sa.insert(schema.rescreen_slice).values(rescreen=number, first=one.first, body=body))


def end(connection: sa.Connection, ended: RescreenEnd) -> None:
    """Store how a rescreening ended; none ends twice."""
    table = schema.rescreen
    done = connection.execute(
        sa.update(table).where(table.c.number == ended.number, table.c.ended.is_(None)).values(ended=to_json(ended))
    )
    if done.rowcount:
        begun = connection.execute(sa.select(table.c.begun).where(table.c.number == ended.number)).scalar_one()
        audit.log(connection, [deeds.rescreened(_BEGUN.decode(begun), ended)])


def unfinished(connection: sa.Connection, identity: str) -> Rescreen | None:
    """Give the rescreening that began as this one and was interrupted; `None` where there is none."""
    table = schema.rescreen
    query = sa.select(table.c.begun).where(table.c.identity == identity, table.c.ended.is_(None))
    begun = connection.execute(query.order_by(table.c.number.desc()).limit(1)).scalar()
    return None if begun is None else _BEGUN.decode(begun)


def rescreens(
    connection: sa.Connection, source: str | None = None, most: int | None = None
) -> list[tuple[Rescreen, RescreenEnd | None]]:
    """Give rescreenings of one source, or of all, the latest first, each with how it ended."""
    table = schema.rescreen
    query = sa.select(table.c.begun, table.c.ended).order_by(table.c.number.desc()).limit(most)
    if source is not None:
        query = query.where(table.c.source == source)
    rows = connection.execute(query)
    return [(_BEGUN.decode(begun), None if ended is None else _ENDED.decode(ended)) for begun, ended in rows]


def slices(connection: sa.Connection, number: int) -> list[Slice]:
    """Give the slices of a rescreening that are done, in their order."""
    table = schema.rescreen_slice
    query = sa.select(table.c.body).where(table.c.rescreen == number).order_by(table.c.first)
    unpacker = zstandard.ZstdDecompressor()
    return [_SLICE.decode(unpacker.decompress(body)) for body in connection.execute(query).scalars()]
