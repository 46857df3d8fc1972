"""`interdict lists`: import an edition, see what is in force, one listing with its past, what changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    AsOfOption,
    HomeOption,
    JsonOption,
    KnownAtOption,
    day,
    envelope,
    instant,
    now,
    out,
    progress,
    reported,
    table,
)
from interdiction.cli.export import export
from interdiction.cli.fetch import fetch

if TYPE_CHECKING:
    from interdiction.engine.editions import ImportReport, ListStatus, Shown
    from interdiction.model import FieldChange, Problem

app = typer.Typer(
    name="lists",
    help="Official lists: import them, see what is in force and what changed.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("fetch")(fetch)
app.command("export")(export)

OVERLAY_EXIT = 3
LISTS_EXIT = 4
_SHOWN_PROBLEMS = 20


@app.command("import")
def import_(
    list_key: Annotated[str, typer.Argument(metavar="LIST", help="ofac-sdn, un, eu, uk, ... or own-NAME")],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="The files, or the folder, of one edition.")],
    on: Annotated[str | None, typer.Option(metavar="DATE", help="Its day, where the files do not state it.")] = None,
    history: Annotated[bool, typer.Option("--history", help="File an older edition in its place.")] = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who imports or decides; it is recorded.")] = None,
    accept_problems: Annotated[
        bool, typer.Option("--accept-problems", help="Take a defective edition as it is; needs --by.")
    ] = False,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Which column of a list of your own is what (own-NAME).")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Bring one edition of a list into force. Exit 3: defective, its new targets are in force, its removals wait."""
    from interdiction.config import Config
    from interdiction.engine.editions import import_edition, named
    from interdiction.engine.force import ready
    from interdiction.engine.home import Home
    from interdiction.lists.sources import Sources
    from interdiction.model import EditionState
    from interdiction.names.weights import Weights

    with reported(json):
        at, published = now(), day(on, "--on")
        Sources.load().get(list_key)  # before a home is made for a mistyped name
        with progress(f"importing {list_key}") as step:
            opened = Home.open(home, create=True)
            report = import_edition(
                opened,
                list_key,
                [*paths, mapping] if mapping else paths,
                on=published,
                history=history,
                by=by,
                accept_problems=accept_problems,
                at=at,
                progress=step,
            )
            ready(
                opened, Weights.load(Config.read(home).weights), progress=step
            )  # whoever asks next finds the index built
        if json:
            edition = named(report.edition, at.date())
            envelope("interdict.lists.import/1", None, [edition], _imported(report), report.problems)
        else:
            _say_imported(report)
        if report.edition.state is EditionState.OVERLAY and not report.unchanged:
            raise typer.Exit(OVERLAY_EXIT)


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
            for row in found.lists:
                if row.alarm:
                    _line(f"! {row.list}: {row.alarm}", style="bold red")
            for refusal in found.refusals:
                _line(f"! {refusal.list}: refused ({refusal.code}): {refusal.message}", style="bold red")
            if not found.lists:
                _line("No list is in force.")
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
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Say what changed in a list between two days: added, amended with the fields, removed."""
    from interdiction.engine.editions import diff as lists_diff
    from interdiction.engine.home import Home

    with reported(json):
        first, last = _required(earlier, "--from"), _required(later, "--to")
        report = lists_diff(Home.open(home), list_key, first, last, known_at=instant(known_at, "--known-at"))
        if json:
            envelope("interdict.lists.diff/1", last, report.editions, report.result, report.problems)
            return
        result = report.result
        before, after = report.editions
        _line(f"{before.edition} -> {after.edition}")
        _line(f"{len(result.added)} added, {len(result.amended)} amended, {len(result.removed)} removed")
        rows = [*result.added, *result.amended, *result.removed]
        if rows:
            table(
                ["listing", "change", "name", "fields"],
                ((c.listing, c.kind.value, c.name, _told(c.fields)) for c in rows),
            )
        _say_problems(report.problems)


def _required(text: str, option: str) -> date:
    found = day(text, option)
    if found is None:
        raise AssertionError("a text was given")
    return found


def _imported(report: ImportReport) -> dict[str, Any]:
    edition = report.edition
    return {
        "edition": edition.id,
        "list": edition.list,
        "on": edition.on,
        "state": edition.state,
        "unchanged": report.unchanged,
        "current": report.current,
        "listings": edition.listings,
        "added": edition.added,
        "amended": edition.amended,
        "removed": edition.removed,
        "waiting": edition.waiting,
        "by": edition.by,
        "format": edition.format,
        "parts": edition.parts,
    }


def _say_imported(report: ImportReport) -> None:
    from interdiction.model import EditionState

    edition = report.edition
    if report.unchanged:
        _line(f"{edition.id} is here already; nothing was changed")
        return
    place = "in force" if report.current else "filed as history"
    _line(
        f"{edition.id}: {place}, {edition.listings} listings; "
        f"{edition.added} added, {edition.amended} amended, {edition.removed} removed"
    )
    if edition.state is EditionState.OVERLAY:
        _line(
            f"! defective: what it adds is in force, nothing is taken away; {edition.waiting} removals wait. "
            "Import it again, or the same files with --accept-problems --by NAME",
            style="bold red",
        )
    _say_problems(report.problems)


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
        _ago(row.checked_at, at),
    )


def _ago(then: datetime | None, at: datetime) -> str:
    """Say how long ago the publisher last confirmed an edition: `by hand` when it was never asked."""
    if then is None:
        return "by hand"
    hours = (at - then).total_seconds() / 3600
    return (
        f"{hours * 60:.0f} min ago" if hours < 2 else f"{hours:.0f} h ago" if hours < 48 else f"{hours / 24:.0f} d ago"
    )


def _say_listing(shown: Shown) -> None:
    from interdiction.model.codec import to_builtins

    _line(f"{shown.id}  ({shown.edition.edition})")
    if shown.listing is None:
        _line(f"! not in force on {shown.edition.on}", style="bold red")
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
    _line(f"{shown.id}  {name}")
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


def _say_problems(problems: Iterable[Problem]) -> None:
    found = list(problems)
    for problem in found[:_SHOWN_PROBLEMS]:
        place = ":".join(str(part) for part in (problem.file, problem.line or "", problem.node) if part)
        _line(f"- [{problem.grade.value}] {f'{place}: ' if place else ''}{problem.message} ({problem.code})")
    if len(found) > _SHOWN_PROBLEMS:
        _line(f"- and {len(found) - _SHOWN_PROBLEMS} more; --json shows all")


def _line(text: str, style: str | None = None) -> None:
    out().print(text, style=style, markup=False, soft_wrap=True)
