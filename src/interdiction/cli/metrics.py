"""`interdict metrics`: the figures of the work on alerts, for a table, a file or a chart."""

from __future__ import annotations

from datetime import timedelta
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
    from datetime import date

    from interdiction.engine.home import Home
    from interdiction.reports.metrics import Counted, Figure

_DAYS = 30


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
        from interdiction.engine.home import Home
        from interdiction.errors import UsageError
        from interdiction.reports.metrics import figures

        at = now()
        end = day(last, "--to") or at.date()
        begin = day(first, "--from") or end - timedelta(days=_DAYS)
        if begin > end:
            raise UsageError(f"{begin} is after {end}", where="--from", mend="give the earlier day", code="days")
        found = figures(counted(Home.open(home), begin, end), first=begin, last=end, at=at)
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


def counted(home: Home, first: date, last: date) -> Counted:
    """Read what the figures of these days are taken from."""
    from interdiction.cases.clearance import retold
    from interdiction.reports.metrics import Counted
    from interdiction.store import clearances, monitored
    from interdiction.store.cases import Cases
    from interdiction.store.decisions import Decisions
    from interdiction.store.rescreens import rescreens

    with home.reading() as reader:
        connection = reader.connection
        cases = Cases(connection, home.store)
        return Counted(
            cases=cases.cases(),
            entries=cases.entries(),
            clearances=list(retold(clearances.entries(connection, home.store)).values()),
            editions=reader.last_editions(),
            screened=[
                end
                for run, end in Decisions(connection, home.store).runs()
                if end is not None and first <= run.at.date() <= last
            ],
            books=monitored.books(connection, home.store),
            rescreens=rescreens(connection),
        )


def _shown(one: Figure) -> str:
    if one.unit == "share":
        return f"{one.value:.4%}" if 0 < one.value < 0.01 else f"{one.value:.1%}"
    return f"{one.value:,.0f}" if one.value == int(one.value) else f"{one.value:,.1f}"


def _write(found: list[Figure], output: Path) -> None:
    import polars as pl

    from interdiction.tables import write

    rows = [(one.measure, one.of, one.value, one.unit, one.over) for one in found]
    schema = {"measure": pl.String, "of": pl.String, "value": pl.Float64, "unit": pl.String, "over": pl.Int64}
    write(pl.DataFrame(rows, schema=schema, orient="row"), output)
