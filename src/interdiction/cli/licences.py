"""`interdict licences`: the licences at hand, until when they hold, what is left of them, and what contradicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import DEFAULT_HOME, HomeOption, JsonOption, instant, now, out, reported

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from interdiction.enforcement.licences import Licence, Licences
    from interdiction.enforcement.moment import Moment
    from interdiction.model import Problem


def licences(
    at: Annotated[
        str | None, typer.Option("--at", metavar="INSTANT", help="As they stand then, such as 2019-09-04T00:01-04:00.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """List the packaged general licences and those of the home (`licences.yml`), with what is left of each."""
    with reported(json):
        from interdiction.config import Config
        from interdiction.enforcement.moment import Moment
        from interdiction.engine.decide import policy_of

        then = instant(at, "--at") or now()
        moment = Moment.of(then.date(), then)
        found = policy_of(Config.read(home)).licences
        used = _drawn(home, found)
        problems = _problems(found)
        if json:
            from interdiction.cli.door import envelope

            envelope("interdict.licences/1", None, (), [_row(one, moment, used) for one in found.all], problems)
            return
        from interdiction.cli.show_hits import show_problems

        _show(found, moment, used)
        show_problems(problems)


def _drawn(home: Path, found: Licences) -> Mapping[str, Sequence[Decimal]]:
    from interdiction.engine.drawn import Drawn
    from interdiction.engine.home import Home

    if not (home / "VERSION").exists():
        return {}
    return Drawn.of(Home.open(home), found).amounts()


def _row(one: Licence, moment: Moment, used: Mapping[str, Sequence[Decimal]]) -> dict[str, object]:
    import msgspec

    from interdiction.enforcement.licences import left

    row = msgspec.to_builtins(one, builtin_types=())
    return {**row, "holds": moment.within(one.since, one.until), "left": left(one, used.get(one.id, ()))}


def _show(found: Licences, moment: Moment, used: Mapping[str, Sequence[Decimal]]) -> None:
    from rich.table import Table

    from interdiction.enforcement.licences import left

    table = Table(box=None, pad_edge=False)
    for column in ("licence", "law", "covers", "holds", "until", "left", "goes through"):
        table.add_column(column, overflow="fold")
    for one in found.all:
        rest = left(one, used.get(one.id, ()))
        table.add_row(
            f"{one.id} ({one.reference})",
            one.law,
            one.covers,
            "yes" if moment.within(one.since, one.until) else "no",
            one.until.isoformat() if one.until else "",
            "" if rest is None else f"{rest} {one.currency}",
            "yes" if one.straight_through and one.id not in found.contradicting else "no",
        )
    out().print(table)


def _problems(found: Licences) -> list[Problem]:
    from interdiction.model import Grade, Problem

    return [
        Problem(
            code="licence-contradicts",
            message=wrong,
            grade=Grade.FILE,
            node=licence,
            mend="correct licences.yml; until then whatever it speaks of is held",
        )
        for licence, wrong in found.contradicting.items()
    ]
