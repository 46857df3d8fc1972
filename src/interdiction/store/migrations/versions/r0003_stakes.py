"""Registers of stakes: who holds what of whom, each import kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stake_register",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.Column("parties", sa.LargeBinary, nullable=False),
        sa.Column("stakes", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_stake_register"),
    )
    op.create_index("ix_stake_register_source", "stake_register", ["source", "number"])
