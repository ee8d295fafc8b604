import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.agreement import (
    consensus_interval,
    interquartile_range,
    leik,
    quartile_interval,
    tastle_wierman,
    van_der_eijk,
)

freqs = st.lists(st.integers(0, 40), min_size=3, max_size=9).filter(any)


@settings(max_examples=80, deadline=None)
@given(freqs, st.floats(0.01, 1000))
def test_measures_stay_in_their_range_mirror_and_mind_no_scale(freq, factor):
    for measure, low in ((van_der_eijk, -1), (tastle_wierman, 0), (leik, 0)):
        found = measure(freq)
        assert low - 1e-12 <= found <= 1 + 1e-12
        assert measure(freq[::-1]) == pytest.approx(found, abs=1e-9)
        assert measure(np.array(freq) * factor) == pytest.approx(found, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 9).flatmap(lambda k: st.tuples(st.just(k), st.integers(0, k - 1))))
def test_all_at_one_point_is_perfect_consensus(case):
    points, place = case
    freq = np.eye(points)[place] * 7
    assert (van_der_eijk(freq), tastle_wierman(freq), leik(freq)) == pytest.approx((1, 1, 0))


@pytest.mark.parametrize("points", [3, 4, 7])
def test_half_at_either_end_is_none_at_all(points):
    freq = [5] + [0] * (points - 2) + [5]
    assert (van_der_eijk(freq), tastle_wierman(freq), leik(freq)) == pytest.approx((-1, 0, 1))


def test_an_even_spread_has_agreement_zero():
    assert van_der_eijk([4] * 6) == pytest.approx(0)


def test_the_points_of_a_scale_may_lie_unevenly():
    assert tastle_wierman([3, 4, 5], [1, 2, 3]) == tastle_wierman([3, 4, 5])
    assert tastle_wierman([3, 4, 5], [1, 2, 10]) != tastle_wierman([3, 4, 5])
    with pytest.raises(SurveyError, match="3 increasing numbers"):
        tastle_wierman([3, 4, 5], [1, 3, 2])


@pytest.mark.parametrize("measure", ["van_der_eijk", "tastle_wierman", "leik"])
def test_intervals_are_over_raters(measure):
    found = consensus_interval([5, 30, 10, 2], measure, np.random.default_rng(1), resamples=200)
    assert found.over == "raters"
    value = {"van_der_eijk": van_der_eijk, "tastle_wierman": tastle_wierman, "leik": leik}[measure]
    assert found.low < value([5, 30, 10, 2]) < found.high


def test_quartiles_are_those_of_definition_seven_and_leave_gaps_out():
    assert interquartile_range([1, 2, 3, 4, np.nan]) == (1.75, 3.25, 1.5)
    found = quartile_interval([1, 2, 3, 4, 5, 9], np.random.default_rng(1), resamples=100)
    assert found.low <= interquartile_range([1, 2, 3, 4, 5, 9])[2] <= found.high
    with pytest.raises(SurveyError, match="hold no value"):
        interquartile_range([np.nan])


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: van_der_eijk([1, 2]), "frequencies_shape"),
        (lambda: leik([[1, 2], [3, 4]]), "frequencies_shape"),
        (lambda: leik([1, -2]), "frequency_negative"),
        (lambda: leik([0, 0]), "frequencies_zero"),
        (lambda: consensus_interval([0.5, 0.5], "leik", np.random.default_rng(1)), "frequencies_whole"),
        (lambda: consensus_interval([9e9, 1], "leik", np.random.default_rng(1)), "raters_many"),
        (lambda: consensus_interval([9, 1], "leik", np.random.default_rng(1), resamples=0), "resamples_none"),
        (lambda: consensus_interval([9, 1], "leik", np.random.default_rng(1), confidence=2), "confidence_outside"),
    ],
)  # fmt: skip
def test_what_is_no_frequency_is_refused(call, code):
    with pytest.raises(SurveyError) as caught:
        call()
    assert caught.value.code == code
