"""Transactions of many jobs: what fails, what is repeated, what waits."""

import sqlite3
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from survey.collection.database import Trouble
from survey.collection.postgres import PostgresDatabase
from survey.collection.schema import guesses
from survey.collection.sqlite import SqliteDatabase
from survey.collection.store import Store
from survey.collection.upsert import upsert
from survey.errors import SurveyError

ROOT = Path(__file__).parents[3]


def _write(name):
    row = {"space": name, "since": 0, "failures": 0}
    return lambda connection: upsert(connection, guesses, row, ["space"])


def _spaces(store):
    return sorted(store.read(lambda c: c.execute(select(guesses.c.space)).scalars().all()))


class _Gate:
    """Holds the writer until many jobs wait, so that they become one transaction."""

    def __init__(self, store):
        self._started, self._go = threading.Event(), threading.Event()
        self.first = store.enqueue(lambda _: self._started.set() or self._go.wait(10))
        self._started.wait(10)

    def open(self):
        self._go.set()


def _trouble(code):
    error = sqlite3.OperationalError("made by the test")
    error.sqlite_errorcode = code
    return OperationalError("SELECT 1", {}, error)


def test_jobs_that_wait_together_become_one_transaction(sqlite_store):
    begun = []
    begin = sqlite_store.database.begin
    sqlite_store.database.begin = lambda connection: begun.append(1) or begin(connection)
    gate = _Gate(sqlite_store)
    futures = [sqlite_store.enqueue(_write(str(k))) for k in range(100)]
    gate.open()
    for future in futures:
        future.result(10)
    assert len(begun) <= 3  # the gate may outlast the time that a transaction gathers jobs for
    assert len(_spaces(sqlite_store)) == 100


def test_a_job_that_meets_another_writer_is_run_again_with_its_whole_transaction(sqlite_store):
    runs = []

    def job(connection):
        runs.append(1)
        _write("job")(connection)
        if len(runs) < 3:
            raise _trouble(sqlite3.SQLITE_BUSY)
        return len(runs)

    gate = _Gate(sqlite_store)
    before, here, after = (sqlite_store.enqueue(j) for j in (_write("a"), job, _write("b")))
    gate.open()
    assert here.result(10) == 3
    before.result(10)
    after.result(10)
    assert _spaces(sqlite_store) == ["a", "b", "job"]


def test_a_job_that_finds_no_room_fails_alone(sqlite_store):
    def job(connection):
        _write("job")(connection)
        raise _trouble(sqlite3.SQLITE_FULL)

    gate = _Gate(sqlite_store)
    before, here, after = (sqlite_store.enqueue(j) for j in (_write("a"), job, _write("b")))
    gate.open()
    before.result(10)
    after.result(10)
    with pytest.raises(SurveyError) as caught:
        here.result(10)
    assert caught.value.code == "store_full"
    assert _spaces(sqlite_store) == ["a", "b"]


def test_a_disk_that_fails_is_told_and_the_next_job_is_stored(sqlite_store):
    def job(connection):
        _write("job")(connection)
        raise _trouble(sqlite3.SQLITE_IOERR | (3 << 8))

    with pytest.raises(SurveyError) as caught:
        sqlite_store.write(job)
    assert caught.value.code == "store_broken"
    sqlite_store.write(_write("next"))
    assert _spaces(sqlite_store) == ["next"]


def test_the_end_of_a_program_in_a_job_does_not_end_the_writer(sqlite_store):
    def job(_connection):
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        sqlite_store.write(job)
    sqlite_store.write(_write("next"))
    assert _spaces(sqlite_store) == ["next"]


def test_a_lost_connection_is_opened_again(store):
    calls = []

    def job(connection):
        calls.append(1)
        _write("job")(connection)
        if len(calls) == 1:
            connection.connection.driver_connection.close()
        _write("more")(connection)

    if store.health().database == "SQLite":
        # There is no server to lose: a closed connection is a fault of the job.
        with pytest.raises(Exception, match="closed"):
            store.write(job)
        assert _spaces(store) == []
    else:
        store.write(job)
        assert _spaces(store) == ["job", "more"]
    store.write(_write("next"))
    assert "next" in _spaces(store)


def test_a_turn_that_is_not_to_be_had_fails_all_that_wait_for_it_once(tmp_path):
    path = tmp_path / "c.sqlite"
    Store.open(path).close()
    holder = SqliteDatabase(path)
    database = SqliteDatabase(path, patience=0.3)
    store = Store(database)
    try:
        store.write(_write("before"))
        with holder.turn():
            futures = [store.enqueue(_write(str(k))) for k in range(3)]
            errors = [future.exception(10) for future in futures]
        assert {error.code for error in errors} == {"store_busy"}
        store.write(_write("after"))
        assert _spaces(store) == ["after", "before"]
    finally:
        store.close()
        holder.close()


def test_errors_are_named_by_the_codes_of_sqlite(tmp_path):
    database = SqliteDatabase(tmp_path / "c.sqlite")
    expected = {
        sqlite3.SQLITE_BUSY: Trouble.AGAIN,
        sqlite3.SQLITE_BUSY | (2 << 8): Trouble.AGAIN,
        sqlite3.SQLITE_FULL: Trouble.FULL,
        sqlite3.SQLITE_IOERR | (2 << 8): Trouble.BROKEN,
        sqlite3.SQLITE_CONSTRAINT: None,
    }
    for code, trouble in expected.items():
        assert database.trouble(_trouble(code)) is trouble
    assert database.trouble(ValueError("no")) is None
    database.close()


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (psycopg.errors.DiskFull("no room"), Trouble.FULL),
        (psycopg.errors.AdminShutdown("ended"), Trouble.LOST),
        (psycopg.errors.CrashShutdown("crashed"), Trouble.LOST),
        (psycopg.errors.ConnectionFailure("gone"), Trouble.LOST),
        (psycopg.OperationalError("the server closed the connection"), Trouble.LOST),
        (psycopg.errors.DeadlockDetected("both"), Trouble.AGAIN),
        (psycopg.errors.SerializationFailure("both"), Trouble.AGAIN),
        (psycopg.errors.LockNotAvailable("waited"), Trouble.AGAIN),
        (psycopg.errors.IoError("disk"), Trouble.BROKEN),
        (psycopg.errors.UniqueViolation("twice"), None),
        (ValueError("no"), None),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_errors_are_named_by_the_states_of_postgres(error, trouble):
    database = PostgresDatabase.__new__(PostgresDatabase)  # without a server
    assert database.trouble(error) is trouble
    assert database.trouble(OperationalError("SELECT 1", {}, error)) is trouble
