"""What every command of the door shares: its options, its clock, its envelope, its errors and its exit codes.

Only typer is imported here; whatever is heavier is imported where it is used, so that `--version` stays fast.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interdiction.api.clock import now as now  # noqa: PLC0414 - the commands take it from here
from interdiction.errors import InterdictError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from interdiction.model import Problem

DEFAULT_HOME = Path("interdiction")
_SHOWN_PROBLEMS = 20

HomeOption = Annotated[
    Path, typer.Option("--home", metavar="DIR", help="The folder with lists, index and store.", show_default=True)
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Answer as JSON on standard output, errors on standard error.")
]
KindOption = Annotated[
    str | None, typer.Option("--kind", metavar="KIND", help="person, organisation, vessel, aircraft or wallet.")
]
BornOption = Annotated[
    list[str] | None, typer.Option("--born", metavar="DATE", help="1962-02-18, 1962-02, 1962, ~1947 or 1946/1948.")
]
CountryOption = Annotated[
    list[str] | None, typer.Option("--country", metavar="COUNTRY", help="A code or a name; repeatable.")
]
IdentifierOption = Annotated[
    list[str] | None, typer.Option("--id", metavar="TYPE:VALUE@CC", help="passport:563410081@kp; repeatable.")
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The lists as they stood on that day, such as 2015-01-02.")
]

KnownAtOption = Annotated[
    str | None,
    typer.Option("--known-at", metavar="INSTANT", help="Only what had come to us by then, such as 2015-01-02T18:00Z."),
]
ListsOption = Annotated[
    str | None, typer.Option("--lists", metavar="LIST,LIST", help="These lists alone, such as ofac-sdn,un,eu.")
]
RecordOption = Annotated[
    bool, typer.Option("--record", help="Keep each decision with the bytes it was given on.", show_default=False)
]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does it.", show_default=False)]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why, for the record.", show_default=False)]
ThresholdOption = Annotated[
    float | None, typer.Option(min=0.5, max=1, help="The score from which a pair is a hit (0.70).", show_default=False)
]

OVERLAY_EXIT = 3
"""A list came defective: what it adds is in force, what it would take away waits."""
LISTS_EXIT = 4
"""The lists do not allow an answer, or one could not be had."""

# The order of gravity of the contract: our own fault first, then usage, lists, bad input, hits, done.
_GRAVITY = (5, 2, 4, 3, 1, 0)

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and the whole (0 when it is not known)."""


def worse(first: int, second: int) -> int:
    """Give the graver of two exit codes, in the order 5, 2, 4, 3, 1, 0; an unknown code counts as 5."""
    known = [code if code in _GRAVITY else 5 for code in (first, second)]
    return min(known, key=_GRAVITY.index)


def day(text: str | None, option: str) -> date | None:
    """Read the date of an option; `None` stays `None`. Raises `UsageError` (code `date`) for anything but a day."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(
            f"not a day: {text!r}", where=option, mend="write it as 2015-01-02, a day that exists", code="date"
        ) from error


def chosen(text: str | None) -> frozenset[str]:
    """Read the lists of `--lists`; none stands for all. Raises `UsageError` (code `lists`) where it names none."""
    if text is None:
        return frozenset()
    found = frozenset(key.strip() for key in text.split(",") if key.strip())
    if not found:
        raise UsageError(
            "no list is named", where="--lists", mend="write ofac-sdn,un or leave the option out", code="lists"
        )
    return found


def instant(text: str | None, option: str) -> datetime | None:
    """Read the instant of an option, in UTC where it names no zone; a day alone is its end.

    Raises `UsageError` (code `date`) for anything else.
    """
    if text is None:
        return None
    said = text.strip()
    try:
        found = datetime.fromisoformat(said)
    except ValueError as error:
        raise UsageError(
            f"not an instant: {text!r}", where=option, mend="write it as 2015-01-02T18:00Z, or a day", code="date"
        ) from error
    if len(said) == len("2015-01-02"):
        found = datetime.combine(found.date(), time.max)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def envelope(
    schema: str, as_of: date | None, editions: Iterable[Any], result: Any, problems: Iterable[Any] = (), **more: Any
) -> bytes:
    """Print one answer in the contract's envelope on standard output and give the bytes (with their newline).

    `schema` is such as `interdict.check/1`; `editions` are objects with list, edition, sha256, age_days, parts;
    `more` are further entries of this command, beside the contract's own.
    """
    from interdiction.model import to_json

    body = {
        "schema": schema,
        "as_of": as_of,
        "editions": list(editions),
        "result": result,
        "problems": list(problems),
        **more,
    }
    answer = to_json(body) + b"\n"
    _write(sys.stdout, answer)
    return answer


def fail(error: InterdictError, json: bool) -> int:
    """Print an error on standard error, as JSON or as two readable lines, and give its exit code."""
    if json:
        from interdiction.model import to_json

        body = {"code": error.code, "message": error.message, "where": error.where, "mend": error.mend}
        _write(sys.stderr, to_json({"error": body}) + b"\n")
        return error.exit_code
    place = f" ({error.where})" if error.where else ""
    lines = [f"interdict: {error.message}{place} [{error.code}]"]
    if error.mend:
        lines.append(f"  mend: {error.mend}")
    _write(sys.stderr, ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))
    return error.exit_code


@contextmanager
def reported(json: bool) -> Iterator[None]:
    """Run a command's body: a typed error is printed and becomes its exit code."""
    try:
        yield
    except InterdictError as error:
        raise typer.Exit(fail(error, json)) from error


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """Give a `Progress` that draws a bar on standard error once two seconds have passed, on a terminal only."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from interdiction.cli.bar import Bar

    with Bar(title) as bar:
        yield bar.step


def _silent(what: str, done: int, whole: int) -> None:
    """Draw nothing: standard error is not a terminal."""


def out() -> Console:
    """Give the console for people on standard output; plain text of a fixed width where it is not a terminal."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else 120)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    """Print rows for people. Cells are plain text: brackets in a listed name are not markup."""
    from rich.table import Table
    from rich.text import Text

    grid = Table(*columns, title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for row in rows:
        grid.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    out().print(grid)


def line(text: str, style: str | None = None) -> None:
    """Print one line for people, as it is."""
    out().print(text, style=style, markup=False, soft_wrap=True)


def ago(then: datetime | None, at: datetime) -> str:
    """Say how long ago the publisher last confirmed an edition: `by hand` when it was never asked."""
    if then is None:
        return "by hand"
    hours = (at - then).total_seconds() / 3600
    return (
        f"{hours * 60:.0f} min ago" if hours < 2 else f"{hours:.0f} h ago" if hours < 48 else f"{hours / 24:.0f} d ago"
    )


def say_problems(problems: Iterable[Problem]) -> None:
    """Print the problems of an edition, each in a line."""
    found = list(problems)
    for problem in found[:_SHOWN_PROBLEMS]:
        place = ":".join(str(part) for part in (problem.file, problem.line or "", problem.node) if part)
        line(f"- [{problem.grade.value}] {f'{place}: ' if place else ''}{problem.message} ({problem.code})")
    if len(found) > _SHOWN_PROBLEMS:
        line(f"- and {len(found) - _SHOWN_PROBLEMS} more; --json shows all")


def _write(stream: Any, data: bytes) -> None:
    """Write bytes to a text stream without its line-end or encoding translation, where the stream lets us."""
    binary = getattr(stream, "buffer", None)
    if binary is None:
        stream.write(data.decode("utf-8"))
    else:
        stream.flush()
        binary.write(data)
    stream.flush()
