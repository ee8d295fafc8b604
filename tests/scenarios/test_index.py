from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import (
    IndexSpec,
    Indicator,
    Panel,
    Reference,
    absent_series,
    composite_index,
    index_of_indicators,
)

YEARS = tuple(range(2000, 2010))
WINDOW = Reference(2000, 2007)
SPEC = IndexSpec(
    (
        Indicator("a", "economy", "max", "a"),
        Indicator("b", "economy", "min", "b"),
        Indicator("c", "society", "max", "c"),
    ),
    WINDOW,
)


def panel(seed=0, units=("",), **changes):
    values = np.random.default_rng(seed).normal(10, 3, (len(units), 3, len(YEARS)))
    for name, row in changes.items():
        values[:, "abc".index(name)] = row
    return Panel(units, ("a", "b", "c"), YEARS, values)


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.sampled_from(["sample", "population"]))
def test_z_scores_have_mean_zero_and_deviation_one_in_the_window(seed, std):
    spec = replace(SPEC, reference=replace(WINDOW, std=std))
    z = composite_index(panel(seed, ("u", "v")), spec).z[:, :, :8]
    np.testing.assert_allclose(z.mean(axis=2), 0, atol=1e-12)
    np.testing.assert_allclose(z.std(axis=2, ddof=1 if std == "sample" else 0), 1)


@settings(max_examples=50)
@given(
    st.integers(0, 10_000),
    st.floats(0.01, 100),
    st.floats(-100, 100),
    st.sampled_from("abc"),
    st.sampled_from(["zscore", "minmax"]),
)
def test_index_does_not_depend_on_the_unit_of_measurement(seed, scale, shift, name, normalise):
    spec = replace(SPEC, normalise=normalise)
    before = panel(seed)
    after = panel(seed, **{name: scale * before.values[:, "abc".index(name)] + shift})
    np.testing.assert_allclose(
        composite_index(after, spec).index, composite_index(before, spec).index, atol=1e-8
    )


@pytest.mark.parametrize("normalise", ["zscore", "minmax"])
def test_an_indicator_turned_round_with_its_sense_changes_nothing_but_the_constant(normalise):
    turned = tuple(
        replace(i, sense="max", formula="-b") if i.name == "b" else i for i in SPEC.indicators
    )
    one = composite_index(panel(), replace(SPEC, normalise=normalise))
    other = composite_index(panel(), replace(SPEC, normalise=normalise, indicators=turned))
    np.testing.assert_allclose(one.index, other.index)


def test_population_deviation_stretches_every_level_by_one_and_the_same_factor():
    sample = composite_index(panel(), SPEC).index
    population = composite_index(
        panel(), replace(SPEC, reference=replace(WINDOW, std="population"))
    ).index
    np.testing.assert_allclose(population, sample * np.sqrt(8 / 7))


def test_index_by_hand():
    given_panel = panel(
        a=[1, 2, 3, 1, 2, 3, 1, 3, 5, 2], b=[4, 6] * 5, c=[10, 30, 10, 30, 10, 30, 10, 30, 50, 20]
    )
    result = composite_index(given_panel, SPEC)
    deviation = {"a": np.std([1, 2, 3, 1, 2, 3, 1, 3], ddof=1), "b": np.sqrt(8 / 7)}
    economy = ((5 - 2) / deviation["a"] - (4 - 5) / deviation["b"]) / 2
    society = (50 - 20) / np.sqrt(800 / 7)
    assert result.factor_levels()["economy"][2008] == pytest.approx(economy)
    assert result.factor_levels()["society"][2008] == pytest.approx(society)
    assert result.levels()[2008] == pytest.approx((economy + society) / 2)
    assert result.indicator_scores()["b"][2008] == pytest.approx(1 / deviation["b"])


def test_weights_of_indicators_and_factors_count():
    indicators = (replace(SPEC.indicators[0], weight=3), *SPEC.indicators[1:])
    spec = IndexSpec(indicators, WINDOW, factor_weights={"economy": 4})
    result = composite_index(panel(), spec)
    z = result.z[0]
    np.testing.assert_allclose(result.index[0], 0.8 * (0.75 * z[0] + 0.25 * z[1]) + 0.2 * z[2])


def test_minmax_runs_from_zero_to_one_in_the_window_and_may_leave_it_later():
    b = [3, 5, 4, 3, 5, 4, 3, 4, 1, 9]
    z = composite_index(panel(b=b), replace(SPEC, normalise="minmax")).indicator_scores()["b"]
    assert (z[2000], z[2001], z[2002]) == (1, 0, 0.5)
    assert (z[2008], z[2009]) == (2, -2)


def test_window_stays_frozen_whatever_comes_after_it():
    early = composite_index(panel(), SPEC).levels()
    later = panel().values[0, 0].copy()
    later[8:] = 1000
    changed = composite_index(panel(a=later), SPEC).levels()
    assert all(changed[year] == early[year] for year in range(2000, 2008))


