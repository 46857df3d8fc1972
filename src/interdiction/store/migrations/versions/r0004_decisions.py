"""Decisions with their inputs, the ledger of blocked property, filings; nothing of it is ever changed or deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from interdiction.store.migrations.append_only import append_only

revision = "r0004"
down_revision = "r0003"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("kept_file", "run", "run_end", "decision", "ledger_entry", "filing")


def upgrade() -> None:
    op.create_table(
        "kept_file",
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_kept_file"),
    )
    op.create_table(
        "run",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("input", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_run"),
        sa.ForeignKeyConstraint(["input"], ["kept_file.sha256"], name="fk_run_input_kept_file"),
    )
    op.create_table(
        "run_end",
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("run", name="pk_run_end"),
        sa.ForeignKeyConstraint(["run"], ["run.number"], name="fk_run_end_run_run"),
    )
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("follows", sa.Integer, nullable=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_decision"),
        sa.ForeignKeyConstraint(["run"], ["run.number"], name="fk_decision_run_run"),
        sa.ForeignKeyConstraint(["follows"], ["decision.number"], name="fk_decision_follows_decision"),
        sa.UniqueConstraint("follows", name="uq_decision_follows"),
    )
    op.create_index("ix_decision_name", "decision", ["name"])
    op.create_index("ix_decision_result", "decision", ["result"])
    op.create_index("ix_decision_run", "decision", ["run"])
    op.create_table(
        "ledger_entry",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("property", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_ledger_entry"),
    )
    op.create_index("ix_ledger_entry_property", "ledger_entry", ["property"])
    op.create_table(
        "filing",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_filing"),
    )
    for table in _APPEND_ONLY:
        append_only(table)
