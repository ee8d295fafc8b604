"""How many more experts would settle the first place, and from which group: by simulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from app.analysis.chain import chain_of
from app.analysis.future import Future, future_of
from app.analysis.methods import study_methods
from app.analysis.options import READINGS, Options
from app.study import Study
from mcda import get_method
from mcda.problem import Array
from mcda.simulation import block_stream
from survey import group_weights

SIZES: Final = (0, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 400, 600, 800, 1200, 1600)
# The first place counts as settled from this probability on. Assumed, as is usual.
SETTLED: Final = 0.95
# The error of a probability is then below one percentage point.
DRAWS: Final = 4000
# Everybody: new experts are spread over the groups as today's are.
SAME_PANEL: Final = "same_panel"
# Its stream is apart from those of the simulation, the doubt and the learning.
_STREAM: Final = 3 * 10**6

First = Callable[[Mapping[str, Array]], npt.NDArray[np.intp]]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """How stable the first place is after so many more experts.

    Attributes
    ----------
    stable : array, shape (sizes,)
        Probability that the first place named then is the one that any number of further experts
        would name.
    limit : float
        The same if every expert of these groups had been asked.
    enough : int or None
        Least of the sizes from which on the first place is settled; None where none of them
        settles it.
    """

    stable: Array
    limit: float
    enough: int | None


@dataclass(frozen=True, slots=True, eq=False)
class PlanningFinding:
    """How many more experts would settle the first place.

    Attributes
    ----------
    method : str
    leader : str
        First by the answers there are.
    now : float
        Probability that further experts would leave it first.
    sizes : tuple of int
        Numbers of experts added.
    settled : float
        Probability from which on the first place counts as settled.
    curves : mapping to Curve
        `SAME_PANEL`, then each group that has weight.
    draws : int
    """

    method: str
    leader: str
    now: float
    sizes: tuple[int, ...]
    settled: float
    curves: Mapping[str, Curve]
    draws: int

    def before(self, size: int) -> int:
        """Size below one of the sizes; 0 for the first."""
        return self.sizes[max(self.sizes.index(size) - 1, 0)]

    @property
    def error(self) -> float:
        """Largest standard error of a probability, from the number of draws."""
        return 0.5 / self.draws**0.5


def planning_findings(study: Study, options: Options) -> PlanningFinding | None:
    """Simulate further experts; None where the headline method takes too long to be drawn.

    What the groups truly say is drawn from the answers there are; further experts answer
    accordingly; the ranking is made anew from old and new answers together, everything else as
    assumed. The groups keep their weight in the panel, so a new expert makes known what the group
    says and does not give it more votes. The first place after the new answers is stable where it
    is the first by what the groups truly say: the probability of correct selection.

    References
    ----------
    Rubin (1981), Ann. Stat. 9, 130-134; Chick, Inoue (2001), Oper. Res. 49, 732-743.

    """
    headline = next(c for c in study_methods(study) if c.label == options.method)
    if get_method(headline.method).slow:
        return None
    size = min(options.draws, DRAWS)
    rng = block_stream(options.seed, _STREAM)
    questions = sorted({b.question for b in study.settings.blocks})
    weights = {q: group_weights(study.totals(q), options.pooling) for q in questions}
    future = future_of({q: study.source(q) for q in questions}, size, rng)
    first = _ranking(study, options)

    def pooled(shares: Mapping[str, Array]) -> npt.NDArray[np.intp]:
        return first({q: (shares[q] * weights[q]).sum(axis=-2) for q in questions})

    truly = pooled(future.truth)
    curves = {
        who: _curve(future, added, pooled, truly)
        for who, added in _panels(study, weights, future.groups).items()
    }
    leader = int(pooled(future.known(()))[0])
    return PlanningFinding(
        headline.label,
        str(study.alternatives.index[leader]),
        float((truly == leader).mean()),
        SIZES,
        SETTLED,
        curves,
        size,
    )


def _panels(
    study: Study, weights: Mapping[str, Array], groups: tuple[str, ...]
) -> dict[str, dict[str, float]]:
    """Part of the new experts that comes from each group: of the panel as it is, of each group."""
    heard = {
        g for k, g in enumerate(groups) if any(w[k].max(initial=0) > 0 for w in weights.values())
    }
    experts = {g.id: g.experts for g in study.settings.groups if g.id in heard}
    total = sum(experts.values())
    alone: dict[str, dict[str, float]] = {g: {g: 1.0} for g in experts}
    if len(experts) < 2:
        return alone
    return {SAME_PANEL: {g: n / total for g, n in experts.items()}} | alone


def _curve(
    future: Future,
    parts: Mapping[str, float],
    pooled: Callable[[Mapping[str, Array]], npt.NDArray[np.intp]],
    truly: npt.NDArray[np.intp],
) -> Curve:
    stable = np.array([(pooled(shares) == truly).mean() for shares in future.after(parts, SIZES)])
    return Curve(
        stable, float((pooled(future.known(tuple(parts))) == truly).mean()), _enough(stable)
    )


def _enough(stable: Array) -> int | None:
    """Least size from which on all are settled: one that falls back has settled nothing."""
    below = np.flatnonzero(stable < SETTLED)
    start = int(below[-1]) + 1 if below.size else 0
    return SIZES[start] if start < len(SIZES) else None


def _ranking(study: Study, options: Options) -> First:
    """Who is first by priorities: shares (draws, options) of each question to (draws,) places."""
    chain = chain_of(study)
    headline = next(c for c in study_methods(study) if c.label == options.method)
    method = get_method(headline.method)
    readings = np.array([READINGS.index(r) for _, r in options.readings])
    given = dict(options.block_weights)
    blocks = chain.effective_blocks(np.array([given[b] for b in chain.blocks]), readings)

    def first(shares: Mapping[str, Array]) -> npt.NDArray[np.intp]:
        prior = {q: s / s.sum(axis=-1, keepdims=True) for q, s in shares.items()}
        weights = chain.weights(prior, blocks, chain.relevance)
        values = chain.values(prior, chain.cells[..., 0], readings)
        values = np.broadcast_to(values, (len(weights), *values.shape[-2:]))
        used = weights.max(axis=0) > 0
        scores = method.scores(
            values[..., used], weights[:, used], chain.sense[used], **headline.params
        )
        return np.asarray(scores if method.higher_is_better else -scores).argmax(axis=-1)

    return first
