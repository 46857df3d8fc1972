"""Writes attempts to fetch a list."""

from __future__ import annotations

import sqlalchemy as sa

from interdiction.model import FetchAttempt, to_json
from interdiction.store import schema
from interdiction.store.instants import stamp


def insert(connection: sa.Connection, attempt: FetchAttempt) -> None:
    """Store one attempt; none is ever changed or deleted."""
    connection.execute(
        sa.insert(schema.fetch_attempt).values(
            list=attempt.list, at=stamp(attempt.at), verdict=attempt.verdict.value, detail=to_json(attempt)
        )
    )
