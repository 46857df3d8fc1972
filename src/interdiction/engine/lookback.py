"""What passed between the instant an act took effect and the moment its list was in force here is looked at again.

Every payment whose decision was kept is screened against what is in force now. A hit on a listing that had taken effect
and had not yet come to us when the decision was made is *processed after effect* where the payment was released, also
where another decision has followed since, and *not yet released* where it still waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.engine.gaps import Gap, Gaps
from interdiction.engine.payment import screen_payments
from interdiction.engine.progress import Progress, silent
from interdiction.engine.records import kept
from interdiction.model import Decision, Disposition, Hit, Listing, Record, Run, Subject, from_json

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine

_AT_ONCE: Final = 2000


class After(msgspec.Struct, frozen=True):
    """A payment decided on before we knew of a listing that was in effect already.

    `effective` is the instant of effect, where `by_day` the beginning of its day at the authority's place: more is not
    known. `released` is false for what still waits, was blocked or rejected.
    """

    record: str
    payment: str
    decided_at: datetime
    disposition: Disposition
    released: bool
    effective: datetime
    by_day: bool
    in_force_at: datetime
    edition: str
    hit: Hit

    @property
    def key(self) -> tuple[str, str, datetime]:
        """What makes it one find however often it is met: the decision, the listing, the effect."""
        return (self.record, self.hit.listing, self.effective)

    @property
    def sentence(self) -> str:
        """What happened, for the record."""
        what = "was released after effect"
        if not self.released:
            what = f"is not yet released ({self.disposition.value})"
        if self.disposition is Disposition.REJECT:
            what = "was rejected after effect, and may have had to be kept"
        when = f"on {self.effective:%Y-%m-%d}" if self.by_day else f"at {self.effective:%Y-%m-%d %H:%M:%S %z}"
        return (
            f"{self.payment} {what}: {self.hit.listed_name} ({self.hit.listing}) took effect {when}, "
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
    """Look again at every payment that was released, and at each that waits, decided on since a day (or ever).

    A payment whose message was not kept whole with its decision cannot be looked at. Raises `NoListError`, `HomeError`.
    """
    step = progress or silent
    force = engine.force()
    found: list[After] = []
    looked = 0
    with kept(engine.home) as decisions, engine.home.reading() as reader:
        runs: dict[int, Run] = {run.number: run for run, _ in decisions.runs()}
        gaps = Gaps(reader)
        released = decisions.records(result=Disposition.RELEASE.value)
        waiting = (one for one in decisions.records(last=True) if one.result != Disposition.RELEASE.value)
        for some in _portions(chain(released, waiting), runs, since):
            answers = screen_payments(engine, force, [one.payment for one in some if one.payment], threshold=threshold)
            for record, answer in zip(some, answers, strict=True):
                hits = [hit for party in answer.parties for hit in party.hits] + list(answer.text.hits)
                for hit, listing in _news(from_json(bytes(record.decision), Decision), hits, force.screener.listing):
                    at, gap = runs[record.run].at, gaps.of(hit, listing)
                    if gap is not None and gap.effective <= at < gap.in_force_at:
                        found.append(_after(record, at, hit, gap))
            looked += len(some)
            step("looking back", looked, 0)
    return Looked(looked, tuple(sorted(found, key=lambda one: (one.decided_at, one.record, one.hit.listing))))


def _news(
    decision: Decision, hits: Iterable[Hit], listing_of: Callable[[Hit], Listing]
) -> Iterator[tuple[Hit, Listing]]:
    """Give the hits that say more than was looked at then: another listing, or a programme it did not bear."""
    known: dict[str, set[str]] = {}
    for hit in decision.hits:
        known.setdefault(hit.listing, set()).update(one.programme for one in hit.designations)
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.listing, hit)
    for hit in best.values():
        programmes = {one.programme for one in hit.designations}
        if hit.listing not in known or not programmes <= known[hit.listing]:
            yield hit, listing_of(hit)


def _after(record: Record, at: datetime, hit: Hit, gap: Gap) -> After:
    disposition = Disposition(record.result)
    return After(
        record=record.id,
        payment=record.name,
        decided_at=at,
        disposition=disposition,
        released=disposition is Disposition.RELEASE,
        effective=gap.effective,
        by_day=gap.by_day,
        in_force_at=gap.in_force_at,
        edition=gap.edition,
        hit=hit,
    )


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
