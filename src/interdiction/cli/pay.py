"""`interdict pay`: payments to decisions, each with its reason."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

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


def pay(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH...", help="Messages and tables of payments.", show_default=False),
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    lists: ListsOption = None,
    threshold: ThresholdOption = None,
    record: RecordOption = False,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Print what is screened of each kind of message (PATH names kinds) and stop."),
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Decide on payments. Leaves with 1 when any payment is not released."""
    with reported(json):
        from interdiction.errors import UsageError

        if coverage:
            from interdiction.cli import show_coverage

            show_coverage.coverage([str(kind) for kind in paths or ()], json=json)
            return
        if not paths:
            raise UsageError("no payments are given", where="PATH", mend="name files of payments", code="usage")
        from interdiction import payments
        from interdiction.cli.answer import alarms
        from interdiction.cli.show_payments import Showing, ShownAsJson, ShownAsLines
        from interdiction.engine import Engine, decide
        from interdiction.engine.payment import screen_stream
        from interdiction.engine.records import recording
        from interdiction.engine.replay import suppressed_of
        from interdiction.engine.together import of_listings
        from interdiction.model import Asked, Disposition

        at, on = now(), day(as_of, "--as-of")
        known, only = instant(known_at, "--known-at"), chosen(lists)
        readings = [payments.stream(path) for path in paths]
        stopped = False
        with progress("pay") as step, Engine.open(home, progress=step) as engine:
            force = engine.force(on, known_at=known, lists=only)
            policy = engine.policy
            alarmed, code = alarms(force.editions, on or at.date(), engine.config)
            stale = [one.node for one in alarmed if one.code == "stale-list"]
            whole = sum(one.count or 0 for one in readings)
            asked = Asked(on, known, tuple(sorted(only)), threshold)
            showing: Showing = (ShownAsJson if json else ShownAsLines)(on, at, force.editions, alarmed)
            showing.records = record
            with showing as shown:
                done = 0
                listings: dict[str, None] = {}
                for path, reading in zip(paths, readings, strict=True):
                    keeping = (
                        recording(
                            engine.home,
                            path,
                            command="pay",
                            at=at,
                            on=on or at.date(),
                            asked=asked,
                            force=force,
                            policy=policy,
                            stale=stale,
                        )
                        if record
                        else nullcontext()
                    )
                    count = 0
                    with keeping as recorder:
                        for one in screen_stream(engine, force, reading.payments, threshold=threshold):
                            decided = decide.payment(
                                force, policy, one, on=on or at.date(), stale=stale, problems=reading.problems
                            )
                            suppressed = suppressed_of(one)
                            if recorder is not None:
                                recorder.payment(count, one.payment, decided, suppressed=suppressed)
                            shown.decision(decided, suppressed)
                            listings |= dict.fromkeys(hit.listing for hit in decided.hits)
                            stopped = stopped or decided.disposition is not Disposition.RELEASE
                            count += 1
                            step("payments", done + count, whole)
                        if recorder is not None:
                            recorder.end(read=count, screened=count)
                            shown.kept += recorder.numbers
                    done += count
                shown.clusters = of_listings(force, listings)
        raise typer.Exit(code or int(stopped))
