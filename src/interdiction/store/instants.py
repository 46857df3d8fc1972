"""Writes instants as every table keeps them."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(at: datetime) -> str:
    """Give an instant as the text that sorts as instants do: UTC, always with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
