"""`interdict owners`: registers of stakes brought in, and what each regime says of a party in them, with the proof."""

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
    chosen,
    day,
    envelope,
    instant,
    line,
    now,
    progress,
    reported,
    say_problems,
    table,
)
from interdiction.cli.screen import ColumnOption, column_choices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from interdiction.engine.owners import Owners
    from interdiction.model import Listing, Relation
    from interdiction.model.ownership import RegisterImport
    from interdiction.ownership.proof import Proof
    from interdiction.ownership.ties import Tie

app = typer.Typer(
    name="owners",
    help="Who owns whom: registers of stakes, and who is reached through owners.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_STYLES = {"listed": "bold red", "blocked": "bold red", "presumed": "red", "unknown": "yellow", "not_blocked": "green"}
_SHOWN = 20


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="A table, BODS, FollowTheMoney or GLEIF RR.")],
    source: Annotated[
        str, typer.Option(metavar="NAME", help="Where it comes from; a later file of it takes its place (file name).")
    ] = "",
    column: ColumnOption = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who imports it; it is recorded.")] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Bring registers of stakes in, each whole. Exit 3 when something in one could not be read; the rest counts."""
    with reported(json):
        from interdiction.engine.home import Home
        from interdiction.engine.registers import import_register
        from interdiction.errors import UsageError
        from interdiction.model import Grade

        if source and len(files) > 1:
            raise UsageError(
                "one source, several files: each would take the place of the one before",
                where="--source",
                mend="import them one by one, each under its own --source",
                code="one-source",
            )
        at = now()
        columns = column_choices(column)
        with progress("importing") as step:
            opened = Home.open(home, create=True)
            kept = [
                import_register(opened, path, at=at, source=source, by=by, columns=columns, progress=step)
                for path in files
            ]
        problems = [problem for one in kept for problem in one.problems]
        if json:
            result = [{"source": one.source, **_told(one)} for one in kept]
            envelope("interdict.owners.import/1", None, [], result, problems)
        else:
            for one in kept:
                line(f"{one.source}: {one.stakes} stakes between {one.parties} parties ({one.format}, {one.file})")
            say_problems(problems)
        if any(problem.grade is not Grade.PUBLISHED for problem in problems):
            raise typer.Exit(3)


