from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import (
    IndexSpec,
    Indicator,
    Panel,
    Reference,
    ScenarioTable,
    composite_index,
    project,
    read_continuation,
)

YEARS = tuple(range(2010, 2020))
SPEC = IndexSpec(
    (
        Indicator("output", "economy", "max", "output"),
        Indicator("productivity", "economy", "max", "output / staff"),
        Indicator("poverty", "society", "min", "poverty"),
        Indicator("patents", "innovation", "max", "patents"),
    ),
    Reference(2010, 2018),
)
MAPPING = {
    "output": "grp",
    "productivity": "grp / employment",
    "poverty": "level(poor)",
    "patents": "",
}
BASE = {"grp": 100.0, "employment": 100.0}


def observed(seed=0, units=("",)):
    values = np.random.default_rng(seed).uniform(5, 20, (len(units), 4, len(YEARS)))
    return composite_index(
        Panel(units, ("output", "staff", "poverty", "patents"), YEARS, values), SPEC
    )


def table(low=((110, 120), (90, 80)), high=None):
    grp = np.array([low, high or low], dtype=float)
    employment = np.full((2, 2, 2), 95.0)
    poor = np.broadcast_to([[10.0, 9.0], [13.0, 14.0]], (2, 2, 2))
    cells = np.stack([grp, employment, poor], axis=1)
    return ScenarioTable(
        ("grp", "employment", "poor"),
        ("max", "max", "min"),
        ("S1", "S2"),
        (2025, 2030),
        cells[0],
        cells[1],
    )


def run(index=None, cells=None, mapping=MAPPING, base_levels=BASE, **more):
    return project(
        index or observed(),
        cells or table(),
        mapping,
        base_year=2019,
        base_levels=base_levels,
        **more,
    )


def test_indicators_follow_the_table_stay_at_the_base_or_take_its_level():
    index, result = observed(), run()
    base = index.indicators.values[0, :, -1]
    values = result.indicators.value
    np.testing.assert_allclose(values[0], base[0] * np.array([[1.1, 1.2], [0.9, 0.8]]))
    np.testing.assert_allclose(values[1], base[1] * np.array([[110, 120], [90, 80]]) / 95)
    np.testing.assert_allclose(values[2], [[10, 9], [13, 14]])
    np.testing.assert_allclose(values[3], base[3])


def test_index_is_the_mean_of_factors_on_the_frozen_scale():
    index, result = observed(), run()
    z = index.place(result.indicators.value)
    factors = np.stack([z[:2].mean(axis=0), z[2], z[3]])
    np.testing.assert_allclose(result.factors.value, factors)
    np.testing.assert_allclose(result.index.value, factors.mean(axis=0))


def test_scenario_that_repeats_the_base_year_repeats_its_index():
    index = observed()
    poor = index.indicators.values[0, 2, -1]
    flat = ScenarioTable(
        ("grp", "employment", "poor"),
        ("max", "max", "min"),
        ("same",),
        (2025,),
        np.array([100, 100, poor]).reshape(3, 1, 1),
        np.array([100, 100, poor]).reshape(3, 1, 1),
    )
    level = run(index, flat).levels()["same"][2025]
    assert level == pytest.approx((index.levels()[2019],) * 3)


def test_point_cells_give_a_point_index():
    result = run()
    np.testing.assert_array_equal(result.index.low, result.index.high)
    np.testing.assert_array_equal(result.index.low, result.index.value)
    assert set(result.levels()) == {"S1", "S2"}
    low, value, high = result.levels()["S2"][2030]
    assert low == value == high == result.index.value[1, 1]


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.floats(0, 30))
def test_interval_cells_give_an_interval_that_contains_every_point(seed, width):
    low = ((100, 110), (90, 80))
    high = tuple(tuple(x + width for x in row) for row in low)
    index = observed(seed)
    whole = run(index, table(low, high))
    for share in (0.0, 0.3, 0.5, 1.0):
        point = tuple(tuple(x + share * width for x in row) for row in low)
        inside = run(index, table(point))
        for wide, narrow in (
            (whole.index, inside.index),
            (whole.factors, inside.factors),
            (whole.indicators, inside.indicators),
        ):
            assert (wide.low <= narrow.value + 1e-9).all()
            assert (narrow.value <= wide.high + 1e-9).all()
        if share == 0.5:
            np.testing.assert_allclose(whole.index.value, inside.index.value)


