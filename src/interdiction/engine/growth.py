"""How a list grew: what each edition of the home added and removed, and under which programmes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

import msgspec

from interdiction.engine.home import Home
from interdiction.model import Listing


class Step(msgspec.Struct, frozen=True):
    """One edition: its day, how many listings were in force with it, how many came and went.

    `came` and `went` tell them by programme, each listing once: under that of its programmes that moved most.
    """

    on: date
    listings: int
    added: int
    removed: int
    came: Mapping[str, int] = {}
    went: Mapping[str, int] = {}


class Growth(msgspec.Struct, frozen=True):
    """The editions of a list in their order, and what came and went after the first, by programme.

    In `added` and `removed` a listing under several programmes counts under each.
    """

    steps: tuple[Step, ...]
    added: dict[str, int]
    removed: dict[str, int]


def growth(home: Home, list_key: str) -> Growth:
    """Give how a list grew over the editions in the home. Raises `NoListError` for a home without a store."""
    with home.reading() as reader:
        editions = reader.editions(list_key)
        stretches = reader.stretches(list_key)
        came: dict[int, list[int]] = defaultdict(list)
        went: dict[int, list[int]] = defaultdict(list)
        first = editions[0].seq if editions else 0
        for at, one in enumerate(stretches):
            before = stretches[at - 1] if at else None
            after = stretches[at + 1] if at + 1 < len(stretches) else None
            follows = before is not None and (before.uid, before.to_seq) == (one.uid, one.from_seq)
            goes_on = after is not None and (after.uid, after.from_seq) == (one.uid, one.to_seq)
            if one.from_seq != first and not follows:
                came[one.from_seq].append(one.content)
            if one.to_seq is not None and not goes_on:
                went[one.to_seq].append(one.content)
        bodies = reader.contents(content for some in (*came.values(), *went.values()) for content in some)
    added = _each(came, bodies)
    removed = _each(went, bodies)
    rank = {tag: at for at, (tag, _) in enumerate((added + removed).most_common())}

    def drawn(contents: list[int]) -> dict[str, int]:
        tags = (min(bodies[one].programmes, key=rank.__getitem__, default="") for one in contents)
        return dict(Counter(tags))

    steps = tuple(
        Step(one.on, one.listings, one.added, one.removed, drawn(came[one.seq]), drawn(went[one.seq]))
        for one in editions
    )
    return Growth(steps, dict(added), dict(removed))


def _each(moved: Mapping[int, list[int]], bodies: Mapping[int, Listing]) -> Counter[str]:
    return Counter(tag for some in moved.values() for content in some for tag in bodies[content].programmes)