@app.command("list")
def list_(known_at: KnownAtOption = None, home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Say which registers are in the home."""
    with reported(json):
        from interdiction.engine.home import Home
        from interdiction.engine.registers import registers

        kept = [one for _, one in registers(Home.open(home), instant(known_at, "--known-at"))]
        if json:
            envelope("interdict.owners.list/1", None, [], [{"source": one.source, **_told(one)} for one in kept])
            return
        if not kept:
            line("no register of stakes; bring one in: interdict owners import FILE")
            return
        head = ("source", "came", "by", "file", "format", "parties", "stakes", "problems")
        rows = (
            (
                one.source,
                f"{one.at:%Y-%m-%d %H:%M}",
                one.by,
                one.file,
                one.format,
                one.parties,
                one.stakes,
                len(one.problems),
            )
            for one in kept
        )
        table(head, rows)


@app.command("show")
def show(
    party: Annotated[str, typer.Argument(metavar="NAME|ID", help="A party of the registers, or whoever is reached.")],
    regime: Annotated[
        str | None, typer.Option(metavar="REGIME", help="us, uk, eu or the key of a list; else all.")
    ] = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the picture of the gravest answer.")] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    lists: ListsOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Say what each regime's test says of a party on a day, with the chain, the sum and the picture."""
    with reported(json):
        from interdiction.cli.answer import alarms, give
        from interdiction.engine import Engine
        from interdiction.engine.owners import owners_of
        from interdiction.ownership.picture import picture

        at = now()
        on = day(as_of, "--as-of") or at.date()
        with progress("owners") as step, Engine.open(home, progress=step) as engine:
            known = instant(known_at, "--known-at")
            force = engine.force(day(as_of, "--as-of"), known_at=known, lists=chosen(lists))
            owners = owners_of(engine, force, as_of=on, known_at=known, progress=step)
            problems, code = alarms(force.editions, on, engine.config)
        key, proofs = _proofs(owners, party, regime)
        assert owners is not None
        told = {held.owner for proof in proofs for step in proof.steps for held in step.held if held.counts}
        paths = [tie for tie in owners.ties(key) if tie.to not in told]
        relations = {one.id: one.relations for one in owners.listed(key) if one.relations}
        if svg is not None:
            svg.write_text(picture(proofs[0]), encoding="utf-8")
        if json:
            more = {"ties": paths, "relations": relations, "registers": [one.source for one in owners.imports]}
            give("owners", on, at, force.editions, proofs, problems, **more)
        else:
            _show(proofs, paths, owners.listed(key), on, svg)
            say_problems(problems)
        raise typer.Exit(code)


def _told(one: RegisterImport) -> dict[str, object]:
    return {
        "at": one.at,
        "by": one.by,
        "file": one.file,
        "sha256": one.sha256,
        "format": one.format,
        "parties": one.parties,
        "stakes": one.stakes,
    }


def _proofs(owners: Owners | None, party: str, regime: str | None) -> tuple[str, list[Proof]]:
    """Give the party that is meant and its proofs, gravest first. Raises `UsageError` where none or several are."""
    from interdiction.errors import UsageError
    from interdiction.ownership.verdicts import GRAVITY

    if owners is None:
        raise UsageError(
            "no register of stakes is in the home",
            where="NAME",
            mend="bring one in: interdict owners import FILE",
            code="no-register",
        )
    found = owners.find(party)
    if len(found) != 1:
        near = "; ".join(f"{key} ({name})" for key, name in list(found.items())[:_SHOWN])
        raise UsageError(
            f"{len(found)} parties are called {party!r}: {near}"
            if found
            else f"no party of the registers is {party!r}",
            where="NAME",
            mend="give the id of one of them" if found else "see how the register spells it",
            code="several-parties" if found else "unknown-party",
        )
    key = next(iter(found))
    said = [one for one in owners.verdicts.of(key) if regime is None or one.regime == regime]
    if not said:
        known = ", ".join(one.regime for one in owners.verdicts.of(key))
        raise UsageError(f"no regime is called {regime!r}", where="--regime", mend=f"use one of {known}", code="regime")
    said.sort(key=lambda one: GRAVITY.index(one.control))
    return key, [proof for one in said if (proof := owners.proof(key, one.regime)) is not None]


def _show(proofs: Sequence[Proof], paths: Sequence[Tie], listed: Sequence[Listing], on: date, svg: Path | None) -> None:
    from rich.text import Text

    from interdiction.cli.door import out

    console = out()
    console.print(Text(f"{proofs[0].name} ({proofs[0].party}) on {on}", style="bold"))
    for proof in proofs:
        console.print()
        word = proof.control.value.replace("_", " ")
        console.print(
            Text.assemble((f"{proof.regime:<4}", "bold"), (f"{word:<12}", _STYLES[proof.control.value]), proof.sentence)
        )
        for step in proof.steps[:-1]:
            console.print(Text(f"                {step.sentence}"))
        if proof.rule:
            doubt = "" if proof.verified else " (not read in the act itself)"
            console.print(
                Text(f"                {proof.rule}: {proof.says} Source: {proof.source}{doubt}", style="dim")
            )
    if paths:
        console.print()
        console.print(Text("risk, not a block:", style="bold"))
        for tie in paths:
            console.print(Text(f"- {tie.name} ({', '.join(tie.listings)}): {tie.sentence}"))
    ties = [(one, relation) for one in listed for relation in one.relations]
    if ties:
        console.print()
        console.print(Text("the list itself names, as risk and not as a block:", style="bold"))
        for one, relation in ties[:_SHOWN]:
            console.print(Text(f"- {one.id}: {_related(relation)}"))
    if svg is not None:
        console.print(Text(f"picture written to {svg}"))


def _related(relation: Relation) -> str:
    to = f" ({relation.listing})" if relation.listing else ""
    return f"{relation.type.replace('_', ' ')} {relation.to}{to}{', ended' if relation.former else ''}"
