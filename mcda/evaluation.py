"""One problem through one method: check, compute, rank."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from mcda import methods as _methods  # noqa: F401 - fills the registry
from mcda.errors import ProblemError
from mcda.problem import DecisionProblem
from mcda.ranking import ranks_of
from mcda.registry import Method, get_method
from mcda.result import Result


def rank_alternatives(problem: DecisionProblem, method: str, **params: Any) -> Result:  # noqa: ANN401
    """Rank the alternatives of a problem by a registered method.

    Criteria of weight zero are dropped first. A parameter given per criterion must then match the
    criteria that stay.

    Raises
    ------
    ProblemError
        Unknown method or parameter, or values that the method cannot take.
    """
    chosen = get_method(method)
    settings = chosen.settings(params)
    kept = problem.without_idle_criteria()
    settings = of_kept_criteria(chosen, settings, problem, kept)
    chosen.check(kept.values, kept.sense, settings)
    steps: dict[str, Any] = {}
    scores = chosen.kernel(kept.values, kept.weights, kept.sense, steps=steps, **settings)
    return Result(
        method=chosen.name,
        variant=chosen.describe(params),
        role=chosen.role,
        reference=chosen.reference,
        alternatives=kept.alternatives,
        criteria=kept.criteria,
        scores=scores,
        ranks=ranks_of(scores, higher_is_better=chosen.higher_is_better),
        higher_is_better=chosen.higher_is_better,
        steps=MappingProxyType(steps),
    )


def obstacle(
    problem: DecisionProblem,
    method: str,
    *,
    all_criteria: bool = False,
    **params: Any,  # noqa: ANN401 - the method's own
) -> ProblemError | None:
    """Say why a method cannot take a problem; None where it can.

    Criteria of weight zero are looked at only with ``all_criteria``.
    """
    chosen = get_method(method)
    kept = problem if all_criteria else problem.without_idle_criteria()
    try:
        chosen.check(
            kept.values,
            kept.sense,
            of_kept_criteria(chosen, chosen.settings(params), problem, kept),
        )
    except ProblemError as reason:
        return reason
    return None


def of_kept_criteria(
    method: Method, settings: dict[str, Any], problem: DecisionProblem, kept: DecisionProblem
) -> dict[str, Any]:
    """Drop the entries of idle criteria from parameters given per criterion."""
    if kept is problem:
        return settings
    stays = [c in set(kept.criteria) for c in problem.criteria]
    axis = {p.name: p.per_criterion for p in method.parameters}
    return {name: _entries(value, axis[name], stays) for name, value in settings.items()}


def _entries(value: Any, axis: int | None, stays: list[bool]) -> Any:  # noqa: ANN401 - any parameter
    if axis is None or not isinstance(value, (list, tuple)):
        return value
    if axis > 0:
        return [_entries(row, axis - 1, stays) for row in value]
    if len(value) != len(stays):
        return value
    return [x for x, stay in zip(value, stays, strict=True) if stay]
