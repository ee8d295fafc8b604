from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scenarios import Reference, composite_index, index_variants, project, sweep

POPULATION = Reference(2000, 2021, "population")
SHORTER = Reference(2000, 2019)


@pytest.fixture(scope="module")
def variants(kuzbass):
    return index_variants(
        kuzbass.spec,
        references=[POPULATION, SHORTER],
        additions={name: [indicator] for name, indicator in kuzbass.others.items()},
    )


@pytest.fixture(scope="module")
def swept(kuzbass, variants):
    return sweep(
        kuzbass.panel,
        variants,
        kuzbass.table,
        kuzbass.mapping,
        base_year=2019,
        base_levels=kuzbass.base_levels,
    )


def test_variants_are_every_combination_and_begin_with_the_recipe_itself(kuzbass, variants):
    assert len(variants) == 3 * 3 * 23
    assert variants[0].spec == kuzbass.spec
    assert variants[0].choices == {
        "window": "2000-2021",
        "std": "sample",
        "added": "-",
        "left_out": "-",
    }
    assert len({tuple(variant.choices.items()) for variant in variants}) == len(variants)


def test_reference_given_twice_is_one_variant(kuzbass):
    variants = index_variants(
        kuzbass.spec, references=[kuzbass.spec.reference], leave_one_out=False
    )
    assert len(variants) == 1


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
    low, high = wider.projected_range()["S1"][2035]
    assert low < wider.projected[0, 0, 2] < high


def test_order_of_scenarios_holds_by_every_variant_and_the_reverse_by_none(swept):
    assert swept.share_in_order(["S1", "S2", "S3"]).tolist() == [1, 1, 1]
    assert swept.share_in_order(["S3", "S2", "S1"]).tolist() == [0, 0, 0]


def test_error_if_there_are_no_variants(fault, kuzbass):
    with fault("no_variants", "the sweep has no variants; expected at least one"):
        sweep(kuzbass.panel, [], kuzbass.table, {}, base_year=2019, base_levels={})


def test_error_if_the_order_names_an_unknown_scenario(fault, swept):
    with fault("sweep_unknown", "the sweep has no scenario S9; expected one of S1, S2, S3"):
        swept.share_in_order(["S1", "S9"])
