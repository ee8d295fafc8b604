"""Who opened, closed, exported, excluded: what analysts did, and when. Respondents leave nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from survey.collection import schema
from survey.collection.once import insert_new
from survey.collection.tokens import random_id

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from survey.collection.store import Store


@dataclass(frozen=True, slots=True)
class Event:
    """One act of an analyst; `at` is in UTC."""

    id: str
    at: datetime
    actor: str
    action: str
    wave: str | None
    detail: Mapping[str, Any]


def new_event(actor: str, action: str, wave: str | None = None, **detail: object) -> Event:
    """Act that happens now."""
    return Event(random_id(), datetime.now(UTC), actor, action, wave, detail)


def record(conn: Connection, event: Event) -> None:
    """Write an act down, once."""
    row = {
        "id": event.id,
        "at": event.at.isoformat(timespec="microseconds"),
        "actor": event.actor,
        "action": event.action,
        "wave": event.wave,
        "detail": json.dumps(event.detail, ensure_ascii=False, sort_keys=True),
    }
    insert_new(conn, schema.events, row)


def events(store: Store, wave: str | None = None) -> tuple[Event, ...]:
    """What was done, of all waves or of one, the latest first."""
    wanted = select(schema.events).order_by(schema.events.c.at.desc(), schema.events.c.id)
    if wave is not None:
        wanted = wanted.where(schema.events.c.wave == wave)
    rows = store.read(lambda conn: conn.execute(wanted).all())
    return tuple(
        Event(
            row.id,
            datetime.fromisoformat(row.at),
            row.actor,
            row.action,
            row.wave,
            json.loads(row.detail),
        )
        for row in rows
    )
