"""Takes single entries out of a list of our own: who did it, when and why stay in the edition, and history keeps them.

1. The row stays in the table of the edition with the words of its end; it is no listing any more.
2. What was in force before stays in the store by interval: `--as-of` a day before still finds it.
3. Nothing that was taken out comes back by itself: a decision confirmed once is not entered again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.engine.emergency import EMERGENCY, day_of, files_of, table_of
from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS, import_next
from interdiction.engine.proposed import ask
from interdiction.errors import NoListError, UsageError
from interdiction.lists.sources import NOTICE
from interdiction.model.change import HomeChange, HomeChangeAct, HomeChangeKind, HomeChangeStep
from interdiction.model.signed import require_signed
from interdiction.names.normalise import fold

if TYPE_CHECKING:
    from interdiction.engine.filing import ImportReport

_PREFIX: Final = "own-"


class TakenOut(msgspec.Struct, frozen=True):
    """One entry that is in force no more: its listing, its name, and who took it out, when and why."""

    listing: str
    name: str
    words: str


class Left(msgspec.Struct, frozen=True):
    """What was taken out, and the report of the edition without it."""

    taken_out: tuple[TakenOut, ...]
    report: ImportReport


def take_out(
    home: Home,
    which: Sequence[str],
    *,
    by: str,
    why: str,
    at: datetime,
    list_key: str = EMERGENCY,
    timeout: float = WAIT_SECONDS,
) -> Left:
    """Take entries out of an own list, by listing, by number or by a name that only one entry bears.

    `at` is now; `by` and `why` are recorded in the edition. Raises `UsageError` (`by-required`, `why-required`,
    `own-list`, `no-such-entry`, `several-entries`), `NoListError` where the list was never entered.
    """
    require_signed("taking an entry out", by, why)
    _own(list_key)
    words = f"Taken out by {_line(by)} at {at.isoformat(timespec='seconds')}: {_line(why)}"
    gone: list[TakenOut] = []

    def without(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        places = {_place(rows, one, list_key): None for one in which}
        gone.extend(TakenOut(f"{list_key}:{rows[at]['id']}", rows[at]["name"], words) for at in places)
        return [row | {"taken_out": words} if at in places else row for at, row in enumerate(rows)]

    report = import_next(
        home,
        list_key,
        lambda reader: files_of(without(_rows(table_of(reader, home, list_key)))),
        at=at,
        on=day_of(home, list_key, at),
        by=by,
        timeout=timeout,
    )
    return Left(tuple(gone), report)


def ask_take_out(
    home: Home, which: Sequence[str], *, by: str, why: str, at: datetime, list_key: str = EMERGENCY
) -> HomeChange:
    """Propose to take entries out; they stay in force until another person approves it (`changes.approve`).

    Raises `UsageError` as `take_out` does, and `change-waits`.
    """
    require_signed("taking an entry out", by, why)
    _own(list_key)
    with home.reading() as reader:
        rows = _rows(table_of(reader, home, list_key))
    entries = tuple(dict.fromkeys(f"{list_key}:{rows[_place(rows, one, list_key)]['id']}" for one in which))
    step = HomeChangeStep(
        HomeChangeAct.PROPOSED, why.strip(), HomeChangeKind.TAKE_OUT, ", ".join(entries), entries=entries
    )
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        return ask(connection, step, by=by, at=at)


def take_out_approved(home: Home, change: HomeChange) -> Left:
    """Take out what was proposed to be and another person approved. Raises as `take_out` does."""
    list_key = change.entries[0].partition(":")[0]
    why = f"{change.why} Approved by {change.second}: {change.second_why}"
    return take_out(home, change.entries, by=change.by, why=why, at=change.second_at or change.at, list_key=list_key)


def _own(list_key: str) -> None:
    if not list_key.startswith(_PREFIX) or list_key.startswith(NOTICE):
        raise UsageError(
            f"entries of {list_key} are not taken out by hand",
            where="--list",
            mend="name a list of your own: own-emergency, own-confirmed; a notice ends with its order",
            code="own-list",
        )


def taken_out(home: Home, list_key: str = EMERGENCY) -> list[TakenOut]:
    """Give every entry that was taken out of an own list, in the order in which they were entered."""
    try:
        with home.reading() as reader:
            rows = _rows(table_of(reader, home, list_key))
    except NoListError:
        return []
    return [TakenOut(f"{list_key}:{row['id']}", row["name"], row["taken_out"]) for row in rows if row.get("taken_out")]


def _place(rows: Sequence[dict[str, str]], said: str, list_key: str) -> int:
    """Give the place of the entry that somebody means."""
    wanted = said.strip()
    uid = wanted.removeprefix(f"{list_key}:")
    standing = [at for at, row in enumerate(rows) if not row.get("taken_out")]
    found = [at for at in standing if rows[at]["id"] == uid] or [
        at for at in standing if fold(wanted) in {fold(name) for name in _names(rows[at])}
    ]
    if len(found) == 1:
        return found[0]
    if found:
        listings = ", ".join(f"{list_key}:{rows[at]['id']}" for at in found)
        raise UsageError(
            f"{len(found)} entries of {list_key} are called {said!r}",
            where="ENTRY",
            mend=f"name one of {listings}",
            code="several-entries",
        )
    raise UsageError(
        f"{list_key} has no entry {said!r} in force",
        where="ENTRY",
        mend=f"interdict lists export {list_key} names them",
        code="no-such-entry",
    )


def _names(row: dict[str, str]) -> list[str]:
    return [row["name"], *(one for one in row.get("alias", "").split(";") if one)]


def _rows(table: bytes) -> list[dict[str, str]]:
    return [msgspec.json.decode(line, type=dict[str, str]) for line in table.splitlines() if line.strip()]


def _line(text: str) -> str:
    return " ".join(text.split())
