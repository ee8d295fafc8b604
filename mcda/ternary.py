"""Who is first for every division of weight among three criteria, or three groups of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mcda.errors import ProblemError
from mcda.evaluation import obstacle
from mcda.problem import Array, DecisionProblem
from mcda.ranking import rivals
from mcda.registry import Property
from mcda.scoring import bind

# Corners of the picture: the first group lower left, the second lower right, the third on top.
CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])


@dataclass(frozen=True, slots=True, eq=False)
class Ternary:
    """A triangle of weights cut into small triangles of equal area.

    Attributes
    ----------
    groups : mapping of label to criteria
        Three of them; within a group the present proportions hold.
    free : float
        Share of all weight that the three divide; criteria in no group keep their weights.
    present : array, shape (3,)
        Where the present weights are, summing to 1.
    triangles : array, shape (k, 3, 3)
        Corners of each small triangle, as shares of the groups summing to 1.
    shares : array, shape (k, 3)
        Their middles.
    first : tuple of tuples of str
        Who is first in the middle of each; several where they are level.
    margin : array, shape (k,)
        Lead of the first over the second there, in the method's scores.
    areas : mapping of alternative to float
        Share of the triangle on which it is first; they sum to 1.
    regions : mapping of alternative to array, shape (corners, 3), or None
        Where the scores are linear in the weights, the exact polygon on which it is first (those
        that never are, are left out), from which the areas then come; elsewhere None and the areas
        are counted on the small triangles.
    """

    groups: Mapping[str, tuple[str, ...]]
    free: float
    present: Array
    triangles: Array
    shares: Array
    first: tuple[tuple[str, ...], ...]
    margin: Array
    areas: Mapping[str, float]
    regions: Mapping[str, Array] | None

    def to_frame(self) -> pd.DataFrame:
        """One row a small triangle: shares of the groups, x and y of its middle, first, margin."""
        frame = pd.DataFrame(self.shares, columns=[f"share: {label}" for label in self.groups])
        x, y = position(self.shares).T
        return frame.assign(
            x=x, y=y, first=[" = ".join(names) for names in self.first], margin=self.margin
        )


def position(shares: Array) -> Array:
    """Place shares of the three groups, (..., 3), in the plane, (..., 2), sides of length 1."""
    placed: Array = shares @ CORNERS
    return placed


def three_largest(problem: DecisionProblem, count: int = 3) -> dict[str, tuple[str, ...]]:
    """Name the criteria of most weight, each a group of its own; the earlier first where level.

    The others are in no group, so they keep their weights and with them their proportions.
    """
    if len(problem.criteria) < count:
        raise ProblemError(
            "too_few_criteria",
            "the problem has {found} criteria; expected {count} or more",
            found=len(problem.criteria),
            count=count,
        )
    largest = np.argsort(-problem.weights, kind="stable")[:count]
    return {problem.criteria[j]: (problem.criteria[j],) for j in sorted(largest.tolist())}


def weight_triangle(
    problem: DecisionProblem,
    method: str,
    *,
    groups: Mapping[str, Sequence[str]] | None = None,
    steps: int = 40,
    **params: Any,  # noqa: ANN401 - the method's own
) -> Ternary:
    """Rank on a triangle of weights.

    Parameters
    ----------
    groups : mapping of label to criteria, optional
        Three groups; left out: the three criteria of most weight.
    steps : int
        Small triangles along a side; there are ``steps ** 2``.

    Raises
    ------
    ProblemError
        Not three groups; a criterion unknown, in two groups or in an empty one; groups that have
        no weight to divide.
    """
    if steps < 1:
        raise ProblemError("steps", "found {found} steps; expected 1 or more", found=steps)
    divided = _checked(problem, three_largest(problem) if groups is None else groups)
    corners, free = _corner_weights(problem, divided)
    scoring = bind(problem, method, params, idle_too=True)
    kept = [c in set(scoring.problem.criteria) for c in problem.criteria]
    corners = corners[:, kept]
    if not np.allclose(corners.sum(axis=1), 1):  # a corner gives weight to what is not taken
        refusal = obstacle(problem, method, all_criteria=True, **params)
        if refusal is not None:
            raise refusal
    triangles = _triangles(steps)
    shares = triangles.mean(axis=1)
    scores = scoring.by_weights(shares @ corners)
    above, tied = rivals(scores)
    is_first = above == 0
    regions = None
    areas = np.where(is_first, 1 / (tied + 1), 0.0).mean(axis=0)
    if scoring.has(Property.LINEAR):
        polygons = _polygons(scoring.by_weights(corners))
        areas = np.array([_area(polygon) for polygon in polygons])
        areas /= areas.sum()
        regions = {
            a: polygon
            for a, polygon in zip(problem.alternatives, polygons, strict=True)
            if len(polygon) > 2
        }
    return Ternary(
        groups=divided,
        free=free,
        present=np.array(
            [sum(problem.weights[problem.criteria.index(c)] for c in g) for g in divided.values()]
        )
        / free,
        triangles=triangles,
        shares=shares,
        first=tuple(
            tuple(a for a, f in zip(problem.alternatives, row, strict=True) if f)
            for row in is_first
        ),
        margin=_margin(scores),
        areas=dict(zip(problem.alternatives, areas.tolist(), strict=True)),
        regions=regions,
    )


def _checked(
    problem: DecisionProblem, groups: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    named = [c for group in groups.values() for c in group]
    if len(groups) != 3 or not all(groups.values()) or len(set(named)) < len(named):
        raise ProblemError(
            "groups",
            "the groups are {found}; expected three, no criterion in two of them and none empty",
            found={label: list(group) for label, group in groups.items()},
        )
    for name in named:
        if name not in problem.criteria:
            raise ProblemError(
                "unknown_criterion",
                "criterion {found} is not in the problem; expected one of {known}",
                found=repr(name),
                known=", ".join(problem.criteria),
            )
    return {label: tuple(group) for label, group in groups.items()}


def _corner_weights(
    problem: DecisionProblem, groups: Mapping[str, tuple[str, ...]]
) -> tuple[Array, float]:
    """Weights at each corner, (3, m), and the share that the groups divide."""
    member = np.array([[c in group for c in problem.criteria] for group in groups.values()])
    grouped = member.any(axis=0)
    free = float(problem.weights[grouped].sum())
    if free == 0:
        raise ProblemError(
            "groups_without_weight",
            "the criteria of the three groups have no weight; expected some to divide among them",
        )
    corners = []
    for inside in member:
        own = np.where(inside, problem.weights, 0.0)
        own = own if own.sum() > 0 else inside.astype(np.float64)  # no proportions: equal parts
        corners.append(np.where(grouped, 0.0, problem.weights) + free * own / own.sum())
    return np.array(corners), free


def _triangles(steps: int) -> Array:
    """Corners of the small triangles in shares, pointing up and down: (steps ** 2, 3, 3)."""
    cells = []
    for i in range(steps):
        for j in range(steps - i):
            k = steps - 1 - i - j
            cells.append([(i + 1, j, k), (i, j + 1, k), (i, j, k + 1)])
            if k > 0:
                cells.append([(i + 1, j + 1, k - 1), (i + 1, j, k), (i, j + 1, k)])
    return np.array(cells, dtype=np.float64) / steps


def _margin(scores: Array) -> Array:
    if scores.shape[1] == 1:
        return np.zeros(len(scores))
    ordered = np.sort(scores, axis=1)
    margin: Array = ordered[:, -1] - ordered[:, -2]
    return margin


def _polygons(at_corners: Array) -> list[Array]:
    """Cut the triangle by every rival's line (Sutherland and Hodgman 1974): one polygon each.

    Of alternatives that are equal everywhere on the triangle each gets the whole common region.
    """
    n = at_corners.shape[1]
    polygons = []
    for i in range(n):
        polygon: Array = np.eye(3)
        for k in range(n):
            if k != i and len(polygon):
                polygon = _cut(polygon, at_corners[:, i] - at_corners[:, k])
        polygons.append(polygon)
    return polygons


def _cut(polygon: Array, lead: Array) -> Array:
    """Keep the part of a convex polygon on which the lead is 0 or more."""
    side = polygon @ lead
    inside: NDArray[np.bool_] = side >= 0
    kept = []
    for here in range(len(polygon)):
        there = (here + 1) % len(polygon)
        if inside[here]:
            kept.append(polygon[here])
        if inside[here] != inside[there]:
            share = side[here] / (side[here] - side[there])
            kept.append(polygon[here] + share * (polygon[there] - polygon[here]))
    return np.array(kept).reshape(-1, 3)


def _area(polygon: Array) -> float:
    if len(polygon) < 3:
        return 0.0
    x, y = position(polygon).T
    return 0.5 * abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1)))
