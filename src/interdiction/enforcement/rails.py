"""How a payment travels, told by what its message says, and how a decision is carried out there (`data/rails.yml`)."""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache
from typing import Final

import msgspec

from interdiction.enforcement import document
from interdiction.enforcement.moment import Moment
from interdiction.errors import DataError
from interdiction.model import Disposition, Payment, Rail, Role

FILE: Final = "rails.yml"
UNKNOWN: Final = "unknown"


class NotAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hits that the law forbids to judge while the payment is executed."""

    law: str
    roles: tuple[Role, ...]
    since: datetime
    rule: str


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rail; the file explains the fields."""

    id: str
    name: str
    hold: str
    reject: str
    block: str
    release: str
    source: str
    verified: bool
    retain: str = ""
    kinds: tuple[str, ...] = ()
    clearing_systems: tuple[str, ...] = ()
    service_levels: tuple[str, ...] = ()
    local_instruments: tuple[str, ...] = ()
    seconds: int | None = None
    not_asked: NotAsked | None = None

    def carried_out(self, disposition: Disposition) -> str:
        """Say how a disposition is carried out on this rail."""
        said: str = getattr(self, disposition.value)
        return said or self.block


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    rails: tuple[Way, ...]


def rail_of(payment: Payment, default: str = "") -> Way:
    """Give the rail of a payment; `default` is the one of payments that do not state any."""
    return _way(payment.rail, payment.kind, default)


@lru_cache(maxsize=4096)
def _way(said: Rail, kind: str, default: str) -> Way:
    index = _index()
    words = (
        f"clearing {said.clearing_system}",
        *(f"instrument {one}" for one in said.local_instruments),
        *(f"level {one}" for one in said.service_levels),
        f"kind {kind}",
    )
    places = [index[word.upper()] for word in words if word.upper() in index]
    return ways()[min(places)] if places else by_id(default or UNKNOWN)


@cache
def _index() -> dict[str, int]:
    """Give the place of the first rail that each word is of."""
    found: dict[str, int] = {}
    for at, way in enumerate(ways()):
        words = [f"clearing {one}" for one in way.clearing_systems]
        words += [f"instrument {one}" for one in way.local_instruments]
        words += [f"level {one}" for one in way.service_levels]
        words += [f"kind {one}" for one in way.kinds]
        for word in words:
            found.setdefault(word.upper(), at)
    return found


def not_asked(way: Way, moment: Moment, *, users_checked: bool) -> NotAsked | None:
    """Give what must not be judged on this rail; only for an institution that checks all its users every day."""
    rule = way.not_asked
    return rule if rule is not None and users_checked and moment.within(rule.since, None) else None


def known() -> tuple[str, ...]:
    """Give the ids of all rails."""
    return tuple(way.id for way in ways())


def by_id(rail: str) -> Way:
    """Give the rail of this id."""
    return next(way for way in ways() if way.id == rail)


@cache
def ways() -> tuple[Way, ...]:
    """Read the packaged file. Raises `DataError` that names the entry which is wrong."""
    found = document.parse(document.packaged(FILE), _Document, FILE).rails
    ids = [way.id for way in found]
    if len(set(ids)) != len(ids) or ids[-1] != UNKNOWN:
        raise DataError("an id stands twice, or the last is not `unknown`", where=FILE, mend="correct the ids")
    return found
