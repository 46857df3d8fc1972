"""The envelope of every answer, and the alarms that stand with it: stale lists, overlays, waiting removals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from interdiction.cli.door import LISTS_EXIT, envelope
from interdiction.config import Config
from interdiction.engine.alarms import STALE
from interdiction.engine.alarms import alarms as of_editions
from interdiction.engine.inforce import EditionInForce
from interdiction.model import Problem


def give(
    command: str,
    as_of: date | None,
    at: datetime,
    editions: Sequence[EditionInForce],
    result: Any,
    problems: Sequence[Problem] = (),
    **more: Any,
) -> None:
    """Print the contract's envelope: `schema`, `as_of`, `editions`, `result`, `problems`, and what `more` adds."""
    day = as_of or at.date()
    envelope(f"interdict.{command}/1", as_of, [one.aged(day) for one in editions], result, problems, **more)


def alarms(editions: Sequence[EditionInForce], day: date, config: Config) -> tuple[list[Problem], int]:
    """Give what a reader of an answer must know of the lists behind it, and the exit code that follows."""
    problems = of_editions(editions, day, config)
    return problems, LISTS_EXIT if any(one.code == STALE for one in problems) else 0
