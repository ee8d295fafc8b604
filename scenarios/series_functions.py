"""Chaining, splicing and linking of annual series; NaN marks a year without a figure.

All take arrays (..., years) and work along the last axis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scenarios.errors import ScenarioError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def chain_levels(index: NDArray[np.float64], years: NDArray[np.int64]) -> NDArray[np.float64]:
    """Cumulative level of a year-on-year index in per cent, the first known year being 1.

    The first year's own index compares it with the year before, which is not in the series, so
    it is not counted. The same arithmetic turns a December-to-December price index into a price
    level with the first year's December prices as 1.

    Raises
    ------
    ScenarioError
        A gap between known years (the level after it is unknown), an index that is not positive,
        or no figure at all.
    """
    known = ~np.isnan(index)
    started = np.maximum.accumulate(known, axis=-1)
    to_come = np.maximum.accumulate(known[..., ::-1], axis=-1)[..., ::-1]
    gap = started & to_come & ~known
    if gap.any():
        raise ScenarioError(
            "chain_gap",
            "the index has no figure in {years}; expected every year between the first and "
            "the last",
            years=_named(gap, years),
        )
    if not known.any(axis=-1).all():
        raise ScenarioError(
            "chain_empty", "the index has no figure in any year; expected at least one"
        )
    if (index <= 0).any():
        raise ScenarioError(
            "chain_not_positive",
            "the index is 0 or negative in {years}; expected a positive percentage of the "
            "previous year",
            years=_named(index <= 0, years),
        )
    first = known & ~np.concatenate([np.zeros_like(known[..., :1]), started[..., :-1]], axis=-1)
    with np.errstate(over="ignore"):
        levels = np.cumprod(np.where(first | ~known, 1.0, index / 100.0), axis=-1)
    if not np.isfinite(levels).all():
        raise ScenarioError(
            "chain_too_large",
            "the level is too large in {years}; expected an index in per cent of the previous year",
            years=_named(~np.isfinite(levels), years),
        )
    return np.where(known, levels, np.nan)


def splice_series(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    years: NDArray[np.int64],
    year: int,
) -> NDArray[np.float64]:
    """`before` until `year`, `after` from `year` on, both as they stand.

    Right for year-on-year indices, which have no level; a series of levels keeps its break.
    """
    return np.where(years < year, before, after)


def link_series(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    years: NDArray[np.int64],
    year: int,
) -> NDArray[np.float64]:
    """Splice after scaling `before` to the level of `after` in the overlapping `year`.

    The newer definition is kept and the older one is brought to it, by the ratio of the two in
    `year`.

    Raises
    ------
    ScenarioError
        No overlap in `year`, or a zero there.
    """
    at = np.flatnonzero(years == year)
    if not at.size:
        raise ScenarioError(
            "link_year_unknown",
            "the year {year} is not among {first}-{last}; expected a year with both series",
            year=year,
            first=int(years[0]),
            last=int(years[-1]),
        )
    old, new = before[..., at], after[..., at]
    if np.isnan(old).any() or np.isnan(new).any():
        raise ScenarioError(
            "link_without_overlap",
            "one of the two series has no figure in {year}; expected both",
            year=year,
        )
    if (old == 0).any() or (new == 0).any():
        raise ScenarioError(
            "link_at_zero",
            "one of the two series is 0 in {year}; expected numbers other than 0, "
            "for the series are linked by their ratio",
            year=year,
        )
    return splice_series(before * (new / old), after, years, year)


def _named(flags: NDArray[np.bool_], years: NDArray[np.int64]) -> str:
    found = years[flags.reshape(-1, flags.shape[-1]).any(axis=0)]
    return ", ".join(str(year) for year in found)
