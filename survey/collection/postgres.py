"""PostgreSQL: the same store for several machines, through psycopg 3.

Transactions that write take turns by an advisory lock, as they do in SQLite: a job sees everything
that was committed before it, whatever process wrote it, and none can deadlock with another.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import psycopg
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

from survey.collection.database import PATIENCE, Trouble, driver_error
from survey.collection.schema import METADATA
from survey.errors import SurveyError

# Any number that others of this database are unlikely to use: "konsil" in ASCII.
TURN: Final = int.from_bytes(b"konsil")
_BEGIN: Final = f"SELECT pg_advisory_xact_lock({TURN}); SAVEPOINT job".encode()
_KEEP: Final = b"RELEASE SAVEPOINT job; SAVEPOINT job"
_READERS = 8
# A process that stands still in the middle of a transaction must not stop the others for good.
_SETTINGS: Final = (
    "SET synchronous_commit = on",
    f"SET lock_timeout = '{round(PATIENCE)}s'",
    "SET idle_in_transaction_session_timeout = '30s'",
)
_AGAIN = {"40001", "40P01", "55P03"}  # serialisation, deadlock, lock not available
_LOST = {"57P01", "57P02", "57P03", "25P03", "53300"}  # ended, crashed, starting, idle, too many
_FULL = {"53100"}
_BROKEN = {"58030", "XX001", "XX002", "53200"}  # input/output, damaged data, damaged index, memory


class PostgresDatabase:
    """A PostgreSQL database as the store's database."""

    name = "PostgreSQL"
    batch = 64  # PostgreSQL keeps so many savepoints of a transaction at hand

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql+psycopg")
        self.place = url.set(drivername="postgresql").render_as_string(hide_password=True)
        self._writing = self._engine(writes=True)
        self.reading = self._engine(writes=False)
        try:
            self._writing.connect().close()
        except Exception as error:
            if not isinstance(driver_error(error), psycopg.Error):
                raise
            raise SurveyError(
                "store_unreachable",
                "the store {place} cannot be opened: {reason}",
                place=self.place,
                reason=" ".join(str(driver_error(error)).split()),
            ) from error

    def _engine(self, *, writes: bool) -> Engine:
        options: Mapping[str, Any] = (
            {"poolclass": NullPool, "isolation_level": "READ COMMITTED"}
            if writes
            else {
                "pool_size": _READERS,
                "max_overflow": 0,
                "pool_timeout": PATIENCE,
                "isolation_level": "REPEATABLE READ",  # one reading sees one moment
            }
        )
        engine = create_engine(
            self._url, connect_args={"connect_timeout": 10, "keepalives_idle": 10}, **options
        )

        def settle(raw: psycopg.Connection[Any], _record: object) -> None:
            for setting in _SETTINGS:
                raw.execute(setting.encode())
            raw.commit()
            raw.read_only = not writes

        event.listen(engine, "connect", settle)
        return engine

    def connect(self) -> Connection:
        """Open the writing connection."""
        return self._writing.connect()

    def disconnect(self, connection: Connection) -> None:
        """Close a writing connection."""
        with contextlib.suppress(Exception):
            connection.invalidate()
        connection.close()

    def turn(self) -> AbstractContextManager[object]:
        """Take no turn outside the transaction: its first statement does."""
        return nullcontext()

    def begin(self, connection: Connection) -> None:
        """Wait for the turn to write, which ends with the transaction; set the first savepoint."""
        _raw(connection).execute(_BEGIN, prepare=False)

    def keep(self, connection: Connection) -> None:
        """Keep what was done since the savepoint, and set the next one: one message for both."""
        _raw(connection).execute(_KEEP, prepare=False)

    def tidy(self, connection: Connection) -> None:
        """Nothing is due: the server looks after itself."""

    def sweep(self) -> None:
        """Leave nothing of what was deleted: write the tables anew without it."""
        with self._writing.connect() as connection:
            raw = _raw(connection)
            raw.autocommit = True  # VACUUM refuses to be part of a transaction
            for name in METADATA.tables:
                raw.execute(f'VACUUM (FULL) "{name}"'.encode())

    def trouble(self, error: BaseException) -> Trouble | None:
        """Name the trouble by SQLSTATE."""
        found = driver_error(error)
        if not isinstance(found, psycopg.Error):
            return None
        state = found.sqlstate or ""
        for states, trouble in (
            (_AGAIN, Trouble.AGAIN),
            (_LOST, Trouble.LOST),
            (_FULL, Trouble.FULL),
            (_BROKEN, Trouble.BROKEN),
        ):
            if state in states:
                return trouble
        # Without a state the server never answered, or the connection broke.
        lost = state.startswith("08") or (
            not state and isinstance(found, psycopg.OperationalError | psycopg.InterfaceError)
        )
        return Trouble.LOST if lost else None

    def version(self, connection: Connection) -> str:
        """Version of the server."""
        return str(connection.exec_driver_sql("SHOW server_version").scalar_one()).split()[0]

    def close(self) -> None:
        """Close all connections that read."""
        self.reading.dispose()
        self._writing.dispose()


def _raw(connection: Connection) -> psycopg.Connection[Any]:
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    return raw
