"""Dawid and Skene: what is true and how often each rater errs, both at once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from survey.contingency import FloatArray
from survey.errors import SurveyError

_ROUNDS: Final = 1000
_STILL: Final = 1e-9  # relative gain of the likelihood at which the search ends
_MOST_CELLS: Final = 20_000_000  # of the raters' error tables


@dataclass(frozen=True, slots=True, eq=False)
class DawidSkene:
    """Estimates of the model.

    Parameters
    ----------
    items, raters, classes
        Names as given; classes in increasing order.
    posterior
        Probability of each class for each item, shape (items, classes).
    marginals
        How frequent the classes are, shape (classes,).
    errors
        Probability that a rater says a class (last axis) where another is true, shape (raters,
        classes, classes); rows sum to 1.
    log_likelihood, rounds, converged
        Of the search, which finds a local maximum, from the raters' majority.

    """

    items: tuple[Hashable, ...]
    raters: tuple[Hashable, ...]
    classes: tuple[Hashable, ...]
    posterior: FloatArray
    marginals: FloatArray
    errors: FloatArray
    log_likelihood: float
    rounds: int
    converged: bool


def dawid_skene(judgements: Sequence[tuple[Hashable, Hashable, Hashable]]) -> DawidSkene:
    """Estimate by expectation and maximisation.

    Parameters
    ----------
    judgements
        (item, rater, class), two classes or more; a rater may judge an item several times, or
        not at all.

    References
    ----------
    Dawid, Skene (1979), J. R. Stat. Soc. C 28, 20-28.

    """
    if not judgements:
        raise SurveyError("judgements_none", "there are no judgements; at least one is expected")
    items, raters, classes = (_names(each) for each in zip(*judgements, strict=True))
    size = len(classes)
    if size < 2:
        raise SurveyError(
            "classes_one",
            "all judgements name the class {found}; two classes or more are expected",
            found=classes[0],
        )
    if len(raters) * size * size > _MOST_CELLS:
        raise SurveyError(
            "classes_many",
            "{classes} classes of {raters} raters are too many; "
            "expected at most {most} when classes are multiplied twice by raters",
            classes=size,
            raters=len(raters),
            most=_MOST_CELLS,
        )
    item_at, rater_at, class_at = (
        _places(names, each)
        for names, each in zip((items, raters, classes), zip(*judgements, strict=True), strict=True)
    )
    said = csr_array(
        (np.ones(len(item_at)), (item_at, rater_at * size + class_at)),
        shape=(len(items), len(raters) * size),
    )
    votes = np.zeros((len(items), size))
    np.add.at(votes, (item_at, class_at), 1.0)
    posterior = votes / votes.sum(axis=1, keepdims=True)
    before, rounds, converged = -np.inf, 0, False
    tiny = np.finfo(np.float64).tiny
    marginals, errors = posterior.mean(axis=0), np.empty(0)
    while rounds < _ROUNDS and not converged:
        rounds += 1
        marginals = posterior.mean(axis=0)
        expected = (said.T @ posterior).reshape(len(raters), size, size)  # rater, said, true
        total = expected.sum(axis=1, keepdims=True)
        errors = np.divide(expected, total, out=np.full_like(expected, 1 / size), where=total > 0)
        # A probability of exactly 0 has no logarithm; the smallest number says as much.
        log_errors = np.log(np.maximum(errors, tiny)).reshape(len(raters) * size, size)
        log_joint = said @ log_errors + np.log(np.maximum(marginals, tiny))
        top = log_joint.max(axis=1, keepdims=True)
        joint = np.exp(log_joint - top)
        whole = joint.sum(axis=1, keepdims=True)
        posterior = joint / whole
        now = float((np.log(whole) + top).sum())
        converged = bool(now - before <= _STILL * max(1.0, abs(now)))
        before = now
    return DawidSkene(
        items,
        raters,
        classes,
        posterior,
        posterior.mean(axis=0),
        np.swapaxes(errors, 1, 2),
        before,
        rounds,
        converged,
    )


def _names(given: Sequence[Hashable]) -> tuple[Hashable, ...]:
    """Different names; numbers in order, anything else in the order of its text."""
    different = set(given)
    if all(isinstance(x, int | float) for x in different):
        return tuple(sorted(different))  # type: ignore[type-var]
    return tuple(sorted(different, key=str))


def _places(
    names: tuple[Hashable, ...], given: Sequence[Hashable]
) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    at = {name: k for k, name in enumerate(names)}
    return np.array([at[x] for x in given], dtype=np.intp)
