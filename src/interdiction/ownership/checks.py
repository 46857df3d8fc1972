"""What is wrong with a register as a whole: more than the whole, owners of themselves, owners in a circle."""

from __future__ import annotations

from collections import deque
from typing import Final

import msgspec
import polars as pl

from interdiction.model import Grade, Problem
from interdiction.model.ownership import WHOLE, StakeKind, percent
from interdiction.ownership.graph import shares
from interdiction.ownership.register import Register

_SHOWN: Final = 200
"""Problems of one kind that are told one by one."""


def checked(register: Register) -> Register:
    """Give the register with the problems that only show when its stakes are seen together. None of them is dropped."""
    found = [*_over(register), *_selves(register), *_circles(register)]
    return msgspec.structs.replace(register, problems=(*register.problems, *found))


def _over(register: Register) -> list[Problem]:
    counted = [kind.value for kind in StakeKind if shares(kind)]
    lasting = register.stakes.filter(
        pl.col("direct") & pl.col("kind").is_in(counted) & pl.col("ends_first").is_null() & ~pl.col("nominee")
    )
    once = lasting.unique(["owner", "owned", "kind", "low", "high", "lot"], maintain_order=True)
    sums = once.group_by("owned", "kind", maintain_order=True).agg(pl.col("low").sum(), pl.col("line").min())
    return [
        Problem(
            code="over-whole",
            message=f"the {kind} stated add up to at least {percent(low)} %; what decides on them is unknown",
            line=line,
            node=owned,
            expected="at most 100 %",
            mend="correct the shares, or end those that were sold",
        )
        for owned, kind, low, line in sums.filter(pl.col("low") > WHOLE).head(_SHOWN).iter_rows()
    ]


def _selves(register: Register) -> list[Problem]:
    found = register.stakes.filter((pl.col("owner") == pl.col("owned")) & (pl.col("kind") != StakeKind.OTHER.value))
    return [
        Problem(
            code="self-owned",
            message="the party holds itself; what it holds may raise the share of every other owner",
            grade=Grade.PUBLISHED,
            line=line,
            node=owned,
        )
        for owned, line in found.select("owned", "line").head(_SHOWN).iter_rows()
    ]


def _circles(register: Register) -> list[Problem]:
    """Name the parties that own each other round about: taken away are, again and again, those at either end."""
    edges = register.stakes.filter((pl.col("owner") != pl.col("owned")) & (pl.col("owner") != ""))
    edges = edges.filter(pl.col("kind") != StakeKind.OTHER.value).select("owner", "owned").unique(maintain_order=True)
    up: dict[str, list[str]] = {}
    down: dict[str, list[str]] = {}
    for owner, owned in edges.iter_rows():
        down.setdefault(owner, []).append(owned)
        up.setdefault(owned, []).append(owner)
    left = up.keys() & down.keys()
    for ahead, behind in ((down, up), (up, down)):
        open_ends = {party: sum(other in left for other in behind.get(party, ())) for party in left}
        waiting = deque(party for party, count in open_ends.items() if not count)
        while waiting:
            party = waiting.popleft()
            left.discard(party)
            for other in ahead.get(party, ()):
                if other in left:
                    open_ends[other] -= 1
                    if not open_ends[other]:
                        waiting.append(other)
    if not left:
        return []
    named = ", ".join(sorted(left)[:20])
    return [
        Problem(
            code="owned-in-circle",
            message=f"{len(left)} parties own each other in a circle or stand between circles: {named}",
            grade=Grade.PUBLISHED,
            mend="nothing, if it is so: a circle reaches nobody by itself",
        )
    ]
