"""The audit log: one chain of everything that decides, and the signed checkpoints of its end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from interdiction.store.migrations.append_only import append_only

revision = "r0009"
down_revision = "r0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("entry", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_kind", "audit_entry", ["kind", "seq"])
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject", "seq"])
    op.create_table(
        "audit_checkpoint",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_checkpoint"),
    )
    for table in ("audit_entry", "audit_checkpoint"):
        append_only(table)
