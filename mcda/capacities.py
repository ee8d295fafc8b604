"""Capacities: a weight for every set of criteria, not only for each alone (Grabisch 1996).

A capacity on m criteria is an array of 2**m numbers; bit j of a set's number stands for
criterion j.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import factorial

import numpy as np

from mcda.errors import ProblemError
from mcda.problem import Array
from mcda.value_functions import is_finite

# A sum of decimal fractions may miss its total by rounding.
_ROUNDING = 1e-9


def read_capacity(given: object, m: int) -> Array:
    """Turn ``{"1": 0.3, "1,2": 0.5, ...}`` into an array of shape (2**m,).

    Raises
    ------
    ProblemError
        A set that is missing, unknown or given twice; a whole that is not 1; a set that counts
        less than one of its parts.
    """
    mu = np.zeros(1 << m)
    read = _by_set(given, m)
    for size in range(1, m + 1):
        for members in combinations(range(m), size):
            number = _number(members)
            if number not in read:
                raise ProblemError(
                    "capacity_missing",
                    "the capacity of the criteria {members} is missing; expected one for every set of the "
                    "numbers 1 to {m}",
                    members=_name(number),
                    m=m,
                )
            mu[number] = read[number]
    if abs(mu[-1] - 1) > _ROUNDING:
        raise ProblemError(
            "capacity_whole",
            "the capacity of all criteria is {found}; expected 1",
            found=float(mu[-1]),
        )
    _need_monotone(mu, m)
    return mu


def read_interaction(given: object, weights: Array) -> Array:
    """Return the interaction indices of all pairs, in the order of `numpy.triu_indices`.

    Parameters
    ----------
    given
        One number r from -1 to 1: every pair has 2 r min(its weights) / (m - 1), so that no
        criterion's interactions exceed twice its weight. Or ``{"1,2": index, ...}``.
    weights : array, shape (..., m)
        Shapley values.

    Returns
    -------
    array, shape (..., m (m - 1) / 2) for one number, else (m (m - 1) / 2,)

    Raises
    ------
    ProblemError
        A pair that is missing, unknown or given twice; a number out of range.
    """
    m = weights.shape[-1]
    first, second = np.triu_indices(m, 1)
    if not isinstance(given, Mapping):
        if isinstance(given, bool) or not isinstance(given, (int, float)) or not -1 <= given <= 1:
            raise ProblemError(
                "interaction",
                "the interaction is {found}; expected a number from -1 to 1, or an index for every pair",
                found=given,
            )
        smaller = np.minimum(weights[..., first], weights[..., second])
        shared: Array = smaller * (2 * given / max(m - 1, 1))
        return shared
    read = _by_set(given, m)
    pairs = {
        _number((int(i), int(j))): k for k, (i, j) in enumerate(zip(first, second, strict=True))
    }
    for number in sorted({*pairs} ^ {*read}):
        raise ProblemError(
            "interaction_pairs",
            "interactions are given for {found} sets of criteria, and {members} is missing or no pair; "
            "expected one for each of {expected} pairs of the numbers 1 to {m}",
            found=len(read),
            members=_name(number),
            expected=len(pairs),
            m=m,
        )
    return np.array([read[number] for number in pairs])


def need_monotone_pairs(pairs: Array, weights: Array) -> None:
    """Refuse 2-additive interactions under which a set would count less than its part.

    Adding criterion i lowers the capacity most where exactly the criteria with negative
    interaction are already there: by its weight less half of all its interactions' sizes.
    """
    m = weights.shape[-1]
    first, second = np.triu_indices(m, 1)
    table = np.zeros((*pairs.shape[:-1], m, m))
    table[..., first, second] = table[..., second, first] = pairs
    gains = weights - np.abs(table).sum(axis=-1) / 2
    for place in np.argwhere(gains < -_ROUNDING):
        *draw, i = (int(x) for x in place)
        row = np.broadcast_to(table, (*gains.shape, m))[(*draw, i)]
        part = _number(tuple(int(j) for j in np.flatnonzero(row < 0)))
        raise _falling(part, part | 1 << i, float(-gains[tuple(place)]))


def shapley_values(mu: Array) -> Array:
    """Average gain from each criterion over all orders of arrival; shape (m,), sums to 1."""
    m = _criteria(mu)
    values = np.zeros(m)
    for i in range(m):
        for part in range(1 << m):
            if not part >> i & 1:
                size = part.bit_count()
                share = factorial(m - size - 1) * factorial(size) / factorial(m)
                values[i] += share * (mu[part | 1 << i] - mu[part])
    return values


def interaction_indices(mu: Array) -> Array:
    """Average gain from two criteria together beyond each alone; symmetric, shape (m, m).

    Above 0 the two complement each other, below 0 one replaces the other (Murofushi and Soneda
    1993, as in Grabisch 1996).
    """
    m = _criteria(mu)
    table = np.zeros((m, m))
    for i, j in combinations(range(m), 2):
        for part in range(1 << m):
            if not part >> i & 1 and not part >> j & 1:
                size = part.bit_count()
                share = factorial(m - size - 2) * factorial(size) / factorial(m - 1)
                both, one, other = part | 1 << i | 1 << j, part | 1 << i, part | 1 << j
                table[i, j] += share * (mu[both] - mu[one] - mu[other] + mu[part])
        table[j, i] = table[i, j]
    return table


def _need_monotone(mu: Array, m: int) -> None:
    for part in range(1 << m):
        for i in range(m):
            whole = part | 1 << i
            if mu[whole] < mu[part] - _ROUNDING:
                raise _falling(part, whole, float(mu[part] - mu[whole]))


def _falling(part: int, whole: int, loss: float) -> ProblemError:
    return ProblemError(
        "capacity_falls",
        "the criteria {whole} count {loss} less than {part} among them; expected that no set counts less "
        "than its part",
        whole=_name(whole),
        part=_name(part),
        loss=f"{loss:.6g}",
    )


def _by_set(given: object, m: int) -> dict[int, float]:
    if not isinstance(given, Mapping):
        raise ProblemError(
            "capacity_form",
            "found {found}; expected numbers by sets of criteria, such as 1 or 1,3",
            found=given,
        )
    read: dict[int, float] = {}
    for key, value in given.items():
        number = _parsed(key, m)
        if number in read:
            raise ProblemError(
                "capacity_again",
                "the criteria {members} are given twice; expected once",
                members=_name(number),
            )
        if not is_finite(value):
            raise ProblemError(
                "capacity_number",
                "the criteria {members} have {found}; expected a finite number",
                members=_name(number),
                found=value,
            )
        read[number] = float(value)
    return read


def _parsed(key: object, m: int) -> int:
    parts = str(key).split(",")
    known = {str(j + 1): j for j in range(m)}
    members = [known.get(part.strip(), -1) for part in parts]
    if -1 in members or len(set(members)) < len(members):
        raise ProblemError(
            "capacity_key",
            "{found} is no set of criteria; expected different numbers from 1 to {m} with commas "
            "(criteria of weight zero are left out)",
            found=repr(key),
            m=m,
        )
    return _number(tuple(members))


def _number(members: tuple[int, ...]) -> int:
    return sum(1 << j for j in members)


def _name(number: int) -> str:
    return ",".join(str(j + 1) for j in range(number.bit_length()) if number >> j & 1) or "{}"


def _criteria(mu: Array) -> int:
    return len(mu).bit_length() - 1
