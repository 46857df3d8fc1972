"""The progress bar of the door: nothing for the first two seconds, then one line on standard error."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

_PATIENCE_SECONDS = 2.0


class Bar:
    """A bar that appears only when the work lasts; `step` is what the rooms below call."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._started = time.monotonic()
        self._drawn: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> Bar:
        return self

    def step(self, what: str, done: int, whole: int) -> None:
        """Say that `done` of `whole` (0: unknown) of `what` is done."""
        if self._drawn is None:
            if time.monotonic() - self._started < _PATIENCE_SECONDS:
                return
            columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            bar.start()
            self._drawn = bar, bar.add_task(self._title, total=None)
        bar, task = self._drawn
        bar.update(task, description=f"{self._title}: {what}", completed=done, total=whole or None)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn is not None:
            self._drawn[0].stop()
