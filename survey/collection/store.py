"""The store of collected answers: one API over an SQLite file or a PostgreSQL database.

    with Store.open() as store:
        store.write(lambda connection: upsert(connection, answers, row, ("session", "question")))
        rows = store.read(lambda connection: connection.execute(select(answers)).all())

What `write` returns is durable. A store belongs to the process that opened it: open it after a
fork, not before.
"""

from __future__ import annotations

import atexit
import os
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import URL, Connection, make_url

from survey.collection.database import RECONNECT, Database, in_words
from survey.collection.health import Health, health_of
from survey.collection.migrate import bring_up_to_date
from survey.collection.sqlite import SqliteDatabase
from survey.collection.writer import Writer
from survey.errors import SurveyError

T = TypeVar("T")

URL_VARIABLE = "KONSILIUM_DATABASE_URL"
HOME_VARIABLE = "KONSILIUM_HOME"
FILE_NAME = "collection.sqlite"


def home() -> Path:
    """Folder of what Konsilium keeps: `$KONSILIUM_HOME`, or konsilium in the user's own."""
    return Path(os.environ.get(HOME_VARIABLE) or Path.home() / "konsilium")


class Store:
    """An open store; made by `Store.open`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._writer = Writer(database)
        self._process = os.getpid()
        atexit.register(self.close)  # a program that ends without closing loses no job

    @classmethod
    def open(cls, url: str | Path | None = None) -> Self:
        """Open a store, and create or migrate its tables.

        Parameters
        ----------
        url
            A path is an SQLite file; `postgresql://...` is a PostgreSQL database. None:
            `$KONSILIUM_DATABASE_URL`, else `collection.sqlite` in `home()`.

        Raises
        ------
        SurveyError
            `store_unreachable`, `store_newer` (written by a later version), `store_foreign`
            (something else is kept there), `store_network` (SQLite on a network drive),
            `store_unknown`, `store_driver`, `store_broken`, `store_busy`.

        """
        database = database_at(url)
        try:
            with in_words(database):
                bring_up_to_date(database)
            return cls(database)
        except BaseException:
            database.close()
            raise

    @property
    def url(self) -> str:
        """Where the store is: a file, or an address without its password."""
        return self._database.place

    @property
    def database(self) -> Database:
        """The kind of database behind the store."""
        return self._database

    def write(self, job: Callable[[Connection], T]) -> T:
        """Run a job in a transaction, and return what it returned once that is committed.

        Parameters
        ----------
        job
            Takes a connection with an open transaction, which it neither commits nor rolls back.
            It is run again after a lost connection or a conflict: identifiers are drawn outside of
            it, and it does nothing but work on the connection. Of other jobs, of any process, it
            sees what they committed before it.

        Raises
        ------
        SurveyError
            `store_full`, `store_busy`, `store_broken`: nothing was stored. `store_lost`: the
            database went away and stayed away; if that was while it committed, the job may be
            stored.
        Exception
            Whatever the job raised: nothing of it was stored.

        """
        return self.enqueue(job).result()

    def enqueue(self, job: Callable[[Connection], T]) -> Future[T]:
        """Hand over a job for `write` without waiting; see there."""
        self._check_process()
        return self._writer.submit(job)

    def read(self, job: Callable[[Connection], T]) -> T:
        """Run a job that only reads, in a transaction that sees one moment of what is committed."""
        self._check_process()
        until = time.monotonic() + RECONNECT
        while True:
            try:
                with in_words(self._database), self._database.reading.connect() as connection:
                    return job(connection)
            except SurveyError as error:
                if error.code not in {"store_lost", "store_busy"} or time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def sweep(self) -> None:
        """Leave nothing of deleted rows in the files; to be called after what is to be forgotten.

        Takes the store for itself for a moment. Copies, backups and a server's own archive are not
        reached.

        """
        self._check_process()
        self._database.sweep()

    def health(self) -> Health:
        """Kind and version of the database, revision of the tables, jobs that wait."""
        return self.read(
            lambda connection: health_of(connection, self._database, self._writer.waiting)
        )

    def close(self) -> None:
        """Finish what was handed over, and close the connections."""
        atexit.unregister(self.close)
        if os.getpid() == self._process:
            self._writer.close()
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _check_process(self) -> None:
        if os.getpid() != self._process:
            raise RuntimeError("the store was opened by another process; open it after the fork")


def database_at(url: str | Path | None = None) -> Database:
    """Return the database that a URL, a path or the environment names; see `Store.open`."""
    if url is None:
        url = os.environ.get(URL_VARIABLE) or home() / FILE_NAME
    text = str(url)
    if "://" not in text:
        return SqliteDatabase(Path(text).expanduser())
    address = make_url(text)
    kind = address.get_backend_name()
    if kind in ("postgresql", "postgres"):
        return _postgres(address)
    if kind == "sqlite" and address.database:
        return SqliteDatabase(Path(address.database).expanduser())
    raise SurveyError(
        "store_unknown",
        "{kind} is no database Konsilium can use; give a file or postgresql://user@host/name",
        kind=kind,
    )


def _postgres(address: URL) -> Database:
    try:
        from survey.collection.postgres import PostgresDatabase  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise SurveyError(
            "store_driver",
            "PostgreSQL needs the package psycopg, which is not installed: {command}",
            command="pip install 'konsilium[postgres]'",
        ) from error
    return PostgresDatabase(address)
