"""The load: many respondents at once, in a process of their own.

    python -m benchmarks.collecting.generator PLAN.json RESULT.json

PLAN: ``tokens``, ``ports``, ``mode`` (paced or burst), ``seconds``, ``interval``, ``opening``
(seconds over which links are opened), ``rounds`` (of a burst), ``pids`` (name -> process whose
processor time is measured while answers are saved).
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.collecting.processes import cpu_seconds
from benchmarks.collecting.respondents import Refused, Respondent, Tally
from benchmarks.collecting.survey_wave import answer, who
from benchmarks.collecting.wire import Client

_MOST_ERRORS = 20


def quantiles(seconds: Iterable[float]) -> dict[str, float]:
    """Count, median, 95th and 99th percentile, and the longest, in seconds."""
    ordered = sorted(seconds)
    if not ordered:
        return {"count": 0}
    last = len(ordered) - 1
    return {
        "count": len(ordered),
        "p50": ordered[round(0.5 * last)],
        "p95": ordered[round(0.95 * last)],
        "p99": ordered[round(0.99 * last)],
        "max": ordered[last],
    }


class Crowd:
    """All respondents of a plan."""

    def __init__(self, tokens: list[str], ports: list[int]) -> None:
        self.tally = Tally()
        self.giving_up = False
        self.people = [
            Respondent(k, token, Client(ports[k % len(ports)]), self.tally, lambda: self.giving_up)
            for k, token in enumerate(tokens)
        ]
        self.probing = False

    async def each(self, act: Callable[[Respondent, float], Awaitable[None]], over: float) -> None:
        """Let everybody do something, evenly over some seconds; keep what goes wrong."""
        start = time.perf_counter() + 0.05
        await asyncio.gather(
            *(
                self._at(start + over * k / len(self.people), act, one)
                for k, one in enumerate(self.people)
            )
        )

    async def _at(
        self, due: float, act: Callable[[Respondent, float], Awaitable[None]], one: Respondent
    ) -> None:
        await asyncio.sleep(due - time.perf_counter())
        try:
            await act(one, due)
        except Refused as refusal:
            self.tally.errors.append(f"{one.number}: {refusal}")

    async def open(self, over: float) -> None:
        """Open all links, agree, and write the number by which the answers are found again."""

        async def come(one: Respondent, _: float) -> None:
            await one.open()
            await one.save(*who(one.number), due=time.perf_counter())

        await self.each(come, over)
        self.people = [one for one in self.people if one.begun]

    async def paced(self, seconds: float, interval: float) -> None:
        """Save one answer every `interval` seconds each, the moments spread evenly."""

        async def go_on(one: Respondent, first: float) -> None:
            for step in range(max(1, round(seconds / interval))):
                due = first + step * interval
                await asyncio.sleep(due - time.perf_counter())
                await one.save(*answer(one.number, step), due=due)

        all_saved = asyncio.Event()
        probe = asyncio.create_task(self._probe(all_saved))
        await self.each(go_on, interval)
        # A cancellation can get lost (in `asyncio.wait_for`, before Python 3.12): whoever looks at
        # pages is told too, and waited for, since links do not open once all is submitted.
        all_saved.set()
        probe.cancel()
        await asyncio.wait([probe])

    async def _probe(self, over: asyncio.Event) -> None:
        """Look at a page twice a second, as respondents do who go on."""
        visitor = 0
        while not over.is_set():
            await asyncio.sleep(0.5)
            model = self.people[visitor % len(self.people)]
            visitor += 37
            other = Respondent(-1, model.token, Client(model.client.port), self.tally)
            other.client.cookie = model.client.cookie
            try:
                await other.look()
            except Refused as refusal:
                self.tally.errors.append(f"page: {refusal}")
            finally:
                other.client.close()

    async def burst(self, rounds: int) -> None:
        """Save at one instant, all of them, on connections that have to be opened first."""
        for step in range(rounds):
            for one in self.people:
                one.client.close()
            await asyncio.sleep(0.2)
            await self.each(lambda one, due, k=step: one.save(*answer(one.number, k), due=due), 0)

    async def submit(self, over: float) -> None:
        await self.each(lambda one, due: one.submit(due), over)

    def known(self) -> list[dict[str, Any]]:
        """What each respondent was told."""
        return [
            {
                "number": one.number,
                "acknowledged": one.acknowledged,
                "unsure": one.unsure,
                "submitted": one.submitted,
            }
            for one in self.people
        ]

    def measured(self) -> dict[str, Any]:
        tally = self.tally
        return {
            "latencies": {what: quantiles(found) for what, found in tally.latencies.items()},
            "errors": len(tally.errors),
            "error_examples": tally.errors[:_MOST_ERRORS],
            "unexpected_answers": {str(status): n for status, n in tally.statuses.items()},
            "retries": tally.retries,
            "connections": sum(one.client.opened for one in self.people),
        }


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Carry out a plan; what was measured, and what each respondent was told."""
    crowd = Crowd(plan["tokens"], plan["ports"])
    count = len(crowd.people)
    await crowd.open(plan["opening"])
    opened = crowd.tally.latencies.pop("save", [])
    crowd.tally.latencies = {
        "page while all come": crowd.tally.latencies.get("page", []),
        "first save": opened,
    }
    # Python's collector would stop the generator, and be read as the server's slowness.
    gc.freeze()
    pids = plan.get("pids", {}) | {"generator": os.getpid()}
    before = {name: cpu_seconds(pid) for name, pid in pids.items()}
    started = time.perf_counter()
    if plan["mode"] == "burst":
        await crowd.burst(plan["rounds"])
    else:
        await crowd.paced(plan["seconds"], plan["interval"])
    saving = time.perf_counter() - started
    burned = {name: cpu_seconds(pid) - before[name] for name, pid in pids.items()}
    await crowd.submit(0 if plan["mode"] == "burst" else plan["interval"])
    return {
        "respondents": count,
        "seconds": saving,
        "cpu_seconds": burned,
        **crowd.measured(),
        "known": crowd.known(),
    }


def main() -> None:
    import uvloop  # noqa: PLC0415 - tests import this module and keep their own loop

    plan = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    result = uvloop.run(run(plan))
    Path(sys.argv[2]).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
