"""What a run found: a printed table, JSON, three plots, and the table in `docs/benchmarks/README.md`."""

from __future__ import annotations

import datetime as dt
import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import plots, rivals
from bench.engine import percentile
from bench.goals import GOALS

BEGIN, END = "<!-- figures: written by `make bench` -->", "<!-- end of figures -->"
MEMORIES = {"nothing": "nothing remembered", "first": "first pass", "remembered": "remembered"}
RIVALS = {
    "jaro_winkler": "RapidFuzz cdist, Jaro-Winkler, exhaustive",
    "jaro_winkler.cut": "the same with score_cutoff .9",
    "token_sort": "RapidFuzz cdist, token_sort_ratio, exhaustive",
    "token_sort.cut": "the same with score_cutoff 80",
    "tfidf": "sparse_dot_topn, 3-gram tf-idf, ten best from .3",
    "tfidf.product": "its matrix product alone",
}
NAMES = {"jaro_winkler": "Jaro-Winkler", "token_sort": "token_sort_ratio", "tfidf": "3-gram tf-idf"}
Samples = Mapping[str, Sequence[float]]


def write(
    out: Path,
    machine: Mapping[str, str],
    samples: Samples,
    curves: Mapping[str, Sequence[float]],
    counted: Mapping[str, Any],
    *,
    quick: bool,
    rounds: int,
) -> None:
    """Write everything a run found into the folder, and print the table."""
    out.mkdir(parents=True, exist_ok=True)
    values = {key: statistics.median(all_) for key, all_ in samples.items() if all_}
    text = "\n".join(_page(machine, samples, values, counted, quick=quick, rounds=rounds))
    print(text)
    told = {
        "quick": quick,
        "rounds": rounds,
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": machine,
        "figures": {
            key: {"median": values[key], "least": min(samples[key]), "most": max(samples[key])}
            for key in sorted(values)
        },
        "counted": counted,
    }
    (out / "figures.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, picture in _pictures(values, curves, counted).items():
        (out / f"{name}.svg").write_text(picture, encoding="utf-8")
    page = out / "README.md"
    if page.exists():
        before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
        page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def _page(
    machine: Mapping[str, str],
    samples: Samples,
    values: Mapping[str, float],
    counted: Mapping[str, Any],
    *,
    quick: bool,
    rounds: int,
) -> list[str]:
    packages = {name: machine[name] for name in rivals.PACKAGES}
    about = ", ".join(f"{key} {value}" for key, value in machine.items() if key not in packages)
    return [
        f"Machine: {about}. Packages: {', '.join(f'{name} {v}' for name, v in packages.items())}.",
        f"Median of {rounds} interleaved rounds; in brackets the least and the most.",
        *(["**Small samples (`--quick`): these figures only show that everything runs.**"] if quick else []),
        "",
        *_goals(values, quick=quick),
        "",
        "### Names a second, one thread",
        "",
        "| | names/s | × Jaro-Winkler |",
        "|---|---|---|",
        *_speeds(samples, values),
        "",
        "### One query, microseconds, τ .5",
        "",
        "| listed names | queries | memory | p50 | p95 | p99 |",
        "|---|---|---|---|---|---|",
        *_latencies(values),
        "",
        "### Size, build, memory",
        "",
        "| listed names | bytes a name | build | open, all checks | resident after queries |",
        "|---|---|---|---|---|",
        *_sizes(values),
        "",
        "### Growth",
        "",
        "| listed names | µs a query, first pass, τ .5 | times the real lists | square root of the growth |",
        "|---|---|---|---|",
        *_growth(values),
        "",
        "### Judging blocked pairs, one thread",
        "",
        "| | a second |",
        "|---|---|",
        *_judging(samples, values),
        "",
        *_found(values, counted),
    ]


def _goals(values: Mapping[str, float], *, quick: bool) -> list[str]:
    lines = ["### Goals", "", "| | goal | here | |", "|---|---|---|---|"]
    for goal in GOALS:
        if all(key in values for key in goal.needs):
            verdict = "small sample" if quick else "met" if goal.met(values) else "**not met**"
            lines.append(f"| {goal.what} | {goal.goal} | {goal.tells(values)} | {verdict} |")
        else:
            lines.append(f"| {goal.what} | {goal.goal} | not measured | |")
    return lines


def _spread(samples: Samples, key: str) -> str:
    low, high = min(samples[key]), max(samples[key])
    return f"{statistics.median(samples[key]):,.0f} ({low:,.0f}–{high:,.0f})"


def _speeds(samples: Samples, values: Mapping[str, float]) -> list[str]:
    base = values.get("jaro_winkler")

    def row(what: str, key: str) -> str:
        if key not in values:
            return f"| {what} | {rivals.MISSING} | |"
        return f"| {what} | {_spread(samples, key)} | {f'{values[key] / base:,.1f}' if base else ''} |"

    lines = [row(f"{what}, {values['real.size']:,.0f} names", key) for key, what in RIVALS.items()]
    for name in _lists(values):
        size = f"{values[f'{name}.size']:,.0f} names"
        lines.append(row(f"this engine, {size}, τ .5, first pass, from text", f"{name}.first"))
        lines.append(row(f"this engine, {size}, τ .5, remembered, from text", f"{name}.remembered"))
    through = {"one": "one thread", "two": "two threads", "apart": "two processes"}
    lines += [
        row(f"this engine through the Arrow border, real lists, τ .5, first pass, {what}", f"border.{key}")
        for key, what in through.items()
    ]
    lines.append(row("normalising alone", "real.analyse"))
    modes = {
        "delta.first": "13 new names against customers, τ .5, first pass",
        "delta.remembered": "the same, remembered",
        "text.first": "messages of 400 characters, first pass (messages/s)",
        "text.remembered": "the same, remembered (messages/s)",
    }
    return lines + [row(what, key) for key, what in modes.items() if key in values]


def _lists(values: Mapping[str, float]) -> list[str]:
    made = [key.removesuffix(".size") for key in values if key.startswith("made") and key.endswith(".size")]
    return ["real", *sorted(made, key=lambda name: values[f"{name}.size"])]


def _latencies(values: Mapping[str, float]) -> list[str]:
    lines = []
    for name in _lists(values):
        for book, queries in (("innocent", "innocents"), ("true", "true matches")):
            for memory, what in MEMORIES.items():
                keys = [f"{name}.{book}.{memory}.p{share}" for share in (50, 95, 99)]
                if keys[0] in values:
                    cells = " | ".join(f"{values[key]:,.1f}" for key in keys)
                    lines.append(f"| {values[f'{name}.size']:,.0f} | {queries} | {what} | {cells} |")
    return lines


def _sizes(values: Mapping[str, float]) -> list[str]:
    lines = []
    for name in _lists(values):
        if f"{name}.build" in values:
            resident = f"{values[f'{name}.resident']:,.0f} MB" if f"{name}.resident" in values else "not told"
            lines.append(
                f"| {values[f'{name}.size']:,.0f} | {values[f'{name}.bytes']:.0f} | {values[f'{name}.build']:.2f} s "
                f"| {1000 * values[f'{name}.open']:.1f} ms | {resident} |"
            )
    return lines


def _growth(values: Mapping[str, float]) -> list[str]:
    lines = []
    for name in _lists(values):
        slower = values["real.first"] / values[f"{name}.first"]
        root = (values[f"{name}.size"] / values["real.size"]) ** 0.5
        micros = 1e6 / values[f"{name}.first"]
        lines.append(f"| {values[f'{name}.size']:,.0f} | {micros:.1f} | {slower:.2f} | {root:.2f} |")
    return lines


def _judging(samples: Samples, values: Mapping[str, float]) -> list[str]:
    ours = {
        "judge.structs": "this judge, scores alone, pairs/s",
        "judge.evidence": "this judge, facts and evidence as structs, pairs/s",
        "judge.json": "this judge, as JSON text, pairs/s",
    }
    theirs = {"logic.pairs": "logic-v2, pairs/s", "logic.queries": "logic-v2, queries/s at 50 candidates each"}
    lines = [f"| {what} | {_spread(samples, key)} |" for key, what in ours.items() if key in values]
    return lines + [
        f"| {what} | {_spread(samples, key) if key in values else rivals.MISSING} |" for key, what in theirs.items()
    ]


def _found(values: Mapping[str, float], counted: Mapping[str, Any]) -> list[str]:
    others = counted["rivals"]
    price = values["candidates.0.5"]
    heads = [f"{NAMES[key]} ≥ {row['threshold']:.3g}" for key, row in others.items()]
    lines = [
        "### Recall by damage",
        "",
        f"τ .5; the others at the threshold at which they too return {price:.2f} names per innocent.",
        "",
        f"| damage | names | this engine | {' | '.join(heads)} |",
        "|---|---|---|" + "---|" * len(heads),
    ]
    for kind, row in counted["damage"].items():
        cells = "".join(f" {100 * other[kind]:.1f} |" for other in others.values())
        lines.append(f"| {kind} | {row['of']:,} | {100 * row['found']:.1f} |{cells}")
    gone = counted["aliases"]
    lines += ["", "### Reach", "", "| | τ .4 | τ .5 | τ .6 |", "|---|---|---|---|"]
    for which, row in counted["reach"].items():
        lines.append(f"| {row['of']} positives of {which}, % | " + _shares(row) + " |")
    lines.append(f"| {gone['of']:,} OFAC aliases, each removed and searched by, % | " + _shares(gone["found"]) + " |")
    each = " | ".join(f"{values[f'candidates.{tau}']:.2f}" for tau in ("0.4", "0.5", "0.6"))
    lines.append(f"| names found per innocent | {each} |")
    check, rule = gone["definition"], gone["watchman"]
    lines += [
        "",
        f"The plain definition on {check['pairs']:,} of these pairs, those of every alias not found among them:",
        f"{check['missed']} missed, {check['differing']} scored otherwise.",
        f"Watchman's candidate rule never scores {rule['never scored']:.1%} of these aliases;",
        f"{rule['of these found here']:.1%} of them are found here at τ .5.",
        "",
        "| not found at τ .5 | aliases | for example |",
        "|---|---|---|",
    ]
    return lines + [f"| {kind} | {row['names']:,} | {row['example']} |" for kind, row in gone["rest"].items()]


def _shares(row: Mapping[str, float]) -> str:
    return " | ".join(f"{100 * row[tau]:.1f}" for tau in ("0.4", "0.5", "0.6"))


def _pictures(
    values: Mapping[str, float], curves: Mapping[str, Sequence[float]], counted: Mapping[str, Any]
) -> dict[str, str]:
    sizes = _lists(values)
    speed: dict[str, list[tuple[float, float]]] = {
        f"this engine, {what}": [(values[f"{name}.size"], values[f"{name}.{key}"]) for name in sizes]
        for key, what in (("first", "first pass"), ("remembered", "remembered"))
    }
    for key, what in NAMES.items():
        if key in values:
            speed[what] = [(values["real.size"], values[key])]
    root = [
        (size, values["real.first"] * (values["real.size"] / size) ** 0.5)
        for size, _ in speed["this engine, first pass"]
    ]
    speed["by the square root of the list"] = root
    spread = {}
    for book, what in (("innocent", "innocents"), ("true", "true matches")):
        for memory, known in MEMORIES.items():
            ordered = sorted(curves.get(f"real.{book}.{memory}", []))
            shares = [part / 200 for part in range(200)] + [0.999]
            spread[f"{what}, {known}"] = [(percentile(ordered, share), 100 * share) for share in shares if ordered]
    recall = {
        kind: {"this engine": 100 * row["found"]}
        | {NAMES[key]: 100 * other[kind] for key, other in counted["rivals"].items()}
        for kind, row in counted["damage"].items()
    }
    return {
        "throughput": plots.lines("Throughput against list size, one thread, τ .5", "listed names", "names/s", speed),
        "latency": plots.lines(
            "Latency on the real lists, τ .5", "microseconds", "% of queries", spread, up_logarithmic=False
        ),
        "recall": plots.bars("Recall by damage, at one price per innocent", "% found", recall),
    }
