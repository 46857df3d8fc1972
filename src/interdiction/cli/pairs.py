"""`interdict lists apart`, `together` and `pairs`: what people say of two listings, before every rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import DEFAULT_HOME, HomeOption, JsonOption, envelope, line, now, progress, reported, table

if TYPE_CHECKING:
    from interdiction.model import Pairing, PairVerdict

_One = Annotated[str, typer.Argument(metavar="A", help="LIST:UID, such as ofac-sdn:9345.")]
_Other = Annotated[str, typer.Argument(metavar="B", help="Another one, of the same list or of another.")]
_By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so; it is recorded.")]
_Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="On what grounds; it is recorded and shown.")]
_Undo = Annotated[bool, typer.Option("--undo", help="Withdraw what was said of the two: the rules decide again.")]


def apart(
    one: _One,
    other: _Other,
    by: _By = "",
    why: _Why = "",
    undo: _Undo = False,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Say that two listings are two parties, whatever the rules find. Nothing in the listings themselves changes."""
    _say(one, other, "apart", by, why, home, undo=undo, json=json)


def together(
    one: _One,
    other: _Other,
    by: _By = "",
    why: _Why = "",
    undo: _Undo = False,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Say that two listings are one party, whether the rules find it or not. Both stay as they are."""
    _say(one, other, "together", by, why, home, undo=undo, json=json)


def pairs(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """Tell everything that was said of pairs of listings, in its order, and which of it counts."""
    from interdiction.engine.home import Home
    from interdiction.engine.pairing import said
    from interdiction.lists.clusters import standing

    with reported(json):
        found = said(Home.open(home))
        counts = set(standing(found).values())
        if json:
            body = [{"pairing": one, "counts": one in counts} for one in found]
            envelope("interdict.lists.pairs/1", None, [], body)
            return
        if not found:
            line("Nothing was said of any pair: the rules alone decide.")
            return
        table(
            ["listing", "listing", "are", "by", "on", "why", ""],
            (
                (one.one, one.other, one.verdict.value, one.by, f"{one.at:%Y-%m-%d}", one.why, _counts(one, counts))
                for one in found
            ),
        )


def _counts(one: Pairing, counts: set[Pairing]) -> str:
    return "counts" if one in counts else ""


def _say(one: str, other: str, verdict: str, by: str, why: str, home: Path, *, undo: bool, json: bool) -> None:
    from interdiction.config import Config
    from interdiction.engine.home import Home
    from interdiction.engine.pairing import judge
    from interdiction.engine.together import prepare
    from interdiction.model import PairVerdict
    from interdiction.names.weights import Weights

    with reported(json):
        opened = Home.open(home)
        word: PairVerdict = PairVerdict.WITHDRAWN if undo else PairVerdict(verdict)
        made = judge(opened, one, other, word, by=by, why=why, at=now())
        with progress("linking the lists") as step:
            prepare(opened, Weights.load(Config.read(opened.path).weights), progress=step)
        if json:
            envelope("interdict.lists.pair/1", None, [], made)
            return
        said = {
            PairVerdict.APART: "are two parties",
            PairVerdict.TOGETHER: "are one party",
            PairVerdict.WITHDRAWN: "are again what the rules find",
        }[made.verdict]
        line(f"{made.one} and {made.other} {said}: {made.by}, {made.why}")
