"""Keeps what requests decide, many in one transaction: while one is written, the next ones gather.

A request is answered after its transaction and never before; where it fails every one of its requests hears so.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from interdiction.api.clock import now
from interdiction.engine.clearing import Standing
from interdiction.engine.recorded import Entry, keep
from interdiction.engine.writing import Writer
from interdiction.model.access import Answered

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine

MOST_AT_ONCE: Final = 2000
"""Requests of one transaction: others write to the home as well."""
_Waiting = tuple["Force", tuple[str, ...], Entry, "asyncio.Future[Answered]"]


class Journal:
    """The one who writes, in this process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.writer = Writer(engine.home)
        self._clearances = Standing(engine.home)
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, force: Force, entry: Entry, stale: tuple[str, ...]) -> Answered:
        """Keep one request and give its answer. Raises `HomeError` where the store cannot take it: nothing is kept."""
        done: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._waiting.append((force, stale, entry, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await done

    async def close(self) -> None:
        """Wait until everything that was given is written."""
        if self._writing is not None:
            await self._writing
        await asyncio.to_thread(self.writer.close)

    async def _write(self) -> None:
        while self._waiting:
            force, stale = self._waiting[0][:2]
            some = [one for one in self._waiting if one[0] is force and one[1] == stale][:MOST_AT_ONCE]
            taken = {id(one) for one in some}
            self._waiting = [one for one in self._waiting if id(one) not in taken]
            at = now()
            try:
                given = await asyncio.to_thread(
                    keep,
                    self._engine,
                    self.writer,
                    force,
                    [one[2] for one in some],
                    self._clearances,
                    at=at,
                    on=at.date(),
                    stale=stale,
                )
            except Exception as error:  # noqa: BLE001 - whoever waits has to hear of it, whatever it is
                self._refuse(some, error)
                continue
            for (_, _, _, done), answer in zip(some, given, strict=True):
                if not done.done():  # a client that went away waits no more; its request is kept all the same
                    done.set_result(answer)

    def _refuse(self, some: list[_Waiting], error: Exception) -> None:
        for _, _, _, done in some:
            if not done.done():
                done.set_exception(error)
