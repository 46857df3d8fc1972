"""Drawing that anybody can repeat: the same seed gives the same draws on every machine and with every Python.

The standard library's generator promises that for single numbers only, not for samples; and no room below a door
rolls dice (docs/architecture.md). Here every number is a piece of SHA-256 over the seed and a counter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_WORD = 1 << 64


class Chance:
    """A stream of draws. Each purpose has its own: what one of them draws never moves what another does."""

    def __init__(self, *seed: object) -> None:
        self._seed = hashlib.sha256("\x1f".join(map(str, seed)).encode()).digest()
        self._blocks = 0
        self._ready: list[int] = []

    def _next(self) -> int:
        if not self._ready:
            block = hashlib.sha256(self._seed + self._blocks.to_bytes(8, "big")).digest()
            self._blocks += 1
            self._ready = [int.from_bytes(block[at : at + 8], "big") for at in (24, 16, 8, 0)]
        return self._ready.pop()

    def randrange(self, start: int, stop: int | None = None, /) -> int:
        """Give a whole number from `start` to below `stop`, or from 0 to below `start`; each is equally likely."""
        low, high = (0, start) if stop is None else (start, stop)
        size = high - low
        if size <= 0:
            raise ValueError(f"nothing to draw from {low} to {high}")
        even = _WORD - _WORD % size  # above it the first numbers would come a shade more often
        while True:
            drawn = self._next()
            if drawn < even:
                return low + drawn % size

    def random(self) -> float:
        """Give a number from 0 to below 1."""
        return (self._next() >> 11) / (1 << 53)

    def choice(self, among: Sequence[T], /) -> T:
        """Give one of `among`."""
        return among[self.randrange(len(among))]

    def walk(self, size: int) -> Iterator[int]:
        """Give the places 0 to `size` - 1 in a random order, as far as one reads: a sample without replacement."""
        moved: dict[int, int] = {}
        for done in range(size):
            at = self.randrange(done, size)
            yield moved.get(at, at)
            moved[at] = moved.pop(done, done)

    def sample(self, size: int, most: int) -> list[int]:
        """Give up to `most` different places below `size`, in order."""
        return sorted(place for place, _ in zip(self.walk(size), range(most), strict=False))
