"""A wave of answers as the tables of a study: which questions are kept, and in which rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from app.study import formats
from app.study.documents import read_document, to_model
from app.study.draft import QUESTIONNAIRE, SETTINGS
from app.study.faults import Fault, StudyError, message, one_of
from app.study.judgements import is_judged
from app.study.schema import Settings
from app.study.study import study_digest, study_folder
from survey import Answers, MultipleChoice, Numbers, Questionnaire, SingleChoice
from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED
from survey.dataset import NO_GROUP, Dataset
from survey.formats.formulas import mask_formula

_STATES = {
    int(SELECTED): "selected",
    int(NOT_SELECTED): "not_selected",
    int(NOT_SHOWN): "not_shown",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a study says of its answers: enough to read a file for it, though it may have faults."""

    folder: Path
    settings: Settings
    questionnaire: Questionnaire

    @property
    def digest(self) -> str:
        """Sha256 of the study's files as they are now."""
        return study_digest(self.folder)

    @property
    def group_names(self) -> dict[str, str]:
        """Id of a group by its id and by its title in either language."""
        named = {}
        for group in self.settings.groups:
            named |= {group.title.en: group.id, group.title.ru: group.id, group.id: group.id}
        return named


def frame_of(study: str) -> Frame:
    """Settings and questionnaire of a study.

    Raises
    ------
    StudyError
        With every fault of the two files.

    """
    folder = study_folder(study)
    document, faults = read_document(folder, SETTINGS)
    asked, found = read_document(folder, QUESTIONNAIRE)
    faults = [*faults, *found]
    settings = questionnaire = None
    if document is not None:
        settings, found = to_model(document, Settings)
        faults += found
    if asked is not None:
        questionnaire, found = to_model(asked, Questionnaire)
        faults += found
    if settings is None or questionnaire is None:
        raise StudyError(faults)
    return Frame(folder, settings, questionnaire)


def lacks_answers(faults: Iterable[Fault]) -> bool:
    """Whether nothing is wrong with a study but its answers: that they are missing, or old."""
    entries = tuple(f"tables.{file}" for file in formats.ANSWERS)
    return all(
        fault.file in formats.ANSWERS or (fault.file == SETTINGS and fault.column in entries)
        for fault in faults
    )


def tables_of(wave: Dataset, frame: Frame) -> dict[str, pd.DataFrame]:
    """Tables of answers by file: of choices, and of points, orders, ratings and comparisons.

    Raises
    ------
    StudyError
        A group that the study does not have, or no answers from which priorities follow.

    """
    groups = _groups(wave, frame)
    kept = kept_answers(wave, frame)
    if not kept:
        asked = [
            q.id
            for q in frame.questionnaire.questions
            if isinstance(q, (SingleChoice, MultipleChoice)) or is_judged(q)
        ]
        raise StudyError(
            [
                Fault(
                    formats.RESPONSES.file,
                    None,
                    None,
                    message("no answers to any question of the study"),
                    message("some to {questions}", questions=", ".join(asked)),
                )
            ]
        )
    return {
        file: pd.concat(
            [
                _rows(wave, each, groups)
                if isinstance(each, Answers)
                else _judged(wave, each, groups)
                for each in found
            ],
            ignore_index=True,
        )
        for file, found in kept.items()
    }


def kept_answers(wave: Dataset, frame: Frame) -> dict[str, list[Answers | Numbers]]:
    """Answers to the study's questions from which priorities follow, by the file they go into."""
    kept: dict[str, list[Answers | Numbers]] = {}
    kinds = {question.id: question.kind for question in wave.questionnaire.questions}
    for question in frame.questionnaire.questions:
        found = wave.responses.get(question.id)
        if isinstance(found, Answers) and (found.cells == SELECTED).any():
            kept.setdefault(formats.RESPONSES.file, []).append(found)
        elif isinstance(found, Numbers) and is_judged(question) and found.given.any():
            if kinds.get(question.id) != question.kind:
                continue  # ratings that the study would take for places in an order
            kept.setdefault(formats.JUDGEMENTS.file, []).append(found)
    return kept


def _judged(wave: Dataset, found: Numbers, groups: list[str]) -> pd.DataFrame:
    person, cell, value = found.cells()
    who = np.array([mask_formula(name) for name in wave.respondents], dtype=object)
    return pd.DataFrame(
        {
            "respondent": who[person],
            "group": np.array(groups, dtype=object)[person],
            "question": found.question,
            "cell": np.array(found.columns, dtype=object)[cell],
            "value": value,
        }
    )


def _rows(wave: Dataset, found: Answers, groups: list[str]) -> pd.DataFrame:
    people, options = found.cells.shape
    states = np.vectorize(_STATES.__getitem__, otypes=[object])(found.cells.ravel())
    who = [mask_formula(name) for name in wave.respondents]
    return pd.DataFrame(
        {
            "respondent": np.repeat(np.array(who, dtype=object), options),
            "group": np.repeat(np.array(groups, dtype=object), options),
            "question": found.question,
            "option": np.tile(np.array(found.options, dtype=object), people),
            "state": states,
        }
    )


def _groups(wave: Dataset, frame: Frame) -> list[str]:
    """Group of each respondent, by the ids of the study."""
    known = [g.id for g in frame.settings.groups]
    if set(wave.groups) == {NO_GROUP} and len(known) == 1:
        return known * len(wave.respondents)
    named = [wave.groups[k] for k in wave.group_of]
    strange = sorted(set(named) - set(known))
    if strange:
        raise StudyError(
            [
                Fault(
                    formats.RESPONSES.file,
                    None,
                    "group",
                    message(
                        "{count} respondents in the group {group}",
                        count=named.count(group),
                        group=group,
                    ),
                    one_of(group, known),
                )
                for group in strange
            ]
        )
    return named
