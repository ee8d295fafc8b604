"""Everything about the ranking that is not known for sure, as independent draws.

Each cause has one distribution, stated here and shown to the user as an assumption.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.analysis.chain import Chain, chain_of
from app.analysis.methods import (
    NORMALISATIONS,
    has_normalisation,
    normalised_by,
    obstacle_of,
)
from app.analysis.options import READINGS, Options
from app.study import Study
from mcda import Candidate, ProblemError, get_method
from mcda.problem import Array
from survey import PrioritySource, draw_shares_together, group_weights

CAUSES = (
    "experts",
    "groups",
    "other",
    "relevance",
    "cells",
    "blocks",
    "reading",
    "method",
    "normalisation",
)
Inputs = Mapping[str, Any]
# Where the normalisation is not drawn, a method uses its own.
AS_PUBLISHED = -1
# Draws on which a method is tried before it is let into the simulation.
_TRIAL = 2000
_TRIAL_SEED = 1
_BUT_METHOD = tuple(c for c in CAUSES if c != "method")


@dataclass(frozen=True, slots=True)
class Voter:
    """A method in the simulation, and the normalisations among which it is drawn."""

    candidate: Candidate
    normalisations: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Label of the method."""
        return self.candidate.label

    def params(self, choice: int) -> dict[str, Any]:
        """Parameters under a drawn normalisation; `AS_PUBLISHED` keeps the method's own."""
        if choice == AS_PUBLISHED or not self.normalisations:
            return dict(self.candidate.params)
        name = self.normalisations[choice % len(self.normalisations)]
        return dict(normalised_by(self.candidate, name).params)


