"""Pages that stand by themselves: escaped text, tables, and a report to an authority as one of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources
from typing import Final

from interdiction.model import Filing
from interdiction.reports.kinds import Kind

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn"})
"""What no font draws: a sign of these kinds in a name is written out, so that a reader sees it."""


class Html(str):
    """Text that is HTML already; everything else is escaped."""

    __slots__ = ()


def text(value: object) -> Html:
    """Give a value as HTML: `Html` as it is, anything else escaped, invisible signs written out."""
    if isinstance(value, Html):
        return value
    return Html("".join(_visible(sign) for sign in str(value)))


def _visible(sign: str) -> str:
    if unicodedata.category(sign) in _UNSEEN and sign not in "\n\t\r":
        return f'<span class="sign">U+{ord(sign):04X}</span>'
    return escape(sign)


def element(tag: str, *content: object, of: str = "") -> Html:
    """Give one element around content."""
    name = f' class="{of}"' if of else ""
    return Html(f"<{tag}{name}>{''.join(text(one) for one in content)}</{tag}>")


def pairs(rows: Iterable[tuple[object, object]]) -> Html:
    """Give a table of names and values; rows without a value are left out."""
    lines = [f"<tr>{element('th', name)}{element('td', value)}</tr>" for name, value in rows if str(value)]
    return Html(f'<table class="pairs"><tbody>{"".join(lines)}</tbody></table>')


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "") -> Html:
    """Give a table with a head; numbers that are `Number` stand to the right."""
    head = "".join(element("th", column) for column in columns)
    lines = "".join("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in rows)
    said = element("caption", caption) if caption else ""
    return Html(f'<div class="wide"><table>{said}<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>')


class Number(str):
    """An amount or a score: set to the right."""

    __slots__ = ()


def _cell(value: object) -> Html:
    return element("td", value, of="number" if isinstance(value, Number) else "")


def page(title: str, *content: object) -> str:
    """Give a whole page with its style in it: it needs no other file and no network."""
    style = resources.files("interdiction").joinpath("reports", "pages.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
        f"<title>{text(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(text(one) for one in content)
        + "\n</main>\n</body>\n</html>\n"
    )


def report(filing: Filing, kind: Kind) -> str:
    """Give a report to an authority as a page."""
    return page(
        f"{kind.title}, {filing.id or 'draft'}",
        element("h1", kind.title),
        element("p", f"{kind.cited}{f'; form {kind.form}' if kind.form else ''}. To: {kind.to}.", of="soft"),
        pairs(
            [
                ("Number", filing.id if filing.number else "not kept yet"),
                ("About", ", ".join(filing.subjects)),
                ("Due", filing.due or "as soon as practicable"),
                ("Made", f"{filing.at:%Y-%m-%d %H:%M} UTC by {filing.by}"),
                ("Supplements", f"F-{filing.supplements}" if filing.supplements else ""),
                ("How it is filed", kind.channel),
            ]
        ),
        element("h2", "Part A: who reports"),
        pairs((one.label, filing.head[one.name] or _missing()) for one in kind.head),
        element("h2", f"Part B: {len(filing.rows)} {'item' if len(filing.rows) == 1 else 'items'}"),
        *(
            element(
                "div",
                element("h3", row.about),
                pairs((one.label, row.values[one.name] or _missing()) for one in kind.fields),
                of="item",
            )
            for row in filing.rows
        ),
        *_enclosed(filing),
    )


def _missing() -> Html:
    return element("span", "not known; a supplement follows", of="gap")


def _enclosed(filing: Filing) -> list[Html]:
    found: list[Html] = []
    if filing.documents:
        rows = [(one.name, Number(f"{one.size:,}"), element("span", one.sha256, of="hash")) for one in filing.documents]
        found += [element("h2", "Documents"), table(("file", "bytes", "SHA-256"), rows)]
    if filing.gaps:
        count = len(filing.gaps)
        found += [
            element("h2", "What is not known"),
            element(
                "p", f"{count} {'field is' if count == 1 else 'fields are'} open. The report is filed in time without."
            ),
            Html(
                "<ul>"
                + "".join(element("li", f"{gap.about or 'Part A'}: {gap.label}") for gap in filing.gaps)
                + "</ul>"
            ),
        ]
    found += [element("p", note, of="soft") for note in filing.notes]
    return found
