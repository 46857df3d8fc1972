"""What passed between the day an act took effect and the moment its list was in force here is looked at again.

Every payment whose decision was kept is screened against what is in force now. A hit on a listing that had taken effect
and had not yet come to us when the decision was made is *processed after effect* where the payment was released, and
*not yet released* where it still waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.engine.payment import screen_payments
from interdiction.engine.progress import Progress, silent
from interdiction.engine.records import kept
from interdiction.model import Decision, Disposition, Hit, Listing, Record, Run, Subject, from_json

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine
    from interdiction.store.reading import Reader

_AT_ONCE: Final = 2000


class After(msgspec.Struct, frozen=True):
    """A payment decided on before we knew of a listing that was in effect already."""

    record: str
    payment: str
    decided_at: datetime
    disposition: Disposition
    released: bool
    effective: date
    in_force_at: datetime
    edition: str
    hit: Hit

    @property
    def sentence(self) -> str:
        """What happened, for the record."""
        what = "was released after effect" if self.released else f"is not yet released ({self.disposition.value})"
        return (
            f"{self.payment} {what}: {self.hit.listed_name} ({self.hit.listing}) took effect on {self.effective}, "
            f"the decision {self.record} was made at {self.decided_at:%Y-%m-%d %H:%M} UTC, "
            f"{self.edition} came into force here at {self.in_force_at:%Y-%m-%d %H:%M} UTC"
        )


class Looked(msgspec.Struct, frozen=True):
    """How many decisions were looked at, and what was found."""

    looked: int
    found: tuple[After, ...]


def look_back(
    engine: Engine, *, since: date | None = None, threshold: float | None = None, progress: Progress | None = None
) -> Looked:
    """Look again at every payment decided on since a day (or ever), as its decision still stands.

    A payment whose message was not kept whole with its decision cannot be looked at. Raises `NoListError`, `HomeError`.
    """
    step = progress or silent
    force = engine.force()
    found: list[After] = []
    looked = 0
    with kept(engine.home) as decisions, engine.home.reading() as reader:
        runs: dict[int, Run] = {run.number: run for run, _ in decisions.runs()}
        gaps = _Gaps(reader)
        for some in _portions(decisions.records(last=True), runs, since):
            answers = screen_payments(engine, force, [one.payment for one in some if one.payment], threshold=threshold)
            for record, answer in zip(some, answers, strict=True):
                decision = from_json(bytes(record.decision), Decision)
                known = {hit.listing for hit in decision.hits}
                hits = [hit for party in answer.parties for hit in party.hits] + list(answer.text.hits)
                at = runs[record.run].at
                for hit in {one.listing: one for one in reversed(hits) if one.listing not in known}.values():
                    gap = gaps.of(hit, force.screener.listing(hit))
                    if gap is not None and gap[0] <= at.date() and at < gap[1]:
                        found.append(_after(record, decision, at, hit, gap))
            looked += len(some)
            step("looking back", looked, 0)
    return Looked(looked, tuple(sorted(found, key=lambda one: (one.decided_at, one.record, one.hit.listing))))


def _after(record: Record, decision: Decision, at: datetime, hit: Hit, gap: tuple[date, datetime, str]) -> After:
    released = decision.disposition is Disposition.RELEASE
    return After(record.id, record.name, at, decision.disposition, released, *gap, hit)


def _portions(records: Iterator[Record], runs: dict[int, Run], since: date | None) -> Iterator[Sequence[Record]]:
    some: list[Record] = []
    for record in records:
        if record.subject is not Subject.PAYMENT or record.payment is None:
            continue
        if since is not None and runs[record.run].at.date() < since:
            continue
        some.append(record)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


class _Gaps:
    """When a listing took effect as it stands, and when that came into force here; each is asked of the store once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._editions = {(one.list, one.seq): one for one in reader.editions()}
        self._known: dict[str, tuple[date, datetime, str] | None] = {}

    def of(self, hit: Hit, listing: Listing) -> tuple[date, datetime, str] | None:
        """Give the day of effect, the instant we had it, and the edition it came in."""
        if listing.id not in self._known:
            self._known[listing.id] = self._found(hit, listing)
        return self._known[listing.id]

    def _found(self, hit: Hit, listing: Listing) -> tuple[date, datetime, str] | None:
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
        days = [one.effective_at.date() if one.effective_at else one.listed_on for one in hit.designations]
        stated = [day for day in days if day is not None and day <= edition.on]
        return (max(stated) if stated else edition.on), edition.known_at, edition.id
