"""The analytic hierarchy process: one matrix of pairwise comparisons."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from survey.elicitation.inputs import choice, names, square_rows
from survey.elicitation.pairwise import (
    check_connected,
    checked_matrix,
    complete,
    log_least_squares,
    principal,
    worst_triad,
)
from survey.elicitation.random_index import RANDOM_INDICES, random_index, share_left
from survey.elicitation.registry import Judgements, Parameter, register
from survey.elicitation.result import Consistency, FloatArray, Outcome, Steps, message

_EIGENVECTOR, _GEOMETRIC, _COLUMNS = (
    "principal eigenvector",
    "row geometric mean",
    "mean of normalised columns",
)
_LIMIT = 0.1  # Saaty (1980)
# Aguaron, Moreno-Jimenez (2003): where the geometric consistency index answers to a ratio of 0.1.
_GEOMETRIC_LIMITS = {3: 0.1573, 4: 0.3526}
_GEOMETRIC_LIMIT_ABOVE = 0.370


def _eigenvector(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    whole = complete(matrix)
    return whole, principal(whole)[1]


def _geometric(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    weights = log_least_squares(matrix)
    return np.where(np.isnan(matrix), weights[:, None] / weights, matrix), weights


def _columns(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    whole = complete(matrix)
    return whole, (whole / whole.sum(axis=0)).mean(axis=1)


_PRIORITIES: dict[str, tuple[str, Callable[[FloatArray], tuple[FloatArray, FloatArray]]]] = {
    "eigenvector": (_EIGENVECTOR, _eigenvector),
    "geometric-mean": (_GEOMETRIC, _geometric),
    "column-mean": (_COLUMNS, _columns),
}


@register(
    "ahp",
    title="AHP",
    variants=(_EIGENVECTOR, _GEOMETRIC, _COLUMNS),
    reference="Saaty (1980); Crawford and Williams (1985); Bozoki, Fulop and Ronyai (2010)",
    degenerate="one or two criteria cannot contradict each other: consistency ratio 0; "
    "judgements that only chain the criteria leave nothing to contradict them either",
    parameters=(
        Parameter(
            "matrix",
            "how many times more important the row is than the column; null where nobody judged",
            required=True,
        ),
        Parameter(
            "priorities", "one of eigenvector, geometric-mean, column-mean", default="eigenvector"
        ),
        Parameter(
            "random_index",
            "one of saaty, donegan-dodd, alonso-lamata; beyond its table alonso-lamata",
            default="saaty",
        ),
    ),
)
def ahp(given: Judgements, steps: Steps) -> Outcome:
    """Priorities of a reciprocal matrix, gaps filled so that they add no contradiction."""
    variant, priorities = _PRIORITIES[choice(given, "priorities", list(_PRIORITIES))]
    source = choice(given, "random_index", list(RANDOM_INDICES))
    rows = square_rows(given.params["matrix"], "matrix")
    labels = names(given, len(rows))
    judged = checked_matrix(rows, labels)
    check_connected(judged, labels)
    whole, weights = priorities(judged)
    n, gaps = len(judged), int(np.isnan(judged).sum()) // 2
    if gaps:
        steps["completed_matrix"], steps["gaps"] = whole, gaps
    steps["lambda_max"] = max(principal(whole)[0], float(n))
    steps["consistency_index"] = (steps["lambda_max"] - n) / (n - 1) if n > 1 else 0.0
    ratio, used = _ratio(steps, n, gaps, source)
    steps["worst_triad"], cause = worst_triad(judged, labels)
    if variant == _GEOMETRIC and n > 2 and not gaps:
        steps["geometric_consistency_index"] = _geometric_index(whole, weights)
        measure = message(
            "Geometric consistency index (Aguaron and Moreno-Jimenez, 2003)",
        )
        limit = _GEOMETRIC_LIMITS.get(n, _GEOMETRIC_LIMIT_ABOVE)
        consistency = Consistency(measure, steps["geometric_consistency_index"], limit, cause)
    else:
        consistency = Consistency(RANDOM_INDICES[used], ratio, _LIMIT, cause)
    return Outcome(labels, weights, variant, consistency)


def _ratio(steps: Steps, n: int, gaps: int, source: str) -> tuple[float, str]:
    """Consistency ratio by the index asked for; by every other one beside it."""
    index = steps["consistency_index"]
    ratios, used = {}, source
    for name in RANDOM_INDICES:
        value, taken = random_index(name, n)
        value *= share_left(n, gaps)
        # Nothing to contradict: the index is 0 but for rounding.
        ratio = index / value if value > 1e-9 else 0.0
        ratios[name] = ratio if ratio > 1e-12 else 0.0
        if name == source:
            used = taken
            steps["random_index"], steps["random_index_by"] = value, taken
    steps["consistency_ratio"], steps["consistency_ratios"] = ratios[source], ratios
    return ratios[source], used


def _geometric_index(matrix: FloatArray, weights: FloatArray) -> float:
    n = len(matrix)
    errors = np.log(matrix * weights / weights[:, None])
    return float((np.triu(errors, 1) ** 2).sum() * 2 / ((n - 1) * (n - 2)))
