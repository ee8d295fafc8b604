"""The one result that every ranking method returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mcda.problem import Array
from mcda.registry import Role


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """Scores and ranks of the alternatives, and everything computed on the way.

    Attributes
    ----------
    method, variant, reference
        Registered name, the variant in words, and the publication it follows.
    role
        Whether ranks come from an order, from classes (sorting) or from a choice.
    alternatives, criteria
        Labels; criteria of weight zero were dropped.
    scores, ranks : arrays, shape (n,)
        Rank 1 is best; ties share the mean rank.
    higher_is_better
        Whether the largest score is best.
    steps
        Every intermediate by the name the literature gives it.
    """

    method: str
    variant: str
    reference: str
    role: Role
    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    scores: Array
    ranks: Array
    higher_is_better: bool
    steps: Mapping[str, Any]

    @property
    def first(self) -> tuple[str, ...]:
        """The alternatives that share the best rank."""
        best = self.ranks.min()
        return tuple(
            a for a, rank in zip(self.alternatives, self.ranks, strict=True) if rank == best
        )

    def to_frame(self) -> pd.DataFrame:
        """Scores and ranks as a table indexed by alternative, best first."""
        frame = pd.DataFrame(
            {"score": self.scores, "rank": self.ranks},
            index=pd.Index(self.alternatives, name="alternative"),
        )
        return frame.sort_values("rank", kind="stable")
