"""What all pages share: the store, the cookie's key, the address, the clock."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request

from app.respondent.security import token_of
from survey import SurveyError
from survey.collection import guesses
from survey.collection.access import Access, enter_job
from survey.collection.marks import Marks
from survey.collection.store import Store

T = TypeVar("T")

# A respondent's browser is told "not yet" rather than kept waiting; the script tries again.
PATIENCE = 20.0
_READERS = 4
# Links that were opened lately, so that saving does not look up what the writing job looks up anyway.
_REMEMBERED = 5000
_STORE_FAULTS = frozenset({"store_full", "store_busy", "store_lost", "store_broken"})


@dataclass(slots=True)
class Desk:
    """Everything a page needs that is not in the request.

    Attributes
    ----------
    store : Store
    key : bytes
        Of the cookie's mark.
    public_url : str or None
        Address as respondents type it, where a proxy stands before this server.
    today, now : callables
        Day, and Unix seconds (for the limit on guesses only).
    """

    store: Store
    key: bytes
    public_url: str | None
    today: Callable[[], date]
    now: Callable[[], int]
    marks: Marks
    readers: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_READERS, thread_name_prefix="reader")
    )
    recent: OrderedDict[str, Access] = field(default_factory=OrderedDict)

    @property
    def https(self) -> bool:
        """Whether respondents come by TLS."""
        return (self.public_url or "").startswith("https://")

    async def write(self, job: Callable[[Connection], T]) -> T:
        """Run a job that writes; returns when it is on the disk."""
        written = asyncio.wrap_future(self.store.enqueue(job))
        try:
            # Shielded: a job that comes late is still done, and does no harm.
            return await asyncio.wait_for(asyncio.shield(written), PATIENCE)
        except TimeoutError as error:
            written.add_done_callback(_seen)
            raise HTTPException(503) from error
        except SurveyError as error:
            raise _unavailable(error) from error

    async def read(self, job: Callable[[Connection], T]) -> T:
        """Run a job that reads, in a thread of its own."""
        return await self.call(lambda: self.store.read(job))

    async def call(self, work: Callable[[], T]) -> T:
        """Run what waits for the store, in a thread of its own."""
        loop = asyncio.get_running_loop()
        try:
            return await asyncio.wait_for(loop.run_in_executor(self.readers, work), PATIENCE)
        except TimeoutError as error:
            raise HTTPException(503) from error
        except SurveyError as error:
            raise _unavailable(error) from error

    def token(self, request: Request) -> str | None:
        """Token of the cookie, if this server made it."""
        return token_of(request, self.key)

    async def enter(self, token: str) -> Access:
        """Open a link; `SurveyError` with the code ``link_refused`` if it does not open."""
        access = await self.read(enter_job(token, today=self.today()))
        self.recent[token] = access
        self.recent.move_to_end(token)
        if len(self.recent) > _REMEMBERED:
            self.recent.popitem(last=False)
        return access

    async def entered(self, token: str) -> Access:
        """Access as it was lately; only for jobs that look again themselves."""
        return self.recent.get(token) or await self.enter(token)

    async def may_try(self) -> bool:
        """Whether a link may be opened now."""
        return await self.call(lambda: guesses.may_try(self.store, self.now()))

    async def note_failure(self) -> None:
        """Count a link that did not open."""
        await self.call(lambda: guesses.note_failure(self.store, self.now()))

    def forget(self, token: str) -> None:
        """Keep nothing of a link that is done with."""
        self.recent.pop(token, None)

    def close(self) -> None:
        """Stop the reading threads."""
        self.readers.shutdown(wait=False, cancel_futures=True)


def _seen(future: asyncio.Future[T]) -> None:
    if not future.cancelled():
        future.exception()


def _unavailable(error: SurveyError) -> Exception:
    return HTTPException(503) if error.code in _STORE_FAULTS else error
