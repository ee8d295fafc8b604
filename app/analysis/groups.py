"""What the groups of experts say apart, and their rankings made into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from app.analysis.chain import chain_of, point_problem
from app.analysis.methods import study_methods
from app.analysis.options import Options
from app.study import Study
from mcda import (
    Consensus,
    KemenyConsensus,
    borda,
    copeland,
    correlation,
    kemeny,
    obstacle,
    rank_alternatives,
)
from mcda.consensus import KEMENY_LIMIT
from mcda.problem import Array
from survey import SurveyError


@dataclass(frozen=True, slots=True, eq=False)
class GroupsFinding:
    """Rankings of the groups by the headline method, and what they make together.

    Attributes
    ----------
    alternatives : tuple of str
    ranks : mapping of group to array, shape (n,)
        Each group's answers alone; groups that were not asked are left out.
    experts : mapping of group to int
        How many stand behind each; their votes.
    pooled : array, shape (n,)
        Aggregation of judgements: the answers of all are pooled, then ranked.
    rules : tuple of Consensus
        Aggregation of rankings: each group votes with the number of its experts.
    kemeny : KemenyConsensus or None
        The ranking that disagrees least; None with too many alternatives to search.
    alike : mapping of pairs of groups to float or None
        Kendall's tau-b of their rankings.
    """

    alternatives: tuple[str, ...]
    ranks: Mapping[str, Array]
    experts: Mapping[str, int]
    pooled: Array
    rules: tuple[Consensus, ...]
    kemeny: KemenyConsensus | None
    alike: Mapping[tuple[str, str], float | None]


def group_findings(study: Study, options: Options, pooled: Array) -> GroupsFinding | None:
    """Rank by each group alone; None where fewer than two groups can be ranked by.

    Parameters
    ----------
    study, options
        The headline method and every assumption but the panel are the options'.
    pooled
        Ranks under the options' own panel.
    """
    chain = chain_of(study)
    headline = next(c for c in study_methods(study) if c.label == options.method)
    ranks, experts = {}, {}
    for group in (g.id for g in study.settings.groups):
        try:
            problem = point_problem(study, options.replace(pooling=group), chain)
        except SurveyError:
            continue  # a group that was not asked, or named nothing, ranks nothing
        if obstacle(problem, headline.method, **headline.params) is not None:
            continue
        ranks[group] = rank_alternatives(problem, headline.method, **headline.params).ranks
        experts[group] = _size(study, group)
    if len(ranks) < 2:
        return None
    table, votes = list(ranks.values()), list(experts.values())
    return GroupsFinding(
        alternatives=chain.alternatives,
        ranks=ranks,
        experts=experts,
        pooled=pooled,
        rules=(borda(table, votes), copeland(table, votes)),
        kemeny=kemeny(table, votes) if len(chain.alternatives) <= KEMENY_LIMIT else None,
        alike={
            (a, b): correlation.kendall_tau_b(ranks[a], ranks[b])
            if len(chain.alternatives) > 1
            else None
            for a, b in combinations(ranks, 2)
        },
    )


def _size(study: Study, group: str) -> int:
    """Experts of a group: the most that any question of the chain was put to."""
    asked = [study.totals(b.question) for b in study.settings.blocks]
    return max(int(t.experts[t.groups.index(group)]) for t in asked if group in t.groups)
