"""`interdict lists`: see what is in force, one listing with its past, what changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interdiction.cli.coverage import coverage
from interdiction.cli.door import (
    DEFAULT_HOME,
    LISTS_EXIT,
    AsOfOption,
    HomeOption,
    JsonOption,
    KnownAtOption,
    ago,
    day,
    envelope,
    instant,
    line,
    now,
    reported,
    say_problems,
    table,
)
from interdiction.cli.emergency import confirmed, emergency, take_out
from interdiction.cli.export import export
from interdiction.cli.fetch import fetch
from interdiction.cli.imports import import_
from interdiction.cli.pairs import apart, pairs, together

if TYPE_CHECKING:
    from interdiction.engine.editions import DiffReport, ListStatus, Shown
    from interdiction.engine.home import Home
    from interdiction.model import FieldChange

app = typer.Typer(
    name="lists",
    help="Official lists: import them, see what is in force and what changed.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("fetch")(fetch)
app.command("import")(import_)
app.command("export")(export)
app.command("coverage")(coverage)
app.command("emergency")(emergency)
app.command("take-out")(take_out)
app.command("apart")(apart)
app.command("together")(together)
app.command("pairs")(pairs)
app.command("confirmed")(confirmed)


@app.command("status")
def status(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Say what is in force, how old it is, and what somebody has to decide. Exit 4: no list, or a stale one."""
    from interdiction.config import Config
    from interdiction.engine.editions import named
    from interdiction.engine.editions import status as lists_status
    from interdiction.engine.home import Home

    with reported(json):
        at = now()
        opened = Home.open(home)
        found = lists_status(opened, at, max_age_days=Config.read(opened.path).max_age_days)
        if json:
            editions = [named(row.edition, at.date()) for row in found.lists]
            problems = [problem for row in found.lists for problem in row.edition.problems]
            envelope("interdict.lists.status/1", None, editions, found, problems)
        else:
            table(
                [
                    "list",
                    "edition of",
                    "age",
                    "listings",
                    "added",
                    "amended",
                    "removed",
                    "waiting",
                    "state",
                    "editions",
                    "checked",
                ],
                (_status_row(row, at) for row in found.lists),
            )
            if found.lists:
                line(
                    "added, amended, removed: by this edition; waiting: what a defective one would take away",
                    style="dim",
                )
            for row in found.lists:
                if row.alarm:
                    line(f"! {row.list}: {row.alarm}", style="bold red")
                if row.doubt:
                    line(f"? {row.list}: {row.doubt} (interdict lists fetch {row.list})", style="yellow")
            for refusal in found.refusals:
                line(f"! {refusal.list}: refused ({refusal.code}): {refusal.message}", style="bold red")
            if not found.lists:
                line("No list is in force.")
        if not found.lists or any(row.stale for row in found.lists):
            raise typer.Exit(LISTS_EXIT)


