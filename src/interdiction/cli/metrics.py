"""`interdict metrics`: the figures of the work on alerts, for a table, a file or a chart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    day,
    envelope,
    line,
    now,
    reported,
    table,
)

if TYPE_CHECKING:
    from interdiction.reports.metrics import Figure


def metrics(
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The first day (30 days ago).", show_default=False)
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="The last day (today).", show_default=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write them: .csv .parquet .jsonl .xlsx")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Tell alerts, false hits, times, ages and coverage."""
    with reported(json):
        from interdiction.desk.figures import days, figures_of
        from interdiction.engine.home import Home

        at = now()
        begin, end = days(day(first, "--from"), day(last, "--to"), at)
        found = figures_of(Home.open(home), begin, end, at)
        if output is not None:
            _write(found, output)
        if json:
            envelope("interdict.metrics/1", None, (), found, first=begin, last=end)
            return
        line(f"{begin} to {end}", "bold")
        table(
            ("measure", "of", "value", "unit", "over"),
            [(one.measure, one.of, _shown(one), one.unit, f"{one.over:,}") for one in found],
        )
        if output is not None:
            line(f"written to {output}")


def _shown(one: Figure) -> str:
    if one.unit == "share":
        return f"{one.value:.4%}" if 0 < one.value < 0.01 else f"{one.value:.1%}"
    return f"{one.value:,.0f}" if one.value == int(one.value) else f"{one.value:,.1f}"


def _write(found: list[Figure], output: Path) -> None:
    from interdiction.desk.figures import table_of
    from interdiction.tables import write

    write(table_of(found), output)
