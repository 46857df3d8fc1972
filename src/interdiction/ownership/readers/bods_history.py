"""How long each statement of a relationship holds: from its day, or the day it names, until the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from interdiction.model import PartialDate
from interdiction.model.ownership import Stake

_DAY = timedelta(days=1)


class Told(msgspec.Struct, frozen=True):
    """What one statement says of a relationship, and its day; none: it states no day."""

    on: date | None
    stakes: tuple[Stake, ...]


def lasting(several: Sequence[Told]) -> list[Stake]:
    """Give the stakes of a relationship, in the order of its statements, each with the days on which it was so.

    What a statement says holds until the day before the next one takes its place: that is the day on which an interest
    of the next one began where it states one after the statement before, else the day of the next statement itself. A
    statement that says again what the one before said makes no new stake. One without a day cannot be placed: of these
    the last alone counts.
    """
    dated = [one for one in several if one.on is not None]
    placed = _merged(dated or list(several[-1:]))
    found: list[Stake] = []
    begins: date | None = None
    for at, one in enumerate(placed):
        after = placed[at + 1] if at + 1 < len(placed) else None
        change = None if after is None else _change(one, after)
        found += [_cut(stake, begins, change) for stake in one.stakes if change is None or _began(stake) < change]
        begins = change
    return _whole(found)


def _whole(found: Sequence[Stake]) -> list[Stake]:
    """Put together what one statement ends and the next one says again on the day after: only another part changed."""
    kept: list[Stake] = []
    for one in found:
        at = next((at for at, old in enumerate(kept) if _goes_on(old, one)), None)
        if at is None:
            kept.append(one)
        else:
            kept[at] = replace(kept[at], ends=one.ends)
    return kept


def _goes_on(old: Stake, new: Stake) -> bool:
    if old.ends is None or new.begins is None or old.ends.last + _DAY != new.begins.first:
        return False
    return replace(old, begins=None, ends=None, line=0) == replace(new, begins=None, ends=None, line=0)


def _merged(several: Sequence[Told]) -> list[Told]:
    kept: list[Told] = []
    for one in several:
        if kept and _said(kept[-1]) == _said(one):
            # The same again: the first line stays, and what is known of its end by now.
            ends = [stake.ends for stake in one.stakes]
            stakes = tuple(replace(old, ends=end) for old, end in zip(kept[-1].stakes, ends, strict=True))
            kept[-1] = Told(kept[-1].on, stakes)
        else:
            kept.append(one)
    return kept


def _said(one: Told) -> list[Stake]:
    return [replace(stake, ends=None, line=0) for stake in one.stakes]


def _change(before: Told, after: Told) -> date:
    """Give the day from which the later statement counts."""
    assert before.on is not None
    assert after.on is not None
    named = [day for stake in after.stakes if before.on < (day := _began(stake)) <= after.on]
    return min(named, default=after.on)


def _began(stake: Stake) -> date:
    return stake.begins.first if stake.begins is not None else date.min


def _cut(stake: Stake, begins: date | None, change: date | None) -> Stake:
    """Keep the days of a stake within those of its statement."""
    if begins is not None and _began(stake) < begins:
        stake = replace(stake, begins=PartialDate(begins, begins))
    if change is not None and (stake.ends is None or stake.ends.last >= change):
        stake = replace(stake, ends=PartialDate(change - _DAY, change - _DAY))
    return stake
