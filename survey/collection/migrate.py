"""Create the tables of a store, and change them from one revision of the schema to the next."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect

from survey.collection.database import Database
from survey.collection.schema import METADATA
from survey.collection.sqlite import SqliteDatabase
from survey.errors import SurveyError

REVISION: Final = "0001"  # the schema of this version; its migrations end with it
VERSION_TABLE: Final = "konsilium_schema"
FOLDER: Final = Path(__file__).parent / "migrations"


def bring_up_to_date(database: Database, folder: Path = FOLDER, revision: str = REVISION) -> str:
    """Create or migrate the tables, if that is due; return the revision found before.

    All of it is one transaction, within the turn to write: of processes that open a store at once
    one migrates, and a migration that fails leaves the store as it was. An SQLite file is copied
    first.

    """
    with database.turn():
        connection = database.connect()
        try:
            if isinstance(database, SqliteDatabase):
                # Rebuilding a table drops it; with the keys on, that would empty those below it.
                _pragma(connection, "PRAGMA foreign_keys = OFF")
            with connection.begin():
                database.begin(connection)
                found = revision_of(connection)
                if found != revision:
                    _migrate(connection, database, folder, found, revision)
                return found or ""
        finally:
            database.disconnect(connection)


def revision_of(connection: Connection) -> str | None:
    """Revision of the tables; None where there are none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    statement = f"SELECT version_num FROM {VERSION_TABLE}"  # noqa: S608 - a constant of ours
    return connection.exec_driver_sql(statement).scalar_one_or_none()


def _pragma(connection: Connection, statement: str) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(statement)


def _check_place(connection: Connection, database: Database, found: str | None) -> None:
    """Refuse a file, or names of tables, that something else uses."""
    if found is not None:
        return
    there = set(inspect(connection).get_table_names())
    if not isinstance(database, SqliteDatabase):
        there &= set(METADATA.tables)
    if there:
        raise SurveyError(
            "store_foreign",
            "{place} already has tables that are not Konsilium's: {tables}",
            place=database.place,
            tables=", ".join(sorted(there)),
        )


def _copy_first(path: Path, revision: str) -> Path:
    """Copy the file as it is before the migration; the turn to write is held."""
    copy = path.with_name(f"{path.name}.before-{revision}")
    k = 1
    while copy.exists():
        k += 1
        copy = path.with_name(f"{path.name}.before-{revision}-{k}")
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.execute("PRAGMA wal_autocheckpoint = 0")
        source.backup(target)
    return copy


def _migrate(
    connection: Connection, database: Database, folder: Path, found: str | None, revision: str
) -> None:
    # Imported when needed: most openings find nothing to do.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    _check_place(connection, database, found)
    if found is not None and found not in known:
        raise SurveyError(
            "store_newer",
            "the store {place} was written by a newer version of Konsilium: its tables are of "
            "revision {found}, this version knows {known}; install the newer version",
            place=database.place,
            found=found,
            known=revision,
        )
    copy = None
    if isinstance(database, SqliteDatabase) and found is not None:
        copy = _copy_first(database.path, revision)
    try:
        command.upgrade(config, revision)
        _check_references(connection, database, revision)
    except BaseException:
        if copy is not None:  # the store stays as it was, and names are not kept twice
            copy.unlink()
        raise


def _check_references(connection: Connection, database: Database, revision: str) -> None:
    """Ask what SQLite did not watch while the keys were off."""
    if not isinstance(database, SqliteDatabase):
        return
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise SurveyError(
            "store_migration",
            "the migration of {place} to {revision} would leave rows without the rows they "
            "belong to; the store stays as it was",
            place=database.place,
            revision=revision,
        )
