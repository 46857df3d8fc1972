"""`interdict assure`: what the filter finds of damaged names and what that costs, for who has to prove it works."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    AsOfOption,
    HomeOption,
    JsonOption,
    ThresholdOption,
    day,
    now,
    progress,
    reported,
)
from interdiction.cli.screen import BookKindOption, ColumnOption, column_choices

if TYPE_CHECKING:
    from interdiction.assurance.subject import Subject
    from interdiction.engine.force import Force


def assure(
    book: Annotated[
        Path | None,
        typer.Option("--book", metavar="BOOK", help="A sample of your own customers; without it, invented ones."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the report, one page of HTML.")
    ] = None,
    sample: Annotated[int, typer.Option(help="Damaged names of each class.", min=10, max=100_000)] = 400,
    innocents: Annotated[int, typer.Option(help="The most customers that are screened.", min=1)] = 10_000,
    every_name: Annotated[
        bool, typer.Option("--every-name", help="Ask every listed name as published, too: no sample.")
    ] = False,
    seed: Annotated[str, typer.Option(metavar="SEED", help="The same seed draws the same names.")] = "1",
    threshold: ThresholdOption = None,
    below: Annotated[
        Path | None,
        typer.Option("--below", metavar="FILE", help="Write random pairs just under the threshold, to be labelled."),
    ] = None,
    below_sample: Annotated[int, typer.Option("--below-sample", help="How many such pairs.", min=1, max=10_000)] = 200,
    labels: Annotated[
        Path | None, typer.Option("--labels", metavar="FILE", help="The same file, labelled: same, different, unsure.")
    ] = None,
    try_threshold: Annotated[
        list[float] | None,
        typer.Option("--try-threshold", min=0.5, max=1, help="Weigh another threshold; repeatable."),
    ] = None,
    try_weights: Annotated[
        list[Path] | None,
        typer.Option("--try-weights", metavar="FILE", help="Weigh another weights file; repeatable."),
    ] = None,
    column: ColumnOption = None,
    kind: BookKindOption = None,
    as_of: AsOfOption = None,
    threads: Annotated[int, typer.Option(help="0 means every processor.", min=0, max=256)] = 0,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Measure recall under damage, alerts among innocents, and what lies below the line. Leaves with 0 when done."""
    with reported(json):
        from interdiction import __version__
        from interdiction.assurance.below import read_labels, write_sample
        from interdiction.assurance.report.page import page
        from interdiction.assurance.run import Wanted, customers
        from interdiction.assurance.run import assure as run
        from interdiction.cli.answer import alarms, give
        from interdiction.engine import Engine
        from interdiction.engine.given import shown
        from interdiction.names.thresholds import Channel
        from interdiction.names.weights import Weights
        from interdiction.tables import of_kind, read_book
        from interdiction.tables.write import write_whole

        at, on = now(), day(as_of, "--as-of")
        _needs_book(book, below, labels)
        said = None if labels is None else read_labels(labels)
        read = None if book is None else of_kind(read_book(book, columns=column_choices(column)), kind)
        with progress("assure") as step, Engine.open(home, progress=step) as engine, scratch() as folder:
            force = engine.force(on)
            wanted = Wanted(
                thresholds=engine.thresholds(Channel.BOOK, threshold),
                text_thresholds=engine.thresholds(Channel.TEXT, threshold),
                seed=shown(seed),
                each=sample,
                innocents=innocents,
                below_sample=below_sample,
                every=every_name,
                labels=said,
                told_kind=kind or "",
                policy=f"{engine.policy.version} sha256:{engine.policy.sha256}",
                tried=tuple(try_threshold or ()),
                weights=tuple((shown(path.name), Weights.load(path)) for path in try_weights or ()),
                threads=threads,
            )
            whom = customers(read, _sha256(book), wanted)
            acting = engine.policy.institution.name
            outcome = run(
                subject(force, folder), whom, wanted, at=at, version=__version__, institution=acting, step=step
            )
            problems, code = alarms(force.editions, on or at.date(), engine.config)
        if below is not None:
            write_sample(outcome.sample, below)
        if output is not None:
            write_whole(page(outcome.result).encode(), output, "report")
        problems += [] if read is None else read.problems
        if json:
            give("assure", on, at, force.editions, outcome.result, problems)
        else:
            from interdiction.cli.show_assurance import show
            from interdiction.cli.show_hits import show_problems

            show(outcome.result, output, below, outcome.sample)
            show_problems(problems)
        raise typer.Exit(code)


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder for the indexes of one run."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="interdict-assure-") as name:
        yield Path(name)


def subject(force: Force, folder: Path) -> Subject:
    """Give what is in force as assurance takes it."""
    from interdiction.assurance.subject import ListTested, Subject

    lists = tuple(
        ListTested(one.list, one.edition, one.sha256, one.on, one.state.value, one.parts) for one in force.editions
    )
    return Subject(force.screener, force.listings, lists, force.weights, folder)


def _needs_book(book: Path | None, below: Path | None, labels: Path | None) -> None:
    from interdiction.errors import UsageError

    if book is None and (below is not None or labels is not None):
        raise UsageError(
            "what lies below the line is drawn from a book of your own",
            where="--below" if below is not None else "--labels",
            mend="add --book BOOK",
            code="book-needed",
        )


def _sha256(path: Path | None) -> str:
    return "" if path is None else hashlib.sha256(path.read_bytes()).hexdigest()
