"""A wave: one questionnaire put to the invited people once, from draft to frozen."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import delete, insert, select, update

from survey.collection import schema
from survey.collection.events import Event, new_event, record
from survey.collection.tokens import new_secret
from survey.collection.wave_rules import check_settings, refuse_change
from survey.errors import SurveyError
from survey.questionnaire import Questionnaire
from survey.questions import Text

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from survey.collection.store import Store

Mode = Literal["anonymous", "named"]
Access = Literal["invited", "open"]
State = Literal["draft", "open", "closed", "frozen"]

MIN_CELL: Final = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Invited people of one kind; at `quota` submitted responses no new one is begun."""

    id: str
    title: Text
    quota: int | None = None


@dataclass(frozen=True, slots=True)
class WaveSettings:
    """What an analyst decides about a wave.

    Attributes
    ----------
    study : str
        Id of the study.
    purpose, consent, contact : Text
        Shown before the first question.
    mode : {"anonymous", "named"}
    access : {"invited", "open"}
        With a link each, or one address for everybody.
    min_cell : int
        Fewest respondents of whom anything is shown by group.
    closes_on : date or None
        Last day of answering.
    erase_on : date
        Day on which what identifies people is erased.
    """

    study: str
    title: Text
    questionnaire: Questionnaire
    groups: tuple[Group, ...]
    purpose: Text
    consent: Text
    contact: Text
    erase_on: date
    closes_on: date | None = None
    mode: Mode = "anonymous"
    access: Access = "invited"
    min_cell: int = MIN_CELL


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave as it is stored; `revision` counts the edits, `feedback` is of the round before."""

    id: str
    settings: WaveSettings
    state: State
    secret: str
    created_on: date
    round: int = 1
    previous: str | None = None
    feedback: Mapping[str, Any] | None = None
    erased_on: date | None = None
    revision: int = 1

    def group(self, group_id: str) -> Group:
        """Group with this id."""
        for group in self.settings.groups:
            if group.id == group_id:
                return group
        raise SurveyError(
            "group_unknown",
            "the wave {wave} has no group {found}; it has {expected}",
            wave=self.id,
            found=group_id,
            expected=", ".join(group.id for group in self.settings.groups),
        )


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
        conn.execute(insert(schema.waves).values(**_wave_row(wave)))
        conn.execute(insert(schema.groups), _group_rows(wave))
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
            update(schema.waves).where(schema.waves.c.id == wave_id).values(**_wave_row(wave))
        )
        conn.execute(delete(schema.groups).where(schema.groups.c.wave == wave_id))
        conn.execute(insert(schema.groups), _group_rows(wave))
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


def wave_of(conn: Connection, row: Row[Any]) -> Wave:
    """Wave of a row of the table, with its groups."""
    listed = conn.execute(
        select(schema.groups)
        .where(schema.groups.c.wave == row.id)
        .order_by(schema.groups.c.position)
    ).all()
    settings = WaveSettings(
        study=row.study,
        title=_text(row.title),
        questionnaire=read_questionnaire(row.questionnaire),
        groups=tuple(Group(each.id, _text(each.title), each.quota) for each in listed),
        purpose=_text(row.purpose),
        consent=_text(row.consent),
        contact=_text(row.contact),
        erase_on=date.fromisoformat(row.erase_on),
        closes_on=_day(row.closes_on),
        mode=row.mode,
        access=row.access,
        min_cell=row.min_cell,
    )
    return Wave(
        row.id,
        settings,
        row.state,
        row.secret,
        date.fromisoformat(row.created_on),
        round=row.round,
        previous=row.previous,
        feedback=None if row.feedback is None else json.loads(row.feedback),
        erased_on=_day(row.erased_on),
        revision=row.revision,
    )


@lru_cache(maxsize=64)
def read_questionnaire(text: str) -> Questionnaire:
    """Questionnaire of its YAML; the same text is read once."""
    return Questionnaire.from_yaml(text)


def _wave_row(wave: Wave) -> dict[str, Any]:
    settings = wave.settings
    return {
        "id": wave.id,
        "study": settings.study,
        "title": _json(settings.title),
        "questionnaire": settings.questionnaire.to_yaml(),
        "mode": settings.mode,
        "access": settings.access,
        "state": wave.state,
        "purpose": _json(settings.purpose),
        "consent": _json(settings.consent),
        "contact": _json(settings.contact),
        "min_cell": settings.min_cell,
        "closes_on": settings.closes_on and settings.closes_on.isoformat(),
        "erase_on": settings.erase_on.isoformat(),
        "erased_on": wave.erased_on and wave.erased_on.isoformat(),
        "secret": wave.secret,
        "round": wave.round,
        "previous": wave.previous,
        "feedback": None
        if wave.feedback is None
        else json.dumps(wave.feedback, ensure_ascii=False, sort_keys=True),
        "created_on": wave.created_on.isoformat(),
        "revision": wave.revision,
    }


def _group_rows(wave: Wave) -> list[dict[str, Any]]:
    return [
        {
            "wave": wave.id,
            "id": group.id,
            "title": _json(group.title),
            "position": place,
            "quota": group.quota,
        }
        for place, group in enumerate(wave.settings.groups)
    ]


def _json(text: Text) -> str:
    return json.dumps({"en": text.en, "ru": text.ru}, ensure_ascii=False)


def _text(stored: str) -> Text:
    return Text(**json.loads(stored))


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)
