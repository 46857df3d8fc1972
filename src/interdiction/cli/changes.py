"""`interdict changes`: the configuration, roles, emptying and holds under four eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

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
    from interdiction.engine.changes import State
    from interdiction.model.change import HomeChange

app = typer.Typer(
    name="changes",
    help="What takes two people: configuration, roles, emptying records, lifting holds.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
ChangeArgument = Annotated[str, typer.Argument(metavar="CHANGE", help="Such as CH-3.", show_default=False)]
TRIAL = "a trial: nobody has approved this configuration, one person may change it; `interdict changes propose` begins"


@app.command("list")
def list_(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Show what is in force, what differs from it on disk, and every change."""
    with reported(json):
        from interdiction.engine.changes import state
        from interdiction.engine.home import Home

        found = state(Home.open(home))
        if json:
            envelope("interdict.changes.list/1", None, (), found)
            return
        say(found)
        if found.changes:
            table(
                ("change", "kind", "about", "by", "at (UTC)", "stands", "second"),
                [
                    (
                        one.id,
                        one.kind.value,
                        one.about,
                        one.by,
                        f"{one.at:%Y-%m-%d %H:%M}",
                        one.standing.value,
                        one.second,
                    )
                    for one in found.changes
                ],
            )


@app.command()
def show(id_: ChangeArgument, home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Show one change with every line of a file that it alters."""
    with reported(json):
        from interdiction.engine.changes import compare
        from interdiction.engine.home import Home

        change, lines = compare(Home.open(home), _number(id_))
        if json:
            envelope("interdict.changes.show/1", None, (), {"change": change, "lines": lines})
            return
        _tell(change)
        line(f"by {change.by} on {change.at:%Y-%m-%d %H:%M} UTC: {change.why}")
        if change.second:
            word = "rejected" if change.rejected else "approved"
            line(f"{word} by {change.second} on {change.second_at:%Y-%m-%d %H:%M} UTC: {change.second_why}")
        if lines:
            line(lines)


@app.command()
def propose(by: ByOption, why: WhyOption, home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Propose the configuration as it stands on disk. What only makes stricter is in force at once."""
    with reported(json):
        from interdiction.engine import changes
        from interdiction.engine.home import Home

        _given(changes.propose(Home.open(home), by=by, why=why, at=now()), json=json)


@app.command()
def approve(
    id_: ChangeArgument, by: ByOption, why: WhyOption, home: HomeOption = DEFAULT_HOME, json: JsonOption = False
) -> None:
    """Approve what another person proposed, and carry it out. Never the same person."""
    with reported(json):
        from interdiction.engine import changes
        from interdiction.engine.home import Home

        _given(changes.approve(Home.open(home), _number(id_), by=by, why=why, at=now()), json=json)


@app.command()
def reject(
    id_: ChangeArgument, by: ByOption, why: WhyOption, home: HomeOption = DEFAULT_HOME, json: JsonOption = False
) -> None:
    """Reject a change, or take back one's own that is not in force."""
    with reported(json):
        from interdiction.engine import changes
        from interdiction.engine.home import Home

        _given(changes.reject(Home.open(home), _number(id_), by=by, why=why, at=now()), json=json)


@app.command()
def restore(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Write the approved configuration beside the home anew, from the store: after a loss, or in another home."""
    with reported(json):
        from interdiction.engine import changes
        from interdiction.engine.home import Home

        found = changes.restore(Home.open(home))
        if json:
            envelope("interdict.changes.restore/1", None, (), {"approved": found})
            return
        line(TRIAL if found is None else f"the configuration of {found.change} is in force here", "bold")


def say(found: State) -> None:
    """Print how the configuration stands, for people."""
    if found.approved is None:
        line(TRIAL, "bold")
    else:
        line(f"the configuration of {found.approved.change} is in force", "bold")
    for one in found.drift:
        on_disk = "gone from disk" if not one.on_disk else "changed on disk"
        line(f"- {one.name} is {on_disk} and nobody approved that: what was approved stays in force", "yellow")


def _given(change: HomeChange, *, json: bool) -> None:
    if json:
        envelope("interdict.changes/1", None, (), change)
        return
    _tell(change)
    if change.standing.value == "waiting":
        line(f"another person approves it: interdict changes approve {change.id} --by NAME --why TEXT")
    elif change.standing.value == "to review":
        line(f"it is in force; another person reviews it: interdict changes approve {change.id} --by NAME --why TEXT")


def _tell(change: HomeChange) -> None:
    line(f"{change.id}  {change.kind.value}  {change.about}  {change.standing.value}", "bold")


def _number(text: str) -> int:
    from interdiction.engine.records import number_of

    return number_of(text, "CH")
