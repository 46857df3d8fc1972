"""What a change of threshold or weights would do: alerts gained and lost, by name, and what it costs in recall."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from interdiction.assurance.alerts import Alerts, Screened, alerts
from interdiction.assurance.held import Held
from interdiction.assurance.intervals import Share, share
from interdiction.assurance.recall import written
from interdiction.assurance.scores import UNIT, Pair
from interdiction.assurance.trials import Trial
from interdiction.model import Listing

SHOWN = 25
"""Names that each list of a change shows; the counts are of all."""


class Moved(msgspec.Struct, frozen=True):
    """One pair that a change makes an alert, or no longer one."""

    ours: str
    listing: str
    listed: str
    before: float
    after: float


class Side(msgspec.Struct, frozen=True):
    """One side of a change."""

    thresholds: str
    weights: str
    recall: Share
    alerts: Alerts


class Change(msgspec.Struct, frozen=True):
    """A change and its effect: on the innocents as pairs, and on the damaged names. Lists hold the first `SHOWN`."""

    what: str
    before: Side
    after: Side
    alerts_gained: int
    alerts_lost: int
    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    finds_gained: int
    finds_lost: int
    found_more: tuple[Moved, ...]
    found_no_more: tuple[Moved, ...]


class Measured(msgspec.Struct, frozen=True):
    """The scores under one set of thresholds and weights: `scores` of the trials and `pairs` of the innocents.

    `innocents` and `levels` are the same on the common scale of `held`.
    """

    held: Held
    weights: str
    scores: Sequence[int]
    pairs: Sequence[Pair]
    levels: Sequence[int]
    innocents: Screened


def change(
    what: str,
    before: Measured,
    after: Measured,
    trials: Sequence[Trial],
    name: Callable[[int], str],
    listing: Callable[[int], Listing],
) -> Change:
    """Weigh one state against another over the same questions; `name` gives an innocent's by its row."""
    certain = before.innocents.certain
    was = {(pair.row, pair.party): pair.score for pair in before.pairs if pair.row not in certain}
    now = {(pair.row, pair.party): pair.score for pair in after.pairs if pair.row not in certain}
    moved = sorted(
        (key, was.get(key, 0), now.get(key, 0))
        for key in was.keys() | now.keys()
        if (was.get(key, 0) >= before.held.at(key[1])) != (now.get(key, 0) >= after.held.at(key[1]))
    )
    gained = [one for one in moved if one[2] >= after.held.at(one[0][1])]
    lost = [one for one in moved if one[1] >= before.held.at(one[0][1])]

    def pairs(some: Sequence[tuple[tuple[int, int], int, int]]) -> tuple[Moved, ...]:
        best = sorted(some, key=lambda one: (-max(one[1], one[2]), one[0]))[:SHOWN]
        shown = ((name(row), listing(party), old, new) for (row, party), old, new in best)
        return tuple(
            Moved(ours, one.id, one.party.primary_name, old / UNIT, new / UNIT) for ours, one, old, new in shown
        )

    found = [
        (at, old, new)
        for at, (old, new) in enumerate(zip(before.scores, after.scores, strict=True))
        if (old >= before.held.at(trials[at].at)) != (new >= after.held.at(trials[at].at))
    ]
    more = [one for one in found if one[2] >= after.held.at(trials[one[0]].at)]
    no_more = [one for one in found if one[1] >= before.held.at(trials[one[0]].at)]

    def finds(some: Sequence[tuple[int, int, int]]) -> tuple[Moved, ...]:
        best = sorted(some, key=lambda one: (-max(one[1], one[2]), one[0]))[:SHOWN]
        shown = ((trials[at], old, new) for at, old, new in best)
        return tuple(Moved(written(one), one.listing, one.name, old / UNIT, new / UNIT) for one, old, new in shown)

    return Change(
        what=what,
        before=_side(before),
        after=_side(after),
        alerts_gained=len(gained),
        alerts_lost=len(lost),
        gained=pairs(gained),
        lost=pairs(lost),
        finds_gained=len(more),
        finds_lost=len(no_more),
        found_more=finds(more),
        found_no_more=finds(no_more),
    )


def _side(one: Measured) -> Side:
    found = share(sum(level >= one.held.base for level in one.levels), len(one.levels))
    return Side(one.held.told, one.weights, found, alerts(one.innocents, one.held.base))
