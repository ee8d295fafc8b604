"""Ranking of the alternatives: by every method, reading and panel, and what would tip the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.analysis.chain import Chain, chain_of, point_problem
from app.analysis.methods import classes_of, study_methods, with_normalisations
from app.analysis.options import READINGS, Options
from app.study import Study
from mcda import (
    Candidate,
    Consensus,
    DecisionProblem,
    ProblemError,
    Result,
    StabilityInterval,
    borda,
    copeland,
    obstacle,
    rank_alternatives,
    weight_stability,
)
from survey import SurveyError


@dataclass(frozen=True, slots=True)
class Case:
    """Who is first under one method, normalisation, reading and panel."""

    label: str
    method: str
    reading: str
    pooling: str
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DirectionsFinding:
    """What the ranking says.

    Attributes
    ----------
    problem : DecisionProblem
        Under the options.
    headline : str
    results : mapping of method to Result
        Every registered method that takes the data.
    not_applicable : mapping of method to ProblemError
    classes : tuple of tuples of method
        Methods that are the same under another name vote once.
    first_by : mapping of alternative to number
        Classes x readings that it leads; a shared first place is split.
    by_reading : tuple of Case
        Classes x readings, the options' panel.
    by_normalisation : tuple of Case
        Methods with every normalisation, the options' reading and panel.
    by_panel : tuple of Case
        Methods with every normalisation x panels, the options' reading.
    consensus : tuple of Consensus
        Borda and Copeland over the classes.
    stability : tuple of StabilityInterval
        Of the headline method's first place.
    correlated : tuple of (criterion, criterion, correlation)
        Columns that say nearly the same.
    unmeasured : tuple of str
        Criteria that matter and that nobody has measured.
    """

    problem: DecisionProblem
    headline: str
    results: Mapping[str, Result]
    not_applicable: Mapping[str, ProblemError]
    classes: tuple[tuple[str, ...], ...]
    first_by: Mapping[str, float]
    by_reading: tuple[Case, ...]
    by_normalisation: tuple[Case, ...]
    by_panel: tuple[Case, ...]
    consensus: tuple[Consensus, ...]
    stability: tuple[StabilityInterval, ...]
    correlated: tuple[tuple[str, str, float], ...]
    unmeasured: tuple[str, ...]

    @property
    def result(self) -> Result:
        """The headline method's result."""
        return self.results[self.headline]


def direction_findings(study: Study, options: Options) -> DirectionsFinding:
    """Rank the alternatives of a study under the options.

    Raises
    ------
    ProblemError
        When the headline method cannot take the data.
    """
    chain = chain_of(study)
    problem = point_problem(study, options, chain)
    candidates = {c.label: c for c in study_methods(study)}
    results, not_applicable = {}, {}
    for label, candidate in candidates.items():
        reason = obstacle(problem, candidate.method, **candidate.params)
        if reason is None:
            results[label] = rank_alternatives(problem, candidate.method, **candidate.params)
        else:
            not_applicable[label] = reason
    if options.method in not_applicable:
        raise not_applicable[options.method]
    usable = tuple(candidates[label] for label in results)
    classes = classes_of(usable)
    voters = tuple(candidates[members[0]] for members in classes)
    # Under another reading or panel the same method may still be refused its data.
    readings = options.readings_of(study)
    by_reading = _cases(study, chain, [options.with_reading(r) for r in readings], voters)
    panels = ("experts", "groups", *(g.id for g in study.settings.groups))
    headline = candidates[options.method]
    return DirectionsFinding(
        problem=problem,
        headline=options.method,
        results=results,
        not_applicable=not_applicable,
        classes=classes,
        first_by=_count_firsts(chain.alternatives, by_reading),
        by_reading=by_reading,
        by_normalisation=_cases(study, chain, [options], with_normalisations(usable)),
        by_panel=_cases(
            study,
            chain,
            [options.replace(pooling=p) for p in panels],
            with_normalisations(usable),
        ),
        consensus=tuple(
            rule([results[v.label].ranks for v in voters]) for rule in (borda, copeland)
        ),
        stability=weight_stability(problem, headline.method, **headline.params),
        correlated=_correlated(problem, study.settings.directions.correlated_above),
        unmeasured=tuple(str(c) for c in study.criteria.index[study.criteria["measured"] == "no"]),
    )


def _cases(
    study: Study, chain: Chain, settings: list[Options], candidates: tuple[Candidate, ...]
) -> tuple[Case, ...]:
    cases = []
    for options in settings:
        try:
            problem = point_problem(study, options, chain)
        except SurveyError:
            continue  # a panel that was not asked, or named nothing, ranks nothing
        reading = options.readings[0][1] if options.readings else READINGS[0]
        for candidate in candidates:
            if obstacle(problem, candidate.method, **candidate.params) is not None:
                continue
            first = rank_alternatives(problem, candidate.method, **candidate.params).first
            cases.append(Case(candidate.label, candidate.method, reading, options.pooling, first))
    return tuple(cases)


def _count_firsts(alternatives: tuple[str, ...], cases: tuple[Case, ...]) -> dict[str, float]:
    leads: Counter[str] = Counter()
    for case in cases:
        for alternative in case.first:
            leads[alternative] += 1 / len(case.first)
    return {a: leads[a] for a in alternatives}


def _correlated(problem: DecisionProblem, above: float) -> tuple[tuple[str, str, float], ...]:
    """Pairs of criteria whose columns correlate beyond a limit, constant columns left out."""
    varies = np.ptp(problem.values, axis=0) > 0
    if len(problem.alternatives) < 3 or varies.sum() < 2:
        return ()
    names = [c for c, v in zip(problem.criteria, varies, strict=True) if v]
    table = np.corrcoef(problem.values[:, varies].T)
    return tuple(
        (names[i], names[j], float(table[i, j]))
        for i in range(len(names))
        for j in range(i + 1, len(names))
        if abs(table[i, j]) > above
    )
