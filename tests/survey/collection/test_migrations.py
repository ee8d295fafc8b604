"""The tables are those of the schema; a store of another revision is copied, changed or refused."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.schema import CreateTable

from survey.collection.migrate import FOLDER, REVISION, VERSION_TABLE, bring_up_to_date
from survey.collection.schema import METADATA, answers, guesses, sessions, waves
from survey.collection.store import Store, database_at
from survey.collection.upsert import upsert
from survey.errors import SurveyError
from tests.store_workers import WAVE

NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("sessions", recreate=anew) as table:
        table.add_column(sa.Column("note", sa.Text()))
    op.execute("UPDATE guesses SET failures = failures + 1")
"""
FAILING = NEXT + '    op.execute("INSERT INTO nowhere VALUES (1)")\n'
ORPHANS = """
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    op.execute("DELETE FROM sessions")
"""


def _fill(store):
    session = {"id": "s", "wave": "w", "group_id": "g", "state": "answering", "source": "web"}
    answer = {"session": "s", "question": "q", "reply": "{}"}
    guess = {"space": "a", "since": 0, "failures": 0}

    def job(connection):
        upsert(connection, waves, WAVE, ["id"])
        upsert(connection, sessions, session, ["id"])
        upsert(connection, answers, answer, ["session", "question"])
        upsert(connection, guesses, guess, ["space"])

    store.write(job)


def _folder(tmp_path, text):
    """Migrations as they are, and one more."""
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "r0002_next.py").write_text(text)
    return folder


def _migrate(url, folder, revision="0002"):
    database = database_at(url)
    try:
        return bring_up_to_date(database, folder, revision)
    finally:
        database.close()


def _content(url):
    """Tables, their columns, and rows, as another program sees them."""
    database = database_at(url)
    try:
        with database.reading.connect() as connection:
            revision = connection.exec_driver_sql(f"SELECT * FROM {VERSION_TABLE}").scalar_one()
            found = {
                name: [
                    dict(row)
                    for row in connection.exec_driver_sql(f"SELECT * FROM {name}").mappings()
                ]
                for name in ("sessions", "answers", "guesses")
            }
            return revision, found
    finally:
        database.close()


def test_the_migrations_make_the_tables_of_the_schema(store):
    def job(connection):
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": VERSION_TABLE,
                "compare_type": True,
                "include_object": lambda _object, _name, kind, *_: kind != "index",
            },
        )
        return compare_metadata(context, METADATA)

    assert store.read(job) == []


def test_the_migrations_make_the_indexes_of_the_schema(store):
    def job(connection):
        known = inspect(connection)
        return {
            (name, tuple(index["column_names"]))
            for name in METADATA.tables
            for index in known.get_indexes(name)
        }

    expected = {
        (table.name, tuple(column.name for column in index.columns))
        for table in METADATA.tables.values()
        for index in table.indexes
    }
    assert store.read(job) == expected


def test_the_migrations_make_sqlite_tables_word_for_word_as_the_schema_says(sqlite_store):
    """The rules of a table (CHECK, STRICT) are part of its words, which nothing else compares."""
    statement = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
    made = dict(sqlite_store.read(lambda c: c.exec_driver_sql(statement).all()))
    made.pop(VERSION_TABLE)

    def parts(sql):
        head, body = sql.strip().split("(", 1)
        return head, sorted(part.strip(" ,\t") for part in body.splitlines())

    expected = {
        table.name: parts(str(CreateTable(table).compile(dialect=sqlite_dialect())))
        for table in METADATA.tables.values()
    }
    assert {name: parts(sql) for name, sql in made.items()} == expected


def test_the_last_migration_is_the_revision_of_this_version():
    scripts = ScriptDirectory(str(FOLDER))
    assert scripts.get_heads() == [REVISION]
    assert scripts.get_bases() == ["0001"]


