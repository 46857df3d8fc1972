"""The proof as a picture: one SVG without anything outside itself, owners above what they own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from textwrap import wrap
from typing import Final

import msgspec

from interdiction.model.ownership import Control, StakeKind
from interdiction.ownership.proof import Held, Proof

_WIDE, _HIGH, _GAP_X, _GAP_Y, _EDGE = 208, 66, 36, 96, 28
_HEAD: Final = 24
_PER_ROW: Final = 8
"""Boxes of one row; more are told as a number in the last one."""
_COLOURS: Final = {
    Control.LISTED: ("#7f1d1d", "#ffffff", "#7f1d1d"),
    Control.BLOCKED: ("#fee2e2", "#7f1d1d", "#b91c1c"),
    Control.PRESUMED: ("#ffedd5", "#7c2d12", "#c2410c"),
    Control.UNKNOWN: ("#fef9c3", "#713f12", "#a16207"),
    Control.NOT_BLOCKED: ("#f8fafc", "#334155", "#94a3b8"),
}
"""Fill, text and line of a box."""
_WORDS: Final = {
    Control.LISTED: "listed", Control.BLOCKED: "blocked", Control.PRESUMED: "presumed reached",
    Control.UNKNOWN: "unknown", Control.NOT_BLOCKED: "not blocked",
}  # fmt: skip


_MARKER: Final = (
    '<defs><marker id="to" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
    'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#475569"/></marker></defs>'
)


class _Box(msgspec.Struct):
    key: str
    name: str
    control: Control
    below: str
    level: int = 0
    x: float = 0.0
    y: float = 0.0


class _Line(msgspec.Struct):
    above: str
    below: str
    text: str
    counts: bool


def picture(proof: Proof) -> str:
    """Give the picture of a proof as SVG text: the same proof gives the same bytes."""
    boxes, lines = _laid_out(proof)
    rows = _rows(boxes, lines)
    wide = max(3, *(len(row) for row in rows)) if rows else 3
    width = 2 * _EDGE + wide * _WIDE + (wide - 1) * _GAP_X
    title = wrap(f"{proof.regime.upper()}, {proof.on}: {proof.sentence}", max(60, width // 8))
    top = _EDGE + _HEAD * len(title) + 8
    for level, row in enumerate(rows):
        left = (width - len(row) * _WIDE - (len(row) - 1) * _GAP_X) / 2
        for place, box in enumerate(row):
            box.x, box.y = left + place * (_WIDE + _GAP_X), top + level * (_HIGH + _GAP_Y)
    legend = top + max(1, len(rows)) * (_HIGH + _GAP_Y) - _GAP_Y + 30
    said = wrap(f"{proof.rule}: {proof.says}", max(40, (width - 2 * _EDGE) // 6))
    height = legend + 30 + 15 * len(said)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="Helvetica, Arial, sans-serif">',
        f"<title>{_text(proof.sentence)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _MARKER,
    ]
    style = 'font-size="15" font-weight="bold" fill="#0f172a"'
    parts += [
        f'<text x="{_EDGE}" y="{_EDGE + 16 + at * _HEAD}" {style}>{_text(line)}</text>' for at, line in enumerate(title)
    ]
    at = {box.key: box for box in boxes.values()}
    parts += [_drawn(line, at, number, lines) for number, line in enumerate(lines)]
    parts += [_box(box) for box in boxes.values()]
    parts += _legend(proof, legend, width)
    return "\n".join([*parts, "</svg>", ""])


def _laid_out(proof: Proof) -> tuple[dict[str, _Box], list[_Line]]:
    boxes: dict[str, _Box] = {}
    lines: list[_Line] = []
    for step in proof.steps:
        boxes[step.owned] = _Box(step.owned, step.name, step.control, "")
    for number, step in enumerate(proof.steps):
        for place, held in enumerate(step.held):
            key = held.owner or f"?{number}.{place}"
            if key not in boxes:
                boxes[key] = _Box(key, held.name, held.owner_is, _named(held))
            elif not boxes[key].below:
                boxes[key].below = _named(held)
            lines.append(_Line(key, step.owned, _label(held), held.counts))
    if not boxes:
        boxes[proof.party] = _Box(proof.party, proof.name, proof.control, ", ".join(proof.listings))
    _level(boxes, lines)
    return boxes, lines


def _named(held: Held) -> str:
    return ", ".join((*held.listings, *(f"{one}?" for one in held.doubted)))


def _level(boxes: dict[str, _Box], lines: Sequence[_Line]) -> None:
    """Put everybody below all owners that count; those whom nobody holds stand just above what they hold."""
    for _ in range(len(boxes)):
        moved = False
        for line in lines:
            above, below = boxes[line.above], boxes[line.below]
            if line.counts and line.above != line.below and below.level <= above.level < len(boxes):
                below.level, moved = above.level + 1, True
        if not moved:
            break
    owned = {line.below for line in lines if line.above != line.below}
    for key, box in boxes.items():
        held = [boxes[line.below].level for line in lines if line.above == key and line.below != key]
        if key not in owned and held:
            box.level = max(0, min(held) - 1)


def _label(held: Held) -> str:
    words = {StakeKind.SHARES: "", StakeKind.VOTES: " of votes", StakeKind.APPOINT: " of the board"}
    text = "control" if held.kind is StakeKind.CONTROL else f"{held.share}{words.get(held.kind, ' of something')}"
    return text + (", through others" if not held.direct else "") + (", jointly" if held.joint else "")


def _rows(boxes: dict[str, _Box], lines: Sequence[_Line]) -> list[list[_Box]]:
    levels = sorted({box.level for box in boxes.values()})
    rows = [[box for box in boxes.values() if box.level == level] for level in levels]
    for above, row in pairwise(rows):
        place = {box.key: at for at, box in enumerate(above)}

        def middle(box: _Box, place: dict[str, int] = place) -> float:
            owners = [place[line.above] for line in lines if line.below == box.key and line.above in place]
            return sum(owners) / len(owners) if owners else float(len(place))

        row.sort(key=lambda box: (middle(box), box.key))
    # A long row is broken into several, so that the picture stays as wide as a page.
    return [row[at : at + _PER_ROW] for row in rows for at in range(0, len(row), _PER_ROW)]


def _drawn(line: _Line, at: dict[str, _Box], number: int, lines: Sequence[_Line]) -> str:
    above, below = at[line.above], at[line.below]
    colour, strong = ("#b91c1c", "2.2") if line.counts else ("#94a3b8", "1.2")
    dash = "" if line.counts else ' stroke-dasharray="5 4"'
    siblings = [other for other in lines if other.below == line.below]
    spread = siblings.index(line) + 1
    x1, y1 = above.x + _WIDE / 2, above.y + _HIGH
    x2, y2 = below.x + _WIDE * spread / (len(siblings) + 1), below.y
    if below.y <= above.y:
        # Back up or beside: round the right of both boxes.
        x1, y1, x2, y2 = above.x + _WIDE, above.y + _HIGH / 2, below.x + _WIDE, below.y + _HIGH / 2
        bend = max(x1, x2) + _GAP_X - 6
        path, tx, ty = f"M{x1:g} {y1:g}C{bend:g} {y1:g} {bend:g} {y2:g} {x2:g} {y2:g}", bend - 8, (y1 + y2) / 2
    else:
        half = (y1 + y2) / 2
        path = f"M{x1:g} {y1:g}C{x1:g} {half:g} {x2:g} {half:g} {x2:g} {y2:g}"
        # Labels stand on their line, alternately higher and lower, so that neighbours do not cover each other.
        share = 0.38 if number % 2 else 0.62
        tx = x1 + (x2 - x1) * (3 * share**2 - 2 * share**3)
        ty = y1 + (y2 - y1) * share
    weight = "bold" if line.counts else "normal"
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{strong}"{dash} marker-end="url(#to)"/>'
        f'<text x="{tx:g}" y="{ty:g}" font-size="12.5" font-weight="{weight}" text-anchor="middle" fill="{colour}" '
        f'stroke="#ffffff" stroke-width="4" paint-order="stroke">{_text(line.text)}</text>'
    )


def _box(box: _Box) -> str:
    fill, ink, stroke = _COLOURS[box.control]
    name = wrap(box.name, 27)
    name = [*name[:1], f"{name[1][:25]}…"] if len(name) > 2 else name or [box.key]
    below = f"{_WORDS[box.control]}: {box.below}" if box.below else _WORDS[box.control]
    below = below if len(below) <= 34 else f"{below[:33]}…"
    rows = "".join(
        f'<text x="{box.x + _WIDE / 2:g}" y="{box.y + 20 + at * 16:g}" font-size="13" font-weight="bold" '
        f'text-anchor="middle" fill="{ink}">{_text(line)}</text>'
        for at, line in enumerate(name)
    )
    return (
        f'<g><title>{_text(box.name)}: {_text(below)}</title><rect x="{box.x:g}" y="{box.y:g}" width="{_WIDE}" '
        f'height="{_HIGH}" rx="6" fill="{fill}" stroke="{stroke}" stroke-width="1.6"/>{rows}'
        f'<text x="{box.x + _WIDE / 2:g}" y="{box.y + _HIGH - 9:g}" font-size="11" text-anchor="middle" '
        f'fill="{ink}">{_text(below)}</text></g>'
    )


def _legend(proof: Proof, top: float, width: int) -> list[str]:
    parts: list[str] = []
    x = float(_EDGE)
    for control, (fill, _, stroke) in _COLOURS.items():
        parts.append(
            f'<rect x="{x:g}" y="{top - 11:g}" width="14" height="14" rx="3" fill="{fill}" stroke="{stroke}"/>'
            f'<text x="{x + 20:g}" y="{top:g}" font-size="12" fill="#334155">{_WORDS[control]}</text>'
        )
        x += 46 + 7 * len(_WORDS[control])
    said = f"{proof.rule}: {proof.says}" if proof.rule else proof.says
    rows = wrap(said, max(40, (width - 2 * _EDGE) // 6))
    style = 'font-size="11" fill="#475569"'
    return parts + [
        f'<text x="{_EDGE}" y="{top + 24 + at * 15:g}" {style}>{_text(row)}</text>' for at, row in enumerate(rows)
    ]


def _text(text: str) -> str:
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return escape(plain, quote=True)
