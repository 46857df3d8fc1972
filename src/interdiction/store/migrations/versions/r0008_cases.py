"""Cases with every step taken in them, and clearances; no step is ever changed or deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from interdiction.store.migrations.append_only import append_only

revision = "r0008"
down_revision = "r0007"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("case_entry", "clearance_entry")


def upgrade() -> None:
    op.create_table(
        "case_work",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("subject_kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_case_work"),
    )
    op.create_index("ix_case_work_subject", "case_work", ["subject", "subject_kind", "state"])
    op.create_index("ix_case_work_state", "case_work", ["state"])
    op.create_table(
        "case_entry",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("case_number", sa.Integer, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_case_entry"),
    )
    op.create_index("ix_case_entry_case", "case_entry", ["case_number", "number"])
    op.create_table(
        "case_pair",
        sa.Column("case_number", sa.Integer, nullable=False),
        sa.Column("listing", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_number", "listing", name="pk_case_pair"),
    )
    op.create_index("ix_case_pair_subject", "case_pair", ["subject", "listing"])
    op.create_index("ix_case_pair_listing", "case_pair", ["listing", "fingerprint"])
    op.create_table(
        "clearance_entry",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("clearance", sa.Integer, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_clearance_entry"),
    )
    op.create_index("ix_clearance_entry_clearance", "clearance_entry", ["clearance", "number"])
    for table in _APPEND_ONLY:
        append_only(table)
