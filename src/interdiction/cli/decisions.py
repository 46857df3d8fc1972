"""`interdict decisions`: what was decided and kept, why, and whether it comes out the same today."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    ByOption,
    HomeOption,
    JsonOption,
    WhyOption,
    envelope,
    line,
    now,
    progress,
    reported,
    table,
)

if TYPE_CHECKING:
    from interdiction.engine.replay import Replayed
    from interdiction.model import Record

app = typer.Typer(help="Decisions that were kept: list, show, decide again, say whether it is them.")

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Such as D-12.", show_default=False)]


class Said(StrEnum):
    """What a person may say."""

    TRUE = "true"
    FALSE = "false"
    UNDETERMINED = "undetermined"


@app.command("list")
def list_(
    name: Annotated[
        str | None, typer.Option("--of", metavar="NAME", help="Those of one payment or customer.", show_default=False)
    ] = None,
    result: Annotated[
        str | None,
        typer.Option("--result", metavar="WORD", help="block, hold, ..., freeze, review, ...", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that a later decision follows.")] = False,
    most: Annotated[int, typer.Option("--most", help="So many, the last ones.", min=1)] = 50,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """List the decisions that stand."""
    with reported(json):
        from interdiction.engine.home import Home
        from interdiction.engine.records import kept

        with kept(Home.open(home)) as decisions:
            found = list(decisions.records(name=name, result=result, last=not every))[-most:]
        if json:
            envelope("interdict.decisions.list/1", None, (), found)
            return
        rows = [(one.id, f"{one.at:%Y-%m-%d %H:%M}", one.result.upper(), one.name, *_because(one)) for one in found]
        table(("id", "at (UTC)", "result", "of", "on", "rule", "after"), rows)


def _because(record: Record) -> tuple[str, str, str]:
    """Give the listing of the gravest reason, the row of the table, and the decision that this one follows."""
    gravest = record.decided().reasons[0]
    return gravest.listing, gravest.rule, "" if record.follows is None else f"D-{record.follows}"


@app.command()
def show(id_: IdArgument, home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Show one decision: what was asked, against what, every reason, what was judged, what stands before and after."""
    with reported(json):
        from interdiction.engine.home import Home
        from interdiction.engine.records import kept, number_of

        with kept(Home.open(home)) as decisions:
            record = decisions.get(number_of(id_))
            run, chain = decisions.run(record.run), decisions.chain(record.number)
            later = decisions.following(record.number)
        if json:
            result = {
                "record": record,
                "run": run,
                "follows": [one.id for one in chain[:-1]],
                "followed_by": later.id if later else None,
            }
            envelope("interdict.decisions.show/1", run.asked.as_of, run.editions, result)
            return
        decided = record.decided()
        line(f"{record.id}  {record.result.upper()}  {record.subject.value} {record.name}", "bold")
        line(decided.sentence)
        line("")
        for reason in decided.reasons:
            line(f"- {reason.rule}: {reason.sentence}")
        for hit in decided.hits:
            line(f"  hit {hit.listing} {hit.listed_name} {hit.score:.2f} {hit.band.value} on {hit.query_id}: {hit.why}")
        for hit in record.suppressed:
            line(f"  not counted {hit.listing} {hit.listed_name}: {hit.suppressed}: {hit.why}", "dim")
        for one in record.judged:
            line(f"  {one.by} said on {one.at:%Y-%m-%d %H:%M} UTC of {one.listing}: {one.outcome.value}. {one.why}")
        line("")
        line(f"input     {run.input.name}, {run.input.size} bytes, sha256 {run.input.sha256}, place {record.place}")
        line(f"decided   {record.at:%Y-%m-%d %H:%M} UTC for {run.on} by {run.by or f'interdict {run.command}'}")
        line(f"against   {', '.join(one.edition for one in run.editions)}")
        line(f"policy    {decided.policy}")
        line(f"judge     {decided.weights}; {decided.core}; thresholds {decided.thresholds}")
        if len(chain) > 1 or later:
            before = ", ".join(one.id for one in chain[:-1]) or "nothing"
            line(f"chain     after {before}; followed by {later.id if later else 'nothing'}")


