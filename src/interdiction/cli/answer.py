"""The envelope of every answer, and the alarms that stand with it: stale lists, overlays, waiting removals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from interdiction.cli.door import envelope
from interdiction.config import Config
from interdiction.engine.inforce import EditionInForce, is_stale
from interdiction.model import Grade, Problem

_BESIDE: Final = {"eu": ("eu-sectoral", "EU sectoral annexes (Regulation (EU) No 833/2014) not covered")}
"""List to the one without which its publisher's law is told in part only, and how to say so."""


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
    """Give what a reader of an answer must know of the lists behind it, and the exit code that follows.

    Stale (contract 3): older than the maximum age set for it, relative to the day of the question.
    """
    problems, code = [], 0
    for one in (edition.aged(day) for edition in editions):
        if is_stale(one, config.max_age_days):
            code = 4
            problems.append(
                Problem(
                    code="stale-list",
                    message=f"{one.list} is {one.age_days} days old, more than its maximum age allows",
                    grade=Grade.FILE,
                    node=one.edition,
                    mend=f"import a newer edition: interdict lists import {one.list} PATH",
                )
            )
        beside = _BESIDE.get(one.list)
        if beside is not None and not any(edition.list == beside[0] for edition in editions):
            problems.append(
                Problem(
                    code="list-not-covered",
                    message=f"{beside[1]}: an answer from {one.list} does not speak of them",
                    grade=Grade.PUBLISHED,
                    node=one.edition,
                    mend=f"import them: interdict lists import {beside[0]} TABLE --mapping FILE --on DATE",
                )
            )
        if one.state == "overlay":
            problems.append(
                Problem(
                    code="overlay",
                    message=f"the last edition of {one.list} was defective: its additions are in force, "
                    f"{one.waiting} removals wait",
                    grade=Grade.FILE,
                    node=one.edition,
                    mend=f"import it again whole, or decide: interdict lists import {one.list} PATH "
                    "--accept-problems --by NAME",
                )
            )
    return problems, code
