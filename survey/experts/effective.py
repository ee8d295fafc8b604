from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey.errors import SurveyError
from survey.frames import first_cell

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EffectiveNumber:
    """What unequal weights cost: `n` experts say as much as `n_eff` of equal weight.

    `design_effect` is n / n_eff, 1 at equal weights.
    """

    n: int
    n_eff: float
    design_effect: float


def kish(w: npt.ArrayLike) -> EffectiveNumber:
    """Kish's effective number of experts (sum w)^2 / sum w^2, and the design effect of weighting.

    Parameters
    ----------
    w
        Weights, shape (experts,), 0 or more; an expert of weight 0 is not counted.

    References
    ----------
    Kish (1965), Survey Sampling, Wiley, section 11.7.

    """
    weights = expert_weights(w)
    counted = int((weights > 0).sum())
    # Scaled first: squares of very small or large weights would leave the range of floats.
    scaled = weights / weights.max()
    effective = float(scaled.sum() ** 2 / (scaled**2).sum())
    return EffectiveNumber(counted, effective, counted / effective)


def expert_weights(w: npt.ArrayLike, experts: int | None = None) -> FloatArray:
    """Weights of experts, checked: finite, not negative, one of them above 0."""
    weights = as_numbers(w)
    if weights.ndim != 1:
        raise SurveyError(
            "expert_weights_shape",
            "the weights of the experts have shape {found}; a list of numbers is expected",
            found=weights.shape,
        )
    if experts is not None and len(weights) != experts:
        raise SurveyError(
            "expert_weights_number",
            "{found} weights are given for {experts} experts; one of each is expected",
            found=len(weights),
            experts=experts,
        )
    if (cell := first_cell(~((weights >= 0) & (weights < np.inf)))) is not None:
        raise SurveyError(
            "expert_weight_invalid",
            "the weight of expert number {expert} is {found}; a number from 0 up is expected",
            expert=cell[0] + 1,
            found=float(weights[cell]),
        )
    if not weights.any():
        raise SurveyError(
            "expert_weights_zero",
            "all {experts} weights of the experts are 0; at least one above 0 is expected",
            experts=weights.size,
        )
    return weights


def as_numbers(values: npt.ArrayLike) -> FloatArray:
    """Array of floats, a copy; a sentence where something is no number or rows are unequal."""
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise SurveyError(
            "not_numbers",
            "something given is no number, or rows have unlike lengths; numbers are expected",
        ) from error
