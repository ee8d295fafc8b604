from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scenarios import (
    IndexSpec,
    Indicator,
    Panel,
    Reference,
    ScenarioTable,
    affine_ratio,
    composite_index,
    difference,
    project,
    tie_gap,
)

YEARS = tuple(range(2010, 2020))
INDICATORS = (
    Indicator("output", "economy", "max", "output"),
    Indicator("patents", "innovation", "max", "patents"),
)


def projection(cells=(120.0, 105.0, 90.0), reference=None, factor_weights=None):
    values = np.random.default_rng(0).uniform(5, 20, (1, 2, len(YEARS)))
    spec = IndexSpec(
        INDICATORS, reference or Reference(2010, 2019), factor_weights=factor_weights or {}
    )
    index = composite_index(Panel(("",), ("output", "patents"), YEARS, values), spec)
    grid = np.array(cells).reshape(1, 3, 1)
    table = ScenarioTable(("grp",), ("max",), ("S1", "S2", "S3"), (2035,), grid, grid)
    mapping = {"output": "grp", "patents": ""}
    return project(index, table, mapping, base_year=2019, base_levels={"grp": 100.0})


def test_difference_is_that_of_the_indices():
    result = projection()
    gap = difference(result, "S1", "S3")
    np.testing.assert_array_equal(gap, result.index.value[0] - result.index.value[2])
    np.testing.assert_array_equal(difference(result, "S3", "S1"), -gap)


@pytest.mark.parametrize(
    "reference",
    [Reference(2010, 2019), Reference(2010, 2015), Reference(2013, 2019, "population")],
)
def test_ratio_of_differences_does_not_depend_on_the_window_for_one_moving_indicator(reference):
    ratio = affine_ratio(projection(reference=reference), "S1", "S2", "S3")
    np.testing.assert_allclose(ratio, [0.5])


@pytest.mark.parametrize("weights", [None, {"innovation": 3.0}])
def test_raising_the_factor_by_the_gap_ties_the_two_scenarios(weights):
    result = projection(factor_weights=weights)
    gap = tie_gap(result, "S1", "S2", "innovation")
    factors = result.factors.value.copy()
    factors[result.spec.factor_position("innovation"), 1] += gap
    levels = np.einsum("f,fsy->sy", result.spec.factor_shares, factors)
    np.testing.assert_allclose(levels[0], levels[1])


def test_gap_is_the_number_of_equal_factors_times_the_difference():
    result = projection()
    np.testing.assert_allclose(
        tie_gap(result, "S1", "S2", "innovation"), 2 * difference(result, "S1", "S2")
    )


def test_error_if_the_scenarios_to_measure_by_are_tied(fault):
    with fault(
        "scenarios_tied",
        "scenarios S1 and S3 have the same index in 2035; expected different ones to measure by",
    ):
        affine_ratio(projection((100.0, 90.0, 100.0)), "S1", "S2", "S3")


def test_error_if_a_scenario_or_factor_is_unknown(fault):
    with fault(
        "projection_unknown", "the projection has no scenario S9; expected one of S1, S2, S3"
    ):
        difference(projection(), "S1", "S9")
    with fault("factor_unknown", "there is no factor nature; expected one of economy, innovation"):
        tie_gap(projection(), "S1", "S2", "nature")


def test_difference_leaves_the_projection_as_it_was():
    result = projection()
    kept = replace(result)
    difference(result, "S1", "S2")[0] = 99
    np.testing.assert_array_equal(kept.index.value, result.index.value)