def test_a_store_is_migrated_and_keeps_its_rows(store_url, tmp_path):
    with Store.open(store_url) as store:
        _fill(store)
    assert _migrate(store_url, _folder(tmp_path, NEXT)) == "0001"
    revision, found = _content(store_url)
    assert revision == "0002"
    assert found["sessions"][0]["note"] is None
    assert len(found["answers"]) == 1  # though the table above it was dropped and made anew
    assert found["guesses"][0]["failures"] == 1
    assert _migrate(store_url, tmp_path / "migrations") == "0002"


def test_an_sqlite_file_is_copied_before_it_is_migrated(tmp_path):
    path = tmp_path / "collection.sqlite"
    with Store.open(path) as store:
        _fill(store)
    _migrate(path, _folder(tmp_path, NEXT))
    copy = tmp_path / "collection.sqlite.before-0002"
    assert copy.stat().st_mode & 0o777 == 0o600
    with Store.open(copy) as store:
        assert store.health().schema == "0001"
        assert len(store.read(lambda c: c.execute(select(answers)).all())) == 1


def test_a_copy_is_never_written_over(tmp_path):
    path = tmp_path / "collection.sqlite"
    Store.open(path).close()
    (tmp_path / "collection.sqlite.before-0002").write_text("of another time")
    _migrate(path, _folder(tmp_path, NEXT))
    assert (tmp_path / "collection.sqlite.before-0002").read_text() == "of another time"
    assert (tmp_path / "collection.sqlite.before-0002-2").exists()


def test_copies_beside_the_store_are_told(tmp_path):
    path = tmp_path / "collection.sqlite"
    Store.open(path).close()
    copy = tmp_path / "collection.sqlite.before-0001"
    shutil.copy(path, copy)
    with Store.open(path) as store:
        assert store.health().copies == (str(copy),)


@pytest.mark.parametrize("text", [FAILING, ORPHANS], ids=["failing", "orphans"])
def test_a_failed_migration_leaves_the_store_as_it_was(store_url, tmp_path, text):
    with Store.open(store_url) as store:
        _fill(store)
    before = _content(store_url)
    if text is ORPHANS and store_url.startswith("postgresql"):
        # PostgreSQL keeps its rules while it migrates: the answers go with their session.
        assert _migrate(store_url, _folder(tmp_path, text)) == "0001"
        assert _content(store_url)[1]["answers"] == []
        return
    with pytest.raises(Exception, match=r"nowhere|rows they belong to"):
        _migrate(store_url, _folder(tmp_path, text))
    assert _content(store_url) == before
    assert not list(tmp_path.glob("*.before-*"))
    with Store.open(store_url) as store:
        assert store.health().schema == "0001"


def test_a_store_of_a_newer_version_is_refused_in_one_sentence(store_url, tmp_path):
    with Store.open(store_url):
        pass
    _migrate(store_url, _folder(tmp_path, NEXT))
    with pytest.raises(SurveyError, match=r"0002.*install the newer version") as caught:
        Store.open(store_url)
    assert caught.value.code == "store_newer"
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.glob("*.before-0001"))


def test_a_database_of_another_program_is_refused(tmp_path):
    path = tmp_path / "theirs.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE theirs (a)")
    with pytest.raises(SurveyError, match="theirs") as caught:
        Store.open(path)
    assert caught.value.code == "store_foreign"


@pytest.mark.postgres
def test_a_postgres_database_may_hold_other_tables_but_not_of_the_same_names(
    postgres_server, empty_postgres_url
):
    name = empty_postgres_url.rsplit("/", 1)[1]
    postgres_server.execute("CREATE TABLE theirs (a int)", name)
    Store.open(empty_postgres_url).close()
    postgres_server.execute(f"DROP TABLE {VERSION_TABLE}", name)
    with pytest.raises(SurveyError, match="answers") as caught:
        Store.open(empty_postgres_url)
    assert caught.value.code == "store_foreign"
