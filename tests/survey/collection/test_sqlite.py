"""SQLite: durable, written in turn, for its owner alone."""

import stat
import threading

import pytest
from sqlalchemy import delete, select

from survey.collection.migrate import bring_up_to_date
from survey.collection.schema import events, guesses, waves
from survey.collection.sqlite import SqliteDatabase
from survey.collection.store import Store
from survey.collection.turn import Turn
from survey.collection.upsert import upsert
from survey.errors import SurveyError
from tests.store_workers import event


def _row(space="a", since=1, failures=0):
    return {"space": space, "since": since, "failures": failures}


def _all(store, table=guesses):
    return store.read(lambda connection: connection.execute(select(table)).all())


def _pragma(name):
    return lambda connection: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_sqlite_is_set_for_durability_and_never_checkpoints_by_itself(sqlite_store):
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 60_000,
        "wal_autocheckpoint": 0,
    }
    for name, value in expected.items():
        assert sqlite_store.write(_pragma(name)) == value
        assert sqlite_store.read(_pragma(name)) == value
    assert sqlite_store.read(_pragma("query_only")) == 1


def test_all_tables_are_strict_and_without_row_numbers(sqlite_store):
    rows = sqlite_store.read(lambda c: c.exec_driver_sql("PRAGMA table_list").mappings().all())
    ours = [row for row in rows if row["name"] in waves.metadata.tables]
    assert len(ours) == len(waves.metadata.tables)
    assert all(row["strict"] == 1 and row["wr"] == 1 for row in ours)


def test_the_files_of_a_store_are_for_their_owner_alone(tmp_path):
    with Store.open(tmp_path / "new" / "collection.sqlite") as store:
        store.write(lambda c: upsert(c, guesses, _row(), ["space"]))
        files = list((tmp_path / "new").iterdir())
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        assert len(files) >= 4
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_a_long_wal_is_moved_into_the_file(sqlite_store):
    database = sqlite_store.database
    longest = 0
    for k in range(12):
        big = event(str(k)) | {"detail": "x" * 1_000_000}
        sqlite_store.write(lambda c, row=big: upsert(c, events, row, ["id"]))
        longest = max(longest, database.wal_size())
    assert longest < 8 * 2**20
    assert database.path.stat().st_size > 6_000_000


def test_a_reader_does_not_stop_writers_when_the_wal_is_long(sqlite_store):
    def job(connection):
        connection.execute(select(guesses)).all()
        for k in range(8):
            big = event(str(k)) | {"detail": "x" * 1_000_000}
            sqlite_store.write(lambda c, row=big: upsert(c, events, row, ["id"]))
        return sqlite_store.database.wal_size()

    assert sqlite_store.read(job) > 4 * 2**20
    assert len(_all(sqlite_store, events)) == 8


def test_whatever_can_write_happens_within_the_turn(tmp_path):
    """Two connections that write or checkpoint at one moment can damage a file before 3.51.3."""
    database = SqliteDatabase(tmp_path / "c.sqlite")
    bring_up_to_date(database)
    seen, connect = set(), database.connect

    def watched():
        connection = connect()
        raw = connection.connection.driver_connection
        raw.set_trace_callback(
            lambda sql: seen.add((sql.split("(")[0], database.turn()._depth > 0))
        )
        return connection

    database.connect = watched
    store = Store(database)
    for k in range(6):
        big = event(str(k)) | {"detail": "x" * 1_000_000}
        store.write(lambda c, row=big: upsert(c, events, row, ["id"]))
    store.close()
    assert {within for _, within in seen} == {True}
    assert {"BEGIN IMMEDIATE", "COMMIT", "PRAGMA wal_checkpoint"} <= {sql for sql, _ in seen}


def test_closing_waits_for_the_turn(tmp_path):
    """The last connection to close moves the WAL into the file."""
    path = tmp_path / "c.sqlite"
    store = Store.open(path)
    store.write(lambda c: upsert(c, guesses, _row(), ["space"]))
    closing = threading.Thread(target=store.close)
    with Turn(path):
        closing.start()
        closing.join(0.3)
        assert closing.is_alive()
        assert path.with_name("c.sqlite-wal").exists()
    closing.join(10)
    assert not path.with_name("c.sqlite-wal").exists()


def test_nothing_of_a_deleted_row_is_left_in_the_files_after_sweeping(tmp_path):
    path = tmp_path / "c.sqlite"
    with Store.open(path) as store:
        name = "a name nobody may find again"
        store.write(lambda c: upsert(c, events, event("e") | {"detail": name}, ["id"]))
        store.write(lambda c: c.execute(delete(events)))
        assert name.encode() in path.with_name("c.sqlite-wal").read_bytes()
        store.sweep()
        for file in tmp_path.iterdir():
            assert name.encode() not in file.read_bytes()


def test_a_store_that_another_process_keeps_is_refused_after_a_while(tmp_path):
    with (
        Turn(tmp_path / "c.sqlite"),
        pytest.raises(SurveyError) as caught,
        Turn(tmp_path / "c.sqlite", patience=0.1),
    ):
        pass
    assert caught.value.code == "store_busy"


def test_a_lock_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "c.sqlite.lock").mkdir()
    with pytest.raises(SurveyError) as caught:
        Store.open(tmp_path / "c.sqlite")
    assert caught.value.code == "store_broken"
    assert "c.sqlite.lock" in str(caught.value)
