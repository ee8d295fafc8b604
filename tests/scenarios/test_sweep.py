# ruff: noqa: PD011  (values of a panel of ours, not of a frame)
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from scenarios import (
    IndexSpec,
    Indicator,
    Reference,
    composite_index,
    index_variants,
    indicators_from_frame,
    project,
    sweep,
)

POPULATION = Reference(2000, 2021, "population")
SHORTER = Reference(2000, 2019)


@pytest.fixture(scope="module")
def variants(kuzbass):
    others = {
        name: kuzbass.spec.with_indicator(indicator) for name, indicator in kuzbass.others.items()
    }
    return index_variants({"default": kuzbass.spec} | others, references=[POPULATION, SHORTER])


def swept_by(kuzbass, variants, panel=None):
    return sweep(
        kuzbass.panel if panel is None else panel,
        variants,
        kuzbass.table,
        kuzbass.mapping,
        base_year=2019,
        base_levels=kuzbass.base_levels,
    )


@pytest.fixture(scope="module")
def swept(kuzbass, variants):
    return swept_by(kuzbass, variants)


def test_variants_are_every_combination_and_begin_with_the_recipe_itself(kuzbass, variants):
    assert len(variants) == 3 * 3 * 23
    assert variants[0].spec == kuzbass.spec
    assert variants[0].choices == {
        "window": "2000-2021",
        "std": "sample",
        "list": "default",
        "left_out": "-",
    }
    assert len({tuple(variant.choices.items()) for variant in variants}) == len(variants)


def test_reference_given_twice_is_one_variant(kuzbass):
    variants = index_variants(
        {"default": kuzbass.spec}, references=[kuzbass.spec.reference], leave_one_out=False
    )
    assert len(variants) == 1


def test_lists_of_the_same_indicators_are_one_whatever_their_order(kuzbass):
    turned = replace(kuzbass.spec, indicators=kuzbass.spec.indicators[::-1])
    found = index_variants({"default": kuzbass.spec, "turned": turned})
    assert {variant.choices["list"] for variant in found} == {"default"}


def test_other_weights_of_the_same_indicators_are_another_recipe(kuzbass):
    heavier = replace(kuzbass.spec, factor_weights={"competitiveness": 2.0})
    found = index_variants({"default": kuzbass.spec, "heavier": heavier}, leave_one_out=False)
    assert [variant.choices["list"] for variant in found] == ["default", "heavier"]
    assert found[1].spec == heavier


def test_the_only_indicator_is_not_left_out():
    spec = IndexSpec((Indicator("a", "economy", "max", "a"),), Reference(2000, 2007))
    assert [variant.spec for variant in index_variants({"default": spec})] == [spec]


def test_list_that_has_one_indicator_instead_of_another_never_has_both(study_folder):
    rows = pd.read_csv(study_folder.parent / "template" / "resilience" / "indicators.csv")
    every = {i.name: i for i in indicators_from_frame(rows)}
    linked, spliced = "new_products_linked", "new_products_spliced"
    specs = {
        label: IndexSpec(
            tuple(i for i in every.values() if i.name != absent), Reference(2010, 2021)
        )
        for label, absent in (("default", spliced), ("spliced", linked))
    }
    found = index_variants(specs)
    names = [set(variant.spec.names) for variant in found]
    assert not any({linked, spliced} <= each for each in names)
    assert set(every) - {linked} in names
    # Six indicators in either list, one of each left out or none; without what they differ in
    # they are the same.
    assert len(found) == 7 + 7 - 1


def test_each_row_is_the_index_of_its_own_recipe(kuzbass, variants, swept):
    for k in (0, 25, 60, 150, len(variants) - 1):
        index = composite_index(kuzbass.panel, variants[k].spec)
        future = project(
            index,
            kuzbass.table,
            kuzbass.mapping,
            base_year=2019,
            base_levels=kuzbass.base_levels,
        )
        np.testing.assert_allclose(swept.observed[k], list(index.levels().values()))
        np.testing.assert_allclose(swept.projected[k], future.index.value)


