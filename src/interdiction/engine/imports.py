"""Imports one edition of one list: read, plan, keep the bytes, commit. What fails leaves everything as it was.

1. Nothing is in force before the transaction that stores it is on the disk; then all of it is.
2. The official bytes are kept before that, so that every edition in force can be read again from its files.
3. A refusal is stored too: whoever looks at the status sees that the list stands still, and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from interdiction.engine.given import list_files, shown
from interdiction.engine.home import Home
from interdiction.errors import ListFileError, RefusedEditionError, UsageError
from interdiction.lists.checks import refuse_older
from interdiction.lists.diff import diff, incomparable
from interdiction.lists.editions import EditionPlan, plan
from interdiction.lists.sources import Sources
from interdiction.model import Edition, EditionPart, EditionState, Grade, Listing, ListSource, Problem

if TYPE_CHECKING:
    from interdiction.lists.readers.reading import ListFile, Reading
    from interdiction.store.database import Database
    from interdiction.store.listings import Neighbours
    from interdiction.store.reading import Reader

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and the whole."""

WAIT_SECONDS = 30.0
_STEPS = 5


class ImportReport(msgspec.Struct, frozen=True):
    """What an import did. `unchanged` means that this very edition was there already and nothing was stored;
    `current` that it is the one in force now; `problems` are its edition's, the published ones included.
    """

    edition: Edition
    unchanged: bool
    current: bool
    problems: tuple[Problem, ...]


