"""Three small charts as SVG text: lines on logarithmic axes, distributions, and groups of bars. No library needed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 800, 420, 70, 270, 50, 60
COLOURS = ("#1b6ca8", "#d1495b", "#2e933c", "#edae49", "#6a4c93", "#5c677d", "#00798c", "#a44200")
Series = Mapping[str, Sequence[tuple[float, float]]]


def label(value: float) -> str:
    """Write a number short: 34k, 1M, 0.5."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def frame(title: str, across: str, upward: str, body: Sequence[str]) -> str:
    """Put title, axes' names and content into one picture."""
    inner, bottom = WIDTH - LEFT - RIGHT, HEIGHT - BOTTOM
    middle = (TOP + bottom) // 2
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-size="12">',
            "<style>text {font-family: sans-serif}</style>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            f'<text x="{LEFT}" y="24" font-size="15" font-weight="bold">{escape(title)}</text>',
            f'<rect x="{LEFT}" y="{TOP}" width="{inner}" height="{bottom - TOP}" fill="none" stroke="#888"/>',
            f'<text x="{LEFT + inner / 2:.0f}" y="{HEIGHT - 16}" text-anchor="middle">{escape(across)}</text>',
            f'<text transform="translate(16 {middle}) rotate(-90)" text-anchor="middle">{escape(upward)}</text>',
            *body,
            "</svg>\n",
        ]
    )


def legend(names: Sequence[str]) -> list[str]:
    """Name the colours beside the picture."""
    left = WIDTH - RIGHT + 14
    lines = []
    for at, name in enumerate(names):
        y = TOP + 12 + 20 * at
        lines.append(f'<rect x="{left}" y="{y - 9}" width="12" height="10" fill="{COLOURS[at % len(COLOURS)]}"/>')
        lines.append(f'<text x="{left + 18}" y="{y}">{escape(name)}</text>')
    return lines


def scale(
    values: Sequence[float], low: float, high: float, *, logarithmic: bool
) -> tuple[Callable[[float], float], list[float]]:
    """Give the place of a value between two pixels, and the values to mark."""
    if logarithmic:
        first, last = math.log10(min(values)), math.log10(max(values))
        margin = max(0.05, (last - first) * 0.04)
        first, last = first - margin, last + margin
        marks = [
            step * 10.0**power
            for power in range(math.floor(first), math.ceil(last) + 1)
            for step in (1, 2, 5)
            if first <= math.log10(step * 10.0**power) <= last
        ]
        return (lambda value: low + (math.log10(value) - first) / (last - first) * (high - low)), marks
    top = max(values)
    return (lambda value: low + value / top * (high - low)), [top * part / 5 for part in range(6)]


def marks(
    xs: Sequence[float], ys: Sequence[float], x: Callable[[float], float], y: Callable[[float], float]
) -> list[str]:
    """Draw the marks of both axes."""
    bottom = HEIGHT - BOTTOM
    lines = [
        f'<line x1="{x(v):.1f}" y1="{TOP}" x2="{x(v):.1f}" y2="{bottom}" stroke="#eee"/>'
        f'<text x="{x(v):.1f}" y="{bottom + 16}" text-anchor="middle">{label(v)}</text>'
        for v in xs
    ]
    lines += [
        f'<line x1="{LEFT}" y1="{y(v):.1f}" x2="{WIDTH - RIGHT}" y2="{y(v):.1f}" stroke="#eee"/>'
        f'<text x="{LEFT - 6}" y="{y(v) + 4:.1f}" text-anchor="end">{label(v)}</text>'
        for v in ys
    ]
    return lines


def lines(title: str, across: str, upward: str, series: Series, *, up_logarithmic: bool = True) -> str:
    """Draw one line a series; the axis across is logarithmic, the other too or 0 to 100. A single point is a dot."""
    kept = {
        name: [p for p in points if (p[0] > 0 and p[1] > 0) or not up_logarithmic] for name, points in series.items()
    }
    kept = {name: points for name, points in kept.items() if points}
    if not kept:
        return frame(title, across, upward, ["<!-- nothing was measured -->"])
    every = [point for points in kept.values() for point in points]
    x, across_marks = scale([p[0] for p in every], LEFT, WIDTH - RIGHT, logarithmic=True)
    y, up_marks = scale(
        [p[1] for p in every] if up_logarithmic else [100.0], HEIGHT - BOTTOM, TOP, logarithmic=up_logarithmic
    )
    body = marks(across_marks, up_marks, x, y)
    for at, points in enumerate(kept.values()):
        colour = COLOURS[at % len(COLOURS)]
        path = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in points)
        body.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        if len(points) < 12:
            body += [f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="3.5" fill="{colour}"/>' for a, b in points]
    return frame(title, across, upward, [*body, *legend(list(kept))])


def bars(title: str, upward: str, groups: Mapping[str, Mapping[str, float]]) -> str:
    """Draw, for each group, one bar of 0 to 100 a series."""
    names = list(dict.fromkeys(name for group in groups.values() for name in group))
    if not groups or not names:
        return frame(title, "", upward, ["<!-- nothing was measured -->"])
    bottom, inner = HEIGHT - BOTTOM, WIDTH - LEFT - RIGHT
    y, up_marks = scale([100.0], bottom, TOP, logarithmic=False)
    body = marks([], up_marks, lambda value: value, y)
    room = inner / len(groups)
    for place, (group, values) in enumerate(groups.items()):
        wide = room * 0.8 / len(names)
        for at, name in enumerate(names):
            if name in values:
                x = LEFT + room * (place + 0.1) + wide * at
                body.append(
                    f'<rect x="{x:.1f}" y="{y(values[name]):.1f}" width="{wide:.1f}" '
                    f'height="{bottom - y(values[name]):.1f}" fill="{COLOURS[at % len(COLOURS)]}">'
                    f"<title>{escape(group)}, {escape(name)}: {values[name]:.1f}</title></rect>"
                )
        x = LEFT + room * (place + 0.5)
        body.append(
            f'<text transform="translate({x:.0f} {bottom + 12}) rotate(-18)" text-anchor="end" font-size="10">'
            f"{escape(group)}</text>"
        )
    return frame(title, "", upward, [*body, *legend(names)])
