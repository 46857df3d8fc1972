"""`interdict lookback`: payments decided on before we knew of a listing that was in effect already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    RecordOption,
    ThresholdOption,
    day,
    line,
    now,
    progress,
    reported,
)

if TYPE_CHECKING:
    from interdiction.engine.finds import Find


def lookback(
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Decisions of that day or later; all unless said otherwise.")
    ] = None,
    threshold: ThresholdOption = None,
    record: RecordOption = False,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Look again at kept payments for what took effect before it was in force here. Leaves with 1 when there is any."""
    with reported(json):
        from interdiction.cli.answer import alarms, give
        from interdiction.engine import Engine
        from interdiction.engine.finds import keep, raise_on
        from interdiction.engine.lookback import look_back
        from interdiction.model import Asked

        at = now()
        with progress("lookback") as step, Engine.open(home, progress=step) as engine:
            looked = look_back(engine, since=day(since, "--since"), threshold=threshold, progress=step)
            new = keep(engine, looked, Asked(threshold=threshold), at=at) if record else []
            cases = raise_on(engine, new, at=at) if new else []
            editions = engine.force().editions
            problems, code = alarms(editions, at.date(), engine.config)
        if json:
            result = [{"sentence": one.sentence, "after": one} for one in looked.found]
            give("lookback", None, at, editions, result, problems, looked=looked.looked, **_more(new, cases))
        else:
            from interdiction.cli.show_hits import show_problems

            line(f"{looked.looked:,} decisions on payments looked at, {len(looked.found)} after effect", style="bold")
            for one in looked.found:
                line(f"- {one.sentence}", style="bold red" if one.released else "yellow")
            if record:
                line(f"kept: {len(new)} that were not kept before{f', {new[0].id} to {new[-1].id}' if new else ''}")
            if cases:
                line(f"in {', '.join(f'C-{one}' for one in cases)}: interdict cases list")
            show_problems(problems)
        raise typer.Exit(code or int(bool(looked.found)))


def _more(new: Sequence[Find], cases: Sequence[int]) -> dict[str, list[str]]:
    return {"kept": [one.id for one in new]} | ({"cases": [f"C-{one}" for one in cases]} if cases else {})
