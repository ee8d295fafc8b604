"""Faults of the real server while respondents save: what it acknowledged stays, and they go on."""

import asyncio
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from benchmarks.collecting import processes
from benchmarks.collecting.generator import Crowd
from benchmarks.collecting.processes import ROOT, Server, collect, free_port
from benchmarks.collecting.survey_wave import answer, compare, make_wave

pytestmark = pytest.mark.slow

SENTENCE = "The survey could not write your answer just now."

# Importing takes longer than everything else: the servers are forked from a process that has done
# it. Each is told by a line, and its end by another.
NURSERY = """
import os, sys
from app.commands import collecting
from app.i18n import language
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.dup2(2, 1)
        collecting.serve("load", language("en"), host="127.0.0.1", port=int(sys.argv[1]),
                         workers=1, public_url=None)
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


class Nursery:
    """Starts servers one after another, each a process of its own."""

    def __init__(self, home, url):
        self.port = free_port()
        environment = os.environ | {
            "KONSILIUM_HOME": str(home),
            "KONSILIUM_DATABASE_URL": url,
            "OPENBLAS_NUM_THREADS": "1",  # a fork keeps none of them
        }
        self.log = (home / "log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, str(self.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            cwd=ROOT,
            env=environment,
        )
        self.server = None

    def start(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.server = int(self.process.stdout.readline())

    def kill(self):
        """End the server as a power cut would, and wait until it is gone."""
        os.kill(self.server, signal.SIGKILL)
        assert self.process.stdout.readline() == "ended\n"
        self.server = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.server is not None:
            self.kill()
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()
        self.log.close()


class Saving:
    """A crowd that saves again and again until it is told to send all answers."""

    def __init__(self, port, tokens):
        self.crowd = Crowd(tokens, [port])

    async def __aenter__(self):
        await self.crowd.open(0.5)
        assert self.crowd.tally.errors == []
        self.begin()
        return self

    def begin(self):
        self.going = True
        self.savers = asyncio.gather(*(self.go_on(one) for one in self.crowd.people))

    async def again(self):
        """Go on after a pause, once all that was in flight is saved."""
        await self.savers
        self.begin()

    async def go_on(self, one):
        step = 0
        while self.going:
            await one.save(*answer(one.number, step), due=time.perf_counter())
            step += 1
            await asyncio.sleep(0.02)

    @property
    def saved(self):
        return len(self.crowd.tally.latencies["save"])

    @property
    def statuses(self):
        """Answers that were not as expected; 0 where none came."""
        return self.crowd.tally.statuses

    async def more(self, saves):
        """Wait until so many more are saved."""
        before = self.saved
        while self.saved < before + saves:
            assert not self.savers.done()
            await asyncio.sleep(0.002)

    async def refused(self, times):
        """Wait until so many were told to try again."""
        while self.statuses.get(503, 0) < times:
            assert not self.savers.done()
            await asyncio.sleep(0.002)

    def known(self):
        """What each was told until now."""
        return json.loads(json.dumps(self.crowd.known()))

    async def finish(self):
        """Save what is in flight, and send all."""
        self.going = False
        await self.savers
        await self.crowd.submit(0.2)
        assert self.crowd.tally.errors == []

    async def __aexit__(self, *_):
        self.savers.cancel()
        for one in self.crowd.people:
            one.client.close()
        await asyncio.sleep(0)


async def ask(port, respondent, path, fields=None):
    """Send a form of a respondent, or look at a page, on a connection of its own."""
    client = type(respondent.client)(port)
    client.cookie = respondent.client.cookie
    try:
        if fields is None:
            return await client.get(path)
        return await client.post(path, urlencode({"tag": respondent.tag, **fields}))
    finally:
        client.close()
        await asyncio.sleep(0)


def in_a_loop(work):
    """Run in a loop of its own: the browser of other tests keeps one going in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.mark.parametrize(
    ("kind", "times"),
    [("sqlite", 100), pytest.param("postgres", 20, marks=pytest.mark.postgres)],
)
def test_killing_the_server_during_saves_loses_nothing_it_acknowledged(
    kind, times, request, tmp_path, record_testsuite_property
):
    url = request.getfixturevalue("postgres_url") if kind == "postgres" else str(tmp_path / "c.db")
    wave, tokens = make_wave(url, tmp_path / "konsilium.key", 20)
    rng = random.Random(20261122)

    async def attack(nursery):
        in_flight = 0
        async with asyncio.timeout(500), Saving(nursery.port, tokens) as saving:
            for _ in range(times):
                await saving.more(5)
                await asyncio.sleep(rng.uniform(0, 0.05))
                nursery.kill()
                known = saving.known()
                in_flight += any(one["unsure"] for one in known)
                found = await asyncio.to_thread(compare, url, wave, known)
                assert found.whole, found.examples
                nursery.start()
            await saving.finish()
            return in_flight, saving.saved, saving.known()

    with Nursery(tmp_path, url) as nursery:
        nursery.start()
        in_flight, saved, known = in_a_loop(attack(nursery))
    record_testsuite_property(f"{kind}, server killed: kills", times)
    record_testsuite_property(f"{kind}, server killed: during a save", in_flight)
    record_testsuite_property(f"{kind}, server killed: saves", saved)
    assert in_flight > times / 2  # most of them came while somebody was saving
    found = compare(url, wave, known)
    assert found.whole, found.examples
    assert found.submitted == 20


