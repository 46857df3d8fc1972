"""Who is the same person: the second is never the first, however the name is typed."""

from __future__ import annotations

import unicodedata

from interdiction.errors import UsageError
from interdiction.model.signed import require_by, require_why


def same(one: str, other: str) -> bool:
    """Say whether two names are of one person: case, blanks, points and width of letters make nobody another."""
    return _plain(one) == _plain(other)


def named(by: str, doing: str) -> str:
    """Give the name of who acts. Raises `UsageError` (`by-required`) where nobody is named."""
    require_by(doing, by if _plain(by) else "")
    return " ".join(by.split())


def said(why: str, doing: str) -> str:
    """Give the words of why. Raises `UsageError` (`why-required`) where there are none."""
    require_why(doing, why)
    return why.strip()


def another(by: str, first: str, doing: str) -> None:
    """Hold that the second person is not the first. Raises `UsageError` (`same-person`)."""
    if same(by, first):
        raise UsageError(
            f"{first} did the first step: {doing} needs another person",
            where="--by",
            mend="let somebody else look at it",
            code="same-person",
        )


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
