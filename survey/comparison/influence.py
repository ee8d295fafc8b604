"""What the priorities would be without one of the groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from survey.contingency import FloatArray
from survey.counts import Counts
from survey.errors import SurveyError
from survey.individual import IndividualPriorities
from survey.pooling import Pooling
from survey.priority import priorities
from survey.shares import PrioritySource, to_counts

Whole: TypeAlias = Counts | IndividualPriorities


@dataclass(frozen=True, slots=True, eq=False)
class GroupInfluence:
    """Priorities without one group.

    `weights` without it and `change` from those with it, shape (options,). `moved` is half the sum
    of the absolute changes: the part of the whole weight that goes elsewhere, 0 to 1. `first`
    without it, None where several options share the first place.
    """

    group: str
    weights: FloatArray
    change: FloatArray
    moved: float
    first: str | None
    changes_first: bool


def leave_one_group_out(
    source: PrioritySource, pooling: Pooling = "experts"
) -> tuple[GroupInfluence, ...]:
    """Priorities without each group in turn.

    Parameters
    ----------
    source
        Totals, respondents' rows or their own weights, of two groups or more.
    pooling
        As in `survey.priorities`; the weights of a mapping are scaled up to 1 again.

    """
    counts = source if isinstance(source, IndividualPriorities) else to_counts(source)
    if len(counts.groups) < 2:
        raise SurveyError(
            "one_group_left_out",
            "question {question} was answered by one group; two or more are expected, "
            "to leave one out",
            question=counts.question,
        )
    if isinstance(pooling, str) and pooling not in {"experts", "groups"}:
        raise SurveyError(
            "pooling_one_group",
            "the panel is the group {group} alone; expected a panel of several, to leave one out",
            group=pooling,
        )
    whole = priorities(counts, pooling).weights
    first = _first(counts, whole)
    found = []
    for place, group in enumerate(counts.groups):
        weights = priorities(_without(counts, place), _rest(pooling, group)).weights
        change = weights - whole
        now_first = _first(counts, weights)
        found.append(
            GroupInfluence(
                group,
                weights,
                change,
                float(np.abs(change).sum() / 2),
                now_first,
                now_first != first,
            )
        )
    return tuple(found)


def _without(counts: Whole, place: int) -> Whole:
    if isinstance(counts, IndividualPriorities):
        return counts.without(counts.groups[place])
    kept = np.delete(np.arange(len(counts.groups)), place)
    return Counts(
        counts.question,
        counts.options,
        [counts.groups[k] for k in kept],
        counts.counts[:, kept],
        counts.experts[kept],
        asked=counts.asked[:, kept],
        single=counts.single,
    )


def _rest(pooling: Pooling, group: str) -> Pooling:
    if not isinstance(pooling, Mapping):
        return pooling
    rest = {name: weight for name, weight in pooling.items() if name != group}
    total = sum(rest.values())
    if total <= 0:
        raise SurveyError(
            "weight_of_one_group",
            "the group {group} has all the weight; expected weights of two groups or more, "
            "to leave one out",
            group=group,
        )
    return {name: weight / total for name, weight in rest.items()}


def _first(counts: Whole, weights: FloatArray) -> str | None:
    best = np.flatnonzero(weights >= weights.max() - 1e-12)
    return counts.options[int(best[0])] if len(best) == 1 else None
