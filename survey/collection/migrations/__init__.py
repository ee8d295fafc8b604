"""Migrations of the store, run by `survey.collection.migrate` through Alembic."""
