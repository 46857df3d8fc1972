"""Whom the service tells by itself of what happened, and what it tells."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec


class Event(StrEnum):
    """What may be told."""

    CASE_STEP = "case.step"
    """A case was opened or somebody took a step of it."""
    DECISION = "decision.recorded"
    """A recorded screening had hits."""


class Webhook(msgspec.Struct, frozen=True, omit_defaults=True):
    """One address that is told. `events` empty: all of them; `private` lets it be an address of the own network."""

    number: int
    url: str
    by: str
    at: datetime
    events: tuple[Event, ...] = ()
    ended_at: datetime | None = None
    ended_by: str = ""

    @property
    def id(self) -> str:
        """What people call it: `W-2`."""
        return f"W-{self.number}"


class MessageState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """One message to one webhook. Those of one `subject` go out in their order, each after the one before arrived."""

    number: int
    webhook: int
    event: Event
    subject: str
    at: datetime
    body: dict[str, Any]
    state: MessageState = MessageState.WAITING
    attempts: int = 0
    due: datetime | None = None
    last: str = ""
    """What came of the last attempt, in words."""
