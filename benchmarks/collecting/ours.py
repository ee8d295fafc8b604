"""One run of the load against `konsilium collect`, and what the store holds afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.collecting.processes import ROOT, collect, database, memory
from benchmarks.collecting.survey_wave import compare, make_wave

# Links opened a second before the measuring starts.
_ARRIVALS = 100


@dataclass(frozen=True, slots=True)
class Setting:
    """What is run: kind of database, worker processes, and the load."""

    kind: str
    workers: int
    mode: str
    respondents: int
    seconds: float = 0.0
    interval: float = 10.0
    rounds: int = 3

    @property
    def title(self) -> str:
        return f"{self.kind}, {self.workers} worker{'s' if self.workers > 1 else ''}"


def measure(setting: Setting, given: str | None = None) -> dict[str, Any]:
    """Run once, on a new database unless one is given; the comparison is under ``store``."""
    with (
        tempfile.TemporaryDirectory(prefix="konsilium-load-") as name,
        _database(setting, given, Path(name)) as (url, database_pid),
    ):
        folder = Path(name)
        wave, tokens = make_wave(url, folder / "konsilium.key", setting.respondents)
        with collect(folder, url, workers=setting.workers) as server:
            plan = {
                "tokens": tokens,
                "ports": [server.port],
                "mode": setting.mode,
                "seconds": setting.seconds,
                "interval": setting.interval,
                "rounds": setting.rounds,
                "pids": {"server": server.pid, "database": database_pid},
                "opening": max(2.0, setting.respondents / _ARRIVALS),
            }
            result = alone("generator", plan, folder)
            held = memory(server.pid)
            said = server.words()
            started = server.starting
        found = compare(url, wave, result.pop("known"))
    return {
        "title": setting.title,
        "mode": setting.mode,
        **result,
        "server_start_seconds": started,
        "server_memory_mb": held,
        "store": found.to_dict(),
        "server_said": [line for line in said.splitlines() if " at /" in line or "Error" in line],
    }


def _database(
    setting: Setting, url: str | None, folder: Path
) -> AbstractContextManager[tuple[str, int | None]]:
    return nullcontext((url, None)) if url else database(setting.kind, folder)


def alone(module: str, plan: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Carry out a plan in a process of its own."""
    here, there = folder / "plan.json", folder / "result.json"
    here.write_text(json.dumps(plan), encoding="utf-8")
    command = [sys.executable, "-m", f"benchmarks.collecting.{module}", str(here), str(there)]
    subprocess.run(command, check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(there.read_text("utf-8"))
    return found
