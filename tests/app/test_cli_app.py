"""konsilium app: answers on its port, stops when told, and says what is in its way."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from app.cli import main
from app.study import bundled_studies


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_port_that_is_taken_is_said_and_another_proposed(capsys, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert main(["app", "--port", str(port), "--no-browser"]) == 2
    assert capsys.readouterr() == (
        "",
        f"port {port} is taken; choose another one: --port {port + 1}\n",
    )


@pytest.mark.parametrize("asked", ["0", "65536"])
def test_a_port_that_cannot_be(capsys, asked):
    assert main(["app", "--port", asked]) == 2
    assert "--port" in capsys.readouterr().err


def test_a_study_with_faults_is_not_opened(capsys, port):
    assert main(["app", "nowhere", "--port", str(port)]) == 2
    assert "no such folder" in capsys.readouterr().err


# As a terminal does: to the command and to the server it started. As a supervisor does: to the
# command alone, which has to take its server with it.
WAYS_TO_STOP = {
    "ctrl-c": lambda pid: os.killpg(pid, signal.SIGINT),
    "terminate": lambda pid: os.kill(pid, signal.SIGTERM),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS_TO_STOP)
def test_the_pages_answer_and_stop_cleanly(port, way):
    address = f"http://127.0.0.1:{port}/_stcore/health"
    command = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())"]
    arguments = ["app", "template", "--port", str(port), "--no-browser", "--lang", "en"]
    with subprocess.Popen(
        [*command, *arguments],
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as server:
        try:
            until = time.monotonic() + 60
            while not _answers(address):
                assert server.poll() is None, server.stderr.read()
                assert time.monotonic() < until, "no answer within a minute"
                time.sleep(0.2)
        finally:
            WAYS_TO_STOP[way](server.pid)
        out, err = server.communicate(timeout=30)
    assert server.returncode == 0
    assert out == f"template opens at http://localhost:{port}; Ctrl-C stops it.\n"
    assert "Traceback" not in err
    assert not _answers(address)


@pytest.mark.slow
def test_the_browser_is_opened_once_the_pages_answer(port, tmp_path):
    asked = tmp_path / "asked"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$@" >>{asked}\n', "utf-8")
    opener.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    environment |= {"KONSILIUM_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())"]
    with subprocess.Popen(
        [*command, "app", "template", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            until = time.monotonic() + 60
            while not asked.exists():
                assert server.poll() is None
                assert time.monotonic() < until, "no browser within a minute"
                time.sleep(0.1)
            assert _answers(f"http://127.0.0.1:{port}/_stcore/health")
        finally:
            server.terminate()
    assert asked.read_text("utf-8") == f"http://localhost:{port}\n"
    assert server.returncode == 0


def _answers(address):
    try:
        with urllib.request.urlopen(address, timeout=2):
            return True
    except OSError:
        return False


def test_a_study_that_lacks_nothing_but_answers_is_opened_and_says_so(
    capsys, monkeypatch, port, tmp_path
):
    folder = tmp_path / "region"
    shutil.copytree(bundled_studies()["template"], folder)
    (folder / "answers" / "counts.csv").unlink()
    started = []

    class Server:
        def __init__(self, command, **_):
            started.append(command)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def wait(self):
            return 0

    monkeypatch.setattr("app.commands.frontend.subprocess.Popen", Server)
    monkeypatch.setattr("app.commands.frontend.signal.signal", lambda *_: None)
    assert main(["app", str(folder), "--port", str(port), "--lang", "en"]) == 0
    assert "no answers yet" in capsys.readouterr().out
    assert len(started) == 1
