"""A request that is to be kept: who asked, whether it came before, and what of the answer was not wanted."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from interdiction.api.clock import now
from interdiction.engine.inforce import is_stale
from interdiction.engine.recorded import Entry, Found, Question, remembered, same
from interdiction.errors import AccessError, UsageError
from interdiction.model import Party
from interdiction.model.access import Caller, Role

if TYPE_CHECKING:
    from interdiction.api.answering import Answering
    from interdiction.api.service import Service

RECORDING: Final = frozenset({Role.ANALYST, Role.APPROVER})
_LONGEST_KEY: Final = 200


class Repeatable:
    """The idempotency key of a request, and what tells the request from others."""

    def __init__(self, caller: Caller, key: str | None, *parts: bytes) -> None:
        if key is not None and not (0 < len(key) <= _LONGEST_KEY and key.isprintable()):
            raise UsageError(
                "not an idempotency key", where="Idempotency-Key", mend="send 1 to 200 printable characters",
                code="parameter",
            )  # fmt: skip
        self.caller, self.key = caller, key
        self.sha256 = hashlib.sha256(b"\0".join(parts)).hexdigest()


def stale(service: Service, answering: Answering) -> tuple[str, ...]:
    """Give the editions that are older than the home allows, today."""
    key = ("stale", now().date())
    found: tuple[str, ...] | None = answering.kept.get(key)
    if found is None:
        ages = service.hall.engine.config.max_age_days
        found = tuple(one.edition for one in answering.editions.values() if is_stale(one.aged(key[1]), ages))
        answering.kept[key] = found
    return found


def may_record(caller: Caller) -> None:
    """Refuse a caller whose role records nothing. Raises `AccessError` (`forbidden`)."""
    if caller.role not in RECORDING:
        raise AccessError(
            f"{caller.role.value} may not record", where="record", mend="ask without record=true", code="forbidden"
        )


async def recorded(
    service: Service,
    answering: Answering,
    repeatable: Repeatable,
    parties: Sequence[Party],
    narrowed: Iterable[str],
    answer: Callable[[Sequence[Found], Sequence[int]], bytes],
) -> bytes:
    """Screen, decide, keep, and then answer. Raises `UsageError` (`key-reused`, `as-of`), `HomeError`."""
    caller = repeatable.caller
    may_record(caller)
    if answering.as_of is not None:
        raise UsageError(
            "a day of the past is not decided on now", where="as_of", mend="leave out as_of or record", code="as-of"
        )
    if repeatable.key is not None:
        before = await asyncio.to_thread(remembered, service.hall.engine.home, caller.id, repeatable.key)
        if before is not None:
            return same(before, repeatable.sha256).body
    left_out = tuple(narrowed)
    questions = tuple(Question(one, caller.name, left_out) for one in parties)
    entry = Entry(questions, answer, caller.id, repeatable.key, repeatable.sha256)
    given = await service.journal.keep(answering.force, entry, stale(service, answering))
    return same(given, repeatable.sha256).body if repeatable.key is not None else given.body
