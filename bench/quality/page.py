"""What a run found: the printed table, JSON, a page in markdown and two plots."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import plots
from bench.quality.goals import GOALS, Figures
from bench.quality.measure import THRESHOLD, Told

RIVAL = "logic-v2, same rows"


def table(ours: Figures, rival: Figures) -> list[str]:
    """Give the goals beside both figures, as a markdown table."""
    lines = [f"| set | goal | here | | {RIVAL} |", "|---|---|---|---|---|"]
    for goal in GOALS:
        told = ours.get(goal.of, {}).get(goal.cut)
        theirs = rival.get(goal.of, {}).get(goal.cut)
        here = goal.tells(told) if told else "not measured"
        met = "" if told is None or goal.met is None else "met" if goal.met(told) else "**not met**"
        lines.append(f"| {goal.what} | {goal.goal} | {here} | {met} | {goal.tells(theirs) if theirs else '–'} |")
    return lines


def missed(ours: Figures) -> list[str]:
    """Name the sets of which a goal is missed."""
    sets = {
        goal.of: None
        for goal in GOALS
        if goal.met is not None and goal.cut in ours.get(goal.of, {}) and not goal.met(ours[goal.of][goal.cut])
    }
    return list(sets)


def details(ours: Figures, rival: Figures) -> list[str]:
    """Give every set by half, group, kind and script."""
    lines = []
    for of, by_cut in ours.items():
        lines += ["", f"### {of}", "", f"| cut | cases | here | {RIVAL} |", "|---|---|---|---|"]
        counted = {cut: told for cut, told in by_cut.items() if "n" in told}
        for cut, told in counted.items() if len(counted) < len(by_cut) else sorted(counted.items()):
            theirs = rival.get(of, {}).get(cut)
            lines.append(f"| {cut} | {told['n']:,} | {said(told)} | {said(theirs) if theirs else '–'} |")
    return lines


def said(told: Told) -> str:
    """Say one cut's figures in short."""
    if "mean" in told:
        return f"{told['mean']:.3f} on average, {told['alerts']:.1%} alert"
    if "per_1000" in told:
        return f"{told['per_1000']:.2f} of 1,000 ({told['alerts']})"
    if "f1" in told:
        if not told["missed"] and told["recall"] == 0:
            return f"{told['false']} taken for the same"
        return f"P {told['precision']:.3f} R {told['recall']:.3f} F1 {told['f1']:.3f}"
    return f"{told['recall']:.2%} ({told['missed']} missed)"


def write(
    out: Path,
    ours: Figures,
    rival: Figures,
    about: Mapping[str, str],
    contested: Sequence[tuple[str, str, str, str]],
    causes: Mapping[str, Sequence[str]],
) -> None:
    """Write page, JSON and plots into the folder."""
    out.mkdir(parents=True, exist_ok=True)
    day = dt.datetime.now(dt.UTC).date().isoformat()
    figures: dict[str, Any] = {"day": day, "about": dict(about), "ours": ours, "logic-v2": rival}
    (out / "figures.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, picture in _pictures(ours, rival).items():
        (out / f"{name}.svg").write_text(picture, encoding="utf-8")
    lines = [
        "# Quality: who is meant, and who is not",
        "",
        "Written by `make bench-quality` (`python -m bench.quality`); nothing here is typed by hand.",
        "",
        *[f"* {key}: {value}" for key, value in about.items()],
        "",
        *INTRODUCTION,
        "",
        "## Goals",
        "",
        *table(ours, rival),
        "",
        *_causes(ours, causes),
        "![F1 of labelled pairs](f1.svg)",
        "",
        "![Found by script](scripts.svg)",
        "",
        "## Labels we contest",
        "",
        "The principle stands, whatever the label says; the figures above count these rows as labelled.",
        "",
        "| name | name | label | why |",
        "|---|---|---|---|",
        *[f"| {one} | {other} | {label} | {why} |" for one, other, label, why in contested],
        "",
        "## By half, group, kind and script",
        *details(ours, rival),
        "",
    ]
    (out / "README.md").write_text("\n".join(lines), encoding="utf-8")


def _causes(ours: Figures, causes: Mapping[str, Sequence[str]]) -> list[str]:
    """Say of each set with a missed goal what its errors are made of."""
    if not missed(ours):
        return []
    lines = [
        "## What the missed goals are made of",
        "",
        *CAUSES,
        "",
        "| set | errors of half A are made of |",
        "|---|---|",
    ]
    lines += [f"| {of} | {'<br>'.join((*causes.get(of, ()), *_known(of, ours)))} |" for of in missed(ours)]
    return [*lines, ""]


def _known(of: str, ours: Figures) -> list[str]:
    """Say what the figures themselves tell of a set whose errors are not pairs."""
    if of == "namesakes":
        told = ours[of]["all"]
        ties = f"{told['ties']:.0f} of {told['steps']:.0f} steps tie"
        there = f"{told['ties at the threshold']:.0f} of them at exactly {THRESHOLD:.2f}"
        return [f"{ties}, {there}: there stays a name whatever facts that may not sink it say"]
    if of == "transliteration":
        groups = {cut.removeprefix("group "): told for cut, told in ours[of].items() if cut.startswith("group ")}
        worst = sorted(groups, key=lambda one: groups[one]["recall"])
        return [", ".join(f"{one} {groups[one]['recall']:.1%} ({groups[one]['missed']:,} missed)" for one in worst)]
    return []


CAUSES = (
    "Counted, not chosen: of every wrong answer of half A what took most from its score (of a miss), or what let it",
    "through (of a false alarm), the most frequent first, each with its first example. Half B was not looked at.",
)

INTRODUCTION = (
    "A case is right when the judge's score is on the right side of the default threshold, 0.70: one setting for all",
    "sets. Every party falls into half A or B by a hash of its key. Rules and weights were learned on half A, whose",
    "errors were read one by one; of half B only these sums were ever looked at. *Later pairs* are of parties which",
    "came onto OFAC's list after 20 December 2018, by the recipe of the alias pairs. logic-v2 is given the same rows,",
    "of innocents the candidates that our retrieval finds, of every other question to a list the right party alone,",
    "which spares it its own misses (at most 3,000 or so of each set). Innocents are counted by person: one who is",
    "reported for three parties counts once.",
    "",
    "A *strong* name is one that [judging](../../judging.md) calls rare: against itself it scores `fact.rare` or",
    "more, as two rare words do. Forged papers are a day of birth two years or more from every one stated and another",
    "passport of the same country. A name that many bear goes below the threshold by them, as every innocent bearer's",
    "does, and is kept as suppressed by fact. *Namesakes* bear the name of a listed person whose only stated birth",
    "date is a day; two of them that differ in one fact are in order when the better fact scores higher, and a tie is",
    "not.",
)


def _pictures(ours: Figures, rival: Figures) -> dict[str, str]:
    bars: dict[str, dict[str, float]] = {}
    for of in ("alias pairs", "later pairs", "name pairs"):
        for cut in ("kind person", "kind organisation"):
            known = {"here": ours, "logic-v2": rival}
            values = {who: 100 * them[of][cut]["f1"] for who, them in known.items() if cut in them.get(of, {})}
            if values:
                bars[f"{of}, {cut.removeprefix('kind ')}s"] = values
    scripts = {
        cut.removeprefix("script "): {"found": 100 * told["recall"]}
        for cut, told in ours.get("original script withheld", {}).items()
        if cut.startswith("script ")
    }
    return {
        "f1": plots.bars("F1 of labelled pairs at the default threshold", "F1 in per cent", bars),
        "scripts": plots.bars("Original-script names that find their party", "per cent", scripts),
    }
