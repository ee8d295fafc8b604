import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, ProblemError, rank_alternatives
from mcda.value_change import value_changes

PAIR = DecisionProblem(
    values=[[5, 1], [2, 3]],
    weights=[0.5, 0.5],
    senses=["max", "max"],
    alternatives=["A", "B"],
    criteria=["x", "y"],
)


def cell(changes, alternative, criterion):
    (found,) = [
        c for c in changes.cells if (c.alternative, c.criterion) == (alternative, criterion)
    ]
    return found


def random_problem(seed, n=4, m=3):
    rng = np.random.default_rng(seed)
    return DecisionProblem(
        values=rng.uniform(0.5, 9, (n, m)),
        weights=rng.dirichlet(np.ones(m)),
        senses=rng.choice(["max", "min"], m),
    )


def test_a_plain_sum_tips_where_the_sums_are_level():
    """A has 6, B has 5: one unit less for A, or one more for B, on either criterion."""
    changes = value_changes(PAIR, "wsm", normalisation="none")
    assert changes.first == ("A",)
    assert cell(changes, "A", "x").down.value == pytest.approx(4)
    assert cell(changes, "A", "x").up is None
    assert cell(changes, "A", "y").down.value == pytest.approx(0, abs=1e-9)
    assert cell(changes, "B", "x").up.value == pytest.approx(3)
    assert cell(changes, "B", "y").up.value == pytest.approx(4)
    assert all(c.nearest.taker == "B" for c in changes.cells)
    # One unit is a third of the range of x and half of that of y.
    assert changes.smallest.criterion == "x"
    assert changes.smallest.share == pytest.approx(1 / 3)
    assert changes.to_frame()["share"].tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 2, 1 / 2])


def test_the_leader_made_worse_is_exact_where_ranks_are_monotone():
    changes = value_changes(PAIR, "wsm", normalisation="none")
    assert cell(changes, "A", "x").down.exact
    assert not cell(changes, "B", "x").up.exact


def test_natural_limits_end_the_search():
    free = value_changes(PAIR, "wsm", normalisation="none")
    held = value_changes(PAIR, "wsm", normalisation="none", limits={"y": (1, 3)})
    assert cell(free, "A", "y").down is not None
    assert cell(held, "A", "y").down is None
    assert (cell(held, "A", "y").low, cell(held, "A", "y").high) == (1, 3)
    with pytest.raises(ProblemError, match="expected limits that hold them"):
        value_changes(PAIR, "wsm", limits={"y": (2, 3)})
    with pytest.raises(ProblemError, match="expected one of x, y"):
        value_changes(PAIR, "wsm", limits={"z": (2, 3)})


def test_the_search_ends_at_a_value_that_the_method_does_not_take():
    changes = value_changes(PAIR, "wpm", reach=3.0)
    assert changes.first == ("B",)  # 2 * 3 against 5 * 1
    assert 0 < cell(changes, "B", "x").low < 0.1
    assert cell(changes, "B", "x").down.value == pytest.approx(5 / 3)


@pytest.mark.parametrize("method", ["wsm", "topsis", "vikor", "promethee2", "edas"])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_at_the_value_found_the_first_has_lost_its_place_and_just_before_it_has_it(method, seed):
    problem = random_problem(seed)
    changes = value_changes(problem, method)
    for found in changes.cells:
        for tip in (found.down, found.up):
            if tip is None:
                continue
            i = problem.alternatives.index(tip.alternative)
            j = problem.criteria.index(tip.criterion)
            for share, kept in ((1 + 1e-7, False), (1 - 1e-7, True), (0.5, True)):
                values = problem.values.copy()
                values[i, j] += share * tip.change
                first = rank_alternatives(problem.replace(values=values), method).first
                # Half-way is inside unless the place comes back, which a bound does not exclude.
                if share != 0.5 or tip.exact:
                    assert bool(set(first) & set(changes.first)) == kept
            values = problem.values.copy()
            values[i, j] = tip.value
            assert tip.taker in rank_alternatives(problem.replace(values=values), method).first


def test_nothing_can_tip_a_single_alternative():
    changes = value_changes(DecisionProblem(values=[[1, 2]], senses=["max", "max"]), "wsm")
    assert changes.smallest is None
    assert changes.to_frame().empty


def test_a_column_without_range_has_no_share():
    problem = DecisionProblem(values=[[2, 5], [1, 5]], senses=["max", "max"])
    changes = value_changes(problem, "wsm", normalisation="none")
    tip = cell(changes, "A2", "C2").up
    assert tip.value == pytest.approx(6)
    assert tip.share is None
    assert changes.smallest.criterion == "C1"


def test_criteria_without_weight_are_not_searched():
    problem = DecisionProblem(values=[[2, 5], [1, 6]], weights=[1, 0], senses=["max", "max"])
    assert {c.criterion for c in value_changes(problem, "wsm").cells} == {"C1"}
