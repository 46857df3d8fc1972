"""Signs the end of the audit log by itself, after so many entries or hours, so that a log cut off is found.

Whoever owns the home owns its key: every checkpoint may go to a file elsewhere as well, and what could not be written
there is written with the next one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interdiction.config import Auditing
from interdiction.engine import audit
from interdiction.engine.home import Home
from interdiction.engine.signing import signing_key
from interdiction.model import to_json
from interdiction.store import faults

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from interdiction.model.audit import SignedCheckpoint

WAIT_SECONDS: Final = 5.0
"""How long others are waited for: what is signed now can be signed with the next entry."""


def keep_up(home: Home, asked: Auditing, at: datetime, fresh: Callable[[int], bytes]) -> SignedCheckpoint | None:
    """Sign the end of the log where that is due, and send elsewhere what is not there yet.

    `fresh` gives random bytes for a key, where the home has none. Raises `HomeError`, `InputError` (`audit-key`).
    """
    signed = None
    if due(home, asked, at):
        signed = audit.checkpoint(home, signing_key(home, fresh), at, WAIT_SECONDS)
    elsewhere(home, asked)
    return signed


def sign(home: Home, asked: Auditing, key: Ed25519PrivateKey, at: datetime) -> SignedCheckpoint:
    """Sign the end of the log now, and send it elsewhere too. Raises `UsageError` (`empty-log`), `HomeError`."""
    signed = audit.checkpoint(home, key, at)
    elsewhere(home, asked)
    return signed


def due(home: Home, asked: Auditing, at: datetime) -> bool:
    """Tell whether there are as many entries behind the last checkpoint, or one as old, as the configuration allows."""
    from interdiction.store.audit import unsigned

    if not asked.checkpoint_entries and not asked.checkpoint_hours:
        return False
    with home.reading() as reader:
        count, oldest = unsigned(reader.connection)
    if not count:
        return False
    if asked.checkpoint_entries and count >= asked.checkpoint_entries:
        return True
    age = at - datetime.fromisoformat(oldest)
    return bool(asked.checkpoint_hours) and age >= timedelta(hours=asked.checkpoint_hours)


def elsewhere(home: Home, asked: Auditing) -> int:
    """Write the checkpoints that a file elsewhere lacks to its end; give how many. Raises `HomeError`."""
    from interdiction.store.audit import AuditLog

    if not asked.also_to:
        return 0
    path = Path(asked.also_to)
    with home.reading() as reader:
        lines = [to_json(one) for one in AuditLog(reader.connection).checkpoints()]
    with faults.translated(path):
        there = set(path.read_bytes().splitlines()) if path.is_file() else set()
        missing = [line for line in lines if line not in there]
        if missing:
            with path.open("ab") as file:
                file.write(b"".join(line + b"\n" for line in missing))
                file.flush()
                os.fsync(file.fileno())
    return len(missing)
