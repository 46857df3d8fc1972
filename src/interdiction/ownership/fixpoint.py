"""Who is reached: the least fixpoint of a rule over the graph, from those who are listed to what they own or control.

It is run three times: over what is surely held and by tests that block; by every test; and over the most that may be
held, from those as well who may be listed and those nobody names. What only the last one reaches is unknown.
A cycle reaches nobody by itself: nothing starts but at somebody listed or unknown.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

import msgspec

from interdiction.model.ownership import Control, StakeKind
from interdiction.ownership.control import Criterion, Rule, matches
from interdiction.ownership.graph import ALL, OPEN, Graph


class Seed(msgspec.Struct, frozen=True):
    """A party of the register that a listing names: surely, or perhaps (a hit that nobody has confirmed)."""

    node: int
    sure: bool
    programmes: tuple[str, ...] = ()


Reach = Mapping[tuple[int, int], int]
"""Whom a run reached: (node, group) to its place in the order. Group 0 where holdings add up, else the seed's node."""


class Answer(msgspec.Struct, frozen=True):
    """The three runs of one rule, or of no rule (`rule` is `None`): then nothing but the last one counts."""

    rule: Rule | None
    seeds: tuple[Seed, ...]
    blocked: Reach
    presumed: Reach
    most: Reach

    def controls(self) -> dict[int, Control]:
        """Give what the rule says of every node of which it does not say "not blocked"."""
        said = {node: Control.UNKNOWN for node, _ in self.most}
        said |= {node: Control.PRESUMED for node, _ in self.presumed}
        said |= {node: Control.BLOCKED for node, _ in self.blocked}
        said |= {seed.node: Control.UNKNOWN for seed in self.seeds if not seed.sure and seed.node not in said}
        return said | {seed.node: Control.LISTED for seed in self.seeds if seed.sure}

    def run_of(self, control: Control) -> Reach:
        """Give the run that led to what was said."""
        return {Control.BLOCKED: self.blocked, Control.PRESUMED: self.presumed}.get(control, self.most)


def evaluate(graph: Graph, rule: Rule | None, seeds: Iterable[Seed]) -> Answer:
    """Run a rule from these seeds; `None` stands for a list whose regime has no test: nobody it touches is clear."""
    starting = tuple(dict.fromkeys(seeds))
    sure = [seed for seed in starting if seed.sure]
    if rule is None:
        return Answer(rule, starting, {}, {}, _touched(graph, starting))
    if not rule.extends:
        return Answer(rule, starting, {}, {}, {})
    blocking = [test for test in rule.tests if test.result == "blocked"]
    blocked = _Run(graph, rule, blocking, most=False).reach(sure) if blocking else {}
    presumed = blocked
    if len(blocking) < len(rule.tests):
        presumed = _Run(graph, rule, rule.tests, most=False).reach(sure)
    return Answer(rule, starting, blocked, presumed, _Run(graph, rule, rule.tests, most=True).reach(starting))


def _touched(graph: Graph, seeds: Iterable[Seed]) -> Reach:
    """Follow every stake of any size: what a listed party may own when no test is known."""
    kinds = [graph.ways(kind) for kind in StakeKind if kind is not StakeKind.OTHER]
    reached = {seed.node: at for at, seed in enumerate(seeds)}
    waiting = deque(reached)
    while waiting:
        node = waiting.popleft()
        for ways in kinds:
            for at in range(ways.first[node], ways.first[node + 1]):
                owned = ways.owned[at]
                if owned not in reached and ways.high[at] > 0:
                    reached[owned] = len(reached)
                    waiting.append(owned)
    return {(node, 0): at for node, at in reached.items()}


