from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scenarios import chain_levels, link_series, splice_series

YEARS = np.arange(2014, 2020)
NAN = np.nan


def test_chain_of_a_constant_hundred_is_flat():
    np.testing.assert_array_equal(chain_levels(np.full(6, 100.0), YEARS), np.ones(6))


def test_chain_does_not_count_the_first_year_of_its_own():
    levels = chain_levels(np.array([150.0, 110, 90, 100, 100, 200]), YEARS)
    np.testing.assert_allclose(levels, [1, 1.1, 0.99, 0.99, 0.99, 1.98])


def test_chain_starts_at_one_in_the_first_known_year_and_ends_with_the_last():
    levels = chain_levels(np.array([NAN, NAN, 300.0, 110, 110, NAN]), YEARS)
    np.testing.assert_allclose(levels, [NAN, NAN, 1, 1.1, 1.21, NAN])


@settings(max_examples=50)
@given(arrays(float, (2, 6), elements=st.floats(50, 200)))
def test_chain_gives_back_its_index_as_ratios_of_levels(index):
    levels = chain_levels(index, YEARS)
    assert (levels[:, 0] == 1).all()
    np.testing.assert_allclose(100 * levels[:, 1:] / levels[:, :-1], index[:, 1:])


def test_chain_of_units_that_start_in_different_years():
    index = np.array([[100.0, 110, 110, 110, 110, 110], [NAN, NAN, 110, 110, 110, 110]])
    levels = chain_levels(index, YEARS)
    np.testing.assert_allclose(levels[0], 1.1 ** np.arange(6))
    np.testing.assert_allclose(levels[1, 2:], 1.1 ** np.arange(4))


def test_splice_takes_the_second_series_from_the_year_on_as_it_stands():
    result = splice_series(np.arange(6.0), 10 * np.arange(6.0), YEARS, 2017)
    assert result.tolist() == [0, 1, 2, 30, 40, 50]


def test_link_brings_the_older_series_to_the_newer_one_by_their_overlap():
    old = np.array([2.0, 3, 4, 5, NAN, NAN])
    new = np.array([NAN, NAN, NAN, 15, 18, 12])
    assert link_series(old, new, YEARS, 2017).tolist() == [6, 9, 12, 15, 18, 12]


def test_link_of_series_that_agree_is_a_splice():
    old, new = np.array([2.0, 3, 4, 5, 6, 7]), np.array([9.0, 9, 9, 5, 8, 8])
    np.testing.assert_array_equal(
        link_series(old, new, YEARS, 2017), splice_series(old, new, YEARS, 2017)
    )


def test_error_if_a_chained_series_has_a_gap(fault):
    with fault(
        "chain_gap",
        "the index has no figure in 2016, 2017; expected every year between the first and the last",
    ):
        chain_levels(np.array([100, 100, NAN, NAN, 100, 100]), YEARS)


def test_error_if_a_chained_series_is_empty(fault):
    with fault("chain_empty", "the index has no figure in any year; expected at least one"):
        chain_levels(np.full(6, NAN), YEARS)


@pytest.mark.parametrize("wrong", [0.0, -3.0])
def test_error_if_a_chained_index_is_not_positive(fault, wrong):
    with fault(
        "chain_not_positive",
        "the index is 0 or negative in 2015; expected a positive percentage of the previous year",
    ):
        chain_levels(np.array([100, wrong, 100, 100, 100, 100]), YEARS)


def test_error_if_a_chained_level_is_too_large(fault):
    with fault(
        "chain_too_large",
        "the level is too large in 2016, 2017, 2018, 2019; expected an index in per cent of the "
        "previous year",
    ):
        chain_levels(np.array([100, 1e200, 1e200, 100, 100, 100]), YEARS)


def test_error_if_the_series_to_link_do_not_overlap(fault):
    with fault(
        "link_without_overlap", "one of the two series has no figure in 2017; expected both"
    ):
        link_series(np.array([1, 1, 1, NAN, NAN, NAN]), np.ones(6), YEARS, 2017)


def test_error_if_the_year_of_the_link_is_not_in_the_panel(fault):
    with fault(
        "link_year_unknown",
        "the year 2010 is not among 2014-2019; expected a year with both series",
    ):
        link_series(np.ones(6), np.ones(6), YEARS, 2010)


@pytest.mark.parametrize("zero", [0, 1])
def test_error_if_a_series_is_zero_at_the_link(fault, zero):
    pair = [np.ones(6), np.ones(6)]
    pair[zero][3] = 0
    with fault(
        "link_at_zero",
        "one of the two series is 0 in 2017; expected numbers other than 0, for the series are "
        "linked by their ratio",
    ):
        link_series(*pair, YEARS, 2017)
