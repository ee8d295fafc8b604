"""Waves as rows of the store's tables, and back."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from survey.collection import schema
from survey.collection.wave import Group, Wave, WaveSettings
from survey.questionnaire import Questionnaire
from survey.questions import Text

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row


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
        closes_on=day_of(row.closes_on),
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
        erased_on=day_of(row.erased_on),
        revision=row.revision,
    )


@lru_cache(maxsize=64)
def read_questionnaire(text: str) -> Questionnaire:
    """Questionnaire of its YAML; the same text is read once."""
    return Questionnaire.from_yaml(text)


def wave_row(wave: Wave) -> dict[str, Any]:
    """Row of the table of waves."""
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


def group_rows(wave: Wave) -> list[dict[str, Any]]:
    """Rows of the table of groups."""
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


def day_of(stored: str | None) -> date | None:
    """Day as it is stored."""
    return None if stored is None else date.fromisoformat(stored)
