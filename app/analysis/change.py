"""What would change the answer: of the weights, of one value, of what nobody measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.analysis.directions import DirectionsFinding
from app.analysis.methods import study_methods
from app.study import Study
from mcda import DecisionProblem, get_method
from mcda.missing import MissingCriterion, missing_criterion
from mcda.reversal import RankReversal, rank_reversal
from mcda.ternary import Ternary, weight_triangle
from mcda.tipping import SmallestChange, smallest_dethroning, smallest_swaps
from mcda.value_change import ValueChanges, value_changes

NORMS = ("L1", "L2")


@dataclass(frozen=True, slots=True, eq=False)
class ChangeFinding:
    """The smallest changes that tip the first place, under the options.

    Attributes
    ----------
    problem : DecisionProblem
    weights : mapping of norm to SmallestChange or None
        Of all weights at once, headline method; None where no weights do it.
    weights_by_method : mapping of method to SmallestChange or None
        The same in L1 for one method of every class, those too slow to be searched left out.
    swaps : tuple of SmallestChange
        For every pair of alternatives, headline method, L1.
    values : ValueChanges
        Of one value, headline method; coded cells stay within the values of their column.
    missing : MissingCriterion
        Headline method.
    missing_by_method : mapping of method to MissingCriterion
    reversal : RankReversal
        Headline method.
    triangle : Ternary or None
        Who is first over the three criteria of most weight; None with fewer.
    """

    problem: DecisionProblem
    weights: Mapping[str, SmallestChange | None]
    weights_by_method: Mapping[str, SmallestChange | None]
    swaps: tuple[SmallestChange, ...]
    values: ValueChanges
    missing: MissingCriterion
    missing_by_method: Mapping[str, MissingCriterion]
    reversal: RankReversal
    triangle: Ternary | None


def change_findings(study: Study, directions: DirectionsFinding) -> ChangeFinding:
    """Find what would tip the first place of a study's ranking."""
    problem = directions.problem
    candidates = {c.label: c for c in study_methods(study)}
    headline = candidates[directions.headline]
    method, params = headline.method, dict(headline.params)
    voters = [
        candidate
        for candidate in (candidates[members[0]] for members in directions.classes)
        if not get_method(candidate.method).slow
    ]
    # Beyond what its column holds a coded value has no meaning that the scale would give it.
    spans = dict(
        zip(
            problem.criteria,
            zip(problem.values.min(axis=0), problem.values.max(axis=0), strict=True),
            strict=True,
        )
    )
    return ChangeFinding(
        problem=problem,
        weights={n: smallest_dethroning(problem, method, norm=n, **params) for n in NORMS},
        weights_by_method={
            c.label: smallest_dethroning(problem, c.method, **c.params) for c in voters
        },
        swaps=smallest_swaps(problem, method, **params),
        values=value_changes(problem, method, limits=spans, **params),
        missing=missing_criterion(problem, method, **params),
        missing_by_method={
            c.label: missing_criterion(problem, c.method, **c.params) for c in voters
        },
        reversal=rank_reversal(problem, method, **params),
        triangle=weight_triangle(problem, method, **params) if len(problem.criteria) >= 3 else None,
    )
