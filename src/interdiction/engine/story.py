"""The worked example from end to end: two editions imported, a book and payments decided, the results written."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec

from interdiction import payments as payment_files
from interdiction.data import demo_file
from interdiction.engine import decide
from interdiction.engine.book import BookHits, screen_book, table_of
from interdiction.engine.editions import DiffReport, diff, import_edition
from interdiction.engine.force import ready
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.impact import Impact, impact
from interdiction.engine.payment import screen_payments
from interdiction.errors import UsageError
from interdiction.model import CustomerDecision, Decision, Payment, Problem, to_json
from interdiction.tables import Book, read_book, write

LIST = "ofac-sdn"
BEFORE, ORDER = date(2015, 1, 1), date(2015, 1, 2)
MARK = "WORKED-EXAMPLE"
"""The file that says a folder was made by the worked example and may be made anew."""

_CONFIG = """# The home of the worked example: a bank in the United States.
[institution]
kind = "us"
name = "Larkspur & Finch Bank, N.A."
bics = ["LKSPUS33"]
"""


class Story(msgspec.Struct, frozen=True):
    """Everything the worked example shows."""

    home: str
    changes: DiffReport
    book: Book
    hits: BookHits
    customers: tuple[CustomerDecision, ...]
    """The customers with hits, in the order of the book."""
    impact: Impact
    payments: tuple[Payment, ...]
    decisions: tuple[Decision, ...]
    problems: tuple[Problem, ...]
    results: tuple[str, ...]


def tell(folder: Path, at: datetime) -> Story:
    """Make the home at `folder` and play the day. Raises `UsageError` (`not-a-demo`) for a folder of somebody else."""
    home = _fresh(folder)
    example = folder / "example"
    for day in (BEFORE, ORDER):
        import_edition(home, LIST, [example / "editions" / day.isoformat()], on=day, at=at, by="the worked example")
    ready(home)
    changes = diff(home, LIST, BEFORE, ORDER)
    book = read_book(example / "book.csv")
    payments, whole = payment_files.read(example / "payments.csv")
    with Engine.open(folder) as engine:
        policy = engine.policy
        effect = impact(engine, LIST, BEFORE, ORDER, book, policy, payments=payments).impact
        force = engine.force()
        hits = screen_book(engine, book)
        problems = _by_row(book)
        customers = tuple(
            decide.customer(
                force,
                policy,
                some[0].query_id,
                some,
                on=ORDER,
                problems=problems.get(book.columns["row"][row], ()),
                thresholds=str(hits.threshold),
            )
            for row, some in hits.hits
        )
        decisions = tuple(
            decide.payment(force, policy, one, on=ORDER, problems=whole)
            for one in screen_payments(engine, force, payments)
        )
    return Story(
        home=str(folder),
        changes=changes,
        book=book,
        hits=hits,
        customers=customers,
        impact=effect,
        payments=tuple(payments),
        decisions=decisions,
        problems=(*book.problems, *(problem for one in payments for problem in one.problems)),
        results=_written(folder / "results", book, hits, customers, decisions, effect),
    )


def _fresh(folder: Path) -> Home:
    """Give an empty home with the example's files in it; one that this example made is made anew."""
    if (folder / MARK).is_file():
        shutil.rmtree(folder)
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            "this folder was not made by the worked example",
            where=str(folder),
            mend="name another with --home DIR, or leave it out",
            code="not-a-demo",
        )
    home = Home.open(folder, create=True)
    (folder / MARK).write_text("Made by `interdict demo`, which makes it anew each time.\n", encoding="utf-8")
    (folder / "config.toml").write_text(_CONFIG, encoding="utf-8")
    shutil.copytree(demo_file("."), folder / "example", ignore=shutil.ignore_patterns("__pycache__", ".gitattributes"))
    return home


def _by_row(book: Book) -> dict[int, list[Problem]]:
    found: dict[int, list[Problem]] = {}
    for problem in book.problems:
        found.setdefault(problem.line, []).append(problem)
    return found


def _written(
    folder: Path,
    book: Book,
    hits: BookHits,
    customers: Sequence[CustomerDecision],
    decisions: Sequence[Decision],
    effect: Impact,
) -> tuple[str, ...]:
    """Write the results and give their names."""
    folder.mkdir()
    write(table_of(book, hits), folder / "hits.csv")
    for name, some in (("customers.jsonl", customers), ("payments.jsonl", decisions)):
        (folder / name).write_bytes(b"".join(to_json(one) + b"\n" for one in some))
    (folder / "impact.json").write_bytes(to_json(effect) + b"\n")
    return ("hits.csv", "customers.jsonl", "payments.jsonl", "impact.json")
