"""A backup is one whole file, taken while others write, and restored whole or not at all."""

import os
import sqlite3
import stat
import threading
from contextlib import closing

import pytest
from sqlalchemy import select, update

from survey.collection.backup import back_up, restore
from survey.collection.schema import METADATA, events, guesses, invitations, waves
from survey.collection.store import Store
from survey.collection.upsert import upsert
from survey.errors import SurveyError
from tests.store_workers import COUNTER, WAVE, event, saving, start_counter

SQLITE = pytest.param("sqlite")
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


def _fill(store):
    """Rows of several tables, a row that refers to a later one, and bytes."""
    sealed = {
        "token_hash": "h",
        "wave": "a",
        "number": 1,
        "group_id": "g",
        "kind": "respondent",
        "expires_on": None,
        "revoked": 0,
        "person": bytes(range(256)),
    }

    def job(connection):
        upsert(connection, waves, WAVE | {"id": "b", "title": '{"ru": "Волна"}'}, ["id"])
        upsert(connection, waves, WAVE | {"id": "a", "previous": "b"}, ["id"])
        upsert(connection, waves, WAVE | {"id": "c", "previous": "a"}, ["id"])
        upsert(connection, invitations, sealed, ["token_hash"])
        upsert(connection, events, [event(f"{k:05}") for k in range(2500)], ["id"])

    store.write(job)


def _content(store):
    return store.read(
        lambda c: {
            name: sorted(c.execute(select(table)).all(), key=repr)
            for name, table in METADATA.tables.items()
        }
    )


@pytest.fixture
def empty(request, tmp_path):
    """Another store, without rows."""
    kind = request.param
    url = tmp_path / "other.sqlite" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    with Store.open(url) as store:
        yield store


@pytest.mark.parametrize("empty", [SQLITE, POSTGRES], indirect=True)
def test_a_backup_of_sqlite_is_restored_into_either_kind(sqlite_store, empty, tmp_path):
    _fill(sqlite_store)
    made = back_up(sqlite_store, tmp_path / "backup.sqlite")
    assert made.schema == "0001"
    assert (made.rows["waves"], made.rows["events"], made.rows["answers"]) == (3, 2500, 0)
    assert restore(empty, made.path).rows == made.rows
    assert _content(empty) == _content(sqlite_store)


@pytest.mark.postgres
def test_a_backup_of_postgres_is_restored_into_sqlite(postgres_url, sqlite_store, tmp_path):
    with Store.open(postgres_url) as store:
        _fill(store)
        made = back_up(store, tmp_path / "backup.sqlite")
        restore(sqlite_store, made.path)
        assert _content(sqlite_store) == _content(store)


