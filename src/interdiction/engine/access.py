"""Keys of the network door: made, rotated, revoked; shown once, kept as a hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.errors import UsageError
from interdiction.model.access import AccessKey, Role, Scope, StoredKey
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.change import HomeChange, HomeChangeAct, HomeChangeKind, HomeChangeStep

if TYPE_CHECKING:
    import sqlalchemy as sa

PREFIX: Final = "ixk"
"""How a key begins, so that one that leaked into a text is found by its look."""
_ID_BYTES: Final = 6
_SECRET_BYTES: Final = 32


def hashed(secret: str, salt: bytes) -> bytes:
    """Give what a secret is kept as. It has 256 random bits, so a fast hash gives nobody a chance to guess it."""
    return hashlib.blake2b(secret.encode(), key=salt, digest_size=32).digest()


def fits(stored: StoredKey, secret: str) -> bool:
    """Tell whether a secret is that of a key, in the same time for every wrong one."""
    return hmac.compare_digest(hashed(secret, stored.salt), stored.hash)


def cut(text: str) -> tuple[str, str] | None:
    """Cut a key into its id and its secret; `None` where it has not the form of one."""
    head, _, rest = text.partition("_")
    uid, _, secret = rest.partition("_")
    return (uid, secret) if head == PREFIX and uid and secret and len(text) < 200 else None


def add(
    home: Home,
    name: str,
    role: Role,
    *,
    by: str,
    at: datetime,
    entropy: bytes,
    scopes: Sequence[Scope] = (),
    expires_at: datetime | None = None,
    per_second: float = 0.0,
    replaces: str = "",
) -> tuple[AccessKey, str]:
    """Make a key and give it with its text, which is shown once and kept nowhere.

    Where the configuration is under four eyes, a key that may do more than look opens nothing until another person
    approves it (`waits_for`); one in the place of another may no more than that one. `entropy` are 64 random bytes or
    more: the caller rolls the dice. Raises `UsageError` (`expiry`, `name`).
    """
    if not name.strip():
        raise UsageError("a key needs a name", where="NAME", mend="say who or what will use it", code="name")
    if expires_at is not None and expires_at <= at:
        raise UsageError("the key would never open anything", where="--expires", mend="name a later day", code="expiry")
    if len(entropy) < _ID_BYTES + _SECRET_BYTES + 16:
        raise AssertionError("too little chance for a key")
    uid = entropy[:_ID_BYTES].hex()
    secret = base64.b32encode(entropy[_ID_BYTES : _ID_BYTES + _SECRET_BYTES]).decode().rstrip("=").lower()
    salt = entropy[_ID_BYTES + _SECRET_BYTES :][:32]
    key = AccessKey(
        uid,
        name.strip(),
        role,
        at,
        by,
        tuple(dict.fromkeys(scopes)),
        expires_at,
        per_second,
        replaces=replaces,
    )
    key = _put(home, StoredKey(key, salt, hashed(secret, salt)), "added", by=by, at=at)
    return key, f"{PREFIX}_{uid}_{secret}"


def rotate(home: Home, uid: str, *, by: str, at: datetime, until: datetime, entropy: bytes) -> tuple[AccessKey, str]:
    """Make a key in the place of another, which goes on until an instant: clients change over in between."""
    old = _stored(home, uid)
    if not old.key.usable(at):
        raise UsageError(f"key {uid} opens nothing any more", where=uid, mend="add a new one", code="revoked")
    made = add(
        home,
        old.key.name,
        old.key.role,
        by=by,
        at=at,
        entropy=entropy,
        scopes=old.key.scopes,
        expires_at=old.key.expires_at,
        per_second=old.key.per_second,
        replaces=uid,
    )
    _put(home, replace(old, key=replace(old.key, revoked_at=until, revoked_by=by)), "rotated", by=by, at=at)
    return made


def revoke(home: Home, uid: str, *, by: str, at: datetime) -> AccessKey:
    """Let a key open nothing from now on. Raises `UsageError` (`unknown-key`)."""
    old = _stored(home, uid)
    gone = replace(old.key, revoked_at=at, revoked_by=by)
    _put(home, replace(old, key=gone), "revoked", by=by, at=at)
    return gone


def keys(home: Home) -> list[StoredKey]:
    """Give every key there ever was."""
    from interdiction.store import access

    with home.reading() as reader:
        return access.keys(reader.connection, home.store)


def _stored(home: Home, uid: str) -> StoredKey:
    for one in keys(home):
        if one.key.id == uid:
            return one
    raise UsageError(f"no key has the id {uid[:40]!r}", where="ID", mend="interdict keys list", code="unknown-key")


def let_open(connection: sa.Connection, home: Home, change: HomeChange) -> None:
    """Let a key open what it may: a second person approved it, in the transaction of that."""
    from interdiction.store import access

    uid = change.about.removeprefix("key:")
    stored = next(one for one in access.keys(connection, home.store) if one.key.id == uid)
    opened = replace(stored, key=replace(stored.key, waits_for=""))
    access.put(connection, opened, _deed(opened.key, "approved", change.second, change.second_at or change.at))


def _put(home: Home, stored: StoredKey, act: str, *, by: str, at: datetime) -> AccessKey:
    from interdiction.engine.changes import in_force
    from interdiction.engine.proposed import ask
    from interdiction.store import access

    key = stored.key
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        if act == "added" and not key.replaces and key.role is not Role.VIEWER and in_force(connection) is not None:
            step = HomeChangeStep(
                HomeChangeAct.PROPOSED,
                f"a key for {key.name}, {key.role.value}",
                HomeChangeKind.KEY,
                f"key:{key.id}",
            )
            key = replace(key, waits_for=ask(connection, step, by=by, at=at).id)
        access.put(connection, replace(stored, key=key), _deed(key, act, by, at))
    return key


def _deed(key: AccessKey, act: str, by: str, at: datetime) -> Deed:
    body: dict[str, object] = {"act": act, "role": key.role.value, "scopes": [one.value for one in key.scopes]}
    body |= {"expires_at": key.expires_at, "revoked_at": key.revoked_at, "replaces": key.replaces}
    body |= {"waits_for": key.waits_for} if key.waits_for else {}
    return Deed(at, AuditKind.ACCESS_CHANGED, f"key:{key.id}", body, by)
