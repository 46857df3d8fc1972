"""What each regime says of every party of a register on a day, given who in it is listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

import msgspec

from interdiction.model import Listing
from interdiction.model.ownership import Control, StakeKind
from interdiction.ownership.control import Controls, Rule
from interdiction.ownership.fixpoint import Answer, Seed, evaluate
from interdiction.ownership.graph import Graph, graph_of
from interdiction.ownership.register import Register

GRAVITY: Final = (Control.LISTED, Control.BLOCKED, Control.PRESUMED, Control.UNKNOWN, Control.NOT_BLOCKED)


class Named(msgspec.Struct, frozen=True):
    """A listing that names a party of the register: surely, or perhaps (a hit nobody has confirmed)."""

    listing: Listing
    sure: bool


class Said(msgspec.Struct, frozen=True):
    """What one rule of a regime says of one party, and the run it rests on."""

    regime: str
    control: Control
    rule: Rule | None
    answer: Answer | None


class Verdicts(msgspec.Struct, frozen=True, dict=True):
    """The answers of every rule that some listed party of the register calls for, over one graph."""

    graph: Graph
    named: Mapping[int, Sequence[Named]]
    """Node to the listings that name it."""
    controls: Controls
    answers: tuple[tuple[str, Answer], ...]
    """The regime and the runs of one rule of it."""
    covered: frozenset[str]
    """The regimes of which some list is in force: of the others nothing is known."""

    @property
    def on(self) -> date:
        """The day."""
        return self.graph.on

    @cached_property
    def _said(self) -> list[dict[int, Control]]:
        return [answer.controls() for _, answer in self.answers]

    def of(self, party: str) -> list[Said]:
        """Give what each regime says of a party: the gravest of its rules.

        A list that no regime speaks through stands under its own key, where it says anything.
        """
        node = self.graph.node.get(party, -1)
        clear = dict.fromkeys(self.covered, Control.NOT_BLOCKED)
        found = {name: Said(name, clear.get(name, Control.UNKNOWN), None, None) for name in self.controls.regimes}
        for (regime, answer), said in zip(self.answers, self._said, strict=True):
            control = said.get(node, Control.NOT_BLOCKED)
            before = found.get(regime)
            if control is Control.NOT_BLOCKED and (before is None or before.answer is not None):
                continue
            if before is None or before.answer is None or graver(control, before.control):
                found[regime] = Said(regime, control, answer.rule, answer)
        return list(found.values())

    def reached(self) -> Iterator[tuple[str, list[Said]]]:
        """Give every party that somebody listed reaches, or may reach, with what each regime says that is not clear."""
        touched = self.touched
        nodes = sorted({node for said in self._said for node in said} & touched - self.named.keys())
        for node in nodes:
            party = self.graph.ids[node]
            some = (
                [one for one in self.of(party) if one.answer and one.control is not Control.NOT_BLOCKED]
                if party
                else []
            )
            if some:
                yield party, some

    @cached_property
    def touched(self) -> set[int]:
        """The nodes to which a chain of stakes of any kind and size leads from somebody listed."""
        kinds = [self.graph.ways(kind) for kind in StakeKind if kind is not StakeKind.OTHER]
        seen = set(self.named)
        waiting = list(seen)
        while waiting:
            node = waiting.pop()
            for ways in kinds:
                for owned in ways.owned[ways.first[node] : ways.first[node + 1]]:
                    if owned not in seen:
                        seen.add(owned)
                        waiting.append(owned)
        return seen


def graver(one: Control, other: Control) -> bool:
    """Tell whether one answer asks for more than another."""
    return GRAVITY.index(one) < GRAVITY.index(other)


def judge(
    register: Register,
    on: date,
    named: Mapping[str, Sequence[Named]],
    controls: Controls | None = None,
    *,
    lists: Iterable[str] | None = None,
) -> Verdicts:
    """Judge a register on a day. `named` gives, for each of its parties that a list names, the listings.

    `lists` are those in force, all unless given: of a regime without one nothing is known, and nobody is clear.
    Rules of one group are one test: the holdings of all owners whom they concern add up where the rule says so.
    """
    controls = controls or Controls.load()
    graph = graph_of(register, on)
    known = {graph.node[party]: tuple(several) for party, several in named.items() if party in graph.node}
    groups: dict[tuple[str, str], tuple[Rule | None, dict[int, list[tuple[bool, str]]]]] = {}
    for node, several in known.items():
        for one in several:
            regime = controls.regime_of(one.listing.list)
            for rule, designation in controls.rules_for(one.listing, on):
                key = (regime, rule.id if rule else "")
                seeds = groups.setdefault(key, (rule, {}))[1]
                seeds.setdefault(node, []).append((one.sure, designation.programme))
    answers = []
    for (regime, _), (rule, seeds) in sorted(groups.items(), key=lambda one: one[0]):
        starting = [
            Seed(node, any(sure for sure, _ in told), tuple(sorted({tag for _, tag in told if tag})))
            for node, told in sorted(seeds.items())
        ]
        answers.append((regime, evaluate(graph, rule, starting)))
    present = controls.regimes if lists is None else {controls.regime_of(key) for key in lists}
    return Verdicts(graph, known, controls, tuple(answers), frozenset(present))
