"""The steps of what two people change, pure: who may propose, approve and reject, and how a change stands after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from interdiction.cases.people import another, named, said
from interdiction.errors import UsageError
from interdiction.model.change import HomeChange, HomeChangeAct, HomeChangeStep, Standing


def propose(number: int, step: HomeChangeStep, *, by: str, at: datetime) -> HomeChange:
    """Give a change as it is proposed. Raises `UsageError` (`by-required`, `why-required`)."""
    who, why = named(by, "a change"), said(step.why, "a change")
    return HomeChange(
        number,
        step.kind,
        step.about,
        who,
        at,
        why,
        files=step.files,
        before=step.before,
        stricter=step.stricter,
        runs=step.runs,
        preview=step.preview,
        entries=step.entries,
    )


def approve(change: HomeChange, *, by: str, why: str, at: datetime) -> HomeChange:
    """Approve what another person proposed. Raises `UsageError` (`change-state`, `same-person`, ...)."""
    who, words = named(by, "the approval"), said(why, "an approval")
    _undecided(change)
    another(who, change.by, "the approval")
    return replace(change, second=who, second_at=at, second_why=words)


def reject(change: HomeChange, *, by: str, why: str, at: datetime) -> HomeChange:
    """Reject a change, or take one's own back that is not in force.

    What made stricter is in force: only another person takes that away. Raises `UsageError` as `approve` does.
    """
    who, words = named(by, "a refusal"), said(why, "a refusal")
    _undecided(change)
    if change.stricter:
        another(who, change.by, "the refusal")
    return replace(change, second=who, second_at=at, second_why=words, rejected=True)


def retold(steps: Iterable[tuple[int, datetime, str, HomeChangeStep]]) -> dict[int, HomeChange]:
    """Give every change by its number, as its steps (number, instant, person, step) left it."""
    found: dict[int, HomeChange] = {}
    for number, at, by, step in steps:
        if step.act is HomeChangeAct.PROPOSED:
            found[number] = propose(number, step, by=by, at=at)
        elif step.act is HomeChangeAct.APPROVED:
            found[number] = approve(found[number], by=by, why=step.why, at=at)
        else:
            found[number] = reject(found[number], by=by, why=step.why, at=at)
    return found


def _undecided(change: HomeChange) -> None:
    if change.standing not in {Standing.WAITING, Standing.TO_REVIEW}:
        raise UsageError(
            f"{change.id} was {change.standing.value} by {change.second}",
            where=change.id,
            mend="propose a new one: interdict changes propose",
            code="change-state",
        )
