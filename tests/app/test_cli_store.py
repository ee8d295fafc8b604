"""konsilium store: status, backup, restore, migrate, in both languages."""

import shutil

import pytest
from sqlalchemy import select

from app.cli import main
from survey.collection.schema import waves
from survey.collection.store import Store
from survey.collection.upsert import upsert
from tests.store_workers import WAVE


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("KONSILIUM_DATABASE_URL", raising=False)
    monkeypatch.setenv("KONSILIUM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def _run(capsys, *arguments):
    status = main(["store", *(str(argument) for argument in arguments)])
    said = capsys.readouterr()
    return status, said.out, said.err


def _fill():
    with Store.open() as store:
        store.write(lambda c: upsert(c, waves, WAVE, ["id"]))


def _waves():
    with Store.open() as store:
        return store.read(lambda c: c.execute(select(waves.c.id)).scalars().all())


def test_status_tells_database_place_revision_and_content(capsys, home):
    _fill()
    status, out, err = _run(capsys, "status")
    assert (status, err) == (0, "")
    rows = [line.split() for line in out.splitlines()]
    assert ["Revision", "of", "the", "tables", "0001"] in rows
    assert ["Waves", "1"] in rows
    assert str(home / "collection.sqlite") in out


def test_status_tells_of_the_fault_of_this_sqlite_and_how_it_is_avoided(capsys, monkeypatch):
    monkeypatch.setattr("survey.collection.health.has_wal_reset_fault", lambda _version: True)
    assert "write in turn" in _run(capsys, "status")[1]
    monkeypatch.setattr("survey.collection.health.has_wal_reset_fault", lambda _version: False)
    assert "write in turn" not in _run(capsys, "status")[1]


def test_status_tells_of_copies_that_hold_names(capsys, home):
    _fill()
    shutil.copy(home / "collection.sqlite", home / "collection.sqlite.before-0001")
    assert "collection.sqlite.before-0001 was made before" in _run(capsys, "status")[1]


def test_a_backup_is_restored_into_another_store(capsys, tmp_path, monkeypatch):
    _fill()
    status, out, _ = _run(capsys, "backup", tmp_path / "b.sqlite")
    assert status == 0
    assert "1 row, read back and whole" in out
    monkeypatch.setenv("KONSILIUM_HOME", str(tmp_path / "other"))
    status, out, _ = _run(capsys, "restore", tmp_path / "b.sqlite")
    assert status == 0
    assert "1 row of" in out
    assert _waves() == [WAVE["id"]]


def test_a_backup_over_a_file_is_refused_in_one_line(capsys, tmp_path):
    (tmp_path / "mine").write_text("mine")
    status, out, err = _run(capsys, "backup", tmp_path / "mine")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "choose a new name" in err


def test_restoring_into_a_store_in_use_is_refused(capsys, tmp_path):
    _fill()
    _run(capsys, "backup", tmp_path / "b.sqlite")
    status, _, err = _run(capsys, "restore", tmp_path / "b.sqlite")
    assert status == 2
    assert "empty store only" in err


def test_migrating_makes_a_store_and_then_finds_nothing_to_do(capsys):
    assert "is made: 0001" in _run(capsys, "migrate")[1]
    assert "is up to date: 0001" in _run(capsys, "migrate")[1]


def test_migrating_tells_from_which_revision(capsys, monkeypatch):
    monkeypatch.setattr("survey.collection.migrate.bring_up_to_date", lambda _database: "0000")
    assert "is migrated from 0000 to 0001" in _run(capsys, "migrate")[1]


def test_a_server_that_does_not_answer_is_one_line(capsys, monkeypatch):
    monkeypatch.setenv("KONSILIUM_DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/none")
    status, _, err = _run(capsys, "status")
    assert status == 2
    assert err.count("\n") == 1
    assert "secret" not in err


@pytest.mark.postgres
def test_a_store_moves_from_sqlite_to_postgres(capsys, tmp_path, postgres_url, monkeypatch):
    _fill()
    _run(capsys, "backup", tmp_path / "b.sqlite")
    monkeypatch.setenv("KONSILIUM_DATABASE_URL", postgres_url)
    assert _run(capsys, "restore", tmp_path / "b.sqlite")[0] == 0
    assert _waves() == [WAVE["id"]]
    assert "PostgreSQL" in _run(capsys, "status")[1]
