"""Which methods are the same method under another name, found by trying.

Methods that rank every problem alike form one class and have one vote between them; otherwise a
consensus counts one idea as often as it has names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mcda.problem import Array
from mcda.ranking import ranks_of
from mcda.registry import get_method

PROBLEMS = 1000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A method with its parameters, under a label of one's own."""

    label: str
    method: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def ranks(self, values: Array, weights: Array, sense: Array) -> Array:
        """Rank a batch."""
        chosen = get_method(self.method)
        scores = chosen.scores(values, weights, sense, **self.params)
        return ranks_of(scores, higher_is_better=chosen.higher_is_better)


def equivalence_classes(
    candidates: Sequence[Candidate],
    rng: np.random.Generator,
    *,
    alternatives: int = 6,
    criteria: int = 5,
    problems: int = PROBLEMS,
) -> tuple[tuple[Candidate, ...], ...]:
    """Group candidates that rank all of many random problems identically.

    Problems have values above zero, both senses among the criteria, and random weights, in eight
    batches of different senses.

    Returns
    -------
    tuple of tuples
        Classes in the order of their first member.
    """
    batches = 8
    size = -(-problems // batches)
    tables: list[list[Array]] = [[] for _ in candidates]
    for _ in range(batches):
        sense = rng.permutation(
            np.where(np.arange(criteria) < 1 + rng.integers(criteria), 1.0, -1.0)
        )
        values = rng.uniform(0.1, 10.0, (size, alternatives, criteria))
        weights = rng.dirichlet(np.ones(criteria), size)
        for table, candidate in zip(tables, candidates, strict=True):
            table.append(candidate.ranks(values, weights, sense))
    classes: list[tuple[Array, list[Candidate]]] = []
    for table, candidate in zip(tables, candidates, strict=True):
        ranks = np.concatenate(table)
        for known, members in classes:
            if np.array_equal(known, ranks):
                members.append(candidate)
                break
        else:
            classes.append((ranks, [candidate]))
    return tuple(tuple(members) for _, members in classes)
