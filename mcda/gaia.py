"""The GAIA plane: PROMETHEE's criteria and alternatives in the two dimensions that keep most.

Mareschal and Brans (1988), Geometrical representations for MCDA.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.methods.flows import unicriterion_flows
from mcda.methods.preference import preferences
from mcda.problem import Array, DecisionProblem
from mcda.registry import get_method

# Loadings closer to the largest than this share it: rounding must not choose the sign.
_NEAR = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class GaiaPlane:
    """Alternatives, criteria and weights seen in the plane of the two largest components.

    Attributes
    ----------
    alternatives, criteria
        Labels.
    points : array, shape (n, 2)
        Where each alternative lies; the centre of all is the origin.
    axes : array, shape (m, 2)
        Where the unit vector of each criterion ends. Alternatives good on a criterion lie its way.
    decision_axis : array, shape (2,)
        Where the vector of the weights ends: the direction of the net flow, less what the plane
        leaves out. Near the origin the criteria that count are in conflict.
    delta
        Share of the variance of the unicriterion net flows that the plane keeps, 0 to 1.
    variances : array, shape (m,)
        Variance along each principal component, largest first. Where the first two are equal the
        plane may be turned; where the second and the third are equal it is one of many.
    unicriterion_flows : array, shape (n, m)
        Net flow of every alternative on every criterion, of which this is the picture.
    """

    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    points: Array
    axes: Array
    decision_axis: Array
    delta: float
    variances: Array
    unicriterion_flows: Array


def gaia(problem: DecisionProblem, **params: Any) -> GaiaPlane:  # noqa: ANN401 - as promethee2 takes
    """Project PROMETHEE's unicriterion net flows on the plane that keeps most of their variance.

    Criteria of weight zero stay: the plane does not depend on the weights, which only turn and
    stretch the decision axis. Each component is turned so that the criterion with the largest
    loading (the first of those that share it) points to its positive side.

    Parameters
    ----------
    problem
        At least two criteria.
    **params
        Preference functions and thresholds, as for ``promethee2``.

    Raises
    ------
    ProblemError
        What ``promethee2`` refuses; one criterion; alternatives among which nobody is preferred
        on any criterion, so that there is nothing to see.
    """
    method = get_method("promethee2")
    settings = method.settings(params)
    method.check(problem.values, problem.sense, settings)
    n, m = problem.values.shape
    if m < 2:
        raise ProblemError(
            "gaia_criteria",
            "the GAIA plane needs at least two criteria; found {m}",
            m=m,
        )
    of_range = settings.pop("threshold_scale") == "range"
    leaving, entering = unicriterion_flows(
        problem.values, problem.sense, preferences(m, **settings), of_range=of_range
    )
    flows = leaving - entering
    if not flows.any():
        raise ProblemError(
            "gaia_no_preference",
            "the GAIA plane shows differences, but no alternative is preferred on any criterion",
        )
    # The columns sum to zero, so this is their covariance.
    variances, components = np.linalg.eigh(flows.T @ flows / n)
    variances = np.maximum(variances[::-1], 0.0)
    axes = _turned(components[:, ::-1][:, :2])
    return GaiaPlane(
        alternatives=problem.alternatives,
        criteria=problem.criteria,
        points=flows @ axes,
        axes=axes,
        decision_axis=problem.weights @ axes,
        delta=float(min(variances[:2].sum() / variances.sum(), 1.0)),
        variances=variances,
        unicriterion_flows=flows,
    )


def _turned(components: Array) -> Array:
    """Give each component the sign that makes its first largest loading positive."""
    size = np.abs(components)
    first = np.argmax(size >= size.max(axis=0) - _NEAR, axis=0)
    signs = np.sign(components[first, np.arange(components.shape[1])])
    turned: Array = components * signs
    return turned
