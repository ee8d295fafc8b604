"""Fixtures of stores: SQLite in a folder of the test, PostgreSQL from a server of our own.

The server is started once, on 127.0.0.1 and a free port, in a folder of its own, and ended by its
process id. Where PostgreSQL is not installed its tests are skipped, unless
KONSILIUM_REQUIRE_POSTGRES=1 asks for it.
"""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import psycopg
import pytest

from survey.collection.store import Store

_TEMPLATE = "konsilium_template"


def _program(name):
    places = [shutil.which(name), *sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[::-1]]
    return next((str(place) for place in places if place), None)


def _owner():
    """PostgreSQL refuses to run as root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


class PostgresServer:
    """A server of the tests' own."""

    def __init__(self, folder):
        self.folder = Path(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if _owner():
            shutil.chown(self.folder, "postgres", "postgres")
        self.user = "postgres" if _owner() else getpass.getuser()
        subprocess.run(
            [
                *(_program("initdb"), "-D", self.folder / "data", "-A", "trust", "-U", self.user),
                *("-E", "UTF8", "--locale=C", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **_owner(),
        )
        self.log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(
            [
                *(_program("postgres"), "-D", self.folder / "data", "-p", str(self.port)),
                *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="),
                *("-c", "shared_buffers=32MB", "-c", "max_connections=200"),
            ],
            cwd=self.folder,
            stdout=self.log,
            stderr=self.log,
            **_owner(),
        )
        self.wait()
        self.execute(f"CREATE DATABASE {_TEMPLATE}")
        Store.open(self.url(_TEMPLATE)).close()

    def wait(self):
        """Wait until the server answers: at its start, and when it recovers."""
        until = time.monotonic() + 30
        while True:
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return

    def url(self, name):
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{name}"

    def execute(self, statement, database="postgres"):
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            found = connection.execute(statement)
            return found.fetchall() if found.description else []

    def create(self, template=_TEMPLATE):
        """Create a database with the tables (or without: template1), and return its URL."""
        name = f"t{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url):
        self.execute(f"DROP DATABASE IF EXISTS {url.rsplit('/', 1)[1]} WITH (FORCE)")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


@pytest.fixture(scope="session")
def postgres_server():
    """The server; started when the first test asks for it."""
    if not (_program("initdb") and _program("postgres")):
        message = "PostgreSQL (initdb, postgres) is not installed"
        if os.environ.get("KONSILIUM_REQUIRE_POSTGRES") == "1":
            pytest.fail(message)
        pytest.skip(message)
    # Not pytest's own folder: the server's user could not enter it.
    folder = tempfile.mkdtemp(prefix="konsilium-postgres-")
    server = None
    try:
        server = PostgresServer(folder)
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server):
    """URL of a fresh database with the tables."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)


@pytest.fixture
def empty_postgres_url(postgres_server):
    """URL of a fresh database without tables."""
    url = postgres_server.create("template1")
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request, tmp_path):
    """URL of a fresh store, of both kinds."""
    if request.param == "sqlite":
        return str(tmp_path / "collection.sqlite")
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def store(store_url):
    """A fresh store, of both kinds."""
    with Store.open(store_url) as opened:
        yield opened


@pytest.fixture
def sqlite_store(tmp_path):
    """A fresh SQLite store, where the kind does not matter."""
    with Store.open(tmp_path / "collection.sqlite") as opened:
        yield opened