def test_placing_the_observed_values_gives_their_z_scores_back():
    result = composite_index(panel(1, ("u", "v")), SPEC)
    for row, unit in enumerate(("u", "v")):
        np.testing.assert_allclose(result.place(result.indicators.values[row], unit), result.z[row])


def test_reference_over_all_puts_units_and_years_on_one_scale():
    spec = replace(SPEC, reference=replace(WINDOW, over="all"))
    result = composite_index(panel(2, ("u", "v")), spec)
    window = result.z[:, :, :8]
    np.testing.assert_allclose(window.mean(axis=(0, 2)), 0, atol=1e-12)
    np.testing.assert_allclose(window.swapaxes(0, 1).reshape(3, -1).std(axis=1, ddof=1), 1)
    np.testing.assert_allclose(result.place(result.indicators.values[1], "v"), result.z[1])


def test_reference_over_units_compares_them_within_each_year():
    spec = replace(SPEC, reference=replace(WINDOW, over="units"))
    z = composite_index(panel(3, ("u", "v", "w")), spec).z
    np.testing.assert_allclose(z.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(z.std(axis=0, ddof=1), 1)


def test_year_with_a_missing_indicator_has_no_index_and_says_why():
    row = panel().values[0, 2].copy()
    row[9] = np.nan
    result = composite_index(panel(c=row), SPEC)
    assert sorted(result.levels()) == list(YEARS[:9])
    assert sorted(result.factor_levels()["economy"]) == list(YEARS)
    assert sorted(result.factor_levels()["society"]) == list(YEARS[:9])
    assert result.missing() == {2009: ("c",)}
    assert absent_series(panel(c=row), SPEC) == {2009: {"c": ("c",)}}


def test_absent_series_name_only_what_is_missing_in_that_year():
    row = panel().values[0, 2].copy()
    row[9] = np.nan
    spec = IndexSpec((Indicator("ratio", "economy", "max", "a / c"),), WINDOW)
    assert absent_series(panel(c=row), spec) == {2009: {"ratio": ("c",)}}


def test_arrays_of_the_result_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        composite_index(panel(), SPEC).index[0, 0] = 1


@pytest.mark.parametrize("value", [7.0, 0.1, 1e9])
def test_error_if_an_indicator_is_constant_in_the_window(fault, value):
    row = np.full(10, value)
    row[8:] = 2 * value
    with fault(
        "indicator_constant",
        f"indicator b is always {value:.6g} in the reference 2000-2007; expected at least two "
        "different values",
    ):
        composite_index(panel(b=row), SPEC)


def test_error_if_units_do_not_differ_in_a_year(fault):
    values = panel(0, ("u", "v")).values.copy()
    values[:, 1, 4] = 7
    with fault(
        "indicator_constant",
        "indicator b is always 7 in the reference 2004-2004; expected at least two different "
        "values",
    ):
        composite_index(
            Panel(("u", "v"), ("a", "b", "c"), YEARS, values),
            replace(SPEC, reference=replace(WINDOW, over="units")),
        )


def test_error_if_the_window_has_a_missing_value(fault):
    row = panel().values[0, 1].copy()
    row[3] = np.nan
    with fault(
        "window_incomplete",
        "indicator b has no value in 2003; expected one in every year of the reference 2000-2007",
    ):
        composite_index(panel(b=row), SPEC)


def test_error_if_the_window_is_outside_the_panel(fault):
    with fault(
        "years_outside",
        "the years 1990-2007 were asked for; expected a span within 2000-2009",
    ):
        composite_index(panel(), replace(SPEC, reference=Reference(1990, 2007)))


@pytest.mark.parametrize("reference", [Reference(2000, 2000), Reference(2000, 2007, over="units")])
def test_error_if_the_reference_has_one_value(fault, reference):
    with fault(
        "window_too_short",
        "the reference takes in 1 value of each indicator; expected at least 2",
    ):
        composite_index(panel(), replace(SPEC, reference=reference))


def test_error_if_the_panel_has_other_indicators(fault):
    with fault("indicators_differ", "the panel has the indicators a, b, c; expected a, c"):
        index_of_indicators(panel(), SPEC.without("b"))


def test_error_if_a_scale_over_units_is_asked_to_place_other_values(fault):
    spec = replace(SPEC, reference=replace(WINDOW, over="units"))
    with fault(
        "scale_not_frozen",
        "the index compares units within each year; expected a reference over years or all to "
        "place other values on",
    ):
        composite_index(panel(0, ("u", "v")), spec).place(np.zeros(3), "u")


def test_error_if_a_value_is_too_far_out_for_the_scale(fault):
    row = panel().values[0, 1].copy()
    row[3] = 1e200
    with fault(
        "score_too_large",
        "indicator b is 1e+200 in 2003, too far out to be placed on a scale; expected a value of "
        "the order of the others",
    ):
        composite_index(panel(b=row), SPEC)
    tiny = panel(b=[*np.arange(1, 9) * 1e-160, 1e149, 0]), SPEC
    with fault(
        "score_too_large",
        "indicator b is 1e+149 in 2008, too far out to be placed on a scale; expected a value of "
        "the order of the others",
    ):
        composite_index(*tiny)
