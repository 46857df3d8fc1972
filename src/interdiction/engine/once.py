"""A request that may come twice and takes longer than one transaction: claimed before it is worked on, answered once.

A claim that is never answered (the process was killed) is given up after a while; what it had kept stays, as a run that
was interrupted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.engine.recorded import same
from interdiction.errors import UsageError
from interdiction.model.access import Answered

CLAIMED: Final = 102
"""The status of a request that is worked on."""
GIVEN_UP: Final = timedelta(minutes=10)


def claim(home: Home, caller: str, key: str, sha256: str, at: datetime) -> Answered | None:
    """Claim a request by its idempotency key, or give what was answered to it.

    Raises `UsageError`: `key-reused` where the key came with another request, `in-progress` while it is worked on.
    """
    from interdiction.store import access

    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        before = access.answer(connection, caller, key)
        if before is not None:
            same(before, sha256)
            if before.status != CLAIMED:
                return before
            if at - before.at < GIVEN_UP:
                raise UsageError(
                    "the same request is being worked on",
                    where="Idempotency-Key",
                    mend="ask again in a moment: its answer will be this one's",
                    code="in-progress",
                )
            access.forget(connection, caller, key)
        access.remember(connection, Answered(caller, key, sha256, CLAIMED, b"", at))
    return None


def unclaim(home: Home, caller: str, key: str) -> None:
    """Give a claim back: the request failed, and may be sent again."""
    from interdiction.store import access

    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        before = access.answer(connection, caller, key)
        if before is not None and before.status == CLAIMED:
            access.forget(connection, caller, key)
