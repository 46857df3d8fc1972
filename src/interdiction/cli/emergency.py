"""`interdict lists emergency` and `lists confirmed`: entries of our own, in force at once, that hold."""

from __future__ import annotations

from typing import Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    BornOption,
    CountryOption,
    HomeOption,
    IdentifierOption,
    JsonOption,
    KindOption,
    envelope,
    line,
    now,
    progress,
    reported,
    say_problems,
)


def emergency(
    name: Annotated[str, typer.Argument(help="The name as you know it, in any script.", show_default=False)],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who enters it; it is recorded.", show_default=False)],
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why; it is recorded.", show_default=False)],
    alias: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Another name; repeatable.")] = None,
    kind: KindOption = None,
    born: BornOption = None,
    country: CountryOption = None,
    identifier: IdentifierOption = None,
    into: Annotated[str, typer.Option("--list", metavar="LIST", help="The list of your own.")] = "own-emergency",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Bring a name into force before any list has it. What it hits is held for review, never blocked."""
    from interdiction.cli.check import party_asked
    from interdiction.config import Config
    from interdiction.engine.editions import named
    from interdiction.engine.emergency import enter
    from interdiction.engine.home import Home
    from interdiction.engine.together import prepare
    from interdiction.model import Name
    from interdiction.names.weights import Weights

    with reported(json):
        at = now()
        party = party_asked(name, kind, born or [], country or [], identifier or [])
        if alias:
            from msgspec.structs import replace

            party = replace(party, names=(*party.names, *(Name(one) for one in alias)))
        with progress("entering") as step:
            opened = Home.open(home, create=True)
            entered = enter(opened, [party], why=why, by=by, at=at, list_key=into)
            prepare(opened, Weights.load(Config.read(home).weights), progress=step)
        edition = entered.report.edition
        if json:
            result = {"listings": entered.listings, "edition": edition.id, "by": by, "at": at}
            envelope("interdict.lists.emergency/1", None, [named(edition, at.date())], result, edition.problems)
        else:
            line(f"{entered.listings[0]}: in force since {at.isoformat(timespec='seconds')}, entered by {by}")
            line("what it hits is held or reviewed; nothing is blocked, frozen or reported for it")
            say_problems(edition.problems)


def confirmed(
    by: Annotated[str, typer.Option(metavar="NAME", help="Who enters them; it is recorded.", show_default=False)],
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Bring parties into force that kept decisions found to be listed: their names, accounts, wallets and numbers."""
    from interdiction.config import Config
    from interdiction.engine.confirmed import CONFIRMED, enter_confirmed
    from interdiction.engine.editions import named
    from interdiction.engine.home import Home
    from interdiction.engine.together import prepare
    from interdiction.names.weights import Weights

    with reported(json):
        at = now()
        with progress("entering") as step:
            opened = Home.open(home)
            entered = enter_confirmed(opened, by=by, at=at)
            if entered is not None:
                prepare(opened, Weights.load(Config.read(home).weights), progress=step)
        listings = entered.listings if entered is not None else ()
        if json:
            editions = [named(entered.report.edition, at.date())] if entered is not None else []
            envelope("interdict.lists.confirmed/1", None, editions, {"listings": listings, "by": by, "at": at})
        else:
            line(f"{len(listings)} confirmed parties are new in {CONFIRMED}")
            for one in listings:
                line(f"- {one}")


def take_out(
    entries: Annotated[
        list[str] | None,
        typer.Argument(metavar="ENTRY...", help="Listings, or names that one entry bears; none shows what is out."),
    ] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who takes them out; it is recorded.")] = "",
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why; it is recorded.")] = "",
    out_of: Annotated[str, typer.Option("--list", metavar="LIST", help="The list of your own.")] = "own-emergency",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Take entries out of a list of your own; under four eyes when another person has approved it (`changes`)."""
    from interdiction.config import Config
    from interdiction.engine import taking_out
    from interdiction.engine.editions import named
    from interdiction.engine.home import Home
    from interdiction.engine.together import prepare
    from interdiction.names.weights import Weights

    with reported(json):
        at, editions = now(), []
        opened = Home.open(home)
        if not entries:
            gone = taking_out.taken_out(opened, out_of)
        elif Config.read(home).approved_by:
            asked = taking_out.ask_take_out(opened, entries, by=by, why=why, at=at, list_key=out_of)
            if json:
                envelope("interdict.changes/1", None, (), asked)
                return
            line(f"{asked.id} proposes to take out {asked.about}: it stays in force", "bold")
            line(f"another person approves it: interdict changes approve {asked.id} --by NAME --why TEXT")
            return
        else:
            with progress("taking out") as step:
                left = taking_out.take_out(opened, entries, by=by, why=why, at=at, list_key=out_of)
                prepare(opened, Weights.load(Config.read(home).weights), progress=step)
            gone, editions = list(left.taken_out), [named(left.report.edition, at.date())]
        if json:
            envelope("interdict.lists.take-out/1", None, editions, gone)
        else:
            line(f"{len(gone)} taken out of {out_of}")
            for one in gone:
                line(f"- {one.listing} {one.name}: {one.words}")
