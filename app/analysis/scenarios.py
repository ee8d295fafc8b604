"""Scenarios compared: dominance first, then the same methods, then what each makes of directions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.analysis.methods import study_methods
from app.study import Study
from mcda import DecisionProblem, ProblemError, Result, obstacle, rank_alternatives
from mcda.normalisation import divide, minmax
from mcda.problem import Array
from scenarios import Dominance, ScenarioTable, coherent_probabilities, dominance

PATH = "path"
# How an indicator whose best value is disputed may be read.
GOALS = ("max", "min", "target", "out")


@dataclass(frozen=True, slots=True)
class ScenarioCase:
    """Ranks of the scenarios by one method, at one time, with one reading of the goal, if any."""

    method: str
    at: str
    goal: str | None
    ranks: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class ScenarioFinding:
    """What the scenario table says.

    Attributes
    ----------
    table : ScenarioTable
    dominance : tuple of Dominance
        Every ordered pair.
    dominance_apart : tuple of Dominance
        The same without the indicator whose best value is disputed; empty where there is none.
    year : int
    results : mapping of method to Result
        Of the chosen year, indicators weighing the same, senses as in the table.
    cases : tuple of ScenarioCase
        Methods x (chosen year, whole path) x readings of the goal indicator.
    goal : str or None
        The indicator whose best value is disputed.
    probabilities : mapping of scenario to (low, high)
        As published and made coherent.
    by_scenario : array, shape (scenarios, alternatives)
        Scores of the directions under each scenario's weights, on one fixed value scale.
    alternatives : tuple of str
    """

    table: ScenarioTable
    dominance: tuple[Dominance, ...]
    dominance_apart: tuple[Dominance, ...]
    year: int
    results: Mapping[str, Result]
    cases: tuple[ScenarioCase, ...]
    goal: str | None
    probabilities: Mapping[str, tuple[float, float]]
    by_scenario: Array
    alternatives: tuple[str, ...]

    def between(self, first: str, second: str) -> Dominance:
        """Comparison of one ordered pair."""
        return next(d for d in self.dominance if (d.first, d.second) == (first, second))

    @property
    def order(self) -> tuple[str, ...]:
        """Scenarios by how many cells they win over the others."""
        wins = {
            s: sum(d.better - d.worse for d in self.dominance if d.first == s)
            for s in self.table.scenarios
        }
        return tuple(sorted(wins, key=lambda s: -wins[s]))


def scenario_findings(study: Study, problem: DecisionProblem) -> ScenarioFinding | None:
    """Compare the scenarios of a study; None where it has none.

    Parameters
    ----------
    study
    problem
        The directions with their present weights.
    """
    if study.scenarios is None or study.settings.scenarios is None:
        return None
    settings = study.settings.scenarios
    table = study.scenarios.table
    goal = settings.goal_indicator
    tables: dict[str | None, ScenarioTable] = {None: table}
    if goal is not None:
        tables = {
            "max": table.with_sense(goal.indicator, "max"),
            "min": table.with_sense(goal.indicator, "min"),
            "target": table.on_target(goal.indicator, goal.low, goal.high),
            "out": table.without(goal.indicator),
        }
    results = _results(study, table, settings.year)
    cases = tuple(
        ScenarioCase(
            method,
            str(at),
            reading,
            dict(zip(result.alternatives, result.ranks.tolist(), strict=True)),
        )
        for reading, each in tables.items()
        for at in (settings.year, PATH)
        for method, result in _results(study, each, at).items()
    )
    frame = study.scenarios.scenarios
    low, high = coherent_probabilities(
        list(frame.index), frame["probability_low"], frame["probability_high"]
    )
    return ScenarioFinding(
        table=table,
        dominance=dominance(table),
        dominance_apart=dominance(tables["out"]) if goal is not None else (),
        year=settings.year,
        results=results,
        cases=cases,
        goal=None if goal is None else goal.indicator,
        probabilities={
            str(s): (float(a), float(b)) for s, a, b in zip(frame.index, low, high, strict=True)
        },
        by_scenario=_directions_by_scenario(study, problem),
        alternatives=problem.alternatives,
    )


def _results(study: Study, table: ScenarioTable, at: int | str) -> dict[str, Result]:
    """Rank the scenarios by every method that takes the cells; indicators weigh the same."""
    matrix = table.to_matrix(at)  # type: ignore[arg-type]
    problem = DecisionProblem(
        values=matrix.values,
        senses=matrix.senses,
        alternatives=matrix.alternatives,
        criteria=matrix.criteria,
    )
    return {
        c.label: rank_alternatives(problem, c.method, **c.params)
        for c in study_methods(study)
        if obstacle(problem, c.method, **c.params) is None
    }


def _directions_by_scenario(study: Study, problem: DecisionProblem) -> Array:
    """Score directions by a min-max weighted sum, weights multiplied by each scenario's emphasis.

    The value scale is that of the directions as they are, so scores of different scenarios can be
    compared; measured criteria share their block's weight anew, computed ones keep theirs.
    """
    scenarios = study.scenarios
    if scenarios is None:
        return np.zeros((0, len(problem.alternatives)))
    emphasis = scenarios.emphasis
    names = [c for c in problem.criteria if c in emphasis.columns]
    measured = np.isin(problem.criteria, names)
    factors = emphasis[names].to_numpy(dtype=float)
    weights = np.tile(problem.weights, (len(emphasis), 1))
    emphasised = problem.weights[measured] * factors
    block = problem.weights[measured].sum()
    total = emphasised.sum(axis=1, keepdims=True)
    if block > 0 and not (total > 0).all():
        raise ProblemError(
            "emphasis",
            "scenario {scenario} leaves no weight to any measured criterion; "
            "expected an emphasis above 0 on one that has weight",
            scenario=emphasis.index[int(np.argmin(total))],
        )
    weights[:, measured] = block * divide(emphasised, total)
    scores: Array = weights @ minmax(problem.values, problem.sense).T
    return scores
