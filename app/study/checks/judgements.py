"""Points, orders, ratings and comparisons against the questionnaire."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from app.study import formats
from app.study.draft import Draft, ids
from app.study.faults import Message, literal, message, one_of
from app.study.judgements import individual_of, is_judged, weighs
from survey import Rating, SurveyError
from survey.cell_values import stored_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.study.tables import Row, Table
    from survey import AnyQuestion, Sums

_Given = dict[str, tuple["Row", float]]


def judged_questions(draft: Draft) -> dict[str, AnyQuestion]:
    """Questions from whose answers, though they are no choices, weights or scores follow."""
    asked = draft.questionnaire.questions if draft.questionnaire else ()
    return {question.id: question for question in asked if is_judged(question)}


def below_zero(draft: Draft) -> dict[str, tuple[Message, Message]]:
    """Questions rated from below 0, and for each what is found and what is expected."""
    asked = draft.questionnaire.questions if draft.questionnaire else ()
    return {
        question.id: (
            message(
                "the question {question}, rated from {low}",
                question=question.id,
                low=question.scale.low,
            ),
            message("a scale from 0 or above, for weights to follow"),
        )
        for question in asked
        if isinstance(question, Rating) and not weighs(question)
    }


def check_judgements(draft: Draft) -> Table:
    """Read the judgements and check each cell, then what a respondent's cells say together."""
    table = draft.read(formats.JUDGEMENTS)
    draft.refer(table, "group", draft.settings.experts)
    if draft.questionnaire is None:
        return table
    questions = judged_questions(draft)
    below = below_zero(draft)
    draft.refer(table, "question", (*questions, *below))
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
    _check_scales(draft, table, below)
    _check_needed(draft, table, questions)
    return table


def _check_cells(draft: Draft, table: Table, question: AnyQuestion, cells: _Given) -> None:
    try:
        stored_cells(question, {cell: value for cell, (_, value) in cells.items()})
    except SurveyError:
        pass
    else:
        return
    # Each with those before it that may stand, so that the fault is in the row that brings it.
    sound: dict[str, float] = {}
    for cell, (row, value) in cells.items():
        try:
            stored_cells(question, sound | {cell: value})
        except SurveyError as error:
            draft.error(table.file, row, "value", error)
        else:
            sound[cell] = value


def _check_scales(draft: Draft, table: Table, below: Mapping[str, Sequence[Message]]) -> None:
    """Ratings below 0 are no weights; a block that rests on them has a fault of its own."""
    rested_on = {block.question for block in draft.settings.blocks}
    for question in table.names("question"):
        if question in below and question not in rested_on:
            draft.add(table.file, None, "question", *below[question])


def _check_needed(draft: Draft, table: Table, questions: dict[str, AnyQuestion]) -> None:
    """Every question that a block rests on has answers from which weights follow."""
    if not table.sound or ids(table, "question") is None:
        return
    assert draft.questionnaire is not None
    needed = {
        block.question: position
        for position, block in enumerate(draft.settings.blocks, start=1)
        if block.question in questions and weighs(questions[block.question])
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
        elif not faulty:
            _check_heard(draft, table, found[question].to_sums())


def _check_heard(draft: Draft, table: Table, sums: Sums) -> None:
    """A group of which nobody is heard has no weights that could be drawn."""
    heard = sums.asked[0]
    if not heard.any():
        draft.add(
            table.file,
            None,
            "question",
            message(
                "nobody's answers to the question {question} are enough for weights",
                question=sums.question,
            ),
            message("those of one expert at least"),
        )
        return
    for group, count in zip(sums.groups, heard, strict=True):
        if not count:
            draft.add(
                table.file,
                None,
                "group",
                message(
                    "nobody's answers in group {group} to the question {question} are enough for "
                    "weights",
                    group=group,
                    question=sums.question,
                ),
                message("those of one expert of each group at least"),
            )
