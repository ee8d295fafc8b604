"""A limit on guessing tokens: of everybody together, so that no address is stored.

Failures are counted in the store, over all processes, in windows of a minute. A right token does
not reset the count. While the limit is reached no link is opened, right or wrong; who has opened
one before goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from survey.collection import schema
from survey.collection.upsert import upsert

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from survey.collection.store import Store

WINDOW: Final = 60
# Mistyped links of an honest audience stay far below; guesses of 130 bits do not come far.
MOST_FAILURES: Final = 100
_SPACE: Final = "invitations"


def may_try(store: Store, now: int) -> bool:
    """Whether a link may be opened now (Unix seconds)."""
    row = store.read(lambda conn: conn.execute(_wanted()).first())
    return row is None or row.since != _window(now) or row.failures < MOST_FAILURES


def note_failure(store: Store, now: int) -> None:
    """Count a token that was refused."""

    def job(conn: Connection) -> None:
        row = conn.execute(_wanted().with_for_update()).first()
        window = _window(now)
        failures = row.failures if row is not None and row.since == window else 0
        # At the limit nothing more is written: an attack must not keep the disk busy.
        if failures < MOST_FAILURES:
            values = {"space": _SPACE, "since": window, "failures": failures + 1}
            upsert(conn, schema.guesses, values, ("space",))

    store.write(job)


def _wanted() -> Select[Any]:
    table = schema.guesses
    return select(table.c.since, table.c.failures).where(table.c.space == _SPACE)


def _window(now: int) -> int:
    return now - now % WINDOW
