"""The audit log: one chain of everything that decides, each entry carrying the hash of the one before it.

The canonical JSON of an entry is what is stored, hashed and exported; its hash is SHA-256 of those bytes. An outside
verifier needs nothing but the lines in their order (docs/audit.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import msgspec

FIRST: Final = "0" * 64
"""Stands for the hash before the first entry."""


class AuditKind(StrEnum):
    """What an entry is about."""

    LIST_ACCEPTED = "list-accepted"
    LIST_REFUSED = "list-refused"
    ORDER_KEPT = "order-kept"
    ORDER_CONFIRMED = "order-confirmed"
    ORDER_REJECTED = "order-rejected"
    ORDER_REVIEWED = "order-reviewed"
    ORDER_FOLLOWED = "order-followed"
    PAIRING_SAID = "pairing-said"
    REGISTER_IMPORTED = "register-imported"
    RUN_BEGUN = "run-begun"
    """A file of payments or customers: its hash, the editions it is decided on, how it was asked."""
    DECIDED = "decided"
    """Decisions that were stored together: their numbers, counts by result, versions, and the seal of the last."""
    RUN_ENDED = "run-ended"
    SCREENED = "screened"
    """A recorded screening without a decision: the query's hash, editions, versions, and the hash of its answer."""
    BOOK_RESCREENED = "book-rescreened"
    BOOK_REGISTERED = "book-registered"
    BOOK_REMOVED = "book-removed"
    LEDGER_BOOKED = "ledger-booked"
    REPORT_MADE = "report-made"
    REPORT_FILED = "report-filed"
    CASE_STEP = "case-step"
    CLEARANCE_STEP = "clearance-step"
    PROPOSAL_STEP = "proposal-step"
    """A step of what needs four eyes: asked for, approved or refused by a second person."""
    CONFIGURATION_CHANGED = "configuration-changed"
    """A file of the configuration was changed on disk; whether that is in force is another question."""
    CONFIGURATION_APPROVED = "configuration-approved"
    """What is in force from now on: the hash of every file, and the change that brought it."""
    ACCESS_CHANGED = "access-changed"
    """Keys and roles: given, rotated, taken back."""
    REQUEST_NARROWED = "request-narrowed"
    """A caller asked for fewer lists, fewer hits or a higher score than the policy would."""
    EXPORTED = "exported"
    HOLD_SET = "hold-set"
    HOLD_LIFTED = "hold-lifted"
    PRUNED = "pruned"
    """What decisions said and rested on was emptied: their time of keeping was over; seals and hashes stay."""
    STORE_RESTORED = "store-restored"


class Deed(msgspec.Struct, frozen=True):
    """What is to be logged, before it has its place in the chain.

    `at` is an instant with its zone; `subject` what people call the thing (`ofac-sdn@2015-01-02+…`, `D-12`, `O-3`,
    `C-7`); `body` goes into the log as canonical JSON: facts, counts and hashes, no personal data beyond `by`.
    """

    at: datetime
    kind: AuditKind
    subject: str
    body: Mapping[str, Any] = {}
    by: str = ""


class AuditEntry(msgspec.Struct, frozen=True):
    """One link of the chain; the order of these fields is that of its canonical JSON.

    `at` is the instant in UTC with microseconds, as text that sorts as instants do.
    """

    seq: int
    prev: str
    at: str
    by: str
    kind: str
    subject: str
    body: msgspec.Raw


class Checkpoint(msgspec.Struct, frozen=True):
    """That the chain ended with this entry at this instant; signed, it shows a later rewriting or cutting.

    `key` is the Ed25519 public key in hexadecimal.
    """

    seq: int
    hash: str
    at: str
    key: str


class SignedCheckpoint(msgspec.Struct, frozen=True):
    """A checkpoint with the Ed25519 signature (hexadecimal) of its canonical JSON."""

    checkpoint: Checkpoint
    signature: str


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong with a chain: at which entry, and what."""

    seq: int
    what: str
