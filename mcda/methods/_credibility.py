"""Pseudo-criteria: pairwise concordance, discordance and credibility, as ELECTRE III and TRI share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.ranking import TIE

# Indices that differ by less are one number: the order of a sum's terms must not decide whether a
# level is reached.
DIGITS = 10


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Indifference, preference and veto of the criteria, shape (..., m); an infinite veto is none."""

    q: Array
    p: Array
    v: Array


@dataclass(frozen=True, slots=True)
class Outranking:
    """How far "the first is at least as good as the second" is backed.

    Attributes
    ----------
    concordance, credibility : arrays, shape (..., a, b)
    discordance : array, shape (..., a, b, m)
        0 throughout for a criterion without veto.
    """

    concordance: Array
    credibility: Array
    discordance: Array


def deficit(first: Array, second: Array) -> Array:
    """How much better each second is than each first: ``(..., a)``, ``(..., b)`` give ``(..., a, b)``.

    Differences that are rounding beside the values count as none.
    """
    one, other = first[..., :, None], second[..., None, :]
    gap: Array = other - one
    return np.where(np.abs(gap) <= TIE * np.maximum(np.abs(one), np.abs(other)), 0.0, gap)


def partial_concordance(gap: Array, q: Array, p: Array) -> Array:
    """1 up to a deficit q, 0 from p on, linear between (Roy 1978); a step where q is p."""
    width = p - q
    sloped = np.divide(p - gap, width, out=np.zeros(gap.shape), where=width > 0)
    # A deficit that meets q is computed a little above it or below.
    met = gap - q <= 10.0**-DIGITS * q
    result: Array = np.where(met, 1.0, np.clip(sloped, 0.0, 1.0))
    return result


def partial_discordance(gap: Array, p: Array, v: Array) -> Array:
    """0 up to a deficit p, 1 from v on, linear between (Roy 1978); a step where p is v.

    R MCDA's ``ELECTREIIIDistillation`` turns the line round: 1 at p and 0 at v.
    """
    width = v - p
    sloped = np.divide(gap - p, width, out=np.ones(gap.shape), where=width > 0)
    met = gap - p <= 10.0**-DIGITS * p
    result: Array = np.where(met, 0.0, np.clip(sloped, 0.0, 1.0))
    return result


def outranking(
    gap: Callable[[int], Array],
    weights: Array,
    threshold: Callable[[Array], Array],
    thresholds: Thresholds,
) -> Outranking:
    """Put the criteria together into concordance and credibility (Roy 1978).

    Parameters
    ----------
    gap
        Gives the deficits of one criterion, shape (..., a, b).
    weights : array, shape (..., m)
    threshold
        Shapes thresholds of one criterion so that they broadcast with the deficits.
    thresholds
        Of all criteria, in the unit of the deficits.
    """
    m = weights.shape[-1]
    concordance: Array = np.zeros(())
    against: list[Array] = []
    for j in range(m):
        short = gap(j)
        q, p, v = (threshold(t[..., j]) for t in (thresholds.q, thresholds.p, thresholds.v))
        weight = weights[..., j, None, None]
        concordance = concordance + weight * partial_concordance(short, q, p)
        against.append(
            partial_discordance(short, p, v) if np.isfinite(v).any() else np.zeros(short.shape)
        )
    concordance = np.minimum(concordance, 1.0)
    credibility = concordance.copy()
    for discordance in against:
        strong = discordance > concordance
        if strong.any():
            share = np.ones(strong.shape)
            np.divide(1 - discordance, 1 - concordance, out=share, where=strong)
            credibility *= share
    return Outranking(concordance, credibility, np.stack(against, axis=-1))


def threshold_row(given: Any, m: int, name: str) -> list[Any]:  # noqa: ANN401 - scalar or sequence
    """Spread one value over the criteria, or take a list with one for each."""
    if given is None or isinstance(given, (str, int, float)):
        return [given] * m
    if isinstance(given, Sequence) and len(given) == m:
        return list(given)
    raise ProblemError(
        "per_criterion",
        "ELECTRE's {name} is {found}; expected one value, or a list with one for each of {m} criteria",
        name=name,
        found=given,
        m=m,
    )


def check_order(q: Sequence[Any], p: Sequence[Any], v: Sequence[Any]) -> None:
    """Refuse thresholds that are no numbers of 0 or more, or not in the order q, p, v."""
    for j, row in enumerate(zip(q, p, v, strict=True)):
        for name, value in zip("qpv", row, strict=True):
            if not is_number(value, 0) and not (name == "v" and value is None):
                raise ProblemError(
                    "threshold",
                    "criterion number {number}: ELECTRE needs {name} of 0 or more, found {found}",
                    number=j + 1,
                    name=name,
                    found=value,
                )
        indifference, preference, veto = row
        if indifference > preference or (veto is not None and preference > veto):
            raise ProblemError(
                "threshold_order",
                "criterion number {number}: thresholds are q {q}, p {p}, v {v}; expected q at most p, "
                "and p at most v",
                number=j + 1,
                q=indifference,
                p=preference,
                v="-" if veto is None else veto,
            )


def is_number(value: Any, low: float, high: float = np.inf) -> bool:  # noqa: ANN401 - whatever is given
    """Whether a parameter is a finite number between two bounds."""
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and bool(np.isfinite(value))
        and low <= value <= high
    )


def check_level(method: str, name: str, value: Any, low: float, high: float) -> None:  # noqa: ANN401
    """Refuse a level outside its bounds."""
    if not is_number(value, low, high):
        raise ProblemError(
            "level",
            "{method}'s {name} is {found}; expected a number from {low} to {high}",
            method=method,
            name=name,
            found=repr(value),
            low=low,
            high=high,
        )


def vetoes(row: Sequence[float | None]) -> list[float]:
    """Veto thresholds as numbers; none is infinite."""
    return [np.inf if x is None else float(x) for x in row]


def reached(index: Array, level: float | Array) -> NDArray[np.bool_]:
    """Whether an index reaches a level, rounding aside."""
    met: NDArray[np.bool_] = np.round(index - level, DIGITS) >= 0
    return met
