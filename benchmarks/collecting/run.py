"""The load that collecting bears, beside plain Streamlit and SQLite, all in one run.

    python benchmarks/collecting/run.py --json OUT.json --docs docs/reliability.md

On two cores this takes half an hour; --quick half a minute a server, to see that it runs. Only
Linux: processor time and memory are read from /proc.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.collecting import beginner, ours
from benchmarks.collecting.load_report import held, printed, put, section
from benchmarks.collecting.ours import Setting
from benchmarks.timing import machine

SERVERS = {
    "sqlite": ("SQLite", 1),
    "postgres-1": ("PostgreSQL", 1),
    "postgres-2": ("PostgreSQL", 2),
}
# Beside the beginner's application, which is tried with so many until it fails.
_TRIED = (25, 50, 75, 100, 150, 200, 300, 400, 600)
_TRIED_SECONDS = 40.0
_TOGETHER = (100, 200)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--respondents", type=int, default=3000, help="at once, paced")
    parser.add_argument("--seconds", type=float, default=300, help="of saving, paced")
    parser.add_argument(
        "--interval", type=float, default=10, help="seconds between a person's saves"
    )
    parser.add_argument("--burst", type=int, default=1000, help="saving at one instant")
    parser.add_argument("--quick", action="store_true", help="100 respondents for 10 s, 50 at once")
    parser.add_argument(
        "--only", nargs="+", choices=(*SERVERS, "beginner"), default=[*SERVERS, "beginner"]
    )
    parser.add_argument("--json", type=Path, help="write the figures into this file")
    parser.add_argument("--docs", type=Path, help='write the section "Load" into this document')
    asked = parser.parse_args()
    if asked.quick:
        asked.respondents, asked.seconds, asked.burst = 100, 10.0, 50
    # A connection for each respondent, on both sides: as many as the system lets us have.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    together = (20,) if asked.quick else _TOGETHER
    found: dict[str, Any] = {"machine": _machine(), "konsilium": [], "beginner": []}
    for name, (kind, workers) in SERVERS.items():
        if name not in asked.only:
            continue
        settings = [
            Setting(kind, workers, "paced", asked.respondents, asked.seconds, asked.interval),
            Setting(kind, workers, "burst", asked.burst),
        ]
        if name == "sqlite" and "beginner" in asked.only:
            settings += [Setting(kind, workers, "burst", count) for count in together]
        for setting in settings:
            run = ours.measure(setting)
            run |= {"planned_seconds": setting.seconds, "interval": setting.interval}
            found["konsilium"].append(_shown(run))
    if "beginner" in asked.only:
        tried = (10, 20) if asked.quick else _TRIED
        seconds = 10.0 if asked.quick else _TRIED_SECONDS
        found["beginner"] += _until_it_fails(
            lambda count: _shown(beginner.measure("paced", count, seconds, asked.interval)), tried
        )
        found["beginner"] += [_shown(beginner.measure("burst", count, 0)) for count in together]
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    command = " ".join(["python benchmarks/collecting/run.py", *sys.argv[1:]])
    text = section(found, command)
    if asked.docs:
        put(asked.docs, text)
    else:
        print(text)
    return (
        0 if all(run["store"]["whole"] and not run["errors"] for run in found["konsilium"]) else 1
    )


def _until_it_fails(
    measure: Callable[[int], dict[str, Any]], tried: tuple[int, ...]
) -> list[dict[str, Any]]:
    """Runs up to the first that loses something or is too slow, that one included."""
    runs = []
    for count in tried:
        runs.append(measure(count))
        if not held(runs[-1]):
            break
    return runs


def _shown(run: dict[str, Any]) -> dict[str, Any]:
    print(printed(run), flush=True)
    return run


def _machine() -> dict[str, object]:
    described = machine()
    return {name: described[name] for name in ("processor", "cores", "load", "system", "python")}


if __name__ == "__main__":
    sys.exit(main())
