"""Run by Alembic, inside the transaction that `portal.db.migrations` has begun."""

from alembic import context

from portal.db.migrations import options

context.configure(connection=context.config.attributes["connection"], **options())
with context.begin_transaction():
    context.run_migrations()
