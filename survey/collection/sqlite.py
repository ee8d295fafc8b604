"""SQLite: the whole store in one file, written by several processes in turn.

SQLite before 3.51.3 can damage a file when two connections write or checkpoint its WAL at one
moment. Here none do: whatever can write (a transaction, a checkpoint, the first opening, which
recovers, and closing, which checkpoints) happens within the turn, and SQLite never checkpoints by
itself.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event

from survey.collection.database import PATIENCE, Trouble, driver_error
from survey.collection.filesystem import make_file
from survey.collection.turn import Turn
from survey.errors import SurveyError

FIXED: Final = (3, 51, 3)  # the first version without the fault
_SETTINGS: Final = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA wal_autocheckpoint = 0",
)
_READERS = 8
_LONG_WAL = 4 * 2**20  # bytes
_PAUSE = 1.0  # seconds between checkpoints that readers stand in the way of
_FULL = {sqlite3.SQLITE_FULL}
_BROKEN = {
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
}
_AGAIN = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class _Guarded(sqlite3.Connection):
    """A connection that closes within the turn: the last one to close writes."""

    turn: Turn

    def close(self) -> None:
        with self.turn:
            super().close()


class SqliteDatabase:
    """An SQLite file as the store's database."""

    name = "SQLite"
    batch = 256

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        self.place = str(path)
        self._patience = patience
        self._turn = Turn(path, patience)
        self._next_checkpoint = 0.0
        make_file(path)
        self._writing = self._engine(writes=True)
        self.reading = self._engine(writes=False)

    def _engine(self, *, writes: bool) -> Engine:
        pool: dict[str, Any] = (
            {"poolclass": NullPool}
            if writes
            else {
                "poolclass": QueuePool,
                "pool_size": _READERS,
                "max_overflow": 0,
                "pool_timeout": self._patience,
            }
        )
        engine = create_engine("sqlite://", creator=lambda: self._open(writes=writes), **pool)
        begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine

    def _open(self, *, writes: bool) -> sqlite3.Connection:
        raw = sqlite3.connect(
            self.path,
            timeout=self._patience,
            isolation_level=None,  # BEGIN is ours, so that DDL is part of transactions
            check_same_thread=False,
            cached_statements=256,
            factory=_Guarded,
        )
        raw.turn = self._turn
        try:
            if writes:
                # The first to open after a crash recovers. Readers come later, and do not wait
                # for the turn: they would wait for the longest job.
                with self._turn:
                    self._use_wal(raw)
                    raw.execute("SELECT count(*) FROM sqlite_master").fetchall()
            for setting in _SETTINGS:
                raw.execute(setting)
            if not writes:
                raw.execute("PRAGMA query_only = ON")
        except BaseException:
            raw.close()
            raise
        return raw

    def _use_wal(self, raw: sqlite3.Connection) -> None:
        mode = raw.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise SurveyError(
                "store_unreachable",
                "the store {place} cannot be opened: {reason}",
                place=self.place,
                reason=f"journal_mode = {mode}",
            )

    def connect(self) -> Connection:
        """Open the writing connection."""
        return self._writing.connect()

    def disconnect(self, connection: Connection) -> None:
        """Close a writing connection."""
        connection.invalidate()
        connection.close()

    def turn(self) -> Turn:
        """Wait for the turn to write among processes, and hold it."""
        return self._turn

    def begin(self, connection: Connection) -> None:
        """Set the first savepoint; BEGIN IMMEDIATE has taken the file."""
        _raw(connection).execute("SAVEPOINT job")

    def keep(self, connection: Connection) -> None:
        """Keep what was done since the savepoint, and set the next one."""
        raw = _raw(connection)
        raw.execute("RELEASE SAVEPOINT job")
        raw.execute("SAVEPOINT job")

    def tidy(self, connection: Connection) -> None:
        """Move a long WAL into the file and cut it off, if nobody reads old pages of it."""
        now = time.monotonic()
        if now < self._next_checkpoint or self.wal_size() < _LONG_WAL:
            return
        if not self.checkpoint(connection):
            self._next_checkpoint = now + _PAUSE

    def sweep(self) -> None:
        """Leave nothing of what was deleted: `secure_delete` has wiped the pages, this the WAL."""
        until = time.monotonic() + self._patience
        connection = self.connect()
        try:
            while not self.checkpoint(connection):
                if time.monotonic() > until:
                    raise SurveyError(
                        "store_busy",
                        "another process has kept the store for {seconds} seconds; nothing was stored",
                        seconds=round(self._patience),
                    )
                time.sleep(0.05)
        finally:
            self.disconnect(connection)

    def wal_size(self) -> int:
        """Length of the WAL, bytes."""
        try:
            return self.path.with_name(self.path.name + "-wal").stat().st_size
        except FileNotFoundError:
            return 0

    def checkpoint(self, connection: Connection) -> bool:
        """Move the WAL into the file; False if readers stand in the way of cutting it off."""
        raw = _raw(connection)
        with self._turn:
            try:
                raw.execute("PRAGMA busy_timeout = 50")
                busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except sqlite3.OperationalError:
                return False  # no room now: what is in the WAL is safe there
            finally:
                raw.execute(f"PRAGMA busy_timeout = {round(self._patience * 1000)}")
        return not busy

    def trouble(self, error: BaseException) -> Trouble | None:
        """Name the trouble by SQLite's own code."""
        found = driver_error(error)
        code = getattr(found, "sqlite_errorcode", 0) & 0xFF
        if code in _AGAIN:
            return Trouble.AGAIN
        if code in _FULL:
            return Trouble.FULL
        return Trouble.BROKEN if code in _BROKEN else None

    def version(self, connection: Connection) -> str:
        """Version of the SQLite library in this process."""
        return str(connection.exec_driver_sql("SELECT sqlite_version()").scalar_one())

    def close(self) -> None:
        """Close all connections that read."""
        self.reading.dispose()
        self._writing.dispose()


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def has_wal_reset_fault(version: str) -> bool:
    """Whether this version of SQLite can damage a WAL that two connections write at once."""
    return tuple(int(part) for part in version.split(".")) < FIXED
