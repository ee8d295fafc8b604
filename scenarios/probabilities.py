"""Interval probabilities of scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scenarios.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

# Bounds such as 0.55 are not exact in binary; a bound moves only by more than their rounding.
ROUNDING = 1e-12


def coherent_probabilities(
    scenarios: Sequence[str], low: ArrayLike, high: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Tighten probability intervals to those that some distribution attains.

    A bound that no distribution within all the others can reach says less than the others imply:
    the low becomes at least 1 minus the sum of the other highs, the high at most 1 minus the sum
    of the other lows (natural extension; Walley 1991; De Campos, Huete, Moral 1994).

    Parameters
    ----------
    scenarios
        Labels, for the errors.
    low, high
        Bounds, one per scenario, within 0-1.

    Returns
    -------
    tuple of arrays
        Coherent lows and highs.

    Raises
    ------
    ScenarioError
        A bound outside 0-1, a low above its high, or bounds that no distribution satisfies.
    """
    lows, highs = np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)
    if lows.shape != (len(scenarios),) or highs.shape != lows.shape or not len(scenarios):
        raise ScenarioError(
            "probabilities_count",
            "{scenarios} scenarios have {low} low and {high} high probabilities; "
            "expected one of each per scenario and at least one scenario",
            scenarios=len(scenarios),
            low=lows.size,
            high=highs.size,
        )
    for scenario, lowest, highest in zip(scenarios, lows, highs, strict=True):
        if not 0.0 <= lowest <= highest <= 1.0:
            raise ScenarioError(
                "probability_wrong",
                "the probability of scenario {scenario} is {low} to {high}; "
                "expected 0 <= low <= high <= 1",
                scenario=scenario,
                low=float(lowest),
                high=float(highest),
            )
    if lows.sum() > 1.0 + ROUNDING:
        raise ScenarioError(
            "probabilities_above_one",
            "the low probabilities of the scenarios sum to {total:.6g}; expected at most 1",
            total=float(lows.sum()),
        )
    if highs.sum() < 1.0 - ROUNDING:
        raise ScenarioError(
            "probabilities_below_one",
            "the high probabilities of the scenarios sum to {total:.6g}; expected at least 1",
            total=float(highs.sum()),
        )
    implied_low = 1.0 - (highs.sum() - highs)
    implied_high = 1.0 - (lows.sum() - lows)
    tight_low = np.where(implied_low > lows + ROUNDING, implied_low, lows)
    tight_high = np.where(implied_high < highs - ROUNDING, implied_high, highs)
    return tight_low, np.maximum(tight_high, tight_low)
