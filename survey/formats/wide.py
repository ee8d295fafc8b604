"""Konsilium's own wide table: a row for each respondent, a column for each cell; out and in.

Headings: ``respondent``, ``group``, ``seconds`` and ``submitted`` where there is something to say,
then ``question:cell``. A choice has 1 (selected), 0 (shown, not selected) and nothing (not shown).
Numbers and texts have nothing where nothing was given; where a cell was not shown to somebody, a
column ``question:cell#shown`` of 1 and 0 stands beside it. A question of one cell has the heading
``question``; what was written beside an open option has ``question:option#text``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey.answers import NOT_SHOWN, Answers
from survey.dataset import Dataset, Response
from survey.errors import SurveyError
from survey.responses import Numbers, Texts

FloatArray = npt.NDArray[np.float64]
RESPONDENT, GROUP, SECONDS, SUBMITTED = "respondent", "group", "seconds", "submitted"
PERSON = (RESPONDENT, GROUP, SECONDS, SUBMITTED)
SHOWN, TEXT = "#shown", "#text"


@dataclass(frozen=True, slots=True, eq=False)
class WideColumn:
    """One column of the table.

    Attributes
    ----------
    heading : str
    role : str
        ``person``, ``choice``, ``number``, ``text`` or ``shown``.
    question, cell : str
        Empty for what is known of the person.
    cells : float array (NaN is nothing), or sequence of str or None
    """

    heading: str
    role: str
    question: str
    cell: str
    cells: FloatArray | Sequence[str | None]


def wide_columns(dataset: Dataset) -> list[WideColumn]:
    """Every column of the table, in the order of the questionnaire."""
    _check_cells(dataset)
    columns = [
        WideColumn(RESPONDENT, "person", "", "", dataset.respondents),
        WideColumn(GROUP, "person", "", "", [dataset.groups[k] for k in dataset.group_of]),
    ]
    if dataset.seconds is not None:
        columns.append(WideColumn(SECONDS, "person", "", "", np.asarray(dataset.seconds)))
    if dataset.submitted is not None and not dataset.submitted.all():
        done = dataset.submitted.astype(np.float64)
        columns.append(WideColumn(SUBMITTED, "person", "", "", done))
    order = {q.id: k for k, q in enumerate(dataset.questionnaire.questions)}
    keys = sorted(dataset.responses, key=lambda key: order[key.partition(":")[0]])
    for key in keys:
        columns += _columns(key, dataset.responses[key])
    return columns


def _columns(key: str, response: Response) -> Iterator[WideColumn]:
    question, _, option = key.partition(":")
    match response:
        case Answers():
            for k, cell in enumerate(response.options):
                states = response.cells[:, k]
                values = np.where(states == NOT_SHOWN, np.nan, states.astype(np.float64))
                yield WideColumn(f"{question}:{cell}", "choice", question, cell, values)
        case Numbers():
            for k, cell in enumerate(response.columns):
                heading = question if cell == question else f"{question}:{cell}"
                yield WideColumn(heading, "number", question, cell, response.values[:, k])
                yield from _shown(heading, question, cell, response.shown[:, k])
        case Texts():
            heading = f"{question}:{option}{TEXT}" if option else question
            # A text of no characters is nothing written.
            words = [text or None for text in response.values]
            yield WideColumn(heading, "text", question, option, words)
            yield from _shown(heading, question, option, response.shown)


def _shown(
    heading: str, question: str, cell: str, shown: npt.NDArray[np.bool_]
) -> Iterator[WideColumn]:
    if not shown.all():
        yield WideColumn(f"{heading}{SHOWN}", "shown", question, cell, shown.astype(np.float64))


def headings_of(question: str, columns: Sequence[str], *, choice: bool) -> list[str]:
    """Every heading that a question may have, fixed in order."""
    made = []
    for cell in columns:
        heading = question if cell == question and not choice else f"{question}:{cell}"
        made += [heading, f"{heading}{SHOWN}"]
        if choice:
            made += [f"{heading}{TEXT}", f"{heading}{TEXT}{SHOWN}"]
    return made


def _check_cells(dataset: Dataset) -> None:
    """What the questionnaire does not have could not be read back."""
    for key, response in dataset.responses.items():
        question, _, option = key.partition(":")
        known = dataset.questionnaire.question(question).columns
        match response:
            case Answers():
                used: Sequence[str] = response.options
            case Numbers():
                used = response.columns
            case Texts():
                used = (option,) if option else ()
        for cell in used:
            if cell not in known:
                raise SurveyError(
                    "cell_unknown",
                    "question {question} has answers at {found}, which the questionnaire does not "
                    "have; one of {expected} is expected",
                    question=question,
                    found=cell,
                    expected=", ".join(known),
                )


def number_text(value: float) -> str:
    """The shortest text that gives the same number back; nothing for NaN."""
    if np.isnan(value):
        return ""
    return (
        str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
    )


def group_order(
    cells: Sequence[str], names: Mapping[str, str], known: Sequence[str] = ()
) -> tuple[tuple[str, ...], npt.NDArray[np.intp]]:
    """Groups in the order known, then of the analyst's names, then of appearance."""
    labels = [names.get(cell, cell) for cell in cells]
    groups = tuple(dict.fromkeys([*known, *names.values(), *labels]))
    places = {group: k for k, group in enumerate(groups)}
    return groups, np.array([places[label] for label in labels], dtype=np.intp)
