"""The words for how a law stands to an institution."""

from __future__ import annotations

from enum import StrEnum


class Bond(StrEnum):
    """How the law behind a hit stands to us."""

    BOUND = "bound"
    """It is our own law."""
    OWNED = "owned"
    """It forbids us the dealing because of who owns us, and freezes nothing."""
    REACHED = "reached"
    """It is not ours, but a place or a clearing brings the payment under it."""
    CONFLICT = "conflict"
    """Our own law forbids to obey it."""
    OTHER = "other"
    """It binds others; nothing that is known brings the payment under it."""
    UNKNOWN = "unknown"
    """No profile is set, or no law is known to stand behind the list."""
