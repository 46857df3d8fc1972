"""What keeps a table append-only in each database: triggers that refuse to change or delete a row."""

from __future__ import annotations

from alembic import op


def append_only(table: str) -> None:
    """Refuse every UPDATE and DELETE on a table from now on."""
    postgres = op.get_context().dialect.name == "postgresql"
    if postgres:
        op.execute(
            f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'a row of {table} is never changed'; END $$"
        )
        op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {table}_stays()")
    for act in ("UPDATE", "DELETE"):
        does = (
            f"FOR EACH ROW EXECUTE FUNCTION {table}_stays()"
            if postgres
            else f"BEGIN SELECT RAISE(ABORT, 'a row of {table} is never changed'); END"
        )
        op.execute(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {does}")
