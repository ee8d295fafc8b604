"""Methods that measure alternatives against given reference points: RIM, RAFSI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.methods._common import as_floats, weigh
from mcda.methods._points import check_scale, per_criterion, scale_parameter
from mcda.methods.bounds import BOUNDS, check_bounds, span
from mcda.normalisation import divide
from mcda.problem import Array
from mcda.registry import Parameter, Property, Variant, register

_Ideal = float | Sequence[float | Sequence[float]]


def _interval(given: Any, m: int) -> Array:  # noqa: ANN401 - a number, or a list of numbers and pairs
    """Low and high of the reference ideal per criterion, shape (m, 2)."""
    entries = list(given) if isinstance(given, (list, tuple, np.ndarray)) else [given] * m
    read = [as_floats(x) for x in entries]
    pairs = [np.broadcast_to(x, 2) for x in read if x is not None and x.shape in {(), (2,)}]
    if len(entries) != m or len(pairs) != m or not all(pair[0] <= pair[1] for pair in pairs):
        raise ProblemError(
            "reference_ideal",
            "the reference ideal is {found}; expected one number, or for each of {m} criteria "
            "a number or a low and a high",
            found=given,
            m=m,
        )
    return np.array(pairs, dtype=np.float64)


def _check_rim(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    check_bounds(values, sense, params)
    check_scale("RIM", "ideal_scale", params["ideal_scale"])
    bounds, m = params["bounds"], values.shape[-1]
    if params["reference_ideal"] is None:
        return
    ideal = _interval(params["reference_ideal"], m)
    if params["ideal_scale"] == "range":
        table = np.tile([0.0, 1.0], (m, 1))
    elif bounds is None:
        raise ProblemError(
            "ideal_without_bounds",
            "a reference ideal in the criteria's units needs bounds; "
            "expected bounds, or ideal_scale range",
        )
    else:
        table = np.asarray(bounds, dtype=np.float64)
    inside = (ideal[:, 0] >= table[:, 0]) & (ideal[:, 1] <= table[:, 1])
    for j in np.flatnonzero(~inside):
        raise ProblemError(
            "ideal_outside",
            "criterion number {number}: the reference ideal is {found}; expected it within {low} to {high}",
            number=int(j) + 1,
            found=ideal[j].tolist(),
            low=table[j, 0],
            high=table[j, 1],
        )


_RIM_EVERYWHERE = frozenset(
    {Property.UNIT, Property.SHIFT, Property.COMPLEMENT, Property.UNIT_INTERVAL}
)


@register(
    "rim",
    title="RIM",
    reference="Cables, Lamata and Verdegay (2016)",
    parameters=(
        BOUNDS,
        Parameter(
            "reference_ideal",
            None,
            "ideal, one number for all, or per criterion a number or low and high; "
            "left out: the best bound",
            per_criterion=0,
        ),
        scale_parameter("ideal_scale"),
    ),
    variants=(
        Variant(
            "ideal at the best bound",
            {"reference_ideal": None},
            _RIM_EVERYWHERE | {Property.MONOTONE_SCORE, Property.MONOTONE_RANK, Property.DOMINANCE},
        ),
        Variant(
            "ideal in the middle of the bounds",
            {"reference_ideal": 0.5, "ideal_scale": "range"},
            _RIM_EVERYWHERE,
        ),
    ),
    check=_check_rim,
    degenerate="on a criterion on which all are equal everybody is at the ideal when bounds are the data's",
)
def rim(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    bounds: Sequence[Sequence[float]] | None = None,
    reference_ideal: _Ideal | None = None,
    ideal_scale: str = "absolute",
    steps: dict[str, Any] | None = None,
) -> Array:
    """Relative nearness I- / (I+ + I-) to an ideal that may lie inside the range; more is better.

    A value is 1 within the reference ideal and falls linearly to 0 at the ends of the range, on
    either side: the method is not monotone unless the ideal reaches the best bound.
    """
    low, high = span(values, bounds)
    x, m = values, values.shape[-1]
    ideal = np.ones((m, 2)) if reference_ideal is None else _interval(reference_ideal, m)
    if reference_ideal is None or ideal_scale == "range":
        # In shares of the range its ends are 0 and 1 to the last bit, as an ideal there needs.
        worst, best = np.where(sense > 0, low, high), np.where(sense > 0, high, low)
        x = divide(values - worst, best - worst)
        start, end = np.zeros(m), np.ones(m)
    else:
        start, end = low, high
    c, d = ideal.T
    below = divide(np.maximum(c - x, 0.0), c - start)
    above = divide(np.maximum(x - d, 0.0), end - d)
    y = np.where(high > low, 1.0 - below - above, 1.0)
    i_plus = np.sqrt(weigh((1.0 - y) ** 2, weights**2))
    i_minus = np.sqrt(weigh(y**2, weights**2))
    if steps is not None:
        steps["normalised"] = y
        steps["weighted"] = y * weights[..., None, :]
        steps["i_plus"] = i_plus
        steps["i_minus"] = i_minus
    nearness: Array = i_minus / (i_plus + i_minus)
    return nearness


def _ends(values: Array, sense: Array, params: Mapping[str, Any]) -> tuple[Array, Array]:
    """Ideal and anti-ideal; those left out are the best and the worst of the data."""
    low, high = span(values, None)
    found = []
    for name, of_data in (
        ("ideal", np.where(sense > 0, high, low)),
        ("anti_ideal", np.where(sense > 0, low, high)),
    ):
        given = params[name]
        found.append(
            of_data if given is None else per_criterion("RAFSI", name, given, values.shape[-1])
        )
    return found[0], found[1]


def _check_rafsi(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    ends = as_floats([params["n1"], params["n2k"]])
    if ends is None or not 0 < ends[0] < ends[1] < np.inf:
        raise ProblemError(
            "n1_n2k",
            "RAFSI's n1 is {n1} and n2k {n2k}; expected numbers above 0, n2k above n1",
            n1=params["n1"],
            n2k=params["n2k"],
        )
    if params["ideal"] is None and params["anti_ideal"] is None:
        return
    ideal, anti = _ends(values, sense, params)
    m = values.shape[-1]
    wrong = np.broadcast_to((ideal - anti) * sense <= 0, (*values.shape[:-2], 1, m))
    for j in np.flatnonzero(wrong.reshape(-1, m).any(axis=0)):
        raise ProblemError(
            "ideal_order",
            "criterion number {number}: the ideal {ideal} is no better than the anti-ideal {anti}; "
            "expected a better one",
            number=int(j) + 1,
            ideal=float(ideal.reshape(-1, m)[0, j]),
            anti=float(anti.reshape(-1, m)[0, j]),
        )
    outside = ((values - ideal) * sense > 0) | ((values - anti) * sense < 0)
    for j in np.flatnonzero(outside.reshape(-1, m).any(axis=0)):
        raise ProblemError(
            "outside_ideal",
            "criterion number {number}: a value lies outside the anti-ideal {anti} to the ideal {ideal}",
            number=int(j) + 1,
            ideal=float(ideal.reshape(-1, m)[0, j]),
            anti=float(anti.reshape(-1, m)[0, j]),
        )


@register(
    "rafsi",
    title="RAFSI",
    reference="Zizovic, Pamucar, Albijanic, Chatterjee and Pribicevic (2020)",
    parameters=(
        Parameter(
            "ideal",
            None,
            "ideal value per criterion, in its unit; left out: the best of the data",
            per_criterion=0,
        ),
        Parameter(
            "anti_ideal",
            None,
            "anti-ideal value per criterion, in its unit; left out: the worst of the data",
            per_criterion=0,
        ),
        Parameter("n1", 1.0, "lower end of the common interval, above 0"),
        Parameter(
            "n2k", 6.0, "upper end of the common interval: how many times better the ideal is"
        ),
    ),
    variants=(
        Variant(
            "ideal and anti-ideal of the data",
            {"ideal": None, "anti_ideal": None},
            frozenset(
                {
                    Property.MONOTONE_SCORE,
                    Property.MONOTONE_RANK,
                    Property.DOMINANCE,
                    Property.UNIT,
                    Property.SHIFT,
                    Property.LINEAR,
                    Property.UNIT_INTERVAL,
                }
            ),
        ),
    ),
    check=_check_rafsi,
    degenerate="on a criterion on which all are equal everybody is at the ideal when it is the data's",
)
def rafsi(
    values: Array,
    weights: Array,
    sense: Array,
    *,
    ideal: float | Sequence[float] | None = None,
    anti_ideal: float | Sequence[float] | None = None,
    n1: float = 1.0,
    n2k: float = 6.0,
    steps: dict[str, Any] | None = None,
) -> Array:
    """Weighted sum of values mapped into one interval n1 to n2k; more is better.

    The smaller end of a criterion maps to n1, the larger to n2k. Benefits are then divided by
    twice the arithmetic mean of n1 and n2k; for costs half their harmonic mean is divided by them.
    """
    best, worst = _ends(values, sense, {"ideal": ideal, "anti_ideal": anti_ideal})
    low, high = np.where(sense > 0, worst, best), np.where(sense > 0, best, worst)
    share = np.where(high > low, divide(values - low, high - low), sense > 0)
    mapped = n1 + (n2k - n1) * share
    arithmetic, harmonic = (n1 + n2k) / 2, 2 / (1 / n1 + 1 / n2k)
    normalised = np.where(sense > 0, mapped / (2 * arithmetic), harmonic / (2 * mapped))
    if steps is not None:
        steps["mapped"] = mapped
        steps["normalised"] = normalised
    return weigh(normalised, weights)
