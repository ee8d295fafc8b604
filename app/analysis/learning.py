"""What it would pay to learn next: experts, coded cells, and what nobody measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.analysis.directions import DirectionsFinding
from app.analysis.options import Options
from app.analysis.robustness import uncertain_ranking
from app.analysis.uncertainty import CAUSES, Inputs, UncertainChain
from app.study import Study
from mcda import get_method
from mcda.learning import ValueOfLearning, evppi
from mcda.problem import Array
from mcda.simulation import block_stream

# Regressions are costly; what so few draws leave open stands beside each value as its error.
DRAWS = 2000
# Its stream is apart from those of the simulation and of the doubt.
_STREAM = 2 * 10**6
# The method is the analyst's to choose, not something to learn.
_LEARNABLE = tuple(c for c in CAUSES if c not in {"method", "normalisation", "cells"})
CELLS = "cells"


@dataclass(frozen=True, slots=True)
class LearningFinding:
    """Expected value of learning each input before choosing a direction.

    Attributes
    ----------
    alternatives : tuple of str
    method : str
        Whose scores are the utility; one method, so that all draws are on one scale.
    inputs : ValueOfLearning
        Causes, and ``cells:<criterion>`` for the coded cells of each criterion.
    missing : mapping of unmeasured criterion to ValueOfLearning
        Each in turn as one more criterion of which nothing is known: values uniform between the
        worst and the best, weight the mean of the others'. Input ``missing``.
    """

    alternatives: tuple[str, ...]
    method: str
    inputs: ValueOfLearning
    missing: Mapping[str, ValueOfLearning]


def learning_findings(
    study: Study, options: Options, directions: DirectionsFinding
) -> LearningFinding:
    """Estimate what learning each uncertain input is worth, by the headline method's scores."""
    uncertain, _ = uncertain_ranking(study, options, directions)
    draws = min(options.draws, DRAWS)
    inputs = uncertain.draw(draws, block_stream(options.seed, _STREAM), (*_LEARNABLE, CELLS))
    values, weights = uncertain.problem(inputs)
    sense = uncertain.chain.sense
    columns = {c: _columns(inputs, c) for c in _LEARNABLE} | {
        f"{CELLS}:{criterion}": inputs[CELLS][:, :, j]
        for j, criterion in enumerate(uncertain.chain.criteria[: uncertain.chain.measured])
    }
    found = evppi(
        {name: column for name, column in columns.items() if _varies(column)},
        _utility(uncertain, values, weights, sense),
        rng=block_stream(options.seed, _STREAM + 1),
    )
    missing = {
        criterion: _of_missing(uncertain, values, weights, block_stream(options.seed, _STREAM + k))
        for k, criterion in enumerate(directions.unmeasured, start=2)
    }
    return LearningFinding(
        uncertain.chain.alternatives,
        uncertain.voters[int(uncertain.nominal["method"][0])].label,
        found,
        missing,
    )


def _of_missing(
    uncertain: UncertainChain, values: Array, weights: Array, rng: np.random.Generator
) -> ValueOfLearning:
    """Add one criterion of which nothing is known, with the mean weight of the others."""
    draws, m = weights.shape
    unknown = rng.uniform(1.0, 2.0, (draws, values.shape[1]))  # above 0, so that ratios are taken
    share = 1.0 / (m + 1)
    outcomes = _utility(
        uncertain,
        np.concatenate([values, unknown[:, :, None]], axis=2),
        np.column_stack([weights * (1 - share), np.full(draws, share)]),
        np.append(uncertain.chain.sense, 1.0),
    )
    return evppi({"missing": unknown}, outcomes, rng=rng)


def _utility(uncertain: UncertainChain, values: Array, weights: Array, sense: Array) -> Array:
    """Scores of the headline method as published, more is better."""
    voter = uncertain.voters[int(uncertain.nominal["method"][0])]
    method = get_method(voter.candidate.method)
    scores = method.scores(values, weights, sense, **voter.candidate.params)
    return scores if method.higher_is_better else -scores


def _columns(inputs: Inputs, cause: str) -> Array:
    """Flatten the draws of a cause, which may be one array or one per question or block."""
    given = inputs[cause]
    parts = list(given.values()) if isinstance(given, Mapping) else [given]
    if not parts:
        return np.empty((0, 0))
    return np.concatenate([np.asarray(p, dtype=float).reshape(len(p), -1) for p in parts], axis=1)


def _varies(column: Array) -> bool:
    return bool(column.size and (np.ptp(column, axis=0) > 0).any())
