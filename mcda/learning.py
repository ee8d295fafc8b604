"""What it would pay to learn next: the expected value of partial perfect information.

Strong, Oakley and Brennan (2014): the outcome of each alternative is regressed on an uncertain
input over the draws there already are; who would choose by the fitted values gains, on average,
the expected value of learning that input (EVPPI). No new runs of the model are needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.regression import Fit, bases, fit

# Times the residuals are redrawn for a standard error.
_REPETITIONS = 200


@dataclass(frozen=True, slots=True)
class InputValue:
    """What learning one input is worth.

    Attributes
    ----------
    value : float
        Expected gain, in the outcomes' unit: 0 or more, at most the value of perfect information.
    standard_error : float
        Of the regression's coefficients and of the finite number of draws together.
    share : float
        Of the value of perfect information; 0 where that is 0.
    terms : float
        Effective number of the regression's terms.
    explained : float
        Share of the variance of the differences between alternatives that the input explains.
    """

    value: float
    standard_error: float
    share: float
    terms: float
    explained: float


@dataclass(frozen=True, slots=True)
class ValueOfLearning:
    """What learning is worth, input by input.

    Attributes
    ----------
    chosen : int
        Column of the alternative to choose as things are: of the highest mean outcome.
    perfect, perfect_error : float
        Expected value of perfect information (EVPI), an upper bound of every input's, and its
        standard error.
    inputs : mapping of name to InputValue
        As given. Values of several inputs do not add up: learning both can be worth more, or less.
    draws : int
    """

    chosen: int
    perfect: float
    perfect_error: float
    inputs: Mapping[str, InputValue]
    draws: int

    @property
    def order(self) -> tuple[str, ...]:
        """Names of the inputs, the most worth learning first."""
        return tuple(sorted(self.inputs, key=lambda name: -self.inputs[name].value))


def evppi(
    inputs: Mapping[str, ArrayLike], outcomes: ArrayLike, *, rng: np.random.Generator
) -> ValueOfLearning:
    """Estimate what it is worth to learn each input before choosing an alternative.

    Parameters
    ----------
    inputs : mapping of name to array, shape (draws,) or (draws, k)
        Draws of each uncertain input, those behind the outcomes. A column of text, truth values or
        whole numbers with up to twelve different ones is taken as categories, any other as a
        quantity.
    outcomes : array_like, shape (draws, n)
        What each alternative is worth in each draw, more is better, **on one common scale of
        utility**: the same unit in every draw and for every alternative, for gains are averaged
        over draws. Scores of one weighted sum over one value scale are; scores of several methods
        are not, nor are ranks.
    rng
        Redraws the residuals of the regressions for the standard errors.

    Returns
    -------
    ValueOfLearning

    Raises
    ------
    ProblemError
        Other shapes, values that are not finite, fewer than 50 draws.

    Notes
    -----
    Few columns (up to four) get cubic regression splines and products of every pair; more enter
    linearly, their leading principal components also squared and in pairs; or all enter linearly
    only, where that predicts better. All terms are shrunk by one ridge penalty. Both choices are
    by generalised cross-validation.
    The gain of choosing by noisy fitted values is estimated by redrawing the residuals, and taken
    off. Where the best alternatives are nearly level on average some of it remains, of the size of
    the standard error: a value below two of them is not told from none.
    """
    worth = _outcomes(outcomes)
    draws = len(worth)
    chosen = int(np.argmax(worth.mean(axis=0)))
    gains = worth - worth[:, [chosen]]
    best = gains.max(axis=1)
    perfect = float(best.mean())
    return ValueOfLearning(
        chosen=chosen,
        perfect=perfect,
        perfect_error=float(best.std(ddof=1) / np.sqrt(draws)),
        inputs={
            name: _input_value(_input(name, given, draws), gains, perfect, rng)
            for name, given in inputs.items()
        },
        draws=draws,
    )


def _outcomes(given: ArrayLike) -> Array:
    worth = np.asarray(given, dtype=np.float64)
    if worth.ndim != 2 or worth.shape[0] < 50 or worth.shape[1] < 1:
        raise ProblemError(
            "outcomes",
            "outcomes have shape {shape}; expected one row per draw, 50 or more, and one column per "
            "alternative",
            shape=worth.shape,
        )
    if not np.isfinite(worth).all():
        raise ProblemError("outcomes_finite", "an outcome is not a finite number")
    return worth


def _input(name: str, given: ArrayLike, draws: int) -> np.ndarray:
    table = np.asarray(given)
    table = table[:, None] if table.ndim == 1 else table
    if table.ndim != 2 or len(table) != draws or table.shape[1] == 0:
        raise ProblemError(
            "input_shape",
            "input {name} has shape {shape}; expected one row for each of {draws} draws",
            name=name,
            shape=np.shape(given),
            draws=draws,
        )
    if table.dtype.kind == "f" and not np.isfinite(table).all():
        raise ProblemError(
            "input_finite", "input {name} holds a value that is not finite", name=name
        )
    return table


def _input_value(
    given: np.ndarray, gains: Array, perfect: float, rng: np.random.Generator
) -> InputValue:
    fitted = fit(bases(given), gains)
    plain, spread = _value(fitted.values)
    again = np.array([_value(values)[0] for values in fitted.redrawn(_REPETITIONS, rng)])
    value = float(np.clip(2 * plain - again.mean(), 0.0, perfect))
    return InputValue(
        value=value,
        standard_error=float(np.hypot(again.std(ddof=1), spread)),
        share=value / perfect if perfect > 0 else 0.0,
        terms=fitted.terms,
        explained=_explained(fitted, gains),
    )


def _value(values: Array) -> tuple[float, float]:
    """Mean gain of choosing by fitted values over the best fixed choice, and its standard error."""
    fixed = values[:, int(np.argmax(values.mean(axis=0)))]
    gain = values.max(axis=1) - fixed
    return float(gain.mean()), float(gain.std(ddof=1) / np.sqrt(len(gain)))


def _explained(fitted: Fit, gains: Array) -> float:
    total = float(gains.var(axis=0).sum())
    return float(fitted.values.var(axis=0).sum()) / total if total > 0 else 0.0
