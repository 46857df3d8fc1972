"""The result of `interdict assure` for people: one screen; the whole of it stands in the report and in `--json`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.text import Text

from interdiction.assurance.below import Drawn
from interdiction.assurance.intervals import Share
from interdiction.assurance.result import Assurance
from interdiction.cli.door import out, table


def show(result: Assurance, report: Path | None, below: Path | None, sample: Sequence[Drawn]) -> None:
    """Print the figures, the classes, and what was written."""
    setting = result.setting
    lists = " · ".join(f"{one.list} of {one.on}" for one in setting.lists)
    out().print(Text(f"against {lists} · threshold {setting.thresholds} · seed {setting.seed}", style="dim"))
    for line, style in _figures(result):
        out().print(Text(line, style=style))
    heads = ("damage", "recall", "95 %", "trials", *(f"at {one.per_thousand:g}/1,000" for one in result.budgets))
    table(
        heads,
        [
            (
                f"{one.key}{' *' if one.must else ''}",
                _recall(one.recall),
                _interval(one.recall),
                one.recall.of,
                *(_recall(other.recall) for other in one.at_budget),
            )
            for one in result.classes
        ],
    )
    out().print(Text("* nothing may be lost", style="dim"))
    for change in result.changes:
        out().print(
            Text(
                f"{change.what}: {change.alerts_gained} alerts gained, {change.alerts_lost} lost; of the damaged names "
                f"{change.finds_gained} found in addition, {change.finds_lost} no longer"
            )
        )
    if below is not None:
        out().print(Text(f"{len(sample)} pairs written to {below}: label them and give them back with --labels"))
    out().print(Text(f"report written to {report}" if report else "-o report.html writes the report for an examiner"))


def _figures(result: Assurance) -> Iterator[tuple[str, str]]:
    must, others, alerts = result.must.recall, result.others.recall, result.alerts
    lost = must.of - must.found
    if result.every is not None:
        strong, weak = result.every.strong, result.every.weak
        whole = strong.found == strong.of and weak.found == weak.of
        told = f"{strong.found:,} of {strong.of:,} names and {weak.found:,} of {weak.of:,} weak aliases found"
        yield f"every listed name: {told}", "bold green" if whole else "bold red"
    yield f"nothing may be lost: {must.found:,} of {must.of:,} found", "bold red" if lost else "bold green"
    yield f"other damage: {_recall(others)} found (95 %: {_interval(others)})", "bold"
    book = result.setting.book
    whom = (
        f"{book.sampled:,} of {book.rows:,} rows of {book.file}"
        if book.file
        else f"{book.sampled:,} invented innocents"
    )
    load = "-" if alerts.alerted.share is None else f"{1000 * alerts.alerted.found / alerts.alerted.of:.1f}"
    yield f"{load} alerts per 1,000 among {whom}", "bold"
    for at, one in enumerate(result.budgets):
        if one.threshold is not None:
            found = _recall(result.overall.at_budget[at].recall)
            yield f"at {one.per_thousand:g} alerts per 1,000: threshold {one.threshold:.4f}, {found} of all found", ""
    inside = result.texts
    if inside.overall.of:
        lines = "-" if inside.alerts.share is None else f"{1000 * inside.alerts.share:.1f}"
        found = f"{_recall(inside.overall)} of {inside.overall.of:,} found"
        yield f"inside free text, at {inside.thresholds}: {found}, {lines} alerts per 1,000 innocent lines", ""
    band = result.below
    if band is not None and band.labelled is not None:
        yield f"below the line: at most {band.labelled.misses_at_most:,} matches in {band.pairs:,} pairs (95 %)", ""
    elif band is not None:
        yield f"below the line: {band.pairs:,} pairs, not labelled", ""


def _recall(found: Share) -> str:
    return "-" if found.share is None else f"{100 * found.share:.1f} %"


def _interval(found: Share) -> str:
    return "-" if found.low is None or found.high is None else f"{100 * found.low:.1f}-{100 * found.high:.1f}"
