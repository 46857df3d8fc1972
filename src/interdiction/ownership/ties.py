"""Ties that reach nobody by law and are worth knowing: directors, relatives, agents, small stakes, with their path."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
import polars as pl

from interdiction.model.ownership import Stake, StakeKind
from interdiction.ownership.register import Register, stakes_of

FARTHEST: Final = 3
"""Ties in a row: what is farther away says nothing of a party."""
_MOST: Final = 500
"""Ties of one party that are followed; a bank's thousands of holdings are not a path."""


class Tie(msgspec.Struct, frozen=True):
    """A path from a party to somebody who is listed, and the sentence that tells it. It is a risk, never a block."""

    to: str
    name: str
    listings: tuple[str, ...]
    path: tuple[str, ...]
    sentence: str


def ties(register: Register, party: str, listed: Mapping[str, Iterable[str]]) -> list[Tie]:
    """Give the nearest path from a party to each listed one within reach; `listed` gives their listings."""
    stakes = register.stakes
    found: dict[str, tuple[str, Stake]] = {}
    waiting = deque([(party, 0)])
    seen = {party}
    while waiting:
        here, far = waiting.popleft()
        if far == FARTHEST:
            continue
        around = stakes.filter((pl.col("owner") == here) | (pl.col("owned") == here)).head(_MOST)
        for one in stakes_of(around):
            other = one.owned if one.owner == here else one.owner
            if other and other not in seen:
                seen.add(other)
                found[other] = (here, one)
                waiting.append((other, far + 1))
    names = register.names([party, *found])
    return [_tie(one, party, found, names, tuple(listed[one])) for one in found if one in listed]


def _tie(
    to: str, party: str, found: Mapping[str, tuple[str, Stake]], names: Mapping[str, str], listings: tuple[str, ...]
) -> Tie:
    steps: list[str] = []
    path = [to]
    here = to
    while here != party:
        here, stake = found[here]
        path.append(here)
        steps.append(_words(stake, names))
    path.reverse()
    steps.reverse()
    return Tie(to, names[to], listings, tuple(path), "; ".join(steps))


def _words(stake: Stake, names: Mapping[str, str]) -> str:
    owner, owned = names.get(stake.owner, "somebody not named"), names.get(stake.owned, stake.owned)
    ended = f" until {stake.ends}" if stake.ends else ""
    if stake.kind is StakeKind.OTHER:
        return f"{owner}, {stake.note or 'a tie that is not stated'}, {owned}{ended}"
    if stake.kind is StakeKind.CONTROL:
        return f"{owner} controls {owned}{ended}"
    what = "something" if stake.kind is StakeKind.UNKNOWN else f"{stake.share} of the {stake.kind.value}"
    return f"{owner} holds {what} of {owned}{ended}"
