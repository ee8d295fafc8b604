"""Which methods are scored, ranked and counted in one pass, and what their kernel is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.fast import counting, scoring
from mcda.normalisation import divide, maximum, minmax, normalise
from mcda.problem import Array
from mcda.registry import Method
from mcda.tally import Tally

Settings = Mapping[str, Any]
Cells = Callable[[Array, Array, Settings], tuple[Array, Array]]

_RULES = {
    "vector": scoring.VECTOR,
    "minmax": scoring.MINMAX,
    "max": scoring.MAXIMUM,
    "sum": scoring.TOTAL,
}


def _distances(values: Array, sense: Array, settings: Settings) -> tuple[Array, Array]:
    x = normalise(values, sense, settings["normalisation"])
    return (x - x.max(axis=0)) ** 2, (x - x.min(axis=0)) ** 2


def _regrets(values: Array, sense: Array, _: Settings) -> tuple[Array, Array]:
    spread = values.max(axis=0) > values.min(axis=0)
    gaps = np.where(spread, 1 - minmax(values, sense), 0.0)
    return gaps, gaps


def _shares(values: Array, sense: Array, _: Settings) -> tuple[Array, Array]:
    shares = divide(values, values.sum(axis=0))
    return shares * (sense > 0), shares * (sense < 0)


def _deviations(values: Array, sense: Array, _: Settings) -> tuple[Array, Array]:
    average = values.mean(axis=0)
    distance = divide((values - average) * sense, average)
    return np.maximum(distance, 0.0), np.maximum(-distance, 0.0)


def _ratios(values: Array, sense: Array, _: Settings) -> tuple[Array, Array]:
    x = maximum(values, sense)
    return x, np.tile(x.min(axis=0), (len(x), 1))


def _rule_of(settings: Settings) -> int | None:
    return _RULES.get(settings["normalisation"])


def _if_usual(settings: Settings) -> int | None:
    shapes = settings["preference_functions"]
    plain = {shapes} if isinstance(shapes, str) else set(shapes)
    return scoring.RAW if plain == {"usual"} and settings["threshold_scale"] == "absolute" else None


@dataclass(frozen=True, slots=True)
class _Plan:
    """Form of the score; the cells that are weighed, where one matrix is; the parameter.

    ``rule`` says how a column is normalised where every draw has a matrix of its own: None where
    the kernel does not know how.
    """

    form: int
    cells: Cells | None
    rule: Callable[[Settings], int | None]
    param: str | None = None


_PLANS = {
    "topsis": _Plan(scoring.CLOSENESS, _distances, _rule_of),
    "vikor": _Plan(scoring.COMPROMISE, _regrets, lambda _: scoring.MINMAX, "v"),
    "copras": _Plan(scoring.RELIEF, _shares, lambda _: scoring.RAW),
    "edas": _Plan(scoring.AVERAGE, _deviations, lambda _: scoring.RAW),
    "marcos": _Plan(scoring.UTILITY, _ratios, lambda _: scoring.MAXIMUM),
    # Its flows do not depend on the weights: under one matrix NumPy has but to weigh them.
    "promethee2": _Plan(scoring.NET_FLOW, None, _if_usual),
}


def tally_scored(oriented: Array, weights: Array) -> Tally | None:
    """Count scores (draws, n) under weights (draws, m); None where a score is not finite."""
    return _tally(_lanes(oriented), _lanes(weights))


def tally_drawn(
    method: Method, settings: Settings, values: Array, weights: Array, sense: Array
) -> Tally | None:
    """Score, rank and count checked values and weights; None where NumPy has to."""
    scores = oriented_scores(method, settings, values, weights, sense)
    return None if scores is None else _tally(scores, _lanes(weights))


def oriented_scores(
    method: Method, settings: Settings, values: Array, weights: Array, sense: Array
) -> Array | None:
    """Scores (n, draws) of which more is better; None where there is no kernel for them."""
    plan = _PLANS.get(method.name)
    if plan is None:
        return None
    given = _lanes(weights)
    param = 0.0 if plan.param is None else float(settings[plan.param])
    scores: Array
    if values.ndim == 2:
        if plan.cells is None:
            return None
        a, b = (_plain(cells) for cells in plan.cells(values, sense, settings))
        scores = scoring.fixed(plan.form, a, b, given, param)
        return scores
    rule = plan.rule(settings)
    if rule is None:
        return None
    # Axes are turned, not copied: contiguous where the draws were made one cell after another.
    lanes = np.moveaxis(np.require(values, np.float64, ["W"]), 0, -1)
    scores = scoring.varying(plan.form, rule, lanes, _plain(sense), given, param)
    return scores


def _tally(scores: Array, weights: Array) -> Tally | None:
    n, draws = scores.shape
    tally = Tally.empty(n, len(weights))
    tally.draws = draws
    sound = counting.count(
        scores, weights, tally.ranks, tally.wins, tally.first_weights, tally.firsts
    )
    return tally if sound else None


def _lanes(rows: Array) -> Array:
    """Draws along the last axis."""
    return _plain(rows.T)


def _plain(array: Array) -> Array:
    """One kind of array, contiguous and writable, so that every kernel is compiled once."""
    return np.require(array, np.float64, ["C", "W"])
