"""Files one edition among those of its list: compared with what stands around its place, then kept and committed.

1. Nothing is in force before the transaction that stores it is on the disk; then all of it is.
2. The official bytes are kept before that, so that every edition in force can be read again from its files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from interdiction.engine.home import Home
from interdiction.engine.raw import sha256
from interdiction.lists.checks import refuse_older
from interdiction.lists.diff import diff, incomparable
from interdiction.lists.editions import EditionPlan, plan
from interdiction.model import Edition, EditionPart, EditionState, Grade, Listing, ListSource, Problem

if TYPE_CHECKING:
    from interdiction.engine.raw import RawFiles
    from interdiction.lists.readers.reading import ListFile, Reading
    from interdiction.store.database import Database
    from interdiction.store.listings import Neighbours
    from interdiction.store.reading import Reader


class ImportReport(msgspec.Struct, frozen=True):
    """What an import did. `unchanged` means that this very edition was there already and nothing was stored;
    `current` that it is the one in force now; `problems` are its edition's, the published ones included.
    """

    edition: Edition
    unchanged: bool
    current: bool
    problems: tuple[Problem, ...]


class Order(msgspec.Struct, frozen=True):
    """What the caller asked for."""

    source: ListSource
    files: tuple[ListFile, ...]
    sha256: str
    history: bool
    by: str | None
    accept_problems: bool
    at: datetime


class States:
    """The listings at the last edition that was filed, so that the next of a history need not read them again."""

    def __init__(self) -> None:
        self._edition: str | None = None
        self._listings: dict[str, Listing] = {}

    def at(self, edition: Edition, reader: Reader) -> dict[str, Listing]:
        """Give the listings in force at an edition, by uid. The state at an edition never changes."""
        if self._edition == edition.id:
            return self._listings
        return {listing.uid: listing for listing in reader.listings(edition.list, edition.seq)}

    def keep(self, edition: Edition, before: Mapping[str, Listing], changes: Mapping[str, Listing | None]) -> None:
        """Keep the state that `changes` made of the one before."""
        state = {**before, **changes}
        self._listings = {uid: listing for uid, listing in state.items() if listing is not None}
        self._edition = edition.id


class Filing:
    """One edition on its way into the store, with what stands before and after its place."""

    def __init__(
        self,
        reader: Reader,
        order: Order,
        reading: Reading,
        on: date,
        noted: Sequence[Problem],
        register: tuple[ListSource, ...],
        known: States | None = None,
    ) -> None:
        key = order.source.key
        refuse_older(reader.last_edition(key), on, history=order.history)
        self._order, self._reading, self._on, self._noted, self._register = order, reading, on, noted, register
        self._before = reader.last_edition(key, on)
        alike = [one for one in reader.editions(key) if one.on == on and one.sha256 == order.sha256]
        self._id = f"{key}@{on}+{order.sha256[:12]}" + (f".{len(alike) + 1}" if alike else "")
        self.same = self._same(alike)
        if self.same is not None:
            self._current = reader.last_edition(key)
            return
        seq = self._before.seq if self._before else -1
        self._after = reader.next_edition(key, seq)
        self._around = _around(reader, key, self._before, self._after)
        self._known = known or States()
        self._previous: dict[str, Listing] = {}
        if self._before is not None:
            self._previous = self._known.at(self._before, reader)
        self._following: dict[str, Listing] = {}
        if self._after is not None:
            self._following = {listing.uid: listing for listing in reader.listings(key, self._after.seq)}

    def _same(self, alike: Sequence[Edition]) -> Edition | None:
        """Give the edition that this import would only repeat.

        It is none when a person takes an overlay as it is, and when the publisher went back, on the same day,
        to what it had published before.
        """
        if not alike or self._before is None or self._before.id != alike[-1].id:
            return None
        decides = self._order.accept_problems and alike[-1].state is EditionState.OVERLAY
        return None if decides else alike[-1]

    def unchanged(self) -> ImportReport:
        """Say that this edition was there."""
        if self.same is None:
            raise AssertionError("only asked when the edition is there")
        current = self._current is not None and self._current.id == self.same.id
        return ImportReport(self.same, unchanged=True, current=current, problems=self.same.problems)

    def plan(self) -> EditionPlan:
        """Plan it against what was in force before its place."""
        parts = tuple(
            EditionPart(role, file.name, len(file.data), sha256(file.data))
            for role, file in zip(self._reading.parts, self._order.files, strict=True)
        )
        planned = plan(
            self._previous,
            self._before,
            self._reading,
            self._order.source,
            self._on,
            parts=parts,
            others=self._register,
            accept_problems=self._order.accept_problems,
        )
        return replace(planned, problems=(*planned.problems, *self._noted, *self._not_revisited()))

    def _not_revisited(self) -> list[Problem]:
        after = self._after
        if after is None or (after.state is EditionState.ACCEPTED and not any(part.carried for part in after.parts)):
            return []
        return [
            Problem(
                code="next-not-revisited",
                message=f"{after.id} follows, rests on the edition before it and was planned without this one",
                grade=Grade.PUBLISHED,
                mend="what only this edition lists is in force up to that one",
            )
        ]

    def store(self, home: Home, raw: RawFiles, database: Database, planned: EditionPlan) -> ImportReport:
        """Keep the bytes, then commit the edition and its changes in one transaction."""
        from interdiction.store import editions, listings

        earlier = {part.role: part.sha256 for part in self._before.parts} if self._before else {}
        for role, file in zip(self._reading.parts, self._order.files, strict=True):
            raw.keep(file.data, earlier.get(role))
        home.forget_index()
        key = self._order.source.key
        with database.transaction() as connection:
            edition = self._edition(planned, editions.next_seq(connection, key, self._on))
            editions.insert(connection, edition)
            listings.file_changes(connection, key, edition.seq, planned.changes, self._around)
            editions.log(connection, edition)
            if self._after is not None:
                editions.recount(connection, self._recounted(self._after, edition, planned.changes))
        home.forget_index()
        self._known.keep(edition, self._previous, planned.changes)
        return ImportReport(edition, unchanged=False, current=self._after is None, problems=edition.problems)

    def _edition(self, planned: EditionPlan, seq: int) -> Edition:
        return Edition(
            id=self._id,
            list=self._order.source.key,
            on=self._on,
            sha256=self._order.sha256,
            known_at=self._order.at,
            state=planned.state,
            parts=planned.parts,
            listings=planned.listings,
            added=len(planned.added),
            amended=len(planned.amended),
            removed=len(planned.removed),
            waiting=len(planned.waiting),
            by=self._order.by,
            problems=planned.problems,
            format=self._reading.format,
            seq=seq,
        )

    def _recounted(self, after: Edition, here: Edition, changes: Mapping[str, Listing | None]) -> Edition:
        state = {uid: listing for uid, listing in {**self._previous, **changes}.items() if listing is not None}
        found = diff(state, self._following, incomparable(here.parts, after.parts, self._order.source))
        return replace(after, added=len(found.added), amended=len(found.amended), removed=len(found.removed))


def _around(reader: Reader, key: str, before: Edition | None, after: Edition | None) -> Neighbours:
    from interdiction.store.listings import Neighbours

    return Neighbours(
        reader.intervals(key, before.seq) if before else {},
        after.seq if after else None,
        reader.intervals(key, after.seq) if after else {},
    )
