"""The plot of a list's growth: listings in force as a line, and what came and went by programme as bars, in SVG."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from interdiction.assurance.report.marks import Html, text
from interdiction.engine.growth import Growth, Step

_WIDTH, _LEFT, _RIGHT = 860, 64, 24
_INK, _GRID, _BLUE, _BAND = "#1c2b36", "#d5dce1", "#1f5f99", "#eaf0f5"
_COLOURS = ("#1f5f99", "#e08a1e", "#3c8d5a", "#8a4fa3", "#b3302e", "#4fa6bf")
"""One for each of the programmes that moved most; they differ in lightness too, for whoever sees no colours."""
_OTHERS, _GREY = "others", "#a9b3ba"
_MONTHS = 60
"""Bars stand for months up to so many, for years beyond."""
_TOP, _BARS = (30, 170), (215, 375)

_X = Callable[[date], float]
_Moved = dict[date, Counter[str]]


def drawn(grown: Growth, span: tuple[date, date]) -> Html:
    """Draw the growth; the days between the two of `span` are shaded: they are what the page tells of."""
    steps = grown.steps
    first = _start(steps[0].on, _months_each(steps))
    last = _after(steps[-1].on, _months_each(steps))
    days = max(1, (last - first).days)

    def x(on: date) -> float:
        return _LEFT + (on - first).days / days * (_WIDTH - _LEFT - _RIGHT)

    body = [_shade(x, span), *_line(steps, x), *_bars(steps, x, _colours(grown))]
    keys = "".join(
        f'<span class="key"><svg width="11" height="11"><rect width="11" height="11" fill="{colour}"/></svg> '
        f"{text(tag)}</span>"
        for tag, colour in {**_colours(grown), _OTHERS: _GREY}.items()
    )
    return Html(
        f'<figure><svg class="plot" viewBox="0 0 {_WIDTH} 410" role="img"><title>How the list grew</title>\n'
        + "\n".join(body)
        + f'\n</svg><figcaption class="keys">{keys}</figcaption></figure>\n'
    )


def _colours(grown: Growth) -> dict[str, str]:
    moved: Counter[str] = Counter()
    for one in grown.steps[1:]:
        moved.update(one.came)
        moved.update(one.went)
    return {tag: colour for (tag, _), colour in zip(moved.most_common(), _COLOURS, strict=False) if tag}


def _shade(x: _X, span: tuple[date, date]) -> str:
    left, right = (min(max(x(day), _LEFT), _WIDTH - _RIGHT) for day in span)
    return (
        f'<rect x="{left:.1f}" y="{_TOP[0]}" width="{max(2.0, right - left):.1f}" height="{_BARS[1] - _TOP[0]}" '
        f'fill="{_BAND}"><title>{span[0]} to {span[1]}: what this page tells of</title></rect>'
    )


def _line(steps: Sequence[Step], x: _X) -> Iterator[str]:
    low, high = min(one.listings for one in steps), max(one.listings for one in steps)
    room = max(1, high - low)

    def up(value: float) -> float:
        return _TOP[1] - (value - low) / room * (_TOP[1] - _TOP[0])

    yield _words(_LEFT, 18, "Listings in force", bold=True)
    for value in dict.fromkeys((low, (low + high) // 2, high)):
        yield _rung(up(value), f"{value:,}")
    path = f"M{x(steps[0].on):.1f} {up(steps[0].listings):.1f}"
    path += "".join(f" H{x(one.on):.1f} V{up(one.listings):.1f}" for one in steps[1:])
    yield f'<path d="{path}" fill="none" stroke="{_BLUE}" stroke-width="2"/>'


def _bars(steps: Sequence[Step], x: _X, colours: Mapping[str, str]) -> Iterator[str]:
    size = _months_each(steps)
    each = "month" if size == 1 else "year"
    yield _words(_LEFT, _BARS[0] - 14, f"Added (up) and removed (down) in each {each}, by programme", bold=True)
    came, went = _moved(steps, size, colours, "came"), _moved(steps, size, colours, "went")
    most_up = max((some.total() for some in came.values()), default=0)
    most_down = max((some.total() for some in went.values()), default=0)
    scale = (_BARS[1] - _BARS[0]) / max(1, most_up + most_down)
    zero = _BARS[0] + most_up * scale
    for value, y in ((most_up, _BARS[0]), (0, zero), (most_down, _BARS[1])):
        if value or y == zero:
            yield _rung(y, f"{value:,}")
    order = [*colours, _OTHERS]
    for moved, word, up in ((came, "added", True), (went, "removed", False)):
        for start, counts in moved.items():
            said = f"{start:%Y-%m}" if size == 1 else f"{start:%Y}"
            left, right = x(start), x(_after(start, size))
            at = zero
            for tag in (one for one in order if counts[one]):
                tall = counts[tag] * scale
                at -= tall if up else 0
                wide, title = max(1.0, right - left - 1), f"{said}: {counts[tag]:,} {word}, {text(tag)}"
                yield (
                    f'<rect x="{left:.1f}" y="{at:.1f}" width="{wide:.1f}" height="{tall:.1f}" '
                    f'fill="{colours.get(tag, _GREY)}"><title>{title}</title></rect>'
                )
                at += 0 if up else tall
    yield f'<path d="M{_LEFT} {zero:.1f} H{_WIDTH - _RIGHT}" stroke="{_INK}"/>'
    yield from _years(steps, x)


def _moved(steps: Sequence[Step], size: int, colours: Mapping[str, str], field: str) -> _Moved:
    found: _Moved = defaultdict(Counter)
    for one in steps[1:]:
        for tag, count in getattr(one, field).items():
            found[_start(one.on, size)][tag if tag in colours else _OTHERS] += count
    return found


def _years(steps: Sequence[Step], x: _X) -> Iterator[str]:
    shown = -100.0
    for year in range(steps[0].on.year, steps[-1].on.year + 1):
        place = x(max(_start(steps[0].on, _months_each(steps)), date(year, 1, 1)))
        if place - shown > 44:
            yield _words(place, _BARS[1] + 24, str(year))
            shown = place


def _months_each(steps: Sequence[Step]) -> int:
    months = (steps[-1].on.year - steps[0].on.year) * 12 + steps[-1].on.month - steps[0].on.month
    return 1 if months <= _MONTHS else 12


def _start(on: date, size: int) -> date:
    """Give the first day of the month or the year of a day."""
    return date(on.year, on.month if size == 1 else 1, 1)


def _after(on: date, size: int) -> date:
    """Give the first day of the next one."""
    start = _start(on, size)
    return date(start.year + (start.month + size > 12), (start.month + size - 1) % 12 + 1, 1)


def _rung(y: float, words: str) -> str:
    return f'<path d="M{_LEFT} {y:.1f} H{_WIDTH - _RIGHT}" stroke="{_GRID}"/>' + _words(
        _LEFT - 8, y + 4, words, anchor="end"
    )


def _words(x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}"{weight}>{text(words)}</text>'
