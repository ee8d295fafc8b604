import gc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from statsmodels.stats.multitest import multipletests

from survey import SurveyError
from survey.contingency import chi_square, holm


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(1, 30), min_size=3, max_size=3), min_size=2, max_size=4))
def test_chi_square_agrees_with_scipy(rows):
    found, expected = chi_square(rows), chi2_contingency(np.array(rows), correction=False)
    assert found.chi2 == pytest.approx(expected.statistic, abs=1e-9)
    assert found.p == pytest.approx(expected.pvalue, abs=1e-12)
    assert found.df == expected.dof
    np.testing.assert_allclose(found.expected, expected.expected_freq)
    assert found.smallest_expected == found.expected.min()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_agrees_with_statsmodels(p):
    # It collects garbage at every call, which costs more the more tests came before.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gc, "collect", lambda: 0)
        expected = multipletests(p, method="holm")[1]
    np.testing.assert_allclose(holm(p), expected, atol=1e-12)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.randoms())
def test_holm_keeps_order_never_lowers_and_does_not_mind_the_order_given(p, random):
    adjusted = holm(p)
    assert (adjusted >= np.array(p) - 1e-15).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()
    places = list(range(len(p)))
    random.shuffle(places)
    np.testing.assert_allclose(holm(np.array(p)[places]), adjusted[places], atol=1e-15)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: chi_square([[1, 2], [0, 0]]), "table_row_empty"),
        (lambda: chi_square([[0, 2], [0, 3]]), "table_column_empty"),
        (lambda: holm([]), "p_values_expected"),
        (lambda: holm(["a"]), "p_values_expected"),
        (lambda: holm([0.1, np.nan]), "p_value_outside"),
    ],
)
def test_what_cannot_be_tested_is_refused(call, code):
    with pytest.raises(SurveyError) as caught:
        call()
    assert caught.value.code == code
