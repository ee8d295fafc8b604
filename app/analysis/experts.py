"""How the groups of experts differ, what each of them moves, and how many more would settle it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.analysis.chain import chain_of, point_priorities, point_problem
from app.analysis.methods import study_methods
from app.analysis.options import Options
from app.analysis.planning import PlanningFinding, planning_findings
from app.study import Study
from mcda import obstacle, rank_alternatives
from mcda.problem import Array
from mcda.simulation import block_stream
from survey import Answers, Counts, SurveyError
from survey.comparison import (
    Correspondence,
    GroupComparison,
    GroupInfluence,
    compare_groups,
    correspondence_analysis,
    leave_one_group_out,
)

# A difference is told as one where its p, adjusted after Holm, is below. Assumed, as is usual.
LEVEL: Final = 0.05
# Of the bootstrap of the test of all options at once, where rows are known.
_RESAMPLES: Final = 1000
# Its stream is apart from those of the simulation, the doubt, the learning and the planning.
_STREAM: Final = 4 * 10**6


@dataclass(frozen=True, slots=True, eq=False)
class QuestionGroups:
    """The groups of experts over one question.

    Attributes
    ----------
    comparison : GroupComparison
    influence : tuple of GroupInfluence
        Priorities without each group; empty where the panel is one group alone.
    map : Correspondence or None
        Options by groups; None where a group or an option has no answers, or the table is too
        small for a map.
    """

    comparison: GroupComparison
    influence: tuple[GroupInfluence, ...]
    map: Correspondence | None


@dataclass(frozen=True, slots=True, eq=False)
class ExpertsFinding:
    """How the groups differ, and what that does to the ranking.

    Attributes
    ----------
    questions : mapping of question to QuestionGroups
    refused : mapping of question to SurveyError
        Questions over which no groups can be compared, with the reason.
    first : tuple of str
        Who is first with all groups.
    first_without : mapping of group to tuple of str
        Who is first by the headline method without the group, the others weighing as before;
        empty where the panel is one group alone.
    planning : PlanningFinding or None
    method : str
        The headline method.
    """

    questions: Mapping[str, QuestionGroups]
    refused: Mapping[str, SurveyError]
    first: tuple[str, ...]
    first_without: Mapping[str, tuple[str, ...]]
    planning: PlanningFinding | None
    method: str


def expert_findings(study: Study, options: Options) -> ExpertsFinding:
    """Compare the groups over every question, leave each out, and plan further experts."""
    questions, refused = {}, {}
    for k, (question, counts) in enumerate(study.counts.items()):
        rng = block_stream(options.seed, _STREAM + k)
        try:
            questions[question] = _question(
                study.answers.get(question, counts), options.pooling, rng
            )
        except SurveyError as error:
            refused[question] = error
    first, without = _firsts(study, options)
    return ExpertsFinding(
        questions, refused, first, without, planning_findings(study, options), options.method
    )


def _question(source: Counts | Answers, pooling: str, rng: np.random.Generator) -> QuestionGroups:
    counts = source if isinstance(source, Counts) else source.to_counts()
    return QuestionGroups(
        compare_groups(source, rng, resamples=_RESAMPLES if isinstance(source, Answers) else 0),
        leave_one_group_out(source, pooling) if pooling in {"experts", "groups"} else (),
        _map(counts),
    )


def _map(counts: Counts) -> Correspondence | None:
    """Options by groups; two dimensions need three of each."""
    if min(counts.counts.shape) < 3:
        return None
    try:
        return correspondence_analysis(counts.counts, counts.options, counts.groups)
    except SurveyError:
        return None


def _firsts(study: Study, options: Options) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Who is first with all groups, and without each."""
    chain = chain_of(study)
    headline = next(c for c in study_methods(study) if c.label == options.method)
    questions = sorted(set(chain.questions.values()))

    def first(prior: dict[str, Array]) -> tuple[str, ...] | None:
        problem = point_problem(study, options, chain, prior)
        if obstacle(problem, headline.method, **headline.params) is not None:
            return None
        ranks = rank_alternatives(problem, headline.method, **headline.params).ranks
        return tuple(a for a, r in zip(chain.alternatives, ranks, strict=True) if r == ranks.min())

    whole = first(point_priorities(study, options.pooling))
    if options.pooling not in {"experts", "groups"}:
        return whole or (), {}
    without: dict[str, dict[str, Array]] = {}
    for question in questions:
        try:
            found = leave_one_group_out(study.source(question), options.pooling)
        except SurveyError:
            return whole or (), {}
        for each in found:
            without.setdefault(each.group, {})[question] = each.weights
    firsts = {g: first(prior) for g, prior in without.items() if len(prior) == len(questions)}
    return whole or (), {g: f for g, f in firsts.items() if f is not None}
