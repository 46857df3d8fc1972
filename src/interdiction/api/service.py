"""One process of the service: the hall, the gate, the limits and the figures, and what is done beside requests."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import secrets
import sys
from pathlib import Path
from typing import Final

import msgspec

from interdiction.api.auth import Gate
from interdiction.api.clock import now
from interdiction.api.hall import LOOK_SECONDS, Hall
from interdiction.api.journal import Journal
from interdiction.api.limits import Bucket
from interdiction.api.metrics import Metrics
from interdiction.api.sending import Sender
from interdiction.api.tracing import Traces, traces
from interdiction.engine.checkpoints import keep_up
from interdiction.errors import InterdictError
from interdiction.store.place import Server

SEND_SECONDS: Final = 1.0
"""How often messages that are due are looked for."""
SIGN_SECONDS: Final = 20.0
"""How often it is asked whether the end of the audit log is to be signed."""


class Settings(msgspec.Struct, frozen=True):
    """What the service was started with; the rest stands in the home's config."""

    home: str
    open_to_all: bool = False
    log: bool = True
    workers: int = 1


class Service:
    """What every request needs, and the loop that looks for news."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.hall = Hall(Path(settings.home))
        self.config = self.hall.engine.config.service
        self.gate = Gate(self.hall.engine.home, self.config.oidc, open_to_all=settings.open_to_all)
        # Each process sees its share of the requests alone.
        self.bucket = Bucket(self.config.requests_per_second / max(1, settings.workers))
        self.metrics = Metrics()
        self.traces: Traces | None = traces() if self.config.traces else None
        self.journal = Journal(self.hall.engine)
        self.sender = Sender(
            self.hall.engine.home, self.journal.writer.transaction, private=self.config.webhooks_to_private
        )
        self._beside: list[asyncio.Task[None]] = []
        self._stamp: tuple[int, ...] = ()

    def renew(self) -> None:
        """Look once for new lists and keys."""
        self.hall.renew()
        with contextlib.suppress(InterdictError):
            home = self.hall.engine.home
            stamp = home.stamp()
            # The stamp of a server tells of lists alone: a key that came or was taken back is asked for each time.
            if stamp != self._stamp or isinstance(home.store, Server):
                self.gate.renew()
                self._stamp = stamp
        editions = self.hall.current().editions if self.hall.ready else {}
        today = now().date()
        self.metrics.stands({key: (today - one.on).days for key, one in editions.items()}, ready=self.hall.ready)

    async def start(self) -> None:
        """Open the lists, then look for news for as long as the process runs."""
        await asyncio.to_thread(self.renew)
        gc.collect()
        gc.freeze()  # what is here now stays: no request waits while all of it is looked through for what may go
        self._beside += [asyncio.create_task(one) for one in (self._look(), self._send(), self._sign())]

    async def stop(self) -> None:
        """End what is done beside requests."""
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        await self.journal.close()
        if self.traces is not None:
            await asyncio.to_thread(self.traces.close)
        self.hall.close()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await asyncio.to_thread(self.renew)

    async def _send(self) -> None:
        """Tell webhooks what is due; what cannot be read or kept now is tried again, as it stands in the store."""
        while True:
            await asyncio.sleep(SEND_SECONDS)
            with contextlib.suppress(InterdictError):
                await asyncio.to_thread(self.sender.round, now())

    async def _sign(self) -> None:
        while True:
            await asyncio.sleep(SIGN_SECONDS)
            await asyncio.to_thread(self.keep_signed)

    def keep_signed(self) -> None:
        """Sign the end of the audit log where that is due; of several processes one does it, and none twice."""
        home = self.hall.engine.home
        try:
            with home.alone("checkpoint") as alone:
                if alone:
                    keep_up(home, self.hall.engine.config.audit, now(), secrets.token_bytes)
        except InterdictError as error:
            if self.settings.log:
                said = {"at": now().isoformat(timespec="milliseconds"), "unsigned": error.code, "why": error.message}
                sys.stderr.write(msgspec.json.encode(said).decode() + "\n")
