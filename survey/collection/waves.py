"""A wave: one questionnaire put to the invited people once, from draft to frozen."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select, update

from survey.collection import schema
from survey.collection.events import Event, new_event, record
from survey.collection.tokens import new_secret
from survey.collection.wave import State, Wave, WaveSettings
from survey.collection.wave_rows import group_rows, wave_of, wave_row
from survey.collection.wave_rules import check_settings, refuse_change
from survey.errors import SurveyError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from survey.collection.store import Store


def create_wave(
    store: Store,
    settings: WaveSettings,
    *,
    actor: str,
    today: date,
    previous: Wave | None = None,
    feedback: Mapping[str, Any] | None = None,
) -> Wave:
    """Store a new wave, a draft; with `previous` it is the next round of that one.

    Raises
    ------
    SurveyError
        Settings that contradict each other.

    """
    check_settings(settings, today)
    wave = Wave(
        secrets.token_hex(4),
        settings,
        "draft",
        new_secret(),
        today,
        round=1 if previous is None else previous.round + 1,
        previous=None if previous is None else previous.id,
        feedback=feedback,
    )
    event = new_event(actor, "created", wave.id, title=settings.title.en)

    def job(conn: Connection) -> None:
        conn.execute(insert(schema.waves).values(**wave_row(wave)))
        conn.execute(insert(schema.groups), group_rows(wave))
        record(conn, event)

    store.write(job)
    return wave


def load_wave(store: Store, wave_id: str) -> Wave:
    """Wave with this id.

    Raises
    ------
    SurveyError
        There is none.

    """
    return store.read(lambda conn: find_wave(conn, wave_id))


def find_wave(conn: Connection, wave_id: str, *, lock: bool = False) -> Wave:
    """Wave with this id, on a connection; locked until the end of the transaction if asked."""
    wanted = select(schema.waves).where(schema.waves.c.id == wave_id)
    row = conn.execute(wanted.with_for_update() if lock else wanted).first()
    if row is None:
        raise SurveyError("wave_unknown", "there is no wave {found}", found=wave_id)
    return wave_of(conn, row)


# By id and revision: every edit and every change of state makes a new revision.
_known: dict[tuple[str, int], Wave] = {}
_KEPT: Final = 64


def known_wave(conn: Connection, wave_id: str, revision: int) -> Wave:
    """Wave at a revision, read once per process: each answer that is saved needs it."""
    wave = _known.get((wave_id, revision))
    if wave is None:
        if len(_known) >= _KEPT:
            _known.clear()
        wave = find_wave(conn, wave_id)
        _known[wave_id, wave.revision] = wave
    return wave


def list_waves(store: Store, study: str | None = None) -> tuple[Wave, ...]:
    """All waves, or those of one study, the oldest first."""
    wanted = select(schema.waves).order_by(
        schema.waves.c.created_on, schema.waves.c.round, schema.waves.c.id
    )
    if study is not None:
        wanted = wanted.where(schema.waves.c.study == study)
    return store.read(lambda conn: tuple(wave_of(conn, row) for row in conn.execute(wanted).all()))


def edit_wave(
    store: Store,
    wave_id: str,
    revision: int,
    *,
    actor: str,
    today: date,
    **changes: Any,  # noqa: ANN401 - of each field its own type
) -> Wave:
    """Change settings of a wave; once it is open only those that break no promise.

    Parameters
    ----------
    revision
        Of the wave as the analyst saw it.
    **changes
        Fields of `WaveSettings`.

    Raises
    ------
    SurveyError
        Somebody else has changed the wave meanwhile, or a change that is not possible any more;
        nothing is stored.

    """
    event = new_event(actor, "edited", wave_id, fields=sorted(changes))

    def job(conn: Connection) -> Wave:
        found = find_wave(conn, wave_id, lock=True)
        if found.revision != revision:
            raise SurveyError(
                "wave_changed",
                "the wave {wave} was changed by somebody else meanwhile: it is at revision {found}, "
                "yours is {expected}; look at it again and repeat your change",
                wave=wave_id,
                found=found.revision,
                expected=revision,
            )
        settings = replace(found.settings, **changes)
        refuse_change(found, settings)
        kept = settings.closes_on == found.settings.closes_on
        check_settings(settings, min(today, settings.closes_on or today) if kept else today)
        wave = replace(found, settings=settings, revision=revision + 1)
        conn.execute(
            update(schema.waves).where(schema.waves.c.id == wave_id).values(**wave_row(wave))
        )
        conn.execute(delete(schema.groups).where(schema.groups.c.wave == wave_id))
        conn.execute(insert(schema.groups), group_rows(wave))
        record(conn, event)
        return wave

    return store.write(job)


def set_state(
    conn: Connection, wave: Wave, state: State, event: Event, *, expected: tuple[State, ...]
) -> Wave:
    """Move a wave on, on a connection; refused from another state than expected."""
    if wave.state not in expected:
        raise SurveyError(
            "wave_state",
            "the wave {wave} is {state}; {states} is expected",
            wave=wave.id,
            state=wave.state,
            states=" / ".join(expected),
        )
    conn.execute(
        update(schema.waves)
        .where(schema.waves.c.id == wave.id)
        .values(state=state, revision=schema.waves.c.revision + 1)
    )
    record(conn, event)
    return replace(wave, state=state, revision=wave.revision + 1)
