"""Numbers that can stand in the cells of a question."""

from __future__ import annotations

import math
from collections.abc import Mapping

from survey.errors import SurveyError
from survey.questions import (
    AnyQuestion,
    BestWorst,
    Grid,
    Pairwise,
    Points,
    Quantity,
    Ranking,
    Rating,
)

# Saaty's scale, both ways.
RATIOS = (*(1 / k for k in range(9, 1, -1)), *(float(k) for k in range(1, 10)))
# A ratio that went through a text with six decimals is still the same.
_NEAR = 1e-6
SHOWN = 40  # characters of a wrong name that a sentence can carry


def stored_cells(question: AnyQuestion, given: Mapping[str, float]) -> dict[str, float]:
    """Cells as they are stored, in the question's order; what can be no answer is refused."""
    columns = question.columns
    known = frozenset(columns)
    for cell in given:
        if cell not in known:
            raise unknown(question, cell)
    cells = {c: _number(question, c, given[c]) for c in columns if c in given}
    match question:
        case Ranking():
            _ranks_once(question, cells)
        case BestWorst():
            _fill_twin(question, cells)
    return cells


def _number(question: AnyQuestion, cell: str, value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise SurveyError(
            "cell_not_number",
            "{found} stands at {cell} of question {question}; a number is expected",
            found=ascii(value)[:SHOWN],
            cell=cell,
            question=question.id,
        )
    value = float(value) + 0.0  # no minus zero
    match question:
        case Rating() | Grid():
            _within(question, cell, value, question.scale.low, question.scale.high, whole=True)
        case Ranking():
            _within(question, cell, value, 1, places_of(question), whole=True)
        case Points():
            _within(question, cell, value, 0, question.total)
        case BestWorst():
            _within(question, cell, value, 1, 9, whole=True)
        case Quantity():
            _within(question, cell, value, question.low, question.high, whole=question.whole)
        case Pairwise():
            return _ratio(question, cell, value)
    return value


def places_of(question: Ranking) -> int:
    """How many options are put in order."""
    return min(question.most or len(question.options), len(question.options))


def _within(
    question: AnyQuestion,
    cell: str,
    value: float,
    low: float | None,
    high: float | None,
    *,
    whole: bool = False,
) -> None:
    fields = {"found": _figure(value), "cell": cell, "question": question.id}
    if whole and not value.is_integer():
        raise SurveyError(
            "cell_not_whole",
            "{found} is not a whole number; a whole number is expected.",
            **fields,
        )
    if low is not None and value < low:
        raise SurveyError(
            "cell_below",
            "{found} is too small; {low} or more is expected.",
            low=low,
            **fields,
        )
    if high is not None and value > high:
        raise SurveyError(
            "cell_above",
            "{found} is too large; {high} or less is expected.",
            high=high,
            **fields,
        )


def _figure(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _ratio(question: Pairwise, cell: str, value: float) -> float:
    nearest = min(RATIOS, key=lambda ratio: abs(ratio - value))
    if abs(nearest - value) > _NEAR:
        raise SurveyError(
            "cell_not_ratio",
            "{found} stands at {cell} of question {question}; one of 1/9 to 1/2 or a whole number "
            "from 1 to 9 is expected",
            found=_figure(value),
            cell=cell,
            question=question.id,
        )
    return nearest


def _ranks_once(question: Ranking, cells: Mapping[str, float]) -> None:
    holder: dict[float, str] = {}
    for cell, rank in cells.items():
        if rank in holder:
            raise SurveyError(
                "rank_twice",
                "Place {rank} is given to two options; each place once is expected.",
                rank=_figure(rank),
                question=question.id,
                first=holder[rank],
                second=cell,
            )
        holder[rank] = cell


def _fill_twin(question: BestWorst, cells: dict[str, float]) -> None:
    best, worst = named(question, cells)
    if best is None or worst is None:
        return
    twins = (f"best:{worst}", f"{best}:worst")
    given = [cells[cell] for cell in twins if cell in cells]
    if len(given) == 1:
        cells.update(dict.fromkeys(twins, given[0]))
        for cell in question.columns:
            if cell in cells:
                cells[cell] = cells.pop(cell)


def named(question: BestWorst, cells: Mapping[str, float]) -> tuple[str | None, str | None]:
    """Which options are named as the best and as the worst; None where none is.

    Raises
    ------
    SurveyError
        If two are, or if both are the same.

    """
    best = [o for o in question.option_ids if cells.get(f"best:{o}") == 1]
    worst = [o for o in question.option_ids if cells.get(f"{o}:worst") == 1]
    for found in (best, worst):
        if len(found) > 1:
            raise SurveyError(
                "best_worst_two",
                "1 is given to two options; it is expected only of the best, or the worst, "
                "compared with itself.",
                question=question.id,
                first=found[0],
                second=found[1],
            )
    if best and best == worst:
        raise SurveyError(
            "best_worst_same",
            "One option is named as the best and as the worst; two different ones are expected.",
            option=best[0],
            question=question.id,
        )
    return (best[0] if best else None), (worst[0] if worst else None)


def unknown(question: AnyQuestion, found: object) -> SurveyError:
    """Make the error for an option or cell that the question does not have."""
    return SurveyError(
        "reply_unknown",
        "question {question} does not have {found}, which was answered; one of {expected} is "
        "expected",
        question=question.id,
        found=ascii(found)[:SHOWN],
        expected=", ".join(question.columns),
    )
