"""The steps of `interdict cases`: each is taken by a named person, kept, and what it decides is carried out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interdiction.cli.case_done import carried, stepped, take, tell, waiting_in
from interdiction.cli.decisions import Said
from interdiction.cli.door import (
    DEFAULT_HOME,
    ByOption,
    HomeOption,
    JsonOption,
    WhyOption,
    envelope,
    line,
    now,
    reported,
    table,
)

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="Such as C-7.", show_default=False)]
ListingArgument = Annotated[str, typer.Argument(metavar="LISTING", help="Such as ofac-sdn:9345.", show_default=False)]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="CODE", help="`interdict cases reasons` tells them.")]
_IN_WORDS = "in-words"


def open_(
    record: Annotated[str, typer.Argument(metavar="DECISION", help="Such as D-12.", show_default=False)],
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Open a case on a decision that was kept before there were cases."""
    with reported(json):
        from interdiction.engine.casework import open_on
        from interdiction.engine.home import Home
        from interdiction.engine.records import number_of

        tell(open_on(Home.open(home), number_of(record), now()), (), json=json)


def assign(
    id_: CaseArgument,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Whom; empty: nobody.", show_default=False)],
    by: ByOption,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Give a case to somebody."""
    from interdiction.model.case import Assigned

    stepped(id_, Assigned(to), by, home, json=json)


def comment(
    id_: CaseArgument,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="What is written down.", show_default=False)],
    by: ByOption,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Write something down in a case, open or closed."""
    from interdiction.model.case import Commented

    stepped(id_, Commented(text), by, home, json=json)


def attach(
    id_: CaseArgument,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A document.", show_default=False)],
    by: ByOption,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Put a document to a case; its bytes are kept under their hash."""
    with reported(json):
        from interdiction.engine.casework import attach as put
        from interdiction.engine.home import Home
        from interdiction.engine.records import number_of

        tell(put(Home.open(home), number_of(id_, "C"), path, by=by, at=now()), (), json=json)


def ask(
    id_: CaseArgument,
    of: Annotated[str, typer.Option("--of", metavar="WHOM", help="Who is asked.", show_default=False)],
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="What is asked.", show_default=False)],
    by: ByOption,
    days: Annotated[int, typer.Option("--days", help="Days until it is due; 0: those of the rules.", min=0)] = 0,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Ask somebody for information, with a day by which it is due; what is undetermined needs that."""
    from interdiction.model.case import Asked

    stepped(id_, Asked(of, text, days), by, home, json=json)


def answer(
    id_: CaseArgument,
    request: Annotated[int, typer.Argument(metavar="REQUEST", help="Its number in the case.", min=1)],
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="What came.", show_default=False)],
    by: ByOption,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Put an answer to its request; what it means is still for somebody to say."""
    from interdiction.model.case import Answered

    stepped(id_, Answered(request, text), by, home, json=json)


def decide(
    id_: CaseArgument,
    listing: ListingArgument,
    by: ByOption,
    why: WhyOption,
    outcome: Annotated[Said | None, typer.Option("--outcome", help="Is it them?", show_default=False)] = None,
    release: Annotated[bool, typer.Option("--release", help="It is them: let go of it all the same.")] = False,
    licence: Annotated[
        str, typer.Option("--licence", metavar="ID", help="The licence that covers it.", show_default=False)
    ] = "",
    reason: ReasonOption = _IN_WORDS,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Say whether it is them. True blocks at once; what lets go waits for a second person."""
    with reported(json):
        from interdiction.errors import UsageError
        from interdiction.model import Outcome
        from interdiction.model.case import Decided, ReleaseAsked

        if (outcome is None) is not release:
            raise UsageError(
                "one of the two is said: an outcome, or that a true match is released",
                where="--outcome",
                mend="add --outcome true, false or undetermined, or --release",
                code="nothing-said",
            )
    if outcome is None:
        stepped(id_, ReleaseAsked(listing, reason, why, licence), by, home, json=json)
    else:
        stepped(id_, Decided(listing, Outcome(outcome.value), reason, why), by, home, json=json)


def approve(
    id_: Annotated[str | None, typer.Argument(metavar="[CASE]", help="Such as C-7.", show_default=False)] = None,
    listing: Annotated[
        str | None, typer.Argument(metavar="[LISTING]", help="The only one that waits, unless said.")
    ] = None,
    by: ByOption = "",
    why: WhyOption = "",
    same: Annotated[
        str, typer.Option("--same", metavar="HASH", help="All that was proposed under one preview of close-same.")
    ] = "",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Approve what another person proposed, or review what another person blocked. Never the same person."""
    from interdiction.model.case import Approved

    with reported(json):
        from interdiction.engine.home import Home

        waiting = waiting_in(Home.open(home), id_, listing, same)
        take([(number, Approved(of, why)) for number, of in waiting], by, home, json=json, several=bool(same))


def decline(
    id_: CaseArgument,
    by: ByOption,
    why: WhyOption,
    listing: Annotated[
        str | None, typer.Argument(metavar="[LISTING]", help="The only one that waits, unless said.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Drop what was proposed: what was in effect stays so."""
    from interdiction.model.case import Declined

    with reported(json):
        from interdiction.engine.home import Home

        waiting = waiting_in(Home.open(home), id_, listing, "")
        take([(number, Declined(of, why)) for number, of in waiting], by, home, json=json)


def reopen(
    id_: CaseArgument, by: ByOption, why: WhyOption, home: HomeOption = DEFAULT_HOME, json: JsonOption = False
) -> None:
    """Work on a closed case again. What was blocked or released stays so until somebody acts anew."""
    from interdiction.model.case import Reopened

    stepped(id_, Reopened(why), by, home, json=json)


def carry_out(id_: CaseArgument, home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Put into effect what was decided and could not be, because the program was interrupted."""
    with reported(json):
        from interdiction.engine.records import number_of

        number = number_of(id_, "C")
        case, made = carried([number], home)[number]
        tell(case, made, json=json)


def close_same(
    id_: CaseArgument,
    listing: ListingArgument,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who proposes it.", show_default=False)] = "",
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why, for the record.", show_default=False)] = "",
    reason: ReasonOption = _IN_WORDS,
    accept: Annotated[
        str, typer.Option("--accept", metavar="HASH", help="The hash of the preview.", show_default=False)
    ] = "",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Show the open cases on which exactly the same speaks; with --accept, propose that it is not them in all."""
    with reported(json):
        from interdiction.engine import casework
        from interdiction.engine.home import Home
        from interdiction.engine.records import number_of

        opened, number = Home.open(home), number_of(id_, "C")
        if accept:
            closed = casework.close_same(
                opened, number, listing, accept=accept, reason=reason, why=why, by=by, at=now()
            )
            if json:
                envelope("interdict.cases.close-same/1", None, (), closed)
                return
            line(f"{len(closed)} cases proposed as false, they wait for a second person", "bold")
            line(f"interdict cases approve --same {accept} --by NAME --why TEXT")
            return
        found = casework.same_as(opened, number, listing)
        if json:
            envelope("interdict.cases.close-same/1", None, (), found)
            return
        table(("case", "of", "our name"), [(f"C-{one.case}", one.subject, one.ours) for one in found.pairs])
        line(f"{len(found.pairs)} cases on which the same speaks against {listing}; --accept {found.hash} proposes all")


def register(app: typer.Typer) -> None:
    """Add the steps to the commands of `interdict cases`."""
    for name, command in (
        ("open", open_),
        ("assign", assign),
        ("comment", comment),
        ("attach", attach),
        ("ask", ask),
        ("answer", answer),
        ("decide", decide),
        ("approve", approve),
        ("decline", decline),
        ("reopen", reopen),
        ("carry-out", carry_out),
        ("close-same", close_same),
    ):
        app.command(name)(command)
