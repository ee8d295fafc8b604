"""What the problems of several experts must have in common, and how many votes each has."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mcda.errors import ProblemError
from mcda.problem import Array, DecisionProblem

Votes = Mapping[str, float]


def checked_council(
    problems: Mapping[str, DecisionProblem], votes: Votes | None
) -> tuple[tuple[str, ...], Array]:
    """Return the experts' names and their shares of the votes, (k,), summing to 1.

    Raises
    ------
    ProblemError
        No problem; alternatives, criteria or senses that differ; votes of others, below 0 or all 0.
    """
    experts = tuple(problems)
    if not experts:
        raise ProblemError("no_experts", "found no expert's problem; expected one or more")
    first = problems[experts[0]]
    for expert in experts[1:]:
        other = problems[expert]
        for what in ("alternatives", "criteria", "senses"):
            if getattr(other, what) != getattr(first, what):
                raise ProblemError(
                    "different_problems",
                    "experts {first} and {other} differ in {what}; expected the same for all, in one order",
                    first=experts[0],
                    other=expert,
                    what=what,
                )
    given = dict.fromkeys(experts, 1.0) if votes is None else dict(votes)
    share = np.array([float(given.get(e, np.nan)) for e in experts])
    if set(given) != set(experts) or not (share >= 0).all() or not 0 < share.sum() < np.inf:
        raise ProblemError(
            "expert_votes",
            "votes are {found}; expected a number of 0 or more for each of {experts}, not all zero",
            found=given,
            experts=", ".join(experts),
        )
    return experts, share / share.sum()


def require_positive(problems: Mapping[str, DecisionProblem]) -> None:
    """Refuse values that have no geometric mean."""
    for expert, problem in problems.items():
        for i, j in np.argwhere(problem.values <= 0):
            raise ProblemError(
                "geometric_mean",
                "expert {expert}, {alternative}, criterion {criterion}: found {found}; expected a "
                "value above 0 for a geometric mean",
                expert=expert,
                alternative=problem.alternatives[i],
                criterion=problem.criteria[j],
                found=problem.values[i, j],
            )
