"""Weights from comparisons along an order of the criteria: SWARA, PIPRECIA, FUCOM."""

from __future__ import annotations

import numpy as np

from survey.elicitation.inputs import names, numbers, one_of, shown
from survey.elicitation.registry import Judgements, Parameter, register
from survey.elicitation.result import Consistency, FloatArray, Outcome, Steps, message
from survey.errors import SurveyError

_LARGEST = 1e6  # how much more important one neighbour can be said to be
_BELOW_TWO = float(np.nextafter(2.0, 0.0))


def _chained(coefficients: FloatArray, steps: Steps) -> FloatArray:
    """Weights from q_1 = 1, q_j = q_(j-1) / k_j; in logarithms, where no chain is too long."""
    steps["k"] = coefficients
    logs = -np.cumsum(np.log(coefficients))
    weights: FloatArray = np.exp(logs - logs.max())
    steps["q"] = weights / weights[0] if weights[0] > 0 else weights
    return weights


@register(
    "swara",
    title="SWARA",
    variants=("criteria in the order of importance",),
    reference="Kersuliene, Zavadskas and Turskis (2010)",
    degenerate="a comparative importance of 0 gives a criterion the weight of the one before it",
    parameters=(
        Parameter(
            "s",
            "by how much each criterion is less important than the one before it, as a share; "
            "null for the first",
            required=True,
        ),
    ),
)
def swara(given: Judgements, steps: Steps) -> Outcome:
    """k_j = s_j + 1, q_j = q_(j-1) / k_j, weights in proportion to q."""
    labels, s = numbers(given, "s", expected=(0.0, _LARGEST), first_is_gap=True)
    weights = _chained(np.concatenate([[1.0], 1 + s[1:]]), steps)
    return Outcome(labels, weights, "criteria in the order of importance")


@register(
    "piprecia",
    title="PIPRECIA",
    variants=("criteria in any order",),
    reference="Stanujkic, Zavadskas, Karabasevic, Smarandache and Turskis (2017)",
    degenerate="a significance of 1 gives a criterion the weight of the one before it",
    parameters=(
        Parameter(
            "s",
            "significance of each criterion against the one before it, 1 if equal, "
            "above 1 and below 2 if more; null for the first",
            required=True,
        ),
    ),
)
def piprecia(given: Judgements, steps: Steps) -> Outcome:
    """k_j = 2 - s_j, q_j = q_(j-1) / k_j, weights in proportion to q."""
    labels, s = numbers(given, "s", expected=(0.0, 2.0), first_is_gap=True)
    if (s[1:] >= 2).any():
        raise SurveyError(
            "significance_two",
            "s of {label} is 2; a number below 2 is expected",
            label=labels[int(np.argmax(np.nan_to_num(s) >= 2))],
        )
    weights = _chained(np.concatenate([[1.0], 2 - s[1:]]), steps)
    return Outcome(labels, weights, "criteria in any order")


_BY_PRIORITIES = "priorities against the first criterion"
_BY_NEIGHBOURS = "priorities between neighbours"


@register(
    "fucom",
    title="FUCOM",
    variants=(_BY_PRIORITIES, _BY_NEIGHBOURS),
    reference="Pamucar, Stevic and Sremac (2018)",
    degenerate="judgements along one chain cannot contradict each other: chi is 0",
    parameters=(
        Parameter("ranked_criteria", "names of the criteria, the most important first"),
        Parameter(
            "priorities_1_9",
            "how many times less important each ranked criterion is than the first, from 1 to 9",
        ),
        Parameter(
            "comparative_priorities",
            "how many times more important each ranked criterion is than the next; one fewer than criteria",
        ),
    ),
)
def fucom(given: Judgements, steps: Steps) -> Outcome:
    """Weights with w_k / w_(k+1) = phi_k; chi is the largest deviation from both conditions."""
    ranked = _ranked(given)
    bare = Judgements(given.method, given.params)
    if one_of(given, "priorities_1_9", "comparative_priorities") == "priorities_1_9":
        own, priorities = numbers(bare, "priorities_1_9", expected=(1.0, 9.0))
        variant = _BY_PRIORITIES
        if isinstance(given.params["priorities_1_9"], dict):
            ranked = own
        labels = names(given, len(priorities), ranked)
        _must_rise(priorities, labels)
        phi = priorities[1:] / priorities[:-1]
    else:
        _, phi = numbers(bare, "comparative_priorities", expected=(1.0, _LARGEST))
        labels, variant = names(given, len(phi) + 1, ranked), _BY_NEIGHBOURS
    logs = -np.concatenate([[0.0], np.cumsum(np.log(phi))])
    weights = np.exp(logs)
    steps["phi"] = phi
    steps["chi"] = _chi(logs, np.log(phi))
    measure = message("Deviation from full consistency, chi")
    return Outcome(labels, weights, variant, Consistency(measure, steps["chi"]))


def _chi(logs: FloatArray, phi: FloatArray) -> float:
    """Largest deviation of w_k / w_(k+1) from phi_k and of w_k / w_(k+2) from phi_k phi_(k+1)."""
    gaps = [
        np.exp(logs[:-1] - logs[1:] - phi) - 1,
        np.exp(logs[:-2] - logs[2:] - phi[:-1] - phi[1:]) - 1,
    ]
    largest = float(np.abs(np.concatenate(gaps)).max(initial=0.0))
    # What is left is the rounding of the logarithms.
    return 0.0 if largest < 1e-9 else largest


def _ranked(given: Judgements) -> tuple[str, ...] | None:
    ranked = given.params["ranked_criteria"]
    if ranked is None:
        return None
    if not isinstance(ranked, (list, tuple)) or not all(isinstance(x, str) for x in ranked):
        raise SurveyError(
            "names_expected",
            "{name} is {found}; a list of names is expected",
            name="ranked_criteria",
            found=shown(ranked),
        )
    return tuple(ranked)


def _must_rise(priorities: FloatArray, labels: tuple[str, ...]) -> None:
    if priorities[0] != 1:
        raise SurveyError(
            "first_priority",
            "the priority of the first criterion {label} is {found}; 1 is expected",
            label=labels[0],
            found=f"{priorities[0]:g}",
        )
    falls = np.flatnonzero(np.diff(priorities) < 0)
    if falls.size:
        k = int(falls[0])
        raise SurveyError(
            "priority_falls",
            "the priority of {label} is {found} after {before} of {previous}; "
            "priorities that do not fall are expected, since the criteria are ranked",
            label=labels[k + 1],
            found=f"{priorities[k + 1]:g}",
            before=f"{priorities[k]:g}",
            previous=labels[k],
        )
