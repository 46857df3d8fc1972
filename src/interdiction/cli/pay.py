"""`interdict pay`: payments to decisions, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    AsOfOption,
    HomeOption,
    JsonOption,
    KnownAtOption,
    ListsOption,
    ThresholdOption,
    chosen,
    day,
    instant,
    now,
    progress,
    reported,
)

if TYPE_CHECKING:
    from interdiction.model import Decision, Hit

_STYLES = {"block": "bold red", "reject": "red", "retain": "red", "hold": "yellow", "release": "green"}


def pay(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Tables of payments.", show_default=False)],
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    lists: ListsOption = None,
    threshold: ThresholdOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Decide on payments. Leaves with 1 when any payment is not released."""
    with reported(json):
        from interdiction import payments
        from interdiction.cli.answer import alarms, give
        from interdiction.engine import Engine, decide
        from interdiction.engine.payment import screen_payments
        from interdiction.model import Disposition

        at, on = now(), day(as_of, "--as-of")
        read = [payments.read(path) for path in paths]
        with progress("pay") as step, Engine.open(home, progress=step) as engine:
            force = engine.force(on, known_at=instant(known_at, "--known-at"), lists=chosen(lists))
            policy = engine.policy
            alarmed, code = alarms(force.editions, on or at.date(), engine.config)
            stale = [one.node for one in alarmed if one.code == "stale-list"]
            decisions: list[Decision] = []
            suppressed: list[Hit] = []
            for some, whole in read:
                for one in screen_payments(engine, force, some, threshold=threshold):
                    decided = decide.payment(force, policy, one, on=on or at.date(), stale=stale, problems=whole)
                    decisions.append(decided)
                    suppressed += [*(hit for party in one.parties for hit in party.suppressed), *one.text.suppressed]
        if json:
            give("pay", on, at, force.editions, decisions, alarmed, suppressed=suppressed)
        else:
            from interdiction.cli.door import out
            from interdiction.cli.show_hits import rests_on, show_problems

            out().print(f"against {rests_on(force.editions, on or at.date())}", style="dim")
            show_decisions(decisions, suppressed)
            show_problems([*alarmed, *(problem for one in decisions for problem in one.problems)])
        stopped = any(one.disposition is not Disposition.RELEASE for one in decisions)
        raise typer.Exit(code or int(stopped))


def show_decisions(decisions: Sequence[Decision], suppressed: Sequence[Hit] = ()) -> None:
    """Print what happens to each payment, and why."""
    from rich.text import Text

    from interdiction.cli.door import out

    console = out()
    for one in decisions:
        name = one.disposition.value
        console.print(
            Text.assemble((f"{name.upper():<8}", _STYLES[name]), (f"{one.payment:<8} ", "bold"), one.sentence)
        )
    counts = {name: sum(one.disposition.value == name for one in decisions) for name in _STYLES}
    console.print(Text(", ".join(f"{count} {name}" for name, count in counts.items() if count), style="bold"))
    for hit in suppressed:
        console.print(Text(_not_counted(hit), "dim"))


def _not_counted(hit: Hit) -> str:
    if hit.suppressed == "fact":
        return f"not counted: {hit.query_id} is not {hit.matched_name} ({hit.listing}), suppressed by fact: {hit.why}"
    return f"not counted: the weak alias {hit.matched_name} ({hit.listing}) in the text of {hit.query_id}"
