"""What people say of two listings: one party, or two."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from interdiction.store.migrations.append_only import append_only

revision = "r0005"
down_revision = "r0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pairing",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("one", sa.Text, nullable=False),
        sa.Column("other", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_pairing"),
    )
    op.create_index("ix_pairing_pair", "pairing", ["one", "other", "number"])
    append_only("pairing")
