"""`interdict report`: what is owed to an authority by which day, made, filed, and kept with its receipt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    ByOption,
    HomeOption,
    JsonOption,
    day,
    envelope,
    line,
    now,
    reported,
    table,
)
from interdiction.cli.money import RateOption, exchange_rates

if TYPE_CHECKING:
    from interdiction.reports.facts import State

app = typer.Typer(help="Reports to authorities: what is owed and by when, made, filed with their receipts.")

OutputOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help=".html, .xlsx, .csv or .json.", show_default=False),
]


def state_at(home: Path) -> State:
    """Give what the reports of a home are made from."""
    from interdiction.config import Config
    from interdiction.desk.state import state_of
    from interdiction.engine.decide import policy_of
    from interdiction.engine.home import Home

    return state_of(Home.open(home), policy_of(Config.read(home)))


@app.command("list")
def list_(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """List the reports that were made, and whether they were filed."""
    with reported(json):
        from interdiction.engine.blocked import books
        from interdiction.engine.home import Home

        with books(Home.open(home)) as stored:
            filings, receipts = stored.filings(), {one.filing: one for one in stored.receipts()}
        if json:
            found = [{"filing": one, "receipt": receipts.get(one.number)} for one in filings]
            envelope("interdict.report.list/1", None, (), found)
            return
        rows = []
        for one in filings:
            proof = receipts.get(one.number)
            done = f"{proof.on} {proof.receipt}" if proof else "not filed"
            rows.append((one.id, one.kind, ", ".join(one.subjects), one.due or "at once", done, len(one.gaps)))
        table(("id", "report", "about", "due", "filed", "gaps"), rows)


@app.command()
def due(
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="At the end of that day.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also what was filed, and what is excepted.")] = False,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Say which reports are owed, for what, and by which day. Leaves with 1 when one is late."""
    with reported(json):
        from interdiction.reports.due import Stage, owed

        today = day(on, "--on") or now().date()
        found = owed(state_at(home), today)
        open_ = [one for one in found if one.stage in {Stage.OWED, Stage.MADE}]
        shown = found if every else open_
        if json:
            envelope("interdict.report.due/1", today, (), shown)
        else:
            table(
                ("by", "", "report", "about", "stage", "why"),
                [
                    (one.by or "at once", "LATE" if one.late else "", one.kind, one.subject, one.stage.value, one.why)
                    for one in shown
                ],
            )
            late = sum(one.late for one in found)
            line(f"{len(open_)} owed, {late} late on {today}", "bold")
        raise typer.Exit(int(any(one.late for one in found)))


@app.command()
def make(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Such as us-blocked-property.", show_default=False)],
    subjects: Annotated[
        list[str],
        typer.Argument(metavar="SUBJECT...", help="B-3, D-12, E-7, or the day of an annual one.", show_default=False),
    ],
    by: ByOption,
    details: Annotated[
        Path | None,
        typer.Option("--details", metavar="FILE", help="YAML: fields by their names.", show_default=False),
    ] = None,
    document: Annotated[
        list[Path] | None,
        typer.Option("--document", metavar="FILE", help="Enclosed and kept; repeatable.", show_default=False),
    ] = None,
    rate: RateOption = None,
    supplements: Annotated[
        str, typer.Option("--supplements", metavar="F-N", help="The report that it adds to.", show_default=False)
    ] = "",
    output: OutputOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Make a report and keep it. Refused only without submitter, date, authority or documents; other gaps are named."""
    with reported(json):
        from interdiction.config import Config
        from interdiction.desk.making import details_of
        from interdiction.desk.making import make as made_of
        from interdiction.engine.decide import policy_of
        from interdiction.engine.home import Home
        from interdiction.engine.reporting import keep_documents
        from interdiction.reports.kinds import kind as kind_of
        from interdiction.reports.write import file_name, written
        from interdiction.tables.write import write_whole

        wanted, opened, at = kind_of(kind), Home.open(home), now()
        filing = made_of(
            opened,
            policy_of(Config.read(home)),
            kind,
            subjects,
            by=by,
            at=at,
            details=details_of(details, needed=True) if details else {},
            documents=lambda: keep_documents(opened, document or []),
            rates=lambda currency: exchange_rates(rate or [], currency, at.date()),
            supplements=supplements,
        )
        path = output or file_name(filing)
        write_whole(written(filing, path.suffix), path, "report")
        if json:
            envelope("interdict.report.make/1", filing.as_of, (), filing, file=str(path))
            return
        line(f"{filing.id}  {wanted.title}, about {', '.join(filing.subjects)}; due {filing.due or 'at once'}", "bold")
        line(f"written to {path}")
        for gap in filing.gaps:
            line(f"- not known: {gap.label}{f' ({gap.about})' if gap.about else ''}")
        for note in filing.notes:
            line(f"- {note}")


@app.command()
def filed(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Such as F-2.", show_default=False)],
    receipt: Annotated[str, typer.Option("--receipt", metavar="TEXT", help="The authority's reference.")],
    by: ByOption,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day it was filed; today without.")] = None,
    copy: Annotated[
        Path | None,
        typer.Option("--copy", metavar="FILE", help="What was sent, where it is not the report as made."),
    ] = None,
    receipt_file: Annotated[
        Path | None, typer.Option("--receipt-file", metavar="FILE", help="The receipt itself, kept.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Say that a report was filed: the copy that went out and the receipt are kept."""
    with reported(json):
        from interdiction.enforcement import document
        from interdiction.engine.blocked import books
        from interdiction.engine.given import given_bytes
        from interdiction.engine.home import Home
        from interdiction.engine.records import number_of
        from interdiction.engine.reporting import filed as keep
        from interdiction.engine.reporting import find
        from interdiction.reports.write import file_name, written

        opened, at, number = Home.open(home), now(), number_of(id_, "F")
        with books(opened) as stored:
            filing = find(stored.filings(), number)
        sent = (copy.name, document.given(copy)) if copy else (str(file_name(filing)), written(filing, ".html"))
        kept = keep(
            opened,
            number,
            receipt=receipt,
            on=day(on, "--on") or at.date(),
            at=at,
            by=by,
            copy=sent,
            receipt_file=(receipt_file.name, given_bytes(receipt_file)) if receipt_file else None,
        )
        if json:
            envelope("interdict.report.filed/1", None, (), kept)
            return
        late = f", {(kept.on - filing.due).days} days late" if filing.due and kept.on > filing.due else ""
        line(f"{filing.id} filed on {kept.on}{late}: {kept.receipt}", "bold")
        if filing.gaps:
            line(f"{len(filing.gaps)} fields are still open: make a supplement with --supplements {filing.id}")
