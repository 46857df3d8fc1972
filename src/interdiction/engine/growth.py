"""How a list grew: what each edition of the home added and removed, and under which programmes."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec

from interdiction.engine.home import Home


class Step(msgspec.Struct, frozen=True):
    """One edition: its day, how many listings were in force with it, how many came and went."""

    on: date
    listings: int
    added: int
    removed: int


class Growth(msgspec.Struct, frozen=True):
    """The editions of a list in their order, and what came and went after the first, by programme."""

    steps: tuple[Step, ...]
    added: dict[str, int]
    removed: dict[str, int]


def growth(home: Home, list_key: str) -> Growth:
    """Give how a list grew over the editions in the home. Raises `NoListError` for a home without a store."""
    with home.reading() as reader:
        editions = reader.editions(list_key)
        stretches = reader.stretches(list_key)
        came, went = [], []
        first = editions[0].seq if editions else 0
        for at, one in enumerate(stretches):
            before = stretches[at - 1] if at else None
            after = stretches[at + 1] if at + 1 < len(stretches) else None
            follows = before is not None and (before.uid, before.to_seq) == (one.uid, one.from_seq)
            goes_on = after is not None and (after.uid, after.from_seq) == (one.uid, one.to_seq)
            if one.from_seq != first and not follows:
                came.append(one.content)
            if one.to_seq is not None and not goes_on:
                went.append(one.content)
        bodies = reader.contents([*came, *went])
    added: Counter[str] = Counter(tag for content in came for tag in bodies[content].programmes)
    removed: Counter[str] = Counter(tag for content in went for tag in bodies[content].programmes)
    steps = tuple(Step(one.on, one.listings, one.added, one.removed) for one in editions)
    return Growth(steps, dict(added), dict(removed))
