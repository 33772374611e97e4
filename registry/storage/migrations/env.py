"""Alembic's environment: runs migrations on the connection that `Database.migrate` passes in, then puts the triggers back."""

from alembic import context

from registry.storage import immutability
from registry.storage.tables import Table

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=connection.dialect.name == "sqlite")

with context.begin_transaction():
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
    context.run_migrations()
    immutability.install(connection)
