"""A store without room refuses in one sentence, and goes on when there is some."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from survey.collection.schema import events
from survey.collection.upsert import upsert
from survey.errors import SurveyError
from tests.store_workers import event

ROOT = Path(__file__).parents[3]


def test_a_file_that_may_not_grow_refuses_in_one_sentence_and_later_goes_on(sqlite_store):
    def pages(connection):
        raw = connection.connection.driver_connection
        return raw.execute("PRAGMA page_count").fetchone()[0]

    def limit(count):
        return lambda connection: connection.connection.driver_connection.execute(
            f"PRAGMA max_page_count = {count}"
        ).fetchone()

    sqlite_store.write(limit(sqlite_store.write(pages) + 3))
    big = event("big") | {"detail": "x" * 200_000}

    def job(connection):
        upsert(connection, events, event("half"), ["id"])
        upsert(connection, events, big, ["id"])

    with pytest.raises(SurveyError, match="no room is left") as caught:
        sqlite_store.write(job)
    assert caught.value.code == "store_full"
    assert sqlite_store.read(lambda c: c.execute(select(events)).all()) == []
    # The writer has opened a new connection, which has no limit.
    sqlite_store.write(job)
    assert len(sqlite_store.read(lambda c: c.execute(select(events)).all())) == 2


FILL = """
import json, pathlib, subprocess, sys
folder, code = pathlib.Path(sys.argv[1]), 0
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], check=True)
from sqlalchemy import select
from survey.collection.schema import events
from survey.collection.store import Store
from survey.collection.upsert import upsert
from survey.errors import SurveyError
from tests.store_workers import event

def save(k):
    def job(connection):
        for part in "ab":
            row = event(f"{k}{part}") | {"detail": "x" * 5000}
            upsert(connection, events, row, ["id"])
    return job

stored, refused = [], []
ballast = folder / "ballast"
ballast.write_bytes(b"x" * 400_000)
with Store.open(folder / "c.sqlite") as store:
    def names():
        return sorted(store.read(lambda c: c.execute(select(events.c.id)).scalars().all()))
    for k in range(200):
        try:
            store.write(save(k))
            stored.append(k)
        except SurveyError as error:
            refused.append(error.code)
    full = names() == sorted(f"{k}{part}" for k in stored for part in "ab")
    ballast.unlink()
    store.write(save(1000))
    later = len(names()) == 2 * len(stored) + 2
    whole = store.read(lambda c: c.exec_driver_sql("PRAGMA integrity_check").scalar())
print(json.dumps([len(stored), sorted(set(refused)), len(refused), full, later, whole]))
"""


def _may_mount():
    """A file system of our own, which only this process sees."""
    prefix = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    try:
        command = [*prefix, "mount", "-t", "tmpfs", "x", "/mnt"]
        subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return prefix


@pytest.mark.parametrize("prefix", [prefix for prefix in [_may_mount()] if prefix])
def test_a_full_disk_refuses_in_one_sentence_and_later_goes_on(tmp_path, prefix):
    done = subprocess.run(
        [*prefix, sys.executable, "-c", FILL, str(tmp_path)],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    stored, codes, refused, full, later, whole = json.loads(done.stdout)
    assert stored > 5
    assert refused > 5
    assert codes == ["store_full"]
    assert full
    assert later
    assert whole == "ok"
