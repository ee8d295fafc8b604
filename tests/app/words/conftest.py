import dataclasses

import pytest

from app.analysis import change_findings


@pytest.fixture
def changed(computed_template):
    """Findings of the template's ranking cut down to some alternatives and criteria."""

    def cut(alternatives, criteria):
        study, directions = computed_template.study, computed_template.directions
        problem = directions.problem
        rows = list(range(alternatives))
        columns = list(range(criteria))
        small = problem.replace(
            values=problem.values[rows][:, columns],
            weights=problem.weights[columns],
            senses=problem.senses[:criteria],
            alternatives=problem.alternatives[:alternatives],
            criteria=problem.criteria[:criteria],
        )
        cut_down = dataclasses.replace(directions, problem=small)
        return study, cut_down, change_findings(study, cut_down)

    return cut
