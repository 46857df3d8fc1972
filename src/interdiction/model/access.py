"""Who may ask what: keys, roles, scopes, and whom a request came from."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What somebody may do; no role holds all of another's rights but the analyst the viewer's (docs/roles.md)."""

    VIEWER = "viewer"
    """Looks: asks, screens without a record, reads lists, alerts, decisions."""
    ANALYST = "analyst"
    """Works: records screenings and decisions, works on cases."""
    APPROVER = "approver"
    """The second person: whatever an analyst may, and confirms what needs four eyes."""
    ADMINISTRATOR = "administrator"
    """Keys, webhooks, sources; never a decision on a party."""


class Scope(StrEnum):
    """What a key is limited to, where it is limited at all."""

    SCREEN = "screen"
    PAYMENTS = "payments"
    BOOK = "book"
    LISTS = "lists"
    ORDERS = "orders"
    DECISIONS = "decisions"
    CASES = "cases"
    AUDIT = "audit"
    REPORTS = "reports"
    METRICS = "metrics"
    ADMIN = "admin"


class AccessKey(msgspec.Struct, frozen=True, omit_defaults=True):
    """One key as it is known after it was shown once: everything but its secret.

    `scopes` empty: all that the role may. `per_second` limits its requests, 0: the service's own limit alone.
    """

    id: str
    name: str
    role: Role
    created_at: datetime
    created_by: str
    scopes: tuple[Scope, ...] = ()
    expires_at: datetime | None = None
    per_second: float = 0.0
    revoked_at: datetime | None = None
    revoked_by: str = ""
    replaces: str = ""
    """The key that this one was rotated from."""
    waits_for: str = ""
    """The change a second person has to approve first; until then it opens nothing."""

    def usable(self, at: datetime) -> bool:
        """Tell whether it opens anything at an instant."""
        if self.waits_for:
            return False
        return (self.revoked_at is None or at < self.revoked_at) and (self.expires_at is None or at < self.expires_at)


class StoredKey(msgspec.Struct, frozen=True):
    """A key with what its secret is checked against."""

    key: AccessKey
    salt: bytes
    hash: bytes


class Caller(msgspec.Struct, frozen=True):
    """Whom a request came from. `id` is unique to the credential, `name` stands in the record."""

    id: str
    name: str
    role: Role
    scopes: frozenset[Scope] = frozenset()
    per_second: float = 0.0

    def may(self, roles: frozenset[Role], scope: Scope | None) -> bool:
        """Tell whether a route of these roles and this scope is open to the caller."""
        return self.role in roles and (not self.scopes or scope in self.scopes)


class Answered(msgspec.Struct, frozen=True):
    """What was answered to a request that carried an idempotency key."""

    caller: str
    key: str
    sha256: str
    """Of the method, the path and the body."""
    status: int
    body: bytes
    at: datetime
