"""What Alembic runs: the migrations over the connection that `store.database` hands it, in its transaction."""

from __future__ import annotations

from alembic import context

from interdiction.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
