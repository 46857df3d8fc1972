"""The page of `lists diff --html`: what changed between two days, and how the list grew, for whoever has to read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib import resources

from interdiction.assurance.report.marks import Html, name, section, table, text
from interdiction.cli.growth_plot import drawn
from interdiction.engine.growth import Growth
from interdiction.engine.history import DiffReport
from interdiction.model import Change, FieldChange

_PROGRAMMES = 25

Told = Callable[[FieldChange], str]


def page(report: DiffReport, title: str, grown: Growth, told: Told) -> str:
    """Give the page as one self-contained text; `told` says a changed field in words."""
    before, after = report.editions
    result = report.result
    style = resources.files("interdiction.assurance.report").joinpath("report.css").read_text(encoding="utf-8")
    counts = f"{len(result.added):,} added, {len(result.amended):,} amended, {len(result.removed):,} removed"
    lead = text(f"{before.edition} to {after.edition}: {counts}.")
    body = "".join(
        [
            section(1, "What changed", *_changes(report, told)),
            section(2, "How the list grew", *_growth(grown, (before.on, after.on))),
            section(3, "What could not be compared", *_problems(report)) if report.problems else "",
        ]
    )
    head = text(f"{title}: {before.on} to {after.on}")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{head}</title>\n'
        f"<style>\n{style}\n</style>\n</head>\n<body>\n<main>\n<h1>{head}</h1>\n<p>{lead}</p>\n{body}</main>\n"
        "</body>\n</html>\n"
    )


def _changes(report: DiffReport, told: Told) -> Iterator[object]:
    result = report.result
    for what, changes in (("Added", result.added), ("Amended", result.amended), ("Removed", result.removed)):
        if changes:
            heads = ("Listing", "Name", "What changed") if what == "Amended" else ("Listing", "Name")
            yield table(heads, _rows(changes, told), kinds="ctt"[: len(heads)], caption=f"{what}: {len(changes):,}")
    if not (result.added or result.amended or result.removed):
        before, after = report.editions
        same = before.edition == after.edition
        yield f"{before.edition} was in force on both days." if same else "Nothing changed between these two editions."


def _rows(changes: Iterable[Change], told: Told) -> Iterator[tuple[object, ...]]:
    for one in changes:
        fields = Html("<br>".join(text(told(field)) for field in one.fields))
        yield (one.listing, name(one.name), fields) if one.fields else (one.listing, name(one.name))


def _growth(grown: Growth, span: tuple[date, date]) -> Iterator[object]:
    steps = grown.steps
    if len(steps) < 2:
        yield "The home has one edition of this list: there is no growth to show yet."
        return
    yield (
        f"{len(steps):,} editions from {steps[0].on} to {steps[-1].on}: {steps[0].listings:,} listings at first, "
        f"{steps[-1].listings:,} at last. What the first edition lists is not counted as added. The shaded days "
        "are those that this page tells of."
    )
    yield drawn(grown, span)
    totals = Counter(grown.added) + Counter(grown.removed)
    rows = [(tag, grown.added.get(tag, 0), grown.removed.get(tag, 0)) for tag, _ in totals.most_common(_PROGRAMMES)]
    more = f", the {_PROGRAMMES} that moved most" if len(totals) > _PROGRAMMES else ""
    yield table(("Programme", "Added", "Removed"), rows, kinds="tnn", caption=f"By programme{more}")
    yield "In the table a listing under several programmes counts under each; in the plot it is drawn once."


def _problems(report: DiffReport) -> Iterator[object]:
    yield table(("What", "Mend"), ((one.message, one.mend) for one in report.problems), kinds="tt")
