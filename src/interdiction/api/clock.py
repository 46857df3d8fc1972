"""The clock of the doors: the only one that what lies behind them hears of."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from interdiction.errors import UsageError


def now() -> datetime:
    """Read the clock, in UTC. `INTERDICT_NOW` (ISO 8601; UTC when it has no zone) makes a run reproducible.

    Raises `UsageError` (code `clock`) when that variable holds anything else.
    """
    text = os.environ.get("INTERDICT_NOW", "").strip()
    if not text:
        return datetime.now(UTC)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"not an instant: {text!r}", where="INTERDICT_NOW", mend="write 2015-01-02T18:00:00+00:00", code="clock"
        ) from error
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
