"""Fetches lists from their publishers: ask, check, import, record. What fails leaves the last edition in force.

1. Every attempt is kept, whatever came of it: addresses, bytes, hashes, what the server said, the verdict.
2. A part that has not changed is taken from the files of the home; where none has, nothing is imported. A kept file
   that turns out to be damaged is fetched whole and put right.
3. The publisher's own date counts; where a format states none, the day the server says the file was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import msgspec

from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS, import_files
from interdiction.engine.progress import Progress, silent
from interdiction.errors import FetchError, HomeError, InterdictError, ListError, ListFileError, UsageError
from interdiction.lists.download import Download, Downloader, Known
from interdiction.lists.readers.reading import ListFile
from interdiction.lists.sources import Sources
from interdiction.lists.wire import shown
from interdiction.model import Edition, EditionState, FetchAttempt, FetchedPart, ListSource, Verdict

Clock = Callable[[], datetime]


class Fetched(msgspec.Struct, frozen=True):
    """What became of one list, with the edition in force after it and its age in days (none: no edition is)."""

    attempt: FetchAttempt
    age_days: int | None


def fetchable(names: Iterable[str], sources: Sources | None = None) -> list[ListSource]:
    """Give the sources of these names, all that can be fetched when there is none.

    Raises `UsageError`: `unknown-list`, `not-fetched` for a list without addresses to fetch from.
    """
    register = sources or Sources.load()
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return [source for source in register if source.fetch]
    found = [register.get(name) for name in wanted]
    for source in found:
        if not source.fetch:
            raise UsageError(
                f"{source.key} has no address to fetch from",
                where=source.key,
                mend=f"download it by hand and import it: interdict lists import {source.key} PATH",
                code="not-fetched",
            )
    return found


def due(home: Home, sources: Iterable[ListSource], at: datetime) -> list[tuple[ListSource, datetime]]:
    """Give each source with the instant from which its publisher may be asked again."""
    last = _attempts(home)
    return [
        (source, last[source.key].at + timedelta(hours=source.every_hours) if source.key in last else at)
        for source in sources
    ]


def fetch(
    home: Home,
    source: ListSource,
    downloader: Downloader,
    *,
    clock: Clock,
    by: str | None = None,
    sources: Sources | None = None,
    progress: Progress | None = None,
    timeout: float = WAIT_SECONDS,
) -> Fetched:
    """Fetch one list and bring it into force when it is newer and can be trusted.

    A publisher or a file that fails is a verdict, not an error. Raises `HomeError` only: the record could not be kept.
    """
    at = clock()
    one = _Attempt(home, source, downloader, at, progress or silent)
    code = message = ""
    try:
        verdict = one.run(by, sources, timeout)
    except FetchError as error:
        verdict, code, message = Verdict.FAILED, error.code, f"{error.message} ({error.where})"
    except HomeError:
        raise
    except InterdictError as error:
        refused = isinstance(error, ListError | ListFileError)
        verdict, code, message = Verdict.REFUSED if refused else Verdict.FAILED, error.code, error.message
    if one.repaired and not code:
        code, message = (
            "repaired",
            "an official file kept in the home was damaged; it came whole again and is put right",
        )
    standing = _standing(home, source.key)
    attempt = FetchAttempt(
        list=source.key,
        at=at,
        verdict=verdict,
        parts=tuple(one.parts),
        edition=standing.id if standing else None,
        code=code,
        message=message,
    )
    _record(home, attempt, timeout)
    return Fetched(attempt, (at.date() - standing.on).days if standing else None)


class _Attempt:
    """The parts of one edition as they come."""

    def __init__(self, home: Home, source: ListSource, downloader: Downloader, at: datetime, step: Progress) -> None:
        self._home, self._source, self._downloader, self._at, self._step = home, source, downloader, at, step
        self.parts: list[FetchedPart] = []
        self.repaired: list[bytes] = []
        """What the home keeps damaged, as it came again."""

    def run(self, by: str | None, sources: Sources | None, timeout: float) -> Verdict:
        known = self._known()
        files = [self._part(role, known.get(role)) for role in self._source.fetch]
        if self.repaired:
            with self._home.writing(timeout):
                for data in self.repaired:
                    self._home.raw.keep(data)
        if known and all(part.sha256 == known[part.role].sha256 for part in self.parts if part.role in known):
            return Verdict.UNCHANGED
        report = import_files(
            self._home,
            self._source.key,
            lambda: files,
            at=self._at,
            on=self._day(),
            by=by,
            progress=self._step,
            timeout=timeout,
            sources=sources,
        )
        if report.unchanged:
            return Verdict.UNCHANGED
        return Verdict.OVERLAY if report.edition.state is EditionState.OVERLAY else Verdict.IMPORTED

    def _known(self) -> dict[str, FetchedPart]:
        """Give the parts of the last attempt that ended well, when all of their bytes are still here."""
        last = _attempts(self._home, good=True).get(self._source.key)
        if last is None or {part.role for part in last.parts} != set(self._source.fetch):
            return {}
        here = all(self._home.raw.has(part.sha256) for part in last.parts)
        same = all(part.address == shown(self._source.addresses[part.role]) for part in last.parts)
        return {part.role: part for part in last.parts} if here and same else {}

    def _part(self, role: str, before: FetchedPart | None) -> ListFile:
        address = self._source.addresses[role]

        def heard(come: int, announced: int) -> None:
            self._step(f"{self._source.key}: fetching {role}", come, announced)

        heard(0, 0)
        known = Known(before.etag, before.last_modified) if before else None
        found = self._downloader.get(address, known, heard)
        if found.data is None and before is not None:
            data = self._kept(before.sha256)
            if data is not None:
                self.parts.append(_part_of(role, address, found, before.sha256, len(data), before))
                return ListFile(_name(address, role), data)
            found = self._downloader.get(address, None, heard)
            if found.data is not None and found.sha256 == before.sha256:
                self.repaired.append(found.data)
        data = found.data or b""
        self.parts.append(_part_of(role, address, found, found.sha256, len(data), None))
        return ListFile(_name(address, role), data)

    def _kept(self, digest: str) -> bytes | None:
        """Give the bytes that the home keeps; `None` where they are damaged."""
        try:
            return self._home.raw.read(digest)
        except HomeError as error:
            if error.code != "damaged":
                raise
            return None

    def _day(self) -> date:
        """Give the latest day on which the server says that a part was changed; today when it does not say."""
        days = [day for part in self.parts if (day := _changed_on(part.last_modified)) is not None]
        return min(max(days), self._at.date()) if days else self._at.date()


def _name(address: str, role: str) -> str:
    return PurePosixPath(urlsplit(address).path).name or role


def _part_of(
    role: str, address: str, found: Download, sha256: str, size: int, before: FetchedPart | None
) -> FetchedPart:
    return FetchedPart(
        role=role,
        address=shown(address),
        status=found.status,
        wire=found.wire,
        size=size,
        sha256=sha256,
        etag=found.etag or (before.etag if before else None),
        last_modified=found.last_modified or (before.last_modified if before else None),
        attempts=found.attempts,
        seconds=found.seconds,
    )


def _changed_on(text: str | None) -> date | None:
    if not text:
        return None
    try:
        instant = parsedate_to_datetime(text)
    except ValueError:
        return None
    return instant.astimezone(UTC).date() if instant.tzinfo else instant.date()


def _attempts(home: Home, *, good: bool = False) -> Mapping[str, FetchAttempt]:
    from interdiction.store.reading import is_blank

    if is_blank(home.store):
        return {}
    with home.reading() as reader:
        return reader.last_attempts(good=good)


def _standing(home: Home, key: str) -> Edition | None:
    from interdiction.store.reading import is_blank

    if is_blank(home.store):
        return None
    with home.reading() as reader:
        return reader.last_edition(key)


def _record(home: Home, attempt: FetchAttempt, timeout: float) -> None:
    from interdiction.store import attempts

    with home.writing(timeout) as database, database.transaction() as connection:
        attempts.insert(connection, attempt)
