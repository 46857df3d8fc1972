"""What a reader made of the rows of the edition before, kept while a history of many editions is read.

Two editions of a day share nearly all their rows. A listing is a value made of its rows alone, so the same rows
give the same listing; nothing is kept outside `remembering`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from interdiction.model import Listing, Relation

Key = tuple[object, ...]
Made = tuple[tuple[Relation, ...], Listing]
"""The ties as the rows state them, before they were pointed to listings, and the listing with those it got."""

_BEFORE: ContextVar[dict[Key, Made] | None] = ContextVar("_BEFORE", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember, inside the block, what the last edition's rows became."""
    token = _BEFORE.set({})
    try:
        yield
    finally:
        _BEFORE.reset(token)


def before() -> dict[Key, Made] | None:
    """Give what the edition before was made of; `None` where nobody remembers."""
    return _BEFORE.get()


def remember(made: dict[Key, Made]) -> None:
    """Keep what this edition was made of in place of the one before."""
    _BEFORE.set(made)
