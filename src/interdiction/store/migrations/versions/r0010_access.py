"""Keys of the network door, answers to requests that may come twice, webhooks and what is sent to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0010"
down_revision = "r0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_key",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access_key"),
    )
    op.create_table(
        "answered",
        sa.Column("caller", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name="pk_answered"),
    )
    op.create_index("ix_answered_at", "answered", ["at"])
    op.create_table(
        "webhook",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_webhook"),
    )
    op.create_table(
        "webhook_message",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("webhook", sa.Integer, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["webhook"], ["webhook.number"], name="fk_webhook_message_webhook_webhook"),
        sa.PrimaryKeyConstraint("number", name="pk_webhook_message"),
    )
    op.create_index("ix_webhook_message_state", "webhook_message", ["state", "due"])
