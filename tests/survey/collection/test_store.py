import contextlib
import os
import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from survey.collection.schema import events, groups, guesses, waves
from survey.collection.sqlite import has_wal_reset_fault
from survey.collection.store import Store
from survey.collection.upsert import upsert
from survey.errors import SurveyError
from tests.store_workers import WAVE, event


def _row(space="a", since=1, failures=0):
    return {"space": space, "since": since, "failures": failures}


def _all(store, table=guesses):
    return store.read(lambda connection: connection.execute(select(table)).all())


def test_what_was_written_is_read(store):
    assert store.write(lambda c: upsert(c, guesses, _row(), ["space"]) or "done") == "done"
    store.write(lambda c: upsert(c, guesses, _row(since=2), ["space"]))
    assert _all(store) == [("a", 2, 0)]


def test_several_rows_are_written_over_at_once(store):
    store.write(lambda c: upsert(c, guesses, [_row("a"), _row("b")], ["space"]))
    store.write(lambda c: upsert(c, guesses, [_row("b", 5), _row("c", 5)], ["space"]))
    store.write(lambda c: upsert(c, guesses, [], ["space"]))
    assert sorted(_all(store)) == [("a", 1, 0), ("b", 5, 0), ("c", 5, 0)]


def test_a_row_that_is_all_key_may_be_there_already(store):
    for _ in range(2):
        store.write(lambda c: upsert(c, events, event("one"), list(event("one"))[:1]))
    for _ in range(2):
        store.write(lambda c: upsert(c, guesses, _row(), ["space"]))
    assert len(_all(store)) == len(_all(store, events)) == 1


def test_enqueue_gives_a_future_of_what_the_job_returns(store):
    future = store.enqueue(lambda c: c.execute(select(guesses)).all())
    assert isinstance(future, Future)
    assert future.result(10) == []


def test_a_job_that_raises_leaves_nothing_and_does_no_harm_to_others(store):
    started, go = threading.Event(), threading.Event()

    def slow(connection):
        started.set()
        go.wait(10)
        upsert(connection, guesses, _row("before"), ["space"])

    def failing(connection):
        upsert(connection, guesses, _row("half"), ["space"])
        raise SurveyError("refused", "no")

    first = store.enqueue(slow)
    started.wait(10)
    # These wait together, and become one transaction with the first.
    bad = store.enqueue(failing)
    last = store.enqueue(lambda c: upsert(c, guesses, _row("after"), ["space"]))
    go.set()
    first.result(10)
    last.result(10)
    with pytest.raises(SurveyError, match=r"^no$"):
        bad.result(10)
    assert sorted(row.space for row in _all(store)) == ["after", "before"]


def test_a_broken_rule_of_the_tables_is_the_jobs_own_error(store):
    group = {"wave": "none", "id": "g", "title": "{}", "position": 0}
    with pytest.raises(IntegrityError):
        store.write(lambda c: c.execute(insert(groups), group))
    with pytest.raises(IntegrityError):
        store.write(lambda c: c.execute(insert(waves), WAVE | {"state": "unheard of"}))
    with pytest.raises(SQLAlchemyError):  # STRICT: a text is no whole number
        store.write(lambda c: c.execute(text("INSERT INTO guesses VALUES ('a', 'x', 0)")))
    assert _all(store, waves) == _all(store) == []


def test_a_job_that_ends_in_a_swallowed_error_is_refused_or_stored_whole(store):
    """PostgreSQL refuses what follows an error; SQLite goes on. Neither stores a part."""

    def job(connection):
        upsert(connection, guesses, _row(), ["space"])
        with contextlib.suppress(IntegrityError):
            connection.execute(insert(guesses), _row())
        upsert(connection, guesses, _row(since=2), ["space"])

    try:
        store.write(job)
    except SQLAlchemyError:
        assert _all(store) == []
    else:
        assert _all(store) == [("a", 2, 0)]
    store.write(lambda c: upsert(c, guesses, _row("next"), ["space"]))


def test_a_future_that_was_cancelled_in_time_stores_nothing(store):
    started, go = threading.Event(), threading.Event()
    first = store.enqueue(lambda _: started.set() or go.wait(10))
    started.wait(10)
    second = store.enqueue(lambda c: upsert(c, guesses, _row(), ["space"]))
    assert second.cancel()
    go.set()
    first.result(10)
    store.write(lambda _: None)
    assert _all(store) == []


