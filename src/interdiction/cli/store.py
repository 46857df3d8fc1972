"""`interdict store`: the database of a home backed up, restored and looked through while it is in use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    ByOption,
    HomeOption,
    JsonOption,
    WhyOption,
    day,
    envelope,
    line,
    now,
    progress,
    reported,
    table,
)

app = typer.Typer(
    name="store",
    help="The database of a home: back it up, restore it, look it through.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
DAMAGED_EXIT = 5
_SHOWN = 50
_APPROVE = "another person: interdict changes approve"


@app.command()
def backup(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A new folder.", show_default=False)],
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Back the home up while it is in use: the store as one file, the official files, the configuration."""
    from interdiction.engine import backup as engine
    from interdiction.engine.home import Home

    with reported(json):
        with progress("backup") as step:
            made = engine.backup(Home.open(home), path, at=now(), progress=step)
        if json:
            envelope("interdict.store.backup/1", None, (), made)
            return
        line(f"{path}: {len(made.files)} files", "bold")
        line(f"{made.rows['edition']} editions, {made.rows['decision']} decisions, {made.audit_entries} audit entries")


@app.command()
def restore(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder of a backup.", show_default=False)],
    url: Annotated[
        str, typer.Option(metavar="URL", help="An empty PostgreSQL database to restore into; else a file.")
    ] = "",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Make a new home of a backup. A home or a database that has anything in it is never written over."""
    from interdiction.engine import backup as engine
    from interdiction.store.place import Server

    with reported(json):
        server = Server.named(url, "--url") if url else None
        with progress("restore") as step:
            made = engine.restore(path, home, at=now(), server=server, progress=step)
        if json:
            envelope("interdict.store.restore/1", None, (), made)
            return
        line(f"restored {home} as it was on {made.made_at:%Y-%m-%d %H:%M} UTC", "bold")
        line("the key that signs checkpoints is not in a backup: bring audit.key back by hand, or a new one is made")


@app.command()
def verify(
    backup: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Look through this backup instead of the home.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Look through everything: hashes of all bodies, chains, rows without parent, official files, the audit log."""
    from interdiction.engine.backup import look_through_backup
    from interdiction.engine.home import Home
    from interdiction.engine.looking import look_through

    with reported(json):
        with progress("verify") as step:
            if backup is not None:
                found = look_through_backup(backup, progress=step)
            else:
                found = look_through(Home.open(home), progress=step)
        if json:
            envelope("interdict.store.verify/1", None, (), found)
        else:
            rows = sum(found.rows.values())
            line(f"{rows} rows, {found.raw_files} official files, {found.audit.entries} audit entries")
            line("everything is as it was written" if not found.damage else f"{len(found.damage)} damages", "bold")
            for one in found.damage[:_SHOWN]:
                line(f"- {one.where}: {one.what}")
            if len(found.damage) > _SHOWN:
                line(f"- and {len(found.damage) - _SHOWN} more; --json names all")
        raise typer.Exit(DAMAGED_EXIT if found.damage else 0)


@app.command()
def retention(
    on: Annotated[str | None, typer.Option(metavar="DATE", help="As it will stand on that day.")] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Propose to empty what may go now; it cannot be had back.")
    ] = False,
    by: ByOption = "",
    why: WhyOption = "",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Show which records may go, until when the others are kept and why; --prune proposes to empty those that may."""
    from interdiction.engine import retention as engine
    from interdiction.engine.home import Home
    from interdiction.errors import UsageError

    with reported(json):
        at, opened = now(), Home.open(home)
        laws = engine.laws_of(opened)
        if prune and on:
            raise UsageError(
                "what goes, goes as of now", where="--on", mend="leave --on out, or --prune", code="retention-day"
            )
        if prune:
            asked = engine.ask_prune(opened, at=at, by=by, why=why, laws=laws)
            if json:
                envelope("interdict.store.prune/1", None, (), asked)
            elif asked is None:
                line("nothing may go", "bold")
            else:
                line(f"{asked.id} proposes to empty {asked.about}; {_APPROVE} {asked.id} --by NAME --why TEXT", "bold")
            return
        found, holds = engine.reckon(opened, day(on, "--on") or at.date(), laws)
        if json:
            envelope("interdict.store.retention/1", None, (), {"runs": found, "holds": holds})
            return
        line(
            f"{sum(one.goes for one in found)} of {len(found)} runs may go; records are kept {engine.years(laws)} years"
        )
        rows = [
            (f"R-{one.run}", f"{one.at:%Y-%m-%d}", one.file, one.decisions, one.until, "; ".join(one.because))
            for one in found
        ]
        table(("run", "of", "file", "decisions", "kept until", "kept by"), rows)
        for one in holds:
            line(f"hold of {one.scope} by {one.by} on {one.at[:10]}: {one.why}")


@app.command()
def hold(
    scope: Annotated[
        str, typer.Argument(metavar="SCOPE", help="all, R-3, D-12 or 2015-01-01..2015-12-31.", show_default=False)
    ],
    by: ByOption,
    why: WhyOption,
    lift: Annotated[bool, typer.Option("--lift", help="Propose to lift the hold of this scope.")] = False,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Set a legal hold: nothing within its scope goes, whatever the day, until two people lift it."""
    from interdiction.engine import retention as engine
    from interdiction.engine.home import Home

    with reported(json):
        if lift:
            asked = engine.ask_lift(Home.open(home), scope, at=now(), by=by, why=why)
            if json:
                envelope("interdict.store.lift/1", None, (), asked)
                return
            line(f"the hold of {asked.about} stands; {_APPROVE} {asked.id} --by NAME --why TEXT lifts it", "bold")
            return
        done = engine.hold(Home.open(home), scope, at=now(), by=by, why=why)
        if json:
            envelope("interdict.store.hold/1", None, (), {"hold": done})
            return
        line(f"the hold of {done.scope} stands", "bold")
