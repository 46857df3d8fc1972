"""`interdict rescreen`: the whole book against what is in force now, with proof that every customer was screened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    RecordOption,
    ThresholdOption,
    envelope,
    line,
    now,
    progress,
    reported,
    table,
)
from interdiction.cli.screen import ColumnOption, column_choices

if TYPE_CHECKING:
    from interdiction.engine.daily import Rescreened

_SHOWN = 20
_INCOMPLETE = 3


def rescreen(
    book: Annotated[Path, typer.Argument(help="CSV, Parquet, JSON Lines or Excel.", show_default=False)],
    expect: Annotated[
        int | None, typer.Option(metavar="N", help="How many customers there are by the system the book comes from.")
    ] = None,
    source: Annotated[str, typer.Option(metavar="NAME", help="Where the book comes from (the file's name).")] = "",
    column: ColumnOption = None,
    threshold: ThresholdOption = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write one row per hit: .csv .parquet .jsonl .xlsx"),
    ] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who runs it; it is recorded.")] = "",
    record: RecordOption = False,
    threads: Annotated[int, typer.Option(help="0 means every processor.", min=0, max=256)] = 0,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Screen every customer again, or go on with what was interrupted. Exit 1: new hits; 3: not complete."""
    with reported(json):
        from interdiction.cli.answer import alarms, give
        from interdiction.cli.door import worse
        from interdiction.engine import Engine
        from interdiction.engine.daily import pair
        from interdiction.engine.daily import rescreen as run

        at = now()
        with progress("rescreen") as step, Engine.open(home, progress=step) as engine:
            done = run(
                engine,
                book,
                clock=now,
                source=source,
                columns=column_choices(column),
                expected=expect,
                threshold=threshold,
                by=by,
                record=record,
                threads=threads,
                progress=step,
            )
            editions = engine.force().editions
            problems, code = alarms(editions, at.date(), engine.config)
        ended = done.ended
        if output is not None:
            _write(done, output)
        if json:
            new = set(ended.new)
            hits = [hit for found in done.found for hit in found.hits if ended.since is None or pair(hit) in new]
            proof = {"begun": done.begun, "proof": ended, "resumed": done.resumed}
            give("rescreen", None, at, editions, hits, problems, **proof, **_raised(done))
        else:
            from interdiction.cli.show_hits import show_problems

            _show(done, output)
            show_problems(problems)
        fresh = bool(ended.new) if ended.since is not None else bool(ended.hits)
        code = worse(code, 0 if ended.complete else _INCOMPLETE)
        raise typer.Exit(worse(code, int(fresh)))


def rescreens(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Say of each book when it was last rescreened whole, and whether that is due. Exit 1: one is due."""
    with reported(json):
        from interdiction.engine.daily import due
        from interdiction.engine.home import Home
        from interdiction.store.rescreens import rescreens as kept

        at = now()
        with Home.open(home).reading() as reader:
            several = kept(reader.connection)
            came = max((edition.known_at for edition in reader.last_editions()), default=None)
        last: dict[str, Any] = {}
        for begun, ended in several:
            last.setdefault(begun.source, (begun, ended, due(begun, ended, at.date(), came)))
        if json:
            result = [{"begun": begun, "ended": ended, "due": why} for begun, ended, why in last.values()]
            envelope("interdict.rescreens/1", None, [], result)
        else:
            rows = (
                (
                    f"R-{begun.number}",
                    begun.source,
                    f"{begun.begun_at:%Y-%m-%d %H:%M}",
                    f"{ended.ended_at:%Y-%m-%d %H:%M}" if ended else "",
                    begun.rows,
                    ended.screened if ended else "",
                    ended.hits if ended else "",
                    why or "done",
                )
                for begun, ended, why in last.values()
            )
            table(("number", "source", "begun", "ended", "customers", "screened", "hits", "state"), rows)
        raise typer.Exit(int(any(why for *_, why in last.values())))


def _show(done: Rescreened, output: Path | None) -> None:
    begun, ended = done.begun, done.ended
    line(f"R-{begun.number}: {begun.source} ({begun.file}, sha256 {begun.sha256[:16]}…)")
    resumed = f", {done.resumed:,} of them before it was interrupted" if done.resumed else ""
    behind = f" and {ended.behind:,} parties behind them" if begun.behind else ""
    line(f"{ended.read:,} customers read, {ended.screened:,} screened{behind}{resumed}")
    for doubt in ended.doubts:
        line(f"! {doubt}", style="bold red")
    if ended.complete:
        line("complete: every customer went through the screener", style="green")
    editions = ", ".join(one.edition for one in begun.editions)
    line(f"{ended.hits:,} hits of {ended.customers_with_hits:,} customers against {editions}")
    if ended.cleared:
        line(f"{ended.cleared:,} hits cleared: interdict clearances list", style="dim")
    if ended.since is not None:
        line(f"{len(ended.new)} new and {len(ended.gone)} gone since R-{ended.since}", style="bold")
        for customer, listing, role in ended.new[:_SHOWN]:
            line(f"+ {customer}{f' ({role})' if role else ''}: {listing}")
        for customer, listing, role in ended.gone[:_SHOWN]:
            line(f"- {customer}{f' ({role})' if role else ''}: {listing}")
    if done.raised.cases:
        line(f"kept as {_span('D', done.raised.records)}, in {_span('C', done.raised.cases)}: interdict cases list")
    if done.reviews:
        line(f"listed no more, to be reviewed: {_span('C', done.reviews)}", style="bold")
    if output is not None:
        line(f"hits written to {output}")


def _raised(done: Rescreened) -> dict[str, Any]:
    if not done.raised.records and not done.reviews:
        return {}
    return {
        "records": [f"D-{one}" for one in done.raised.records],
        "cases": [f"C-{one}" for one in done.raised.cases],
        "reviews": [f"C-{one}" for one in done.reviews],
    }


def _span(letter: str, numbers: Sequence[int]) -> str:
    first, last = numbers[0], numbers[-1]
    return f"{letter}-{first}" if first == last else f"{letter}-{first} to {letter}-{last}"


def _write(done: Rescreened, output: Path) -> None:
    import polars as pl

    from interdiction.tables import write

    new = set(done.ended.new)
    rows = [
        {
            "query_id": hit.query_id,
            "row": found.row,
            "role": hit.related or "",
            "listing": hit.listing,
            "listed_name": hit.listed_name,
            "score": hit.score,
            "band": hit.band.value,
            "basis": hit.basis.value,
            "why": hit.why,
            "new": done.ended.since is None or (hit.query_id, hit.listing, hit.related or "") in new,
        }
        for found in done.found
        for hit in found.hits
    ]
    names = ("query_id", "role", "listing", "listed_name", "band", "basis", "why")
    schema: dict[str, Any] = dict.fromkeys(names, pl.String) | {"row": pl.Int64, "score": pl.Float64, "new": pl.Boolean}
    write(pl.DataFrame(rows, schema=schema), output)
