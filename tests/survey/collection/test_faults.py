"""What is acknowledged is stored, whatever happens to processes, servers and disks."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from survey.collection.schema import events, guesses, spent, waves
from survey.collection.store import Store
from survey.collection.upsert import upsert
from tests.store_workers import COUNTER, WAVE, saving, start_counter

ROOT = Path(__file__).parents[3]
WORKERS = ROOT / "tests" / "store_workers.py"


def _start(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, str(WORKERS), *(str(argument) for argument in arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        **options,
    )


def _result(process, seconds=300):
    said, _ = process.communicate(timeout=seconds)
    assert process.returncode == 0
    return json.loads(said.splitlines()[-1])


def _check_saves(store, acknowledged, in_flight):
    """Every acknowledged save is there, none is half-written, none was made twice."""
    names, count = store.read(
        lambda connection: (
            set(connection.execute(select(events.c.id)).scalars()),
            connection.execute(
                select(guesses.c.failures).where(guesses.c.space == COUNTER)
            ).scalar_one(),
        )
    )
    assert set(acknowledged) <= names
    assert count == len(names)
    assert len(names) <= len(acknowledged) + in_flight


def _integrity(path):
    with Store.open(path) as store:
        return store.read(
            lambda connection: connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        )


def _kill_processes(path, kills, processes):
    with Store.open(path) as store:
        start_counter(store)
    acknowledged = _result(_start("kill", path, kills, processes))
    with Store.open(path) as store:
        _check_saves(store, acknowledged, in_flight=2 * (kills + processes))
    assert _integrity(path) == ["ok"]
    return acknowledged


def test_killing_processes_that_save_loses_nothing_acknowledged(tmp_path):
    assert len(_kill_processes(tmp_path / "c.sqlite", kills=6, processes=2)) >= 6


@pytest.mark.slow
def test_killing_processes_that_save_a_hundred_times_loses_nothing_acknowledged(
    tmp_path, record_testsuite_property
):
    started = time.monotonic()
    acknowledged = _kill_processes(tmp_path / "c.sqlite", kills=100, processes=4)
    record_testsuite_property("sqlite, processes killed: saves", len(acknowledged))
    record_testsuite_property(
        "sqlite, processes killed: seconds", round(time.monotonic() - started, 1)
    )
    assert len(acknowledged) >= 100


@pytest.mark.slow
@pytest.mark.postgres
def test_killing_processes_that_save_to_postgres_loses_nothing_acknowledged(
    postgres_url, record_testsuite_property
):
    started = time.monotonic()
    acknowledged = _kill_processes_of_postgres(postgres_url, kills=100, processes=4)
    record_testsuite_property("postgres, processes killed: saves", len(acknowledged))
    record_testsuite_property(
        "postgres, processes killed: seconds", round(time.monotonic() - started, 1)
    )
    assert len(acknowledged) >= 100


def _kill_processes_of_postgres(url, kills, processes):
    with Store.open(url) as store:
        start_counter(store)
    acknowledged = _result(_start("kill", url, kills, processes))
    with Store.open(url) as store:
        _check_saves(store, acknowledged, in_flight=2 * (kills + processes))
    return acknowledged


class _Savers:
    """Threads of this process that save to one store until they are told to stop."""

    def __init__(self, store, threads):
        self.acknowledged, self.errors = [], []
        self._store, self._stop = store, threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(k,)) for k in range(threads)]

    def _work(self, k):
        n = 0
        try:
            while not self._stop.is_set():
                n += 1
                self._store.write(saving(f"{k}-{n}"))
                self.acknowledged.append(f"{k}-{n}")
                if n % 5 == 0:  # reading must survive as well
                    self._store.read(lambda c: c.execute(select(guesses)).all())
        except BaseException as error:  # noqa: BLE001 - shown by the test
            self.errors.append(error)

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()


def _back_ends(server):
    return [
        pid
        for (pid,) in server.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "
            "AND pid <> pg_backend_pid()"
        )
    ]


@pytest.mark.postgres
def test_ended_back_ends_of_postgres_lose_nothing_acknowledged(postgres_server, postgres_url):
    with Store.open(postgres_url) as store:
        start_counter(store)
        with _Savers(store, threads=8) as savers:
            for _ in range(5):
                time.sleep(0.1)
                postgres_server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    f"WHERE datname = '{postgres_url.rsplit('/', 1)[1]}'"
                )
            time.sleep(0.1)
        assert savers.errors == []
        _check_saves(store, savers.acknowledged, in_flight=0)


@pytest.mark.slow
@pytest.mark.postgres
def test_killed_back_ends_of_postgres_lose_nothing_acknowledged(
    postgres_server, postgres_url, record_testsuite_property
):
    """The server ends all connections and recovers each time."""
    kills = 0
    with Store.open(postgres_url) as store:
        start_counter(store)
        started = time.monotonic()
        with _Savers(store, threads=8) as savers:
            while kills < 12:
                before = len(savers.acknowledged)
                until = time.monotonic() + 30
                while len(savers.acknowledged) < before + 20 and not savers.errors:
                    assert time.monotonic() < until
                    time.sleep(0.01)
                for pid in _back_ends(postgres_server):
                    with contextlib.suppress(ProcessLookupError):  # the first took it along
                        os.kill(pid, signal.SIGKILL)
                kills += 1
                postgres_server.wait()
        assert savers.errors == []
        _check_saves(store, savers.acknowledged, in_flight=0)
    record_testsuite_property("postgres, back ends killed: kills", kills)
    record_testsuite_property("postgres, back ends killed: saves", len(savers.acknowledged))
    record_testsuite_property(
        "postgres, back ends killed: seconds", round(time.monotonic() - started, 1)
    )


def _wait_for_another(path, seconds, threads=4):
    """Writes wait while another program keeps the file, and then all are stored."""
    with Store.open(path) as store:
        start_counter(store)
        holder = _start("hold", path, seconds)
        assert holder.stdout.readline() == "held\n"
        started = time.monotonic()
        futures = [store.enqueue(saving(f"{k}")) for k in range(threads)]
        for future in futures:
            future.result(seconds + 30)
        waited = time.monotonic() - started
        holder.communicate()
        _check_saves(store, [f"{k}" for k in range(threads)], in_flight=0)
    return waited


def test_writes_wait_for_another_program_that_keeps_the_file(tmp_path):
    assert 0.5 < _wait_for_another(tmp_path / "c.sqlite", 1) < 10


@pytest.mark.slow
def test_writes_wait_half_a_minute_for_another_program_that_keeps_the_file(tmp_path):
    assert 29 < _wait_for_another(tmp_path / "c.sqlite", 30) < 45


def test_eight_processes_use_two_hundred_tokens_once_each(store, store_url):
    store.write(lambda connection: upsert(connection, waves, WAVE, ["id"]))
    racers = _result(_start("race", store_url, 200, 8))
    won = [name for names in racers for name in names]
    assert len(racers) == 8
    assert len(won) == 200
    assert len(set(won)) == 200
    count = select(func.count()).select_from(spent)
    assert store.read(lambda connection: connection.execute(count).scalar_one()) == 200


@pytest.mark.parametrize("place", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_processes_that_open_a_new_store_at_once_create_it_once(place, request, tmp_path):
    url = (
        tmp_path / "c.sqlite"
        if place == "sqlite"
        else request.getfixturevalue("empty_postgres_url")
    )
    assert _result(_start("open", url, 4)) == ["0001"] * 4
