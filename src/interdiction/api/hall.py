"""The engine as the service holds it: what is in force, taken up while requests go on, and days of the past.

1. A request takes one `Answering` and keeps it to its end; an edition that comes meanwhile changes nothing of it.
2. Looking for news never stands in a request's way: it is done beside, in a thread of its own.
3. News that cannot be opened never replaces what is open; the refusal is told, and answers name their editions.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Lock
from typing import Final

from interdiction.api.answering import Answering
from interdiction.engine import Engine
from interdiction.engine.force import Force
from interdiction.errors import InterdictError, NoListError, UsageError

LOOK_SECONDS: Final = 0.5
"""How often the home is looked at for news: two looks at the disk when there is none."""
_DAYS_KEPT: Final = 4
"""Days of the past that stay open."""


class Hall:
    """One home, opened. Safe to share between threads."""

    def __init__(self, home: Path) -> None:
        self.engine = Engine.open(home)
        self._answering: Answering | None = None
        self._past: dict[date, Answering] = {}
        self._opening = Lock()
        self.refusal: InterdictError | None = None

    def renew(self) -> None:
        """Take up what has come into force. Never raises for lists that are absent: then `current` does."""
        try:
            refused = self.engine.renew()
            force = self.engine.force()
        except InterdictError as error:
            self.refusal = error
            return
        if refused is not None:
            self.refusal = refused
        if self._answering is None or self._answering.force is not force:
            fresh = Answering(self.engine.home, force, self.engine.config)
            # Both are asked for by the first hit; they are made ready before anybody waits for them.
            _ = fresh.seen, fresh.referents
            self._past.clear()
            self._answering = fresh
            self.refusal = refused

    @property
    def ready(self) -> bool:
        """Tell whether there are lists to answer from."""
        return self._answering is not None

    def current(self) -> Answering:
        """Give what is in force. Raises `NoListError`, or why there is none."""
        found = self._answering
        if found is None:
            raise self.refusal or NoListError(
                "the lists are not open yet", where=str(self.engine.home.path), mend="ask again in a moment"
            )
        return found

    def on(self, as_of: str | None) -> Answering:
        """Give what was in force at the end of a day; now where none is named.

        Raises `UsageError` (`date`), (`no-list-then`): the service has lists, the day that was asked for had none.
        """
        if as_of is None:
            return self.current()
        try:
            day = date.fromisoformat(as_of)
        except ValueError as error:
            raise UsageError(
                f"not a day: {as_of[:40]!r}", where="as_of", mend="write it as 2015-01-02", code="date"
            ) from error
        with self._opening:
            found = self._past.get(day)
            if found is None:
                while len(self._past) >= _DAYS_KEPT:
                    self._past.pop(next(iter(self._past)))
                found = self._past[day] = Answering(self.engine.home, self._force(day), self.engine.config, day)
        return found

    def _force(self, day: date) -> Force:
        try:
            return self.engine.force(day)
        except NoListError as error:
            if not self.ready:
                raise
            raise UsageError(
                error.message, where="as_of", mend="ask for a later day, or none", code="no-list-then"
            ) from error

    def close(self) -> None:
        """Let go of everything."""
        self.engine.close()
