"""The plots of the report, as SVG inside the page: no library, no font and no colour that print loses."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from interdiction.assurance.alerts import Budget, Point
from interdiction.assurance.intervals import Share
from interdiction.assurance.report.marks import Html

INK, GRID, BLUE, AMBER, RED = "#1c2b36", "#d5dce1", "#1f5f99", "#a65c00", "#a4262c"
WIDTH, LEFT, RIGHT = 860, 64, 24
ROW_WIDTH, ROW_HEIGHT, EDGE = 260, 18, 7

Scale = Callable[[float], float]


def row(found: Share, others: Sequence[Share] = (), *, must: bool = False) -> Html:
    """Draw a recall on a line from 0 to 100 %: its interval as a bar, itself as a dot, other settings as signs."""
    inner, middle = ROW_WIDTH - 2 * EDGE, ROW_HEIGHT / 2
    body = [f'<line x1="{EDGE}" y1="{middle}" x2="{EDGE + inner}" y2="{middle}" stroke="{GRID}"/>']
    body += [
        f'<path d="M{EDGE + inner * share:.1f} 3 V{ROW_HEIGHT - 3}" stroke="{GRID}"/>'
        for share in (0, 0.25, 0.5, 0.75, 1)
    ]
    for at, other in enumerate(others):
        if other.share is not None:
            body.append(_sign(at, EDGE + inner * other.share, middle))
    if found.share is not None and found.low is not None and found.high is not None:
        colour = RED if must and found.found < found.of else BLUE
        low, wide = EDGE + inner * found.low, max(1.0, inner * (found.high - found.low))
        body.append(
            f'<rect x="{low:.1f}" y="{middle - 3}" width="{wide:.1f}" height="6" fill="{colour}" opacity="0.35"/>'
        )
        body.append(f'<circle cx="{EDGE + inner * found.share:.1f}" cy="{middle}" r="3.6" fill="{colour}"/>')
    told = "nothing counted" if found.share is None else f"{100 * found.share:.1f} % of {found.of}"
    return Html(
        f'<svg class="row" viewBox="0 0 {ROW_WIDTH} {ROW_HEIGHT}" width="{ROW_WIDTH}" height="{ROW_HEIGHT}" role="img">'
        f"<title>{told}</title>{''.join(body)}</svg>"
    )


def scale() -> Html:
    """Draw the ends and the middle of the line of `row`, for the head of its column."""
    inner = ROW_WIDTH - 2 * EDGE
    words = "".join(
        _words(EDGE + inner * share, 12, f"{100 * share:.0f}" + (" %" if share == 1 else ""), anchor=anchor)
        for share, anchor in ((0, "start"), (0.5, "middle"), (1, "end"))
    )
    return Html(f'<svg class="row scale" viewBox="0 0 {ROW_WIDTH} 16" width="{ROW_WIDTH}" height="16">{words}</svg>')


def key(own: str, others: Sequence[str]) -> Html:
    """Explain the signs of `row`: the dot, its interval, and a sign for each other setting."""

    def one(sign: str, words: str) -> str:
        return f'<span class="key"><svg viewBox="0 0 14 14" width="14" height="14">{sign}</svg> {words}</span>'

    return Html(
        '<p class="keys">'
        + one(f'<circle cx="7" cy="7" r="3.6" fill="{BLUE}"/>', own)
        + one(f'<rect x="1" y="4" width="12" height="6" fill="{BLUE}" opacity="0.35"/>', "its 95 % interval")
        + "".join(one(_sign(at, 7, 7), words) for at, words in enumerate(others))
        + "</p>\n"
    )


def _sign(at: int, x: float, y: float) -> str:
    if at == 0:
        return f'<path d="M{x - 3.4:.1f} {y + 3:.1f} h6.8 l-3.4 -6.4 z" fill="white" stroke="{AMBER}"/>'
    return f'<rect x="{x - 2.8:.1f}" y="{y - 2.8:.1f}" width="5.6" height="5.6" fill="white" stroke="{INK}"/>'


def by_threshold(points: Sequence[Point], threshold: float, budgets: Sequence[Budget]) -> Html:
    """Draw recall above and alerts below, over the same thresholds; nothing where only one is left to examine."""
    if len(points) < 2:
        return Html("")
    x = _linear(points[0].threshold, points[-1].threshold, LEFT, WIDTH - RIGHT)
    top, middle, bottom = (34, 204), (236, 406), 452
    up = _linear(0, 100, top[1], top[0])
    most = max((point.alerts_per_thousand or 0 for point in points), default=0)
    ceiling = _ceiling(most)
    load = _linear(0, ceiling, middle[1], middle[0])
    body = [_grid(x, [at / 20 for at in range(10, 21)], top, middle, lambda value: f"{value:.2f}")]
    body += _rungs(up, range(0, 101, 25), lambda value: f"{value:.0f} %")
    body += _rungs(load, [ceiling * part / 4 for part in range(5)], lambda value: f"{value:g}")
    body.append(_words(LEFT, top[0] - 12, "Recall of damaged names, per cent", bold=True))
    body.append(_words(LEFT, middle[0] - 12, "Alerts per 1,000 innocents", bold=True))
    body.append(_words((LEFT + WIDTH - RIGHT) / 2, bottom, "threshold", anchor="middle"))
    body.append(_line([(x(one.threshold), up(100 * one.recall)) for one in points if one.recall is not None], BLUE))
    loads = [(x(p.threshold), load(p.alerts_per_thousand)) for p in points if p.alerts_per_thousand is not None]
    body.append(_line(loads, AMBER))
    uprights = [(threshold, f"tested: {threshold:.2f}", False)]
    uprights += [
        (one.threshold, f"{one.per_thousand:g} per 1,000: {one.threshold:.2f}", True)
        for one in budgets
        if one.threshold is not None
    ]
    body += [_upright(x(place), top[0], middle[1], dashed=dashed) for place, _, dashed in uprights]
    # The words stand low, where recall seldom is, one above the other, so that none hides another.
    body += [_beside(x(place), top[1] - 10 - 17 * at, words) for at, (place, words, _) in enumerate(uprights)]
    return _frame(466, "Recall and alerts at every threshold", body)


def trade(points: Sequence[Point], threshold: float, budgets: Sequence[Budget]) -> Html:
    """Draw recall against its price in alerts, on a logarithmic axis; marked thresholds stand beside the curve."""
    # Of several thresholds at one price the lowest is drawn: it finds most.
    lowest = {one.alerts_per_thousand: one for one in reversed(points) if one.recall is not None}
    shown = [one for load, one in lowest.items() if load]
    if len(shown) < 2:
        return Html("")
    loads = [one.alerts_per_thousand or 1 for one in shown]
    low, high = 10 ** math.floor(math.log10(min(loads))), 10 ** math.ceil(math.log10(max(loads)))
    straight = _linear(math.log10(low), math.log10(high), LEFT, WIDTH - RIGHT)

    def x(value: float) -> float:
        return straight(math.log10(value))

    box = (34, 274)
    up = _linear(0, 100, box[1], box[0])
    tens = [low * 10**at for at in range(round(math.log10(high / low)) + 1)]
    marks = sorted({round(ten * part, 6) for ten in tens for part in (1, 2, 5) if low <= ten * part <= high})
    body = [_grid(x, marks, box, box, lambda value: f"{value:g}")]
    body += _rungs(up, range(0, 101, 25), lambda value: f"{value:.0f} %")
    body.append(_words(LEFT, 18, "Recall of damaged names, per cent", bold=True))
    body.append(_words((LEFT + WIDTH - RIGHT) / 2, 318, "alerts per 1,000 innocents (logarithmic)", anchor="middle"))
    kept = [one.per_thousand for one in budgets if low <= one.per_thousand <= high]
    body += [_upright(x(most), *box, dashed=True) for most in kept]
    body += [_beside(x(most), box[1] - 10, f"budget {most:g}") for most in kept]
    places = [(x(one.alerts_per_thousand or 1), up(100 * (one.recall or 0))) for one in shown]
    body.append(_line(places, BLUE))
    free = -math.inf
    for one, (across, height) in sorted(zip(shown, places, strict=True), key=lambda pair: pair[1]):
        tested = one.threshold == threshold
        if tested or round(one.threshold * 100) % 5 == 0:
            body.append(f'<circle cx="{across:.1f}" cy="{height:.1f}" r="3.4" fill="{BLUE}"/>')
            if tested or across > free:  # words that would stand on others are left out
                body.append(_words(across + 6, height + 16, f"{one.threshold:.2f}", bold=tested))
                free = across + 38
    return _frame(330, "Recall against alerts", body)


def _frame(height: int, title: str, body: Sequence[str]) -> Html:
    inside = "\n".join(body)
    return Html(
        f'<figure><svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img"><title>{title}</title>\n{inside}\n'
        "</svg></figure>\n"
    )


def _linear(first: float, last: float, start: float, end: float) -> Scale:
    return lambda value: start + (value - first) / (last - first) * (end - start)


def _ceiling(most: float) -> float:
    """Give a round number at or above `most` that quarters evenly."""
    size = 10 ** math.floor(math.log10(most)) if most > 0 else 1
    return next((size * step for step in (1, 2, 4, 8) if size * step >= most), size * 12.0)


def _grid(
    x: Scale, values: Sequence[float], first: tuple[int, int], last: tuple[int, int], say: Callable[[float], str]
) -> str:
    lines = []
    for value in values:
        lines += [
            f'<line x1="{x(value):.1f}" y1="{top}" x2="{x(value):.1f}" y2="{bottom}" stroke="{GRID}"/>'
            for top, bottom in dict.fromkeys((first, last))
        ]
        lines.append(_words(x(value), last[1] + 18, say(value), anchor="middle"))
    return "\n".join(lines)


def _rungs(y: Scale, values: Sequence[float] | range, say: Callable[[float], str]) -> list[str]:
    return [
        f'<line x1="{LEFT}" y1="{y(value):.1f}" x2="{WIDTH - RIGHT}" y2="{y(value):.1f}" stroke="{GRID}"/>'
        + _words(LEFT - 8, y(value) + 4, say(value), anchor="end")
        for value in values
    ]


def _line(places: Sequence[tuple[float, float]], colour: str) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.2"/>'


def _upright(x: float, top: float, bottom: float, *, dashed: bool) -> str:
    dashes = ' stroke-dasharray="4 4"' if dashed else ""
    return f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{bottom}" stroke="{INK}"{dashes}/>'


def _beside(x: float, y: float, words: str) -> str:
    """Write beside an upright, on the side that has room."""
    left = x > WIDTH * 0.75
    return _words(x - 6 if left else x + 6, y, words, anchor="end" if left else "start", halo=True)


def _words(x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False, halo: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    behind = ' stroke="white" stroke-width="4" paint-order="stroke"' if halo else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{INK}"{weight}{behind}>{words}</text>'
