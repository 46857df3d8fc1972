"""Every attempt to fetch a list, whatever came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fetch_attempt",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("list", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_fetch_attempt"),
    )
    op.create_index("ix_fetch_attempt_list", "fetch_attempt", ["list", "number"])
