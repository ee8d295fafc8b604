"""Points, orders, ratings and comparisons against the questionnaire."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from app.study import formats
from app.study.draft import Draft, ids
from app.study.faults import literal, message, one_of
from app.study.judgements import individual_of, weighs
from survey import SurveyError
from survey.cell_values import stored_cells

if TYPE_CHECKING:
    from app.study.tables import Row, Table
    from survey import AnyQuestion

_Given = dict[str, tuple["Row", float]]


def judged_questions(draft: Draft) -> dict[str, AnyQuestion]:
    """Questions from whose answers, though they are no choices, weights follow."""
    asked = draft.questionnaire.questions if draft.questionnaire else ()
    return {question.id: question for question in asked if weighs(question)}


def check_judgements(draft: Draft) -> Table:
    """Read the judgements and check each cell, then what a respondent's cells say together."""
    table = draft.read(formats.JUDGEMENTS)
    draft.refer(table, "group", draft.settings.experts)
    if draft.questionnaire is None:
        return table
    questions = judged_questions(draft)
    draft.refer(table, "question", questions)
    given: dict[tuple[str, str], _Given] = defaultdict(dict)
    for row in table:
        person, asked, cell = (row.known(c) for c in ("respondent", "question", "cell"))
        if asked not in questions or person is None or cell is None:
            continue
        columns = questions[asked].columns
        if cell not in columns:
            draft.add(table.file, row, "cell", literal(cell), one_of(cell, columns))
            continue
        value = row.figure("value")
        if value is not None:
            given[person, asked][cell] = row, float(value)
    for (_, asked), cells in given.items():
        _check_cells(draft, table, questions[asked], cells)
    _check_needed(draft, table, questions)
    return table


def _check_cells(draft: Draft, table: Table, question: AnyQuestion, cells: _Given) -> None:
    sound = True
    for cell, (row, value) in cells.items():
        try:
            stored_cells(question, {cell: value})
        except SurveyError as error:
            sound = False
            draft.error(table.file, row, "value", error)
    if not sound:
        return
    try:
        stored_cells(question, {cell: value for cell, (_, value) in cells.items()})
    except SurveyError as error:
        last = list(cells.values())[-1][0]
        draft.error(table.file, last, "value", error)


def _check_needed(draft: Draft, table: Table, questions: dict[str, AnyQuestion]) -> None:
    """Every question that a block rests on has answers from which weights follow."""
    if not table.sound or ids(table, "question") is None:
        return
    assert draft.questionnaire is not None
    needed = {
        block.question: position
        for position, block in enumerate(draft.settings.blocks, start=1)
        if block.question in questions
    }
    faulty = any(fault.file == table.file for fault in draft.faults)
    found = (
        {}
        if faulty
        else individual_of(draft.questionnaire, list(draft.settings.experts), table.frame())
    )
    for question, position in needed.items():
        if question not in table.names("question"):
            draft.add(
                table.file,
                None,
                "question",
                message("no answers to the question {question}", question=question),
                message("some, for block {block} rests on it", block=position),
            )
        elif not faulty and not found[question].given.any():
            draft.add(
                table.file,
                None,
                "question",
                message(
                    "nobody's answers to the question {question} are enough for weights",
                    question=question,
                ),
                message("those of one expert at least"),
            )
