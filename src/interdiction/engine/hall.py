"""The engine as a library: one home opened, parties and books screened against what was in force on any day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any

from interdiction import approved
from interdiction.config import Config
from interdiction.enforcement import Policy
from interdiction.engine.force import Force, ready
from interdiction.engine.home import Home
from interdiction.engine.progress import Progress
from interdiction.engine.reach import Reaching, reaching
from interdiction.errors import DataError, InterdictError
from interdiction.model import Hit, Party
from interdiction.names.thresholds import Channel, Thresholds
from interdiction.names.weights import Weights
from interdiction.screening.screener import Screened
from interdiction.store.faults import translated

if TYPE_CHECKING:
    from interdiction.engine.owners import Owners

_Day = tuple[date | None, tuple[tuple[str, date], ...], datetime | None, frozenset[str]]
_NOW: _Day = (None, (), None, frozenset())
_DAYS_KEPT = 8
"""States of other days that stay open: a process that runs for weeks is asked about many."""


class Engine:
    """Lists, index and store of one home. Use it in a `with` block, or call `close`.

    What is in force now is opened once and kept until `refresh` or `renew`; days of the past are opened when
    asked for.
    """

    def __init__(self, home: Home, config: Config, *, progress: Progress | None = None) -> None:
        self.home = home
        self.config = config
        self._progress = progress
        self._opened: dict[_Day, Force] = {}
        self._exactly: dict[tuple[frozenset[str], date | None, datetime | None], Force] = {}
        self._looked: tuple[int, ...] = ()
        self._lists: Force | None = None
        self._renewing = Lock()

    @classmethod
    def open(cls, home: str | Path, *, progress: Progress | None = None) -> Engine:
        """Open the home at a path. Raises `NoListError` where there is none, `HomeError` where it cannot be used."""
        path = Path(home)
        return cls(Home.open(path), Config.read(path), progress=progress)

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the opened indexes."""
        self._opened, self._exactly = {}, {}

    def refresh(self) -> None:
        """Look again at what is in force: editions may have come since."""
        self._opened, self._exactly = {}, {}

    def renew(self) -> InterdictError | None:
        """Take up what has come into force since it was opened: two looks at the disk when nothing has.

        For a process that runs for days: call it before each request, from any thread. What cannot be opened
        never replaces what is open; then the error is given, once for each state of the store, and answers go
        on to say by their editions what they rest on. Raises as `force` does when nothing was open yet.
        """
        if not self._renewing.acquire(blocking=False):
            return None  # another thread is at it
        try:
            self._reread()
            look = self.home.stamp()
            if look == self._looked:
                return None
            self._looked = look
            with translated(self.home.path):
                lists = ready(self.home, self.weights, standing=self._lists, progress=self._progress)
                if lists is self._lists and _NOW in self._opened:
                    return None  # decisions were kept, or the like: no list has changed
                self._opened = {_NOW: self._reaching(lists)}
                self._lists = lists
        except InterdictError as error:
            if _NOW not in self._opened:
                raise
            return error
        finally:
            self._renewing.release()
        return None

    def _reread(self) -> None:
        """Take up a configuration that was approved since, with the policy and weights that it names."""
        try:
            known = approved.read(self.home.path)
            if known is None or known.change == self.config.approved_by:
                return
            fresh = Config.read(self.home.path)
        except DataError:
            if self.config.approved_by:
                return  # what was approved last stays in force; whoever decides is told by the store
            raise
        self.config = fresh
        for kept in ("policy", "weights"):
            self.__dict__.pop(kept, None)
        self._exactly, self._lists, self._looked = {}, None, ()

    def force(
        self,
        as_of: date | None = None,
        others: Mapping[str, date] | None = None,
        *,
        known_at: datetime | None = None,
        lists: Collection[str] = (),
    ) -> Force:
        """Give what was in force at the end of `as_of` (`None`: now); `others` gives single lists another day.

        `known_at` leaves out what came to us later, `lists` every list but these; see `force.ready`.
        """
        key = (as_of, tuple(sorted((others or {}).items())), known_at, frozenset(lists))
        opened = self._opened  # another thread may renew meanwhile
        if key not in opened:
            lists_in_force = ready(
                self.home,
                self.weights,
                as_of=as_of,
                others=others,
                known_at=known_at,
                lists=lists,
                progress=self._progress,
            )
            while len(opened) > _DAYS_KEPT:
                opened.pop(next((one for one in opened if one != _NOW), key), None)
            opened[key] = reaching(self, lists_in_force, as_of, known_at)
        return opened[key]

    def _reaching(self, lists: Force) -> Force:
        """Give what is in force now with its owners looked at: nothing of it is asked of the store later."""
        force = reaching(self, lists, None, None)
        if isinstance(force.screener, Reaching):
            _ = force.screener.owners
        return force

    def exactly(self, editions: Sequence[str], *, as_of: date | None = None, known_at: datetime | None = None) -> Force:
        """Give these editions, by their ids, whatever has come since, with owners as they were known at an instant.

        Raises `NoListError` where one is not here.
        """
        key = (frozenset(editions), as_of, known_at)
        if key not in self._exactly:
            lists = ready(self.home, self.weights, editions=key[0], progress=self._progress)
            self._exactly = {key: reaching(self, lists, as_of, known_at)}
        return self._exactly[key]

    def owners(
        self,
        as_of: date | None = None,
        *,
        known_at: datetime | None = None,
        lists: Collection[str] = (),
    ) -> Owners | None:
        """Give who is reached through owners by those whom `force` lists; `None` where no register is in the home."""
        screener = self.force(as_of, known_at=known_at, lists=lists).screener
        return screener.owners if isinstance(screener, Reaching) else None

    @cached_property
    def policy(self) -> Policy:
        """The policy of this home. Raises `DataError` where its own file is wrong."""
        from interdiction.engine.decide import policy_of

        return policy_of(self.config)

    @cached_property
    def weights(self) -> Weights:
        """The scoring numbers of this home. Raises `DataError` where its own file is wrong."""
        return Weights.load(self.config.weights)

    def thresholds(self, channel: Channel, asked: float | None = None) -> Thresholds:
        """Give the scores from which a pair is a hit: what is asked for, or else what the policy says.

        Raises `UsageError` (`threshold`) where answers would not be complete.
        """
        return self.policy.thresholds(channel) if asked is None else Thresholds.of(asked, channel)

    def screen(
        self, party: Party | str, as_of: date | str | None = None, *, threshold: float | None = None
    ) -> list[Hit]:
        """Screen one party: its hits, best first, each with structured evidence."""
        one = Party(names=[party]) if isinstance(party, str) else party
        return list(self.screen_all([one], as_of, threshold=threshold)[0].hits)

    def screen_all(
        self,
        parties: Sequence[Party],
        as_of: date | str | None = None,
        *,
        threshold: float | None = None,
        known_at: datetime | None = None,
        lists: Collection[str] = (),
    ) -> list[Screened]:
        """Screen several parties in one native call; the answers are in the order of the questions."""
        force = self.force(_day(as_of), known_at=known_at, lists=lists)
        return force.screener.screen(parties, threshold=self.thresholds(Channel.CHECK, threshold))

    def screen_many(
        self,
        table: Any,
        as_of: date | str | None = None,
        *,
        threshold: float | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> Any:
        """Screen a table of parties: anything that speaks Arrow in (polars, pyarrow, pandas), a polars frame out.

        The columns are recognised as in a book (docs/tables.md); `columns` maps a field to a column of another
        name. The answer has one row per hit: query_id, row, name, listing, listed_name, score, band, why, not_known,
        edition.
        Cells that could not be read are in `Book.problems` of `interdiction.tables`; use that for control.
        """
        from interdiction.engine.book import screen_book, table_of
        from interdiction.tables import book_of

        book = book_of(table, columns=columns)
        return table_of(book, screen_book(self, book, _day(as_of), threshold=threshold))


def _day(as_of: date | str | None) -> date | None:
    return date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
