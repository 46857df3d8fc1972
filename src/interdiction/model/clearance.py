"""A pair that two people judged false: whose, against which listing, until when, and the state it rests on."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from interdiction.model.hit import Band


class ClearedState(msgspec.Struct, frozen=True):
    """What a clearance rests on, as hashes: when one of them is another, the hit counts again.

    `customer` is everything the book says of the customer and of those behind it; `identity` the names, days, places
    and numbers of the listing; `law` its programmes and measures; `ownership` the chain, where it is reached through
    owners. Remarks are in none of them.
    """

    customer: str
    identity: str
    law: str
    ownership: str
    band: Band


class ClearanceAct(StrEnum):
    """What people do with a clearance."""

    ASKED = "asked"
    APPROVED = "approved"
    REVOKED = "revoked"


class ClearanceEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step with one clearance; none is ever changed. The first step holds what is asked for."""

    clearance: int
    act: ClearanceAct
    at: datetime
    by: str
    why: str
    customer: str = ""
    listing: str = ""
    role: str = ""
    reason: str = ""
    expires: date | None = None
    state: ClearedState | None = None
    case: int = 0
    name: str = ""


class Clearance(msgspec.Struct, frozen=True):
    """One customer, or one party behind it in `role`, against one listing, judged false until a day.

    Of a party in payments `customer` is the mark of everything they said of it, and `role` its part in them.

    It suppresses hits from `approved_at` up to the end of `expires`, while its state is the same and nobody has revoked
    it.
    """

    number: int
    customer: str
    listing: str
    role: str
    reason: str
    why: str
    by: str
    at: datetime
    expires: date
    state: ClearedState
    case: int = 0
    approved_by: str = ""
    approved_at: datetime | None = None
    revoked_by: str = ""
    revoked_at: datetime | None = None
    revoked_why: str = ""
    name: str = ""
    """Whom it is of, where `customer` is the mark of a party in payments: that name with exactly that data."""

    @property
    def id(self) -> str:
        """The id that people name: `CL-3`."""
        return f"CL-{self.number}"
