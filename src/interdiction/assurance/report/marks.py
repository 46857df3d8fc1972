"""Small pieces of HTML: escaped text, tables, shares as people read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

from interdiction.assurance.intervals import Share
from interdiction.assurance.recall import FEW

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})
"""What no font draws: controls, format signs, halves of letters, and code points that mean nothing."""


class Html(str):
    """Text that is HTML already; everything else is escaped."""

    __slots__ = ()


def text(value: object) -> Html:
    """Give a value as HTML: `Html` as it is, anything else escaped."""
    return value if isinstance(value, Html) else Html(_escaped(str(value)))


def name(value: str) -> Html:
    """Give a name as a reader can check it: signs nobody sees are written out, every script keeps its direction."""
    return Html(f"<bdi>{_escaped(value)}</bdi>")


def _escaped(value: str) -> str:
    return "".join(_visible(sign) for sign in value)


def _visible(sign: str) -> str:
    if unicodedata.category(sign) in _UNSEEN and sign not in "\n\t":
        return f'<span class="sign">U+{ord(sign):04X}</span>'
    return escape(sign)


def per_cent(value: float | None, digits: int = 1) -> str:
    """Give a share of 0 to 1 in per cent; a dash where nothing was counted."""
    return "–" if value is None else f"{100 * value:.{digits}f} %"


def recall(found: Share, digits: int = 1) -> str:
    """Give a recall in per cent, never rounded up to 100: one lost of ten thousand is a loss."""
    if found.share is None:
        return "–"
    if found.found < found.of and f"{100 * found.share:.{digits}f}" == f"{100:.{digits}f}":
        return "< 100 %"
    return per_cent(found.share, digits)


def interval(found: Share) -> str:
    """Give the 95 % interval in per cent."""
    if found.low is None or found.high is None:
        return "–"
    return f"{100 * found.low:.1f}–{100 * found.high:.1f}"


def per_thousand(found: Share) -> str:
    """Give a share as so many of a thousand."""
    return "–" if found.share is None else f"{found.found * 1000 / found.of:.1f}"


def count(value: int) -> str:
    """Give a number with its thousands set apart."""
    return f"{value:,}"


def few(found: Share) -> Html:
    """Give the number of trials, marked where they are few."""
    mark = '<span class="few" title="fewer than 30 trials">few</span>' if 0 < found.of < FEW else ""
    return Html(f"{found.of:,}{mark}")


def table(
    heads: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    kinds: str = "",
    caption: str = "",
    even: bool = False,
) -> Html:
    """Give a table. `kinds` has a letter a column: t text, n number, p plot, c a code that is not broken.

    `even` tables keep the widths of their columns whatever stands in them, so that one below another align.
    A row of one cell is a heading over the rows below it.
    """
    classes = [f' class="{kind}"' if kind in "npc" else "" for kind in kinds]
    classes += [""] * (len(heads) - len(classes))
    head = "".join(f"<th{kind}>{text(cell)}</th>" for kind, cell in zip(classes, heads, strict=True))
    body = "".join(_row(classes, row) for row in rows)
    said = f"<caption>{text(caption)}</caption>" if caption else ""
    mark = ' class="even"' if even else ""
    return Html(f"<table{mark}>{said}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>\n")


def _row(classes: Sequence[str], row: Sequence[object]) -> str:
    if len(row) == 1 < len(classes):
        return f'<tr class="family"><td colspan="{len(classes)}">{text(row[0])}</td></tr>\n'
    return "<tr>" + "".join(f"<td{kind}>{text(cell)}</td>" for kind, cell in zip(classes, row, strict=True)) + "</tr>\n"


def section(number: int, title: str, *body: object) -> Html:
    """Give one section with its number."""
    inside = "".join(text(piece) if isinstance(piece, Html) else f"<p>{text(piece)}</p>\n" for piece in body)
    return Html(
        f'<section id="s{number}"><h2><span class="number">{number}</span> {text(title)}</h2>\n{inside}</section>\n'
    )


def listed(lines: Iterable[object]) -> Html:
    """Give a list of sentences."""
    return Html("<ul>" + "".join(f"<li>{text(line)}</li>\n" for line in lines) + "</ul>\n")
