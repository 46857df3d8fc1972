"""Clearances at work: hits on a pair that two people judged false are taken out of what counts, and kept beside it.

A hit that is cleared is not lost: it stands beside the hits with the clearance that suppressed it, is told, and counts
again as soon as the customer, the party, its law, its owners or the band are others than when it was cleared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from interdiction.cases import clearance as steps
from interdiction.engine.book import BookHits
from interdiction.engine.row import row_of
from interdiction.model import Hit, Party, Suppression, to_json
from interdiction.model.clearance import Clearance, ClearedState

if TYPE_CHECKING:
    import sqlalchemy as sa

    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine
    from interdiction.engine.home import Home
    from interdiction.engine.payment import PaymentHits
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
        known = [self._of.get((hit.query_id, hit.listing, str(hit.related or ""))) for hit in hits]
        return _parted(hits, known, spoken, lambda hit: steps.state_of(hit, force.screener.listing(hit), row()))

    @property
    def of_payments(self) -> bool:
        """Whether any is of a party in payments."""
        return any(customer.startswith(steps.IN_PAYMENTS) for customer, _, _ in self._of)

    def split_party(
        self, force: Force, party: Party, role: str, hits: Sequence[Hit], spoken: Collection[str] = ()
    ) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
        """As `split`, for a party of a payment in its role: the same name with exactly the same data."""
        mark = steps.party_mark(party)
        known = [self._of.get((mark, hit.listing, role)) for hit in hits]
        return _parted(hits, known, spoken, lambda hit: steps.state_of_party(hit, force.screener.listing(hit), party))


def _parted(
    hits: Sequence[Hit],
    known: Sequence[Clearance | None],
    spoken: Collection[str],
    state: Callable[[Hit], ClearedState],
) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    counting: list[Hit] = []
    cleared: list[Hit] = []
    for hit, one in zip(hits, known, strict=True):
        if one is None or hit.listing in spoken:
            counting.append(hit)
            continue
        changed = steps.changed(one.state, state(hit))
        if changed:
            counting.append(msgspec.structs.replace(hit, why=f"{one.id} clears it no more: {changed}; {hit.why}"))
        else:
            said = f"cleared by {one.id} until {one.expires} ({one.by}, {one.approved_by}); {hit.why}"
            cleared.append(msgspec.structs.replace(hit, suppressed=Suppression.CLEARANCE, why=said))
    return tuple(counting), tuple(cleared)


def clear_payment(clearing: Clearing, force: Force, one: PaymentHits, spoken: Collection[str] = ()) -> PaymentHits:
    """Take the cleared hits of a payment's parties out of what counts and put them beside it, as suppressed.

    Nothing in a text is ever cleared: who is meant there is not known. `spoken` are listings of which somebody has said
    something of this payment.
    """
    if not clearing.of_payments:
        return one
    parties = list(one.parties)
    for at, (side, screened) in enumerate(zip(one.payment.parties, one.parties, strict=True)):
        if screened.hits:
            counting, away = clearing.split_party(force, side.party, side.role.value, screened.hits, spoken)
            if counting != screened.hits:
                parties[at] = msgspec.structs.replace(screened, hits=counting, suppressed=(*screened.suppressed, *away))
    return msgspec.structs.replace(one, parties=tuple(parties))


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
