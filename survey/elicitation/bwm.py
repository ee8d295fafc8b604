"""The best-worst method: the best against all, all against the worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag

from survey.elicitation.bwm_consistency import consistency_index, input_consistency
from survey.elicitation.inputs import numbers
from survey.elicitation.registry import Judgements, Parameter, register
from survey.elicitation.result import FloatArray, Outcome, Steps
from survey.errors import SurveyError

_SCALE = (1.0, 9.0)
_PARAMETERS = (
    Parameter(
        "best_to_others",
        "how many times more important the best criterion is than each, from 1 to 9; 1 marks the best",
        required=True,
    ),
    Parameter(
        "others_to_worst",
        "how many times more important each criterion is than the worst, from 1 to 9; 1 marks the worst",
        required=True,
    ),
)
_DEGENERATE = "of several criteria marked as best or as worst the first counts as it"


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Both vectors, and which criteria are best and worst."""

    labels: tuple[str, ...]
    best_to_others: FloatArray
    others_to_worst: FloatArray
    best: int
    worst: int

    @property
    def best_to_worst(self) -> float:
        """How many times more important the best is than the worst."""
        return float(self.best_to_others[self.worst])


_LINEAR = "linear model: least largest deviation of weights"


@register(
    "bwm",
    title="Best-worst method, linear",
    variants=(_LINEAR,),
    reference="Rezaei (2016)",
    degenerate=_DEGENERATE,
    parameters=_PARAMETERS,
)
def linear(given: Judgements, steps: Steps) -> Outcome:
    """Least xi with |w_B - a_Bj w_j| <= xi and |w_j - a_jW w_W| <= xi."""
    asked = comparisons(given)
    weights, xi = linear_weights([asked])
    steps["xi"] = float(xi[0])
    return _outcome(asked, weights[0], steps, _LINEAR)


def linear_weights(everybody: Sequence[Comparisons]) -> tuple[FloatArray, FloatArray]:
    """Weights (people, criteria) and the least deviation (people,) of several people at once.

    Their models are solved as one whose parts do not touch: that is many times faster than one by
    one, and gives the same weights. All compare the same number of criteria.
    """
    n = len(everybody[0].labels)
    rows = np.stack([_deviations(asked) for asked in everybody])
    slack = -np.ones((4 * n, 1))
    # Sparse, which linprog takes though its types do not say so.
    at_most: Any = block_diag([np.hstack([np.vstack([r, -r]), slack]) for r in rows], "csr")
    sums: Any = block_diag([np.append(np.ones(n), 0.0)[None]] * len(rows), "csr")
    solved = linprog(
        np.tile(np.append(np.zeros(n), 1.0), len(rows)),
        A_ub=at_most,
        b_ub=np.zeros(4 * n * len(rows)),
        A_eq=sums,
        b_eq=np.ones(len(rows)),
        bounds=(0, None),
        method="highs-ds",
    )
    assert solved.x is not None  # some weights always satisfy it, with xi large enough
    weights = np.maximum(solved.x.reshape(len(rows), n + 1)[:, :n], 0.0)
    weights /= weights.sum(axis=1, keepdims=True)
    # Recomputed from the weights: the solver's own is only as good as its tolerance.
    xi = np.abs(np.einsum("krj,kj->kr", rows, weights)).max(axis=1)
    return weights, np.where(xi > 1e-12, xi, 0.0)


def _deviations(asked: Comparisons) -> FloatArray:
    """Rows (2n, n) of w_B - a_Bj w_j, then of w_j - a_jW w_W."""
    n = len(asked.labels)
    rows = np.zeros((2 * n, n))
    every = np.arange(n)
    rows[every, asked.best] += 1
    rows[every, every] -= asked.best_to_others
    rows[n + every, every] += 1
    rows[n + every, asked.worst] -= asked.others_to_worst
    return rows


_NONLINEAR = "nonlinear model: least largest deviation of ratios, centre of the optimal intervals"


@register(
    "bwm-nonlinear",
    title="Best-worst method, nonlinear",
    variants=(_NONLINEAR,),
    reference="Rezaei (2015); intervals Rezaei (2016)",
    degenerate=_DEGENERATE,
    parameters=_PARAMETERS,
)
def nonlinear(given: Judgements, steps: Steps) -> Outcome:
    """Least xi with |w_B / w_j - a_Bj| <= xi and |w_j / w_W - a_jW| <= xi."""
    asked = comparisons(given)
    if len(asked.labels) == 1:
        steps["xi"] = 0.0
        return _outcome(asked, np.ones(1), steps, _NONLINEAR)
    xi = _least_xi(asked)
    low, high = _intervals(asked, xi)
    steps |= {"xi": xi, "weights_low": low, "weights_high": high}
    return _outcome(asked, (low + high) / 2, steps, _NONLINEAR)


