"""`interdict clearances`: pairs that two people found false and that need not alert again until something changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from datetime import datetime

    from interdiction.model.clearance import Clearance

app = typer.Typer(help="Clearances: one customer against one listing, until a day, as long as nothing changes.")

IdArgument = Annotated[str, typer.Argument(metavar="CLEARANCE", help="Such as CL-3.", show_default=False)]


@app.command("list")
def list_(
    customer: Annotated[
        str | None, typer.Option("--of", metavar="NAME", help="Those of one customer.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that ended.")] = False,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """List clearances: asked for and in force."""
    with reported(json):
        from interdiction.cases.clearance import standing
        from interdiction.engine.clearances import clearances
        from interdiction.engine.home import Home

        at = now()
        found = [
            (one, standing(one, at))
            for one in clearances(Home.open(home))
            if customer is None or customer in {one.customer, one.name}
        ]
        found = [(one, state) for one, state in found if every or state in {"asked", "in force"}]
        if json:
            body = [{"clearance": one, "standing": state} for one, state in found]
            envelope("interdict.clearances.list/1", None, (), body)
            return
        table(
            ("id", "customer", "role", "listing", "reason", "asked by", "approved by", "until", "standing"),
            [
                (
                    one.id,
                    one.name or one.customer,
                    one.role,
                    one.listing,
                    one.reason,
                    one.by,
                    one.approved_by,
                    one.expires,
                    state,
                )
                for one, state in found
            ],
        )


@app.command()
def add(
    case: Annotated[str, typer.Argument(metavar="CASE", help="In which it was found false: C-7.", show_default=False)],
    listing: Annotated[str, typer.Argument(metavar="LISTING", help="Such as ofac-sdn:9345.", show_default=False)],
    by: ByOption,
    why: WhyOption,
    reason: Annotated[
        str, typer.Option("--reason", metavar="CODE", help="`interdict cases reasons` tells them.")
    ] = "in-words",
    role: Annotated[
        str,
        typer.Option(
            "--role",
            metavar="ROLE",
            help="Behind the customer: director, owner; in a payment: debtor.",
        ),
    ] = "",
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="DATE", help="The last day (cases.yml).", show_default=False)
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Ask for a clearance; it suppresses nothing until a second person approves it."""
    with reported(json):
        from interdiction.engine import Engine
        from interdiction.engine.clearances import ask
        from interdiction.engine.records import number_of

        at = now()
        with progress("clearance") as step, Engine.open(home, progress=step) as engine:
            made = ask(
                engine,
                number_of(case, "C"),
                listing,
                by=by,
                at=at,
                reason=reason,
                why=why,
                role=role,
                expires=day(expires, "--expires"),
            )
        _tell(made, at, json=json)


@app.command()
def approve(
    id_: IdArgument, by: ByOption, why: WhyOption, home: HomeOption = DEFAULT_HOME, json: JsonOption = False
) -> None:
    """Bring a clearance into force: never the person who asked for it."""
    with reported(json):
        from interdiction.engine.clearances import approve as bring
        from interdiction.engine.home import Home
        from interdiction.engine.records import number_of

        at = now()
        _tell(bring(Home.open(home), number_of(id_, "CL"), by=by, why=why, at=at), at, json=json)


@app.command()
def revoke(
    id_: IdArgument, by: ByOption, why: WhyOption, home: HomeOption = DEFAULT_HOME, json: JsonOption = False
) -> None:
    """End a clearance at once: the pair alerts again."""
    with reported(json):
        from interdiction.engine.clearances import revoke as end
        from interdiction.engine.home import Home
        from interdiction.engine.records import number_of

        at = now()
        _tell(end(Home.open(home), number_of(id_, "CL"), by=by, why=why, at=at), at, json=json)


def _tell(one: Clearance, at: datetime, *, json: bool) -> None:
    from interdiction.cases.clearance import standing

    if json:
        envelope("interdict.clearances.step/1", None, (), {"clearance": one, "standing": standing(one, at)})
        return
    whom = f"{one.name or one.customer}{f' as {one.role}' if one.role else ''}"
    line(f"{one.id}  {standing(one, at).upper()}  {whom} is not {one.listing}, until {one.expires}", "bold")
    if standing(one, at) == "asked":
        line(f"it waits for a second person: interdict clearances approve {one.id} --by NAME --why TEXT")
