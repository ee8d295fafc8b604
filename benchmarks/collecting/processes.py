"""Servers that are measured: started as a user starts them, stopped by process id."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from benchmarks.collecting.wire import HOST

ROOT = Path(__file__).parents[2]
COLLECT = [str(Path(sys.executable).with_name("konsilium")), "collect"]
_START = 60.0  # seconds in which a server must answer
_STOP = 30.0
_TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


class Server:
    """A process with its children, until it is stopped."""

    def __init__(
        self, command: Sequence[str], port: int, environment: Mapping[str, str], log: Path
    ) -> None:
        self.command, self.port, self.log = list(command), port, log
        self._environment = os.environ | environment
        self.process: subprocess.Popen[bytes] | None = None
        self.starting = 0.0
        self.start()

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        begun = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.log.parent,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        while True:
            with contextlib.suppress(OSError), socket.create_connection((HOST, self.port), 1):
                break
            if self.process.poll() is not None or time.monotonic() > begun + _START:
                raise RuntimeError(f"the server did not start:\n{self.words()}")
            time.sleep(0.01)
        self.starting = time.monotonic() - begun

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def words(self) -> str:
        """What it printed."""
        return self.log.read_text("utf-8", errors="replace")[-4000:]

    def kill(self) -> None:
        """End it at once, as a power cut would; only for one without children."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Stop in order, and at the latest by force."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(_STOP)
            except subprocess.TimeoutExpired:
                for pid in [*family(self.pid)[1:], self.pid]:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def collect(home: Path, url: str, *, workers: int = 1, study: str = "load") -> Server:
    """Start `konsilium collect` over a store."""
    port = free_port()
    command = [*COLLECT, study, "--port", str(port), "--workers", str(workers)]
    environment = {
        "KONSILIUM_HOME": str(home),
        "KONSILIUM_DATABASE_URL": url,
        "PYTHONWARNINGS": "default",
    }
    return Server(command, port, environment, home / "collect.log")


@contextlib.contextmanager
def database(kind: str, folder: Path) -> Iterator[tuple[str, int | None]]:
    """URL of a new store, and the process id of the database's own server, if it has one."""
    if kind == "SQLite":
        yield str(folder / "collection.sqlite"), None
        return
    from tests.stores import PostgresServer  # noqa: PLC0415 - the tests' own way to start one

    place = tempfile.mkdtemp(prefix="konsilium-postgres-")
    server = None
    try:
        server = PostgresServer(place)
        yield server.create(), server.process.pid
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(place, ignore_errors=True)


def family(pid: int) -> list[int]:
    """A process and its living descendants, itself first."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for each in found:
        found.extend(children.get(each, []))
    return found


def cpu_seconds(pid: int | None) -> float:
    """Processor time of a process and its descendants, those that ended included."""
    if pid is None:
        return 0.0
    # utime, stime, cutime, cstime
    ticks = sum(sum(map(int, f[11:15])) for each in family(pid) if (f := _stat(each)))
    return ticks / _TICKS


def memory(pid: int) -> float:
    """Most memory that a process and its descendants held, added up, MB."""
    total = 0.0
    for each in family(pid):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{each}/status").read_text("utf-8").splitlines():
                if line.startswith("VmHWM"):
                    total += int(line.split()[1]) / 1024
    return total


def _stat(pid: int) -> list[Any]:
    """Fields of /proc/PID/stat from the state on; empty if it ended."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()
