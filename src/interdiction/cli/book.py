"""`interdict book`: books that are monitored, screened whenever a customer or a list changes, and the proof of it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    ByOption,
    HomeOption,
    JsonOption,
    WhyOption,
    envelope,
    line,
    now,
    progress,
    reported,
    table,
    worse,
)
from interdiction.cli.screen import ColumnOption, column_choices
from interdiction.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from interdiction.engine.daily import Rescreened
    from interdiction.engine.monitored import Standing
    from interdiction.model.monitored import Monitored

app = typer.Typer(help="Monitored books: registered once, screened on each change of a customer and of a list.")

SourceArgument = Annotated[
    str, typer.Argument(metavar="SOURCE", help="Under which it is registered.", show_default=False)
]
_INCOMPLETE = 3
_SHOWN = 10


@app.command()
def add(
    by: ByOption,
    path: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="CSV, Parquet, JSON Lines or Excel.", show_default=False)
    ] = None,
    url: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="URL",
            envvar="INTERDICT_BOOK",
            show_default=False,
            show_envvar=False,
            help="A PostgreSQL or SQLite database instead of a file. Also INTERDICT_BOOK.",
        ),
    ] = "",
    table: Annotated[str, typer.Option("--table", metavar="NAME", help="The table of that database.")] = "",
    query: Annotated[str, typer.Option("--query", metavar="SQL", help="A SELECT instead of a table.")] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="NAME", help="The system it comes from (the file's name).")
    ] = "",
    owner: Annotated[str, typer.Option("--owner", metavar="NAME", help="Who mends rows that cannot be screened.")] = "",
    expect: Annotated[
        int | None, typer.Option("--expect", metavar="N", help="Customers by that system.", show_default=False)
    ] = None,
    totals: Annotated[
        Path | None,
        typer.Option("--totals", metavar="FILE", help="Its control totals (JSON).", show_default=False),
    ] = None,
    column: ColumnOption = None,
    screen: Annotated[bool, typer.Option("--screen/--no-screen", help="Screen at once what is new in it.")] = True,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Register a book, or its next version, and screen what changed. Exit 1: new hits; 3: not complete."""
    with reported(json):
        from msgspec.structs import replace

        from interdiction.engine import monitored
        from interdiction.engine.home import Home
        from interdiction.model.monitored import ControlTotals

        asked = monitored.read_totals(totals) if totals is not None else ControlTotals()
        if expect is not None:
            asked = replace(asked, customers=expect)
        with progress("book") as step, TemporaryDirectory(prefix="interdict-book-") as folder:
            if path is None:
                from interdiction.engine.foreign import fetch

                fetched = fetch(_database(url), Path(folder), table=table, query=query, progress=step)
                path = fetched.path
                asked = asked if asked.customers is not None else replace(asked, customers=fetched.count)
            elif table or query:
                raise _one_of("a file has no tables to ask for")
            one = monitored.add(
                Home.open(home),
                path,
                by=by,
                at=now(),
                source=source,
                owner=owner,
                totals=asked,
                columns=column_choices(column),
                progress=step,
            )
        if not json:
            _registered(one)
        if not screen:
            if json:
                envelope("interdict.book.add/1", None, (), {"book": one})
            raise typer.Exit(_INCOMPLETE if one.doubts else 0)
        raise typer.Exit(_run([one.source], by, home, json=json, whole=False, threads=0, name="add"))


def _database(url: str) -> str:
    if not url:
        raise _one_of("there is no book")
    return url


def _one_of(what: str) -> UsageError:
    return UsageError(
        what, where="FILE", mend="give a file, or --from URL with --table NAME or --query SQL", code="book-query"
    )


