"""One respondent: opens the link, agrees, saves, submits; remembers what the server acknowledged."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from benchmarks.collecting.wire import Answer, Client

_TAG = re.compile(rb'name="tag" value="([0-9a-f]+)"')
_NO_ANSWER = (ConnectionError, TimeoutError, OSError)
_PAUSES = (0.1, 2.0)  # seconds between attempts: first, longest

Form = list[tuple[str, str]]
Value = dict[str, Any]  # what is to stand in the store, as the reply's JSON has it


class Refused(Exception):  # noqa: N818 - said of an answer, not of a program
    """The server answered in a way that trying again does not change."""


@dataclass(slots=True)
class Tally:
    """What happened to all respondents together."""

    latencies: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    retries: int = 0

    def note(self, what: str, seconds: float) -> None:
        self.latencies.setdefault(what, []).append(seconds)


@dataclass(slots=True)
class Respondent:
    """Latencies run from the moment an action was due, so that a queue before it counts."""

    number: int
    token: str
    client: Client
    tally: Tally
    give_up: Callable[[], bool] = lambda: False
    tag: str = ""
    acknowledged: dict[str, Value] = field(default_factory=dict)
    unsure: dict[str, Value] = field(default_factory=dict)
    begun: bool = False
    submitted: str = "no"

    async def open(self) -> None:
        """Come by the link, agree, and see the first question."""
        answer = await self.get(f"/i/{self.token}", 303)
        self.client.cookie = answer.header(b"set-cookie").partition(";")[0]
        page = await self.get("/", 200)
        found = _TAG.search(page.body)
        if found is None:
            raise Refused("the first page has no form")
        self.tag = found[1].decode()
        await self._post("/begin", [("consent", "yes")], 303)
        self.begun = True
        await self.look()

    async def look(self) -> None:
        """Go to the question that is next."""
        there = await self.get("/next", 303)
        await self.get(there.header(b"location"), 200)

    async def get(self, path: str, expected: int) -> Answer:
        started = time.perf_counter()
        answer = await self._until_answered(lambda: self.client.get(path), expected)
        if expected == 200:
            self.tally.note("page", time.perf_counter() - started)
        return answer

    async def save(self, question: str, form: Form, value: Value, due: float) -> None:
        """Save an answer as the page's script does; `due` by the clock `time.perf_counter`."""
        self.unsure[question] = value
        await self._post(f"/save/{question}", form, 200)
        self.tally.note("save", time.perf_counter() - due)
        self.acknowledged[question] = self.unsure.pop(question)

    async def submit(self, due: float) -> None:
        self.submitted = "unsure"
        await self._post("/submit", [], 303, to="/done")
        self.tally.note("submit", time.perf_counter() - due)
        self.submitted = "yes"

    async def _post(self, path: str, form: Form, expected: int, to: str = "") -> None:
        body = urlencode([("tag", self.tag), *form])
        answer = await self._until_answered(lambda: self.client.post(path, body), expected)
        if to and answer.header(b"location") != to:
            raise Refused(f"{path} leads to {answer.header(b'location')}")

    async def _until_answered(self, ask: Callable[[], Any], expected: int) -> Answer:
        """Try again what brought no answer, or one that says to try again."""
        pause = _PAUSES[0]
        while True:
            try:
                answer: Answer = await ask()
            except _NO_ANSWER as error:
                problem = type(error).__name__
                status = 0
            else:
                status = answer.status
                if status == expected:
                    return answer
                problem = f"status {status}: {answer.body[:200].decode(errors='replace')}"
            self.tally.statuses[status] = self.tally.statuses.get(status, 0) + 1
            if 0 < status < 500 or self.give_up():
                raise Refused(problem)
            self.tally.retries += 1
            await asyncio.sleep(pause * random.uniform(0.5, 1))
            pause = min(2 * pause, _PAUSES[1])
