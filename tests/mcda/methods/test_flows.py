"""Sorting gives the flows that forming every pair gives, in far less time and memory."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, rank_alternatives
from mcda.methods import _pairs, flows
from mcda.methods.preference import PREFERENCE_FUNCTIONS, Preference

SORTED = [name for name in PREFERENCE_FUNCTIONS if name != "gaussian"]


def by_both_ways(column, preference, *, of_range):
    column = np.asarray(column, dtype=float)
    pairs = flows._by_pairs(column, preference, of_range=of_range)
    ordered = flows._by_sorting(column, preference, of_range=of_range)
    return np.array(pairs) / max(len(column), 1), np.array(ordered) / max(len(column), 1)


@st.composite
def columns(draw):
    """Values on coarse grids (ties, thresholds met exactly), tenths that round, and any values."""
    size = draw(st.integers(1, 40))
    grid = st.integers(-4, 6)
    cell = draw(
        st.sampled_from(
            [
                grid.map(float),
                grid.map(lambda k: k / 10),
                grid.map(lambda k: 1e6 + k * 0.1),
                grid.map(lambda k: k * 1e-9 / 3),
                st.floats(-100, 100),
            ]
        )
    )
    return draw(st.lists(cell, min_size=size, max_size=size))


@pytest.mark.parametrize("of_range", [False, True], ids=["absolute", "range"])
@pytest.mark.parametrize("shape", SORTED)
@settings(max_examples=50, deadline=None)
@given(
    column=columns(),
    thresholds=st.tuples(*[st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0])] * 2),
)
def test_sorted_flows_are_those_of_all_pairs(shape, of_range, column, thresholds):
    preference = Preference(shape, q=min(thresholds), p=max(thresholds))
    pairs, ordered = by_both_ways(column, preference, of_range=of_range)
    assert ordered == pytest.approx(pairs, rel=0, abs=1e-12)


@pytest.mark.parametrize("shape", PREFERENCE_FUNCTIONS)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), coarse=st.booleans())
def test_many_alternatives_have_the_flows_of_all_pairs(shape, seed, coarse):
    """All six functions through the public door, on enough alternatives to be sorted."""
    rng = np.random.default_rng(seed)
    n = flows.SORT_ABOVE + 20
    values = rng.integers(0, 12, (n, 2)) / 10 if coarse else rng.normal(size=(n, 2))
    preference = Preference(shape, q=0.2, p=0.5, s=0.3)
    thresholds = {t: getattr(preference, t) for t in PREFERENCE_FUNCTIONS[shape]}
    problem = DecisionProblem(values=values, senses=["max", "min"], weights=[2, 1])
    found = rank_alternatives(problem, "promethee2", preference_functions=shape, **thresholds)
    oriented = values * problem.sense
    table = preference.of(oriented[:, None, :] - oriented[None, :, :])
    assert found.steps["phi_plus"] == pytest.approx(
        table.sum(axis=1) @ problem.weights / (n - 1), rel=0, abs=1e-12
    )
    assert found.steps["phi_minus"] == pytest.approx(
        table.sum(axis=0) @ problem.weights / (n - 1), rel=0, abs=1e-12
    )


@pytest.mark.parametrize("shape", ["level", "linear"])
def test_a_batch_of_sorted_columns_is_each_column_sorted(shape):
    rng = np.random.default_rng(3)
    batch = rng.integers(0, 9, (2, 3, 30)) / 10
    preference = Preference(shape, q=0.1, p=0.3)
    together = np.array(flows._by_sorting(batch, preference, of_range=True))
    for at in np.ndindex(2, 3):
        alone = np.array(flows._by_sorting(batch[at], preference, of_range=True))
        assert together[:, *at].tolist() == alone.tolist()


def test_a_threshold_met_exactly_is_met_however_the_difference_rounds():
    """As doubles 0.8 - 0.6 is above 0.2 and 0.3 - 0.1 is not; as shares of the range neither is."""
    column = np.array([0.1, 0.3, 0.6, 0.8, 1.1])
    assert column[3] - column[2] > 0.2 >= column[1] - column[0]
    preference = Preference("ushape", q=0.2)
    pairs, ordered = by_both_ways(column, preference, of_range=False)
    assert pairs[0] * 5 == pytest.approx([0, 0, 2, 3, 4])
    assert (pairs == ordered).all()
    pairs, ordered = by_both_ways(column, preference, of_range=True)
    assert pairs[0] * 5 == pytest.approx([0, 0, 2, 2, 4])
    assert (pairs == ordered).all()


def test_a_steep_slope_on_large_values_keeps_twelve_digits():
    """Running totals of such values would lose what the slope magnifies."""
    rng = np.random.default_rng(8)
    column = 1e9 + rng.uniform(size=3_000)
    for width in (1e-2, 1e-4):
        preference = Preference("linear", q=0.1, p=0.1 + width)
        pairs, ordered = by_both_ways(column, preference, of_range=False)
        assert ordered == pytest.approx(pairs, rel=0, abs=1e-12)


@pytest.mark.parametrize("shape", PREFERENCE_FUNCTIONS)
def test_memory_grows_with_the_alternatives_and_not_with_their_pairs(shape):
    n = 3_000
    rng = np.random.default_rng(1)
    column = rng.uniform(size=(n, 1))
    chosen = [Preference(shape, q=0.05, p=0.3, s=0.2)]
    tracemalloc.start()
    flows.unicriterion_flows(column, np.ones(1), chosen, of_range=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < column.nbytes * n / 20


def test_pairs_formed_a_few_rows_at_a_time_are_the_pairs_formed_at_once(monkeypatch):
    rng = np.random.default_rng(5)
    batch = rng.uniform(size=(4, 20))
    preference = Preference("gaussian", s=0.3)
    at_once = np.array(flows._by_pairs(batch, preference, of_range=True))
    monkeypatch.setattr(_pairs, "CELLS_AT_ONCE", 4 * 20 * 3)
    by_threes = np.array(flows._by_pairs(batch, preference, of_range=True))
    assert by_threes == pytest.approx(at_once, rel=1e-14)


@pytest.mark.parametrize("scale", ["absolute", "range"])
@pytest.mark.parametrize("n", [3, 300])
def test_values_at_the_end_of_the_range_of_numbers_are_compared_all_the_same(n, scale):
    column = np.linspace(-1, 1, n) * 1.7e308
    problem = DecisionProblem(values=column[:, None], senses=["max"])
    found = rank_alternatives(problem, "promethee2", threshold_scale=scale)
    assert found.scores == pytest.approx(np.linspace(-1, 1, n))


def test_a_quarter_of_a_million_alternatives_are_ranked():
    n = 250_000
    column = np.random.default_rng(2).permutation(n).astype(float)
    problem = DecisionProblem(values=column[:, None], senses=["max"])
    found = rank_alternatives(problem, "promethee2")
    assert found.scores == pytest.approx((2 * column - n + 1) / (n - 1))