class _Run:
    """One run: `most` counts upper ends and whoever may be meant, otherwise lower ends and the sure ones alone.

    A key is node and group in one number: group times the number of nodes, plus the node.
    """

    def __init__(self, graph: Graph, rule: Rule, tests: Iterable[Criterion], *, most: bool) -> None:
        self.graph, self.rule, self.most = graph, rule, most
        self.size = len(graph.ids)
        self.order: dict[int, int] = {}
        self.waiting: deque[int] = deque()
        self.shares = [_Share(graph, rule, test, most=most) for test in tests if test.what != "control"]
        control = [test for test in tests if test.what == "control"]
        self.free = [self.graph.ways(StakeKind.CONTROL)] if any(not test.programmes for test in control) else []
        if self.free and most:
            self.free.append(graph.ways(StakeKind.UNKNOWN))
        self.narrow = tuple(one for test in control for one in test.programmes)
        """Control counts for owners under these programmes alone, and for what they reach."""
        self.able: set[int] = set()
        self.passed: set[int] = set()
        self.unspread: deque[int] = deque()

    def reach(self, seeds: Iterable[Seed]) -> Reach:
        """Run to the end."""
        for seed in seeds:
            key = self._key(seed.node)
            self._take(key)
            if self.narrow and any(matches(self.narrow, tag) for tag in seed.programmes):
                self._pass(key)
        if self.most:
            for node in sorted(self.graph.holders):
                self._take(self._key(node))
        while self.waiting or self.unspread:
            if self.waiting:
                self._spread(self.waiting.popleft())
            else:
                self._spread_control(self.unspread.popleft())
        size = self.size
        return {(key % size, key // size): at for key, at in self.order.items()}

    def _key(self, seed: int) -> int:
        return seed if self.rule.aggregated else seed * self.size + seed

    def _take(self, key: int) -> None:
        if key not in self.order:
            self.order[key] = len(self.order)
            self.waiting.append(key)

    def _spread(self, key: int) -> None:
        if key in self.passed:
            self._enable(key)
        node = key % self.size
        group = key - node
        for share in self.shares:
            share.spread(node, group, self.order, self.waiting)
        for ways in self.free:
            for at in range(ways.first[node], ways.first[node + 1]):
                if self.most or ways.sure[at]:
                    self._take(group + ways.owned[at])

    def _spread_control(self, key: int) -> None:
        """Follow control from one whose control counts, and pass that on to whatever it helps to own."""
        node = key % self.size
        group = key - node
        for kind in (StakeKind.CONTROL, StakeKind.UNKNOWN) if self.most else (StakeKind.CONTROL,):
            ways = self.graph.ways(kind)
            for at in range(ways.first[node], ways.first[node + 1]):
                if self.most or ways.sure[at]:
                    self._take(group + ways.owned[at])
                    self._pass(group + ways.owned[at])
        for share in self.shares:
            ways = share.ways[0]
            for at in range(ways.first[node], ways.first[node + 1]):
                self._pass(group + ways.owned[at])

    def _pass(self, key: int) -> None:
        self.passed.add(key)
        if key in self.order:
            self._enable(key)

    def _enable(self, key: int) -> None:
        if key not in self.able:
            self.able.add(key)
            self.unspread.append(key)


class _Share:
    """The sums of one test of shares, votes or seats as owners are reached."""

    def __init__(self, graph: Graph, rule: Rule, test: Criterion, *, most: bool) -> None:
        self.most = most
        self.need = test.parts * OPEN + int(test.more)
        self.ways = [graph.ways(test.kind)] + ([graph.ways(StakeKind.UNKNOWN)] if most else [])
        self.totals = graph.totals(test.kind)
        self.jointly = rule.joint
        self.least: dict[int, int] = {}
        self.upper: dict[int, int] = {}
        self.counted: set[tuple[int, int]] = set()

    def spread(self, node: int, group: int, order: dict[int, int], waiting: deque[int]) -> None:
        """Count what a newly reached owner holds."""
        first = self.ways[0].first
        if first[node] != first[node + 1]:
            (self._most if self.most else self._least)(node, group, order, waiting)
        if self.most:
            self._of_unknown_kind(node, group, order, waiting)

    def _least(self, node: int, group: int, order: dict[int, int], waiting: deque[int]) -> None:
        ways, sums, need, over = self.ways[0], self.least, self.need, self.totals.over
        for at in range(ways.first[node], ways.first[node + 1]):
            owned = ways.owned[at]
            key = group + owned
            if key in order or owned in over:
                continue
            low = ways.low[at]
            if self.jointly and ways.joint[at] >= 0:
                low = self._joint(key, ways.joint[at])[0]
            if ways.direct[at]:
                low += sums.get(key, 0)
                sums[key] = low
            # A holding of which only the sum through others is stated counts where it meets the test by itself.
            if low >= need:
                order[key] = len(order)
                waiting.append(key)

    def _most(self, node: int, group: int, order: dict[int, int], waiting: deque[int]) -> None:
        ways, upper, least, need = self.ways[0], self.upper, self.least, self.need
        total, itself, over = self.totals.low, self.totals.itself, self.totals.over
        for at in range(ways.first[node], ways.first[node + 1]):
            owned = ways.owned[at]
            key = group + owned
            if key in order:
                continue
            low, high = ways.low[at], ways.high[at]
            if self.jointly and ways.joint[at] >= 0:
                low, high = self._joint(key, ways.joint[at])
            if not ways.direct[at]:
                met = ways.low[at] >= need
                low = 0
            else:
                met = False
            if key not in upper and owned in itself:
                # What a company holds of itself dilutes the others: it may raise the share of any of them.
                low, high = low + itself[owned][0], high + itself[owned][1]
            high += upper.get(key, 0)
            low += least.get(key, 0)
            upper[key], least[key] = high, low
            if owned not in over:
                # What the others surely hold is not left to these.
                high = min(high, ALL - (total.get(owned, 0) - low))
            if met or high >= need:
                order[key] = len(order)
                waiting.append(key)

    def _of_unknown_kind(self, node: int, group: int, order: dict[int, int], waiting: deque[int]) -> None:
        ways = self.ways[1]
        for at in range(ways.first[node], ways.first[node + 1]):
            key = group + ways.owned[at]
            if key not in order:
                self.upper[key] = self.upper.get(key, 0) + ways.high[at]
                if self.upper[key] >= self.need:
                    order[key] = len(order)
                    waiting.append(key)

    def _joint(self, key: int, arrangement: int) -> tuple[int, int]:
        """Give the whole of a joint arrangement, once for each group that has part in it."""
        if (key, arrangement) in self.counted:
            return 0, 0
        self.counted.add((key, arrangement))
        return self.totals.joint[arrangement]
