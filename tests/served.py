"""The analyst's pages as `konsilium app` serves them, for tests in a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from app.analyst.settings import entry, streamlit_flags


def free_port() -> int:
    """A port that nothing answers on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(environment: Mapping[str, str], *flags: str, port: int | None = None) -> Iterator[str]:
    """Address of the pages, served until the block ends."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(entry())]
    command += [*streamlit_flags(port, headless=True), *flags]
    process = subprocess.Popen(command, env=os.environ | dict(environment))
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"the server ended by itself with status {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer within a minute")
