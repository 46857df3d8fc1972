"""The stakes of one day as a graph: what several rows and sources say of one holding made one range.

1. What is surely held on the day counts from its lower to its upper end; what a vague date leaves open may be nothing.
2. Rows of one source for one owner add up where they name different lots; otherwise they may be one holding or several.
3. Sources that agree narrow each other; sources that contradict each other leave everything between them open.
4. A holder in name only, and one the source does not name, stand as somebody unknown of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

import msgspec
import polars as pl

from interdiction.model.ownership import WHOLE, StakeKind
from interdiction.ownership.register import Register

OPEN: Final = 1 << 20
"""Packed ends: parts times this, plus the number of open lower ends, minus that of open upper ends. One comparison then
says whether a sum meets a test; it holds for fewer than a million owners of one party."""
ALL: Final = WHOLE * OPEN
_SHARED: Final = (StakeKind.SHARES.value, StakeKind.VOTES.value, StakeKind.APPOINT.value)


class Ways(msgspec.Struct, frozen=True):
    """The edges of one kind, by owner: those of node n stand from `first[n]` up to, without, `first[n + 1]`."""

    first: Sequence[int]
    owned: Sequence[int]
    low: Sequence[int]
    high: Sequence[int]
    direct: Sequence[bool]
    joint: Sequence[int]
    """A number for each joint arrangement in one party; -1 for none."""
    sure: Sequence[bool]


class Totals(msgspec.Struct, frozen=True):
    """What all direct stakes of one kind come to, by owned node: packed lows, what it holds of itself, joint sums."""

    low: Mapping[int, int]
    itself: Mapping[int, tuple[int, int]]
    joint: Sequence[tuple[int, int]]
    over: frozenset[int]
    """Parties of which more than the whole is stated: the sources contradict each other."""


class Graph(msgspec.Struct, frozen=True, dict=True):
    """The graph of a register on a day. Nodes are numbers; `ids` gives the party of each, `""` for somebody unknown."""

    register: Register
    on: date
    ids: Sequence[str]
    edges: pl.DataFrame
    """owner, owned (nodes), kind, low, high, low_open, high_open, direct, joint, sure, rows (how many said it)."""
    holders: frozenset[int]
    """The nodes that stand for somebody unknown."""

    @cached_property
    def node(self) -> Mapping[str, int]:
        """Give the node of a party."""
        return {key: at for at, key in enumerate(self.ids) if key}

    @cached_property
    def _ways(self) -> dict[str, Ways]:
        return {}

    @cached_property
    def _totals(self) -> dict[str, Totals]:
        return {}

    def ways(self, kind: StakeKind) -> Ways:
        """Give the edges of one kind, by owner; a party's holding of itself is none."""
        if kind.value not in self._ways:
            self._ways[kind.value] = self._made(kind)
        return self._ways[kind.value]

    def totals(self, kind: StakeKind) -> Totals:
        """Give the sums of one kind, by owned node."""
        if kind.value not in self._totals:
            self._totals[kind.value] = self._summed(kind)
        return self._totals[kind.value]

    def into(self, node: int) -> list[dict[str, Any]]:
        """Give the edges into a node, as rows."""
        return self.edges.filter(pl.col("owned") == node).to_dicts()

    def _made(self, kind: StakeKind) -> Ways:
        edges = self.edges.filter((pl.col("kind") == kind.value) & (pl.col("owner") != pl.col("owned"))).sort("owner")
        counts = edges.group_by("owner").len()
        whole = pl.DataFrame({"owner": pl.Series(range(len(self.ids)), dtype=pl.UInt32)})
        sizes = whole.join(counts, on="owner", how="left", maintain_order="left")["len"].fill_null(0)
        return Ways(
            first=[0, *sizes.cum_sum().to_list()],
            owned=edges["owned"].to_list(),
            low=_packed(edges, "low"),
            high=_packed(edges, "high"),
            direct=edges["direct"].to_list(),
            joint=edges["joint_at"].to_list(),
            sure=edges["sure"].to_list(),
        )

    def _summed(self, kind: StakeKind) -> Totals:
        edges = self.edges.filter((pl.col("kind") == kind.value) & pl.col("direct"))
        sums = edges.group_by("owned").agg(pl.col("low").sum(), opens=pl.col("low_open").sum())
        low = {owned: parts * OPEN + opens for owned, parts, opens in sums.iter_rows()}
        selves = edges.filter(pl.col("owner") == pl.col("owned"))
        itself = {
            row["owned"]: (row["low"] * OPEN + row["low_open"], row["high"] * OPEN - row["high_open"])
            for row in selves.to_dicts()
        }
        joint: list[tuple[int, int]] = [(0, 0)] * (self.edges["joint_at"].max() + 1 if self.edges.height else 0)  # type: ignore[operator]
        for at, first, last in zip(edges["joint_at"], _packed(edges, "low"), _packed(edges, "high"), strict=True):
            if at >= 0:
                joint[at] = (joint[at][0] + first, joint[at][1] + last)
        return Totals(low, itself, joint, frozenset(owned for owned, packed in low.items() if packed > ALL))


