"""The page of `lists coverage --html`: a statement of what is covered, to be printed, dated and signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources

from interdiction.assurance.report.marks import Html, listed, section, table, text
from interdiction.cli.door import ago
from interdiction.engine.coverage import Covered, Statement
from interdiction.lists.coverage import Uncovered

_STYLE = """
.sign { display: grid; grid-template-columns: 130px 1fr; gap: 26px 12px; margin: 34px 0 0; max-width: 620px; border: 0;
  color: inherit; font-size: inherit; padding: 0; }
.sign .rule { border-bottom: 1px solid var(--ink); }
.regime { break-after: page; }
.regime + .regime { margin-top: 70px; }
.regime:last-child { break-after: auto; }
"""


def page(statements: Sequence[Statement]) -> str:
    """Give the page as one self-contained text: a sheet for each regime."""
    style = resources.files("interdiction.assurance.report").joinpath("report.css").read_text(encoding="utf-8")
    body = "".join(_sheet(one) for one in statements)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<title>Coverage of sanctions lists</title>\n"
        f"<style>\n{style}\n{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _sheet(said: Statement) -> str:
    verdict = (
        "Every list that this law asks for is in force, as named below."
        if said.complete
        else f"Not complete: {', '.join(_why_not(said))}."
    )
    mark = "" if said.complete else ' class="bad"'
    return (
        f'<div class="regime"><header><div class="over">Coverage of sanctions lists</div><h1>{text(said.title)}</h1>'
        f"<p>{text(_bound(said))}</p></header>\n<p{mark}>{text(verdict)}</p>\n"
        + section(1, "Lists in force", *_lists(said))
        + section(2, "Not covered by these lists", *_gaps(said))
        + section(3, "Signed", *_signed())
        + "</div>\n"
    )


def _bound(said: Statement) -> str:
    return f"The law binds {said.binds}. As of {said.at:%Y-%m-%d %H:%M} UTC."


def _why_not(said: Statement) -> Iterator[str]:
    if said.missing:
        yield f"{_named(said.missing)} not in force"
    if said.wanting:
        yield f"{_named(said.wanting)} old, doubtful or waiting for a decision"


def _named(keys: Sequence[str]) -> str:
    return f"{', '.join(keys)} {'is' if len(keys) == 1 else 'are'}"


def _lists(said: Statement) -> Iterator[object]:
    heads = ("List", "", "Edition", "Age, days", "Listings", "Publisher last asked", "What it is for")
    yield table(heads, (_row(one, said) for one in said.lists), kinds="cccnnct")
    yield from (
        Html(f'<p class="bad">{text(f"{one.list}: {one.alarm}")}</p>')
        for one in said.lists
        if one.must and one.alarm is not None
    )
    without = [one.list for one in said.lists if one.edition is not None and one.max_age_days is None]
    if without:
        yield f"No maximum age is set for {', '.join(without)}: nothing but this page says when such a list is old."
    if said.also:
        yield f"Also in force: {', '.join(said.also)}."
    yield table(
        ("List", "Published by", "Where the demand can be read"),
        ((one.list, one.publisher, _source(one.source, confirmed=one.confirmed)) for one in said.lists),
        kinds="ctt",
    )


def _row(one: Covered, said: Statement) -> tuple[object, ...]:
    need = "must have" if one.must else "beside"
    if one.edition is None:
        missing = Html('<span class="bad">not in force</span>') if one.must else "not in force"
        return one.list, need, missing, "", "", "", one.why
    age = Html(f'<span class="bad">{one.age_days}</span>') if one.stale else f"{one.age_days}"
    return one.list, need, one.edition, age, f"{one.listings:,}", ago(one.checked_at, said.at), one.why


def _gaps(said: Statement) -> Iterator[object]:
    yield "These bind the same people and stand on none of the lists above. Say here what you do about each:"
    yield table(
        ("What", "What helps", "What we do"),
        ((_gap(one), one.do, "") for one in said.not_covered),
        kinds="ttp",
    )


def _gap(one: Uncovered) -> Html:
    return Html(f'{text(one.what)}<div class="soft">{text(_source(one.source, confirmed=one.verified))}</div>')


def _source(source: str, *, confirmed: bool) -> str:
    return source if confirmed else f"{source} (not read for this page: look it up)"


def _signed() -> Iterator[object]:
    yield listed(
        (
            "The lists marked “must have” are those that we have found to apply to us.",
            "They were in force in the editions named when this page was made.",
            "What is not covered is known to us, and what we do about it stands beside it.",
        )
    )
    lines = ("Name", "Function", "Date", "Signature")
    rows = "".join(f'<div>{one}</div><div class="rule"></div>' for one in lines)
    yield Html(f'<div class="sign">{rows}</div>\n')
