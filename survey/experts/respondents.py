"""Raking of respondents: a weight for each, so that several margins are met at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey.errors import SurveyError
from survey.experts.effective import EffectiveNumber, expert_weights, kish
from survey.experts.margins import factors, targets_of
from survey.frames import first_repeated

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class RakedRespondents:
    """Weights of respondents, mean 1, that reproduce the margins; what they cost is in `effective`."""

    weights: FloatArray
    iterations: int
    gap: float
    effective: EffectiveNumber


def rake_respondents(
    traits: Mapping[str, Sequence[str]],
    targets: Mapping[str, Mapping[str, float]],
    *,
    start: npt.ArrayLike | None = None,
    tolerance: float = 1e-10,
    max_iterations: int = 10_000,
) -> RakedRespondents:
    """Weights of respondents whose totals by each trait agree with the given shares.

    Parameters
    ----------
    traits
        For each trait (group, sex, region ...) the category of every respondent.
    targets
        For each trait the share of every category; any total, the same proportions count.
    start
        Weights to begin with; equal ones, if left out.
    tolerance, max_iterations
        As in `rake`.

    """
    if not targets:
        raise SurveyError(
            "raking_without_targets", "no margin is given to rake to; at least one is expected"
        )
    size = len(next(iter(traits.values()), ()))
    weights = (
        np.ones(size) if start is None else expert_weights(start, size) * 1.0
    )  # a copy: it is scaled in place
    wanted = [
        _of_trait(trait, traits.get(trait), shares, weights) for trait, shares in targets.items()
    ]
    gap = np.inf
    for iteration in range(1, max_iterations + 1):
        for place, shares in wanted:
            sums = np.bincount(place, weights, minlength=len(shares)).astype(np.float64)
            weights *= (factors(shares, sums) * size)[place]
        gap = max(
            float(np.abs(np.bincount(place, weights, minlength=len(shares)) / size - shares).max())
            for place, shares in wanted
        )
        if gap <= tolerance:
            return RakedRespondents(weights, iteration, gap, kish(weights))
        if not weights.any():
            break
    raise SurveyError(
        "margins_of_respondents_impossible",
        "after {rounds} rounds a margin is still missed by {gap} of the respondents; margins "
        "that these respondents can have together are expected",
        rounds=iteration,
        gap=f"{gap:.1e}",
    )


def _of_trait(
    trait: str, found: Sequence[str] | None, shares: Mapping[str, float], weights: FloatArray
) -> tuple[npt.NDArray[np.intp], FloatArray]:
    """Place of each respondent among the categories, and the share of each category."""
    if found is None:
        raise SurveyError(
            "trait_unknown",
            "a margin is given for {trait}, of which nothing is known of the respondents",
            trait=trait,
        )
    if len(found) != len(weights):
        raise SurveyError(
            "trait_rows",
            "the trait {trait} is known of {found} respondents; {expected} are expected",
            trait=trait,
            found=len(found),
            expected=len(weights),
        )
    names = list(shares)
    if first_repeated(names) is None and (strange := sorted(set(found) - set(names))):
        raise SurveyError(
            "category_without_target",
            "the margin of {trait} has no share of {category}, which respondents have",
            trait=trait,
            category=strange[0],
        )
    wanted = targets_of(list(shares.values()), trait)
    place = np.array([names.index(each) for each in found], dtype=np.intp)
    silent = (np.bincount(place, weights, minlength=len(names)) == 0) & (wanted > 0)
    if silent.any():
        raise SurveyError(
            "category_of_nobody",
            "the margin of {trait} gives {category} a share, but no respondent has it; merged "
            "categories or a share of 0 are expected",
            trait=trait,
            category=names[int(np.flatnonzero(silent)[0])],
        )
    return place, wanted / wanted.sum()
