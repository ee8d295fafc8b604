"""Means of ratings with their intervals."""

import numpy as np
import pytest
from scipy import stats

from survey import Numbers, Scale, SurveyError
from survey.ratings import mean_ratings

SCALE = Scale(low=1, high=5)


def rated(*columns):
    rows = max(len(c) for c in columns)
    values = np.full((rows, len(columns)), np.nan)
    for k, column in enumerate(columns):
        values[: len(column), k] = column
    names = [f"a:c{k + 1}" for k in range(len(columns))]
    return Numbers("fit", names, values, np.ones(values.shape, dtype=bool))


def test_the_mean_is_over_those_who_rated_and_its_interval_is_student_s():
    ratings = [2, 3, 3, 4, 2, 5, 3]
    found = mean_ratings(rated(ratings, [4, 4, 5]), SCALE)
    expected = stats.t.interval(0.95, 6, loc=np.mean(ratings), scale=stats.sem(ratings))
    assert (found.low[0], found.high[0]) == pytest.approx(expected)
    assert found.means == pytest.approx([np.mean(ratings), 13 / 3])
    assert found.raters.tolist() == [7, 3]


def test_the_interval_stays_within_the_scale():
    found = mean_ratings(rated([5, 5, 4]), SCALE)
    assert found.high[0] == 5
    assert 1 <= found.low[0] < found.means[0]


def test_one_rating_leaves_the_whole_scale():
    found = mean_ratings(rated([4], [1, 2]), SCALE)
    assert (found.low[0], found.means[0], found.high[0]) == (1, 4, 5)


def test_experts_who_agree_leave_no_doubt():
    found = mean_ratings(rated([3, 3, 3]), SCALE)
    assert (found.low[0], found.means[0], found.high[0]) == (3, 3, 3)


def test_a_cell_that_nobody_rated_is_refused():
    with pytest.raises(SurveyError, match="nobody rated a:c2 of question fit"):
        mean_ratings(rated([3, 4], []), SCALE)


def test_a_confidence_above_one_is_refused():
    with pytest.raises(SurveyError, match="between 0 and 1"):
        mean_ratings(rated([3, 4]), SCALE, confidence=95)
