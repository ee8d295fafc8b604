"""How times and memory are taken, and on what machine."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).parents[1]
REPEATS = 5


@dataclass(frozen=True)
class Line:
    """One measured thing beside another, in one unit; a ratio above 1 is in our favour.

    ``target`` is what the ratio should reach, where one was set.
    """

    what: str
    ours: float
    theirs: float | None = None
    beside: str = ""
    unit: str = "s"
    target: float | None = None
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        if self.theirs is None:
            return None
        return self.ours / self.theirs if self.more_is_better else self.theirs / self.ours

    @property
    def met(self) -> bool | None:
        return None if self.target is None or self.ratio is None else self.ratio >= self.target


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]
    note: str = ""


def best_of(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Shortest of several times, in seconds; the first, untimed, warms up."""
    work()
    return min(timed(work) for _ in range(repeats))


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_memory() -> float:
    """Most memory this process has held, in MB.

    Linux tells it of the process alone; what `getrusage` says counts the parent's in, too.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text("utf-8").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 1024)


def alone(task: str, *arguments: object) -> dict[str, float]:
    """Run a task of benchmarks/tasks.py in a process of its own: seconds, MB, MB above its start."""
    command = [sys.executable, "-m", "benchmarks.tasks", task, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def machine() -> dict[str, object]:
    """On what all this was measured."""
    libraries = ("konsilium", "numpy", "scipy", "numba", "pymcdm", "scikit-criteria")
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "system": platform.platform(),
        "python": platform.python_version(),
    } | {name: _version(name) for name in libraries}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
