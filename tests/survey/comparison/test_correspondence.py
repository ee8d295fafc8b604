import numpy as np
import pandas as pd
import prince
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.comparison import correspondence_analysis
from survey.contingency import chi_square

SMOKE = np.array([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]])
tables = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(1, 30), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


def test_it_agrees_with_prince():
    ours = correspondence_analysis(SMOKE)
    theirs = prince.CA(n_components=3).fit(pd.DataFrame(SMOKE))
    np.testing.assert_allclose(ours.inertias, theirs.eigenvalues_, atol=1e-12)
    frame = pd.DataFrame(SMOKE)
    for mine, other in (
        (ours.row_coordinates, theirs.row_coordinates(frame).to_numpy()),
        (ours.column_coordinates, theirs.column_coordinates(frame).to_numpy()),
    ):
        np.testing.assert_allclose(np.abs(mine), np.abs(other), atol=1e-9)


@settings(max_examples=50, deadline=None)
@given(tables)
def test_inertia_is_chi_square_over_n_and_contributions_sum_to_one(table):
    found, tested = correspondence_analysis(table), chi_square(table)
    assert found.total_inertia == pytest.approx(tested.chi2 / tested.n, abs=1e-10)
    assert (np.diff(found.inertias) <= 1e-15).all()
    for masses, at, part in (
        (found.row_masses, found.row_coordinates, found.row_contributions),
        (found.column_masses, found.column_coordinates, found.column_contributions),
    ):
        np.testing.assert_allclose(masses @ at, 0, atol=1e-9)
        np.testing.assert_allclose(masses @ at**2, found.inertias, atol=1e-12)
        np.testing.assert_allclose(part.sum(axis=0), (found.inertias > 0).astype(float), atol=1e-9)
    for quality in (found.row_quality, found.column_quality):
        total = quality.sum(axis=1)
        assert (np.isclose(total, 1) | (total == 0)).all()


def test_the_map_is_always_the_same_way_round():
    found = correspondence_analysis(SMOKE)
    farthest = found.row_coordinates[np.abs(found.row_coordinates).argmax(axis=0), [0, 1, 2]]
    assert (farthest > 0).all()


def test_rows_in_proportion_have_no_inertia_and_no_shares_of_it():
    found = correspondence_analysis([[1, 2], [2, 4], [3, 6]])
    assert found.total_inertia == 0
    assert np.isnan(found.shares).all()
    assert (found.row_coordinates == 0).all()


def test_names_are_as_many_as_rows():
    assert correspondence_analysis([[1, 2], [3, 4]], ["a", "b"]).rows == ("a", "b")
    with pytest.raises(SurveyError, match="1 names are given for 2 columns of the table"):
        correspondence_analysis([[1, 2], [3, 4]], None, ["a"])
    with pytest.raises(SurveyError, match="row 2 of the table holds only zeros"):
        correspondence_analysis([[1, 2], [0, 0]])
