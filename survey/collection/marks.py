"""Which invitations are answered, told so that nobody can be tied to an answer.

At the moment somebody submits, nothing is written about the invitation. The process remembers it,
and once as many of a group are remembered as the smallest cell has, all marks of the group are
written anew, in the order of their hashes. So neither two copies of the database, nor the order of
rows, nor a transaction's number joins one invitation to one set of answers. What is remembered is
lost with the process: these people get a reminder that they did not need.
"""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from survey.collection import schema

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from survey.collection.access import Access
    from survey.collection.store import Store


@dataclass(slots=True)
class Marks:
    """Answered invitations that wait for company; one for each process that takes answers."""

    store: Store
    _waiting: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _queued: set[tuple[str, str]] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def note(self, access: Access) -> Future[None] | None:
        """Remember that an invitation was answered; writes when enough are.

        One job of a group waits at a time, and takes all that came until it runs: when a thousand
        submit at once, their marks are not written anew for each.

        Only invitations of anonymous waves are marked: the others are told by their sessions.
        """
        if access.kind != "respondent" or access.wave.settings.mode != "anonymous":
            return None
        place = (access.wave.id, access.group)
        with self._lock:
            waiting = self._waiting[place]
            waiting.add(access.token_hash)
            if len(waiting) < access.wave.settings.min_cell or place in self._queued:
                return None
            self._queued.add(place)
        least = access.wave.settings.min_cell
        taken: frozenset[str] = frozenset()

        def job(conn: Connection) -> bool:
            nonlocal taken
            with self._lock:
                self._queued.discard(place)
                taken = frozenset(self._waiting[place])
            return _write(conn, *place, taken, least)

        written: Future[None] = Future()

        def done(future: Future[bool]) -> None:
            with self._lock:
                if future.exception() is not None:
                    self._queued.discard(place)
                elif future.result():
                    self._waiting[place] -= taken
            written.set_result(None)

        self.store.enqueue(job).add_done_callback(done)
        return written


def _write(conn: Connection, wave: str, group: str, taken: frozenset[str], least: int) -> bool:
    """Write all marks of a group anew if enough of them are new; says whether it did."""
    table = schema.answered
    mine = (table.c.wave == wave, table.c.group_id == group)
    known = set(conn.execute(select(table.c.token_hash).where(*mine)).scalars())
    # Of invitations erased meanwhile nothing is to be marked.
    invited = schema.invitations.c
    there = select(invited.token_hash).where(invited.wave == wave, invited.group_id == group)
    new = (taken - known) & set(conn.execute(there).scalars())
    if len(new) < least:
        return not taken - known
    conn.execute(delete(table).where(*mine))
    rows = [{"token_hash": each, "wave": wave, "group_id": group} for each in sorted(known | new)]
    conn.execute(insert(table), rows)
    return True
