"""Krippendorff's alpha: agreement of any number of raters, with gaps, on four kinds of scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from survey.agreement.reasons import Undefined
from survey.agreement.value_counts import ValueCounts, count_values
from survey.contingency import FloatArray
from survey.errors import SurveyError

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: Final = ("nominal", "ordinal", "interval", "ratio")


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha = 1 - observed / expected disagreement.

    1 is perfect agreement, 0 what chance would give. `alpha` is None, with the reason in
    `undefined`, where nothing can be told: all values alike, or no unit with two. `units` and
    `values` are those that were compared: a unit with one value has no pair.
    """

    alpha: float | None
    level: Level
    observed: float | None
    expected: float | None
    units: int
    values: int
    raters: int
    undefined: Undefined | None = None


def krippendorff_alpha(data: npt.ArrayLike, level: Level = "nominal") -> Alpha:
    """Krippendorff's alpha of reliability data.

    Parameters
    ----------
    data
        Shape (raters, units); NaN or None where a rater gave nothing. Texts for nominal only.
    level
        How far values are apart: ``nominal`` (same or not), ``ordinal`` (by how many of the given
        values lie between), ``interval`` (difference), ``ratio`` (difference to sum; no value
        below 0).

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; Krippendorff (2018), Content
    Analysis, 4th ed., ch. 12.

    """
    counted = count_values(data)
    check_level(counted, level)
    return alpha_of(counted, level)


def check_level(counted: ValueCounts, level: Level) -> None:
    """Refuse a level that is not known, or that the values cannot be on."""
    if level not in LEVELS:
        raise SurveyError(
            "level_unknown",
            "the level is {found}; one of {expected} is expected",
            found=repr(level),
            expected=", ".join(LEVELS),
        )
    if level != "nominal" and counted.values is None:
        raise SurveyError(
            "level_needs_numbers",
            "the data hold texts; numbers are expected at the level {level}",
            level=level,
        )
    if level == "ratio" and counted.values is not None and (counted.values < 0).any():
        raise SurveyError(
            "level_ratio_negative",
            "the data hold {found}; numbers from 0 up are expected at the level ratio",
            found=float(counted.values.min()),
        )


def alpha_of(counted: ValueCounts, level: Level) -> Alpha:
    """Alpha from how often each unit was given each value.

    With n values of a unit, the squared distances of all its ordered pairs sum to
    2 (n sum x^2 - (sum x)^2): nominal, ordinal (on mid-ranks) and interval need no pairs.
    """
    table = counted.table
    each = table.sum(axis=1)
    table, each = table[each > 1], each[each > 1]
    totals = table.sum(axis=0)
    n = float(totals.sum())
    facts = (len(table), int(n), counted.raters)
    if not len(table):
        return Alpha(None, level, None, None, *facts, Undefined.no_pairs())
    if (totals > 0).sum() < 2:
        return Alpha(None, level, None, None, *facts, Undefined.no_variation())
    if level == "ratio":
        within, overall = _ratio(table, totals, _scaled(counted.values))
    elif level == "nominal":
        within = each**2 - (table**2).sum(axis=1)
        overall = n**2 - float((totals**2).sum())
    else:
        x = np.cumsum(totals) - totals / 2 if level == "ordinal" else _scaled(counted.values)
        x = x - totals @ x / n  # pairs do not change, and large values lose no digits
        within = 2 * (each * (table @ x**2) - (table @ x) ** 2)
        overall = 2 * (n * float(totals @ x**2) - float(totals @ x) ** 2)
    # Where all said the same there is no disagreement, not even that of rounding.
    agreed = (table > 0).sum(axis=1) == 1
    observed = float(np.where(agreed, 0.0, np.maximum(within, 0)) @ (1 / (each - 1))) / n
    expected = overall / (n * (n - 1))
    if not expected > 0:  # values so close that their squares vanish
        return Alpha(None, level, None, None, *facts, Undefined.no_variation())
    return Alpha(1 - observed / expected, level, observed, expected, *facts)


def _scaled(values: FloatArray | None) -> FloatArray:
    """Values by the largest of them: alpha does not depend on the unit of measurement."""
    assert values is not None
    largest = float(np.abs(values).max())
    return values / largest if largest > 0 else values


def _ratio(table: FloatArray, totals: FloatArray, x: FloatArray) -> tuple[FloatArray, float]:
    total = x[:, None] + x[None]
    apart = np.divide(x[:, None] - x[None], total, out=np.zeros_like(total), where=total > 0) ** 2
    return np.einsum("uv,uv->u", table @ apart, table), float(totals @ apart @ totals)
