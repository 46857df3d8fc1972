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
    RecordOption,
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
    record: RecordOption = False,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Decide on payments. Leaves with 1 when any payment is not released."""
    with reported(json):
        from interdiction import payments
        from interdiction.cli.answer import alarms, give
        from interdiction.engine import Engine, decide
        from interdiction.engine.payment import screen_payments
        from interdiction.engine.records import recording
        from interdiction.engine.replay import suppressed_of
        from interdiction.engine.together import together
        from interdiction.model import Asked, Disposition

        at, on = now(), day(as_of, "--as-of")
        known, only = instant(known_at, "--known-at"), chosen(lists)
        read = [payments.read(path) for path in paths]
        with progress("pay") as step, Engine.open(home, progress=step) as engine:
            force = engine.force(on, known_at=known, lists=only)
            policy = engine.policy
            alarmed, code = alarms(force.editions, on or at.date(), engine.config)
            stale = [one.node for one in alarmed if one.code == "stale-list"]
            decisions: list[Decision] = []
            suppressed: list[Hit] = []
            kept: list[int] = []
            for path, (some, whole) in zip(paths, read, strict=True):
                found = screen_payments(engine, force, some, threshold=threshold)
                these = [
                    decide.payment(force, policy, one, on=on or at.date(), stale=stale, problems=whole) for one in found
                ]
                if record:
                    with recording(
                        engine.home,
                        path,
                        command="pay",
                        at=at,
                        on=on or at.date(),
                        asked=Asked(on, known, tuple(sorted(only)), threshold),
                        force=force,
                        policy=policy,
                        stale=stale,
                    ) as recorder:
                        for place, (one, decided) in enumerate(zip(found, these, strict=True)):
                            recorder.payment(place, one.payment, decided, suppressed=suppressed_of(one))
                        recorder.end(read=len(some), screened=len(found))
                    kept += recorder.numbers
                decisions += these
                suppressed += [hit for one in found for hit in suppressed_of(one)]
            clusters = together(force, (hit for one in decisions for hit in one.hits))
        if json:
            records = {"records": [f"D-{number}" for number in kept]} if record else {}
            give("pay", on, at, force.editions, decisions, alarmed, suppressed=suppressed, clusters=clusters, **records)
        else:
            from interdiction.cli.door import out
            from interdiction.cli.show_hits import rests_on, show_problems

            out().print(f"against {rests_on(force.editions, on or at.date())}", style="dim")
            show_decisions(decisions, suppressed)
            show_kept(kept)
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


def show_kept(numbers: Sequence[int]) -> None:
    """Say under which ids decisions were kept."""
    from interdiction.cli.door import line

    if numbers:
        which = f"D-{numbers[0]}" if len(numbers) == 1 else f"D-{numbers[0]} to D-{numbers[-1]}"
        line(f"kept as {which}: interdict decisions show D-{numbers[0]}")


def _not_counted(hit: Hit) -> str:
    if hit.suppressed == "fact":
        return f"not counted: {hit.query_id} is not {hit.matched_name} ({hit.listing}), suppressed by fact: {hit.why}"
    return f"not counted: the weak alias {hit.matched_name} ({hit.listing}) in the text of {hit.query_id}"