def test_a_backup_is_one_file_for_its_owner_alone(store, tmp_path):
    folder = tmp_path / "backups"
    made = back_up(store, folder / "one.sqlite")
    assert [file.name for file in folder.iterdir()] == ["one.sqlite"]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(made.path)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_backup_is_never_written_over_another_file(store, tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("mine")
    with pytest.raises(SurveyError) as caught:
        back_up(store, path)
    assert caught.value.code == "backup_exists"
    assert path.read_text() == "mine"


def test_a_file_that_appears_meanwhile_is_not_written_over(sqlite_store, tmp_path, monkeypatch):
    path = tmp_path / "backup.sqlite"
    link = os.link

    def slow(*names):
        path.write_text("mine")
        link(*names)

    monkeypatch.setattr(os, "link", slow)
    with pytest.raises(SurveyError) as caught:
        back_up(sqlite_store, path)
    assert caught.value.code == "backup_exists"
    assert path.read_text() == "mine"


def test_a_drive_without_links_gets_its_backup_too(sqlite_store, tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    _fill(sqlite_store)
    made = back_up(sqlite_store, tmp_path / "backup.sqlite")
    assert made.path.stat().st_size > 100_000


def test_a_folder_that_cannot_be_is_told(sqlite_store, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SurveyError) as caught:
        back_up(sqlite_store, tmp_path / "file" / "backup.sqlite")
    assert caught.value.code == "backup_unwritable"


def test_a_backup_taken_while_others_write_is_of_one_moment(store, tmp_path):
    """Each save adds a row and one to the counter: a backup in between would show it."""
    start_counter(store)
    stop = threading.Event()

    def work(k):
        n = 0
        while not stop.is_set():
            n += 1
            store.write(saving(f"{k}-{n}"))

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    try:
        made = [back_up(store, tmp_path / f"{k}.sqlite") for k in range(4)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    counts = []
    for backup in made:
        with closing(sqlite3.connect(backup.path)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows = raw.execute("SELECT count(*) FROM events").fetchone()[0]
            assert raw.execute("SELECT failures FROM guesses").fetchone()[0] == rows
            assert backup.rows["events"] == rows
            counts.append(rows)
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_store_that_holds_anything_is_not_restored_into(store, sqlite_store, tmp_path):
    made = back_up(sqlite_store, tmp_path / "backup.sqlite")
    start_counter(store)
    with pytest.raises(SurveyError, match="1 rows") as caught:
        restore(store, made.path)
    assert caught.value.code == "store_not_empty"


@pytest.mark.parametrize("empty", [SQLITE, POSTGRES], indirect=True)
def test_a_backup_that_breaks_a_rule_is_restored_not_at_all(sqlite_store, empty, tmp_path):
    _fill(sqlite_store)
    made = back_up(sqlite_store, tmp_path / "backup.sqlite")
    with closing(sqlite3.connect(made.path)) as raw, raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("UPDATE invitations SET wave = 'gone'")
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        restore(empty, made.path)
    assert not any(_content(empty).values())


def _damage(path):
    size = path.stat().st_size
    with path.open("rb+") as file:
        file.seek(size // 2)
        file.write(b"\xff" * 4096)


def test_a_damaged_backup_is_refused(store, sqlite_store, tmp_path):
    _fill(sqlite_store)
    made = back_up(sqlite_store, tmp_path / "backup.sqlite")
    _damage(made.path)
    with Store.open(tmp_path / "empty.sqlite") as empty, pytest.raises(SurveyError) as caught:
        restore(empty, made.path)
    assert caught.value.code == "backup_damaged"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _path: None, "backup_missing"),
        (lambda path: path.write_text("no database" * 500), "backup_damaged"),
        (
            lambda path: sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close(),
            "backup_foreign",
        ),
    ],
    ids=["missing", "text", "foreign"],
)
def test_what_is_no_backup_is_refused(sqlite_store, tmp_path, make, code):
    path = tmp_path / "given"
    make(path)
    with pytest.raises(SurveyError) as caught:
        restore(sqlite_store, path)
    assert caught.value.code == code
    assert not any(_content(sqlite_store).values())


def test_a_store_in_use_can_be_restored_from_too(sqlite_store, tmp_path):
    """What is still in the WAL is part of it."""
    _fill(sqlite_store)
    with Store.open(tmp_path / "empty.sqlite") as empty:
        restore(empty, sqlite_store.database.path)
        assert _content(empty) == _content(sqlite_store)


def test_a_backup_of_a_newer_version_is_refused(sqlite_store, tmp_path):
    made = back_up(sqlite_store, tmp_path / "backup.sqlite")
    with closing(sqlite3.connect(made.path)) as raw, raw:
        raw.execute("UPDATE konsilium_schema SET version_num = '9999'")
    with pytest.raises(SurveyError) as caught:
        restore(sqlite_store, made.path)
    assert caught.value.code == "store_newer"
    assert not any(_content(sqlite_store).values())


def test_a_restored_store_is_used_as_any_other(sqlite_store, tmp_path):
    start_counter(sqlite_store)
    sqlite_store.write(saving("one"))
    made = back_up(sqlite_store, tmp_path / "backup.sqlite")
    with Store.open(tmp_path / "other.sqlite") as other:
        restore(other, made.path)
        other.write(saving("two"))
        count = select(guesses.c.failures).where(guesses.c.space == COUNTER)
        assert other.read(lambda c: c.execute(count).scalar_one()) == 2
        other.write(lambda c: c.execute(update(guesses).values(failures=0)))