@app.command()
def run(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...", help="All of them unless said.")] = None,
    whole: Annotated[bool, typer.Option("--whole", help="Everybody anew, whatever has changed.")] = False,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who runs it.", show_default=False)] = "",
    threads: Annotated[int, typer.Option(help="0 means every processor.", min=0, max=256)] = 0,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Screen monitored books: what changed since the last time. Exit 1: new hits; 3: one is not complete."""
    with reported(json):
        from interdiction.engine.home import Home
        from interdiction.engine.monitored import books

        names = sources or [one.source for one in books(Home.open(home)) if one.removed_at is None]
        if not names and not json:
            line("no book is monitored: interdict book add FILE")
        raise typer.Exit(_run(names, by, home, json=json, whole=whole, threads=threads, name="run"))


def _run(names: list[str], by: str, home: Path, *, json: bool, whole: bool, threads: int, name: str) -> int:
    from interdiction.cli.answer import alarms
    from interdiction.engine import Engine
    from interdiction.engine.changed import as_json
    from interdiction.engine.changed import run as screen

    at, code = now(), 0
    done = []
    with progress("book") as step, Engine.open(home, progress=step) as engine:
        for source in names:
            one = screen(engine, source, clock=now, by=by, whole=whole, threads=threads, progress=step)
            done.append(one)
            if not json:
                _screened(one)
            fresh = bool(one.ended.new) if one.ended.since is not None else bool(one.ended.hits)
            code = worse(code, worse(0 if one.ended.complete else _INCOMPLETE, int(fresh)))
        editions = engine.force().editions
        problems, alarmed = alarms(editions, at.date(), engine.config)
    if json:
        result = [as_json(one) for one in done]
        envelope(f"interdict.book.{name}/1", None, [one.aged(at.date()) for one in editions], result, problems)
    else:
        from interdiction.cli.show_hits import show_problems

        show_problems(problems)
    return worse(code, alarmed)


@app.command()
def remove(
    source: SourceArgument, by: ByOption, why: WhyOption, home: HomeOption = DEFAULT_HOME, json: JsonOption = False
) -> None:
    """End the monitoring of a book: its customers are deleted, what was proved of it stays."""
    with reported(json):
        from interdiction.engine.home import Home
        from interdiction.engine.monitored import remove as end

        one = end(Home.open(home), source, by=by, why=why, at=now())
        if json:
            envelope("interdict.book.remove/1", None, (), one)
            return
        line(f"{one.source} is monitored no more: {one.removed_why} ({one.removed_by})")


@app.command()
def status(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Say of each book what is registered, when it was screened, whether that is due, and what was rejected."""
    with reported(json):
        from interdiction.engine.home import Home
        from interdiction.engine.monitored import standing

        at = now()
        found = standing(Home.open(home), at)
        if json:
            envelope("interdict.book.status/1", None, (), found)
        else:
            _told(found, at)
        raise typer.Exit(int(any(one.due for one in found)))


def _told(found: list[Standing], at: datetime) -> None:
    if not found:
        line("no book is monitored: interdict book add FILE")
        return
    table(
        ("source", "version", "customers", "behind", "rejected", "came", "screened", "state"),
        [
            (
                one.book.source,
                one.book.version,
                f"{one.book.customers:,}",
                one.book.behind,
                len(one.book.rejected),
                f"{one.book.at:%Y-%m-%d %H:%M}",
                f"{one.last.begun_at:%Y-%m-%d %H:%M}" if one.last else "",
                one.due or "done",
            )
            for one in found
        ],
    )
    for one in (standing.book for standing in found):
        for doubt in one.doubts:
            line(f"! {one.source}: {doubt}", style="bold red")
        for row in one.rejected[:_SHOWN]:
            owner = row.owner or "nobody owns it"
            line(f"- {one.source} row {row.row} ({row.id}): {row.why}; {(at - row.since).days} days, {owner}")


def _registered(one: Monitored) -> None:
    behind = f" and {one.behind:,} parties behind them" if one.behind else ""
    line(f"{one.source}, version {one.version}: {one.customers:,} customers{behind}", style="bold")
    if one.version > 1:
        line(f"{one.added:,} came, {one.changed:,} are described otherwise, {one.gone:,} are gone")
    for doubt in one.doubts:
        line(f"! {doubt}", style="bold red")
    if one.rejected:
        line(f"{len(one.rejected)} rows rejected: {one.owner or 'nobody owns them (--owner NAME)'}")


def _screened(done: Rescreened) -> None:
    begun, ended = done.begun, done.ended
    what = "everybody was screened"
    if begun.since is not None:
        listings, customers = begun.changes
        what = f"{listings:,} listings and {customers:,} customers had changed since R-{begun.since}"
    line(f"R-{begun.number}: {begun.source}: {ended.read:,} read, {ended.screened:,} screened; {what}")
    for doubt in ended.doubts:
        line(f"! {doubt}", style="bold red")
    if ended.complete:
        line("complete", style="green")
    new = len(ended.new) if ended.since is not None else ended.hits
    line(f"{ended.hits:,} hits, {new:,} new, {len(ended.gone):,} gone, {ended.cleared:,} cleared")
    if done.raised.cases:
        line(f"{len(done.raised.cases):,} cases: interdict cases list", style="bold")
    if done.reviews:
        line(f"listed no more, to be reviewed: {', '.join(f'C-{one}' for one in done.reviews)}", style="bold")
