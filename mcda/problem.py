"""The decision problem: alternatives judged on criteria, frozen and checked once."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.errors import ProblemError

Array = NDArray[np.float64]
SENSES = {"max": 1.0, "min": -1.0}


@dataclass(frozen=True, slots=True, eq=False)
class DecisionProblem:
    """Alternatives, criteria with their sense, values and weights.

    Parameters
    ----------
    values : array_like, shape (n, m)
        One row an alternative, one column a criterion, in the criterion's own unit.
    senses : sequence of {"max", "min"}, length m
        Whether more or less of a criterion is better.
    weights : array_like, shape (m,), optional
        Non-negative, not all zero; scaled to sum 1. Left out (or empty): equal weights.
    alternatives, criteria : sequence of str, optional
        Unique labels; left out they are numbered ``A1`` and ``C1`` on.

    Raises
    ------
    ProblemError
        One sentence for the first thing that is wrong; nothing is repaired.
    """

    values: Array
    senses: tuple[str, ...]
    weights: Array = field(default_factory=lambda: np.empty(0))
    alternatives: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        values = _as_numbers(self.values, "values")
        if values.ndim != 2 or 0 in values.shape:
            raise ProblemError(
                "shape",
                "the matrix has shape {shape}; expected one row per alternative and one column per criterion, "
                "all rows of one length",
                shape=values.shape,
            )
        n, m = values.shape
        alternatives = _labels(self.alternatives, n, "A", "alternatives")
        criteria = _labels(self.criteria, m, "C", "criteria")
        if not np.isfinite(values).all():
            i, j = np.argwhere(~np.isfinite(values))[0]
            raise ProblemError(
                "not_finite",
                "{alternative}, criterion {criterion}: found {found}, expected a finite number",
                alternative=alternatives[i],
                criterion=criteria[j],
                found=values[i, j],
            )
        set_ = object.__setattr__
        set_(self, "values", _frozen(values))
        set_(self, "senses", _senses(self.senses, criteria))
        set_(self, "weights", _frozen(_weights(self.weights, criteria)))
        set_(self, "alternatives", alternatives)
        set_(self, "criteria", criteria)

    @property
    def sense(self) -> Array:
        """+1 for a criterion to be maximised, -1 for one to be minimised; shape (m,)."""
        return np.array([SENSES[s] for s in self.senses])

    def replace(self, **changes: Any) -> DecisionProblem:  # noqa: ANN401 - the fields' own types
        """Return a copy with some fields changed, checked anew."""
        return dataclasses.replace(self, **changes)

    def without_idle_criteria(self) -> DecisionProblem:
        """Return the problem without the criteria whose weight is zero.

        They say nothing, yet a method that divides by a column would stumble over them.
        """
        keep = self.weights > 0
        if keep.all():
            return self
        return DecisionProblem(
            values=self.values[:, keep],
            senses=tuple(s for s, k in zip(self.senses, keep, strict=True) if k),
            weights=self.weights[keep],
            alternatives=self.alternatives,
            criteria=tuple(c for c, k in zip(self.criteria, keep, strict=True) if k),
        )


def _as_numbers(given: ArrayLike, what: str) -> Array:
    try:
        return np.array(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ProblemError(
            "not_numbers",
            "the {what} are not a table of numbers with rows of one length: {reason}",
            what=what,
            reason=str(error),
        ) from error


def _frozen(array: Array) -> Array:
    array.setflags(write=False)
    return array


def _labels(given: Sequence[str], count: int, prefix: str, what: str) -> tuple[str, ...]:
    labels = tuple(map(str, given)) or tuple([f"{prefix}{i + 1}" for i in range(count)])
    if len(labels) != count:
        raise ProblemError(
            "label_count",
            "{found} {what} are named, but the matrix has {expected}",
            found=len(labels),
            what=what,
            expected=count,
        )
    if len(set(labels)) < count:
        label, times = next((x, k) for x, k in Counter(labels).items() if k > 1)
        raise ProblemError(
            "duplicate_label",
            "{label} stands {times} times among the {what}; expected once",
            label=label,
            times=times,
            what=what,
        )
    return labels


def _senses(given: Sequence[str], criteria: tuple[str, ...]) -> tuple[str, ...]:
    senses = tuple(given)
    if len(senses) != len(criteria):
        raise ProblemError(
            "sense_count",
            "{found} senses are given for {expected} criteria",
            found=len(senses),
            expected=len(criteria),
        )
    for criterion, sense in zip(criteria, senses, strict=True):
        if sense not in SENSES:
            raise ProblemError(
                "unknown_sense",
                "criterion {criterion}: found sense {found}, expected max or min",
                criterion=criterion,
                found=repr(sense),
            )
    return senses


def _weights(given: ArrayLike, criteria: tuple[str, ...]) -> Array:
    m = len(criteria)
    weights = _as_numbers(given, "weights")
    if weights.size == 0:
        return np.full(m, 1 / m)
    if weights.shape != (m,):
        raise ProblemError(
            "weight_count",
            "{found} weights are given for {expected} criteria",
            found=weights.size,
            expected=m,
        )
    sound = np.isfinite(weights) & (weights >= 0)
    if not sound.all():
        first = int(np.argmin(sound))
        raise ProblemError(
            "weight",
            "criterion {criterion}: found weight {found}, expected a number of 0 or more",
            criterion=criteria[first],
            found=weights[first],
        )
    largest = weights.max()
    if largest <= 0:
        raise ProblemError("weights_zero", "all weights are zero; expected at least one above zero")
    share = weights / largest  # first by the largest: the sum of large ones would overflow
    scaled: Array = share / share.sum()
    return scaled