@dataclass(frozen=True, slots=True, eq=False)
class UncertainChain:
    """The chain with draws of its inputs.

    Attributes
    ----------
    chain : Chain
    sources : mapping of question to Counts, Answers or IndividualPriorities
    asked : mapping of question to int array, shape (options, groups)
    residual : mapping of block to int array
        Positions of the options whose meaning is not known.
    readings : tuple of str
        Those that the study allows.
    voters : tuple of Voter
        One method per class, with the normalisations that take the data.
    nominal : mapping of cause to its value without doubt, with one draw in front
    """

    chain: Chain
    sources: Mapping[str, PrioritySource]
    asked: Mapping[str, np.ndarray]
    residual: Mapping[str, np.ndarray]
    readings: tuple[str, ...]
    voters: tuple[Voter, ...]
    nominal: Inputs

    def draw(
        self, size: int, rng: np.random.Generator, causes: tuple[str, ...] = CAUSES
    ) -> dict[str, Any]:
        """Draw some causes, independently of each other; every other stays as assumed.

        - experts: Beta(k + 1/2, n - k + 1/2) per group and option, or a Bayesian bootstrap of rows,
          of choices and of weights alike
        - groups: composition of the panel, Dirichlet(1, ..., 1)
        - other: what an option of unknown meaning asks for, Dirichlet(1, ..., 1) over criteria
        - relevance: each cell that is not 0 one step down, as it is, or one step up the scale of
          the coded values, alike likely; a coded 0 says that the motive does not ask for the
          criterion, and stays
        - cells: triangular between low and high with the coded value as mode
        - blocks: the computed criteria's share, uniform around what is assumed, down to 0 (and up
          to twice) or, above one half, up to 1
        - reading, method, normalisation: each alike likely
        """
        return {
            cause: getattr(self, f"_{cause}")(size, rng)
            if cause in causes
            else _repeat(self.nominal[cause], size)
            for cause in CAUSES
        }

    def _experts(self, size: int, rng: np.random.Generator) -> dict[str, Array]:
        return draw_shares_together(self.sources, size, rng)

    def _groups(self, size: int, rng: np.random.Generator) -> dict[str, Array]:
        groups = next(iter(self.sources.values())).groups
        composition = rng.dirichlet(np.ones(len(groups)), size)[:, :, None]
        weights = {}
        for question, asked in self.asked.items():
            # Where an option was not shown to a group, the others speak for all.
            share = composition * (asked.T > 0)
            weights[question] = share / share.sum(axis=1, keepdims=True)
        return weights

    def _other(self, size: int, rng: np.random.Generator) -> dict[str, Array]:
        flat = np.ones(self.chain.measured)
        return {b: rng.dirichlet(flat, (size, len(where))) for b, where in self.residual.items()}

    def _relevance(self, size: int, rng: np.random.Generator) -> dict[str, Array]:
        return {b: _one_step(r, rng, size) for b, r in self.chain.relevance.items()}

    def _cells(self, size: int, rng: np.random.Generator) -> Array:
        return _triangular(self.chain.cells, size, rng)

    def _reading(self, size: int, rng: np.random.Generator) -> np.ndarray:
        codes = np.array([READINGS.index(r) for r in self.readings])
        return codes[rng.integers(len(codes), size=(size, max(len(self.chain.profiles), 1)))]

    def _method(self, size: int, rng: np.random.Generator) -> np.ndarray:
        return rng.integers(len(self.voters), size=size)

    def _normalisation(self, size: int, rng: np.random.Generator) -> np.ndarray:
        return rng.integers(len(NORMALISATIONS), size=size)

    def problem(self, inputs: Inputs) -> tuple[Array, Array]:
        """Values (draws, n, m) and weights (draws, m) of drawn inputs."""
        chain = self.chain
        prior = {
            q: _normalised((shares * inputs["groups"][q]).sum(axis=1))
            for q, shares in inputs["experts"].items()
        }
        relevance = {}
        for block, table in inputs["relevance"].items():
            scaled = table / table.sum(axis=-1, keepdims=True)
            if block in self.residual:
                scaled = scaled.copy()
                scaled[:, self.residual[block]] = inputs["other"][block]
            relevance[block] = scaled
        readings = inputs["reading"][:, : len(chain.profiles)]
        blocks = chain.effective_blocks(inputs["blocks"], readings)
        weights = chain.weights(prior, blocks, relevance)
        return chain.values(prior, inputs["cells"], readings), weights

    def evaluate(self, inputs: Inputs) -> tuple[Array, Array]:
        """Oriented scores (draws, n), each draw by its own method, and its weights (draws, m)."""
        values, weights = self.problem(inputs)
        sense = self.chain.sense
        scores = np.empty(values.shape[:2])
        for k, voter in enumerate(self.voters):
            mine = inputs["method"] == k
            choice = inputs["normalisation"]
            for j in np.unique(choice[mine]):
                rows = mine & (choice == j)
                params = voter.params(int(j))
                scores[rows] = _oriented(voter, values[rows], weights[rows], sense, params)
        return scores, weights

    def _blocks(self, size: int, rng: np.random.Generator) -> Array:
        """Draw the computed criteria's shares; the other blocks keep their proportions."""
        base = self.nominal["blocks"][0]
        profile = np.array([b in self.chain.profiles for b in self.chain.blocks])
        shares = np.tile(base, (size, 1))
        if not profile.any() or profile.all():
            return shares
        computed = base[profile].sum()
        if computed in (0.0, 1.0):
            return shares
        reach = min(computed, 1 - computed)
        drawn = computed + rng.uniform(-reach, reach, (size, 1))
        shares[:, profile] = drawn * base[profile] / computed
        rest = 1 - shares[:, profile].sum(axis=1, keepdims=True)
        shares[:, ~profile] = rest * base[~profile] / base[~profile].sum()
        return shares


def uncertain_chain(
    study: Study, options: Options, candidates: tuple[Candidate, ...]
) -> tuple[UncertainChain, dict[str, ProblemError]]:
    """Prepare a study for drawing.

    Returns
    -------
    UncertainChain
    left_out : mapping of method to ProblemError
        Candidates that some draw would refuse, with the reason.

    Raises
    ------
    ProblemError
        When no candidate takes every draw.
    """
    chain = chain_of(study)
    questions = sorted(set(chain.questions.values()))
    counts = {q: study.totals(q) for q in questions}
    residual = {}
    for block in chain.relevance:
        where = np.flatnonzero([o.residual for o in study.options(chain.questions[block])])
        if where.size:
            residual[block] = where
    given = dict(options.block_weights)
    nominal = {
        "experts": {
            q: np.divide(c.counts, c.asked, out=np.zeros(c.counts.shape), where=c.asked > 0).T[None]
            for q, c in counts.items()
        },
        "groups": {q: group_weights(c, options.pooling)[None] for q, c in counts.items()},
        "other": {
            b: (r / r.sum(axis=-1, keepdims=True))[None, residual[b]]
            for b, r in chain.relevance.items()
            if b in residual
        },
        "relevance": {b: r[None] for b, r in chain.relevance.items()},
        "cells": chain.cells[None, :, :, 0],
        "blocks": np.array([[given[b] for b in chain.blocks]]),
        "reading": np.array([[READINGS.index(r) for _, r in options.readings] or [0]]),
        "method": np.array([0]),
        "normalisation": np.array([AS_PUBLISHED]),
    }
    uncertain = UncertainChain(
        chain=chain,
        # Respondents' rows, where there are any, keep one person's options together.
        sources={q: study.source(q) for q in questions},
        asked={q: c.asked for q, c in counts.items()},
        residual=residual,
        readings=options.readings_of(study),
        voters=(),
        nominal=nominal,
    )
    voters, left_out = _admitted(uncertain, candidates)
    if not voters:
        raise next(iter(left_out.values()))
    headline = next((k for k, v in enumerate(voters) if v.label == options.method), 0)
    nominal["method"] = np.array([headline])
    return dataclasses.replace(uncertain, voters=voters), left_out


