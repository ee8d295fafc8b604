"""Opening and closing a wave, and how many have answered."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from survey.collection import schema
from survey.collection.events import new_event, record
from survey.collection.wave import Wave
from survey.collection.waves import find_wave, set_state
from survey.errors import SurveyError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from survey.collection.store import Store


@dataclass(frozen=True, slots=True)
class GroupCount:
    """People of one group: invited (not revoked), answering now, submitted."""

    group: str
    invited: int
    answering: int
    submitted: int
    quota: int | None


def open_wave(store: Store, wave_id: str, *, actor: str, today: date) -> Wave:
    """Let people answer; a closed wave that is not frozen may be opened again.

    Raises
    ------
    SurveyError
        Nobody is invited, the closing day has passed, or, in the anonymous mode, a group has so
        few invitations that its answers would tell who gave them.

    """
    event = new_event(actor, "opened", wave_id)

    def job(conn: Connection) -> Wave:
        wave = find_wave(conn, wave_id, lock=True)
        settings = wave.settings
        if settings.closes_on is not None and settings.closes_on < today:
            raise SurveyError(
                "opened_too_late",
                "the wave {wave} closes on {found}; {today} or later is expected",
                wave=wave_id,
                found=settings.closes_on.isoformat(),
                today=today.isoformat(),
            )
        if settings.access == "invited":
            _check_invited(conn, wave)
        return set_state(conn, wave, "open", event, expected=("draft", "closed"))

    return store.write(job)


def close_wave(store: Store, wave_id: str, *, actor: str) -> Wave:
    """End the answering; what was not submitted is kept apart and never counted."""
    event = new_event(actor, "closed", wave_id)

    def job(conn: Connection) -> Wave:
        wave = find_wave(conn, wave_id, lock=True)
        return set_state(conn, wave, "closed", event, expected=("open",))

    wave = store.write(job)
    # Logs of the database tell in what order things were written; nobody needs that any more. Should
    # somebody read for long at this moment, the next sweep takes them.
    with suppress(SurveyError):
        store.sweep()
    return wave


def delete_draft(store: Store, wave_id: str, *, actor: str) -> None:
    """Delete a wave that was never opened.

    Raises
    ------
    SurveyError
        The wave was opened.

    """
    event = new_event(actor, "deleted", wave_id)

    def job(conn: Connection) -> None:
        wave = find_wave(conn, wave_id, lock=True)
        if wave.state != "draft":
            raise SurveyError(
                "delete_too_late",
                "the wave {wave} is {state}; only a draft can be deleted",
                wave=wave_id,
                state=wave.state,
            )
        conn.execute(delete(schema.waves).where(schema.waves.c.id == wave_id))
        record(conn, event)

    store.write(job)


def response_counts(store: Store, wave_id: str) -> tuple[GroupCount, ...]:
    """How many of each group are invited, answering, and have submitted; previews left out."""

    def job(conn: Connection) -> tuple[GroupCount, ...]:
        wave = find_wave(conn, wave_id)
        invited = _invited(conn, wave_id)
        table = schema.sessions
        counted = conn.execute(
            select(table.c.group_id, table.c.state, func.count())
            .where(table.c.wave == wave_id, table.c.source != "preview")
            .group_by(table.c.group_id, table.c.state)
        ).all()
        found = {(group, state): count for group, state, count in counted}
        return tuple(
            GroupCount(
                group.id,
                invited[group.id],
                found.get((group.id, "answering"), 0),
                found.get((group.id, "submitted"), 0),
                group.quota,
            )
            for group in wave.settings.groups
        )

    return store.read(job)


def _invited(conn: Connection, wave_id: str) -> Counter[str]:
    table = schema.invitations
    rows = conn.execute(
        select(table.c.group_id, func.count())
        .where(table.c.wave == wave_id, table.c.kind == "respondent", table.c.revoked == 0)
        .group_by(table.c.group_id)
    ).all()
    return Counter({row[0]: row[1] for row in rows})


def _check_invited(conn: Connection, wave: Wave) -> None:
    invited = _invited(conn, wave.id)
    if not invited:
        raise SurveyError(
            "nobody_invited_yet",
            "nobody is invited to the wave {wave}; at least one invitation is expected",
            wave=wave.id,
        )
    if wave.settings.mode == "named":
        return
    for group, count in sorted(invited.items()):
        if count < wave.settings.min_cell:
            raise SurveyError(
                "group_exposed",
                "only {found} people of the group {group} are invited, fewer than the smallest cell "
                "of {least}: their answers would tell who gave them; invite more, or choose wider "
                "groups",
                found=count,
                group=group,
                least=wave.settings.min_cell,
            )
