import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ncx2
from scipy.stats.contingency import association
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep

from survey import SurveyError
from survey.comparison import cramers_v, difference_of_shares, odds_ratio


def test_newcombe_interval_agrees_with_his_paper():
    """Newcombe (1998), Stat. Med. 17, 873-890, table II, method 10."""
    printed = {
        ((56, 48), (70, 80)): (0.0524, 0.3339),
        ((9, 3), (10, 10)): (0.1705, 0.8090),
        ((10, 0), (10, 10)): (0.6075, 1.0000),
    }
    for (k, n), expected in printed.items():
        found = difference_of_shares(k, n)
        assert (found.low, found.high) == pytest.approx(expected, abs=5e-5)


pairs = st.tuples(st.integers(1, 60), st.integers(1, 60)).flatmap(
    lambda n: st.tuples(
        st.tuples(st.integers(0, n[0]), st.integers(0, n[1])), st.just(n), st.sampled_from([0.8, 0.95])
    )
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(pairs)
def test_newcombe_interval_agrees_with_statsmodels_and_mirrors(case):
    k, n, sure = case
    found = difference_of_shares(k, n, confidence=sure)
    expected = confint_proportions_2indep(
        k[0], n[0], k[1], n[1], compare="diff", method="newcomb", alpha=1 - sure
    )
    np.testing.assert_allclose((found.low, found.high), np.clip(expected, -1, 1), atol=1e-9)
    other = difference_of_shares(k[::-1], n[::-1], confidence=sure)
    np.testing.assert_allclose((other.low, other.high), (-found.high, -found.low), atol=1e-12)
    assert found.low <= found.value <= found.high


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 50), min_size=4, max_size=4))
def test_odds_ratio_agrees_with_statsmodels(cells):
    table = np.array(cells).reshape(2, 2)
    found, expected = odds_ratio(table), Table2x2(table)
    assert not found.corrected
    np.testing.assert_allclose(
        (found.value, found.low, found.high),
        (expected.oddsratio, *expected.oddsratio_confint()),
        rtol=1e-9,
    )


def test_a_zero_cell_adds_a_half_to_each_and_the_result_says_so():
    found = odds_ratio([[4, 0], [1, 3]])
    assert found.corrected
    assert found.value == pytest.approx(4.5 * 3.5 / (0.5 * 1.5))
    assert 0 < found.low < found.high < np.inf
    mirrored = odds_ratio([[3, 1], [0, 4]])
    assert (mirrored.value, mirrored.low) == pytest.approx((found.value, found.low))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(1, 30), min_size=3, max_size=3), min_size=2, max_size=4))
def test_cramers_v_agrees_with_scipy_and_its_interval_inverts_the_noncentral_chi_square(rows):
    table = np.array(rows)
    found = cramers_v(table)
    assert found.value == pytest.approx(association(table, method="cramer"), abs=1e-12)
    assert 0 <= found.low <= found.value + 1e-12
    scale, df = table.sum() * (min(table.shape) - 1), (table.shape[0] - 1) * (table.shape[1] - 1)
    chi2 = found.value**2 * scale
    if found.low > 0:
        assert ncx2.sf(chi2, df, found.low**2 * scale) == pytest.approx(0.025, abs=1e-6)
    if found.low > 0 and found.high < 1:
        assert ncx2.cdf(chi2, df, found.high**2 * scale) == pytest.approx(0.025, abs=1e-6)


def test_perfect_association_is_one_and_none_is_zero():
    assert cramers_v([[9, 0], [0, 9]]).value == 1.0
    nothing = cramers_v([[9, 9], [9, 9]])
    assert (nothing.value, nothing.low) == (0.0, 0.0)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_confidence_is_between_zero_and_one(confidence):
    for call in (
        lambda: cramers_v([[1, 2], [3, 4]], confidence=confidence),
        lambda: odds_ratio([[1, 2], [3, 4]], confidence=confidence),
        lambda: difference_of_shares((1, 2), (3, 4), confidence=confidence),
    ):
        with pytest.raises(SurveyError) as caught:
            call()
        assert caught.value.code == "confidence_outside"


def test_odds_are_of_two_by_two():
    with pytest.raises(SurveyError, match="2 x 3; 2 x 2 is expected"):
        odds_ratio([[1, 2, 3], [3, 4, 5]])
