"""The tables of the store, for whoever writes: what stands in each column is said here and nowhere else.

1. What was in force is kept by interval: one row per listing and stretch of editions in which its content did
   not change, never a copy per edition.
2. `seq` orders the editions of one list and never changes: days since 0001-01-01 times 100,000, plus the place
   of arrival within that day. An edition filed late finds its place between two others without renumbering.
3. Contents are immutable and shared: two intervals with equal canonical JSON point to one row.
4. Decisions, entries of the ledger, filings and the steps of cases and clearances are only ever added: triggers refuse
   a change or a deletion, and each row carries the hash of itself and of the row before it, so that what was altered
   from outside is seen. Pairings are only ever added too, without that chain. The audit log is one chain over all of
   it: an entry that logs sealed rows carries the seal of the last.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from interdiction.store.metadata import registry
from interdiction.store.schema_books import monitored_book, monitored_change, monitored_slice

metadata = registry
MONITORED = (monitored_book, monitored_change, monitored_slice)
"""Tables that stand in a module of their own; whoever has this one has them all in `metadata`."""

edition = Table(
    "edition",
    metadata,
    Column("list", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("id", Text, nullable=False),
    Column("on_date", Date, nullable=False),
    Column("known_at", Text, nullable=False),  # ISO 8601 in UTC: an instant that keeps its zone on every database
    Column("sha256", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),  # the Edition as canonical JSON: parts, counts, problems, by
    UniqueConstraint("id"),
)

listing_content = Table(
    "listing_content",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", LargeBinary, nullable=False),  # of the canonical JSON
    Column("body", LargeBinary, nullable=False),  # the Listing as canonical JSON
    UniqueConstraint("sha256"),
)

listing_interval = Table(
    "listing_interval",
    metadata,
    Column("list", Text, primary_key=True),
    Column("uid", Text, primary_key=True),
    Column("from_seq", BigInteger, primary_key=True),
    Column("to_seq", BigInteger, nullable=True),  # the first edition without it; none: still in force
    Column("content", Integer, ForeignKey("listing_content.id"), nullable=False),
    ForeignKeyConstraint(["list", "from_seq"], ["edition.list", "edition.seq"], name="fk_interval_from_edition"),
    ForeignKeyConstraint(["list", "to_seq"], ["edition.list", "edition.seq"], name="fk_interval_to_edition"),
    Index("ix_interval_in_force", "list", "to_seq", "from_seq"),
    Index("ix_interval_content", "content"),
)

refusal = Table(
    "refusal",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("list", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("by", Text, nullable=True),
    Index("ix_refusal_list", "list", "number"),
)

fetch_attempt = Table(
    "fetch_attempt",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("list", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),  # the FetchAttempt as canonical JSON
    Index("ix_fetch_attempt_list", "list", "number"),
)

stake_register = Table(
    "stake_register",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),  # the RegisterImport as canonical JSON
    Column("parties", LargeBinary, nullable=False),  # a Parquet file each: who stands in it, and who holds what
    Column("stakes", LargeBinary, nullable=False),
    Index("ix_stake_register_source", "source", "number"),
)

order_event = Table(
    "order_event",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("order_number", Integer, nullable=False),
    Column("act", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the OrderEvent as canonical JSON
    Index("ix_order_event_order", "order_number", "number"),
)

kept_file = Table(
    "kept_file",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),  # a zstd frame
)

run = Table(
    "run",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("input", Text, ForeignKey("kept_file.sha256"), nullable=False),
    Column("body", LargeBinary, nullable=False),  # the Run as canonical JSON
)

run_end = Table(
    "run_end",
    metadata,
    Column("run", Integer, ForeignKey("run.number"), primary_key=True),
    Column("body", LargeBinary, nullable=False),  # the RunEnd as canonical JSON
)

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("run", Integer, ForeignKey("run.number"), nullable=False),
    Column("subject", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("follows", Integer, ForeignKey("decision.number"), nullable=True),
    Column("body", LargeBinary, nullable=False),  # the Record as canonical JSON, a zstd frame
    Column("sha256", LargeBinary, nullable=False),  # of the hash before it and of the canonical JSON
    Index("ix_decision_name", "name"),
    Index("ix_decision_result", "result"),
    Index("ix_decision_run", "run"),
    UniqueConstraint("follows"),
)

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("property", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the Entry as canonical JSON
    Column("sha256", LargeBinary, nullable=False),
    Index("ix_ledger_entry_property", "property"),
)

filing = Table(
    "filing",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("what", Text, nullable=False),  # made, filed
    Column("body", LargeBinary, nullable=False),  # the Filing or the Receipt as canonical JSON
    Column("sha256", LargeBinary, nullable=False),
)

pairing = Table(
    "pairing",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("one", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),  # the Pairing as canonical JSON
    Index("ix_pairing_pair", "one", "other", "number"),
)

rescreen = Table(
    "rescreen",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("begun", LargeBinary, nullable=False),  # the Rescreen as canonical JSON
    Column("ended", LargeBinary, nullable=True),  # the RescreenEnd as canonical JSON; none: it was interrupted
    Index("ix_rescreen_source", "source", "number"),
)

rescreen_slice = Table(
    "rescreen_slice",
    metadata,
    Column("rescreen", Integer, ForeignKey("rescreen.number"), primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # the Slice as canonical JSON, a zstd frame
)

_LONG = BigInteger().with_variant(Integer, "sqlite")  # SQLite takes only an INTEGER for the row's own number

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("seq", _LONG, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("kind", Text, nullable=False),  # an AuditKind
    Column("subject", Text, nullable=False),
    Column("entry", LargeBinary, nullable=False),  # the AuditEntry as canonical JSON
    Column("sha256", LargeBinary, nullable=False),  # of that JSON
    Index("ix_audit_entry_kind", "kind", "seq"),
    Index("ix_audit_entry_subject", "subject", "seq"),
)

audit_checkpoint = Table(
    "audit_checkpoint",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("seq", _LONG, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the SignedCheckpoint as canonical JSON
)

case_work = Table(
    "case_work",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("subject_kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),  # of the last step; whoever writes names the one he saw
    Column("opened_at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the Case as canonical JSON: what its entries come to
    Index("ix_case_work_subject", "subject", "subject_kind", "state"),
    Index("ix_case_work_state", "state"),
)

case_entry = Table(
    "case_entry",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("case_number", Integer, nullable=False),
    Column("act", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the CaseEntry as canonical JSON
    Column("sha256", LargeBinary, nullable=False),
    Index("ix_case_entry_case", "case_number", "number"),
)

case_pair = Table(
    "case_pair",
    metadata,
    Column("case_number", Integer, primary_key=True),
    Column("listing", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Index("ix_case_pair_subject", "subject", "listing"),
    Index("ix_case_pair_listing", "listing", "fingerprint"),
)

clearance_entry = Table(
    "clearance_entry",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("clearance", Integer, nullable=False),
    Column("act", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the ClearanceEntry as canonical JSON
    Column("sha256", LargeBinary, nullable=False),
    Index("ix_clearance_entry_clearance", "clearance", "number"),
)

access_key = Table(
    "access_key",
    metadata,
    Column("id", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # the AccessKey as canonical JSON
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),  # of the secret under the salt; the secret is nowhere
)

answered = Table(
    "answered",
    metadata,
    Column("caller", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
    Index("ix_answered_at", "at"),
)

webhook = Table(
    "webhook",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # the Webhook as canonical JSON
    Column("secret", LargeBinary, nullable=False),  # what messages are signed with
)

webhook_message = Table(
    "webhook_message",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("webhook", Integer, ForeignKey("webhook.number"), nullable=False),
    Column("subject", Text, nullable=False),  # messages of one subject go out in their order
    Column("state", Text, nullable=False),  # waiting, sent, given_up
    Column("due", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the Message as canonical JSON
    Index("ix_webhook_message_state", "state", "due"),
)
