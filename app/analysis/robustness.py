"""How sure the ranking is, and what the doubt comes from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from app.analysis.directions import DirectionsFinding
from app.analysis.methods import study_methods
from app.analysis.options import Options
from app.analysis.uncertainty import AS_PUBLISHED, CAUSES, Inputs, UncertainChain, uncertain_chain
from app.study import Study
from mcda import Acceptability, Doubt, ProblemError, Tally, blocks, count, decompose, first_places
from mcda.doubt import decompose_together
from mcda.margin import MarginDoubt, rank_margin
from mcda.problem import Array

# The decomposition evaluates every subset of nine causes, so it takes fewer, costlier samples.
_DRAWS_PER_SAMPLE = 30
_SAMPLES = (200, 3000)
# One cause, one reading or one method at a time is told to a few tenths of a percent.
_ALONE_DRAWS = 20_000
# Its stream is apart from the simulation's.
_DOUBT_STREAM = 10**6


@dataclass(frozen=True, slots=True, eq=False)
class RobustnessFinding:
    """How sure the ranking is.

    Attributes
    ----------
    alternatives : tuple of str
    headline : str
        The method of `alone`: the options' own, or the first that takes every draw.
    everything : Acceptability
        All causes at once, methods and normalisations included, whatever the options choose.
    by_reading : mapping of reading to Acceptability
        The same with the reading settled.
    alone : mapping of cause to Acceptability
        One cause drawn, the others as assumed; headline method.
    experts_by_method : mapping of method to Acceptability
        Sampling of the experts alone, method by method, each in its published form.
    experts_by_variant : mapping of label to Acceptability
        The same for every normalisation.
    doubt : Doubt
        Of who is first, by cause.
    margin : MarginDoubt or None
        Ranks between the first two, and the doubt about that; None with one alternative.
    left_out : mapping of method to ProblemError
        Methods that some draw would refuse.
    """

    alternatives: tuple[str, ...]
    headline: str
    everything: Acceptability
    by_reading: Mapping[str, Acceptability]
    alone: Mapping[str, Acceptability]
    experts_by_method: Mapping[str, Acceptability]
    experts_by_variant: Mapping[str, Acceptability]
    doubt: Doubt
    margin: MarginDoubt | None
    left_out: Mapping[str, ProblemError]


def robustness_findings(
    study: Study, options: Options, directions: DirectionsFinding
) -> RobustnessFinding:
    """Draw everything that is not known for sure and count who takes which rank."""
    uncertain, left_out = uncertain_ranking(study, options, directions)
    fewer = options.replace(draws=min(options.draws, _ALONE_DRAWS))
    by_method, by_variant = _experts(uncertain, fewer)
    everything = count(_runs(uncertain, options, CAUSES))
    doubt, margin = doubts_of(uncertain, options, everything)
    return RobustnessFinding(
        alternatives=uncertain.chain.alternatives,
        headline=uncertain.voters[int(uncertain.nominal["method"][0])].label,
        everything=everything,
        by_reading={
            reading: count(
                _runs(dataclasses.replace(uncertain, readings=(reading,)), fewer, CAUSES)
            )
            for reading in uncertain.readings
        },
        alone={
            cause: count(_runs(uncertain, fewer, (cause,)))
            for cause in CAUSES
            if cause != "normalisation"  # the headline method need not have one
        },
        experts_by_method=by_method,
        experts_by_variant=by_variant,
        doubt=doubt,
        margin=margin,
        left_out=left_out,
    )


def uncertain_ranking(
    study: Study, options: Options, directions: DirectionsFinding
) -> tuple[UncertainChain, dict[str, ProblemError]]:
    """Prepare the draws, one method of every class; see `uncertain_chain`."""
    candidates = {c.label: c for c in study_methods(study)}
    return uncertain_chain(
        study,
        options,
        tuple(
            candidates[options.method if options.method in members else members[0]]
            for members in directions.classes
        ),
    )


def doubts_of(
    uncertain: UncertainChain, options: Options, everything: Acceptability
) -> tuple[Doubt, MarginDoubt | None]:
    """Share the doubt about who is first, and about the ranks between the first two, by cause."""
    rng = np.random.default_rng([options.seed, _DOUBT_STREAM])
    samples = _samples(options)
    order = np.argsort(everything.expected_rank, kind="stable")
    if len(order) < 2:
        return (
            decompose(
                lambda inputs: first_places(uncertain.evaluate(inputs)[0]),
                uncertain.draw,
                CAUSES,
                samples=samples,
                rng=rng,
            ),
            None,
        )
    leader, rival = (int(k) for k in order[:2])

    def outcomes(inputs: Inputs) -> tuple[Array, Array]:
        scores = uncertain.evaluate(inputs)[0]
        return first_places(scores), rank_margin(scores, leader, rival)

    first, margin = decompose_together(outcomes, uncertain.draw, CAUSES, samples=samples, rng=rng)
    return first, MarginDoubt(
        leader=leader,
        rival=rival,
        mean=float(everything.expected_rank[rival] - everything.expected_rank[leader]),
        error=float(np.sqrt(margin.total / everything.draws)),
        reversed=float(everything.pairwise_winning[rival, leader]),
        doubt=margin,
    )


def _samples(options: Options) -> int:
    low, high = _SAMPLES
    return int(np.clip(options.draws // _DRAWS_PER_SAMPLE, low, high))


def _experts(
    uncertain: UncertainChain, options: Options
) -> tuple[dict[str, Acceptability], dict[str, Acceptability]]:
    """Put every method, and each of its normalisations, to the same draws of the experts."""
    n, m = len(uncertain.chain.alternatives), len(uncertain.chain.criteria)
    published = [(v.label, k, AS_PUBLISHED) for k, v in enumerate(uncertain.voters)]
    variants = [
        (f"{v.candidate.method}-{name}", k, j)
        for k, v in enumerate(uncertain.voters)
        for j, name in enumerate(v.normalisations)
    ]
    cases = published + variants
    tallies = {case: Tally.empty(n, m) for case in cases}
    for size, rng in blocks(options.draws, options.seed):
        inputs = uncertain.draw(size, rng, ("experts",))
        for case in cases:
            _, method, normalisation = case
            inputs["method"] = np.full(size, method)
            inputs["normalisation"] = np.full(size, normalisation)
            tallies[case].add(*uncertain.evaluate(inputs))
    found = {case: tally.acceptability() for case, tally in tallies.items()}
    return (
        {case[0]: found[case] for case in published},
        {case[0]: found[case] for case in variants},
    )


def _runs(
    uncertain: UncertainChain, options: Options, causes: tuple[str, ...]
) -> Iterator[tuple[Array, Array]]:
    for size, rng in blocks(options.draws, options.seed):
        yield uncertain.evaluate(uncertain.draw(size, rng, causes))
