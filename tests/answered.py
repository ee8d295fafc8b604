"""Waves with submitted answers, put into the store at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import insert

from survey.collection import schema
from survey.collection.lifecycle import close_wave, open_wave
from survey.collection.replies import Reply
from survey.collection.store import Store
from survey.collection.tokens import random_id
from survey.collection.wave import Wave
from survey.collection.waves import create_wave
from tests.waves import TODAY, settings

Given = tuple[str, Mapping[str, Reply]]


def respond(
    store: Store,
    wave: Wave,
    given: Iterable[Given],
    *,
    state: str = "submitted",
    source: str = "web",
    ids: Iterable[str] | None = None,
) -> list[str]:
    """Store responses of groups; returns the ids of their sessions."""
    rows = list(given)
    names = [random_id() for _ in rows] if ids is None else list(ids)

    def job(conn):
        for name, (group, replies) in zip(names, rows, strict=True):
            row = {
                "id": name,
                "wave": wave.id,
                "group_id": group,
                "state": state,
                "source": source,
                "submitted_on": TODAY.isoformat() if state == "submitted" else None,
                "invitation": None,
            }
            conn.execute(insert(schema.sessions).values(**row))
            for question, reply in replies.items():
                values = {"session": name, "question": question, "reply": reply.to_json()}
                conn.execute(insert(schema.answers).values(**values))

    store.write(job)
    return names


def chose(*options: str, **more: Reply) -> dict[str, Reply]:
    """Replies that choose options of the question `aims`, and more."""
    return {"aims": Reply(chosen=options), **more}


def open_one(store: Store, **changes: object) -> Wave:
    """An open wave, without invitations."""
    wave = create_wave(store, settings(access="open", **changes), actor="analyst", today=TODAY)
    return open_wave(store, wave.id, actor="analyst", today=TODAY)


def closed(store: Store, given: Iterable[Given], **changes: object) -> Wave:
    """A closed wave with these responses."""
    wave = open_one(store, **changes)
    respond(store, wave, given)
    return close_wave(store, wave.id, actor="analyst")
