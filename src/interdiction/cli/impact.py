"""`interdict impact`: what the change between two editions of a list does to my book and payments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    RecordOption,
    ThresholdOption,
    day,
    line,
    now,
    progress,
    reported,
    worse,
)
from interdiction.cli.screen import BookKindOption, ColumnOption, column_choices

if TYPE_CHECKING:
    from interdiction.engine.impact import Caught, Impact, ImpactReport


def impact(
    list_key: Annotated[str, typer.Argument(metavar="LIST", help="The list that changed, such as ofac-sdn.")],
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The day before the change.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="The day after it.")],
    book: Annotated[Path, typer.Option("--book", metavar="BOOK", help="CSV, Parquet, JSON Lines or Excel.")],
    payments: Annotated[
        list[Path] | None, typer.Option("--payments", metavar="PATH", help="Tables of payments; repeatable.")
    ] = None,
    threshold: ThresholdOption = None,
    column: ColumnOption = None,
    kind: BookKindOption = None,
    record: RecordOption = False,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Separate who is newly caught from who was caught before and who is released. Leaves with 1 when any is."""
    with reported(json):
        from interdiction import payments as payment_files
        from interdiction.cli.answer import alarms, give
        from interdiction.engine import Engine
        from interdiction.engine.impact import impact as weigh
        from interdiction.engine.raising import Raised, raise_on, review_delisted
        from interdiction.model import Asked
        from interdiction.tables import of_kind, read_book

        at = now()
        before, after = day(first, "--from"), day(last, "--to")
        customers = of_kind(read_book(book, columns=column_choices(column)), kind)
        read = [payment_files.read(path) for path in payments or []]
        with progress("impact") as step, Engine.open(home, progress=step) as engine:
            report = weigh(
                engine,
                list_key,
                before or at.date(),
                after or at.date(),
                customers,
                engine.policy,
                payments=[one for some, _ in read for one in some],
                threshold=threshold,
                progress=step,
            )
            raised, reviews = Raised(), []
            if record:
                caught = {one.row for one in report.impact.newly_caught}
                places = [place for place, row in enumerate(customers.columns["row"]) if row in caught]
                asked = Asked(as_of=after, lists=(), threshold=threshold)
                raised = raise_on(engine, customers, places, command="impact", at=at, asked=asked)
                reviews = review_delisted(engine, at=at)
        alarmed, code = alarms(report.after, after or at.date(), engine.config)
        problems = [*report.problems, *(one for _, whole in read for one in whole), *alarmed]
        if json:
            kept = {"records": raised.records, "cases": raised.cases, "reviews": [case.number for case in reviews]}
            more = kept if record else {}
            give("impact", after, at, report.after, report.impact, problems, editions_before=report.before, **more)
        else:
            from interdiction.cli.check import show_raised
            from interdiction.cli.show_hits import show_problems

            show_impact(report)
            show_raised(raised)
            for case in reviews:
                line(f"listed no more, to be reviewed: {case.id} {case.subject}", style="bold")
            show_problems(problems)
        touched = (
            report.impact.newly_caught
            or report.impact.released
            or any(one.before != one.after for one in report.impact.payments)
        )
        raise typer.Exit(worse(1 if touched else 0, code))


def show_impact(report: ImpactReport) -> None:
    """Print the effect of a change, the new first."""
    from rich.text import Text

    from interdiction.cli.door import out

    found: Impact = report.impact
    editions = {one.list: one.edition for one in report.before}
    changed = [
        (editions.get(one.list, "-"), one.edition) for one in report.after if editions.get(one.list) != one.edition
    ]
    for was, now_ in changed:
        out().print(Text(f"{was} → {now_}", style="dim"))
    _section("newly caught", found.newly_caught)
    _section("caught before, amended now", found.caught_before)
    _section("released: each asks for an unblocking review", found.released)
    out().print(Text(f"{found.unchanged} hits that the change does not touch"))
    if found.suppressed:
        out().print(Text(f"{found.suppressed} pairs suppressed by fact: screen --suppressed FILE writes them", "dim"))
    for one in found.payments:
        if one.before != one.after:
            out().print(Text(f"payment {one.payment}: {one.before.value} → {one.after.value}", style="bold"))


def _section(title: str, some: Sequence[Caught]) -> None:
    from rich.text import Text

    from interdiction.cli.door import out, table

    out().print(Text(f"{len(some)} {title}", style="bold"))
    if some:
        table(
            ("id", "customer", "score", "listing", "listed name", "under", "customer is to"),
            [
                (
                    one.query_id,
                    one.name,
                    f"{one.score:.2f} {one.band}",
                    one.listing,
                    one.listed_name,
                    _programmes(one),
                    one.consequence.value,
                )
                for one in some
            ],
        )


def _programmes(one: Caught) -> str:
    was, now_ = " ".join(one.programmes_before), " ".join(one.programmes_after)
    return now_ if not was or was == now_ else f"{was} → {now_ or 'nothing'}"
