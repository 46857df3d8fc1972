"""What is tested: the screener over the lists in force, the listings it speaks of, and what a report names them by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

import msgspec

from interdiction.model import Listing, Name, NameQuality
from interdiction.names.weights import Weights
from interdiction.screening.screener import Screener

Progress = Callable[[str, int, int], None]


class Listings(Protocol):
    """The listings in force, in the order of the index."""

    def __len__(self) -> int: ...
    def listing(self, at: int) -> Listing:
        """Give the listing with this ordinal."""


class ListTested(msgspec.Struct, frozen=True):
    """One edition in force, as the report names it, with what it holds."""

    list: str
    edition: str
    sha256: str
    on: date
    state: str
    parts: tuple[str, ...]
    listings: int = 0
    names: int = 0


class Subject(msgspec.Struct, frozen=True):
    """One engine with its lists; `scratch` is a folder for the indexes that a run makes and throws away."""

    screener: Screener
    listings: Listings
    lists: tuple[ListTested, ...]
    weights: Weights
    scratch: Path


def is_strong(name: Name) -> bool:
    """Tell whether a name alone may make a hit: every quality but the weak alias (OFAC FAQ 122)."""
    return name.quality is not NameQuality.WEAK


def silent(what: str, done: int, whole: int) -> None:
    """Say nothing of the progress."""
