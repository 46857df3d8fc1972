"""Imports one edition of one list: read, plan, keep the bytes, commit. What fails leaves everything as it was.

A refusal is stored too: whoever looks at the status sees that the list stands still, and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from interdiction.engine.filing import Filing, ImportReport, Order, States
from interdiction.engine.given import list_files, shown
from interdiction.engine.home import Home
from interdiction.engine.progress import Progress, silent
from interdiction.engine.raw import sha256
from interdiction.errors import ListFileError, RefusedEditionError, UsageError
from interdiction.lists.sources import Sources
from interdiction.model import Grade, Problem
from interdiction.model.signed import require_by

if TYPE_CHECKING:
    from interdiction.engine.raw import RawFiles
    from interdiction.lists.readers.reading import ListFile, Reading
    from interdiction.model import ListSource
    from interdiction.store.database import Database
    from interdiction.store.reading import Reader

WAIT_SECONDS = 30.0
_STEPS = 5


def import_edition(
    home: Home,
    list_key: str,
    paths: Sequence[Path],
    *,
    at: datetime,
    on: date | None = None,
    history: bool = False,
    by: str | None = None,
    accept_problems: bool = False,
    progress: Progress | None = None,
    timeout: float = WAIT_SECONDS,
    sources: Sources | None = None,
) -> ImportReport:
    """Import the files (or the one folder of files) of one edition into the home.

    Raises `InputError` for paths; for the rest see `import_files`.
    """
    step = progress or silent
    step("files", 0, _STEPS)
    return import_files(
        home,
        list_key,
        lambda: list_files(paths),
        at=at,
        on=on,
        history=history,
        by=by,
        accept_problems=accept_problems,
        progress=progress,
        timeout=timeout,
        sources=sources,
    )


def import_files(
    home: Home,
    list_key: str,
    files: Callable[[], Sequence[ListFile]],
    *,
    at: datetime,
    on: date | None = None,
    history: bool = False,
    by: str | None = None,
    accept_problems: bool = False,
    progress: Progress | None = None,
    timeout: float = WAIT_SECONDS,
    sources: Sources | None = None,
) -> ImportReport:
    """Import one edition from its bytes; `files` are asked for once the order itself is known to be right.

    `on` is the edition's date where the files do not state one; `at` is now, in any zone. `accept_problems`
    takes a defective edition as it is, on the word of `by`.
    Raises `UsageError` (`unknown-list`, `on-required`, `by-required`), `ListFileError`
    and `RefusedEditionError` for an edition refused whole, `HomeError`.
    """
    register = sources or Sources.load()
    source = _source(register, list_key, by, accept_problems=accept_problems)
    step = progress or silent
    given = tuple(files())
    order = Order(source, given, _edition_hash(given), history, shown(by) if by else None, accept_problems, at)
    try:
        step("reading", 1, _STEPS)
        reading = _read(order)
        day, noted = _date(reading, on, order)
        step("waiting for the store", 2, _STEPS)
        with home.writing(timeout) as database:
            desk = Desk(home, home.raw, database, tuple(register))
            report = desk.file(order, reading, day, noted, step)
    except (ListFileError, RefusedEditionError) as error:
        with home.writing(timeout) as database:
            _store_refusal(database, order, error)
        raise
    step("done", _STEPS, _STEPS)
    return report


def import_next(
    home: Home,
    list_key: str,
    make: Callable[[Reader], Sequence[ListFile]],
    *,
    at: datetime,
    on: date,
    by: str,
    timeout: float = WAIT_SECONDS,
    sources: Sources | None = None,
) -> ImportReport:
    """Import an edition that `make` derives from what is in force, with the home locked: nobody comes between.

    Raises as `import_files` does; a refused edition is recorded.
    """
    register = sources or Sources.load()
    source = _source(register, list_key, by, accept_problems=False)
    with home.writing(timeout) as database:
        with home.reading() as reader:
            given = tuple(make(reader))
        order = Order(source, given, _edition_hash(given), False, shown(by), False, at)
        try:
            desk = Desk(home, home.raw, database, tuple(register))
            return desk.file(order, _read(order), on, [], silent)
        except (ListFileError, RefusedEditionError) as error:
            _store_refusal(database, order, error)
            raise


def import_each(
    home: Home,
    list_key: str,
    editions: Sequence[tuple[Path, date | None]],
    *,
    at: datetime,
    told: Callable[[Path, ImportReport | ListFileError | RefusedEditionError], None],
    history: bool = False,
    by: str | None = None,
    progress: Progress | None = None,
    timeout: float = WAIT_SECONDS,
    sources: Sources | None = None,
) -> None:
    """Import many editions of one list in this order: a file or a folder each, with the day where it states none.

    What two editions share is read once, and the home is locked for all of them. `told` hears of each; a refused
    one is recorded and those behind it are imported all the same. Raises as `import_edition` does for the rest.
    """
    from interdiction.lists.readers.remembered import remembering

    register = sources or Sources.load()
    source = _source(register, list_key, by, accept_problems=False)
    step = progress or silent
    with remembering(), home.writing(timeout) as database:
        desk = Desk(home, home.raw_files(remember=True), database, tuple(register))
        for done, (path, on) in enumerate(editions):
            step(path.name, done, len(editions))
            given = list_files([path])
            order = Order(source, given, _edition_hash(given), history, shown(by) if by else None, False, at)
            try:
                reading = _read(order)
                report = desk.file(order, reading, *_date(reading, on, order), silent)
            except (ListFileError, RefusedEditionError) as error:
                _store_refusal(database, order, error)
                told(path, error)
            else:
                told(path, report)
    step("done", len(editions), len(editions))


class Desk:
    """Where editions are filed while the home is locked: what one left at hand serves the next."""

    def __init__(self, home: Home, raw: RawFiles, database: Database, register: tuple[ListSource, ...]) -> None:
        self._home, self._raw, self._database, self._register = home, raw, database, register
        self._states = States()

    def file(self, order: Order, reading: Reading, day: date, noted: Sequence[Problem], step: Progress) -> ImportReport:
        """Compare one edition with what is in force and store it. Raises `RefusedEditionError`."""
        with self._home.reading() as reader:
            step("comparing", 3, _STEPS)
            filing = Filing(reader, order, reading, day, noted, self._register, self._states)
            if filing.same is not None:
                return filing.unchanged()
            planned = filing.plan()
        step("storing", 4, _STEPS)
        return filing.store(self._home, self._raw, self._database, planned)


def _source(register: Sources, list_key: str, by: str | None, *, accept_problems: bool) -> ListSource:
    source = register.get(list_key)
    if accept_problems:
        require_by("--accept-problems", by)
    return source


def _read(order: Order) -> Reading:
    from interdiction.lists.detect import read_edition

    reading = read_edition(order.files, order.source.key)
    twice = [role for at, role in enumerate(reading.parts) if role in reading.parts[:at]]
    if twice:
        raise ListFileError(
            f"two of the files are the part {twice[0]}",
            where=", ".join(
                file.name for file, role in zip(order.files, reading.parts, strict=True) if role == twice[0]
            ),
            mend="give the files of one edition only",
            code="duplicate-part",
        )
    return reading


def _date(reading: Reading, on: date | None, order: Order) -> tuple[date, list[Problem]]:
    """Give the edition's date: the file's own, else the one given."""
    day = reading.on or on
    if day is None:
        raise UsageError(
            "these files do not say of which day they are",
            where="--on",
            mend="add --on DATE, the day the publisher published them",
            code="on-required",
        )
    # One day of grace: the publisher's day may have begun before ours.
    if day > order.at.date() + timedelta(days=1):
        raise RefusedEditionError(
            f"the edition is of {day}, a day that has not come",
            where=order.source.key,
            mend="correct --on; an edition of a day to come would make every later one look old",
            code="future-edition",
        )
    if on is None or on == day:
        return day, []
    return day, [
        Problem(
            code="date-differs",
            message=f"the file says {day}, --on says {on}: the file's own date counts",
            grade=Grade.PUBLISHED,
            text=on.isoformat(),
            expected=day.isoformat(),
            mend="leave out --on",
        )
    ]


def _store_refusal(database: Database, order: Order, error: ListFileError | RefusedEditionError) -> None:
    from interdiction.store import editions

    with database.transaction() as connection:
        editions.refuse(
            connection,
            list_key=order.source.key,
            at=order.at,
            sha256=order.sha256,
            code=error.code,
            message=error.message,
            files=", ".join(file.name for file in order.files),
            by=order.by,
        )


def _edition_hash(files: Sequence[ListFile]) -> str:
    """Give the edition's hash: its file's, or that of its files' hashes in order, whatever they are called."""
    hashes = sorted(sha256(file.data) for file in files)
    if len(hashes) == 1:
        return hashes[0]
    return hashlib.sha256("\n".join(hashes).encode("ascii")).hexdigest()
