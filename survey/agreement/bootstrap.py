"""Bootstrap intervals of any measure of agreement, over raters or over units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from survey.errors import SurveyError
from survey.frames import check_confidence

Over = Literal["raters", "units"]
OVER: Final = ("raters", "units")

Data = TypeVar("Data")
_LEAST_DEFINED: Final = 0.5  # with fewer, the interval would describe the exceptions


@dataclass(frozen=True, slots=True)
class BootstrapInterval:
    """Percentile interval: what the measure would be on other raters, or other units, like these.

    `low`, `high` are None where the measure has no value in half of the resamples or more;
    `undefined` is their number.
    """

    low: float | None
    high: float | None
    confidence: float
    over: Over
    resamples: int
    undefined: int


def bootstrap_interval(
    measure: Callable[[npt.NDArray[np.intp]], float | None],
    size: int,
    rng: np.random.Generator,
    *,
    over: Over,
    resamples: int = 1000,
    confidence: float = 0.95,
) -> BootstrapInterval:
    """Percentile bootstrap interval.

    Parameters
    ----------
    measure
        From the places of those resampled (with repeats), shape (size,), to the measure; None
        where it has no value.
    size
        Raters or units there are.
    over
        Which of them are resampled: what the interval speaks about.

    References
    ----------
    Efron (1979), Ann. Stat. 7, 1-26; Efron, Tibshirani (1993), An Introduction to the Bootstrap.

    """
    check_confidence(confidence)
    if resamples < 1 or size < 1:
        raise SurveyError(
            "resamples_none",
            "{resamples} resamples of {size} are asked for; at least one of each is expected",
            resamples=resamples,
            size=size,
        )
    found = [measure(rng.integers(size, size=size)) for _ in range(resamples)]
    values = np.array([x for x in found if x is not None], dtype=np.float64)
    undefined = resamples - len(values)
    if len(values) <= _LEAST_DEFINED * resamples:
        return BootstrapInterval(None, None, confidence, over, resamples, undefined)
    tail = (1 - confidence) / 2
    low, high = np.quantile(values, [tail, 1 - tail]).tolist()
    return BootstrapInterval(low, high, confidence, over, resamples, undefined)
