"""Where every table of the store is registered, and how constraints are called on both databases."""

from __future__ import annotations

from sqlalchemy import MetaData

registry = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
