"""A name index that follows its file: a new build without a restart, the old one wherever the new is damaged.

Reach for `LiveIndex` in a process that runs for days beside one that builds. Invariants:
1. `current` costs one look at the file's name; the file is opened only when that look differs from the last.
2. An index that cannot be trusted never replaces a good one: the old one goes on, `refusal` says why the new
   one is not used, and `on_refusal` hears it once for each file that was refused.
3. Whoever holds an index may go on with it: it stays mapped until nobody does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from interdiction.errors import IndexFileError
from interdiction.names.index import NameIndex
from interdiction.names.weights import Weights

__all__ = ["LiveIndex"]

_Look = tuple[int, int, int, int]


class LiveIndex:
    """The index of a path, whichever build stands there now. Safe to share between threads."""

    def __init__(
        self,
        path: Path,
        weights: Weights | None = None,
        *,
        on_refusal: Callable[[IndexFileError], None] | None = None,
    ) -> None:
        """Open what is there now. Raises as `NameIndex.open` does: there is nothing older to keep yet."""
        self._path = path
        self._weights = weights or Weights.load()
        self._on_refusal = on_refusal
        self._opening = threading.Lock()
        # The look comes before the opening: a file that is replaced between the two is opened once more, never missed.
        self._seen = _look(path)
        self._index = NameIndex.open(path, self._weights)
        self._refusal: IndexFileError | None = None

    @property
    def refusal(self) -> IndexFileError | None:
        """Why what stands at the path is not in use; `None` while it is."""
        return self._refusal

    def current(self) -> NameIndex:
        """Give the newest index that can be trusted. Never raises, and waits for no other thread's opening."""
        if _look(self._path) != self._seen and self._opening.acquire(blocking=False):
            try:
                refusal = self._renew()
            finally:
                self._opening.release()
            if refusal is not None and self._on_refusal is not None:
                self._on_refusal(refusal)
        return self._index

    def _renew(self) -> IndexFileError | None:
        """Open what is there; give the refusal to report."""
        look = _look(self._path)
        if look == self._seen:
            return None  # another thread was here between our look and our turn
        try:
            self._index = NameIndex.open(self._path, self._weights)
        except (FileNotFoundError, IndexFileError) as error:
            self._refusal = error if isinstance(error, IndexFileError) else _missing(self._path)
        else:
            self._refusal = None
        self._seen = look
        return self._refusal


def _look(path: Path) -> _Look | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _missing(path: Path) -> IndexFileError:
    return IndexFileError(
        "the index file is gone; the one that was opened before goes on",
        where=str(path),
        mend="build it again; whoever builds moves a new file into place and never removes the old one first",
        code="index-missing",
    )
