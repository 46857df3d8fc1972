"""What takes two people though it is no hit: the configuration, roles, emptying records, lifting a hold."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class HomeChangeKind(StrEnum):
    """What would be changed."""

    CONFIGURATION = "configuration"
    """Files: the policy with its thresholds, weights, licences, the rules for cases, `config.toml`."""
    KEY = "key"
    """A key of the service that may do more than look."""
    PRUNE = "prune"
    """Records whose time of keeping is over are emptied; they cannot be had back."""
    HOLD_LIFT = "hold-lift"
    """A legal hold is lifted."""
    TAKE_OUT = "take-out"
    """Entries leave a list of our own: whom they mean is screened for no more."""


class HomeChangeAct(StrEnum):
    """What people do with a change."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class Standing(StrEnum):
    """How a change stands."""

    WAITING = "waiting"
    """For a second person; nothing of it is in force."""
    TO_REVIEW = "to review"
    """It makes stricter and is in force; a second person has yet to look."""
    APPROVED = "approved"
    REJECTED = "rejected"


class HomeChangeStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step with one change; none is ever altered. The first holds what is proposed.

    `files` are the hashes of the content proposed, by name, `before` those that were in force then; `preview` is the
    hash of what would be done, where that is no file; `runs` are to be emptied, `entries` to be taken out.
    """

    act: HomeChangeAct
    why: str
    kind: HomeChangeKind = HomeChangeKind.CONFIGURATION
    about: str = ""
    files: dict[str, str] = {}
    before: dict[str, str] = {}
    stricter: bool = False
    runs: tuple[int, ...] = ()
    preview: str = ""
    entries: tuple[str, ...] = ()


class HomeChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change as its steps left it. `second` is who approved or rejected it."""

    number: int
    kind: HomeChangeKind
    about: str
    by: str
    at: datetime
    why: str
    files: dict[str, str] = {}
    before: dict[str, str] = {}
    stricter: bool = False
    """It makes everything stricter: in force at once, and reviewed afterwards."""
    runs: tuple[int, ...] = ()
    preview: str = ""
    entries: tuple[str, ...] = ()
    second: str = ""
    second_at: datetime | None = None
    second_why: str = ""
    rejected: bool = False

    @property
    def id(self) -> str:
        """The id that people name: `CH-3`."""
        return f"CH-{self.number}"

    @property
    def standing(self) -> Standing:
        """How it stands."""
        if self.rejected:
            return Standing.REJECTED
        if self.second:
            return Standing.APPROVED
        return Standing.TO_REVIEW if self.stricter else Standing.WAITING
