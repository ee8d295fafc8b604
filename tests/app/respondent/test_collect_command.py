"""konsilium collect: what it says, what it refuses, and how it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from app.commands import collecting
from app.commands.faults import UserError
from app.i18n import language
from survey.collection.sealing import KEY_FILE, Sealer
from survey.collection.store import FILE_NAME, Store
from tests.waves import opened

PROGRAM = """
import sys
from app.commands.collecting import serve
from app.i18n import language
sys.exit(serve("region", language("en"), host="127.0.0.1", port=int(sys.argv[1]),
               workers=int(sys.argv[2]), public_url=None))
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home with a store that has a wave of the study "region"."""
    monkeypatch.setenv("KONSILIUM_HOME", str(tmp_path))
    monkeypatch.delenv("KONSILIUM_DATABASE_URL", raising=False)
    with Store.open(tmp_path / FILE_NAME) as store:
        opened(store, Sealer.open(tmp_path / KEY_FILE))
        opened(store, Sealer.open(tmp_path / KEY_FILE), access="open")
    return tmp_path


def serve(study="region", *, host="127.0.0.1", port=8600, workers=1, public_url=None):
    return collecting.serve(
        study, language("en"), host=host, port=port, workers=workers, public_url=public_url
    )


def test_a_study_without_a_wave_is_told_how_to_make_one(home):
    with pytest.raises(UserError) as error:
        serve("template")
    assert "konsilium wave create template" in str(error.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"workers": 0}, "--workers is 0"),
        ({"port": 0}, "--port is 0"),
        ({"port": 70000}, "--port is 70000"),
        ({"host": "nowhere.invalid"}, "--host is nowhere.invalid"),
        ({"public_url": "survey.example.org"}, "--public-url is survey.example.org"),
        ({"public_url": "https://example.org/survey"}, "without a path"),
    ],
)
def test_what_cannot_be_served_is_refused(home, given, said):
    with pytest.raises(UserError, match=re.escape(said)):
        serve(**given)


def test_a_port_that_is_taken_is_named(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"port {port} is taken"):
            serve(port=port)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_answers_and_ends_in_order(home, workers, how):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(port), str(workers)],
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as seen:
                    assert seen.status == 200
                break
            except OSError:
                assert process.poll() is None, process.communicate()[1]
                assert time.monotonic() < until, "the server did not answer within a minute"
                time.sleep(0.1)
    finally:
        process.send_signal(how)
        said, failed = process.communicate(timeout=40)
    assert process.returncode == 0, failed
    assert f"http://localhost:{port}" in said
    assert re.search(rf"http://localhost:{port}/w/[0-9a-f]{{8}}", said)
    assert "Without TLS" in said
    assert failed == ""
