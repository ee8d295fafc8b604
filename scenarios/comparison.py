"""Statements about a projected index that do not depend on where its zero lies.

The zero and the unit of a z-score index are those of its window, so a percentage between two
levels is a statement about the window. A difference in standard deviations survives a shift, and
a ratio of differences survives a change of unit too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scenarios.errors import ScenarioError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scenarios.projection import Projection


def difference(projection: Projection, first: str, second: str) -> NDArray[np.float64]:
    """Index of `first` minus index of `second` in each year, in standard deviations."""
    return _level(projection, first) - _level(projection, second)


def affine_ratio(
    projection: Projection, first: str, second: str, third: str
) -> NDArray[np.float64]:
    """(first - second) / (first - third) in each year: where `second` lies between the two.

    0 is at `first`, 1 at `third`.
    """
    whole = difference(projection, first, third)
    if (whole == 0).any():
        raise ScenarioError(
            "scenarios_tied",
            "scenarios {first} and {third} have the same index in {year}; "
            "expected different ones to measure by",
            first=first,
            third=third,
            year=projection.years[int(np.argmax(whole == 0))],
        )
    return difference(projection, first, second) / whole


def tie_gap(projection: Projection, first: str, second: str, factor: str) -> NDArray[np.float64]:
    """How much higher `factor` would have to be under `second` to tie `first`, in each year.

    In standard deviations of the factor: the difference of the indices divided by the factor's
    weight, which is the number of factors times the difference when they weigh the same.
    Negative where `second` leads already.
    """
    share = projection.spec.factor_shares[projection.spec.factor_position(factor)]
    return difference(projection, first, second) / float(share)


def _level(projection: Projection, scenario: str) -> NDArray[np.float64]:
    if scenario not in projection.scenarios:
        raise ScenarioError(
            "projection_unknown",
            "the projection has no scenario {scenario}; expected one of {scenarios}",
            scenario=scenario,
            scenarios=", ".join(projection.scenarios),
        )
    position = projection.scenarios.index(scenario)
    return np.asarray(projection.index.value[position], dtype=np.float64)