def test_indicator_to_be_minimised_turns_its_bounds_round():
    cells = table()
    high = cells.high.copy()
    high[2] += 3
    wide = ScenarioTable(
        cells.indicators, cells.senses, cells.scenarios, cells.years, cells.low, high
    )
    result = run(cells=wide)
    assert (result.indicators.low[2] < result.indicators.high[2]).all()
    assert (result.factors.low[1] < result.factors.value[1]).all()
    assert (result.factors.value[1] < result.factors.high[1]).all()


def test_negative_base_value_keeps_low_below_high():
    values = np.random.default_rng(0).uniform(-20, -5, (1, 1, len(YEARS)))
    spec = IndexSpec((Indicator("profit", "economy", "max", "profit"),), SPEC.reference)
    index = composite_index(Panel(("",), ("profit",), YEARS, values), spec)
    result = run(index, table(high=((120, 130), (100, 90))), {"profit": "grp"})
    assert (result.indicators.low < result.indicators.high).all()
    assert (result.index.low < result.index.high).all()


def test_followed_formula_is_normalised_to_the_base_whatever_its_unit():
    cells = table()
    level = run(cells=cells).index.value
    shifted = MAPPING | {"output": "grp / 7", "productivity": "3 * grp / (employment * 2)"}
    np.testing.assert_allclose(run(cells=cells, mapping=shifted).index.value, level)


def test_indicator_in_its_own_units_follows_from_its_own_base_level():
    mapping = MAPPING | {"output": "poor"}
    values = run(mapping=mapping, base_levels=BASE | {"poor": 20.0}).indicators.value
    base = observed().indicators.values[0, 0, -1]
    np.testing.assert_allclose(values[0], base * np.array([[10, 9], [13, 14]]) / 20)


def test_each_unit_is_continued_from_its_own_base():
    both = observed(4, ("u", "v"))
    one = run(both, unit="u").indicators.value[0]
    other = run(both, unit="v").indicators.value[0]
    base = both.indicators.values[:, 0, -1]
    np.testing.assert_allclose(one / other, base[0] / base[1])


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", "held"), ("  ", "held"), ("grp / employment", "follows"), ("level(poor)", "level")],
)
def test_mapping_is_read_by_its_form(text, kind):
    assert read_continuation(text).kind == kind


def test_error_if_an_indicator_has_no_row_in_the_mapping(fault):
    with fault(
        "mapping_missing",
        "indicator patents has no row in the mapping; expected a formula, or an empty one to "
        "hold it at the base year",
    ):
        run(mapping={k: v for k, v in MAPPING.items() if k != "patents"})


def test_error_if_the_mapping_names_something_unknown(fault):
    with fault(
        "name_unknown",
        "formula 'level(poverty)', position 7: there is no series poverty; expected one of grp, "
        "employment, poor",
    ):
        run(mapping=MAPPING | {"poverty": "level(poverty)"})


def test_error_if_level_stands_inside_a_formula(fault):
    with fault(
        "function_inside",
        "formula '2 * level(grp)', position 5: level may only stand around the whole formula; "
        "expected names, numbers and + - * / inside",
    ):
        run(mapping=MAPPING | {"output": "2 * level(grp)"})


def test_error_if_a_followed_indicator_has_no_base_level(fault):
    with fault(
        "base_level_missing",
        "formula 'grp / poor', position 7: poor has no level in the base year; expected one (100 "
        "if it is quoted in per cent of that year), or level(...)",
    ):
        run(mapping=MAPPING | {"output": "grp / poor"})


def test_error_if_the_formula_is_zero_at_the_base(fault):
    with fault(
        "base_zero",
        "formula 'grp - employment' of indicator output is 0 in the base year; expected another "
        "value, for the indicator is continued by its ratio to it",
    ):
        run(mapping=MAPPING | {"output": "grp - employment"})


def test_error_if_the_base_year_has_no_value(fault):
    values = np.random.default_rng(0).uniform(5, 20, (1, 4, len(YEARS)))
    values[0, 3, -1] = np.nan
    names = ("output", "staff", "poverty", "patents")
    index = composite_index(Panel(("",), names, YEARS, values), SPEC)
    with fault(
        "base_missing", "indicator patents has no value in the base year 2019; expected one"
    ):
        run(index)


def test_error_if_the_base_year_is_outside_the_panel(fault):
    with fault(
        "years_outside", "the years 2021-2021 were asked for; expected a span within 2010-2019"
    ):
        project(observed(), table(), MAPPING, base_year=2021, base_levels=BASE)


@pytest.mark.parametrize("base", [1e-200, 1e-307])
def test_error_if_a_continued_value_is_too_large(fault, base):
    with fault(
        "projection_too_large",
        "indicator output is too large under scenario S1 in 2025; expected a value of the order "
        "of the observed ones",
    ):
        run(base_levels=BASE | {"grp": base})
