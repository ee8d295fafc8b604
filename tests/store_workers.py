"""Processes that the tests of the store start, hinder and kill. Run as a program: see `main`."""

import json
import os
import random
import select as waiting
import signal
import sqlite3
import sys
import threading
import time
import uuid

from sqlalchemy import update

import survey.collection.sqlite
from survey.collection.once import insert_new
from survey.collection.schema import events, guesses, spent
from survey.collection.store import Store
from survey.collection.upsert import upsert

COUNTER = "counter"
WAVE = {
    "id": "w",
    "study": "s",
    "title": "{}",
    "questionnaire": "",
    "mode": "anonymous",
    "access": "invited",
    "state": "open",
    "purpose": "{}",
    "consent": "{}",
    "contact": "{}",
    "min_cell": 5,
    "erase_on": "2027-01-01",
    "secret": "00",
    "round": 1,
    "created_on": "2026-01-01",
    "revision": 1,
}


def event(name):
    return {"id": name, "at": "", "actor": "", "action": "save", "wave": None, "detail": "{}"}


def saving(name):
    """Return a job of two changes that belong together: a row, and one more on the counter."""

    def job(connection):
        if insert_new(connection, events, event(name)):
            more = update(guesses).where(guesses.c.space == COUNTER)
            connection.execute(more.values(failures=guesses.c.failures + 1))

    return job


def start_counter(store):
    row = {"space": COUNTER, "since": 0, "failures": 0}
    store.write(lambda connection: upsert(connection, guesses, row, ["space"]))


def save_for_ever(url, out, threads=2):
    """Save, and tell each name once it is acknowledged."""
    store = Store.open(url)

    def work():
        while True:
            name = uuid.uuid4().hex
            store.write(saving(name))
            os.write(out, f"{name}\n".encode())

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


class Saver:
    """A forked process that saves until it is killed."""

    def __init__(self, url):
        self._in, out = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                save_for_ever(url, out)
            finally:
                os._exit(status)
        os.close(out)
        self._said = b""

    def hear(self, seconds):
        """Wait for one acknowledged save."""
        ready, _, _ = waiting.select([self._in], [], [], seconds)
        if not ready:
            raise TimeoutError("a process that saves saves nothing")
        more = os.read(self._in, 65536)
        if not more:
            raise RuntimeError("a process that saves ended by itself")
        self._said += more

    def kill(self):
        """Kill it as it is, and return the names it had acknowledged."""
        os.kill(self.pid, signal.SIGKILL)
        while more := os.read(self._in, 65536):
            self._said += more
        os.close(self._in)
        os.waitpid(self.pid, 0)
        # The last line may have been cut: it was not heard, so it was not acknowledged.
        return self._said.decode().split("\n")[:-1]


def kill(url, kills, processes):
    """Kill processes that save, one after another, and start them again."""
    # The WAL is moved into the file all the time, so that this is interrupted too.
    survey.collection.sqlite._LONG_WAL = 20_000
    savers = [Saver(url) for _ in range(processes)]
    acknowledged = []
    for k in range(kills):
        place = k % processes
        for _ in range(random.randint(1, 8)):
            savers[place].hear(60)
        time.sleep(random.uniform(0, 0.01))
        acknowledged += savers[place].kill()
        savers[place] = Saver(url)
    for saver in savers:
        saver.hear(60)
        acknowledged += saver.kill()
    return acknowledged


def at_once(work, processes):
    """Run a piece of work in several forked processes that begin at one moment."""
    start = time.time() + 0.2
    readers = []
    for _ in range(processes):
        source, out = os.pipe()
        if os.fork() == 0:
            status = 1
            try:
                said = json.dumps(work(start)).encode()
                with os.fdopen(out, "wb") as stream:
                    stream.write(said)
                status = 0
            finally:
                os._exit(status)
        os.close(out)
        readers.append(source)
    results = []
    for source in readers:
        with os.fdopen(source, "rb") as stream:
            results.append(json.load(stream))
    for _ in readers:
        os.wait()
    return results


def _until(moment):
    time.sleep(max(0.0, moment - time.time()))


def race(url, marks):
    """Return a piece of work: use tokens that others use too; return those that were ours."""

    def work(start):
        with Store.open(url) as store:
            names = [f"{k:04}" for k in range(marks)]
            random.shuffle(names)
            _until(start)
            futures = [(name, store.enqueue(_use(name))) for name in names]
            return [name for name, future in futures if future.result()]

    return work


def _use(name):
    return lambda connection: insert_new(connection, spent, {"mark": name, "wave": WAVE["id"]})


def opening(url):
    """Return a piece of work: open a store."""

    def work(start):
        _until(start)
        with Store.open(url) as store:
            return store.health().schema

    return work


def hold(path, seconds):
    """Keep an SQLite file to oneself as a program does that knows nothing of our turns."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("BEGIN IMMEDIATE")
    sys.stdout.write("held\n")
    sys.stdout.flush()
    time.sleep(seconds)
    raw.execute("ROLLBACK")
    # Ended without closing, which would checkpoint.
    os._exit(0)


def main(command, *arguments):
    commands = {
        "kill": lambda url, kills, processes: kill(url, int(kills), int(processes)),
        "race": lambda url, marks, processes: at_once(race(url, int(marks)), int(processes)),
        "hold": lambda path, seconds: hold(path, float(seconds)),
        "open": lambda url, processes: at_once(opening(url), int(processes)),
    }
    sys.stdout.write(json.dumps(commands[command](*arguments)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