def test_jobs_handed_over_before_closing_are_stored(store_url):
    with Store.open(store_url) as store:
        futures = [
            store.enqueue(lambda c, k=k: upsert(c, guesses, _row(str(k)), ["space"]))
            for k in range(300)
        ]
    assert all(future.done() for future in futures)
    with Store.open(store_url) as store:
        assert len(_all(store)) == 300
        store.close()
        store.close()
        with pytest.raises(RuntimeError, match="closed"):
            store.write(lambda _: None)


def test_a_program_that_ends_without_closing_loses_no_job(tmp_path):
    path = tmp_path / "c.sqlite"
    program = (
        "import sys\n"
        "from survey.collection.store import Store\n"
        "from survey.collection.schema import guesses\n"
        "from survey.collection.upsert import upsert\n"
        "store = Store.open(sys.argv[1])\n"
        "for k in range(50):\n"
        "    row = {'space': str(k), 'since': 0, 'failures': 0}\n"
        "    store.enqueue(lambda c, row=row: upsert(c, guesses, row, ['space']))\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, cwd=Path.cwd())
    assert not path.with_name("c.sqlite-wal").exists()
    with Store.open(path) as store:
        assert len(_all(store)) == 50


def test_a_job_cannot_wait_for_another_job(store):
    with pytest.raises(RuntimeError, match="cannot wait"):
        store.write(lambda _: store.write(lambda _: None))


def test_reading_cannot_write(store):
    with pytest.raises((SurveyError, SQLAlchemyError)):
        store.read(lambda c: c.execute(insert(guesses), _row()))
    assert _all(store) == []


def test_a_reading_sees_one_moment(store):
    def job(connection):
        before = connection.execute(select(guesses)).all()
        store.write(lambda c: upsert(c, guesses, _row(), ["space"]))
        return before, connection.execute(select(guesses)).all()

    assert store.read(job) == ([], [])
    assert len(_all(store)) == 1


def test_a_job_sees_what_another_process_committed_before_it(store, store_url):
    with Store.open(store_url) as other:
        for k in range(20):
            writer, reader = (store, other) if k % 2 else (other, store)
            writer.write(lambda c, k=k: upsert(c, guesses, _row(str(k)), ["space"]))
            assert len(reader.write(lambda c: c.execute(select(guesses)).all())) == k + 1


def test_a_store_does_not_survive_a_fork(sqlite_store, monkeypatch):
    here = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: here + 1)
    for use in (sqlite_store.write, sqlite_store.read, sqlite_store.enqueue):
        with pytest.raises(RuntimeError, match="another process"):
            use(lambda _: None)


def test_health_tells_the_database_and_its_revision(store):
    health = store.health()
    assert health.database in ("SQLite", "PostgreSQL")
    assert health.version[0].isdigit()
    assert health.schema == "0001"
    assert health.waiting == 0
    assert health.copies == ()


def test_jobs_that_wait_are_counted(sqlite_store):
    started, go = threading.Event(), threading.Event()
    first = sqlite_store.enqueue(lambda _: started.set() or go.wait(10))
    started.wait(10)
    others = [sqlite_store.enqueue(lambda _: None) for _ in range(3)]
    assert sqlite_store.health().waiting == 3
    go.set()
    for future in (first, *others):
        future.result(10)


@pytest.mark.parametrize(
    ("version", "fault"), [("3.40.1", True), ("3.51.2", True), ("3.51.3", False), ("4.0.0", False)]
)
def test_the_wal_reset_fault_is_told_by_the_version(version, fault):
    assert has_wal_reset_fault(version) is fault


@pytest.mark.postgres
def test_postgres_is_set_for_durability(postgres_url):
    with Store.open(postgres_url) as store:
        for use in (store.write, store.read):
            assert use(lambda c: c.exec_driver_sql("SHOW synchronous_commit").scalar()) == "on"


@pytest.mark.postgres
def test_sweeping_writes_the_tables_of_postgres_anew(postgres_url):
    with Store.open(postgres_url) as store:
        store.write(lambda c: upsert(c, events, event("e"), ["id"]))
        store.write(lambda c: c.execute(delete(events)))

        def size(connection):
            return connection.exec_driver_sql("SELECT pg_relation_size('events')").scalar()

        assert store.read(size) > 0
        store.sweep()
        assert store.read(size) == 0
        store.write(lambda c: upsert(c, events, event("e"), ["id"]))
