"""`interdict lists coverage`: which lists the law of a place asks for, which are in force, and what no list covers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    LISTS_EXIT,
    HomeOption,
    JsonOption,
    ago,
    envelope,
    line,
    now,
    reported,
    table,
)

if TYPE_CHECKING:
    from interdiction.engine.coverage import Covered, Statement
    from interdiction.engine.home import Home
    from interdiction.engine.inforce import EditionInForce


def coverage(
    regimes: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="us|eu|uk|un", help="Whose law; repeatable. All four without."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page to print and sign.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """State what is covered of the law of a place, and what is not. Exit 4: a list one must have is missing or old."""
    from interdiction.config import Config
    from interdiction.engine.coverage import coverage as state
    from interdiction.engine.home import Home
    from interdiction.errors import NoListError
    from interdiction.lists.coverage import regimes as regimes_of

    with reported(json):
        at = now()
        wanted = regimes_of(regimes or ())
        opened: Home | None = None
        try:
            opened = Home.open(home)
        except NoListError:
            opened = None  # no home is a home with nothing in force: the statement says so
        ages = Config.read(home).max_age_days if opened is not None else {}
        found = state(opened, wanted, at, max_age_days=ages)
        if html is not None:
            from interdiction.cli.coverage_page import page
            from interdiction.tables.write import write_whole

            write_whole(page(found).encode(), html, "statement")
        if json:
            envelope("interdict.lists.coverage/1", None, _editions(opened, at), found)
        else:
            for one in found:
                _say(one, at)
            if html is not None:
                line(f"the statement to sign: {html}")
        if not all(one.complete for one in found):
            raise typer.Exit(LISTS_EXIT)


def _editions(home: Home | None, at: datetime) -> list[EditionInForce]:
    """Give the editions in force; none where there is no home or nothing in it."""
    from interdiction.engine.inforce import in_force
    from interdiction.errors import NoListError

    try:
        return [] if home is None else in_force(home, today=at.date())
    except NoListError:
        return []


def _say(said: Statement, at: datetime) -> None:
    line(f"{said.title}: {said.binds}", style="bold")
    table(["list", "", "edition of", "age", "listings", "checked", "what it is for"], (_row(o, at) for o in said.lists))
    for one in said.lists:
        if one.must and one.edition is None:
            line(f"! {one.list} is missing: {one.title}, {one.publisher}", style="bold red")
        elif one.must and one.alarm:
            line(f"! {one.list}: {one.alarm}", style="bold red")
    line("not covered by any of these lists:")
    for gap in said.not_covered:
        line(f"- {gap.what}: {gap.do}")
    line("")


def _row(one: Covered, at: datetime) -> tuple[object, ...]:
    need = "must" if one.must else "beside"
    if one.edition is None:
        return one.list, need, "not in force", "", "", "", one.why
    age = f"{one.age_days} d{' stale' if one.stale else ''}"
    return one.list, need, one.on, age, one.listings, ago(one.checked_at, at), one.why
