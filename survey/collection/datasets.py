"""Replies of a wave to the dataset that every analysis starts from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED, Answers
from survey.collection.flow import asked
from survey.collection.reply import Reply
from survey.collection.schema import answers, sessions
from survey.collection.waves import load_wave
from survey.dataset import Dataset, Response
from survey.errors import SurveyError
from survey.questionnaire import Questionnaire
from survey.questions import AnyQuestion, FreeText, MultipleChoice, SingleChoice
from survey.responses import Numbers, Texts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from survey.collection.store import Store

# Who answered (a name without meaning), of which group, and what, by question.
Sheet = tuple[str, str, Mapping[str, Reply]]
_NOTHING = Reply()


def wave_dataset(store: Store, wave_id: str) -> Dataset:
    """Submitted answers of a wave; previews and answers not yet submitted are left out.

    Respondents are named by the ids of their sessions and sorted by them; the ids are random, so
    that the order says nothing of who came when.
    """
    settings = load_wave(store, wave_id).settings
    sheets = store.read(lambda conn: _sheets(conn, wave_id))
    return dataset_of(settings.questionnaire, [group.id for group in settings.groups], sheets)


def _sheets(conn: Connection, wave_id: str) -> list[Sheet]:
    # One statement, so that what is submitted meanwhile is there entirely or not at all.
    query = (
        select(sessions.c.id, sessions.c.group_id, answers.c.question, answers.c.reply)
        .outerjoin(answers, answers.c.session == sessions.c.id)
        .where(
            sessions.c.wave == wave_id,
            sessions.c.state == "submitted",
            sessions.c.source != "preview",
        )
    )
    # Sorted here: databases sort texts by rules of their own.
    rows = sorted((tuple(row) for row in conn.execute(query)), key=itemgetter(0))
    read: dict[str, Reply] = {}
    return [
        (session, group, _replies(list(own), read))
        for (session, group), own in groupby(rows, key=itemgetter(0, 1))
    ]


def _replies(rows: Sequence[tuple[Any, ...]], read: dict[str, Reply]) -> Mapping[str, Reply]:
    """Replies by question; equal ones, of which a wave has many, are read once."""
    found = {}
    for _, _, question, text in rows:
        if question is not None:
            if text not in read:
                read[text] = Reply.from_json(text)
            found[question] = read[text]
    return found


def dataset_of(
    questionnaire: Questionnaire, groups: Sequence[str], sheets: Sequence[Sheet]
) -> Dataset:
    """Dataset of replies, each as `survey.collection.replies.accept` returns it.

    A question that was not asked by its condition was not shown, whatever was once replied to it;
    one that was asked and left empty was shown, and nothing is selected or given. What was written
    beside an open option stands under ``question:option``.

    Parameters
    ----------
    questionnaire
        What was asked.
    groups
        Ids of the groups in order; one may have nobody.
    sheets
        Name, group and replies of each respondent; their order is kept.

    Raises
    ------
    SurveyError
        If a name stands twice, or a group, question, option or cell is not known.

    """
    dataset = Dataset(
        questionnaire=questionnaire,
        respondents=tuple(name for name, _, _ in sheets),
        groups=tuple(groups),
        group_of=_group_places(groups, sheets),
        responses={},
    )
    given = _given(questionnaire, sheets)
    responses: dict[str, Response] = {}
    for question in questionnaire.questions:
        responses.update(_responses(dataset, question, given[question.id]))
    return replace(dataset, responses=responses)


def _group_places(groups: Sequence[str], sheets: Sequence[Sheet]) -> npt.NDArray[np.intp]:
    places = {group: place for place, group in enumerate(groups)}
    for _, group, _ in sheets:
        if group not in places:
            raise SurveyError(
                "sheet_group",
                "an answer comes from the group {found}; one of {expected} is expected",
                found=group,
                expected=", ".join(groups) or "-",
            )
    return np.array([places[group] for _, group, _ in sheets], dtype=np.intp)


def _given(questionnaire: Questionnaire, sheets: Sequence[Sheet]) -> dict[str, list[Reply | None]]:
    """Replies of all respondents by question; None where it was not asked."""
    given: dict[str, list[Reply | None]] = {
        question.id: [None] * len(sheets) for question in questionnaire.questions
    }
    for row, (_, _, replies) in enumerate(sheets):
        for stray in replies.keys() - given.keys():
            questionnaire.question(stray)  # says which questions there are
        for question in asked(questionnaire, replies):
            given[question.id][row] = replies.get(question.id, _NOTHING)
    return given


def _responses(
    dataset: Dataset, question: AnyQuestion, given: Sequence[Reply | None]
) -> Iterator[tuple[str, Response]]:
    shown = np.array([reply is not None for reply in given], dtype=np.bool_)
    if isinstance(question, FreeText):
        words = tuple(reply.text or None if reply is not None else None for reply in given)
        yield question.id, Texts(question.id, words, shown)
        return
    if not isinstance(question, (SingleChoice, MultipleChoice)):
        yield question.id, _numbers(question, given, shown)
        return
    yield question.id, _choice(dataset, question, given, shown)
    for option in question.options:
        if option.open_text:
            key = f"{question.id}:{option.id}"
            words = tuple(
                reply.texts.get(option.id) if reply is not None else None for reply in given
            )
            yield key, Texts(key, words, shown)


def _choice(
    dataset: Dataset,
    question: SingleChoice | MultipleChoice,
    given: Sequence[Reply | None],
    shown: npt.NDArray[np.bool_],
) -> Answers:
    states = np.where(shown, NOT_SELECTED, NOT_SHOWN)
    cells = np.repeat(states[:, None], len(question.options), axis=1)
    chosen = [(row, option) for row, reply in enumerate(given) if reply for option in reply.chosen]
    cells[_at(question, chosen)] = SELECTED
    return Answers(
        question.id,
        question.option_ids,
        dataset.groups,
        cells,
        dataset.group_of,
        respondents=dataset.respondents,
        single=isinstance(question, SingleChoice),
    )


def _numbers(
    question: AnyQuestion, given: Sequence[Reply | None], shown: npt.NDArray[np.bool_]
) -> Numbers:
    columns = question.columns
    values = np.full((len(given), len(columns)), np.nan)
    cells = [
        (row, cell, value)
        for row, reply in enumerate(given)
        if reply
        for cell, value in reply.cells.items()
    ]
    values[_at(question, [(row, cell) for row, cell, _ in cells])] = [value for *_, value in cells]
    return Numbers(question.id, columns, values, np.repeat(shown[:, None], len(columns), axis=1))


def _at(
    question: AnyQuestion, cells: Sequence[tuple[int, str]]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows and columns of cells that are named."""
    places = {column: place for place, column in enumerate(question.columns)}
    try:
        found = [places[cell] for _, cell in cells]
    except KeyError as error:
        raise SurveyError(
            "sheet_cell",
            "an answer to question {question} is at {found}, which the questionnaire does not "
            "have; one of {expected} is expected",
            question=question.id,
            found=error.args[0],
            expected=", ".join(places),
        ) from None
    rows = np.array([row for row, _ in cells], dtype=np.intp)
    return rows, np.array(found, dtype=np.intp)
