"""How many saves a second the store takes, and how long one waits, on SQLite and PostgreSQL.

A save is what a respondent's answer costs: one reading of the session, one upsert of it, one of
the answer. What is counted was acknowledged: it is on the disk.

    python benchmarks/store.py [--seconds 5] [--postgres]
"""

import argparse
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

from sqlalchemy import bindparam, select

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from survey.collection.schema import answers, sessions, waves  # noqa: E402
from survey.collection.store import Store  # noqa: E402
from survey.collection.upsert import upsert  # noqa: E402
from tests.store_workers import WAVE  # noqa: E402
from tests.stores import PostgresServer  # noqa: E402

THREADS = (1, 8, 100)
PROCESSES = 4
_STATE = select(sessions.c.state).where(sessions.c.id == bindparam("session"))


def save(connection, session, question):
    connection.execute(_STATE, {"session": session}).scalar()
    row = {"id": session, "wave": "w", "group_id": "g", "state": "answering", "source": "web"}
    upsert(connection, sessions, row, ["id"])
    answer = {"session": session, "question": question, "reply": '{"chosen": ["a", "b"]}'}
    upsert(connection, answers, answer, ["session", "question"])


def measure(url, threads, seconds):
    """Save from many threads of this process; return figures."""
    waits, mine = [], [[secrets.token_hex(16) for _ in range(10)] for _ in range(threads)]
    with Store.open(url) as store:
        store.write(lambda connection: upsert(connection, waves, WAVE, ["id"]))
        until = time.monotonic() + seconds

        def work(ids):
            n = 0
            while time.monotonic() < until:
                n += 1
                before = time.perf_counter()
                store.write(partial(save, session=ids[n % 10], question=f"q{n % 12}"))
                waits.append(time.perf_counter() - before)

        workers = [threading.Thread(target=work, args=(ids,)) for ids in mine]
        cpu, started = time.process_time(), time.monotonic()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        cpu, took = time.process_time() - cpu, time.monotonic() - started
    waits.sort()
    return {
        "saves": len(waits),
        "per_second": len(waits) / took,
        "cpu_ms": 1000 * cpu / len(waits),
        "p50_ms": 1000 * waits[len(waits) // 2],
        "p95_ms": 1000 * waits[int(len(waits) * 0.95)],
        "max_ms": 1000 * waits[-1],
    }


def measure_processes(url, seconds):
    """Save from several processes at once; return the figures of each."""
    running = [
        subprocess.Popen(
            [sys.executable, __file__, "--one", str(url), "--seconds", str(seconds)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for _ in range(PROCESSES)
    ]
    return [json.loads(process.communicate()[0]) for process in running]


def report(name, figures):
    print(
        f"{name:<38}{figures['per_second']:>8.0f} saves/s  CPU {figures['cpu_ms']:.2f} ms a save  "
        f"p50 {figures['p50_ms']:.1f}  p95 {figures['p95_ms']:.1f}  max {figures['max_ms']:.0f} ms",
        flush=True,
    )


def run(kind, new_url, seconds):
    for threads in THREADS:
        report(f"{kind}, {threads} threads", measure(new_url(), threads, seconds))
    url = new_url()
    Store.open(url).close()
    found = measure_processes(url, seconds)
    shares = ", ".join(f"{each['per_second']:.0f}" for each in found)
    worst = max(found, key=lambda each: each["p95_ms"])
    total = worst | {"per_second": sum(each["per_second"] for each in found)}
    report(f"{kind}, {PROCESSES} processes of 8 threads", total)
    print(f"{'':<38}by process: {shares} saves/s", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--one")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one, 8, given.seconds)))
        return
    folder = Path(tempfile.mkdtemp(prefix="konsilium-store-"))
    try:
        run("SQLite", lambda: folder / f"{secrets.token_hex(4)}.sqlite", given.seconds)
        if given.postgres:
            (folder / "postgres").mkdir()
            folder.chmod(0o755)
            server = PostgresServer(folder / "postgres")
            try:
                run("PostgreSQL", server.create, given.seconds)
            finally:
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
