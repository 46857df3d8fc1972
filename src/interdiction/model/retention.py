"""How long a run and its decisions are kept: until when, why longer, and who asked that nothing of it goes."""

from __future__ import annotations

from datetime import date, datetime

import msgspec


class Hold(msgspec.Struct, frozen=True):
    """A legal hold: nothing within its scope goes until it is lifted.

    `scope` is `all`, a run (`R-3`), a decision (`D-12`), or a stretch of days on which was decided
    (`2015-01-01..2015-12-31`).
    """

    scope: str
    by: str
    why: str
    at: str


class KeptRun(msgspec.Struct, frozen=True):
    """One run of decisions and whether it may go on a day.

    `until` is the first day on which its time is over, by the last thing that was done with any of it; `because` is
    what keeps it beyond that, or before: open property, open cases, holds.
    """

    run: int
    at: datetime
    file: str
    decisions: int
    until: date
    because: tuple[str, ...]
    goes: bool


class Pruned(msgspec.Struct, frozen=True):
    """What was emptied: runs, stretches of decisions, and files by their hash. Numbers, seals and hashes stay."""

    runs: tuple[int, ...]
    decisions: tuple[tuple[int, int], ...]
    files: tuple[str, ...]
    why: str = ""
    second: str = ""
    """Who approved it."""
