"""`interdict lists import`: bring one edition of a list into force, or a whole history of editions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    LISTS_EXIT,
    OVERLAY_EXIT,
    HomeOption,
    JsonOption,
    day,
    envelope,
    line,
    now,
    progress,
    reported,
    say_problems,
)
from interdiction.errors import InterdictError

if TYPE_CHECKING:
    from datetime import datetime

    from interdiction.engine.editions import ImportReport
    from interdiction.errors import ListFileError, RefusedEditionError


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
    each: Annotated[
        bool, typer.Option("--each", help="PATH is a folder: every file or folder in it is an edition of its own.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Bring one edition of a list into force. Exit 3: defective, its new targets are in force, its removals wait."""
    from interdiction.config import Config
    from interdiction.engine.editions import import_edition, named
    from interdiction.engine.home import Home
    from interdiction.engine.together import prepare
    from interdiction.lists.sources import Sources
    from interdiction.model import EditionState
    from interdiction.names.weights import Weights

    with reported(json):
        at, published = now(), day(on, "--on")
        Sources.load().get(list_key)  # before a home is made for a mistyped name
        if each:
            raise typer.Exit(_import_each(home, list_key, paths, at, history=history, by=by, json=json))
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
            prepare(opened, Weights.load(Config.read(home).weights), progress=step)
        if json:
            edition = named(report.edition, at.date())
            envelope("interdict.lists.import/1", None, [edition], _imported(report), report.problems)
        else:
            _say_imported(report)
        if report.edition.state is EditionState.OVERLAY and not report.unchanged:
            raise typer.Exit(OVERLAY_EXIT)


def _import_each(
    home: Path, list_key: str, paths: list[Path], at: datetime, *, history: bool, by: str | None, json: bool
) -> int:
    """Import every edition of a folder and give the exit code: 4 when one was refused, 3 when the last is defective."""
    from interdiction.config import Config
    from interdiction.engine.editions import named
    from interdiction.engine.given import editions_in
    from interdiction.engine.home import Home
    from interdiction.engine.imports import import_each
    from interdiction.engine.together import prepare
    from interdiction.model import EditionState
    from interdiction.names.weights import Weights

    done: list[ImportReport] = []
    refused: list[tuple[Path, ListFileError | RefusedEditionError]] = []

    def told(path: Path, outcome: ImportReport | ListFileError | RefusedEditionError) -> None:
        if isinstance(outcome, InterdictError):
            refused.append((path, outcome))
        else:
            done.append(outcome)

    found = editions_in(paths)
    with progress(f"importing {list_key}") as step:
        opened = Home.open(home, create=True)
        import_each(opened, list_key, found, at=at, told=told, history=history, by=by, progress=step)
        if done:
            prepare(opened, Weights.load(Config.read(home).weights), progress=step)
    if json:
        body = {
            "imported": [_imported(report) for report in done],
            "refused": [{"path": path.name, "code": one.code, "message": one.message} for path, one in refused],
        }
        envelope("interdict.lists.import-each/1", None, [named(one.edition, at.date()) for one in done[-1:]], body)
    else:
        _say_each(done, refused)
    if refused:
        return LISTS_EXIT
    return OVERLAY_EXIT if done[-1].edition.state is EditionState.OVERLAY else 0


def _say_each(done: list[ImportReport], refused: list[tuple[Path, ListFileError | RefusedEditionError]]) -> None:
    from interdiction.model import EditionState

    new = [report.edition for report in done if not report.unchanged]
    waiting = [one for one in new if one.state is EditionState.OVERLAY]
    counts = (sum(getattr(one, field) for one in new) for field in ("added", "amended", "removed"))
    line(f"{len(new)} editions imported, {len(done) - len(new)} were here already, {len(refused)} refused")
    line("{} added, {} amended, {} removed over all of them".format(*counts))
    for one in waiting:
        line(f"! {one.id}: defective; {one.waiting} removals waited for the next", style="bold red")
    for path, error in refused:
        line(f"! {path.name}: refused ({error.code}): {error.message}", style="bold red")


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
        line(f"{edition.id} is here already; nothing was changed")
        return
    place = "in force" if report.current else "filed as history"
    line(
        f"{edition.id}: {place}, {edition.listings} listings; "
        f"{edition.added} added, {edition.amended} amended, {edition.removed} removed"
    )
    if edition.state is EditionState.OVERLAY:
        line(
            f"! defective: what it adds is in force, nothing is taken away; {edition.waiting} removals wait. "
            "Import it again, or the same files with --accept-problems --by NAME",
            style="bold red",
        )
    say_problems(report.problems)
