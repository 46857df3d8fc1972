"""The page of `lists diff --html`: what changed between two days, and how the list grew, for whoever has to read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from importlib import resources

from interdiction.assurance.report.marks import Html, name, section, table, text
from interdiction.engine.growth import Growth, Step
from interdiction.engine.history import DiffReport
from interdiction.model import Change, FieldChange

_WIDTH, _LEFT, _RIGHT = 860, 64, 24
_INK, _GRID, _BLUE, _RED = "#1c2b36", "#d5dce1", "#1f5f99", "#a4262c"
_MONTHS = 60
"""Bars stand for months up to so many, for years beyond."""
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
            section(2, "How the list grew", *_growth(grown)),
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
        yield "Nothing changed between these two editions."


def _rows(changes: Iterable[Change], told: Told) -> Iterator[tuple[object, ...]]:
    for one in changes:
        fields = Html("<br>".join(text(told(field)) for field in one.fields))
        yield (one.listing, name(one.name), fields) if one.fields else (one.listing, name(one.name))


def _growth(grown: Growth) -> Iterator[object]:
    steps = grown.steps
    if len(steps) < 2:
        yield "The home has one edition of this list: there is no growth to show yet."
        return
    yield (
        f"{len(steps):,} editions from {steps[0].on} to {steps[-1].on}: {steps[0].listings:,} listings at first, "
        f"{steps[-1].listings:,} at last. What the first edition lists is not counted as added."
    )
    yield _plot(steps)
    totals = Counter(grown.added) + Counter(grown.removed)
    rows = [(tag, grown.added.get(tag, 0), grown.removed.get(tag, 0)) for tag, _ in totals.most_common(_PROGRAMMES)]
    more = f", the {_PROGRAMMES} that moved most" if len(totals) > _PROGRAMMES else ""
    yield table(("Programme", "Added", "Removed"), rows, kinds="tnn", caption=f"By programme{more}")
    yield "A listing under several programmes counts under each."


def _problems(report: DiffReport) -> Iterator[object]:
    yield table(("What", "Mend"), ((one.message, one.mend) for one in report.problems), kinds="tt")


def _plot(steps: Sequence[Step]) -> Html:
    """Draw the listings in force as a line, and below what came and went in each month or year."""
    first, last = steps[0].on, steps[-1].on
    days = max(1, (last - first).days)

    def x(on: date) -> float:
        return _LEFT + (on - first).days / days * (_WIDTH - _LEFT - _RIGHT)

    top, middle = (30, 170), (215, 375)
    low, high = min(one.listings for one in steps), max(one.listings for one in steps)
    room = max(1, high - low)

    def up(value: float) -> float:
        return top[1] - (value - low) / room * (top[1] - top[0])

    body = [_words(_LEFT, 18, "Listings in force", bold=True)]
    body += [_rung(up(value), f"{value:,}") for value in dict.fromkeys((low, (low + high) // 2, high))]
    path = f"M{x(first):.1f} {up(steps[0].listings):.1f}"
    path += "".join(f" H{x(one.on):.1f} V{up(one.listings):.1f}" for one in steps[1:])
    body.append(f'<path d="{path}" fill="none" stroke="{_BLUE}" stroke-width="2"/>')
    each = "month" if _months_each(steps) == 1 else "year"
    body.append(_words(_LEFT, middle[0] - 14, f"Added (up) and removed (down) in each {each}", bold=True))
    body += _bars(steps, x, middle)
    return Html(
        f'<figure><svg class="plot" viewBox="0 0 {_WIDTH} 410" role="img"><title>How the list grew</title>\n'
        + "\n".join(body)
        + "\n</svg></figure>\n"
    )


def _months_each(steps: Sequence[Step]) -> int:
    months = (steps[-1].on.year - steps[0].on.year) * 12 + steps[-1].on.month - steps[0].on.month
    return 1 if months <= _MONTHS else 12


def _bars(steps: Sequence[Step], x: Callable[[date], float], box: tuple[int, int]) -> Iterator[str]:
    size = _months_each(steps)
    added: Counter[date] = Counter()
    removed: Counter[date] = Counter()
    for one in steps[1:]:
        start = date(one.on.year, one.on.month if size == 1 else 1, 1)
        added[start] += one.added
        removed[start] += one.removed
    most_up, most_down = max(added.values(), default=0), max(removed.values(), default=0)
    scale = (box[1] - box[0]) / max(1, most_up + most_down)
    zero = box[0] + most_up * scale
    for value, y in ((most_up, box[0]), (0, zero), (most_down, box[1])):
        if value or y == zero:
            yield _rung(y, f"{value:,}")
    for start in added:
        ends = date(start.year + (start.month + size > 12), (start.month + size - 1) % 12 + 1, 1)
        left, right = max(_LEFT, x(start)), min(_WIDTH - _RIGHT, x(ends))
        wide = max(1.0, right - left - 1)
        said = f"{start:%Y-%m}" if size == 1 else f"{start:%Y}"
        for count, colour, y in ((added[start], _BLUE, zero - added[start] * scale), (removed[start], _RED, zero)):
            if count:
                word = "added" if colour == _BLUE else "removed"
                yield (
                    f'<rect x="{left:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{count * scale:.1f}" fill="{colour}">'
                    f"<title>{said}: {count:,} {word}</title></rect>"
                )
    years = range(steps[0].on.year, steps[-1].on.year + 1)
    places = {x(max(steps[0].on, date(year, 1, 1))): str(year) for year in years}
    shown = -100.0
    for place, said in places.items():
        if place - shown > 44:
            yield _words(place, box[1] + 24, said)
            shown = place


def _rung(y: float, words: str) -> str:
    return f'<path d="M{_LEFT} {y:.1f} H{_WIDTH - _RIGHT}" stroke="{_GRID}"/>' + _words(
        _LEFT - 8, y + 4, words, anchor="end"
    )


def _words(x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}"{weight}>{text(words)}</text>'
