"""The goals of quality beside the figures: each says what it asks, of which set, and when it is met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.quality.measure import Told

Figures = dict[str, dict[str, Told]]
"""Set, then cut (all, half A, kind person, script Arabic, ...), then figures."""


@dataclass(frozen=True)
class Goal:
    """What was promised of one cut of one set; `met` is `None` where nothing was: the figure belongs to another's."""

    what: str
    goal: str
    of: str
    cut: str
    tells: Callable[[Told], str]
    met: Callable[[Told], bool] | None


def _f1(told: Told) -> str:
    return f"P {told['precision']:.3f} R {told['recall']:.3f} F1 {told['f1']:.3f}"


def _recall(told: Told) -> str:
    return f"{told['recall']:.2%}, {told['missed']} of {told['n']} missed"


def _alerts(told: Told) -> str:
    return f"{told['per_1000']:.2f} of 1,000"


def _pairs(what: str, goal: str, of: str, cut: str, f1: float, precision: float = 0.0) -> Goal:
    return Goal(what, goal, of, cut, _f1, lambda told: told["f1"] >= f1 and told["precision"] >= precision)


def _found(what: str, goal: str, of: str, least: float, cut: str = "all") -> Goal:
    return Goal(what, goal, of, cut, _recall, lambda told: told["recall"] >= least)


def _share(what: str, goal: str, key: str, least: float) -> Goal:
    return Goal(what, goal, "namesakes", "all", lambda told: f"{told[key]:.1%}", lambda told: told[key] >= least)


GOALS = (
    _pairs("alias pairs, names only", "F1 ≥ .88, P ≥ .92", "alias pairs", "all", 0.88, 0.92),
    _pairs("alias pairs, half B", "F1 ≥ .88, P ≥ .92", "alias pairs", "half B", 0.88, 0.92),
    _pairs("pairs of parties listed later, half B", "F1 ≥ .90", "later pairs", "half B", 0.90),
    _pairs("the same, persons", "F1 ≥ .92", "later pairs", "kind person", 0.92),
    _pairs("the same, organisations", "F1 ≥ .86", "later pairs", "kind organisation", 0.86),
    _pairs("name pairs", "F1 ≥ .90, P ≥ .90", "name pairs", "all", 0.90, 0.90),
    _pairs("the same without contested labels", "F1 ≥ .90, P ≥ .90", "name pairs, uncontested", "all", 0.90, 0.90),
    _pairs("name pairs, half B", "F1 ≥ .90, P ≥ .90", "name pairs", "half B", 0.90, 0.90),
    Goal(
        "name pairs marked STRONG", "all right", "name pairs", "group STRONG",
        lambda told: f"{told['false'] + told['missed']} wrong of {told['n']}",
        lambda told: told["false"] + told["missed"] == 0,
    ),
    Goal(
        "altered UN persons, name only", "≤ 2 misses of 354", "altered, name only", "all",
        _recall, lambda told: told["missed"] <= 2,
    ),
    _found("altered UN persons, birth date and nationality", "R ≥ .985", "altered, with facts", 0.985),
    _found("true strong names, false birth date, other passport", "R ≥ .99", "false papers", 0.99, "group strong name"),
    Goal("the same, names that many bear", "–", "false papers", "group name that many bear", _recall, None),
    _found("the same, any name, hits and suppressed by fact", "none lost", "false papers, suppressed too", 1.0),
    Goal("innocents, both books", "≤ 1.0 of 1,000", "innocents", "all", _alerts, lambda told: told["per_1000"] <= 1),
    Goal("innocents, global", "≤ 2.0 of 1,000", "innocents", "group global", _alerts, lambda t: t["per_1000"] <= 2),
    Goal("innocents, US", "≤ 0.3 of 1,000", "innocents", "group us", _alerts, lambda told: told["per_1000"] <= 0.3),
    _share("namesakes, exact, by name only", "100 % alert", "exact by name only", 1.0),
    _share("namesakes, exact, another country", "none cleared", "exact, another country", 1.0),
    Goal(
        "namesakes, ordered by facts", "better facts, higher score", "namesakes", "all",
        lambda told: f"{told['ordered by facts']:.1%} ({told['tied']:.1%} tied, {told['reversed']:.1%} reversed)",
        lambda told: told["ordered by facts"] >= 1,
    ),
    _found("exact primary, strong and original-script names", "0 missed", "exact names", 1.0),
    _found("the same, against all that may not sink", "0 missed", "exact names, contrary facts", 1.0),
    _found("equal identifier, one word of the name", "0 missed", "equal identifiers", 1.0),
    _found("original-script names of the UN, withheld", "≥ 90 %", "original script withheld", 0.90),
    _found("transliteration tables, Cyrillic tokens", "≥ .95 retrieved", "transliteration", 0.95, "group russian"),
    _found("transliteration tables, Arabic tokens", "≥ .80 retrieved", "transliteration", 0.80, "group arabic"),
    _found("transliteration tables, Korean tokens", "≥ .70 retrieved", "transliteration", 0.70, "group korean"),
    _found("ships and aircraft: same number, renamed", "all alert", "same number", 1.0),
    Goal(
        "ships and aircraft: near name, other number", "≥ .95 kept apart", "other number", "all",
        lambda told: f"{1 - told['false'] / max(1, told['n']):.1%} of {told['n']}",
        lambda told: told["false"] <= 0.05 * told["n"],
    ),
)  # fmt: skip
