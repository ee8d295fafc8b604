"""From experts' priorities to the decision problem: the one place where the chain is computed.

Every array may carry draws in front, so the same few lines serve the published answer and a
hundred thousand uncertain ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.analysis.options import READINGS, Options
from app.study import Study
from mcda import DecisionProblem, ProblemError
from mcda.problem import SENSES, Array
from survey import priorities


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """What the chain needs of a study, as arrays.

    Attributes
    ----------
    alternatives, criteria : tuple of str
        Measured criteria first, then one computed criterion per profile block.
    senses : tuple of str
    blocks : tuple of str
    questions : mapping of block to question
    cells : array, shape (n, measured, 3)
        Value, low and high.
    relevance : mapping of block to array, shape (options, measured)
        As coded; rows are scaled to 1 when used. An option that is a criterion has 1 for itself.
    profiles : mapping of block to array, shape (n, options)
    targets : mapping of block to array, shape (options,)
        1 for the options that the authors' reading counts.
    """

    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    senses: tuple[str, ...]
    blocks: tuple[str, ...]
    questions: Mapping[str, str]
    cells: Array
    relevance: Mapping[str, Array]
    profiles: Mapping[str, Array]
    targets: Mapping[str, Array]

    @property
    def sense(self) -> Array:
        """+1 or -1 per criterion."""
        return np.array([SENSES[s] for s in self.senses])

    @property
    def measured(self) -> int:
        """How many criteria have cells of their own."""
        return self.cells.shape[1]

    def weights(
        self, prior: Mapping[str, Array], block_weights: Array, relevance: Mapping[str, Array]
    ) -> Array:
        """Weights of the criteria, shape (..., m), summing to 1.

        Parameters
        ----------
        prior : mapping of question to array, shape (..., options)
        block_weights : array, shape (..., blocks)
            A computed criterion that is switched off has block weight 0.
        relevance : mapping of block to array, shape (..., options, measured)
        """
        shape = np.broadcast_shapes(
            block_weights.shape[:-1], *(prior[q].shape[:-1] for q in self.questions.values())
        )
        weights = np.zeros((*shape, len(self.criteria)))
        computed = self.measured
        for k, block in enumerate(self.blocks):
            share = block_weights[..., k]
            if block in self.relevance:
                spread = relevance[block] / relevance[block].sum(axis=-1, keepdims=True)
                named = np.einsum("...o,...oc->...c", prior[self.questions[block]], spread)
                weights[..., : self.measured] += share[..., None] * named
            else:
                weights[..., computed] += share
                computed += 1
        total = weights.sum(axis=-1, keepdims=True)
        if not (total > 0).all():
            raise ProblemError(
                "no_weight",
                "no criterion has any weight left; expected a block with weight above 0",
            )
        scaled: Array = weights / total
        return scaled

    def values(self, prior: Mapping[str, Array], cells: Array, readings: Array) -> Array:
        """Values of the alternatives, shape (..., n, m).

        Parameters
        ----------
        prior : mapping of question to array, shape (..., options)
        cells : array, shape (..., n, measured)
        readings : int array, shape (..., profile blocks)
            Index into `READINGS` for each computed criterion.
        """
        columns = []
        for k, block in enumerate(self.profiles):
            popular = np.einsum("...o,no->...n", prior[self.questions[block]], self.profiles[block])
            target = self.profiles[block] @ self.targets[block]
            is_target = (readings[..., k] == READINGS.index("target"))[..., None]
            columns.append(np.where(is_target, target, popular))
        if not columns:
            return cells
        shape = np.broadcast_shapes(cells.shape[:-1], *(c.shape for c in columns))
        parts = [np.broadcast_to(cells, (*shape, self.measured))]
        parts += [np.broadcast_to(c, shape)[..., None] for c in columns]
        return np.concatenate(parts, axis=-1)

    def effective_blocks(self, block_weights: Array, readings: Array) -> Array:
        """Block weights with switched-off criteria at 0; not rescaled, `weights` does that."""
        off = READINGS.index("off")
        factors = []
        k = 0
        for block in self.blocks:
            if block in self.profiles:
                factors.append(readings[..., k] != off)
                k += 1
            else:
                factors.append(np.ones(readings.shape[:-1], dtype=bool))
        masked: Array = block_weights * np.stack(factors, axis=-1)
        return masked


def chain_of(study: Study) -> Chain:
    """Take the arrays of the chain out of a study."""
    criteria = study.criteria
    measured = [str(c) for c in criteria.index[criteria["measured"] == "yes"]]
    blocks = study.settings.blocks
    computed = [b.criterion for b in blocks if b.kind == "profile"]
    alternatives = [str(a) for a in study.alternatives.index]
    cells = np.stack(
        [
            study.scores[part]
            .unstack("criterion")
            .loc[alternatives, measured]
            .to_numpy(dtype=float)
            for part in ("value", "low", "high")
        ],
        axis=-1,
    )
    questions = {b.question for b in blocks}
    options = {q: list(study.totals(q).options) for q in questions}
    return Chain(
        alternatives=tuple(alternatives),
        criteria=(*measured, *computed),
        senses=tuple(str(criteria.loc[c, "sense"]) for c in (*measured, *computed)),
        blocks=tuple(b.id for b in blocks),
        questions={b.id: b.question for b in blocks},
        cells=cells,
        relevance={
            b.id: study.relevance[b.id].loc[options[b.question], measured].to_numpy(dtype=float)
            for b in blocks
            if b.kind != "profile"
        },
        profiles={
            b.id: study.profiles[b.id].loc[alternatives, options[b.question]].to_numpy(dtype=float)
            for b in blocks
            if b.kind == "profile"
        },
        targets={
            b.id: np.isin(options[b.question], b.target).astype(float)
            for b in blocks
            if b.kind == "profile"
        },
    )


def point_priorities(study: Study, pooling: str) -> dict[str, Array]:
    """Priorities of every question that feeds a block, as published; question to (options,)."""
    questions = {b.question for b in study.settings.blocks}
    return {q: priorities(study.source(q), pooling).weights for q in sorted(questions)}


def point_problem(
    study: Study,
    options: Options,
    chain: Chain | None = None,
    prior: Mapping[str, Array] | None = None,
) -> DecisionProblem:
    """Build the decision problem of the published answers, or of other priorities, by the options."""
    chain = chain or chain_of(study)
    prior = point_priorities(study, options.pooling) if prior is None else prior
    readings = np.array([READINGS.index(r) for _, r in options.readings])
    given = dict(options.block_weights)
    shares = np.array([given[b] for b in chain.blocks])
    weights = chain.weights(prior, chain.effective_blocks(shares, readings), chain.relevance)
    return DecisionProblem(
        values=chain.values(prior, chain.cells[..., 0], readings),
        weights=weights,
        senses=chain.senses,
        alternatives=chain.alternatives,
        criteria=chain.criteria,
    )
