"""`interdict orders`: drafts that were kept, for an officer to confirm or reject, and what the lists did since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    envelope,
    line,
    now,
    progress,
    reported,
    table,
)

if TYPE_CHECKING:
    from interdiction.engine.home import Home
    from interdiction.model.order import OrderEvent
    from interdiction.names.weights import Weights

app = typer.Typer(
    name="orders",
    help="Announced orders: see drafts, confirm or reject them, see whether the lists followed.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

OrderArgument = Annotated[str, typer.Argument(metavar="ORDER", help="O-1, as `read --keep` said.", show_default=False)]
ByOption = Annotated[str, typer.Option(metavar="NAME", help="Who decides; it is recorded.", show_default=False)]
WhyOption = Annotated[str, typer.Option(metavar="TEXT", help="Why; it is recorded.", show_default=False)]


@app.command("list")
def list_(
    days: Annotated[int, typer.Option(help="Days after which an announced party that no list has is an alarm.")] = 7,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Show every draft, what was decided, and how the official lists stand to whom it announced."""
    from interdiction.engine import Engine
    from interdiction.engine.home import Home
    from interdiction.engine.orders import orders, pending

    with reported(json):
        at = now()
        opened = Home.open(home)
        found = orders(opened)
        with Engine.open(home) as engine:
            waiting = pending(engine, at, most_days=days)
        if json:
            drafts = [{"kept": kept, "decided": decided} for kept, decided in found]
            envelope("interdict.orders/1", None, [], {"orders": drafts, "pending": waiting})
            return
        if not found:
            line("no draft is kept: interdict read FILE --keep")
            return
        table(["order", "kept", "instrument", "from", "decided", "by"], [_row(*one) for one in found])
        if waiting:
            rows = [(f"O-{one.order}", one.name, one.state.value, one.days, one.listed, one.note) for one in waiting]
            table(["order", "announced", "state", "days", "listed as", ""], rows)


@app.command("confirm")
def confirm_(
    order: OrderArgument,
    by: ByOption,
    why: WhyOption,
    law: Annotated[str, typer.Option(metavar="LAW", help="us, eu, uk or un: whose own text it is.")] = "",
    only: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this name; repeatable.")] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Bring whom the order names, and no list has, into force: held from the press, frozen on an official text."""
    from interdiction.engine.home import Home
    from interdiction.engine.orders import confirm
    from interdiction.engine.records import number_of
    from interdiction.engine.together import prepare

    with reported(json):
        at = now()
        opened = Home.open(home)
        done = confirm(opened, number_of(order, "O"), by=by, why=why, at=at, law=law, only=only or ())
        with progress("entering") as step:
            prepare(opened, _weights(opened), progress=step)
        _told(done, json=json)


@app.command("review")
def review_(
    order: OrderArgument, by: ByOption, why: WhyOption, home: HomeOption = DEFAULT_HOME, json: JsonOption = False
) -> None:
    """Look as a second person at what was confirmed; never the one who confirmed it."""
    from interdiction.engine.home import Home
    from interdiction.engine.orders import review
    from interdiction.engine.records import number_of

    with reported(json):
        _told(review(Home.open(home), number_of(order, "O"), by=by, why=why, at=now()), json=json)


@app.command("reject")
def reject_(
    order: OrderArgument, by: ByOption, why: WhyOption, home: HomeOption = DEFAULT_HOME, json: JsonOption = False
) -> None:
    """Decide that a draft is no order to act on."""
    from interdiction.engine.home import Home
    from interdiction.engine.orders import reject
    from interdiction.engine.records import number_of

    with reported(json):
        _told(reject(Home.open(home), number_of(order, "O"), by=by, why=why, at=now()), json=json)


def _weights(home: Home) -> Weights:
    from interdiction.config import Config
    from interdiction.names.weights import Weights

    return Weights.load(Config.read(home.path).weights)


def _row(kept: OrderEvent, decided: OrderEvent | None) -> tuple[object, ...]:
    draft = kept.draft
    act = draft.instrument.value if draft and draft.instrument else ""
    files = ", ".join(source.file for source in draft.sources) if draft else ""
    done = (decided.act.value, decided.by) if decided else ("open", "")
    if done[0] == "confirmed":
        done = ("confirmed, to be reviewed", done[1])
    return (f"O-{kept.order}", f"{kept.at:%Y-%m-%d %H:%M}", act, files, *done)


def _told(event: OrderEvent, *, json: bool) -> None:
    if json:
        envelope("interdict.orders/1", None, [], event)
        return
    line(f"O-{event.order} {event.act.value} by {event.by}")
    for listing, name in zip(event.listings, event.names, strict=True):
        line(f"  {listing}  {name}")
