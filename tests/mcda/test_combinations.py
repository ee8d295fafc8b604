import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda import ProblemError
from mcda.combinations import combined, named_options

CHOICES = {"a": [1, 2, 3], "b": ["x", "y"]}


def test_all_combinations_are_listed_in_order():
    total, places = combined(CHOICES, 6, None)
    assert total == 6
    assert places == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]


@given(st.integers(0, 1000), st.integers(1, 5))
def test_a_sample_has_as_many_as_asked_for_and_repeats_none(seed, limit):
    total, places = combined(CHOICES, limit, np.random.default_rng(seed))
    assert total == 6
    assert len(set(places)) == len(places) == limit
    assert set(places) <= set(combined(CHOICES, 6, None)[1])


def test_a_sample_needs_a_generator():
    with pytest.raises(ProblemError, match="above the limit of 5"):
        combined(CHOICES, 5, None)


def test_a_limit_of_none_is_refused():
    with pytest.raises(ProblemError, match="expected 1 or more"):
        combined(CHOICES, 0, None)


def test_options_are_named_by_what_they_print():
    assert named_options(CHOICES) == {"a": ("1", "2", "3"), "b": ("x", "y")}
    with pytest.raises(ProblemError, match="each of another name"):
        named_options({"a": [1, "1"]})
