"""Editions, listings by interval, refusals: the first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("list", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("on_date", sa.Date, nullable=False),
        sa.Column("known_at", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("list", "seq", name="pk_edition"),
        sa.UniqueConstraint("id", name="uq_edition_id"),
    )
    op.create_table(
        "listing_content",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_listing_content"),
        sa.UniqueConstraint("sha256", name="uq_listing_content_sha256"),
    )
    op.create_table(
        "listing_interval",
        sa.Column("list", sa.Text, nullable=False),
        sa.Column("uid", sa.Text, nullable=False),
        sa.Column("from_seq", sa.BigInteger, nullable=False),
        sa.Column("to_seq", sa.BigInteger, nullable=True),
        sa.Column("content", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("list", "uid", "from_seq", name="pk_listing_interval"),
        sa.ForeignKeyConstraint(
            ["content"], ["listing_content.id"], name="fk_listing_interval_content_listing_content"
        ),
        sa.ForeignKeyConstraint(
            ["list", "from_seq"], ["edition.list", "edition.seq"], name="fk_interval_from_edition"
        ),
        sa.ForeignKeyConstraint(["list", "to_seq"], ["edition.list", "edition.seq"], name="fk_interval_to_edition"),
    )
    op.create_index("ix_interval_in_force", "listing_interval", ["list", "to_seq", "from_seq"])
    op.create_index("ix_interval_content", "listing_interval", ["content"])
    op.create_table(
        "refusal",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("list", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("files", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_refusal"),
    )
    op.create_index("ix_refusal_list", "refusal", ["list", "number"])
