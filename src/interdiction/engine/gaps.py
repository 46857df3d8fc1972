"""The gap between the instant a listing took effect as it stands and the instant that came into force here."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from interdiction.lists.sources import Sources
from interdiction.model import Designation, Hit, Listing

if TYPE_CHECKING:
    from interdiction.store.reading import Reader


class Gap(msgspec.Struct, frozen=True):
    """From `effective` on the law held; from `in_force_at` on, with `edition`, we knew.

    Where only the day of effect is known (`by_day`), it is the beginning of that day at the authority's place: what is
    not known counts as the earlier.
    """

    effective: datetime
    by_day: bool
    in_force_at: datetime
    edition: str


class Gaps:
    """Asks the store for each listing once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._editions = {(one.list, one.seq): one for one in reader.editions()}
        self._sources = Sources.load()
        self._known: dict[str, Gap | None] = {}

    def of(self, hit: Hit, listing: Listing) -> Gap | None:
        """Give the gap of a listing that was hit; nothing where the store has no history of it."""
        if listing.id not in self._known:
            self._known[listing.id] = self._found(hit, listing)
        return self._known[listing.id]

    def _found(self, hit: Hit, listing: Listing) -> Gap | None:
        states = self._reader.history(listing.list, listing.uid)
        # The first state from which on it bore the programmes it bears now: one that was added later counts from then.
        begins = None
        for interval, state in reversed(states):
            if set(state.programmes) != set(listing.programmes):
                break
            begins = interval
        if begins is None:
            return None
        edition = self._editions[listing.list, begins.from_seq]
        zone = ZoneInfo(self._sources.get(listing.list).zone)
        stated = [_effect(one, zone) for one in hit.designations]
        known = [one for one in stated if one is not None and one[0].astimezone(zone).date() <= edition.on]
        effective, by_day = max(known) if known else (_begins(edition.on, zone), True)
        return Gap(effective, by_day, edition.known_at, edition.id)


def _effect(designation: Designation, zone: ZoneInfo) -> tuple[datetime, bool] | None:
    """Give when a designation took effect, and whether only the day is known."""
    if designation.effective_at is not None:
        at = designation.effective_at
        return at, at.timetz().replace(tzinfo=None) == time.min
    return None if designation.listed_on is None else (_begins(designation.listed_on, zone), True)


def _begins(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
