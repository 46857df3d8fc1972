"""Who asks: an API key or a token of the institution's own identity provider, read from the headers of a request.

Everything is closed to whoever shows neither. A key is known by its hash alone; a token by its signature, its issuer,
its audience and its time. The answer to a wrong one says only that it is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final

import jwt

from interdiction.config import Oidc
from interdiction.engine import access
from interdiction.engine.home import Home
from interdiction.errors import AccessError, DataError, NoListError
from interdiction.model.access import Caller, Role, StoredKey

OPEN: Final = Caller("open", "anybody (the service is open)", Role.ANALYST)
"""Who asks where `--open` let everybody in: an analyst, never one who approves or administers."""
_TOKENS_KEPT: Final = 1000
_LONGEST: Final = 16_384


class Gate:
    """Tells who asks. Safe to share between threads; `renew` takes up keys that came or went."""

    def __init__(self, home: Home, oidc: Oidc | None, *, open_to_all: bool = False) -> None:
        self._home, self._open = home, open_to_all
        self._keys: Mapping[str, StoredKey] = {}
        self._proven: dict[str, str] = {}
        self._tokens = Tokens(oidc) if oidc is not None else None
        self._lock = Lock()

    def renew(self) -> None:
        """Read the keys again. A home without a store has none."""
        try:
            found = {one.key.id: one for one in access.keys(self._home)}
        except NoListError:
            found = {}
        if found != self._keys:
            self._keys, self._proven = found, {}

    def caller(self, headers: Iterable[tuple[bytes, bytes]], at: datetime) -> Caller:
        """Tell whom the headers name. Raises `AccessError`: `no-key`, `bad-key`, `expired-key`, `bad-token`."""
        text = _credential(headers)
        if text is None:
            if self._open:
                return OPEN
            raise AccessError(
                "the request carries no key",
                where="Authorization",
                mend="send Authorization: Bearer KEY; an administrator makes one: interdict keys add",
                code="no-key",
            )
        return self._of_key(text, at) if text.startswith(f"{access.PREFIX}_") else self._of_token(text, at)

    def _of_key(self, text: str, at: datetime) -> Caller:
        uid = self._proven.get(text)
        if uid is None:
            parts = access.cut(text)
            stored = self._keys.get(parts[0]) if parts else None
            if parts is None or stored is None or not access.fits(stored, parts[1]):
                raise _wrong_key()
            uid = parts[0]
            if len(self._proven) < _TOKENS_KEPT:
                self._proven[text] = uid
        found = self._keys.get(uid)
        if found is None:
            raise _wrong_key()
        key = found.key
        if not key.usable(at):
            raise AccessError(
                "the key has expired or was revoked", where=key.id, mend="ask for a new one", code="expired-key"
            )
        return Caller(f"key:{key.id}", key.name, key.role, frozenset(key.scopes), key.per_second)

    def _of_token(self, text: str, at: datetime) -> Caller:
        if self._tokens is None:
            raise _wrong_key()
        return self._tokens.caller(text, at)


def _wrong_key() -> AccessError:
    return AccessError(
        "the key opens nothing", where="Authorization", mend="check it, or ask for a new one", code="bad-key"
    )


def _credential(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Give what a request shows; two different ones are none."""
    found: set[bytes] = set()
    for name, value in headers:
        if name == b"authorization":
            scheme, _, rest = value.partition(b" ")
            found.add(rest.strip() if scheme.lower() in {b"bearer", b"apikey"} else b"?")
        elif name == b"x-api-key":
            found.add(value.strip())
    if not found:
        return None
    value = found.pop()
    if found or not value or len(value) > _LONGEST:
        raise _wrong_key()
    try:
        return value.decode("ascii")
    except UnicodeDecodeError:
        raise _wrong_key() from None


class Tokens:
    """Reads bearer tokens of one issuer. Keys of the issuer are fetched when they are first needed."""

    def __init__(self, oidc: Oidc, fetch: Callable[[str], bytes] | None = None) -> None:
        self._oidc = oidc
        self._fetch = fetch or _fetched
        self._keys: dict[str, jwt.PyJWK] | None = None
        self._asked: datetime | None = None
        self._lock = Lock()
        self._roles = self._mapped()

    def _mapped(self) -> dict[str, Role]:
        try:
            mapped = {word: Role(role) for word, role in self._oidc.roles.items()}
        except ValueError as error:
            raise DataError(
                f"service.oidc.roles: {error}", where="config.toml", mend=f"use {', '.join(Role)}", code="config"
            ) from error
        return mapped or {role.value: role for role in Role}

    def caller(self, text: str, at: datetime) -> Caller:
        """Tell whom a token names. Raises `AccessError` (`bad-token`)."""
        try:
            head = jwt.get_unverified_header(text)
            key = self._key(str(head.get("kid", "")), at)
            said: dict[str, Any] = jwt.decode(
                text,
                key.key,
                algorithms=list(self._oidc.algorithms),
                audience=self._oidc.audience,
                issuer=self._oidc.issuer,
                leeway=self._oidc.leeway_seconds,
                # The clock is the door's: the library's own would not hear of INTERDICT_NOW.
                options={"require": ["exp", "iss", "aud", "sub"], "verify_exp": False, "verify_nbf": False,
                         "verify_iat": False},
            )  # fmt: skip
            self._in_time(said, at)
            role = self._role(said.get(self._oidc.role_claim))
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError) as error:
            raise AccessError(
                "the token opens nothing", where="Authorization", mend="sign in again", code="bad-token"
            ) from error
        name = said.get("email") or said.get("preferred_username") or said["sub"]
        return Caller(f"sub:{said['sub']}", str(name)[:200], role)

    def _in_time(self, said: Mapping[str, Any], at: datetime) -> None:
        instant, leeway = at.timestamp(), self._oidc.leeway_seconds
        if float(said["exp"]) + leeway <= instant or float(said.get("nbf", 0)) - leeway > instant:
            raise ValueError("not in time")

    def _role(self, claim: object) -> Role:
        words = claim if isinstance(claim, list) else [claim]
        held = {self._roles[word] for word in words if isinstance(word, str) and word in self._roles}
        if len(held) != 1:
            raise ValueError("no role, or more than one: which one acts must be plain")
        return held.pop()

    def _key(self, kid: str, at: datetime) -> jwt.PyJWK:
        with self._lock:
            keys = self._keys
            if keys is None or (kid not in keys and self._may_ask(at)):
                self._asked = at
                keys = self._keys = self._read()
        found = keys.get(kid)
        if found is None:
            raise ValueError("unknown key")
        return found

    def _may_ask(self, at: datetime) -> bool:
        """Tell whether the issuer may be asked again: a forged key id must not make us knock at its door all day."""
        return self._asked is None or (at - self._asked).total_seconds() > 60

    def _read(self) -> dict[str, jwt.PyJWK]:
        oidc = self._oidc
        raw = Path(oidc.jwks_file).read_bytes() if oidc.jwks_file else self._fetch(oidc.jwks_url)
        found = json.loads(raw)
        return {str(one.get("kid", "")): jwt.PyJWK(one) for one in found["keys"] if one.get("use", "sig") == "sig"}


def _fetched(url: str) -> bytes:
    import urllib3

    answer = urllib3.request("GET", url, timeout=5.0, redirect=False, retries=False)
    if answer.status != 200:
        raise ValueError(f"the issuer answered {answer.status}")
    return answer.data
