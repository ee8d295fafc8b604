"""Points, orders, ratings and comparisons of each respondent as that respondent's own weights."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from survey.cell_values import named, places_of, stored_cells
from survey.elicitation import Consistency, Judgements, elicit
from survey.elicitation.bwm import comparisons, linear_weights
from survey.elicitation.bwm_consistency import input_consistency
from survey.errors import SurveyError
from survey.individual import BoolArray, FloatArray, IndividualPriorities
from survey.questions import AnyQuestion, BestWorst, Pairwise, Points, Ranking, Rating

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.responses import Numbers

Weighing = Rating | Ranking | Points | Pairwise | BestWorst
# Kinds of question from whose answers weights of the options follow.
WEIGHING: Final = (Rating, Ranking, Points, Pairwise, BestWorst)
# Weights and their consistency by the number of the row, for the rows that are enough.
_Found = dict[int, tuple[FloatArray, Consistency | None]]


def individual_priorities(
    question: AnyQuestion,
    answers: Numbers,
    groups: Sequence[str],
    group_of: npt.ArrayLike,
    *,
    respondents: Sequence[str] | None = None,
) -> IndividualPriorities:
    """Weights that each respondent's answers to one question come to.

    - points: shares of the points given; none given to an option are 0
    - rating: shares of the sum of the ratings (direct rating), for those who rated every option
    - ranking: rank-order centroids, for those who gave every place asked for; options left
      without a place share the places that remain
    - pairwise: principal eigenvector, missing pairs completed where the others connect all options
    - best_worst: linear best-worst method, for those who compared every option

    Whoever's answers are not enough has no weights.

    Parameters
    ----------
    question
        Of one of these kinds.
    answers
        What was given to it.
    groups, group_of, respondents
        As in `IndividualPriorities`.

    Raises
    ------
    SurveyError
        Another kind of question, or a scale that goes below 0.

    References
    ----------
    Bottomley, Doyle (2001), Omega 29, 553-560 (points, direct rating); Barron, Barrett (1996),
    Manage. Sci. 42, 1515-1523; Saaty (1980); Bozoki, Fulop, Ronyai (2010), Math. Comput. Model. 52,
    318-333; Rezaei (2016), Omega 64, 126-130.

    """
    if not isinstance(question, WEIGHING):
        raise SurveyError(
            "question_weighs_nothing",
            "question {question} is of the kind {found}; points, rating, ranking, pairwise or "
            "best_worst is expected, from which weights follow",
            question=question.id,
            found=question.kind,
        )
    contradictory = None
    if isinstance(question, (Points, Rating)):
        weights = _shares(question, answers.values)
    else:
        weights, contradictory = _elicited(question, answers.values)
    return IndividualPriorities(
        question.id,
        question.option_ids,
        groups,
        weights,
        group_of,
        kind=question.kind,
        respondents=respondents,
        contradictory=None if isinstance(question, Ranking) else contradictory,
    )


def _shares(question: Points | Rating, values: FloatArray) -> FloatArray:
    if isinstance(question, Rating) and question.scale.low < 0:
        raise SurveyError(
            "scale_below_zero",
            "question {question} is rated from {low}; a scale from 0 or above is expected, "
            "for weights to follow",
            question=question.id,
            low=question.scale.low,
        )
    given = values
    if isinstance(question, Points):
        some = ~np.isnan(values).all(axis=1, keepdims=True)
        given = np.where(np.isnan(values) & some, 0.0, values)
    total = given.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(given, total, out=np.full_like(given, np.nan), where=total > 0))


def _elicited(
    question: Ranking | Pairwise | BestWorst, values: FloatArray
) -> tuple[FloatArray, BoolArray]:
    """Weights and contradictions, each distinct row once: many experts answer alike."""
    # No answer is below 0.
    rows, which = np.unique(np.nan_to_num(values, nan=-1.0), axis=0, return_inverse=True)
    cells = [
        {c: float(v) for c, v in zip(question.columns, row, strict=True) if v >= 0} for row in rows
    ]
    follow = (
        _best_worst(question, cells) if isinstance(question, BestWorst) else _each(question, cells)
    )
    weights = np.full((len(rows), len(question.options)), np.nan)
    contradictory = np.zeros(len(rows), dtype=np.bool_)
    for k, (found, consistency) in follow.items():
        weights[k] = found
        contradictory[k] = consistency is not None and consistency.acceptable is False
    which = which.ravel()
    return weights[which], contradictory[which]


def _each(question: Ranking | Pairwise, rows: Sequence[Mapping[str, float]]) -> _Found:
    """Weights by the method of the question, of those rows that are enough for it."""
    found: _Found = {}
    for k, cells in enumerate(rows):
        judged = _judgements(question, cells)
        if judged is None:
            continue
        with contextlib.suppress(SurveyError):  # comparisons that leave some options unconnected
            one = elicit(*judged, labels=question.option_ids)
            found[k] = one.weights, one.consistency
    return found


def _judgements(
    question: Ranking | Pairwise, cells: Mapping[str, float]
) -> tuple[str, dict[str, Any]] | None:
    """Method and its parameters; None where the answers are not enough."""
    ids = question.option_ids
    if isinstance(question, Pairwise):
        return ("ahp", {"matrix": _matrix(ids, cells)}) if cells else None
    most = places_of(question)
    if len(cells) < most:
        return None
    return "roc", {"ranks": [cells.get(o, most + 1.0) for o in ids]}


def _best_worst(question: BestWorst, rows: Sequence[Mapping[str, float]]) -> _Found:
    """Weights of those who compared every option, all at once."""
    ids = question.option_ids
    asked = {}
    for k, cells in enumerate(rows):
        with contextlib.suppress(SurveyError):  # two are named as the best, or the same as both
            given = stored_cells(question, cells)  # the best against the worst stands twice
            if len(given) == len(question.columns) and None not in named(question, given):
                vectors = {
                    "best_to_others": [given[f"best:{o}"] for o in ids],
                    "others_to_worst": [given[f"{o}:worst"] for o in ids],
                }
                asked[k] = comparisons(Judgements("bwm", vectors, ids))
    if not asked:
        return {}
    weights, _ = linear_weights(list(asked.values()))
    return {
        k: (
            found,
            input_consistency(
                ids, one.best_to_others, one.others_to_worst, (one.best, one.worst), {}
            ),
        )
        for (k, one), found in zip(asked.items(), weights, strict=True)
    }


def _matrix(ids: Sequence[str], cells: Mapping[str, float]) -> list[list[float | None]]:
    matrix: list[list[float | None]] = [[1.0 if a == b else None for b in ids] for a in ids]
    for k, first in enumerate(ids):
        for j, second in enumerate(ids):
            ratio = cells.get(f"{first}:{second}")
            if ratio is not None:
                matrix[k][j], matrix[j][k] = ratio, 1 / ratio
    return matrix
