"""How the engine tells its caller how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and the whole (0 when it is not known)."""


def silent(what: str, done: int, whole: int) -> None:
    """Tell nobody."""
