"""Take what was deleted out of the files too, as far as a database can."""

from __future__ import annotations

import sqlite3

from sqlalchemy import text

from survey.collection import schema
from survey.collection.database import PATIENCE, Database
from survey.collection.sqlite import SqliteDatabase


def scrub(database: Database) -> None:
    """Rewrite the tables without deleted rows, and empty SQLite's write-ahead log.

    The write-ahead log of PostgreSQL, its archives, and copies made before keep what they hold.
    """
    if isinstance(database, SqliteDatabase):
        _scrub_sqlite(database)
        return
    with database.connect() as connection:
        apart = connection.execution_options(isolation_level="AUTOCOMMIT")
        for table in schema.METADATA.sorted_tables:
            apart.execute(text(f"VACUUM FULL {table.name}"))


def _scrub_sqlite(database: SqliteDatabase) -> None:
    with database.turn():
        raw = sqlite3.connect(database.path, timeout=PATIENCE, isolation_level=None)
        try:
            raw.execute("PRAGMA wal_autocheckpoint = 0")
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
