"""Draft orders that were kept, confirmed or rejected; nothing of it is ever changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from interdiction.store.migrations.append_only import append_only

revision = "r0006"
down_revision = "r0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "order_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("order_number", sa.Integer, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_order_event"),
    )
    op.create_index("ix_order_event_order", "order_event", ["order_number", "number"])
    append_only("order_event")
