"""Holds every recorded act to a person and a reason: the same words and codes wherever somebody decides."""

from __future__ import annotations

from interdiction.errors import UsageError


def require_by(what: str, by: str | None) -> None:
    """Raise `UsageError` (`by-required`) where nobody stands behind `what`: an entry, a report."""
    if not (by or "").strip():
        raise UsageError(
            f"{what} needs the person who stands for it", where="--by", mend="name them", code="by-required"
        )


def require_why(what: str, why: str | None) -> None:
    """Raise `UsageError` (`why-required`) where `what` lacks its reason."""
    if not (why or "").strip():
        raise UsageError(f"{what} needs its reason", where="--why", mend="say what decided it", code="why-required")


def require_signed(what: str, by: str | None, why: str | None) -> None:
    """Raise `UsageError` (`by-required`, `why-required`) where `what` lacks the person or the reason."""
    require_by(what, by)
    require_why(what, why)
