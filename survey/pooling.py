"""Which group weighs how much when groups become one panel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from survey.errors import SurveyError
from survey.frames import first_cell

if TYPE_CHECKING:
    from survey.counts import Counts
    from survey.individual import Sums

    Totals: TypeAlias = Counts | Sums

FloatArray: TypeAlias = npt.NDArray[np.float64]
Pooling: TypeAlias = str | Mapping[str, float]

_TOLERANCE = 1e-9


def group_weights(counts: Totals, pooling: Pooling | npt.NDArray[np.floating]) -> FloatArray:
    """Weights of the groups for each option.

    Parameters
    ----------
    counts
        Totals of one question: of choices, or of weights.
    pooling
        ``"experts"``: every expert asked weighs the same; ``"groups"``: every group does; the
        name of a group: that group alone; a mapping: weight of each group (left out: 0), sum 1;
        an array (..., groups): the same as numbers, for example draws. A group that is itself
        called ``experts`` or ``groups`` alone: ``{"experts": 1.0}``.

    Returns
    -------
    weights
        Shape (groups, options), or (size, groups, options) for draws; sums over the groups are 1.

    Raises
    ------
    SurveyError
        Weights that are negative, zero throughout or do not sum to 1; an unknown group; a group
        that has weight although nobody in it was asked.

    """
    if isinstance(pooling, str) and pooling == "experts":
        weights = _by_experts(counts)
    else:
        if isinstance(pooling, str):
            raw = _named(counts, pooling)
        elif isinstance(pooling, Mapping):
            raw = _mapped(counts, pooling)
        else:
            raw = np.asarray(pooling, dtype=np.float64)
        shares = _checked(counts, raw)
        weights = np.repeat(shares[..., None], len(counts.options), axis=-1)
    silent = (counts.asked.T == 0) & (weights > 0)
    if (cell := first_cell(silent)) is not None:
        raise SurveyError(
            "weight_without_answers",
            "group {group} has weight in the panel, but nobody in it was asked about {option} "
            "of question {question}; weight 0 is expected",
            group=counts.groups[cell[-2]],
            option=counts.options[cell[-1]],
            question=counts.question,
        )
    return weights


def _by_experts(counts: Totals) -> FloatArray:
    asked: FloatArray = counts.asked.T.astype(np.float64)
    total: FloatArray = asked.sum(axis=0)
    if (cell := first_cell(total == 0)) is not None:
        raise SurveyError(
            "nobody_asked_at_all",
            "nobody was asked about {option} of question {question}; "
            "at least one expert is expected",
            option=counts.options[cell[0]],
            question=counts.question,
        )
    weights: FloatArray = asked / total
    return weights


def _named(counts: Totals, pooling: str) -> FloatArray:
    if pooling == "groups":
        return np.full(len(counts.groups), 1 / len(counts.groups), dtype=np.float64)
    if pooling not in counts.groups:
        raise SurveyError(
            "pooling_unknown",
            "the pooling {found} is not known; experts, groups or one of {expected} is expected",
            found=pooling,
            expected=", ".join(counts.groups),
        )
    return np.array([float(group == pooling) for group in counts.groups])


def _mapped(counts: Totals, pooling: Mapping[str, float]) -> FloatArray:
    for group in pooling:
        if group not in counts.groups:
            raise SurveyError(
                "group_unknown",
                "the weights name the group {found}; one of {expected} is expected",
                found=group,
                expected=", ".join(counts.groups),
            )
    return np.array([pooling.get(group, 0.0) for group in counts.groups], dtype=np.float64)


def _checked(counts: Totals, weights: FloatArray) -> FloatArray:
    if weights.ndim == 0 or weights.shape[-1] != len(counts.groups):
        raise SurveyError(
            "weights_shape_wrong",
            "the weights of the groups have shape {found}; {groups} in the last place is expected",
            found=weights.shape,
            groups=len(counts.groups),
        )
    if (cell := first_cell(~((weights >= 0) & (weights < np.inf)))) is not None:
        raise SurveyError(
            "weight_invalid",
            "the weight of group {group} is {found}; a number from 0 up is expected",
            group=counts.groups[cell[-1]],
            found=weights[cell],
        )
    total = weights.sum(axis=-1, keepdims=True)
    if (total == 0).any():
        raise SurveyError(
            "weights_all_zero", "the weights of all groups are 0; a sum of 1 is expected"
        )
    if (cell := first_cell(np.abs(total - 1) > _TOLERANCE)) is not None:
        raise SurveyError(
            "weights_sum_wrong",
            "the weights of the groups sum to {found}; a sum of 1 is expected",
            found=total[cell],
        )
    scaled: FloatArray = weights / total  # takes out what the tolerance let through
    return scaled
