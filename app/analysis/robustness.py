"""How sure the ranking is, and what the doubt comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from app.analysis.directions import DirectionsFinding
from app.analysis.methods import study_methods
from app.analysis.options import Options
from app.analysis.uncertainty import CAUSES, UncertainChain, stays_usable, uncertain_chain
from app.study import Study
from mcda import Acceptability, Doubt, Tally, blocks, count, decompose, first_places
from mcda.problem import Array

# The decomposition evaluates every subset of nine causes, so it takes fewer, costlier samples.
_DRAWS_PER_SAMPLE = 100
_SAMPLES = (200, 1000)
# One cause at a time is told to a tenth of a percent.
_ALONE_DRAWS = 20_000
# Its stream is apart from the simulation's.
_DOUBT_STREAM = 10**6


@dataclass(frozen=True, slots=True, eq=False)
class RobustnessFinding:
    """How sure the ranking is.

    Attributes
    ----------
    alternatives : tuple of str
    everything : Acceptability
        All causes at once, methods and normalisations included.
    alone : mapping of cause to Acceptability
        One cause drawn, the others as assumed; headline method.
    experts_by_method : mapping of method to Acceptability
        Sampling of the experts alone, method by method.
    doubt : Doubt
        Of who is first, by cause.
    left_out : tuple of str
        Methods that some draw would refuse.
    """

    alternatives: tuple[str, ...]
    everything: Acceptability
    alone: Mapping[str, Acceptability]
    experts_by_method: Mapping[str, Acceptability]
    doubt: Doubt
    left_out: tuple[str, ...]


def robustness_findings(
    study: Study, options: Options, directions: DirectionsFinding
) -> RobustnessFinding:
    """Draw everything that is not known for sure and count who takes which rank."""
    candidates = {c.label: c for c in study_methods(study)}
    representatives = [
        options.method if options.method in members else members[0]
        for members in directions.classes
    ]
    usable = tuple(candidates[r] for r in representatives if stays_usable(study, candidates[r]))
    left_out = tuple(r for r in representatives if candidates[r] not in usable)
    uncertain = uncertain_chain(study, options, usable)
    return RobustnessFinding(
        alternatives=uncertain.chain.alternatives,
        everything=count(_runs(uncertain, options, CAUSES)),
        alone={
            cause: count(
                _runs(uncertain, options.replace(draws=min(options.draws, _ALONE_DRAWS)), (cause,))
            )
            for cause in CAUSES
            if cause != "normalisation"  # the headline method need not have one
        },
        experts_by_method=_experts_by_method(uncertain, options),
        doubt=doubt_of(uncertain, options),
        left_out=left_out,
    )


def doubt_of(uncertain: UncertainChain, options: Options) -> Doubt:
    """Share the doubt about who is first among its causes."""
    low, high = _SAMPLES
    return decompose(
        lambda inputs: first_places(uncertain.evaluate(inputs)[0]),
        uncertain.draw,
        CAUSES,
        samples=int(np.clip(options.draws // _DRAWS_PER_SAMPLE, low, high)),
        rng=np.random.default_rng([options.seed, _DOUBT_STREAM]),
    )


def _experts_by_method(uncertain: UncertainChain, options: Options) -> dict[str, Acceptability]:
    """Put every method to the same draws of the experts."""
    n, m = len(uncertain.chain.alternatives), len(uncertain.chain.criteria)
    tallies = {c.label: Tally.empty(n, m) for c in uncertain.voters}
    for size, rng in blocks(options.draws, options.seed):
        inputs = uncertain.draw(size, rng, ("experts",))
        for k, candidate in enumerate(uncertain.voters):
            inputs["method"] = np.full(size, k)
            tallies[candidate.label].add(*uncertain.evaluate(inputs))
    return {label: tally.acceptability() for label, tally in tallies.items()}


def _runs(
    uncertain: UncertainChain, options: Options, causes: tuple[str, ...]
) -> Iterator[tuple[Array, Array]]:
    for size, rng in blocks(options.draws, options.seed):
        yield uncertain.evaluate(uncertain.draw(size, rng, causes))