@app.command()
def replay(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Such as D-12; without any, all of them.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Decide again on what was kept, as of then. Leaves with 1 where a decision does not come out the same."""
    with reported(json):
        from interdiction.engine import Engine
        from interdiction.engine.records import kept, number_of
        from interdiction.engine.replay import Inputs
        from interdiction.engine.replay import replay as once_more

        found: list[Replayed] = []
        with progress("replay") as step, Engine.open(home, progress=step) as engine, kept(engine.home) as decisions:
            records = [decisions.get(number_of(one)) for one in ids] if ids else list(decisions.records())
            runs = {number: decisions.run(number) for number in sorted({one.run for one in records})}
            inputs: dict[int, Inputs] = {}
            for done, record in enumerate(records):
                step("deciding again", done, len(records))
                run = runs[record.run]
                if record.run not in inputs:
                    inputs = {record.run: Inputs(run, decisions.file(run.input.sha256))}
                found.append(once_more(engine, record, run, inputs[record.run]))
        changed = [one for one in found if not one.same]
        if json:
            envelope("interdict.decisions.replay/1", None, (), found)
        else:
            show_replayed(found, changed)
        raise typer.Exit(int(bool(changed)))


def show_replayed(found: Sequence[Replayed], changed: Sequence[Replayed]) -> None:
    """Say how many came out the same, and what is different in the others."""
    line(f"{len(found) - len(changed)} of {len(found)} decisions come out the same, byte for byte", "bold")
    for one in changed:
        line(f"{one.id} {f'could not be decided again: {one.failed}' if one.failed else 'differs'}")
        for difference in one.differences:
            line(f"  {difference.field}: was {difference.was or 'nothing'}")
            line(f"  {' ' * len(difference.field)}  now {difference.now or 'nothing'}")


@app.command()
def runs(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """List what was decided on, file by file: how many were read, screened and kept, and what was interrupted."""
    with reported(json):
        from interdiction.engine.home import Home
        from interdiction.engine.records import kept

        with kept(Home.open(home)) as decisions:
            found = decisions.runs()
        if json:
            envelope("interdict.decisions.runs/1", None, (), [{"run": run, "end": end} for run, end in found])
            return
        rows = []
        for run, end in found:
            counts = (end.read, end.screened, end.kept) if end else ("interrupted", "", "")
            lists = ", ".join(one.edition.partition("+")[0] for one in run.editions)
            rows.append((run.number, f"{run.at:%Y-%m-%d %H:%M}", run.command, run.input.name, *counts, lists))
        table(("run", "at (UTC)", "command", "file", "read", "screened", "kept", "against"), rows)


@app.command()
def confirm(
    id_: IdArgument,
    listing: Annotated[str, typer.Argument(metavar="LISTING", help="Such as ofac-sdn:9345.", show_default=False)],
    outcome: Annotated[Said, typer.Option("--outcome", help="Is it them?", show_default=False)],
    by: ByOption,
    why: WhyOption,
    reason: Annotated[
        str, typer.Option("--reason", metavar="CODE", help="`interdict cases reasons` tells them.")
    ] = "in-words",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Say of one hit whether it is them, in its case. What blocks is in effect at once, what lets go waits."""
    with reported(json):
        from interdiction.cli.case_done import carried
        from interdiction.engine.casework import case_of, open_on, take
        from interdiction.engine.home import Home
        from interdiction.engine.records import kept, number_of
        from interdiction.engine.standing import last_after, refuse_superseded
        from interdiction.model import Outcome
        from interdiction.model.case import Decided

        opened, at = Home.open(home), now()
        with kept(opened) as decisions:
            record = decisions.get(number_of(id_))
            refuse_superseded(decisions, record, listing)
        case = case_of(opened, record, listing) or open_on(opened, record.number, at)
        case = take(opened, case.number, Decided(listing, Outcome(outcome.value), reason, why), by=by, at=at)
        if case.pending:
            case, _ = carried([case.number], home)[case.number]
        with kept(opened) as decisions:
            record = last_after(decisions, record)
        if json:
            envelope("interdict.decisions.confirm/1", None, (), record, case=case)
            return
        after = f", after D-{record.follows}" if record.follows else ""
        line(f"{record.id}  {record.result.upper()}  {record.subject.value} {record.name}{after}", "bold")
        line(record.decided().sentence)
        if case.state == "waiting":
            line(
                f"{case.id} waits for a second person: interdict cases approve {case.id} {listing} --by NAME --why TEXT"
            )


@app.command()
def export(
    id_: IdArgument,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="PATH", help="FILE.html, FILE.json, or a folder.", show_default=False),
    ],
    by: ByOption,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Write everything one decision rests on, for an examiner: complete without anything beside it."""
    with reported(json):
        from interdiction.cli.evidence import export as put_together

        written = put_together(id_, output, by=by, home=home, at=now())
        if json:
            envelope("interdict.decisions.export/1", None, (), {"files": [str(path) for path in written]})
            return
        for path in written:
            line(f"written {path}")