def _best_to_worst_range(asked: Comparisons, xi: float) -> tuple[float, float]:
    """Range of w_B / w_W that every criterion allows; empty (low above high) if xi is too small."""
    low = np.maximum(asked.best_to_others - xi, 0) * np.maximum(asked.others_to_worst - xi, 0)
    high = (asked.best_to_others + xi) * (asked.others_to_worst + xi)
    # The best against itself is 1 and not judged; what remains is the best against the worst.
    for k in (asked.best, asked.worst):
        low[k], high[k] = max(asked.best_to_worst - xi, 0.0), asked.best_to_worst + xi
    return float(low.max()), float(high.min())


def _least_xi(asked: Comparisons) -> float:
    low, high = 0.0, _SCALE[1]
    start = _best_to_worst_range(asked, 0.0)
    if start[0] <= start[1] * (1 + 1e-12):
        return 0.0
    for _ in range(100):
        middle = (low + high) / 2
        allowed = _best_to_worst_range(asked, middle)
        low, high = (low, middle) if allowed[0] <= allowed[1] else (middle, high)
    return high


def _intervals(asked: Comparisons, xi: float) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest weight of each criterion among all optimal ones.

    At the least xi only one ratio of best to worst is left, and given that ratio the other
    criteria vary independently of each other, each within an interval.
    """
    ratio = float(np.mean(_best_to_worst_range(asked, xi)))
    to_others, to_worst = asked.best_to_others, asked.others_to_worst
    below = to_others - xi
    at_most = np.divide(ratio, below, out=np.full_like(below, np.inf), where=below > 0)
    high = np.minimum(at_most, to_worst + xi)
    low = np.minimum(np.maximum(ratio / (to_others + xi), to_worst - xi), high)
    low[asked.best] = high[asked.best] = ratio
    low[asked.worst] = high[asked.worst] = 1.0
    return low / (low + high.sum() - high), high / (high + low.sum() - low)


def _outcome(asked: Comparisons, weights: FloatArray, steps: Steps, variant: str) -> Outcome:
    index = consistency_index(asked.best_to_worst)
    steps["consistency_index"] = index
    if index > 0:
        steps["consistency_ratio"] = steps["xi"] / index
    else:
        # Best and worst level: there is nothing to set a deviation against.
        steps["consistency_ratio"] = 0.0 if steps["xi"] == 0 else None
    consistency = input_consistency(
        asked.labels, asked.best_to_others, asked.others_to_worst, (asked.best, asked.worst), steps
    )
    return Outcome(asked.labels, weights, variant, consistency)


def comparisons(given: Judgements) -> Comparisons:
    """Both vectors of one person, checked."""
    labels, to_others = numbers(given, "best_to_others", expected=_SCALE)
    others, to_worst = numbers(given, "others_to_worst", expected=_SCALE)
    if labels != others:
        raise SurveyError(
            "vectors_differ",
            "best_to_others judges {found}, others_to_worst {other}; "
            "the same criteria in the same order are expected",
            found=", ".join(labels),
            other=", ".join(others),
        )
    bests, worsts = np.flatnonzero(to_others == 1), np.flatnonzero(to_worst == 1)
    for name, marked in (("best_to_others", bests), ("others_to_worst", worsts)):
        if not marked.size:
            raise SurveyError(
                "no_one",
                "no number of {name} is 1; 1 is expected where a criterion is compared with itself",
                name=name,
            )
    pairs = [(int(b), int(w)) for b in bests for w in worsts if b != w or len(labels) == 1]
    if not pairs:
        raise SurveyError(
            "best_is_worst",
            "{label} is marked both as the best and as the worst; two criteria are expected",
            label=labels[int(bests[0])],
        )
    for best, worst in pairs:
        if abs(to_others[worst] - to_worst[best]) <= 1e-9:
            return Comparisons(labels, to_others, to_worst, best, worst)
    best, worst = pairs[0]
    raise SurveyError(
        "best_to_worst_differs",
        "{best} over {worst} is {found} in best_to_others and {other} in others_to_worst; "
        "one number is expected",
        best=labels[best],
        worst=labels[worst],
        found=f"{to_others[worst]:g}",
        other=f"{to_worst[best]:g}",
    )
