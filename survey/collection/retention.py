"""The day after which nothing identifies people any more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from survey.collection import schema
from survey.collection.events import new_event, record
from survey.collection.tokens import random_id
from survey.collection.waves import find_wave
from survey.errors import SurveyError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from survey.collection.store import Store


def due(store: Store, *, today: date) -> tuple[str, ...]:
    """Ids of the waves whose day of erasing has come and that are not erased yet."""
    table = schema.waves
    wanted = (
        select(table.c.id)
        .where(table.c.erase_on <= today.isoformat(), table.c.erased_on.is_(None))
        .order_by(table.c.erase_on, table.c.id)
    )
    return store.read(lambda conn: tuple(conn.execute(wanted).scalars()))


def erase(store: Store, wave_id: str, *, actor: str, today: date) -> None:
    """Erase invitations, names, marks, what was not submitted, sheets of paper and the secret.

    Submitted answers stay, under new random ids and without any link to a person. What was
    exported or backed up before is not reached by this.

    Raises
    ------
    SurveyError
        The wave is still open.

    """
    event = new_event(actor, "erased", wave_id)

    def job(conn: Connection) -> None:
        wave = find_wave(conn, wave_id, lock=True)
        if wave.state == "open":
            raise SurveyError(
                "erase_too_early",
                "the wave {wave} is open; close it before what identifies people is erased",
                wave=wave_id,
            )
        sessions = schema.sessions
        conn.execute(
            delete(sessions).where(sessions.c.wave == wave_id, sessions.c.state == "answering")
        )
        for table in (schema.invitations, schema.spent, schema.answered, schema.paper_sheets):
            conn.execute(delete(table).where(table.c.wave == wave_id))
        # Ids of named sessions come from their tokens, which somebody may still hold.
        for each in (
            conn.execute(select(sessions.c.id).where(sessions.c.wave == wave_id)).scalars().all()
        ):
            conn.execute(update(sessions).where(sessions.c.id == each).values(id=random_id()))
        conn.execute(
            update(schema.waves)
            .where(schema.waves.c.id == wave_id)
            .values(secret="", erased_on=today.isoformat(), revision=wave.revision + 1)
        )
        record(conn, event)

    store.write(job)
    store.sweep()