@app.command("show")
def show(
    listing: Annotated[str, typer.Argument(metavar="ID", help="LIST:UID, such as ofac-sdn:9345, or 9345 alone.")],
    history: Annotated[bool, typer.Option("--history", help="Tell its life, with what changed each time.")] = False,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Show one listing as it stands, or stood, and the editions in which it changed."""
    from interdiction.engine.editions import show as lists_show
    from interdiction.engine.home import Home

    with reported(json):
        on = day(as_of, "--as-of")
        known = instant(known_at, "--known-at")
        shown = lists_show(Home.open(home), listing, on, known_at=known, today=now().date())
        if json:
            envelope("interdict.lists.show/1", on, [shown.edition], shown)
            return
        if history:
            _say_life(shown)
        else:
            _say_listing(shown)


@app.command("diff")
def diff(
    list_key: Annotated[str, typer.Argument(metavar="LIST")],
    earlier: Annotated[str, typer.Option("--from", metavar="DATE", help="The last edition of that day or before.")],
    later: Annotated[str, typer.Option("--to", metavar="DATE", help="The last edition of that day or before.")],
    known_at: KnownAtOption = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write it as one page, with how the list grew.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Say what changed in a list between two days: added, amended with the fields, removed."""
    from interdiction.engine.editions import diff as lists_diff
    from interdiction.engine.home import Home

    with reported(json):
        first, last = _required(earlier, "--from"), _required(later, "--to")
        opened = Home.open(home)
        report = lists_diff(opened, list_key, first, last, known_at=instant(known_at, "--known-at"))
        if html is not None:
            _write_page(report, list_key, opened, html)
        if json:
            envelope("interdict.lists.diff/1", last, report.editions, report.result, report.problems)
            return
        result = report.result
        before, after = report.editions
        line(f"{before.edition} -> {after.edition}")
        line(f"{len(result.added)} added, {len(result.amended)} amended, {len(result.removed)} removed")
        rows = [*result.added, *result.amended, *result.removed]
        if rows:
            table(
                ["listing", "change", "name", "fields"],
                ((c.listing, c.kind.value, c.name, _told(c.fields)) for c in rows),
            )
        say_problems(report.problems)


def _write_page(report: DiffReport, list_key: str, home: Home, path: Path) -> None:
    from interdiction.cli.diff_page import page
    from interdiction.engine.growth import growth
    from interdiction.lists.sources import Sources
    from interdiction.tables.write import write_whole

    title = Sources.load().get(list_key).title
    text = page(report, title, growth(home, list_key), lambda field: _told([field]))
    write_whole(text.encode(), path, "report")


def _required(text: str, option: str) -> date:
    found = day(text, option)
    if found is None:
        raise AssertionError("a text was given")
    return found


def _status_row(row: ListStatus, at: datetime) -> tuple[object, ...]:
    edition = row.edition
    state = edition.state.value + (" stale" if row.stale else "")
    return (
        row.list,
        edition.on,
        f"{row.age_days} d",
        edition.listings,
        edition.added,
        edition.amended,
        edition.removed,
        edition.waiting,
        state,
        row.editions,
        ago(row.checked_at, at),
    )


def _say_listing(shown: Shown) -> None:
    from interdiction.model.codec import to_builtins

    line(f"{shown.id}  ({shown.edition.edition})")
    if shown.listing is None:
        line(f"! not in force on {shown.edition.on}", style="bold red")
    else:
        facts = {**to_builtins(shown.listing)}
        facts |= facts.pop("party", {})
        table(["", ""], ((key, _plain(value)) for key, value in facts.items() if key not in {"list", "uid"}))
    table(
        ["since", "until", "change", "fields"],
        ((s.on, s.until or "", s.kind.value, ", ".join(field.path for field in s.fields)) for s in shown.states),
    )


def _say_life(shown: Shown) -> None:
    """Tell what happened to a listing, edition by edition, as one would read it aloud."""
    name = shown.listing.party.primary_name if shown.listing else "not in force"
    line(f"{shown.id}  {name}")
    rows: list[tuple[object, ...]] = []
    gone: date | None = None
    for state in shown.states:
        if gone is not None and state.kind.value == "added":
            rows.append((gone, "removed", "", ""))
        rows.append((state.on, state.kind.value, _told(state.fields), state.edition))
        gone = state.until
    if gone is not None:
        rows.append((gone, "removed", "", ""))
    table(["on", "what", "changed", "edition"], rows)


def _told(fields: Iterable[FieldChange]) -> str:
    return "; ".join(f"{field.path}: {_moved(field.before, field.after)}" for field in fields)


def _plain(value: Any) -> str:
    """Give a value of JSON as one readable text: `KIM, Yong Chol (strong); ...`."""
    if isinstance(value, list | tuple):
        return "; ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        head, *rest = (_plain(one) for one in value.values())
        return f"{head} ({', '.join(rest)})" if rest else head
    return str(value)


def _moved(before: Any, after: Any) -> str:
    if isinstance(before, list | tuple) and isinstance(after, list | tuple):
        came = [f"+ {_plain(one)}" for one in after if one not in before]
        went = [f"- {_plain(one)}" for one in before if one not in after]
        return ", ".join([*came, *went])
    return f"{_plain(before)} -> {_plain(after)}"