def test_a_server_restarted_in_the_middle_of_a_form_takes_it_when_it_is_back(tmp_path):
    url = str(tmp_path / "collection.sqlite")
    wave, tokens = make_wave(url, tmp_path / "konsilium.key", 10)

    async def restart(server):
        async with Saving(server.port, tokens) as saving:
            reader = saving.crowd.people[0]
            page = await ask(server.port, reader, "/q/more")
            assert reader.tag in page.body.decode()
            for _ in range(2):
                await saving.more(20)
                await asyncio.to_thread(server.stop)
                await asyncio.to_thread(server.start)
                await saving.more(20)
            saving.going = False
            await saving.savers
            # The page that the first server has drawn is sent to the third.
            form = {"text.more": "Начато до остановки", "action": "next"}
            sent = await ask(server.port, reader, "/q/more", form)
            assert (sent.status, sent.header(b"location")) == (303, "/review")
            reader.acknowledged["more"] = {"text": form["text.more"]}
            await saving.finish()
            assert set(saving.statuses) <= {0, 503}
            return saving.known()

    with collect(tmp_path, url) as server:
        known = in_a_loop(restart(server))
    found = compare(url, wave, known)
    assert found.whole, found.examples
    assert found.submitted == 10


@contextlib.contextmanager
def locked(url):
    """Keep the database as another program would that knows nothing of ours."""
    if url.startswith("postgresql"):
        with psycopg.connect(url) as other:
            other.execute("LOCK TABLE answers IN EXCLUSIVE MODE")
            yield
            other.rollback()
        return
    other = sqlite3.connect(url, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_a_database_locked_for_half_a_minute_delays_saves_and_loses_none(store_url, tmp_path):
    wave, tokens = make_wave(store_url, tmp_path / "konsilium.key", 10)

    async def wait(server):
        async with Saving(server.port, tokens) as saving:
            await saving.more(20)
            with locked(store_url):
                await asyncio.sleep(0.5)
                before = saving.saved
                await asyncio.sleep(29.5)
                assert saving.saved == before
                known = saving.known()
                assert all(one["unsure"] for one in known)
                # Pages are drawn meanwhile.
                assert (await ask(server.port, saving.crowd.people[0], "/review")).status == 200
                # Only what is in flight may come after: the store is compared with what is known now.
                saving.going = False
            found = await asyncio.to_thread(compare, store_url, wave, known)
            assert found.whole, found.examples
            await saving.again()
            await saving.more(50)
            # Nobody waited for half a minute: they were told to try again, and did.
            assert set(saving.statuses) == {503}
            await saving.finish()
            return saving.known()

    with collect(tmp_path, store_url) as server:
        known = in_a_loop(wait(server))
    found = compare(store_url, wave, known)
    assert found.whole, found.examples
    assert found.submitted == 10


def _may_mount():
    """How to get a file system of one's own, which only this process sees."""
    prefix = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    command = [*prefix, "mount", "-t", "tmpfs", "x", "/mnt"]
    done = subprocess.run(command, check=False, capture_output=True)
    return prefix if done.returncode == 0 else None


@pytest.mark.parametrize("prefix", [prefix for prefix in [_may_mount()] if prefix])
def test_a_full_disk_is_said_in_a_plain_sentence_and_later_saves_work(prefix, tmp_path):
    seed, home, copy = tmp_path / "seed", tmp_path / "home", tmp_path / "copy"
    for folder in (seed, home, copy):
        folder.mkdir()
    wave, tokens = make_wave(str(seed / "collection.sqlite"), seed / "konsilium.key", 5)
    port = free_port()
    # A small disk, with the store in it, that nobody but this server sees.
    script = 'mount -t tmpfs -o size=6m tmpfs "$1" && cp -r "$2/." "$1" && shift 2 && exec "$@"'
    command = [*prefix, "sh", "-c", script, "sh", str(home), str(seed), *processes.COLLECT, "load"]
    environment = {"KONSILIUM_HOME": str(home), "KONSILIUM_DATABASE_URL": ""}

    async def fill(server):
        inside = Path(f"/proc/{server.pid}/root{home}")
        ballast = inside / "ballast"
        async with Saving(port, tokens) as saving:
            await saving.more(20)
            with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
                while file.write(b"x" * 4096):
                    pass
            await saving.refused(10)
            reader = saving.crowd.people[0]
            shown = await ask(port, reader, "/q/years", {"cell.years": "7"})
            said = await ask(port, reader, "/save/years", {"cell.years": "7"})
            looked = await ask(port, reader, "/review")
            ballast.unlink()
            await saving.more(50)
            assert shown.status == said.status == 503
            assert SENTENCE in shown.body.decode()
            assert "Traceback" not in shown.body.decode()
            assert SENTENCE in json.loads(said.body)["refused"]
            assert json.loads(said.body)["again"] is True
            assert looked.status == 200
            assert set(saving.statuses) == {503}
            await saving.finish()
            # SQLite itself would not find its way in there.
            for ending in ("", "-wal"):
                shutil.copy(inside / f"collection.sqlite{ending}", copy / f"c.sqlite{ending}")
            return saving.known()

    log = tmp_path / "log"
    with Server([*command, "--port", str(port)], port, environment, log) as server:
        known = in_a_loop(fill(server))
    found = compare(str(copy / "c.sqlite"), wave, known)
    assert found.whole, found.examples
    assert found.submitted == 5
