"""Daily rescreenings of books, with the slices that prove them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0007"
down_revision = "r0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rescreen",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("begun", sa.LargeBinary, nullable=False),
        sa.Column("ended", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_rescreen"),
    )
    op.create_index("ix_rescreen_source", "rescreen", ["source", "number"])
    op.create_table(
        "rescreen_slice",
        sa.Column("rescreen", sa.Integer, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["rescreen"], ["rescreen.number"], name="fk_rescreen_slice_rescreen_rescreen"),
        sa.PrimaryKeyConstraint("rescreen", "first", name="pk_rescreen_slice"),
    )
