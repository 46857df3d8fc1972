"""The figures of the work on alerts, taken from a home."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from interdiction.cases.clearance import retold
from interdiction.errors import UsageError
from interdiction.reports.metrics import Counted, Figure, figures
from interdiction.store import clearances, monitored
from interdiction.store.cases import Cases
from interdiction.store.decisions import Decisions
from interdiction.store.rescreens import rescreens

if TYPE_CHECKING:
    from interdiction.engine.home import Home

_DAYS: Final = 30


def days(first: date | None, last: date | None, at: datetime) -> tuple[date, date]:
    """Give the days that are told of, the thirty before `at` unless said. Raises `UsageError` (`days`)."""
    end = last or at.date()
    begin = first or end - timedelta(days=_DAYS)
    if begin > end:
        raise UsageError(f"{begin} is after {end}", where="--from", mend="give the earlier day", code="days")
    return begin, end


def figures_of(home: Home, first: date, last: date, at: datetime) -> list[Figure]:
    """Give the figures of the days from `first` to `last`; ages are told as of `at`."""
    return figures(counted(home, first, last), first=first, last=last, at=at)


def counted(home: Home, first: date, last: date) -> Counted:
    """Read what the figures of these days are taken from."""
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


def table_of(found: list[Figure]) -> pl.DataFrame:
    """Give figures as a table: measure, of, value, unit, over."""
    rows = [(one.measure, one.of, one.value, one.unit, one.over) for one in found]
    schema = {"measure": pl.String, "of": pl.String, "value": pl.Float64, "unit": pl.String, "over": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")
