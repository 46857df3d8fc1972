"""`interdict read`: announcements to a draft order, with the words that every value was read from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    LISTS_EXIT,
    AsOfOption,
    HomeOption,
    JsonOption,
    day,
    line,
    now,
    progress,
    reported,
    worse,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from interdiction.announcements.accounts import Text
    from interdiction.announcements.patterns import Patterns
    from interdiction.announcements.proposals import Weighed
    from interdiction.engine.inforce import EditionInForce
    from interdiction.engine.progress import Progress
    from interdiction.model import Problem
    from interdiction.model.order import DraftOrder


def read(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Texts, HTML pages, e-mails.", show_default=False)
    ],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication, where the document does not say it.")
    ] = None,
    official: Annotated[
        bool, typer.Option("--official", help="The documents are the authority's own text, not the press.")
    ] = False,
    patterns: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An own file of patterns (docs/announcements.md).")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write a page: each sentence beside what was read from it.")
    ] = None,
    stix: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the drafts as a STIX 2.1 bundle.")
    ] = None,
    ask: Annotated[
        str | None,
        typer.Option(metavar="COMMAND", help="Also ask an own program; what it proposes is checked and kept apart."),
    ] = None,
    ask_seconds: Annotated[
        int, typer.Option(min=1, max=3600, metavar="N", help="How long that program may take for each document.")
    ] = 60,
    proposals: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Proposals that a program made before; repeatable.")
    ] = None,
    request: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what a program would be asked about the document.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the drafts in the home, for `orders confirm`.")] = False,
    as_of: AsOfOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Read announcements into a draft order: what was ordered, against whom, and who says so. Screens nobody."""
    from interdiction.announcements.patterns import load_patterns
    from interdiction.cli.answer import alarms, give
    from interdiction.cli.ask import asked, filed, write_request
    from interdiction.config import Config
    from interdiction.engine.announcing import read_texts
    from interdiction.engine.proposing import weighed
    from interdiction.errors import InputError
    from interdiction.model.announcement import Origin

    with reported(json):
        at, on = now(), day(as_of, "--as-of")
        language = load_patterns(patterns)
        origin = Origin.OFFICIAL if official else None
        with progress("read") as step:
            texts = read_texts(files, language, published=day(published, "--published"), origin=origin, step=step)
        if request is not None:
            write_request(texts, request)
        sheets = filed(proposals or (), texts)
        with progress("read") as step:
            more, unasked = asked(ask, texts, ask_seconds, step) if ask is not None else ([], [])
            found = weighed(texts, [*sheets, *more], language)
            drafts, editions, missing = _drafts(texts, language, home, on, step, found)
        problems, code = alarms(editions, on or at.date(), Config.read(home))
        if missing is not None:
            problems, code = [missing], LISTS_EXIT
        if unasked:
            problems, code = [*problems, *unasked], worse(code, InputError.exit_code)
        if html is not None:
            from interdiction.cli.read_page import page
            from interdiction.tables.write import write_whole

            write_whole(page(drafts, texts).encode(), html, "page")
        if stix is not None:
            _write_stix(drafts, at, stix)
        kept = _kept(home, drafts, at) if keep else []
        if json:
            give(
                "read",
                on,
                at,
                editions,
                drafts,
                [*problems, *(one for draft in drafts for one in draft.problems)],
                kept=kept,
            )
        else:
            from interdiction.cli.show_draft import show

            show(drafts, editions, problems, on or at.date())
            for order in kept:
                line(f"kept as {order}: interdict orders confirm {order} --by NAME --why TEXT")
        raise typer.Exit(code)


def _write_stix(drafts: list[DraftOrder], at: datetime, path: Path) -> None:
    """Write one bundle of all drafts that found an order."""
    from interdiction.announcements.stix import bundle
    from interdiction.errors import UsageError
    from interdiction.model import to_json
    from interdiction.tables.write import write_whole

    found = [bundle(draft, at) for draft in drafts if draft.found]
    if not found:
        raise UsageError("there is no order to write", where="--stix", mend="leave it out", code="no-order")
    objects = {one["id"]: one for made in found for one in made["objects"]}
    whole = {"type": "bundle", "id": found[0]["id"], "objects": list(objects.values())}
    write_whole(to_json(whole) + b"\n", path, "bundle")


def _kept(home: Path, drafts: list[DraftOrder], at: datetime) -> list[str]:
    """Keep what is an order, and give the numbers."""
    from interdiction.engine.home import Home
    from interdiction.engine.orders import keep

    opened = Home.open(home, create=True)
    return [f"O-{keep(opened, draft, at).order}" for draft in drafts if draft.found]


def _drafts(
    texts: list[Text],
    patterns: Patterns,
    home: Path,
    as_of: date | None,
    step: Progress,
    proposals: dict[str, list[Weighed]],
) -> tuple[list[DraftOrder], tuple[EditionInForce, ...], Problem | None]:
    """Give the drafts; where no list is in force nothing is resolved, and the problem says so."""
    from interdiction.engine import Engine
    from interdiction.engine.announcing import drafts
    from interdiction.engine.proposing import with_proposals
    from interdiction.errors import NoListError
    from interdiction.model import Grade, Problem

    try:
        with Engine.open(home, progress=step) as engine:
            found = with_proposals(drafts(texts, patterns, engine, as_of=as_of), proposals, engine, as_of)
            return found, tuple(engine.force(as_of).editions), None
    except NoListError as error:
        said = f"no list is in force, so nobody was looked up: {error.message}"
        problem = Problem(code=error.code, message=said, grade=Grade.FILE, mend=error.mend)
        found = with_proposals(drafts(texts, patterns, None, as_of=as_of), proposals, None, as_of)
        return found, (), problem
