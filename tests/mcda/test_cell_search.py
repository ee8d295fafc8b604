import numpy as np
import pytest

from mcda import DecisionProblem
from mcda.cell_search import Cells, search, search_ends
from mcda.scoring import bind

PROBLEM = DecisionProblem(
    values=[[5, 1], [2, 3]], senses=["max", "max"], alternatives=["A", "B"], criteria=["x", "y"]
)


def test_cells_run_row_by_row_with_the_range_of_their_column():
    cells = Cells.all_of(PROBLEM)
    assert cells.count == 4
    assert cells.present.tolist() == [5, 1, 2, 3]
    assert cells.spread.tolist() == [3, 2, 3, 2]


def test_the_search_reaches_so_many_ranges_beyond_the_column():
    low, high = search_ends(PROBLEM, 2.0, {"y": (0, 10)}, PROBLEM.criteria)
    assert low.tolist() == [2 - 6, 0]
    assert high.tolist() == [5 + 6, 10]


def test_a_cell_that_cannot_tip_keeps_its_value_and_names_nobody():
    scoring = bind(PROBLEM, "wsm", {"normalisation": "none"})
    leaders = np.array([True, False])
    up = search(scoring, leaders, Cells.all_of(PROBLEM), np.array([8.0, 5.0]))
    assert up.taker.tolist() == [-1, -1, 1, 1]
    assert up.value == pytest.approx([5, 1, 3, 4])
    assert up.end.tolist() == [8, 5, 8, 5]
