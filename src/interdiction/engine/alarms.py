"""What a reader of an answer must know of the lists behind it: stale lists, overlays, law that no list here covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from interdiction.config import Config
from interdiction.engine.inforce import EditionInForce, is_stale
from interdiction.model import Grade, Problem

STALE: Final = "stale-list"
"""The code of an alarm that an edition is too old to answer from."""
_BESIDE: Final = {"eu": ("eu-sectoral", "EU sectoral annexes (Regulation (EU) No 833/2014) not covered")}
"""List to the one without which its publisher's law is told in part only, and how to say so."""


def alarms(editions: Sequence[EditionInForce], day: date, config: Config) -> list[Problem]:
    """Give the alarms of some editions on a day, and of a configuration that was changed without approval.

    Stale (contract 3): older than the maximum age set for it, relative to the day of the question.
    """
    problems = [
        Problem(
            code="configuration-unapproved",
            message=f"{name} is not what was approved ({config.approved_by}): what was approved stays in force",
            grade=Grade.FILE,
            node=name,
            mend="interdict changes list tells the difference; interdict changes propose asks for it",
        )
        for name in config.unapproved
    ]
    for one in (edition.aged(day) for edition in editions):
        if is_stale(one, config.max_age_days):
            problems.append(
                Problem(
                    code=STALE,
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
    return problems
