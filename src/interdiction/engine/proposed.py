"""Changes that take two people, as the log tells them: each step is an entry, and nothing else is kept of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from interdiction.cases import changing
from interdiction.engine.home import Home
from interdiction.errors import UsageError
from interdiction.model import from_json
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.change import HomeChange, HomeChangeAct, HomeChangeStep, Standing

if TYPE_CHECKING:
    import sqlalchemy as sa


def told(connection: sa.Connection) -> dict[int, HomeChange]:
    """Give every change by its number."""
    from interdiction.store.audit import AuditLog

    entries = AuditLog(connection).entries(kind=AuditKind.PROPOSAL_STEP.value)
    return changing.retold(
        (
            int(one.subject.removeprefix("CH-")),
            datetime.fromisoformat(one.at),
            one.by,
            from_json(bytes(one.body), HomeChangeStep),
        )
        for one in reversed(entries)
    )


def changes(home: Home) -> list[HomeChange]:
    """Give every change in the order of their numbers."""
    with home.reading() as reader:
        return list(told(reader.connection).values())


def get(known: dict[int, HomeChange], number: int) -> HomeChange:
    """Give one change. Raises `UsageError` (`unknown-change`)."""
    if number not in known:
        raise UsageError(
            f"no change has the number {number}",
            where=f"CH-{number}",
            mend="interdict changes list names them",
            code="unknown-change",
        )
    return known[number]


def ask(connection: sa.Connection, step: HomeChangeStep, *, by: str, at: datetime) -> HomeChange:
    """Keep that somebody proposes a change. Raises `UsageError` (`by-required`, `why-required`, `change-waits`)."""
    known = told(connection)
    change = changing.propose(len(known) + 1, step, by=by, at=at)
    for one in known.values():
        # What makes stricter waits for nothing: whatever waits on the same file is overtaken by it.
        if one.standing is Standing.WAITING and not change.stricter and one.kind is change.kind and _same(one, change):
            raise UsageError(
                f"{one.id} about {one.about} waits for a second person",
                where=one.id,
                mend=f"approve or reject it first: interdict changes show {one.id}",
                code="change-waits",
            )
    log(connection, change, step)
    return change


def log(connection: sa.Connection, change: HomeChange, step: HomeChangeStep) -> None:
    """Log a step by whoever took it last."""
    from interdiction.store import audit

    by, at = (change.second, change.second_at) if change.second_at else (change.by, change.at)
    deed = Deed(at, AuditKind.PROPOSAL_STEP, change.id, msgspec.to_builtins(step), by)
    audit.log(connection, [deed])


def decide(change: HomeChange, *, by: str, why: str, at: datetime, approved: bool) -> tuple[HomeChange, HomeChangeStep]:
    """Give a change after a second person's word, and the step. Raises `UsageError` as the steps do."""
    act = changing.approve if approved else changing.reject
    after = act(change, by=by, why=why, at=at)
    return after, HomeChangeStep(HomeChangeAct.APPROVED if approved else HomeChangeAct.REJECTED, after.second_why)


def _same(one: HomeChange, other: HomeChange) -> bool:
    return one.about == other.about or bool(one.files.keys() & other.files.keys())
