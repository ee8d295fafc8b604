"""What the store asks of a kind of database: connections, the turn to write, names for trouble."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import Enum
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from survey.errors import SurveyError

# How long work waits for other writers, and for a database that went away, before it is refused.
PATIENCE = 60.0
RECONNECT = 30.0


class Trouble(Enum):
    """Why a transaction failed, where it was not the fault of what was written."""

    AGAIN = "another writer was in the way"
    LOST = "the connection is gone"
    FULL = "no room is left"
    BROKEN = "the disk or the file does not answer as it should"


UNDO = "ROLLBACK TO SAVEPOINT job"  # the savepoint stays, for the next job


class Database(Protocol):
    """A database that one writer of this process writes to, and any thread reads from."""

    name: str  # as people call it
    place: str  # file, or address without the password
    batch: int  # most jobs of one transaction
    reading: Engine

    def connect(self) -> Connection:
        """Open the writing connection."""

    def disconnect(self, connection: Connection) -> None:
        """Close a writing connection, also one that is broken."""

    def turn(self) -> AbstractContextManager[object]:
        """Wait for the turn to write among processes, and hold it."""

    def begin(self, connection: Connection) -> None:
        """Do what a transaction that writes starts with, after BEGIN; set the first savepoint."""

    def keep(self, connection: Connection) -> None:
        """Keep what was done since the savepoint, and set the next one."""

    def tidy(self, connection: Connection) -> None:
        """Do what is due between transactions."""

    def sweep(self) -> None:
        """Leave nothing of deleted rows in the files."""

    def trouble(self, error: BaseException) -> Trouble | None:
        """Name the trouble, or None if what was to be written is at fault."""

    def version(self, connection: Connection) -> str:
        """Version of the database."""

    def close(self) -> None:
        """Close all connections that read."""


def driver_error(error: BaseException) -> BaseException:
    """Return the driver's own exception that SQLAlchemy wrapped, or the one given."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig
    return error


def explained(error: Exception, trouble: Trouble | None, place: str) -> Exception:
    """Say in a sentence what became of the database; other exceptions stay what they are."""
    reason = " ".join(str(driver_error(error)).split())
    if trouble is Trouble.FULL:
        made = SurveyError(
            "store_full",
            "no room is left for the store {place}; nothing was stored, make room and try again",
            place=place,
        )
    elif trouble is Trouble.AGAIN:
        made = SurveyError(
            "store_busy",
            "another process has kept the store for {seconds} seconds; nothing was stored",
            seconds=round(PATIENCE),
        )
    elif trouble is Trouble.LOST:
        made = SurveyError(
            "store_lost", "the store {place} does not answer: {reason}", place=place, reason=reason
        )
    elif trouble is Trouble.BROKEN:
        made = SurveyError(
            "store_broken",
            "the store {place} could not be read or written: {reason}",
            place=place,
            reason=reason,
        )
    else:
        return error
    made.__cause__ = error
    return made


@contextmanager
def in_words(database: Database) -> Iterator[None]:
    """Turn trouble with a database into a sentence."""
    try:
        yield
    except Exception as error:
        failure = explained(error, database.trouble(driver_error(error)), database.place)
        if failure is error:
            raise
        raise failure from error
