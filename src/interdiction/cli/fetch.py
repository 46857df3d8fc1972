"""`interdict lists fetch`: bring lists into force straight from their publishers, once or on watch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    LISTS_EXIT,
    OVERLAY_EXIT,
    HomeOption,
    JsonOption,
    Progress,
    envelope,
    line,
    now,
    out,
    progress,
    reported,
    table,
    worse,
)

if TYPE_CHECKING:
    from interdiction.engine.fetching import Fetched
    from interdiction.engine.home import Home
    from interdiction.engine.noticing import Notice
    from interdiction.lists.download import Downloader
    from interdiction.model import ListSource
    from interdiction.names.weights import Weights

    _Round = Callable[[Sequence[ListSource], Progress], Iterator[Fetched]]

_NAP_SECONDS = 30.0


def fetch(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[LIST]...", help="ofac-sdn, un, eu, ...", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every list that can be fetched.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on, each list as often as its publisher permits.")] = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who fetches; it is recorded.")] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Fetch lists from their publishers. Exit 3: one came defective; 4: one could not be fetched or was refused.

    What fails leaves the last edition in force. Every attempt is recorded.
    """
    from interdiction.config import Config
    from interdiction.engine.fetching import fetchable
    from interdiction.engine.home import Home
    from interdiction.errors import UsageError
    from interdiction.lists.download import Downloader
    from interdiction.names.weights import Weights

    with reported(json):
        if every == bool(names):
            raise UsageError(
                "name the lists to fetch, or --all",
                where="LIST",
                mend="interdict lists fetch ofac-sdn un",
                code="fetch-what",
            )
        sources = fetchable(names or ())
        opened = Home.open(home, create=True)
        config = Config.read(opened.path)
        weights = Weights.load(config.weights)
        with Downloader(time, ca_file=config.fetching.ca_file, proxy=config.fetching.proxy) as downloader:
            one_round = partial(_round, opened, downloader, weights, by)
            if watch:
                _watch(opened, sources, downloader, one_round, json=json)
                return
            with progress("fetching") as step:
                found = list(one_round(sources, step))
        _give(found, json=json)
        code = 0
        for one in found:
            code = worse(code, _EXITS.get(one.attempt.verdict.value, 0))
        if code:
            raise typer.Exit(code)


_EXITS = {"overlay": OVERLAY_EXIT, "refused": LISTS_EXIT, "failed": LISTS_EXIT}


def _round(
    home: Home, downloader: Downloader, weights: Weights, by: str | None, sources: Sequence[ListSource], step: Progress
) -> Iterator[Fetched]:
    """Fetch each list, then build the index: whoever asks next finds it."""
    from interdiction.engine.fetching import fetch as fetch_list
    from interdiction.engine.together import prepare
    from interdiction.model import Verdict

    news = False
    for source in sources:
        found = fetch_list(home, source, downloader, clock=now, by=by, progress=step)
        news = news or found.attempt.verdict in {Verdict.IMPORTED, Verdict.OVERLAY}
        yield found
    if news:
        prepare(home, weights, progress=step)


def _watch(home: Home, sources: Sequence[ListSource], downloader: Downloader, one_round: _Round, *, json: bool) -> None:
    """Ask each publisher when it is due or has news, until interrupted; say what came of each round."""
    from interdiction.engine.fetching import due
    from interdiction.engine.noticing import Notices

    notices = Notices()
    try:
        while True:
            at = now()
            told = notices.look(sources, downloader, at)
            ready_now = [source for source, when in due(home, sources, at) if when <= at or notices.due(source.key)]
            found = []
            if ready_now:
                with progress("fetching") as step:
                    found = list(one_round(ready_now, step))
            for one in found:
                notices.came(one.attempt.list, one.attempt.verdict)
            if found or told:
                _give(found, told, json=json)
            time.sleep(_NAP_SECONDS)
    except KeyboardInterrupt:
        return


def _give(found: Sequence[Fetched], told: Sequence[Notice] = (), *, json: bool) -> None:
    if json:
        envelope("interdict.lists.fetch/1", None, [], found, **({"notices": told} if told else {}))
        return
    for notice in told:
        said = notice.message if notice.news else f"its file of changes told nothing: {notice.message} ({notice.code})"
        line(f"{notice.list}: {said}")
    if not found:
        return
    table(["list", "verdict", "edition", "age", "bytes", "took"], (_row(one) for one in found))
    for one in found:
        if one.attempt.message:
            still = f"{one.attempt.edition} stays in force" if one.attempt.edition else "no edition is in force"
            out().print(
                f"! {one.attempt.list}: {one.attempt.message} ({one.attempt.code}); {still}",
                style="bold red",
                markup=False,
                soft_wrap=True,
            )


def _row(one: Fetched) -> tuple[Any, ...]:
    attempt = one.attempt
    wire, took = sum(part.wire for part in attempt.parts), sum(part.seconds for part in attempt.parts)
    age = "" if one.age_days is None else f"{one.age_days} d"
    return attempt.list, attempt.verdict.value, attempt.edition or "none", age, f"{wire:,}", f"{took:.1f} s"
