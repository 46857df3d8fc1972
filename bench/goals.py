"""The goals of the engine beside the figures: each says what it asks of the measured values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.extras import TEXT_TAU

Values = Mapping[str, float]


@dataclass(frozen=True)
class Goal:
    """What was promised, the figure that tells, and when it is met; `needs` are keys without which nobody can say."""

    what: str
    goal: str
    needs: tuple[str, ...]
    tells: Callable[[Values], str]
    met: Callable[[Values], bool]


def _times(key: str, base: str) -> Callable[[Values], str]:
    return lambda v: f"{v[f'{key}/{base}']:,.0f} × ({v[key]:,.0f} names/s)"


GOALS = (
    Goal(
        "reach of alias_pairs, τ .4 / .5",
        "≥ 96 % at the judge's τ",
        ("reach.alias_pairs.0.4", "reach.alias_pairs.0.5"),
        lambda v: f"{v['reach.alias_pairs.0.4']:.1%} / {v['reach.alias_pairs.0.5']:.1%}",
        lambda v: v["reach.alias_pairs.0.5"] >= 0.96 or v["reach.alias_pairs.0.4"] >= 0.96,
    ),
    Goal(
        "reach of name_pairs, τ .4 / .5",
        "≥ 98 % at the judge's τ",
        ("reach.name_pairs.0.4", "reach.name_pairs.0.5"),
        lambda v: f"{v['reach.name_pairs.0.4']:.1%} / {v['reach.name_pairs.0.5']:.1%}",
        lambda v: v["reach.name_pairs.0.5"] >= 0.98 or v["reach.name_pairs.0.4"] >= 0.98,
    ),
    Goal(
        "candidates per innocent, τ .4 / .5",
        "≤ 6",
        ("candidates.0.4", "candidates.0.5"),
        lambda v: f"{v['candidates.0.4']:.2f} / {v['candidates.0.5']:.2f}",
        lambda v: max(v["candidates.0.4"], v["candidates.0.5"]) <= 6,
    ),
    Goal(
        "first pass over innocents, real lists, τ .5, one thread",
        "≥ 150 × exhaustive Jaro-Winkler",
        ("real.first/jaro_winkler", "real.first"),
        _times("real.first", "jaro_winkler"),
        lambda v: v["real.first/jaro_winkler"] >= 150,
    ),
    Goal(
        "everything remembered, τ .5, one thread",
        "≥ 500 × exhaustive Jaro-Winkler",
        ("real.remembered/jaro_winkler", "real.remembered"),
        _times("real.remembered", "jaro_winkler"),
        lambda v: v["real.remembered/jaro_winkler"] >= 500,
    ),
    Goal(
        "latency of innocents, nothing remembered, τ .5",
        "p99 ≤ 80 µs",
        ("real.innocent.nothing.p99",),
        lambda v: f"{v['real.innocent.nothing.p99']:,.0f} µs",
        lambda v: v["real.innocent.nothing.p99"] <= 80,
    ),
    Goal(
        "latency of true matches, nothing remembered, τ .5",
        "p99 ≤ 180 µs",
        ("real.true.nothing.p99",),
        lambda v: f"{v['real.true.nothing.p99']:,.0f} µs",
        lambda v: v["real.true.nothing.p99"] <= 180,
    ),
    Goal(
        "largest list: p99 of true matches, nothing remembered, τ .5",
        "≤ 1 ms at 1 M names",
        ("largest.true.nothing.p99", "largest.size"),
        lambda v: f"{v['largest.true.nothing.p99'] / 1000:.2f} ms at {v['largest.size']:,.0f}",
        lambda v: v["largest.true.nothing.p99"] <= 1000,
    ),
    Goal(
        "largest list: first pass, τ .5",
        "≥ 20,000 names/s at 1 M names",
        ("largest.first", "largest.size"),
        lambda v: f"{v['largest.first']:,.0f} names/s at {v['largest.size']:,.0f}",
        lambda v: v["largest.first"] >= 20_000,
    ),
    Goal(
        "largest list: build",
        "≤ 3 s at 1 M names",
        ("largest.build", "largest.size"),
        lambda v: f"{v['largest.build']:.2f} s at {v['largest.size']:,.0f}",
        lambda v: v["largest.build"] <= 3,
    ),
    Goal(
        "growth of the time a query takes, first pass, τ .5",
        "slower than the square root of the list",
        ("growth.exponent",),
        lambda v: f"list to the power {v['growth.exponent']:.2f}",
        lambda v: v["growth.exponent"] < 0.5,
    ),
    Goal(
        "13 new names against customers, first pass, τ .5",
        "≥ 1 M names/s a core",
        ("delta.first",),
        lambda v: f"{v['delta.first']:,.0f} names/s",
        lambda v: v["delta.first"] >= 1e6,
    ),
    Goal(
        f"text: different messages of 400 characters, first pass, τ {TEXT_TAU}",
        "≥ 8,000/s a core",
        ("text.first",),
        lambda v: f"{v['text.first']:,.0f} messages/s",
        lambda v: v["text.first"] >= 8000,
    ),
    Goal(
        f"text: the same, remembered, τ {TEXT_TAU}",
        "≥ 20,000/s a core",
        ("text.remembered",),
        lambda v: f"{v['text.remembered']:,.0f} messages/s",
        lambda v: v["text.remembered"] >= 20_000,
    ),
    Goal(
        "file, real lists / largest list",
        "≤ 600 / ≤ 400 bytes a name",
        ("real.bytes", "largest.bytes"),
        lambda v: f"{v['real.bytes']:.0f} / {v['largest.bytes']:.0f}",
        lambda v: v["real.bytes"] <= 600 and v["largest.bytes"] <= 400,
    ),
    Goal(
        "opening the real lists, every check",
        "≤ 20 ms",
        ("real.open",),
        lambda v: f"{1000 * v['real.open']:.1f} ms",
        lambda v: v["real.open"] <= 0.02,
    ),
    Goal(
        "two threads, through the border, τ .5",
        "≥ 1.8 × one, or ≥ 95 % of two processes",
        ("border.two/one", "border.two/apart"),
        lambda v: f"{v['border.two/one']:.2f} × one, {v['border.two/apart']:.0%} of two processes",
        lambda v: v["border.two/one"] >= 1.8 or v["border.two/apart"] >= 0.95,
    ),
    Goal(
        "judging, facts and evidence as structs",
        "≥ 1 M parsed pairs/s a core",
        ("judge.evidence",),
        lambda v: f"{v['judge.evidence']:,.0f} pairs/s",
        lambda v: v["judge.evidence"] >= 1e6,
    ),
    Goal(
        "judging, as JSON text",
        "≥ 300,000 pairs/s a core",
        ("judge.json",),
        lambda v: f"{v['judge.json']:,.0f} pairs/s",
        lambda v: v["judge.json"] >= 300_000,
    ),
    Goal(
        "recall at τ .5 of the worst kind of damage",
        "≥ 99 % each",
        ("recall.least",),
        lambda v: f"{v['recall.least']:.1%}",
        lambda v: v["recall.least"] >= 0.99,
    ),
    Goal(
        "recall at τ .5 of exact, swapped, one typo, dropped middle",
        "100 %",
        ("recall.perfect",),
        lambda v: f"{v['recall.perfect']:.2%}",
        lambda v: v["recall.perfect"] >= 1,
    ),
    Goal(
        "each OFAC alias removed and searched by: found where the plain definition finds it",
        "every one",
        ("aliases.missed", "aliases.differing", "aliases.pairs"),
        lambda v: (
            f"{v['aliases.missed']:.0f} missed, {v['aliases.differing']:.0f} differ, of {v['aliases.pairs']:,.0f} pairs"
        ),
        lambda v: v["aliases.missed"] == 0 == v["aliases.differing"],
    ),
)
