"""Several people, several levels: judgements and priorities brought together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from survey.elicitation.inputs import square_rows
from survey.elicitation.pairwise import checked_matrix
from survey.elicitation.result import Elicited, FloatArray
from survey.errors import SurveyError

_FORMAN_PENIWATI = "Forman and Peniwati (1998)"


def aggregate_judgements(
    matrices: Sequence[Any],
    weights: npt.ArrayLike | None = None,
    labels: tuple[str, ...] | None = None,
) -> FloatArray:
    """One matrix of a group that acts as one person: weighted geometric means of the judgements.

    The geometric mean is the only one that keeps reciprocity (Aczel, Saaty, 1983). A pair is
    averaged over those who judged it; NaN where nobody did.

    Parameters
    ----------
    matrices
        One reciprocal matrix (n, n) per person, None or NaN where nothing was judged.
    weights
        Shape (persons,), 0 or more; left out: equal.
    labels
        Names of what is compared, for error messages.

    """
    if not len(matrices):
        raise SurveyError(
            "nobody", "nobody's judgements are given; at least one person's are expected"
        )
    rows = [square_rows(m, "matrix") for m in matrices]
    size = len(rows[0]) if labels is None else len(labels)
    for k, each in enumerate(rows):
        if len(each) != size:
            raise SurveyError(
                "sizes_differ",
                "person {person} compares {found} criteria; {expected} are expected",
                person=k + 1,
                found=len(each),
                expected=size,
            )
    stacked = np.stack([checked_matrix(each, labels) for each in rows])
    shares = _shares(weights, len(rows))[:, None, None] * ~np.isnan(stacked)
    logs = (shares * np.log(np.where(np.isnan(stacked), 1.0, stacked))).sum(axis=0)
    mass = shares.sum(axis=0)
    means = np.exp(np.divide(logs, mass, out=np.zeros_like(logs), where=mass > 0))
    found: FloatArray = np.where(mass > 0, means, np.nan)
    return found


def aggregate_priorities(
    people: Sequence[Elicited], weights: npt.ArrayLike | None = None, mean: str = "arithmetic"
) -> Elicited:
    """Weights of a group of separate persons: the weighted mean of each one's own weights.

    Parameters
    ----------
    people
        Everyone's weights of the same labels.
    weights
        Shape (persons,), 0 or more; left out: equal.
    mean
        ``arithmetic`` or ``geometric``.

    """
    if not people:
        raise SurveyError(
            "nobody", "nobody's judgements are given; at least one person's are expected"
        )
    if mean not in {"arithmetic", "geometric"}:
        raise SurveyError(
            "mean_unknown",
            "the mean {found} is not known; expected {nearest}",
            found=repr(mean),
            nearest="arithmetic, geometric",
        )
    each = np.stack([_in_order(person, people[0].labels) for person in people])
    shares = _shares(weights, len(people))
    if mean == "arithmetic":
        means = shares @ each
    else:
        with np.errstate(divide="ignore"):
            logs = np.log(each)
        # Whoever has no say must not turn a weight of zero into 0 * -inf.
        means = np.exp(shares[shares > 0] @ logs[shares > 0])
    if not means.sum() > 0:
        raise SurveyError(
            "nothing_shared",
            "everything has weight 0 with someone, so that the geometric mean is 0; "
            "the arithmetic mean is expected here",
        )
    first = people[0]
    alike = all((p.method, p.variant) == (first.method, first.variant) for p in people)
    return Elicited(
        method=first.method if alike else "",
        variant=f"aggregation of individual priorities, {mean} mean",
        reference=_FORMAN_PENIWATI,
        labels=first.labels,
        weights=means / means.sum(),
        steps=MappingProxyType({"individual": each, "shares": shares}),
    )


def synthesise(
    criteria: Elicited, alternatives: Mapping[str, Elicited], mode: str = "distributive"
) -> Elicited:
    """Weights of what stands below the criteria: their weight under each, times the criterion's.

    A result may itself stand below another criterion, so that levels can be stacked.

    Parameters
    ----------
    criteria
        Weights of the upper level.
    alternatives
        For each of its labels the weights of the lower level, over the same labels.
    mode
        ``distributive``: weights under a criterion sum to 1; ``ideal``: the best has 1, so that
        adding a copy of another leaves the order of the rest.

    References
    ----------
    Saaty (1980); Saaty, Vargas (1993), Math. Comput. Modelling 17(4-5), 185-195 (modes).

    """
    if mode not in {"distributive", "ideal"}:
        raise SurveyError(
            "mode_unknown",
            "the mode {found} is not known; expected {nearest}",
            found=repr(mode),
            nearest="distributive, ideal",
        )
    for label in criteria.labels:
        if label not in alternatives:
            raise SurveyError(
                "criterion_not_judged",
                "nothing is judged under the criterion {label}; weights are expected",
                label=label,
            )
    below = [alternatives[label] for label in criteria.labels]
    each = np.stack([_in_order(e, below[0].labels) for e in below])
    if mode == "ideal":
        each /= each.max(axis=1, keepdims=True)
    total = criteria.weights @ each
    steps: dict[str, Any] = {"criteria": criteria.weights, "under_each": each}
    levels = [criteria, *below]
    if all("random_index" in e.steps for e in levels):
        by = np.append(1.0, criteria.weights)
        index = float(by @ [e.steps["consistency_index"] for e in levels])
        expected = float(by @ [e.steps["random_index"] for e in levels])
        steps["hierarchy_consistency_ratio"] = index / expected if expected > 0 else 0.0
    return Elicited(
        method=criteria.method,
        variant=f"hierarchy, {mode} mode",
        reference="Saaty (1980)",
        labels=below[0].labels,
        weights=total / total.sum(),
        steps=MappingProxyType(steps),
    )


def _in_order(person: Elicited, labels: tuple[str, ...]) -> FloatArray:
    if sorted(person.labels) != sorted(labels):
        raise SurveyError(
            "labels_of_people_differ",
            "one weighs {found}, another {expected}; the same labels are expected",
            found=", ".join(person.labels),
            expected=", ".join(labels),
        )
    return np.array([person.weights[person.labels.index(x)] for x in labels])


def _shares(weights: npt.ArrayLike | None, size: int) -> FloatArray:
    found = np.ones(size) if weights is None else np.asarray(weights, dtype=np.float64)
    if found.shape != (size,) or not ((found >= 0) & (found < np.inf)).all() or not found.any():
        raise SurveyError(
            "people_weights",
            "the weights of the people are {found}; {expected} numbers of 0 or more are expected, "
            "at least one above 0",
            found=found.tolist(),
            expected=size,
        )
    shares: FloatArray = found / found.max()  # first, so that the sum stays finite
    shares /= shares.sum()
    return shares
