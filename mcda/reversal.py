"""Rank reversal: whether the order of alternatives depends on which others are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.evaluation import rank_alternatives
from mcda.pairwise import PairTest, Reversal, pairwise_order, reversals_of
from mcda.problem import Array, DecisionProblem

_Method = tuple[str, dict[str, Any]]


class ReversalTest(Enum):
    """What is done to the alternatives before they are ranked again."""

    LEFT_OUT = "an alternative is left out"
    COPIED = "a copy of the last alternative is added"
    DOMINATED = "an alternative is added that is as bad as the worst on every criterion"
    WORSENED = "an alternative that is not first is made worse on every criterion"
    PAIRS = "every pair is ranked alone"


@dataclass(frozen=True, slots=True)
class ReversalCase:
    """One repetition of the ranking.

    Attributes
    ----------
    test : ReversalTest
    alternative : str or None
        Who was left out, copied or made worse; None where an alternative of nobody's was added.
    first : tuple of str
        Who is first then; empty where the method refused.
    first_lost : bool
        Whether somebody who was first, and still takes part, no longer is.
    reversals : tuple of Reversal
        Among the alternatives of the problem that still are what they were.
    refused : ProblemError or None
        Why the method does not take this case.
    """

    test: ReversalTest
    alternative: str | None
    first: tuple[str, ...]
    first_lost: bool
    reversals: tuple[Reversal, ...]
    refused: ProblemError | None = None


@dataclass(frozen=True, slots=True)
class RankReversal:
    """All tests of one method on one problem."""

    first: tuple[str, ...]
    cases: tuple[ReversalCase, ...]
    pairs: PairTest

    @property
    def stable(self) -> bool:
        """Whether nothing was reversed, no case refused, and the pairs make the same order."""
        calm = all(not c.reversals and c.refused is None for c in self.cases)
        return calm and self.pairs.transitive and not self.pairs.reversals

    @property
    def costs_first_place(self) -> tuple[ReversalCase, ...]:
        """The cases in which the first loses its place."""
        return tuple(c for c in self.cases if c.first_lost)


def rank_reversal(
    problem: DecisionProblem,
    method: str,
    **params: Any,  # noqa: ANN401 - the method's own
) -> RankReversal:
    """Put a method to the tests of Wang and Triantaphyllou (2008) on one's own problem.

    Leaving out each alternative in turn, adding irrelevant ones and making one that is not first
    worse should leave the order of the others; ranking every pair alone should make the order of
    the whole, and be transitive.
    """
    how = (method, params)
    return RankReversal(
        first=rank_alternatives(problem, method, **params).first,
        cases=(
            *_left_out(problem, how),
            *_irrelevant(problem, how),
            *_worsened(problem, how),
        ),
        pairs=pairwise_order(problem, method, **params),
    )


def leave_one_out(
    problem: DecisionProblem,
    method: str,
    **params: Any,  # noqa: ANN401 - the method's own
) -> tuple[ReversalCase, ...]:
    """Rank again without each alternative in turn; of a single one there is nothing to leave."""
    return tuple(_left_out(problem, (method, params)))


def irrelevant_additions(
    problem: DecisionProblem,
    method: str,
    **params: Any,  # noqa: ANN401 - the method's own
) -> tuple[ReversalCase, ...]:
    """Rank again with a copy of the last alternative, and with one as bad as the worst everywhere."""
    return tuple(_irrelevant(problem, (method, params)))


def worse_replacements(
    problem: DecisionProblem,
    method: str,
    **params: Any,  # noqa: ANN401 - the method's own
) -> tuple[ReversalCase, ...]:
    """Rank again with each alternative that is not first moved half-way to the worst everywhere."""
    return tuple(_worsened(problem, (method, params)))


def _left_out(problem: DecisionProblem, how: _Method) -> list[ReversalCase]:
    n = len(problem.alternatives)
    if n == 1:
        return []
    return [
        _case(problem, how, ReversalTest.LEFT_OUT, name, [k for k in range(n) if k != i])
        for i, name in enumerate(problem.alternatives)
    ]


def _irrelevant(problem: DecisionProblem, how: _Method) -> list[ReversalCase]:
    method, params = how
    ranks = rank_alternatives(problem, method, **params).ranks
    last = int(np.argmax(ranks))
    worst = (problem.values * problem.sense).min(axis=0) * problem.sense
    everyone = list(range(len(ranks)))
    name = problem.alternatives[last]
    copy = problem.values[last]
    return [
        _case(problem, how, ReversalTest.COPIED, name, everyone, added=copy),
        _case(problem, how, ReversalTest.DOMINATED, None, everyone, added=worst),
    ]


def _worsened(problem: DecisionProblem, how: _Method) -> list[ReversalCase]:
    method, params = how
    ranks = rank_alternatives(problem, method, **params).ranks
    worst = (problem.values * problem.sense).min(axis=0) * problem.sense
    cases = []
    for i, name in enumerate(problem.alternatives):
        if ranks[i] == ranks.min():
            continue
        row = 0.5 * (problem.values[i] + worst)
        others = [k for k in range(len(ranks)) if k != i]
        cases.append(_case(problem, how, ReversalTest.WORSENED, name, others, added=row))
    return cases


def _case(
    problem: DecisionProblem,
    how: _Method,
    test: ReversalTest,
    alternative: str | None,
    kept: Sequence[int],
    *,
    added: Array | None = None,
) -> ReversalCase:
    """Rank the kept alternatives, with one more where there is one, and compare their order."""
    method, params = how
    before = rank_alternatives(problem, method, **params).ranks
    names = tuple(problem.alternatives[k] for k in kept)
    values = problem.values[list(kept)]
    labels = names
    if added is not None:
        values = np.vstack([values, added])
        labels = (*names, _unused(names))
    try:
        result = rank_alternatives(
            problem.replace(values=values, alternatives=labels), method, **params
        )
    except ProblemError as reason:
        return ReversalCase(test, alternative, (), first_lost=False, reversals=(), refused=reason)
    after = result.ranks[: len(names)]
    was_first = [a for a, k in zip(names, kept, strict=True) if before[k] == before.min()]
    # An added copy may share the first place under a name of its own.
    now_first = [a for a, rank in zip(names, after, strict=True) if rank == after.min()]
    return ReversalCase(
        test=test,
        alternative=alternative,
        first=tuple(now_first),
        first_lost=any(a not in now_first for a in was_first),
        reversals=reversals_of(names, before[list(kept)], after),
    )


def _unused(names: Sequence[str]) -> str:
    label = "+"
    while label in names:
        label += "+"
    return label
