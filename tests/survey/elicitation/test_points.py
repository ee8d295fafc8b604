import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import SurveyError
from survey.elicitation import elicit


@given(st.lists(st.integers(0, 100), min_size=1, max_size=8).filter(any))
def test_points_are_weighted_by_their_share(points):
    found = elicit("points", {"points": points})
    assert found.weights == pytest.approx([p / sum(points) for p in points])
    assert found.steps["sum"] == sum(points)


def test_points_that_miss_the_total_are_scaled_and_the_miss_is_told():
    found = elicit("points", {"points": [50, 30, 15]})
    assert found.weights == pytest.approx([50 / 95, 30 / 95, 15 / 95])
    assert found.consistency.value == 5
    assert found.consistency.acceptable is None
    assert str(found.consistency.cause) == "the points sum to 95 instead of 100; they are scaled"


def test_points_that_sum_to_the_total_miss_nothing():
    found = elicit("points", {"points": [0.3, 0.6, 0.1], "total": 1})
    assert (found.consistency.value, found.consistency.cause) == (0, None)


def test_points_that_are_all_zero_are_refused():
    with pytest.raises(SurveyError, match="all of points are 0"):
        elicit("points", {"points": [0, 0]})


@pytest.mark.parametrize("bad", [-1, "9", None, True, float("nan"), float("inf")])
def test_a_point_that_is_no_number_of_zero_or_more_is_refused_by_name(bad):
    with pytest.raises(SurveyError, match=r"points of air is .*; a number from 0 to"):
        elicit("points", {"points": {"jobs": 10, "air": bad}})


@pytest.mark.parametrize("bad", [[], {}, 7, "ab", None])
def test_points_that_are_no_list_are_refused(bad):
    with pytest.raises(SurveyError, match="points"):
        elicit("points", {"points": bad})


def test_too_many_points_are_refused_before_they_are_looked_at():
    with pytest.raises(SurveyError, match="points has 1001 entries; at most 1000"):
        elicit("points", {"points": [None] * 1001})


def test_swings_are_weighted_by_their_share():
    """By hand: 100, 80 and 20 of 200 points."""
    assert elicit("swing", {"points": [80, 100, 20]}).weights == pytest.approx([0.4, 0.5, 0.1])


def test_the_most_wanted_swing_has_a_hundred_points():
    with pytest.raises(SurveyError, match="the highest swing is 90, of air; 100 is expected"):
        elicit("swing", {"points": {"jobs": 10, "air": 90}})
    with pytest.raises(SurveyError, match="points of C2 is 110; a number from 0 to 100"):
        elicit("swing", {"points": [100, 110]})
