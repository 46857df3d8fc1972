"""`interdict compare`: two names or parties against each other, no list needed."""

from __future__ import annotations

from typing import Annotated

import typer

from interdiction.cli.door import JsonOption, reported


def compare(
    ours: Annotated[str, typer.Argument(help="One name.", show_default=False)],
    theirs: Annotated[str, typer.Argument(help="The other name.", show_default=False)],
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="person, organisation, vessel, aircraft or wallet.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Say how alike two names are and why: 0 to 1, a hit from 0.70 at the default threshold."""
    with reported(json):
        from interdiction.errors import PartyError, UsageError
        from interdiction.screening.comparison import compare as judge

        try:
            found = judge(ours, theirs, kind=kind)
        except PartyError as error:
            raise UsageError(error.message, where="--kind", mend=error.mend, code=error.code) from error
        if json:
            from interdiction.cli.door import envelope

            envelope("interdict.compare/1", None, (), found)
            return
        from rich.text import Text

        from interdiction.cli.door import out

        out().print(Text(f"{found.score:.2f} {found.band.value}", style="bold"))
        for spoke in found.evidence:
            out().print(Text(f"  {spoke.sentence}"))
