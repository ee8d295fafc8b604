"""Weights given as points: direct allocation, and swing weighting."""

from __future__ import annotations

import numpy as np

from survey.elicitation.inputs import number, numbers
from survey.elicitation.registry import Judgements, Parameter, register
from survey.elicitation.result import Consistency, FloatArray, Outcome, Steps, message
from survey.errors import SurveyError

_POINTS = (0.0, 1e9)
_BEST_SWING = 100.0


@register(
    "points",
    title="Point allocation",
    variants=("shares of the points given",),
    reference="Bottomley, Doyle and Green (2000)",
    degenerate="points that do not sum to the total are scaled, and the sum is shown",
    parameters=(
        Parameter("points", "points of each criterion", required=True),
        Parameter("total", "what the points should sum to", default=100),
    ),
)
def points(given: Judgements, steps: Steps) -> Outcome:
    """Points over their sum."""
    labels, found = numbers(given, "points", expected=_POINTS)
    _some(found, "points")
    total, summed = number(given, "total", expected=(1e-9, 1e12)), float(found.sum())
    steps |= {"sum": summed, "total": total}
    differs = abs(summed - total) > 1e-9 * total
    cause = message(
        "the points sum to {found} instead of {expected}; they are scaled",
        found=summed,
        expected=total,
    )
    consistency = Consistency(
        message("Distance of the sum of points from the total"),
        abs(summed - total) if differs else 0.0,
        cause=cause if differs else None,
    )
    return Outcome(labels, found, "shares of the points given", consistency)


@register(
    "swing",
    title="Swing weighting",
    variants=("the most wanted swing has 100 points",),
    reference="von Winterfeldt and Edwards (1986)",
    degenerate="a swing of 0 points has weight 0",
    parameters=(
        Parameter(
            "points",
            "points of the swing of each criterion from its worst to its best value, "
            "the most wanted 100",
            required=True,
        ),
    ),
)
def swing(given: Judgements, steps: Steps) -> Outcome:
    """Points of the swings over their sum."""
    labels, found = numbers(given, "points", expected=(0.0, _BEST_SWING))
    if found.max() != _BEST_SWING:
        raise SurveyError(
            "no_best_swing",
            "the highest swing is {found}, of {label}; {expected} is expected for the most wanted",
            found=f"{found.max():g}",
            label=labels[int(found.argmax())],
            expected=f"{_BEST_SWING:g}",
        )
    steps["sum"] = float(found.sum())
    return Outcome(labels, found, "the most wanted swing has 100 points")


def _some(found: FloatArray, name: str) -> None:
    if not np.any(found > 0):
        raise SurveyError(
            "all_zero", "all of {name} are 0; at least one above 0 is expected", name=name
        )
