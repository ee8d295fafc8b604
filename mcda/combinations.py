"""All combinations of the options of several choices, or a random sample of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

import numpy as np

from mcda.errors import ProblemError

Choices = Mapping[str, Sequence[Any]]


def named_options(choices: Choices) -> dict[str, tuple[str, ...]]:
    """Name the options of each choice by their ``str``; names within a choice must differ."""
    names = {choice: tuple(str(x) for x in options) for choice, options in choices.items()}
    for choice, options in names.items():
        if not options or len(set(options)) < len(options):
            raise ProblemError(
                "options",
                "choice {choice} has the options {found}; expected one or more, each of another name",
                choice=choice,
                found=list(options),
            )
    return names


def combined(
    choices: Choices, limit: int, rng: np.random.Generator | None
) -> tuple[int, list[tuple[int, ...]]]:
    """Count the combinations and list them as places of options, at most ``limit`` of them.

    Raises
    ------
    ProblemError
        There are more than ``limit`` and no generator to draw a sample with; a limit below 1.
    """
    if limit < 1:
        raise ProblemError("limit", "limit is {found}; expected 1 or more", found=limit)
    sizes = [len(options) for options in choices.values()]
    total = prod(sizes)
    if total <= limit:
        return total, list(product(*(range(size) for size in sizes)))
    if rng is None:
        raise ProblemError(
            "sample_without_rng",
            "there are {total} combinations of choices, above the limit of {limit}; expected a "
            "generator to draw a sample with",
            total=total,
            limit=limit,
        )
    return total, _sample(sizes, limit, rng)


def _sample(sizes: list[int], limit: int, rng: np.random.Generator) -> list[tuple[int, ...]]:
    """Distinct combinations, in the order in which all would be listed."""
    seen: set[tuple[int, ...]] = set()
    while len(seen) < limit:
        drawn = rng.integers(0, sizes, (limit, len(sizes)))
        for row in drawn.tolist():
            if len(seen) < limit:
                seen.add(tuple(row))
    return sorted(seen)
