"""`interdict demo`: the order of 2 January 2015, told in one screen."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import JsonOption, now, progress, reported

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from interdiction.engine.impact import Caught
    from interdiction.engine.second import Second
    from interdiction.engine.story import Story
    from interdiction.model import Hit

DEMO_HOME = Path("interdict-demo")
WIDTH = 100
_STYLES = {
    "FREEZE": "bold red",
    "BLOCK": "bold red",
    "REJECT": "red",
    "RETAIN": "red",
    "REVIEW": "yellow",
    "HOLD": "yellow",
    "RELEASE": "green",
}


_GROUNDS = {
    ("country", "equal"): "country fits",
    ("nationality", "equal"): "nationality fits",
    ("birth_date", "conflict"): "dates conflict",
    ("birth_date", "near"): "date near",
    ("birth_date", "slip"): "one digit differs",
    ("birth_date", "swap"): "day and month swap",
    ("birth_date", "same_year"): "same year",
    ("birth_date", "circa"): "birth year near",
    ("birth_date", "compatible"): "birth year fits",
    ("birth_date", "equal"): "born that day",
    ("identifier", "other_type"): "number fits",
    ("identifier", "equal"): "same document",
}


def demo(
    home: Annotated[
        Path, typer.Option("--home", metavar="DIR", help="Where the demo makes its own home.", show_default=True)
    ] = DEMO_HOME,
    law: Annotated[
        bool, typer.Option("--law", help="Show what the law asks where no name decides.", show_default=False)
    ] = False,
    json: JsonOption = False,
) -> None:
    """Show the order of 2 January 2015 enforced on embedded lists, customers and payments; needs no network."""
    with reported(json):
        from interdiction.cli.demo_law import law_lines, second_lines
        from interdiction.engine.second import tell_second
        from interdiction.engine.story import tell

        at = now()
        with progress("demo"):
            story = tell(home, at)
            second = tell_second(story, at)
        if json:
            from interdiction.cli.answer import give

            result = {
                "changes": story.changes.result,
                "customers": story.customers,
                "impact": story.impact,
                "payments": story.decisions,
                "results": (*story.results, second.picture),
                "announcement": second.announcement,
                "meant": second.meant,
                "owned": second.owned,
                "cases": second.cases,
                "blocked": second.blocked,
                "in_ledger": second.entered,
            }
            give("demo", None, at, story.hits.editions, result, story.problems)
            return
        from rich.text import Text

        from interdiction.cli.door import out

        console = out()
        told = chain(lines(story), second_lines(second), ending(story, second))
        for line in law_lines(second.cases) if law else told:
            text = Text(line, no_wrap=True, overflow="ignore")
            for word, style in _STYLES.items():
                text.highlight_words([f"{word} "], style)
            if line[:1].isdigit():
                text.stylize("bold")
            console.print(text, soft_wrap=True)


def lines(story: Story) -> Iterator[str]:
    """Give the story, each line at most `WIDTH` columns of a terminal."""
    yield "The order of 2 January 2015: Executive Order 13687 names three organisations and ten officials"
    yield "of North Korea. What it asks of a bank in the United States, on embedded lists and an invented book."
    yield ""
    yield from _changes(story)
    yield from _customers(story)
    yield from _payments(story)
    yield from _margin(story)
    yield ""


def ending(story: Story, second: Second) -> Iterator[str]:
    """Say where the results are and what to try next."""
    yield ""
    yield f"written to {story.home}/results: {', '.join((*story.results, second.picture))}"
    yield f'next: interdict check "Kim Yong Chol" --born 1962-02-18 --home {story.home} --explain'


def _changes(story: Story) -> Iterator[str]:
    found = story.changes.result
    yield f"1  The list changed: {len(found.added)} added, {len(found.amended)} amended, {len(found.removed)} removed"
    names = [f"{one.name} {one.listing.partition(':')[2]}" for one in found.added]
    yield from _wrapped("added", names)
    for one in found.amended:
        for field in one.fields:
            was, now_ = " ".join(field.before or ()), " ".join(field.after or ())
            yield _cut(f"   amended  {one.name} {one.listing.partition(':')[2]}: {was} → {now_}")
    yield ""


def _customers(story: Story) -> Iterator[str]:
    decided = [one.consequence.value for one in story.customers]
    frozen, doubtful = decided.count("freeze"), decided.count("review")
    nobody = story.hits.rows - len(story.customers)
    yield f"2  Your {story.hits.rows} customers: {frozen} are meant, {doubtful} may be, {nobody} are nobody listed"
    rows = {some[0].query_id: at for at, some in story.hits.hits}
    for consequence, most in (("freeze", 9), ("review", 7)):
        some = [one for one in story.customers if one.consequence.value == consequence]
        for one in some[:most]:
            best, at = one.hits[0], rows[one.customer]
            born = story.book.columns["births"][at]
            who = f"{story.book.columns['names'][at][0]}{f', {born[0]}' if len(born) else ''}"
            yield _cut(
                f"   {consequence.upper():<7} {one.customer} {_fit(who, 32)} {_uid(best)} {_fit(best.listed_name, 20)}"
                f" {best.score:.2f} {_grounds(best)}"
            )
        if len(some) > most:
            yield f"           and {len(some) - most} more"
    yield ""


def _uid(hit: Hit) -> str:
    return f"{hit.listing.partition(':')[2]:>5}"


def _grounds(hit: Hit) -> str:
    """Say in a few words what speaks besides the name, or that nothing does."""
    said = [one for one in hit.evidence if (one.kind, one.finding) in _GROUNDS]
    if said:
        strongest = max(said, key=lambda one: abs(one.effect))
        return _GROUNDS[strongest.kind, strongest.finding]
    return "a weak alias" if hit.weak_only else "name alone"


def _payments(story: Story) -> Iterator[str]:
    counts = {
        name: sum(one.disposition.value == name for one in story.decisions) for name in ("block", "hold", "release")
    }
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    yield f"3  Your {len(story.decisions)} payments: {told} (← what it was the day before)"
    before = {one.payment: one.before.value for one in story.impact.payments}
    for decided, paid in zip(story.decisions, story.payments, strict=True):
        name = decided.disposition.value
        if decided.hits:
            best = decided.hits[0]
            side = next(
                (one.party.primary_name for one in paid.parties if best.query_id.endswith(f" {one.role.value}")),
                f"text {paid.remittance}",
            )
            what = f"{_fit(side, 28)} {_uid(best)} {_fit(best.listed_name, 19)} {best.score:.2f} {_grounds(best)}"
        else:
            who = " to ".join(
                one.party.primary_name for one in paid.parties if one.role.value in {"debtor", "creditor"}
            )
            what = f"{_fit(who, 59)} {', '.join(f'unread: {problem.node}' for problem in decided.problems)}"
        was = "" if before[decided.payment] == name else f" ← {before[decided.payment]}"
        yield _cut(f"   {name.upper():<7} {decided.payment} {what}{was}".rstrip())
    yield ""


def _margin(story: Story) -> Iterator[str]:
    effect = story.impact
    yield "4  What the order itself changed for you"
    yield f"   {_people(effect.newly_caught)} newly caught, {_people(effect.released)} released"
    named = sorted({one.listed_name for one in effect.caught_before})
    yield _cut(
        f"   {_people(effect.caught_before)} caught the day before already, now under DPRK2 too: {'; '.join(named)}"
    )
    moved = [one.payment for one in effect.payments if one.before is not one.after]
    already = sum(one.before.value == "block" for one in effect.payments)
    yield f"   {already} payments were blocked the day before as well; the order stops {', '.join(moved)}"


def _people(some: Sequence[Caught]) -> str:
    count = len({one.query_id for one in some})
    return f"{count} {'customer' if count == 1 else 'customers'}"


def _wrapped(title: str, names: Iterable[str]) -> Iterator[str]:
    line = f"   {title:<8}"
    for name in names:
        if len(line) + len(name) + 3 > WIDTH:
            yield line
            line = " " * 11
        line += f" {name} ·"
    yield line.rstrip("·").rstrip()


def _fit(text: str, width: int) -> str:
    """Give `text` in exactly `width` columns: wide scripts take two columns a character."""
    from rich.cells import set_cell_size

    return set_cell_size(text, width)


def _cut(text: str) -> str:
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= WIDTH else set_cell_size(text, WIDTH - 1) + "…"
