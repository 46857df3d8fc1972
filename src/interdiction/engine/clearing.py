"""Clearances at work: hits on a pair that two people judged false are taken out of what counts, and kept beside it.

A hit that is cleared is not lost: it stands beside the hits with the clearance that suppressed it, is told, and counts
again as soon as the customer, the party, its law, its owners or the band are others than when it was cleared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from interdiction.cases import clearance as steps
from interdiction.engine.book import BookHits
from interdiction.engine.row import row_of
from interdiction.model import Hit, Suppression, to_json
from interdiction.model.clearance import Clearance, ClearedState

if TYPE_CHECKING:
    import sqlalchemy as sa

    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine
    from interdiction.engine.home import Home
    from interdiction.store.reading import Reader
    from interdiction.tables import Book

Row = Mapping[str, Sequence[str]]
_NEVER = datetime.min.replace(tzinfo=UTC)


class Clearing:
    """The clearances in force at an instant, asked hit by hit."""

    def __init__(self, clearances: Sequence[Clearance], at: datetime) -> None:
        in_force = [one for one in clearances if steps.in_force(one, at)]
        self._of = {(one.customer, one.listing, one.role): one for one in in_force}

    @classmethod
    def of(cls, home: Home, at: datetime) -> Clearing:
        """Read those of a home, as they stood at an instant."""
        with home.reading() as reader:
            return cls.read(reader, home, at)

    @classmethod
    def read(cls, reader: Reader, home: Home, at: datetime) -> Clearing:
        """Read them in a view that is open."""
        from interdiction.store.clearances import entries

        known = [one for one in entries(reader.connection, home.store) if one.at <= at]
        return cls(list(steps.retold(known).values()), at)

    def clears(self, customer: str, listing: str, role: str, state: ClearedState) -> bool:
        """Say whether a pair is cleared in this very state."""
        one = self._of.get((customer, listing, role))
        return one is not None and one.state == state

    def __bool__(self) -> bool:
        return bool(self._of)

    @property
    def reference(self) -> str:
        """The hash of all that are in force: an answer rests on it."""
        said = sorted((one.number, one.expires.isoformat()) for one in self._of.values())
        return hashlib.sha256(to_json(said)).hexdigest() if said else ""

    def split(
        self, force: Force, row: Callable[[], Row], hits: Sequence[Hit], spoken: Sequence[str] = ()
    ) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
        """Give the hits that count, and those that are cleared.

        `row` gives the customer as the book has it. Of the listings `spoken` a person has said something: that counts,
        and no clearance.
        """
        counting: list[Hit] = []
        cleared: list[Hit] = []
        for hit in hits:
            one = self._of.get((hit.query_id, hit.listing, str(hit.related or "")))
            if one is None or hit.listing in spoken:
                counting.append(hit)
                continue
            changed = steps.changed(one.state, steps.state_of(hit, force.screener.listing(hit), row()))
            if changed:
                counting.append(msgspec.structs.replace(hit, why=f"{one.id} clears it no more: {changed}; {hit.why}"))
            else:
                said = f"cleared by {one.id} until {one.expires} ({one.by}, {one.approved_by}); {hit.why}"
                cleared.append(msgspec.structs.replace(hit, suppressed=Suppression.CLEARANCE, why=said))
        return tuple(counting), tuple(cleared)


class Standing:
    """The clearances of a home for a process that runs for days: read again only where a step was taken since."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._key: tuple[int, date] | None = None
        self.last = Clearing((), _NEVER)
        """As they were read last."""

    def read(self, connection: sa.Connection, at: datetime) -> Clearing:
        """Give those in force at an instant, which is now: the same object as `last` where it is the same."""
        from interdiction.store import clearances

        number = clearances.last_number(connection)
        if self._key != (number, at.date()):
            steps_taken = clearances.entries(connection, self._home.store)
            known = [one for one in steps_taken if one.at <= at]
            self.last = Clearing(list(steps.retold(known).values()), at)
            # A clock that is behind that of whoever took the last step finds it later.
            self._key = (number, at.date()) if len(known) == len(steps_taken) else None
        return self.last


def clear_book(engine: Engine, force: Force, book: Book, found: BookHits, at: datetime) -> BookHits:
    """Take the cleared hits out of a screened book and put them beside the hits."""
    clearing = Clearing.of(engine.home, at)
    if not clearing:
        return found
    hits: list[tuple[int, tuple[Hit, ...]]] = []
    cleared: list[tuple[int, tuple[Hit, ...]]] = []
    for place, some in found.hits:
        counting, away = clearing.split(force, partial(row_of, book, place), some)
        if counting:
            hits.append((place, counting))
        if away:
            cleared.append((place, away))
    return msgspec.structs.replace(found, hits=tuple(hits), cleared=tuple(cleared))