def _admitted(
    uncertain: UncertainChain, candidates: tuple[Candidate, ...]
) -> tuple[tuple[Voter, ...], dict[str, ProblemError]]:
    """Keep the methods, and their normalisations, that take a trial of the draws and the extremes."""
    sense = uncertain.chain.sense
    trial = [
        uncertain.problem(uncertain.draw(_TRIAL, np.random.default_rng(_TRIAL_SEED), _BUT_METHOD))[
            0
        ],
        *_extremes(uncertain),
    ]

    def refused(candidate: Candidate) -> ProblemError | None:
        if get_method(candidate.method).slow:
            return ProblemError(
                "too_slow_to_draw",
                "{method} takes too long to be put to every draw",
                method=get_method(candidate.method).title,
            )
        reasons = (obstacle_of(candidate, values, sense) for values in trial)
        return next((reason for reason in reasons if reason is not None), None)

    voters, left_out = [], {}
    for candidate in candidates:
        reason = refused(candidate)
        if reason is not None:
            left_out[candidate.label] = reason
            continue
        choices = (
            tuple(n for n in NORMALISATIONS if refused(normalised_by(candidate, n)) is None)
            if has_normalisation(candidate.method)
            else ()
        )
        voters.append(Voter(candidate, choices))
    return tuple(voters), left_out


def _extremes(uncertain: UncertainChain) -> Iterator[Array]:
    """Values with every cell at its low or high end, under every reading."""
    still = uncertain.draw(1, np.random.default_rng(_TRIAL_SEED), ())
    for end in (1, 2):
        for reading in uncertain.readings:
            codes = np.full_like(still["reading"], READINGS.index(reading))
            cells = uncertain.chain.cells[None, :, :, end]
            yield uncertain.problem(still | {"cells": cells, "reading": codes})[0]


def _oriented(
    voter: Voter, values: Array, weights: Array, sense: Array, params: dict[str, Any]
) -> Array:
    method = get_method(voter.candidate.method)
    scores = method.scores(values, weights, sense, **params)
    return scores if method.higher_is_better else -scores


def _normalised(shares: Array) -> Array:
    total: Array = shares / shares.sum(axis=-1, keepdims=True)
    return total


def _triangular(cells: Array, size: int, rng: np.random.Generator) -> Array:
    """Draw cells; one whose low and high agree is known."""
    value, low, high = np.moveaxis(cells, -1, 0)
    known = low == high
    drawn = rng.triangular(low - known, value, high + known, (size, *value.shape))
    return np.where(known, value, drawn)


def _one_step(relevance: Array, rng: np.random.Generator, size: int) -> Array:
    """Move each cell that is not 0 along the scale of the coded values; none of them becomes 0."""
    scale = np.unique(relevance[relevance > 0])
    place = np.searchsorted(scale, relevance)
    moved = np.clip(place + rng.integers(-1, 2, (size, *relevance.shape)), 0, len(scale) - 1)
    return np.where(relevance > 0, scale[moved], 0.0)


def _repeat(value: Any, size: int) -> Any:  # noqa: ANN401 - an array, or a mapping of arrays
    if isinstance(value, Mapping):
        return {k: _repeat(v, size) for k, v in value.items()}
    return np.broadcast_to(value, (size, *value.shape[1:]))
