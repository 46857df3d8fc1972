"""Imports an edition again and again, each time in a process that kills itself somewhere; prints what was left.

Run as a script by `test_killed.py`: `killing.py HOME EDITION SCRATCH POINTS`. HOME has one edition in force,
or none yet. The place to die is a number of function calls (Python and C) from the start of the import, so that
every run is the same: POINTS places spread over the whole import, and as many over its last fiftieth, where it
commits.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import alembic.autogenerate  # noqa: F401 - loaded before the calls are counted, as all below

import interdiction.lists.detect
import interdiction.store.database
import interdiction.store.listings
from interdiction.engine.editions import import_edition, iter_listings, status
from interdiction.engine.home import Home
from interdiction.engine.raw import RawFiles
from interdiction.errors import NoListError

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def bring(home: Path, edition: Path, day: int) -> None:
    import_edition(Home.open(home), "ofac-sdn", [edition], at=AT, on=date(2015, 1, day))


def in_child(action: Callable[[], None]) -> int:
    """Run in a process of its own and give its wait status."""
    child = os.fork()
    if child == 0:
        action()
        os._exit(0)
    return os.waitpid(child, 0)[1]


def counting(home: Path, edition: Path, die_at: int | None, told: Path) -> None:
    calls = 0

    def profile(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        if event.endswith("call"):
            calls += 1
            if calls == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(profile)
    bring(home, edition, 2)
    sys.setprofile(None)
    told.write_text(str(calls))


def dying_after(name: str, owner: Any) -> Callable[[], None]:
    """Replace a function by itself and then death."""
    real = getattr(owner, name)

    def deadly(*arguments: Any, **named: Any) -> None:
        real(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return lambda: setattr(owner, name, deadly)


def look(home: Path) -> dict[str, Any]:
    """Say what is in force, then what the next writer leaves."""
    opened = Home.open(home)
    try:
        (row,) = status(opened, AT).lists or (None,)
    except NoListError:
        row = None
    with opened.writing(0):
        pass
    with opened.reading() as reader:
        wanted = reader.raw_files()
    return {
        "editions": row.editions if row else 0,
        "counted": row.edition.listings if row else 0,
        "listings": sum(1 for _ in iter_listings(opened)) if row else 0,
        "strays": sorted({path.name for path in (home / "raw").glob("*")} - {f"{one}.zst" for one in wanted}),
        "readable": all(opened.raw.read(one) for one in wanted),
    }


def main() -> None:
    home, edition, scratch = map(Path, sys.argv[1:4])
    points = int(sys.argv[4])
    copies = iter(range(10**6))

    def copied() -> Path:
        return Path(shutil.copytree(home, scratch / f"home-{next(copies)}"))

    def tried(prepare: Callable[[], None], die_at: int | None) -> dict[str, Any]:
        copy = copied()

        def action() -> None:
            prepare()
            counting(copy, edition, die_at, scratch / "ignored")

        ended = in_child(action)
        found = {"killed": os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL, **look(copy)}
        shutil.rmtree(copy)
        return found

    # Whatever is imported or compiled at first use is so before the calls are counted.
    bring(copied(), edition, 2)
    look(copied())
    whole = copied()
    in_child(lambda: counting(whole, edition, None, scratch / "calls"))
    total = int((scratch / "calls").read_text())
    places = [total * n // points for n in range(1, points)]
    places += [total - total * n // (50 * points) for n in range(1, points)]
    named = {
        "raw kept": dying_after("keep", RawFiles),
        "between raw and commit": dying_after("forget_index", Home),
        "inside the transaction": dying_after("file_changes", interdiction.store.listings),
        "committed": dying_after("close", interdiction.store.database.Database),
    }
    answer = {
        "whole": look(whole),
        "counted": [tried(lambda: None, place) for place in places],
        "named": {name: tried(prepare, None) for name, prepare in named.items()},
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
