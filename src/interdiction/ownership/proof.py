"""Why: the chain from the listed to a party and the arithmetic of each link, as values and as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from interdiction.model.ownership import WHOLE, Control, Share, StakeKind
from interdiction.ownership.control import Criterion, Rule
from interdiction.ownership.fixpoint import Answer
from interdiction.ownership.verdicts import Said, Verdicts

_SOMEBODY: Final = "somebody the source does not name"
_MOST_STEPS: Final = 200
"""Links of a chain that are told; a longer one says that it goes on."""


class Held(msgspec.Struct, frozen=True, omit_defaults=True):
    """One holding of a link: the owner with what it is itself, what it holds, and whether that counts."""

    owner: str
    name: str
    kind: StakeKind
    share: Share
    counts: bool
    owner_is: Control
    listings: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    """Listings that may name the owner: nobody has confirmed or cleared that."""
    direct: bool = True
    sure: bool = True
    joint: str = ""

    @property
    def words(self) -> str:
        """The holding as a sentence names it."""
        what = "control" if self.kind is StakeKind.CONTROL else str(self.share)
        if self.kind is StakeKind.UNKNOWN:
            what = f"{what} of something that is not stated"
        named = [*self.listings, *(f"{one}, not confirmed" for one in self.doubted)]
        who = f"{self.name} ({', '.join(named)})" if named else self.name
        more = [word for word, said in (("in all through others", not self.direct), ("jointly", self.joint)) if said]
        more += [] if self.sure else ["whether on that day is not known"]
        return f"{what} {who}" + (f" [{', '.join(more)}]" if more else "")


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One link: who is owned, every holding in it, what those that count come to, the test, and the answer."""

    owned: str
    name: str
    control: Control
    held: tuple[Held, ...]
    test: str = ""
    total: Share | None = None
    sentence: str = ""


