"""Respondents of the Streamlit application, by its own protocol: what a browser would send it.

    python -m benchmarks.collecting.beginner PLAN.json RESULT.json

PLAN: ``port``, ``respondents``, ``mode``, ``seconds``, ``interval``, ``rounds``, ``pids``.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.collecting.generator import quantiles
from benchmarks.collecting.processes import Server, cpu_seconds, free_port, memory
from benchmarks.collecting.wire import HOST

APP = Path(__file__).with_name("beginner_app.py")
_PATIENCE = 120.0
_ARRIVALS = 20  # sessions opened a second before the measuring starts
_BUTTON = "Send"


class Visitor:
    """One browser's session."""

    def __init__(self, number: int, port: int) -> None:
        self.number, self.address = number, f"ws://{HOST}:{port}/_stcore/stream"
        self.fields: dict[str, str] = {}  # label -> id of the widget
        self.saved: list[str] = []
        self.refused: list[str] = []

    async def open(self) -> None:
        self.socket = await websockets.connect(
            self.address, max_size=None, open_timeout=_PATIENCE, compression=None
        )
        message = BackMsg()
        message.rerun_script.query_string = ""
        await self.socket.send(message.SerializeToString())
        await self._finished()

    async def send(self, step: int) -> float:
        """Fill the form and send it; seconds until "Saved", or until whatever came instead."""
        started = time.perf_counter()
        message = BackMsg()
        states = message.rerun_script.widget_states.widgets
        for label, text in (("Your number", f"{self.number}"), ("In your words", f"{step}")):
            states.add(id=self.fields[label], string_value=text)
        states.add(id=self.fields[_BUTTON], trigger_value=True)
        try:
            await self.socket.send(message.SerializeToString())
            said = await self._finished()
        except (TimeoutError, websockets.ConnectionClosed) as error:
            said = type(error).__name__
        (self.saved if said == "Saved" else self.refused).append(f"{step}")
        if said != "Saved":
            self.last_word = said
        return time.perf_counter() - started

    async def _finished(self) -> str:
        """Read what the script draws until it ends: its message, or the exception shown."""
        said = ""
        async with asyncio.timeout(_PATIENCE):
            while True:
                message = ForwardMsg()
                message.ParseFromString(await self.socket.recv())
                kind = message.WhichOneof("type")
                if kind == "script_finished":
                    return said
                if kind != "delta" or message.delta.WhichOneof("type") != "new_element":
                    continue
                element = message.delta.new_element
                which = element.WhichOneof("type")
                if which == "alert":
                    said = element.alert.body
                elif which == "exception":
                    said = element.exception.message
                elif which in {"text_input", "button"}:
                    widget = getattr(element, which)
                    self.fields[widget.label] = widget.id


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Open all sessions one after another, then let them send."""
    people = [Visitor(k, plan["port"]) for k in range(plan["respondents"])]
    waiting = asyncio.Semaphore(4)

    async def come(one: Visitor) -> None:
        async with waiting:
            await one.open()

    start = time.perf_counter()
    await asyncio.gather(*(come(one) for one in people))
    opening = time.perf_counter() - start
    gc.freeze()
    pids = plan["pids"] | {"generator": os.getpid()}
    before = {name: cpu_seconds(pid) for name, pid in pids.items()}
    start = time.perf_counter()
    latencies: list[float] = []

    async def pace(one: Visitor) -> None:
        first = start + plan["interval"] * one.number / len(people)
        for step in range(max(1, round(plan["seconds"] / plan["interval"]))):
            due = first + step * plan["interval"]
            await asyncio.sleep(due - time.perf_counter())
            await one.send(step)
            latencies.append(time.perf_counter() - due)

    if plan["mode"] == "burst":
        for step in range(plan["rounds"]):
            latencies += await asyncio.gather(*(one.send(step) for one in people))
    else:
        await asyncio.gather(*(pace(one) for one in people))
    return {
        "respondents": len(people),
        "opening_seconds": opening,
        "seconds": time.perf_counter() - start,
        "cpu_seconds": {name: cpu_seconds(pid) - before[name] for name, pid in pids.items()},
        "latencies": {"save": quantiles(latencies)},
        "sent": sum(len(one.saved) + len(one.refused) for one in people),
        "refused": sum(len(one.refused) for one in people),
        "words": sorted({one.last_word for one in people if one.refused})[:5],
        "known": {str(one.number): one.saved for one in people},
    }


def measure(mode: str, respondents: int, seconds: float, interval: float = 10.0) -> dict[str, Any]:
    """Run the application and its respondents; figures, and answers that are not in its file."""
    from benchmarks.collecting.ours import alone  # noqa: PLC0415 - it starts this module

    with tempfile.TemporaryDirectory(prefix="konsilium-load-") as name:
        folder = Path(name)
        file = folder / "answers.sqlite"
        port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.headless", "true"]
        command += ["--server.address", HOST, "--server.port", str(port)]
        # Off only so that nothing leaves this machine.
        command += ["--browser.gatherUsageStats", "false"]
        with Server(command, port, {"SURVEY_DATABASE": str(file)}, folder / "log") as server:
            plan = {
                "port": port,
                "respondents": respondents,
                "mode": mode,
                "seconds": seconds,
                "interval": interval,
                "rounds": 3,
                "pids": {"server": server.pid},
            }
            result = alone("beginner", plan, folder)
            held = memory(server.pid)
        database = sqlite3.connect(file)
        rows = database.execute("SELECT who, step FROM answers").fetchall()
        database.close()
    known = result.pop("known")
    there = set(rows)
    result["lost"] = sum((who, s) not in there for who, saved in known.items() for s in saved)
    result["twice"] = len(rows) - len(there)
    result["server_memory_mb"] = held
    return {"title": "Streamlit and SQLite as a beginner writes it", "mode": mode, **result}


def main() -> None:
    plan = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    result = asyncio.run(run(plan))
    Path(sys.argv[2]).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
