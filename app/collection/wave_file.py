"""Settings of a wave: from options, from a YAML file, and by default, in both languages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from app.collection.listfile import ListError
from app.collection.texts import default_consent, default_purpose
from app.commands.faults import UserError
from app.study.answer_tables import Frame
from app.study.documents import read_document, to_model
from app.study.faults import one_of
from survey import Text
from survey.collection.wave import MIN_CELL, Group, Wave, WaveSettings

# Assumed where nobody says otherwise; what is assumed is told.
DAYS_AFTER_CLOSING, DAYS_WITHOUT_CLOSING = 90, 365


class WaveFile(BaseModel):
    """Keys of a file such as wave.yaml; all may be left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text | None = None
    purpose: Text | None = None
    consent: Text | None = None
    contact: Text | None = None
    mode: Literal["anonymous", "named"] | None = None
    access: Literal["invited", "open"] | None = None
    closes_on: date | None = None
    erase_on: date | None = None
    min_cell: Annotated[StrictInt, Field(ge=1)] | None = None
    quotas: dict[str, Annotated[StrictInt, Field(ge=1)]] | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an analyst has chosen for a wave; None is left to the default."""

    title: Text | None = None
    purpose: Text | None = None
    consent: Text | None = None
    contact: Text | None = None
    mode: Literal["anonymous", "named"] | None = None
    access: Literal["invited", "open"] | None = None
    closes_on: date | None = None
    erase_on: date | None = None
    min_cell: int | None = None
    quotas: Mapping[str, int] | None = None

    def over(self, other: Chosen) -> Chosen:
        """These choices, and those of `other` where there is none here."""
        mine = {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}
        return replace(other, **mine)


@dataclass(frozen=True, slots=True)
class Assumed:
    """Settings, and which of them nobody chose."""

    settings: WaveSettings
    names: tuple[str, ...]


def read_wave_file(file: Path) -> Chosen:
    """Choices of a YAML file.

    Raises
    ------
    ListError
        With every fault: line, key, what was found, what is expected.

    """
    document, faults = read_document(file.parent, file.name)
    if document is None:
        raise ListError(faults)
    made, found = to_model(document, WaveFile)
    if made is None or faults or found:
        raise ListError([*faults, *found])
    return Chosen(**{name: getattr(made, name) for name in WaveFile.model_fields})


def settings_of(frame: Frame, chosen: Chosen, today: date) -> Assumed:
    """Settings of a new wave of a study.

    Raises
    ------
    UserError
        No contact, or a quota of a group that the study does not have.

    """
    if chosen.contact is None:
        raise UserError(
            "people are told whom they can ask: --contact is missing; a name with an address or telephone is expected"
        )
    mode = chosen.mode or "anonymous"
    erase_on = chosen.erase_on or assumed_erasing(chosen.closes_on, today)
    assumed = [name for name in ("purpose", "consent", "erase_on") if getattr(chosen, name) is None]
    quotas = chosen.quotas or {}
    groups = tuple(
        Group(group.id, group.title, quotas.get(group.id)) for group in frame.settings.groups
    )
    check_groups(quotas, groups)
    settings = WaveSettings(
        study=frame.settings.id,
        title=chosen.title or frame.questionnaire.title,
        questionnaire=frame.questionnaire,
        groups=groups,
        purpose=chosen.purpose or default_purpose(frame.settings.title),
        consent=chosen.consent or default_consent(mode, erase_on),
        contact=chosen.contact,
        erase_on=erase_on,
        closes_on=chosen.closes_on,
        mode=mode,
        access=chosen.access or "invited",
        min_cell=MIN_CELL if chosen.min_cell is None else chosen.min_cell,
    )
    return Assumed(settings, tuple(assumed))


def changes_of(
    chosen: Chosen,
    wave: Wave,
    *,
    without_quota: Collection[str] = (),
    without_closing: bool = False,
) -> dict[str, Any]:
    """Fields of `WaveSettings` that an analyst changes, as `edit_wave` takes them.

    Raises
    ------
    UserError
        Nothing is changed, or a quota of a group that the wave does not have.

    """
    settings = wave.settings
    changes = {
        field.name: value
        for field in fields(chosen)
        if field.name != "quotas" and (value := getattr(chosen, field.name)) is not None
    }
    if without_closing:
        changes["closes_on"] = None
    quotas = dict(chosen.quotas or {}) | dict.fromkeys(without_quota)
    if quotas:
        check_groups(quotas, settings.groups)
        changes["groups"] = tuple(
            replace(group, quota=quotas.get(group.id, group.quota)) for group in settings.groups
        )
    if not changes:
        raise UserError("no change is named; an option such as --closes DATE is expected")
    # A default text says mode and day of erasing: it follows them until people have read it.
    if wave.state == "draft" and settings.consent == default_consent(
        settings.mode, settings.erase_on
    ):
        changed = replace(settings, **changes)
        follows = default_consent(changed.mode, changed.erase_on)
        changes = {"consent": follows} | changes
    return changes


def assumed_erasing(closes_on: date | None, today: date) -> date:
    """Day of erasing where nobody chose one: 90 days after the closing, else a year from today."""
    if closes_on is None:
        return today + timedelta(days=DAYS_WITHOUT_CLOSING)
    return closes_on + timedelta(days=DAYS_AFTER_CLOSING)


def check_groups(quotas: Collection[str], groups: tuple[Group, ...]) -> None:
    """Refuse a quota of an unknown group."""
    known = [group.id for group in groups]
    for name in quotas:
        if name not in known:
            raise UserError(
                "{option} names the group {found}; expected {expected}",
                option="quotas",
                found=name,
                expected=one_of(name, known),
            )
