"""A backup is one SQLite file, whatever kind the store is, and can be restored into either kind.

It is taken while others write: it holds one moment of the store. Restoring is also how a store
moves from SQLite to PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from survey.collection.copying import copy_rows
from survey.collection.database import in_words
from survey.collection.migrate import REVISION, VERSION_TABLE, bring_up_to_date
from survey.collection.schema import METADATA
from survey.collection.sqlite import SqliteDatabase
from survey.collection.store import Store
from survey.errors import SurveyError


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written or restored, and checked.

    Attributes
    ----------
    path
        The file.
    schema
        Revision of its tables.
    rows
        Rows by table.

    """

    path: Path
    schema: str
    rows: Mapping[str, int]


def back_up(store: Store, path: Path) -> Backup:
    """Write a backup of a store that may be in use; never over a file that is there.

    The file appears under its name when it is whole, was read back, and is on the disk.

    Raises
    ------
    SurveyError
        `backup_exists`, `backup_unwritable`, `backup_damaged` (it does not read back).

    """
    if path.exists():
        raise _exists(path)
    with _workshop(path) as folder:
        file = folder / "backup.sqlite"
        try:
            with _opened(file) as database:
                rows = _fill(store, database)
        except SurveyError as error:
            if error.code == "store_full":  # what is only read needs no room
                raise _unwritable(path, "no room is left") from error
            raise
        if _read_back(file) != rows:
            raise _damaged(path, "it does not hold what was written to it")
        _publish(file, path)
    return Backup(path, REVISION, rows)


def restore(store: Store, path: Path) -> Backup:
    """Put what a backup holds into an empty store, whole or not at all.

    A backup of an older version is migrated on the way, in a copy: the file itself is only read.

    Raises
    ------
    SurveyError
        `backup_missing`, `backup_damaged`, `backup_foreign`, `store_newer`, `store_not_empty`.

    """
    if not path.is_file():
        raise SurveyError("backup_missing", "there is no backup {path}", path=path)
    with tempfile.TemporaryDirectory(prefix="konsilium-restore-") as folder:
        file = Path(folder) / "backup.sqlite"
        _copy_whole(path, file)
        with _opened(file) as database:
            connection = database.connect()

            def job(target: Connection) -> dict[str, int]:
                with connection.begin():
                    return copy_rows(connection, target)

            try:
                rows = store.write(job)
            finally:
                database.disconnect(connection)
    return Backup(path, REVISION, rows)


def _fill(store: Store, database: SqliteDatabase) -> dict[str, int]:
    connection = database.connect()

    def job(source: Connection) -> dict[str, int]:
        with connection.begin():
            return copy_rows(source, connection)

    try:
        return store.read(job)
    finally:
        database.disconnect(connection)


@contextmanager
def _workshop(path: Path) -> Iterator[Path]:
    """Make a folder beside the file to come, which goes with all that is left in it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".konsilium-backup-", dir=path.parent))
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _opened(path: Path) -> Iterator[SqliteDatabase]:
    """Open an SQLite file with our tables, new or older; closed, it is one file."""
    database = SqliteDatabase(path)
    try:
        with in_words(database):
            bring_up_to_date(database)
            yield database
    finally:
        database.close()


def _copy_whole(source: Path, target: Path) -> None:
    """Copy a backup through SQLite, which also reads what is still in a WAL; check all of it."""
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as there,
            closing(sqlite3.connect(target)) as here,
        ):
            there.backup(here)
            _check_whole(here, source)
            tables = {name for (name,) in here.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error as error:
        raise _damaged(source, str(error)) from error
    if VERSION_TABLE not in tables:
        raise SurveyError(
            "backup_foreign", "{path} is a database, but no backup of Konsilium", path=source
        )


def _read_back(path: Path) -> dict[str, int]:
    """Leave WAL mode, so that the file is complete by itself; check it and count its rows."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        _check_whole(raw, path)
        return {
            name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - ours
            for name in METADATA.tables
        }


def _check_whole(raw: sqlite3.Connection, path: Path) -> None:
    found = [text for (text,) in raw.execute("PRAGMA integrity_check(1)")]
    if found != ["ok"]:
        raise _damaged(path, "; ".join(found))


def _publish(file: Path, path: Path) -> None:
    """Give a finished file its name, at once and never over another file's."""
    try:
        with file.open("rb+") as made:
            os.fsync(made.fileno())
        try:
            os.link(file, path)
        except FileExistsError as error:
            raise _exists(path) from error
        except OSError:  # a drive that has no links
            if path.exists():
                raise _exists(path) from None
            file.rename(path)
        if os.name == "posix":
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


def _exists(path: Path) -> SurveyError:
    return SurveyError("backup_exists", "{path} is already there; choose a new name", path=path)


def _damaged(path: Path, reason: str) -> SurveyError:
    return SurveyError(
        "backup_damaged", "{path} is damaged or no SQLite file: {reason}", path=path, reason=reason
    )


def _unwritable(path: Path, reason: str) -> SurveyError:
    return SurveyError(
        "backup_unwritable",
        "the backup {path} cannot be written: {reason}",
        path=path,
        reason=reason,
    )