class Proof(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a regime says of a party, by which rule, and the links that lead there, owners before owned."""

    party: str
    name: str
    regime: str
    control: Control
    on: str
    rule: str = ""
    says: str = ""
    source: str = ""
    verified: bool = False
    steps: tuple[Step, ...] = ()
    listings: tuple[str, ...] = ()
    sentence: str = ""


def prove(verdicts: Verdicts, party: str, said: Said) -> Proof:
    """Give the proof of what was said of a party."""
    return _Prover(verdicts, party, said).proof()


class _Prover:
    def __init__(self, verdicts: Verdicts, party: str, said: Said) -> None:
        self.verdicts, self.said, self.party = verdicts, said, party
        self.graph = verdicts.graph
        self.rule: Rule | None = said.rule
        self.answer: Answer | None = said.answer
        self.controls: Mapping[int, Control] = self.answer.controls() if self.answer else {}
        self.run = self.answer.run_of(said.control) if self.answer else {}
        self.seeds = {
            seed.node
            for seed in (self.answer.seeds if self.answer else ())
            # One who may be listed and is reached all the same is told by how it is reached.
            if seed.sure or self.controls.get(seed.node) is Control.UNKNOWN
        }

    def proof(self) -> Proof:
        node = self.graph.node.get(self.party, -1)
        steps = self._chain(node) if node >= 0 and self.said.regime in self.verdicts.covered | {self._own()} else []
        ids = dict.fromkeys(key for step in steps for key in (step["owned"], *(one["owner"] for one in step["held"])))
        names = self.graph.register.names([self.graph.ids[key] for key in ids if self.graph.ids[key]] + [self.party])
        told = [self._step(step, names) for step in steps]
        listings = dict.fromkeys(
            listing for step in told for one in step.held if one.counts for listing in (*one.listings, *one.doubted)
        )
        own = [one.listing.id for one in self.verdicts.named.get(node, ())]
        rule = self.rule
        return Proof(
            party=self.party,
            name=names[self.party],
            regime=self.said.regime,
            control=self.said.control,
            on=self.verdicts.on.isoformat(),
            rule=rule.id if rule else "",
            says=" ".join(rule.says.split()) if rule else self._no_rule(),
            source=rule.source if rule else "",
            verified=rule.verified if rule else False,
            steps=tuple(told),
            listings=tuple(dict.fromkeys([*own, *listings])),
            sentence=self._sentence(names[self.party], told, own),
        )

    def _own(self) -> str:
        """Give the regime's name where it is a list by itself: then that list is in force."""
        return "" if self.said.regime in self.verdicts.controls.regimes else self.said.regime

    def _no_rule(self) -> str:
        if self.said.regime not in self.verdicts.covered:
            return "No list of this regime is in force here: of it nothing is known."
        if self.answer is None:
            return "Nobody listed under this regime stands in the register."
        return "No test of this regime is known for that day, so nobody it may reach is clear."

    def _sentence(self, name: str, told: list[Step], own: list[str]) -> str:
        control = self.said.control
        if control is Control.UNKNOWN and self.answer is None:
            return f"{name}: no list of this regime is in force here, so nobody knows."
        if control is Control.LISTED:
            return f"{name} is listed itself: {', '.join(own)}."
        last = told[-1].sentence if told else ""
        if own and control is Control.UNKNOWN:
            doubt = f"{name} may be listed itself ({', '.join(own)}): nobody has confirmed or cleared that."
            return f"{doubt} {last}".strip()
        return last or f"{name}: nobody listed holds any of it, as far as the stakes go."

    def _chain(self, node: int) -> list[dict[str, Any]]:
        """Give the links that lead to a node, owners first."""
        groups = [key for key in self.run if key[0] == node]
        group = min(groups, key=self.run.__getitem__)[1] if groups else 0
        steps: dict[int, dict[str, Any]] = {}

        def visit(at: int) -> None:
            waiting = [(at, False)]
            while waiting and len(steps) < _MOST_STEPS:
                here, done = waiting.pop()
                if here in steps or here in self.seeds or here in self.graph.holders:
                    continue
                step = self._link(here, group)
                if done:
                    steps[here] = step
                    continue
                waiting.append((here, True))
                waiting += [(one["owner"], False) for one in reversed(step["held"]) if one["counts"]]

        if node not in self.seeds or not self.answer:
            visit(node)
        elif self.graph.into(node):
            steps[node] = self._link(node, group)
        return list(steps.values())

    def _link(self, node: int, group: int) -> dict[str, Any]:
        """Give one link: every edge into a node, and the first test that those of reached owners meet."""
        control = self.controls.get(node, Control.NOT_BLOCKED)
        own = self.answer.run_of(control) if self.answer else {}
        run = own if (node, group) in own else self.run
        place = run.get((node, group))
        edges = [edge for edge in self.graph.into(node) if edge["kind"] != StakeKind.OTHER.value]

        def before(edge: Mapping[str, Any]) -> bool:
            at = run.get((edge["owner"], group))
            return at is not None and edge["owner"] != node and (place is None or at < place)

        reached = [edge for edge in edges if before(edge)]
        test, counted, total = self._met(reached, edges)
        held: list[dict[str, Any]] = [{**edge, "counts": edge in counted} for edge in edges]
        held.sort(key=lambda one: (not one["counts"], -one["low"], -one["high"], one["owner"]))
        return {"owned": node, "held": held, "test": test, "total": total, "control": control}

    def _met(
        self, reached: list[dict[str, Any]], edges: list[dict[str, Any]]
    ) -> tuple[Criterion | None, list[dict[str, Any]], Share | None]:
        tests = self.rule.tests if self.rule else ()
        best: tuple[Criterion | None, list[dict[str, Any]], Share | None] = (None, reached if not tests else [], None)
        for test in tests:
            kinds = {test.what, StakeKind.UNKNOWN.value}
            counted = [edge for edge in reached if edge["kind"] in kinds]
            if self.rule and self.rule.joint:
                pacts = {edge["joint"] for edge in counted if edge["joint"]}
                counted += [
                    edge for edge in edges if edge["joint"] in pacts and edge["kind"] in kinds and edge not in counted
                ]
            if not counted:
                continue
            if test.what == "control":
                return test, counted, None
            total = _sum(counted)
            if best[0] is None:
                best = (test, counted, total)
            if total.high > test.parts or (total.high == test.parts and not test.more and not total.high_open):
                return test, counted, total
        return best

    def _step(self, step: Mapping[str, Any], names: Mapping[str, str]) -> Step:
        owned = self.graph.ids[step["owned"]]
        held = tuple(self._held(edge, names) for edge in step["held"])
        counting = [one.words for one in held if one.counts]
        test, total, control = step["test"], step["total"], step["control"]
        answer = {
            Control.BLOCKED: "blocked",
            Control.PRESUMED: "presumed to be reached, which can be rebutted",
            Control.UNKNOWN: "unknown: what is not known decides",
            Control.LISTED: "listed itself",
            Control.NOT_BLOCKED: "not blocked",
        }[control]
        if not counting:
            others = ", ".join(one.words for one in held[:5])
            sentence = f"{names[owned]}: held by {others}, none of whom is listed or reached: {answer}."
            if not held:
                sentence = f"{names[owned]}: nobody is stated to hold any of it: {answer}."
        else:
            sums = f" = {total}" if total is not None and len(counting) > 1 else ""
            asked = f"; the test is {test.words}" if test else "; no test of this regime is known for that day"
            asked = asked if test or not self.rule else ""
            sentence = f"{names[owned]}: {' + '.join(counting)}{sums}{asked}: {answer}."
        return Step(owned, names[owned], control, held, test.words if test else "", total, sentence)

    def _held(self, edge: Mapping[str, Any], names: Mapping[str, str]) -> Held:
        owner = self.graph.ids[edge["owner"]]
        regime_of = self.verdicts.controls.regime_of
        known = self.verdicts.named.get(edge["owner"], ())
        named = [one for one in known if regime_of(one.listing.list) == self.said.regime]
        return Held(
            owner=owner,
            name=names.get(owner, _SOMEBODY) if owner else _SOMEBODY,
            kind=StakeKind(edge["kind"]),
            share=Share(edge["low"], edge["high"], edge["low_open"], edge["high_open"]),
            counts=edge["counts"],
            owner_is=self.controls.get(edge["owner"], Control.UNKNOWN if not owner else Control.NOT_BLOCKED),
            listings=tuple(one.listing.id for one in named if one.sure),
            doubted=tuple(one.listing.id for one in named if not one.sure),
            direct=edge["direct"],
            sure=edge["sure"],
            joint=edge["joint"],
        )


def _sum(edges: list[dict[str, Any]]) -> Share:
    """Add up what counts, at most the whole; a holding through others counts as much as it may."""
    low = sum(edge["low"] for edge in edges if edge["direct"])
    low = max([low, *(edge["low"] for edge in edges if not edge["direct"])])
    high = sum(edge["high"] for edge in edges)
    return Share(
        min(low, WHOLE),
        min(high, WHOLE),
        any(edge["low_open"] for edge in edges) and low < WHOLE,
        any(edge["high_open"] for edge in edges) and high <= WHOLE,
    )
