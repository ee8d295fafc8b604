"""Distillations: from a matrix of credibilities to two rankings, as ELECTRE III and IV do."""

from __future__ import annotations

import numpy as np

from mcda.methods._credibility import DIGITS
from mcda.problem import Array


def distil(credibility: Array, alpha: float, beta: float, *, best_first: bool) -> Array:
    """Take classes away from the top (or the bottom) until nothing is left (Roy 1978).

    Within a class to be, the level of credibility is lowered from cut to cut, and those whose
    qualification is highest (or lowest) stay, until one is left or the level is zero. The
    qualification is the number of those outranked at the level less that of those outranking;
    row outranks column where its credibility is above the level and exceeds the reverse by more
    than the discrimination threshold ``alpha * credibility + beta``.

    Parameters
    ----------
    credibility : array, shape (..., n, n)
    alpha, beta
        Of the discrimination threshold.
    best_first
        True: descending distillation; False: ascending.

    Returns
    -------
    array, shape (..., n)
        Number of each alternative's class, 1 best.
    """
    n = credibility.shape[-1]
    # Problems run along the last axis: every reduction over alternatives is then over long lanes.
    given = np.ascontiguousarray(np.moveaxis(credibility.reshape(-1, n, n), 0, -1))
    apart = ~np.eye(n, dtype=bool)[:, :, None]
    sigma = np.where(apart, np.round(given, DIGITS), 0.0)
    lead = sigma - np.swapaxes(sigma, 0, 1) - (alpha * sigma + beta)
    ahead = apart & (np.round(lead, DIGITS) > 0)
    place = np.zeros((n, sigma.shape[-1]))
    left = np.ones(place.shape, dtype=bool)
    step = 0
    while left.any():
        step += 1
        pool = _next_class(sigma, ahead, left, (alpha, beta), best_first=best_first)
        place[pool] = step
        left &= ~pool
    if not best_first:
        place = 1.0 + place.max(axis=0) - place
    result: Array = np.moveaxis(place, -1, 0).reshape(credibility.shape[:-1])
    return result


def _next_class(
    sigma: Array,
    ahead: np.ndarray,
    left: np.ndarray,
    discrimination: tuple[float, float],
    *,
    best_first: bool,
) -> np.ndarray:
    """Members of the next class of every problem, shape (n, problems)."""
    alpha, beta = discrimination
    pool = left.copy()
    level = _top(sigma, pool[:, None] & pool[None, :])
    busy = pool.sum(axis=0) > 1
    while busy.any():
        pairs = pool[:, None] & pool[None, :]
        cut = np.round(level - (alpha * level + beta), DIGITS)
        level = _top(sigma, pairs & (sigma < cut))
        beaten = pairs & ahead & (sigma > level)
        qualification = beaten.sum(axis=1) - beaten.sum(axis=0)
        if not best_first:
            qualification = -qualification
        highest = np.where(pool, qualification, -len(pool)).max(axis=0)
        pool &= ~busy | (qualification == highest)
        busy &= (pool.sum(axis=0) > 1) & (level > 0)
    return pool


def _top(sigma: Array, among: np.ndarray) -> Array:
    """Largest credibility among pairs of each problem; 0 where there is none."""
    largest: Array = np.where(among, sigma, 0.0).max(axis=(0, 1))
    return largest
