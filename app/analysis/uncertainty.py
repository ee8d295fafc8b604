"""Everything about the ranking that is not known for sure, as independent draws.

Each cause has one distribution, stated here and shown to the user as an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.analysis.chain import Chain, chain_of
from app.analysis.methods import NORMALISATIONS, has_normalisation, obstacle_of
from app.analysis.options import READINGS, Options
from app.study import Study
from mcda import Candidate, get_method
from mcda.problem import Array
from survey import Answers, Counts, draw_shares, group_weights

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
_AS_PUBLISHED = -1


@dataclass(frozen=True, slots=True, eq=False)
class UncertainChain:
    """The chain with draws of its inputs.

    Attributes
    ----------
    chain : Chain
    sources : mapping of question to Counts or Answers
    residual : mapping of block to int array
        Positions of the options whose meaning is not known.
    voters : tuple of Candidate
        One method per class.
    nominal : mapping of cause to its value without doubt, with one draw in front
    """

    chain: Chain
    sources: Mapping[str, Counts | Answers]
    residual: Mapping[str, np.ndarray]
    voters: tuple[Candidate, ...]
    nominal: Inputs

    def draw(
        self, size: int, rng: np.random.Generator, causes: tuple[str, ...] = CAUSES
    ) -> dict[str, Any]:
        """Draw some causes, independently of each other; every other stays as assumed.

        - experts: Beta(k + 1/2, n - k + 1/2) per group and option, or a Bayesian bootstrap of rows
        - groups: composition of the panel, Dirichlet(1, ..., 1)
        - other: what an option of unknown meaning asks for, Dirichlet(1, ..., 1) over criteria
        - relevance: each cell one step down, as it is, or one step up the coded scale, alike likely
        - cells: triangular between low and high with the coded value as mode
        - blocks: the computed criterion's share, uniform from 0 to twice what is assumed
        - reading, method, normalisation: each alike likely
        """
        return {
            cause: getattr(self, f"_{cause}")(size, rng)
            if cause in causes
            else _repeat(self.nominal[cause], size)
            for cause in CAUSES
        }

    def _experts(self, size: int, rng: np.random.Generator) -> dict[str, Array]:
        return {q: draw_shares(each, size, rng) for q, each in self.sources.items()}

    def _groups(self, size: int, rng: np.random.Generator) -> dict[str, Array]:
        groups = next(iter(self.sources.values())).groups
        composition = rng.dirichlet(np.ones(len(groups)), size)[:, :, None]
        return dict.fromkeys(self.sources, composition)

    def _other(self, size: int, rng: np.random.Generator) -> dict[str, Array]:
        flat = np.ones(self.chain.measured)
        return {b: rng.dirichlet(flat, (size, len(where))) for b, where in self.residual.items()}

    def _relevance(self, size: int, rng: np.random.Generator) -> dict[str, Array]:
        return {b: _one_step(r, rng, size) for b, r in self.chain.relevance.items()}

    def _cells(self, size: int, rng: np.random.Generator) -> Array:
        return _triangular(self.chain.cells, size, rng)

    def _reading(self, size: int, rng: np.random.Generator) -> np.ndarray:
        return rng.integers(len(READINGS), size=(size, max(len(self.chain.profiles), 1)))

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
        for k, candidate in enumerate(self.voters):
            mine = inputs["method"] == k
            for j in np.unique(inputs["normalisation"][mine]):
                params = dict(candidate.params)
                rows = mine
                if has_normalisation(candidate.method):
                    rows = mine & (inputs["normalisation"] == j)
                    if j != _AS_PUBLISHED:
                        params["normalisation"] = NORMALISATIONS[j]
                scores[rows] = _oriented(candidate, values[rows], weights[rows], sense, params)
                if rows is mine:
                    break
        return scores, weights

    def _blocks(self, size: int, rng: np.random.Generator) -> Array:
        """Draw the computed criteria's shares; the other blocks keep their proportions."""
        base = self.nominal["blocks"][0]
        profile = np.array([b in self.chain.profiles for b in self.chain.blocks])
        shares = np.tile(base, (size, 1))
        if not profile.any() or profile.all():
            return shares
        top = np.minimum(2 * base[profile], 1 / profile.sum())
        shares[:, profile] = rng.uniform(0, 1, (size, int(profile.sum()))) * top
        rest = 1 - shares[:, profile].sum(axis=1, keepdims=True)
        shares[:, ~profile] = rest * base[~profile] / base[~profile].sum()
        return shares


def uncertain_chain(
    study: Study, options: Options, voters: tuple[Candidate, ...]
) -> UncertainChain:
    """Prepare a study for drawing; methods that some draw would refuse are left out."""
    chain = chain_of(study)
    questions = sorted(set(chain.questions.values()))
    counts = {q: study.counts[q] for q in questions}
    # Respondents' rows, where there are any, keep one person's options together.
    sources = {q: study.answers.get(q, counts[q]) for q in questions}
    residual = {}
    for block in chain.relevance:
        question = study.questionnaire.question(chain.questions[block])
        where = np.flatnonzero([o.residual for o in question.options])
        if where.size:
            residual[block] = where
    given = dict(options.block_weights)
    headline = next(k for k, c in enumerate(voters) if c.label == options.method)
    nominal_relevance = {b: r[None] for b, r in chain.relevance.items()}
    nominal = {
        "experts": {q: (c.counts / c.asked).T[None] for q, c in counts.items()},
        "groups": {q: group_weights(c, options.pooling)[None] for q, c in counts.items()},
        "other": {
            b: (r / r.sum(axis=-1, keepdims=True))[None, residual[b]]
            for b, r in chain.relevance.items()
            if b in residual
        },
        "relevance": nominal_relevance,
        "cells": chain.cells[None, :, :, 0],
        "blocks": np.array([[given[b] for b in chain.blocks]]),
        "reading": np.array([[READINGS.index(r) for _, r in options.readings] or [0]]),
        "method": np.array([headline]),
        "normalisation": np.array([_AS_PUBLISHED]),
    }
    return UncertainChain(chain, sources, residual, voters, nominal)


def stays_usable(study: Study, candidate: Candidate) -> bool:
    """Whether a method takes the cells at both ends of their intervals."""
    chain = chain_of(study)
    sense = chain.sense[: chain.measured]
    ends = np.moveaxis(chain.cells, -1, 0)
    return obstacle_of(candidate, ends, sense) is None


def _oriented(
    candidate: Candidate, values: Array, weights: Array, sense: Array, params: dict[str, Any]
) -> Array:
    method = get_method(candidate.method)
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
    """Move each cell along the scale of the coded values; a row's largest cell stays above 0."""
    scale = np.unique(np.append(relevance, 0.0))
    place = np.searchsorted(scale, relevance)
    moved = place + rng.integers(-1, 2, (size, *relevance.shape))
    floor = np.where(place == place.max(axis=1, keepdims=True), 1, 0)
    stepped: Array = scale[np.clip(moved, floor, len(scale) - 1)]
    return stepped


def _repeat(value: Any, size: int) -> Any:  # noqa: ANN401 - an array, or a mapping of arrays
    if isinstance(value, Mapping):
        return {k: _repeat(v, size) for k, v in value.items()}
    return np.broadcast_to(value, (size, *value.shape[1:]))
