"""Run by Alembic: migrate within the transaction that `survey.collection.migrate` has begun."""

from __future__ import annotations

from alembic import context

from survey.collection.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    version_table=context.config.attributes["version_table"],
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
