"""`interdict cases`: the queue of what waits for a person, one case with its trail, samples of closed ones."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli import case_steps
from interdiction.cli.case_done import outcome_of, said_in, stepped
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

if TYPE_CHECKING:
    from interdiction.engine.casework import CaseFile, Waiting
    from interdiction.model.case import Case

app = typer.Typer(help="Cases: what waits for a person, who does what with it, and who approves it.")
case_steps.register(app)


class Show(StrEnum):
    """Which cases are listed."""

    OPEN = "open"
    WAITING = "waiting"
    ASKED = "asked"
    CLOSED = "closed"
    WORK = "work"
    ALL = "all"


@app.command("list")
def list_(
    state: Annotated[
        Show, typer.Option("--state", help="open, waiting (for a second person), asked, closed, work, all.")
    ] = Show.WORK,
    subject: Annotated[
        str | None, typer.Option("--of", metavar="NAME", help="Those of one customer or payment.", show_default=False)
    ] = None,
    assigned: Annotated[
        str | None, typer.Option("--assigned", metavar="NAME", help="Those somebody has.", show_default=False)
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Those whose time is over.")] = False,
    most: Annotated[int, typer.Option("--most", help="So many, the most pressing.", min=1)] = 50,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """List cases, the most pressing first; as shipped those somebody has to do something with."""
    with reported(json):
        from interdiction.cases.people import same
        from interdiction.engine.casework import queue
        from interdiction.engine.home import Home
        from interdiction.model.case import CaseState

        at = now()
        work = [CaseState.OPEN, CaseState.WAITING, CaseState.ASKED]
        states = work if state is Show.WORK else [] if state is Show.ALL else [CaseState(state.value)]
        found = [
            one
            for one in queue(Home.open(home), at, states=states, subject=subject)
            if (assigned is None or same(one.case.assignee, assigned))
            and (not overdue or (one.priority.due < at and one.case.state is not CaseState.CLOSED))
        ]
        if json:
            envelope("interdict.cases.list/1", None, (), found[:most])
            return
        table(
            ("id", "press", "due (UTC)", "state", "of", "listing", "band", "has it", "why"),
            [_row(one) for one in found[:most]],
        )
        if len(found) > most:
            line(f"and {len(found) - most} more; --most shows them")


def _row(one: Waiting) -> tuple[object, ...]:
    case, place = one.case, one.priority
    first = next((pair for pair in case.pairs if not pair.settled), case.pairs[0])
    more = f" +{len(case.pairs) - 1}" if len(case.pairs) > 1 else ""
    return (
        case.id,
        place.level.name.lower(),
        f"{place.due:%Y-%m-%d %H:%M}",
        case.state.value,
        case.subject,
        f"{first.listing}{more}",
        first.band.value if first.basis else "",
        case.assignee,
        place.why,
    )


@app.command()
def show(id_: case_steps.CaseArgument, home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Show one case: what spoke, what was said, every step, and what was decided on the same pair before."""
    with reported(json):
        from interdiction.engine.casework import file_of
        from interdiction.engine.home import Home
        from interdiction.engine.records import number_of

        found = file_of(Home.open(home), number_of(id_, "C"), now())
        if json:
            envelope("interdict.cases.show/1", None, (), found)
            return
        _told(found)


def _told(found: CaseFile) -> None:
    case = found.case
    line(f"{case.id}  {case.state.value.upper()}  {case.subject_kind.value} {case.subject}", "bold")
    line(f"due {found.priority.due:%Y-%m-%d %H:%M} UTC ({found.priority.why}); {_has(case)}")
    for pair in case.pairs:
        roles = f" as {', '.join(pair.roles)}" if pair.roles else ""
        hit = f" {pair.listed_name}: {pair.score:.2f} {pair.band.value}{roles}" if pair.basis else ""
        line(f"- {pair.listing}{hit}: {pair.why}")
        alerts = f"{pair.alerts} alert{'s' if pair.alerts > 1 else ''}"
        line(f"  {outcome_of(pair)}; {', '.join(f'D-{one}' for one in pair.records)}, {alerts}")
    for asked in case.requests:
        state = f"answered: {asked.answer}" if asked.answer else f"due {asked.due:%Y-%m-%d %H:%M} UTC"
        line(f"  asked {asked.of}: {asked.text} ({state})")
    for file in case.attachments:
        line(f"  file {file.name}, {file.size} bytes, sha256 {file.sha256[:16]}…, from {file.by}")
    if case.pending:
        line(f"! decided and not carried out: interdict cases carry-out {case.id}", "bold red")
    line("")
    for entry in found.entries:
        line(f"{entry.place:>3}  {entry.at:%Y-%m-%d %H:%M}  {entry.by or 'interdict'}: {said_in(entry)}")
    for other in found.earlier:
        for one in other.pairs:
            if case.pair(one.listing) is not None:
                line(f"before: {other.id} {one.listing}: {outcome_of(one)}", "dim")


def _has(case: Case) -> str:
    return f"{case.assignee} has it" if case.assignee else "nobody has it"


@app.command()
def sample(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the draw is called, such as 2026-11.")],
    share: Annotated[
        float | None, typer.Option("--share", help="The share of the closed cases (cases.yml).", show_default=False)
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who draws.", show_default=False)] = "",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Draw closed cases that somebody without a part in them looks at again. The same name draws the same ones."""
    with reported(json):
        from interdiction.engine.casework import draw
        from interdiction.engine.home import Home

        found = draw(Home.open(home), name, at=now(), by=by, share=share)
        if json:
            envelope("interdict.cases.sample/1", None, (), found)
            return
        for case in found:
            looked = f"looked at by {', '.join(case.reviewed)}" if case.reviewed else "to be looked at"
            line(f"{case.id}  {case.subject}  {looked}")
        line(f"{len(found)} drawn", "bold")


@app.command()
def review(
    id_: case_steps.CaseArgument,
    by: ByOption,
    why: WhyOption,
    agrees: Annotated[bool, typer.Option("--agree/--disagree", help="Who disagrees opens the case again.")] = True,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Look at a case that was drawn; nobody who had a part in it may."""
    from interdiction.model.case import Reviewed

    stepped(id_, Reviewed(agrees, why), by, home, json=json)


@app.command()
def reasons(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Tell the reasons that may be given, and what each may be given for."""
    with reported(json):
        from interdiction.engine.case_rules import rules_of

        rules, _ = rules_of(home)
        if json:
            envelope("interdict.cases.reasons/1", None, (), rules.reasons)
            return
        table(
            ("reason", "for", "says"),
            [(one.id, ", ".join(for_.value for for_ in one.for_), one.text) for one in rules.reasons],
        )
