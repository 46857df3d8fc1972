"""Small registers in a line each, and what a rule says of every party in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from interdiction.model.ownership import Control, Share, Stake, StakeKind
from interdiction.ownership.control import Controls, Rule
from interdiction.ownership.fixpoint import Seed, evaluate
from interdiction.ownership.graph import graph_of
from interdiction.ownership.register import Register

DAY = date(2024, 12, 31)


def holds(owner: str, owned: str, share: object = "unknown", **more: Any) -> Stake:
    return Stake(owner, owned, share=Share.parse(str(share)), **more)


def controls(owner: str, owned: str, **more: Any) -> Stake:
    return Stake(owner, owned, StakeKind.CONTROL, **more)


def rule(name: str) -> Rule:
    return next(one for one in Controls.load().rules if one.id == name)


US = rule("us-50-aggregate")
UK = rule("uk-more-than-half-or-control")
EU = rule("eu-half-or-control")


def said(
    by: Rule | None,
    stakes: Iterable[Stake],
    *listed: str,
    perhaps: Iterable[str] = (),
    programmes: tuple[str, ...] = (),
    on: date = DAY,
) -> dict[str, str]:
    """Give what the rule says of every party; `listed` are surely on a list, `perhaps` may be."""
    several = list(stakes)
    graph = graph_of(Register.of(several), on)
    seeds = [Seed(graph.node[name], sure=True, programmes=programmes) for name in listed if name in graph.node]
    seeds += [Seed(graph.node[name], sure=False) for name in perhaps if name in graph.node]
    found = evaluate(graph, by, seeds).controls()
    names = dict.fromkeys(name for one in several for name in (one.owner, one.owned) if name)
    # A party without a stake on the day is in no graph; nothing reaches it.
    return {name: found.get(graph.node.get(name, -1), Control.NOT_BLOCKED).value for name in names}
