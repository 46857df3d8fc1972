"""`interdict compare`: two names or parties against each other, no list needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import DEFAULT_HOME, HomeOption, JsonOption, ThresholdOption, reported

if TYPE_CHECKING:
    from interdiction.model import Party

SideHelp = 'A name, or a party as JSON: \'{"names": ["..."], "birth_dates": ["1962-02-18"]}\'.'


def compare(
    ours: Annotated[str, typer.Argument(help=SideHelp, show_default=False)],
    theirs: Annotated[str, typer.Argument(help="The other.", show_default=False)],
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="person, organisation, vessel, aircraft or wallet; of both.")
    ] = None,
    threshold: ThresholdOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Say how alike two names or parties are, 0 to 1, why, and whether that is a hit at the threshold of the policy.

    The home gives the scoring numbers and the policy where it has some of its own; it need not exist.
    """
    with reported(json):
        from msgspec.structs import replace

        from interdiction.config import Config
        from interdiction.engine.decide import policy_of
        from interdiction.names.thresholds import Channel, Thresholds
        from interdiction.names.weights import Weights
        from interdiction.screening.asked import problems
        from interdiction.screening.comparison import compare as judge

        sides = [_party(text, kind, where) for text, where in ((ours, "OURS"), (theirs, "THEIRS"))]
        config = Config.read(home)
        asked = policy_of(config).thresholds(Channel.CHECK) if threshold is None else Thresholds.of(threshold)
        # Neither side is on a list: what the policy sets for single lists does not apply.
        found = judge(*sides, threshold=asked.at("", sides[1].kind), weights=Weights.load(config.weights))
        doubts = [
            replace(one, node=f"{where} {one.node}")
            for side, where in zip(sides, ("OURS", "THEIRS"), strict=True)
            for one in problems(side)
        ]
        if json:
            from interdiction.cli.door import envelope

            envelope("interdict.compare/1", None, (), found, doubts, thresholds=str(asked))
            return
        from interdiction.cli.show_hits import show_comparison, show_problems

        show_comparison(found)
        show_problems(doubts)


def _party(text: str, kind: str | None, where: str) -> Party:
    """Read one side. Raises `UsageError` for JSON that is no party, and for a side that nothing is known of."""
    from msgspec.structs import replace

    from interdiction.errors import PartyError, UsageError
    from interdiction.model import Party
    from interdiction.model.written import party_of
    from interdiction.screening.asked import nothing

    try:
        party = party_of(text) if text.lstrip().startswith("{") else Party(names=[text])
        party = party if kind is None else replace(party, kind=Party(kind=kind).kind)
    except PartyError as error:
        raise UsageError(
            error.message, where="--kind" if error.code == "kind" else where, mend=error.mend, code=error.code
        ) from error
    if nothing(party):
        raise UsageError(
            "there is no name to compare and no identifier",
            where=where,
            mend="give a name with a letter or a digit, or an identifier",
            code="no-name",
        )
    return party
