"""What recall costs: alerts among innocents at every threshold, and the threshold that a budget of alerts allows."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from interdiction.assurance.held import Held
from interdiction.assurance.intervals import Share, share
from interdiction.assurance.scores import UNIT, Pair

STEP = UNIT // 100


class Budget(msgspec.Struct, frozen=True):
    """A budget of alerts per thousand innocents. `threshold` is the lowest that keeps it; `None` where none does.

    `at_floor` says that even the lowest complete threshold keeps it: the true one may be lower still.
    """

    per_thousand: float
    threshold: float | None
    alerts: Share
    at_floor: bool


class Point(msgspec.Struct, frozen=True):
    """Recall over all damaged names, and alerts per thousand innocents, at one threshold."""

    threshold: float
    recall: float | None
    alerts_per_thousand: float | None


class Alerts(msgspec.Struct, frozen=True):
    """Alerts among innocents at the threshold tested.

    `innocents` are the parties counted; `certain` were left out because a fact makes the match certain, so that they
    are hardly innocent. `pairs` are the alerts as pairs of a party and a listing.
    """

    innocents: int
    certain: int
    alerted: Share
    pairs: int


class Screened(msgspec.Struct, frozen=True):
    """The innocents' levels (see `held`): `best` of each party counted, and all pairs from `floor` on."""

    size: int
    floor: int
    certain: frozenset[int]
    pairs: tuple[Pair, ...]
    best: tuple[int, ...]


def certain_rows(pairs: Sequence[Pair], held: Held) -> frozenset[int]:
    """Give the parties that a fact makes a certain match at the threshold."""
    return frozenset(pair.row for pair in pairs if pair.certain and pair.score >= held.at(pair.party))


def screened_innocents(size: int, pairs: Sequence[Pair], certain: frozenset[int], held: Held) -> Screened:
    """Put the pairs of `size` parties on the common scale; the `certain` parties are left out of the counts."""
    levels = (
        msgspec.structs.replace(pair, score=held.level(pair.party, pair.score))
        for pair in sorted(pairs)
        if pair.row not in certain
    )
    kept = tuple(pair for pair in levels if pair.score >= held.floor)
    best: dict[int, int] = {}
    for pair in kept:
        best[pair.row] = max(best.get(pair.row, 0), pair.score)
    return Screened(size - len(certain), held.floor, certain, kept, tuple(sorted(best.values(), reverse=True)))


def alerts(found: Screened, threshold: int) -> Alerts:
    """Count the alerts at a threshold."""
    pairs = sum(pair.score >= threshold for pair in found.pairs)
    return Alerts(found.size, len(found.certain), share(_over(found.best, threshold), found.size), pairs)


def budget(found: Screened, per_thousand: float) -> Budget:
    """Give the lowest threshold at which no more than `per_thousand` of a thousand innocents alert."""
    allowed = int(per_thousand * found.size / 1000)
    if found.size == 0 or (allowed == 0 and per_thousand > 0):
        return Budget(per_thousand, None, share(0, 0), at_floor=False)
    at_floor = len(found.best) <= allowed
    threshold = found.floor if at_floor else found.best[allowed] + 1
    if threshold > UNIT:
        return Budget(per_thousand, None, share(0, 0), at_floor=False)
    return Budget(per_thousand, threshold / UNIT, share(_over(found.best, threshold), found.size), at_floor)


def curve(scores: Sequence[int], found: Screened) -> tuple[Point, ...]:
    """Give recall and alerts at every hundredth from the lowest complete threshold to 1."""
    points = []
    for threshold in range(-(-found.floor // STEP) * STEP, UNIT + 1, STEP):
        recall = round(sum(score >= threshold for score in scores) / len(scores), 4) if scores else None
        load = round(1000 * _over(found.best, threshold) / found.size, 2) if found.size else None
        points.append(Point(threshold / UNIT, recall, load))
    return tuple(points)


def _over(best: Sequence[int], threshold: int) -> int:
    return sum(score >= threshold for score in best)
