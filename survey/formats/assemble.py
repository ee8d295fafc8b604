"""Raw questions of a file to a `Dataset`, by the questionnaire that was given or an inferred one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey.dataset import NO_GROUP, Dataset, Remark, remark
from survey.errors import SurveyError
from survey.formats.base import Request
from survey.formats.fill import fill
from survey.formats.filling import Filling
from survey.formats.infer import both, infer_questions
from survey.formats.names import bare, examples, ids_of, question_for
from survey.formats.raw import Column, Joined, Raw, Ticks
from survey.frames import DistinctNames
from survey.questionnaire import FORMAT_VERSION, Questionnaire
from survey.questions import AnyQuestion


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Who answered, as the file tells.

    Attributes
    ----------
    count : int
    names : sequence of str or None
        Distinct; None or not distinct: numbers from 1 are given instead, and a remark says so.
    group : sequence of str or None
        Cells of the column of groups.
    seconds : array or None
        NaN where not known.
    submitted : bool array or None
    """

    count: int
    names: Sequence[str] | None = None
    group: Sequence[str] | None = None
    seconds: npt.NDArray[np.float64] | None = None
    submitted: npt.NDArray[np.bool_] | None = None


def assemble(
    raws: Sequence[Raw],
    people: People,
    request: Request,
    *,
    source: str,
    title: str,
    remarks: Sequence[Remark] = (),
) -> Dataset:
    """Wave of answers made of raw questions.

    Parameters
    ----------
    raws
        In the order of the file.
    people
        Who answered.
    request
        Its questionnaire, names of groups and lists of options are used.
    source
        Name of the format.
    title
        Of an inferred questionnaire: the name of the file.
    remarks
        What the reader had to say.

    """
    if not people.count:
        raise SurveyError(
            "file_no_answers",
            "the file {file} holds no answers; at least one row below the headings is expected",
            file=title,
        )
    told = list(remarks)
    groups, group_of = group_places(people.group, people.count, request.group_names, told)
    filling = Filling(groups, group_of, _names(people, told))
    if request.questionnaire is None:
        pairs, assumed = infer_questions(raws, request.options)
        told += assumed
        questionnaire = _inferred(title, [question for question, _ in pairs], told)
    else:
        questionnaire = request.questionnaire
        pairs = match_questions(questionnaire, raws, told)
    for question, raw in pairs:
        if not fill(filling, question, raw):
            told.append(
                remark(
                    "question_form",
                    "the columns of question {question} in the file do not fit its kind, {kind}; "
                    "they are left out",
                    grave=True,
                    question=question.id,
                    kind=question.kind,
                )
            )
    return Dataset(
        questionnaire=questionnaire,
        respondents=filling.respondents,
        groups=groups,
        group_of=group_of,
        responses=filling.responses,
        seconds=people.seconds,
        submitted=people.submitted,
        source=source,
        remarks=(*told, *filling.remarks),
    )


def lost_state(raws: Sequence[Raw], ticks: int = 0) -> list[Remark]:
    """What to say where the format does not tell a question not shown from one left empty.

    `ticks` counts the choices with a column for each option of which this is so.
    """
    count = ticks
    for raw in raws:
        if isinstance(raw, Ticks) or not raw.shown.all():
            continue
        columns = [raw.cells] if isinstance(raw, (Column, Joined)) else raw.cells
        count += any(not cell.strip() for cells in columns for cell in cells)
    if not count:
        return []
    return [
        remark(
            "not_shown_lost",
            "the file does not tell what was not shown from what was left empty: in {count} "
            "questions empty cells are read as shown and not answered",
            grave=True,
            count=count,
        )
    ]


def match_questions(
    questionnaire: Questionnaire, raws: Sequence[Raw], told: list[Remark]
) -> list[tuple[AnyQuestion, Raw]]:
    """Questions with their columns: by id, then by the text in either language."""
    order = {question.id: place for place, question in enumerate(questionnaire.questions)}
    found: dict[int, Raw] = {}
    passed, repeated = [], []
    for raw in raws:
        question = question_for(questionnaire, raw.name, raw.text)
        place = -1 if question is None else order[question.id]
        if place < 0:
            passed.append(raw.text or raw.name)
        elif place in found:
            repeated.append(raw.text or raw.name)
        else:
            found[place] = raw
    if passed:
        told.append(
            remark(
                "columns_passed",
                "{count} questions of the file are not in the questionnaire and are passed over: "
                "{found}",
                count=len(passed),
                found=examples(passed),
            )
        )
    if repeated:
        told.append(
            remark(
                "columns_repeated",
                "{count} questions stand in the file more than once; the first columns were taken: "
                "{found}",
                grave=True,
                count=len(repeated),
                found=examples(repeated),
            )
        )
    absent = [q.id for k, q in enumerate(questionnaire.questions) if k not in found]
    if absent:
        told.append(
            remark(
                "questions_absent",
                "the file has no answers to {count} questions of the questionnaire: {found}",
                grave=True,
                count=len(absent),
                found=", ".join(absent),
            )
        )
    if not found:
        raise SurveyError(
            "questions_unmatched",
            "no column of the file is a question of the questionnaire {questionnaire}; "
            "headings such as {expected} are expected, and the file has {found}",
            questionnaire=questionnaire.id,
            expected=", ".join(q.id for q in questionnaire.questions[:3]),
            found=examples(passed) or "-",
        )
    return [(questionnaire.questions[place], found[place]) for place in sorted(found)]


def group_places(
    cells: Sequence[str] | None, count: int, names: Mapping[str, str], told: list[Remark]
) -> tuple[tuple[str, ...], npt.NDArray[np.intp]]:
    """Groups in order of appearance and the place of each respondent's; those without form `all`."""
    if cells is None:
        return (NO_GROUP,), np.zeros(count, dtype=np.intp)
    known = {bare(key): name for key, name in names.items()}
    labels = [known.get(bare(cell), cell.strip()) for cell in cells]
    nameless = sum(not label for label in labels)
    if nameless:
        told.append(
            remark(
                "group_missing",
                "{count} respondents have no group; they form the group {group}",
                grave=True,
                count=nameless,
                group=NO_GROUP,
            )
        )
    labels = [label or NO_GROUP for label in labels]
    groups = tuple(dict.fromkeys(labels))
    places = {group: place for place, group in enumerate(groups)}
    return groups, np.array([places[label] for label in labels], dtype=np.intp)


def _names(people: People, told: list[Remark]) -> tuple[str, ...]:
    numbers = DistinctNames(map(str, range(1, people.count + 1)))
    if people.names is None:
        return numbers
    names = tuple(name.strip() for name in people.names)
    if all(names) and len(set(names)) == len(names):
        return names
    told.append(
        remark(
            "names_repeated",
            "the names of the respondents in the file are not distinct, or some are empty; "
            "they are numbered instead",
            grave=True,
        )
    )
    return numbers


def _inferred(title: str, questions: Sequence[AnyQuestion], told: list[Remark]) -> Questionnaire:
    if not questions:
        raise SurveyError(
            "file_no_questions",
            "the file {file} holds no questions; a column of answers is expected",
            file=title,
        )
    told.append(
        remark(
            "questionnaire_inferred",
            "no questionnaire was given: {count} questions were inferred from the file, and both "
            "languages hold the text found there",
            count=len(questions),
        )
    )
    return Questionnaire(
        id=ids_of([title], "file")[0],
        format_version=FORMAT_VERSION,
        title=both(title, "file"),
        questions=tuple(questions),
    )
