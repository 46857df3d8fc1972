"""`interdict screen`: a whole book of customers against the lists in force."""

from __future__ import annotations

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
    from collections.abc import Mapping, Sequence
    from datetime import date

    from interdiction.engine.book import BookHits
    from interdiction.engine.pieces import Screening
    from interdiction.engine.tied import Tied
    from interdiction.lists.clusters import Cluster
    from interdiction.tables import Book

_SHOWN = 20

ColumnOption = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=HEADER", help="Where a field stands, such as name=KUNDE; repeatable."),
]

BookKindOption = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help="What the rows are that do not say it: person, organisation, ..."),
]


def screen(
    book: Annotated[Path, typer.Argument(help="CSV, Parquet, JSON Lines or Excel.", show_default=False)],
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    lists: ListsOption = None,
    threshold: ThresholdOption = None,
    column: ColumnOption = None,
    kind: BookKindOption = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write one row per hit: .csv .parquet .jsonl .xlsx"),
    ] = None,
    suppressed: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what only facts took below the threshold, in the form of the hits."),
    ] = None,
    record: RecordOption = False,
    threads: Annotated[int, typer.Option(help="0 means every processor.", min=0, max=256)] = 0,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Screen every row of a book. Leaves with 1 when there are hits; rows with problems are screened all the same."""
    with reported(json):
        from interdiction.cli.answer import alarms, give
        from interdiction.engine import Engine
        from interdiction.engine.book import table_of, with_tied
        from interdiction.engine.customers import record_book
        from interdiction.engine.pieces import screen_pieces
        from interdiction.engine.together import together
        from interdiction.model import Asked
        from interdiction.tables import read_pieces, write

        at, on = now(), day(as_of, "--as-of")
        choices = column_choices(column)
        # What is kept as decided on is read again from its bytes, all at once: then nothing is won by pieces.
        pieces = read_pieces(book, columns=choices, kind=kind, whole=record)
        with progress("screen") as step, Engine.open(home, progress=step) as engine:
            known, only = instant(known_at, "--known-at"), chosen(lists)
            screening = screen_pieces(
                engine,
                pieces,
                on,
                at=at,
                known_at=known,
                lists=only,
                threshold=threshold,
                threads=threads,
                progress=step,
                keep=record,
            )
            found, tied, customers = screening.found, screening.tied, screening.book
            force = engine.force(on, known_at=known, lists=only)
            clusters = together(force, (hit for _, some in found.hits for hit in some))
            below_too = together(force, (hit for _, some in found.suppressed for hit in some)) if suppressed else ()
            problems, code = alarms(found.editions, on or at.date(), engine.config)
            kept: list[int] = []
            if record:
                asked = Asked(on, known, tuple(sorted(only)), threshold, column_choices(column))
                stale = [one.node for one in problems if one.code == "stale-list"]
                kept = record_book(engine, force, customers, found, book, asked, at=at, stale=stale)
        if output is not None:
            write(table_of(customers, with_tied(found, tied), clusters=clusters), output)
        if suppressed is not None:
            write(table_of(customers, found, suppressed=True, clusters=below_too), suppressed)
        if json:
            summary = _summary(screening)
            if record:
                summary |= {"records": [f"D-{number}" for number in kept]}
            hits = [hit for _, some in found.hits for hit in some]
            said = [*problems, *found.problems]
            more = {"jurisdictions": [hit for _, some in tied for hit in some]} if tied else {}
            give("screen", on, at, found.editions, hits, said, summary=summary, clusters=clusters, **more)
        else:
            from interdiction.cli.show_hits import show_problems
            from interdiction.cli.show_payments import show_kept

            _show(screening, clusters, on or at.date(), output, suppressed)
            show_kept(kept)
            show_problems([*problems, *found.problems])
        raise typer.Exit(code or (1 if found.hits or tied else 0))


def _summary(screening: Screening) -> dict[str, object]:
    """Count what was read, found, taken away and left without a kind."""
    found = screening.found
    below = sum(len(some) for _, some in found.suppressed)
    summary: dict[str, object] = {"rows": found.rows, "rows_with_hits": len(found.hits), "bands": found.bands()}
    summary |= {"suppressed_by_fact": below, "thresholds": str(found.threshold)}
    summary |= {"cleared": cleared_by(found)} if found.cleared else {}
    summary |= {"rows_without_kind": screening.silent, "rows_tied_to_places": len(screening.tied)}
    if screening.behind is not None:
        summary |= {"parties_behind_customers": screening.behind}
    return summary


def cleared_by(found: BookHits) -> list[str]:
    """Say of each hit that a clearance suppressed whose it is and which clearance it was."""
    return [f"{hit.query_id}: {hit.why}" for _, some in found.cleared for hit in some]


def _listings(listing: str, of: Mapping[str, Cluster]) -> str:
    """Name a listing, and those of other lists that are the same party."""
    cluster = of.get(listing)
    others = [one for one in cluster.listings if one != listing] if cluster is not None else []
    return "\n= ".join([listing, *others])


def column_choices(chosen: list[str] | None) -> dict[str, str]:
    """Read `--column` options. Raises `UsageError` (code `column`) for one without an equals sign."""
    from interdiction.errors import UsageError

    choices = {}
    for text in chosen or []:
        field, equals, header = text.partition("=")
        if not equals or not field.strip() or not header.strip():
            raise UsageError(
                f"not a choice of column: {text!r}", where="--column", mend="write name=KUNDE", code="column"
            )
        choices[field.strip().lower()] = header.strip()
    return choices


def kind_unknown(rows: int) -> str:
    """Say that rows do not tell what they are, what follows and how to mend it."""
    return (
        f"{rows:,} rows do not say whether they are people, firms or ships, and were compared with all of them, which "
        "alerts far more often: --kind person, or a column `kind`, says it"
    )


def _show_tied(customers: Book, tied: Tied) -> None:
    from interdiction.cli.door import line

    if tied:
        line(f"{len(tied)} rows tied to a place or a government that no list names", style="bold")
    for at, hits in tied[:_SHOWN]:
        for hit in hits[:1]:
            line(f"- {customers.columns['row'][at]} {hit.query_id}: {hit.listing}, {hit.listed_name}: {hit.why}")


def _show(
    screening: Screening,
    clusters: Sequence[Cluster],
    on: date,
    output: Path | None,
    suppressed: Path | None,
) -> None:
    from rich.text import Text

    from interdiction.cli.door import out, table
    from interdiction.cli.show_hits import rests_on

    customers, found, tied = screening.book, screening.found, screening.tied
    of = {listing: cluster for cluster in clusters for listing in cluster.listings}
    hits = sum(len(some) for _, some in found.hits)
    behind = f" with {screening.behind} parties behind them" if screening.behind is not None else ""
    bands = ", ".join(f"{count} {band}" for band, count in found.bands().items())
    out().print(Text(f"against {rests_on(found.editions, on)}", style="dim"))
    out().print(
        Text(
            f"{found.rows} rows{behind} screened, {len(found.hits)} with hits{f' ({bands} at best)' if bands else ''}",
            style="bold",
        )
    )
    shown = [(customers.columns["row"][at], hit) for at, some in found.hits for hit in some[:1]][:_SHOWN]
    if shown:
        table(
            ("row", "id", "score", "band", "listing", "listed name", "why"),
            [
                (
                    row,
                    hit.query_id,
                    f"{hit.score:.2f}",
                    hit.band.value,
                    _listings(hit.listing, of),
                    hit.listed_name,
                    hit.why,
                )
                for row, hit in shown
            ],
        )
    if output is not None:
        placed = sum(len(some) for _, some in tied)
        out().print(Text(f"{hits} hits written to {output}{f', and {placed} ties to places' if placed else ''}"))
    elif hits > len(shown):
        out().print(Text(f"and {hits - len(shown)} more hits; -o FILE writes them all"))
    _show_tied(customers, tied)
    away = cleared_by(found)
    if away:
        out().print(Text(f"{len(away)} hit{'s' if len(away) > 1 else ''} cleared:", style="dim"))
        for text in away[:_SHOWN]:
            out().print(Text(f"  {text}", style="dim"))
    if screening.silent:
        out().print(Text(kind_unknown(screening.silent), style="dim"))
    below = sum(len(some) for _, some in found.suppressed)
    if below:
        where = f"written to {suppressed}" if suppressed else "--suppressed FILE writes them"
        out().print(Text(f"{below} pairs suppressed by fact: their names alone are hits; {where}", style="dim"))