class _Order(msgspec.Struct, frozen=True):
    """What the caller asked for."""

    source: ListSource
    files: tuple[ListFile, ...]
    sha256: str
    history: bool
    by: str | None
    accept_problems: bool
    at: datetime


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

    `on` is the edition's date where the files do not state one; `at` is now, in any zone. `accept_problems`
    takes a defective edition as it is, on the word of `by`.
    Raises `UsageError` (`unknown-list`, `on-required`, `by-required`), `InputError` for paths, `ListFileError`
    and `RefusedEditionError` for an edition refused whole, `HomeError`.
    """
    register = sources or Sources.load()
    source = register.get(list_key)
    if accept_problems and not (by or "").strip():
        raise UsageError(
            "--accept-problems needs the name of who decides", where="--by", mend="add --by NAME", code="by-required"
        )
    step = progress or _silent
    step("files", 0, _STEPS)
    files = list_files(paths)
    order = _Order(source, files, _edition_hash(files), history, shown(by) if by else None, accept_problems, at)
    try:
        step("reading", 1, _STEPS)
        reading = _read(order)
        day, noted = _date(reading, on, order)
        step("waiting for the store", 2, _STEPS)
        with home.writing(timeout) as database:
            with home.reading() as reader:
                step("comparing", 3, _STEPS)
                filing = _Filing(reader, order, reading, day, noted, tuple(register))
                if filing.same is not None:
                    return filing.unchanged()
                planned = filing.plan()
            step("storing", 4, _STEPS)
            report = filing.store(home, database, planned)
    except (ListFileError, RefusedEditionError) as error:
        _store_refusal(home, order, error, timeout)
        raise
    step("done", _STEPS, _STEPS)
    return report


class _Filing:
    """One edition on its way into the store, with what stands before and after its place."""

    def __init__(
        self,
        reader: Reader,
        order: _Order,
        reading: Reading,
        on: date,
        noted: Sequence[Problem],
        register: tuple[ListSource, ...],
    ) -> None:
        key = order.source.key
        refuse_older(reader.last_edition(key), on, history=order.history)
        self._order, self._reading, self._on, self._noted, self._register = order, reading, on, noted, register
        self._before = reader.last_edition(key, on)
        alike = [one for one in reader.editions(key) if one.on == on and one.sha256 == order.sha256]
        self._id = f"{key}@{on}+{order.sha256[:12]}" + (f".{len(alike) + 1}" if alike else "")
        self.same = self._same(alike)
        if self.same is not None:
            self._current = reader.last_edition(key)
            return
        seq = self._before.seq if self._before else -1
        self._after = reader.next_edition(key, seq)
        self._around = _around(reader, key, self._before, self._after)
        self._previous: dict[str, Listing] = {}
        if self._before is not None:
            self._previous = {listing.uid: listing for listing in reader.listings(key, self._before.seq)}
        self._following: dict[str, Listing] = {}
        if self._after is not None:
            self._following = {listing.uid: listing for listing in reader.listings(key, self._after.seq)}

    def _same(self, alike: Sequence[Edition]) -> Edition | None:
        """Give the edition that this import would only repeat.

        It is none when a person takes an overlay as it is, and when the publisher went back, on the same day,
        to what it had published before.
        """
        if not alike or self._before is None or self._before.id != alike[-1].id:
            return None
        decides = self._order.accept_problems and alike[-1].state is EditionState.OVERLAY
        return None if decides else alike[-1]

    def unchanged(self) -> ImportReport:
        """Say that this edition was there."""
        if self.same is None:
            raise AssertionError("only asked when the edition is there")
        current = self._current is not None and self._current.id == self.same.id
        return ImportReport(self.same, unchanged=True, current=current, problems=self.same.problems)

    def plan(self) -> EditionPlan:
        """Plan it against what was in force before its place."""
        parts = tuple(
            EditionPart(role, file.name, len(file.data), _sha256(file.data))
            for role, file in zip(self._reading.parts, self._order.files, strict=True)
        )
        planned = plan(
            self._previous,
            self._before,
            self._reading,
            self._order.source,
            self._on,
            parts=parts,
            others=self._register,
            accept_problems=self._order.accept_problems,
        )
        return replace(planned, problems=(*planned.problems, *self._noted, *self._not_revisited()))

    def _not_revisited(self) -> list[Problem]:
        after = self._after
        if after is None or (after.state is EditionState.ACCEPTED and not any(part.carried for part in after.parts)):
            return []
        return [
            Problem(
                code="next-not-revisited",
                message=f"{after.id} follows, rests on the edition before it and was planned without this one",
                grade=Grade.PUBLISHED,
                mend="what only this edition lists is in force up to that one",
            )
        ]

    def store(self, home: Home, database: Database, planned: EditionPlan) -> ImportReport:
        """Keep the bytes, then commit the edition and its changes in one transaction."""
        from interdiction.store import editions, listings

        earlier = {part.role: part.sha256 for part in self._before.parts} if self._before else {}
        for role, file in zip(self._reading.parts, self._order.files, strict=True):
            home.raw.keep(file.data, earlier.get(role))
        home.forget_index()
        key = self._order.source.key
        with database.transaction() as connection:
            edition = self._edition(planned, editions.next_seq(connection, key, self._on))
            editions.insert(connection, edition)
            listings.file_changes(connection, key, edition.seq, planned.changes, self._around)
            if self._after is not None:
                editions.recount(connection, self._recounted(self._after, edition, planned.changes))
        home.forget_index()
        return ImportReport(edition, unchanged=False, current=self._after is None, problems=edition.problems)

    def _edition(self, planned: EditionPlan, seq: int) -> Edition:
        return Edition(
            id=self._id,
            list=self._order.source.key,
            on=self._on,
            sha256=self._order.sha256,
            known_at=self._order.at,
            state=planned.state,
            parts=planned.parts,
            listings=planned.listings,
            added=len(planned.added),
            amended=len(planned.amended),
            removed=len(planned.removed),
            waiting=len(planned.waiting),
            by=self._order.by,
            problems=planned.problems,
            format=self._reading.format,
            seq=seq,
        )

    def _recounted(self, after: Edition, here: Edition, changes: Mapping[str, Listing | None]) -> Edition:
        state = {uid: listing for uid, listing in {**self._previous, **changes}.items() if listing is not None}
        found = diff(state, self._following, incomparable(here.parts, after.parts, self._order.source))
        return replace(after, added=len(found.added), amended=len(found.amended), removed=len(found.removed))


def _around(reader: Reader, key: str, before: Edition | None, after: Edition | None) -> Neighbours:
    from interdiction.store.listings import Neighbours

    return Neighbours(
        reader.intervals(key, before.seq) if before else {},
        after.seq if after else None,
        reader.intervals(key, after.seq) if after else {},
    )


def _read(order: _Order) -> Reading:
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


def _date(reading: Reading, on: date | None, order: _Order) -> tuple[date, list[Problem]]:
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


def _store_refusal(home: Home, order: _Order, error: ListFileError | RefusedEditionError, timeout: float) -> None:
    from interdiction.store import editions

    with home.writing(timeout) as database, database.transaction() as connection:
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
    hashes = sorted(_sha256(file.data) for file in files)
    if len(hashes) == 1:
        return hashes[0]
    return hashlib.sha256("\n".join(hashes).encode("ascii")).hexdigest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _silent(what: str, done: int, whole: int) -> None:
    """Tell nobody."""
