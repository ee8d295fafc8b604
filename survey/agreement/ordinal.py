"""Consensus on an ordered scale, from how many chose each point."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from survey.agreement.inputs import frequencies
from survey.contingency import FloatArray
from survey.errors import SurveyError


def van_der_eijk(freq: npt.ArrayLike) -> float:
    """Van der Eijk's agreement A: 1 all at one point, 0 evenly spread, -1 at the two ends.

    Parameters
    ----------
    freq
        Answers, or their shares, at each point of the scale, three points or more.

    Notes
    -----
    The distribution is taken apart into layers that are flat over some of the points; A is the
    mean of the layers' own agreement, weighed by their size.

    References
    ----------
    Van der Eijk (2001), Qual. Quant. 35, 325-341.

    """
    left = frequencies(freq, least=3)
    left /= left.sum()
    found = 0.0
    filled = left > 0
    while filled.any():
        step = left[filled].min()
        found += step * filled.sum() * _layer(filled)
        left = np.where(filled, left - step, 0.0)
        filled = left > 1e-12  # a share of a million millionth is rounding
    return float(found)


def _layer(filled: npt.NDArray[np.bool_]) -> float:
    """Agreement of a flat layer: its unimodality, by how few of the points it covers."""
    points, covered = len(filled), int(filled.sum())
    before: FloatArray = np.cumsum(filled, dtype=np.float64) - filled
    empty_before: FloatArray = before[~filled]
    empty_after = covered - empty_before
    # Triples of points with two filled side by side (110, 011), or with a gap between (101).
    together = (empty_before * (empty_before - 1) + empty_after * (empty_after - 1)).sum() / 2
    apart = (empty_before * empty_after).sum()
    triples = together + apart
    unimodal = 1.0
    if triples > 0:
        unimodal = ((points - 2) * together - (points - 1) * apart) / ((points - 2) * triples)
    return float(unimodal * (1 - (covered - 1) / (points - 1)))


def tastle_wierman(freq: npt.ArrayLike, values: npt.ArrayLike | None = None) -> float:
    """Tastle and Wierman's consensus Cns: 1 all at one point, 0 half at either end.

    Parameters
    ----------
    freq
        Answers, or their shares, at each point of the scale.
    values
        The points, increasing; left out, 1, 2 and so on.

    References
    ----------
    Tastle, Wierman (2007), Int. J. Approx. Reason. 45, 531-545.

    """
    share = frequencies(freq)
    share = share / share.sum()
    x = np.arange(len(share), dtype=np.float64) if values is None else _points(values, len(share))
    x = (x - x[0]) / (x[-1] - x[0])
    distance = np.abs(x - share @ x)
    used = (share > 0) & (distance < 1)
    return float(np.clip(1 + share[used] @ np.log2(1 - distance[used]), 0.0, 1.0))


def leik(freq: npt.ArrayLike) -> float:
    """Leik's ordinal dispersion D: 0 all at one point, 1 half at either end; consensus is 1 - D.

    References
    ----------
    Leik (1966), Pac. Sociol. Rev. 9, 85-90.

    """
    share = frequencies(freq)
    below = np.cumsum(share)[:-1] / share.sum()
    return float(min(1.0, 2 * np.minimum(below, 1 - below).sum() / len(below)))


def interquartile_range(values: npt.ArrayLike) -> tuple[float, float, float]:
    """First quartile, third quartile and the distance between them; NaN is left out.

    References
    ----------
    Hyndman, Fan (1996), Am. Stat. 50, 361-365, definition 7.

    """
    given = np.asarray(values, dtype=np.float64)
    given = given[~np.isnan(given)]
    if not len(given):
        raise SurveyError("values_none", "the data hold no value; at least one is expected")
    low, high = np.quantile(given, [0.25, 0.75]).tolist()
    return low, high, high - low


def _points(values: npt.ArrayLike, size: int) -> FloatArray:
    try:
        points = np.array(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        points = np.empty((0, 0))
    if points.shape != (size,) or not (np.isfinite(points).all() and (np.diff(points) > 0).all()):
        raise SurveyError(
            "scale_points",
            "the points of the scale are not {size} increasing numbers; those are expected",
            size=size,
        )
    return points