def test_ranges_contain_every_variant_and_are_attained(swept):
    assert swept.years == tuple(range(2000, 2022))
    low, high = swept.observed_range()[2019]
    column = swept.observed[:, swept.years.index(2019)]
    assert (low, high) == (column.min(), column.max())
    low, high = swept.projected_range()["S2"][2030]
    column = swept.projected[:, 1, 1]
    assert (low, high) == (column.min(), column.max())


def test_ranges_take_in_the_intervals_of_the_table(kuzbass, variants):
    high = kuzbass.table.high.copy()
    high[kuzbass.table.indicator_position("grp")] += 5
    wider = sweep(
        kuzbass.panel,
        variants[:1],
        replace(kuzbass.table, high=high),
        kuzbass.mapping,
        base_year=2019,
        base_levels=kuzbass.base_levels,
    )
    assert wider.left_out == ()
    low, high = wider.projected_range()["S1"][2035]
    assert low < wider.projected[0, 0, 2] < high


def test_order_of_scenarios_holds_by_every_variant_and_the_reverse_by_none(swept):
    assert swept.share_in_order(["S1", "S2", "S3"]).tolist() == [1, 1, 1]
    assert swept.share_in_order(["S3", "S2", "S1"]).tolist() == [0, 0, 0]


@pytest.fixture(scope="module")
def still(kuzbass):
    """The panel with an employment rate that never changes from 2008 on."""
    values = kuzbass.panel.values.copy()
    where = kuzbass.panel.series.index("employment_rate")
    values[:, where, [year >= 2008 for year in kuzbass.panel.years]] = 60.0
    return replace(kuzbass.panel, values=values)


def test_variants_that_cannot_be_computed_are_left_out_with_the_reason(kuzbass, still):
    late = Reference(2008, 2021)
    variants = index_variants({"default": kuzbass.spec}, references=[late])
    found = swept_by(kuzbass, variants, still)
    window = [variant for variant in variants if variant.spec.reference == late]
    (usable,) = (v for v in window if v.choices["left_out"] == "employment_rate")
    assert [variant for variant, _ in found.left_out] == [v for v in window if v is not usable]
    sentence = (
        "indicator employment_rate is always 60 in the reference 2008-2021; "
        "expected at least two different values"
    )
    assert {str(error) for _, error in found.left_out} == {sentence}
    kept = [v for v in variants if v.spec.reference != late or v is usable]
    assert list(found.variants) == kept


def test_ranges_and_shares_are_over_the_variants_that_can_be_computed(kuzbass, still):
    variants = index_variants({"default": kuzbass.spec}, references=[Reference(2008, 2021)])
    found = swept_by(kuzbass, variants, still)
    alone = swept_by(kuzbass, found.variants, still)
    assert len(found.observed) == len(found.projected) == len(found.variants) == 24
    assert found.observed_range() == alone.observed_range()
    assert found.projected_range() == alone.projected_range()
    order = ["S1", "S2", "S3"]
    np.testing.assert_array_equal(found.share_in_order(order), alone.share_in_order(order))


def test_variant_whose_indicator_is_not_in_the_mapping_is_left_out(kuzbass):
    new = Indicator("new", "competitiveness", "max", "employment_rate / 2")
    specs = {"default": kuzbass.spec, "wider": kuzbass.spec.with_indicator(new)}
    found = swept_by(kuzbass, index_variants(specs, leave_one_out=False))
    ((variant, error),) = found.left_out
    assert (variant.choices["list"], error.code) == ("wider", "mapping_missing")


def test_error_if_the_main_recipe_cannot_be_computed(fault, kuzbass, still):
    spec = replace(kuzbass.spec, reference=Reference(2008, 2021))
    variants = index_variants({"default": spec}, references=[kuzbass.spec.reference])
    with fault(
        "indicator_constant",
        "indicator employment_rate is always 60 in the reference 2008-2021; "
        "expected at least two different values",
    ):
        swept_by(kuzbass, variants, still)


def test_error_if_there_are_no_variants(fault, kuzbass):
    with fault("no_variants", "the sweep has no variants; expected at least one"):
        sweep(kuzbass.panel, [], kuzbass.table, {}, base_year=2019, base_levels={})


def test_error_if_the_order_names_an_unknown_scenario(fault, swept):
    with fault("sweep_unknown", "the sweep has no scenario S9; expected one of S1, S2, S3"):
        swept.share_in_order(["S1", "S9"])
