"""Alembic's folder of migrations; they are run when a store is opened."""
