"""`interdict fit`: the judge's numbers fitted to alerts that somebody has decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import DEFAULT_HOME, HomeOption, JsonOption, now, progress, reported
from interdiction.cli.screen import BookKindOption, ColumnOption, column_choices

if TYPE_CHECKING:
    from interdiction.fitting.fit import Fitted, Moved
    from interdiction.model import Party

_SHOWN = 20


def fit(
    decisions: Annotated[
        Path, typer.Argument(help="A table: match, our columns, and listing or listed_ columns.", show_default=False)
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the weights file with the new numbers.")
    ] = None,
    book: Annotated[
        Path | None,
        typer.Option("--book", metavar="BOOK", help="The book that was screened: our side, by the column `row`."),
    ] = None,
    column: ColumnOption = None,
    kind: BookKindOption = None,
    threshold: Annotated[
        float | None, typer.Option(min=0.5, max=1, help="Where alerts are counted (0.70).", show_default=False)
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Fit the judge's numbers to decided alerts, and say what would change. Nothing is changed but the file written."""
    with reported(json):
        import hashlib

        from interdiction.cli.answer import give
        from interdiction.config import Config
        from interdiction.engine.given import shown
        from interdiction.errors import InputError
        from interdiction.fitting.decisions import read_decisions
        from interdiction.fitting.fit import fitted
        from interdiction.fitting.weights_file import rewritten
        from interdiction.names.thresholds import DEFAULT, Thresholds
        from interdiction.names.weights import DATA, Weights
        from interdiction.tables import of_kind, read_book

        config = Config.read(home)
        source = config.weights or DATA / "weights.yml"
        weights = Weights.load(config.weights)
        at = Thresholds.of(threshold).lowest if threshold is not None else DEFAULT
        screened = None if book is None else of_kind(read_book(book, columns=column_choices(column)), kind)
        found = read_decisions(decisions, _Listings(home), screened)
        with progress("fit") as step:
            report, numbers = fitted(found, weights, at, step)
        if output is not None:
            digest = hashlib.sha256(decisions.read_bytes()).hexdigest()[:8]
            text = rewritten(source.read_text(encoding="utf-8"), numbers, f"{weights.version}+fit.{digest}")
            try:
                output.write_text(text, encoding="utf-8")
            except OSError as error:
                raise InputError(
                    f"the weights cannot be written: {error.strerror}",
                    where=shown(str(output)),
                    mend="name a file in a folder that can be written",
                    code="unwritable",
                ) from error
            Weights.load(output)
        if json:
            give("fit", None, now(), (), report, found.problems)
            return
        _show(report, output)
        from interdiction.cli.show_hits import show_problems

        show_problems(found.problems)


class _Listings:
    """The listings in force, opened when the first one is asked for."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._known: dict[str, Party] | None = None

    def __call__(self, key: str) -> Party | None:
        if self._known is None:
            from interdiction.engine.home import Home
            from interdiction.engine.inforce import iter_listings

            self._known = {one.id: one.party for one in iter_listings(Home.open(self._home))}
        return self._known.get(key)


def _show(report: Fitted, output: Path | None) -> None:
    from rich.text import Text

    from interdiction.cli.door import out, table

    console = out()
    console.print(
        Text(f"{report.decisions} decisions, {report.matches} of them matches; at {report.threshold:.2f}", style="bold")
    )
    console.print(
        Text(
            f"alerts that were them: {report.true_before} → {report.true_after}; "
            f"that were not: {report.false_before} → {report.false_after} "
            "(each decision judged with numbers fitted without it)"
        )
    )
    console.print(
        Text(f"surprise at a decision: {report.loss_before:.4f} → {report.loss_after:.4f} nats (less is better)")
    )
    if report.changes:
        table(
            ("number", "was", "becomes", "spoke in"),
            [(one.number, f"{one.before:g}", f"{one.after:g}", one.decisions) for one in report.changes],
        )
    else:
        console.print(Text("no number changes: nothing spoke often enough, or the numbers fit"))
    _moved("alerts lost", report.lost)
    _moved("alerts gained", report.gained)
    if output is not None:
        console.print(Text(f'written to {output}; weights = "{output.name}" in config.toml chooses it'))
    else:
        console.print(Text("-o FILE writes the weights file"))


def _moved(title: str, some: Sequence[Moved]) -> None:
    from interdiction.cli.door import table

    if some:
        table(
            ("row", "ours", "listed", "it was them", "score"),
            [
                (one.row, one.ours, one.theirs, "yes" if one.match else "no", f"{one.before:.2f} → {one.after:.2f}")
                for one in some[:_SHOWN]
            ],
            title=f"{len(some)} {title}",
        )
