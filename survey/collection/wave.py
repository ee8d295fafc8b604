"""A wave and what an analyst decides about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from survey.errors import SurveyError
from survey.questionnaire import Questionnaire
from survey.questions import Text

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
