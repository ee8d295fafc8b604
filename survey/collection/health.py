"""What an administrator wants to know of a store."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from survey.collection.database import Database
from survey.collection.migrate import revision_of
from survey.collection.sqlite import SqliteDatabase, has_wal_reset_fault


@dataclass(frozen=True, slots=True)
class Health:
    """State of a store.

    Attributes
    ----------
    database, version, place
        Kind of database, version of it, and where it is, without a password.
    schema
        Revision of the tables.
    waiting
        Jobs of this process that wait to be written.
    wal_reset_fault
        Whether this SQLite can damage a file that two connections write at one moment (before
        3.51.3); the store is built so that none do. Always False with PostgreSQL.
    copies
        Files beside the store that a migration left: they hold what the store held then.

    """

    database: str
    version: str
    place: str
    schema: str
    waiting: int
    wal_reset_fault: bool
    copies: tuple[str, ...]


def health_of(connection: Connection, database: Database, waiting: int) -> Health:
    """Ask a database how it is."""
    version = database.version(connection)
    fault = False
    copies: tuple[str, ...] = ()
    if isinstance(database, SqliteDatabase):
        fault = has_wal_reset_fault(version)
        path = database.path
        copies = tuple(sorted(str(p) for p in path.parent.glob(f"{path.name}.before-*")))
    return Health(
        database=database.name,
        version=version,
        place=database.place,
        schema=revision_of(connection) or "",
        waiting=waiting,
        wal_reset_fault=fault,
        copies=copies,
    )