def graph_of(register: Register, on: date) -> Graph:
    """Give the graph of a register on a day."""
    held = _held(register.stakes, on)
    unknown = (held["owner"] == "") | held["nominee"]
    held = held.with_columns(
        owner=pl.when(unknown).then(pl.lit("\x00") + pl.int_range(pl.len()).cast(pl.String)).otherwise("owner"),
        low=pl.when("nominee").then(0).otherwise("low"),
        low_open=pl.col("low_open") & ~pl.col("nominee"),
    )
    known = pl.concat([held["owner"], held["owned"]]).unique(maintain_order=True)
    nodes = pl.DataFrame({"id": known}).with_row_index("node")
    numbered = (
        held.join(nodes.rename({"id": "owner", "node": "owner_node"}), on="owner", how="left")
        .join(nodes.rename({"id": "owned", "node": "owned_node"}), on="owned", how="left")
        .drop("owner", "owned")
        .rename({"owner_node": "owner", "owned_node": "owned"})
    )
    edges = _one_each(numbered)
    arrangement = pl.when(pl.col("joint") != "").then(pl.struct("owned", "joint"))
    ranks = edges.select((arrangement.rank("dense").cast(pl.Int64) - 1).fill_null(-1).alias("joint_at"))
    ids = ["" if key.startswith("\x00") else key for key in known]
    holders = frozenset(at for at, key in enumerate(ids) if not key)
    return Graph(register, on, ids, edges.with_columns(ranks), holders)


def _held(stakes: pl.DataFrame, on: date) -> pl.DataFrame:
    """Keep what may be held on the day; where that is not sure the least is nothing."""
    day = pl.lit(on)
    gone = (pl.col("begins_first") > day).fill_null(value=False) | (pl.col("ends_last") < day).fill_null(value=False)
    sure = (pl.col("begins_last") <= day).fill_null(value=True) & (pl.col("ends_first") >= day).fill_null(value=True)
    kept = stakes.filter(~gone & (pl.col("kind") != StakeKind.OTHER.value)).with_columns(sure=sure)
    return kept.with_columns(
        low=pl.when("sure").then("low").otherwise(0), low_open=pl.col("low_open") & pl.col("sure")
    ).drop("begins_first", "begins_last", "ends_first", "ends_last")


_HOLDING: Final = ["owner", "owned", "kind", "direct", "joint"]
_RANGE: Final = ["low", "high", "low_open", "high_open"]


def _one_each(rows: pl.DataFrame) -> pl.DataFrame:
    """Make one edge of all rows about one holding."""
    twice = rows.select(_HOLDING).is_duplicated()
    single = rows.filter(~twice).select(*_HOLDING, *_RANGE, "sure", rows=pl.lit(1, pl.UInt32))
    several = rows.filter(twice)
    if not several.height:
        return single
    counted = several.group_by(_HOLDING, maintain_order=True).agg(rows=pl.len(), sure=pl.col("sure").any())
    lots = several.unique([*_HOLDING, "source", "lot", *_RANGE], maintain_order=True)
    alike = pl.len() == 1
    per_lot = lots.group_by(*_HOLDING, "source", "lot", maintain_order=True).agg(
        pl.col("low").min(),
        pl.col("high").sum().clip(upper_bound=WHOLE),
        low_open=alike & pl.col("low_open").any(),
        high_open=alike & pl.col("high_open").any(),
    )
    per_source = per_lot.group_by(*_HOLDING, "source", maintain_order=True).agg(
        pl.col("low").sum().clip(upper_bound=WHOLE),
        pl.col("high").sum().clip(upper_bound=WHOLE),
        pl.col("low_open").any(),
        pl.col("high_open").any(),
    )
    agreeing = pl.col("low").max() <= pl.col("high").min()
    one_range = pl.struct(_RANGE).n_unique() == 1
    whole = per_source.group_by(_HOLDING, maintain_order=True).agg(
        low=pl.when(agreeing).then(pl.col("low").max()).otherwise(pl.col("low").min()),
        high=pl.when(agreeing).then(pl.col("high").min()).otherwise(pl.col("high").max()),
        low_open=one_range & pl.col("low_open").any(),
        high_open=one_range & pl.col("high_open").any(),
    )
    merged = whole.join(counted, on=_HOLDING, how="left", maintain_order="left").select(single.columns)
    return pl.concat([single, merged])


def _packed(edges: pl.DataFrame, end: str) -> list[int]:
    opens = edges[f"{end}_open"].to_list()
    sign = 1 if end == "low" else -1
    return [parts * OPEN + sign * is_open for parts, is_open in zip(edges[end].to_list(), opens, strict=True)]


def shares(kind: StakeKind) -> bool:
    """Tell whether stakes of a kind have a share that counts."""
    return kind.value in _SHARED
