from itertools import product
from math import factorial, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from survey import SurveyError
from survey.comparison import fisher_test
from survey.comparison.exact import _counted, _simulated

JOBS = np.array([[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]])

tables = st.tuples(st.integers(2, 3), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 4), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
).filter(lambda rows: sum(map(sum, rows)) > 0)  # fmt: skip


def by_hand(table):
    """Every table with the margins, one by one, in whole numbers."""
    table = np.array(table)
    rows, columns = table.sum(axis=1), table.sum(axis=0)

    def fill(columns_left, rows_left):
        if not len(columns_left):
            yield []
            return
        for cells in product(*(range(r + 1) for r in rows_left)):
            if sum(cells) == columns_left[0]:
                left = [r - c for r, c in zip(rows_left, cells, strict=True)]
                for rest in fill(columns_left[1:], left):
                    yield [cells, *rest]

    def weight(cells):
        whole = factorial(int(rows.sum()))
        return whole // prod(factorial(int(x)) for column in cells for x in column)

    observed = weight(table.T.tolist())
    found = [
        weight(cells)
        for cells in fill(columns.tolist(), rows.tolist())
        if sum(map(sum, cells)) == rows.sum()
    ]
    return sum(w for w in found if w <= observed * (1 + 1e-9)) / sum(found)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_the_exact_p_value_is_that_of_all_tables_counted_by_hand(table):
    if sum(map(sum, table)) <= 14:
        assert fisher_test(table).p == pytest.approx(by_hand(table), rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=4, max_size=4).filter(any))
def test_two_by_two_agrees_with_scipy_and_with_our_own_count(cells):
    table = np.array(cells).reshape(2, 2)
    expected = fisher_exact(table).pvalue
    assert fisher_test(table).p == pytest.approx(expected, rel=1e-9)
    if (table.sum(axis=0) > 0).all() and (table.sum(axis=1) > 0).all():
        assert _counted(table) == pytest.approx(expected, rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(tables, st.randoms())
def test_the_order_of_rows_and_columns_does_not_matter(table, random):
    table = np.array(table)
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    p = fisher_test(table).p
    assert 0 < p <= 1
    assert fisher_test(table[rows][:, columns]).p == pytest.approx(p, rel=1e-9)
    if table.shape != (2, 2):
        assert fisher_test(table.T).p == pytest.approx(p, rel=1e-9)


def test_a_table_of_four_by_four_is_counted_exactly():
    found = fisher_test(JOBS)
    assert (found.simulated, found.standard_error) == (False, 0.0)
    assert found.p == pytest.approx(0.7827, abs=5e-5)


def test_the_simulation_agrees_with_the_count_within_its_error():
    p = _simulated(JOBS, np.random.default_rng(5), 20_000)
    assert p == pytest.approx(0.7827, abs=4 * np.sqrt(0.17 / 20_000))


def test_a_large_table_is_simulated_and_says_so():
    table = np.arange(1, 26).reshape(5, 5) * 3
    found = fisher_test(table, rng=np.random.default_rng(1), resamples=2000)
    assert found.simulated
    assert found.resamples == 2000
    assert found.standard_error == pytest.approx(np.sqrt(found.p * (1 - found.p) / 2000))
    assert found == fisher_test(table, rng=np.random.default_rng(1), resamples=2000)


def test_a_large_table_without_a_generator_is_refused():
    with pytest.raises(SurveyError, match="a random generator is expected") as caught:
        fisher_test(np.arange(1, 26).reshape(5, 5) * 30)
    assert caught.value.code == "generator_missing_fisher"


def test_rows_of_zeros_change_nothing_and_one_column_left_proves_nothing():
    assert fisher_test([[3, 1, 0], [0, 0, 0], [1, 5, 2]]).p == fisher_test([[3, 1, 0], [1, 5, 2]]).p
    assert fisher_test([[3, 0, 0], [5, 0, 0]]).p == 1.0


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ([[1, 2]], "table_shape"),
        ([[1, 2], [1]], "table_shape"),
        ([["a", 2], [1, 2]], "table_shape"),
        ([[1, -1], [1, 2]], "table_count"),
        ([[1, np.nan], [1, 2]], "table_count"),
        ([[0, 0], [0, 0]], "table_total"),
    ],
)
def test_what_is_no_table_of_counts_is_refused(table, code):
    with pytest.raises(SurveyError) as caught:
        fisher_test(table)
    assert caught.value.code == code
