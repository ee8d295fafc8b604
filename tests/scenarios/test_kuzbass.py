# ruff: noqa: PD011  (values of a panel of ours, not of a frame)
"""Required figures of the bundled study, and an independent calculation beside them."""

from __future__ import annotations

import csv

import numpy as np
import pandas as pd
import pytest

from scenarios import (
    affine_ratio,
    coherent_probabilities,
    composite_index,
    difference,
    dominance,
    project,
    tie_gap,
)

PRINTED = 5e-4


@pytest.fixture(scope="module")
def series(reference, study_folder):
    return reference.read_series(study_folder / "resilience" / "series.csv")


@pytest.fixture(scope="module")
def cells(study_folder):
    found = {}
    path = study_folder / "scenarios" / "table.csv"
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            middle = (float(row["low"]) + float(row["high"])) / 2
            found.setdefault((row["scenario"], int(row["year"])), {})[row["indicator"]] = middle
    return found


@pytest.fixture(scope="module")
def projection(kuzbass):
    return project(
        composite_index(kuzbass.panel, kuzbass.spec),
        kuzbass.table,
        kuzbass.mapping,
        base_year=2019,
        base_levels=kuzbass.base_levels,
    )


@pytest.mark.parametrize(
    ("added", "organisations", "required"),
    [
        (None, "absent", (0.327, 0.474)),
        ("innovating_organisations_spliced", "spliced", (0.373, 0.618)),
        ("innovating_organisations_linked", "linked", (0.281, 0.514)),
    ],
)
def test_index_of_each_list_of_indicators(
    kuzbass, reference, series, *, added, organisations, required
):
    spec = kuzbass.spec if added is None else kuzbass.spec.with_indicator(kuzbass.others[added])
    levels = composite_index(kuzbass.panel, spec).levels()
    assert (levels[2019], levels[2021]) == pytest.approx(required, abs=PRINTED)
    assert sorted(levels) == list(range(2000, 2022))
    by_hand = reference.observed(series, organisations)
    np.testing.assert_allclose(list(levels.values()), by_hand, rtol=0, atol=1e-9)


def test_every_indicator_agrees_with_the_calculation_by_hand(kuzbass, reference, series):
    panel = composite_index(kuzbass.panel, kuzbass.spec).indicators.select(2000, 2021)
    by_hand = {
        name: values
        for members in reference.indicators(series).values()
        for name, (_, values) in members.items()
    }
    assert set(panel.series) == set(by_hand)
    assert len(by_hand) == 22
    for k, name in enumerate(panel.series):
        np.testing.assert_allclose(panel.values[0, k], by_hand[name], rtol=1e-12, err_msg=name)


def test_2022_has_no_index_because_grp_and_foreign_trade_end_in_2021(kuzbass):
    index = composite_index(kuzbass.panel, kuzbass.spec)
    assert 2022 not in index.levels()
    assert set(index.missing()[2022]) == {
        "real_grp_per_capita",
        "labour_productivity",
        "profit_to_grp",
        "investment_to_grp",
        "exports_per_capita",
        "trade_per_capita",
        "rd_to_grp",
    }


def test_scenarios_agree_with_the_calculation_by_hand(reference, series, cells, projection):
    for scenario, path in projection.levels().items():
        for year, (low, value, high) in path.items():
            by_hand = reference.under_scenario(series, cells[scenario, year])
            assert value == pytest.approx(by_hand, abs=1e-9)
            # The only intervals are of coal, which is in none of the indicators.
            assert low == value == high


def test_first_scenario_leads_in_every_year_and_the_third_comes_last(projection):
    assert (difference(projection, "S1", "S2") > 0).all()
    assert (difference(projection, "S2", "S3") > 0).all()


def test_scenario_whose_third_is_held_ties_the_first_with_three_times_the_difference(projection):
    gap = tie_gap(projection, "S1", "S2", "innovativeness")
    np.testing.assert_allclose(gap, 3 * difference(projection, "S1", "S2"))
    held = projection.factors.value[projection.spec.factor_position("innovativeness")]
    np.testing.assert_allclose(held, held[0, 0])
    assert ((gap > 0) & (gap < 1)).all()


def test_second_scenario_lies_between_the_two_others(projection):
    ratio = affine_ratio(projection, "S1", "S2", "S3")
    assert ((ratio > 0) & (ratio < 1)).all()


def test_first_scenario_beats_the_second_in_24_cells_of_27(kuzbass):
    pairs = {(d.first, d.second): d for d in dominance(kuzbass.table)}
    first = pairs["S1", "S2"]
    assert (first.better, first.equal, first.worse, first.unclear) == (24, 2, 1, 0)
    worse = [cell for cell in first.exceptions if cell.relation == "worse"]
    assert [(c.indicator, c.year, c.first, c.second) for c in worse] == [
        ("trade", 2030, (113, 113), (115, 115))
    ]
    assert not first.weakly_dominates
    second = pairs["S2", "S3"]
    assert (second.better, second.equal, second.worse, second.unclear) == (23, 4, 0, 0)
    assert second.dominates


def test_coal_may_be_maximised_minimised_on_target_or_left_out(kuzbass):
    table = kuzbass.table
    on_target = table.on_target("coal", 220, 230)
    row = on_target.indicator_position("coal")
    s2 = on_target.scenario_position("S2")
    assert (on_target.low[row, s2, 1:] == 0).all()
    assert (on_target.high[row, s2, 1:] == 0).all()
    for treated, better in (
        (table.with_sense("coal", "min"), 21),
        (on_target, 22),
        (table.without("coal"), 21),
    ):
        assert dominance(treated)[0].better == better


def test_probabilities_of_the_study_are_coherent_already(study_folder):
    frame = pd.read_csv(study_folder / "scenarios" / "scenarios.csv")
    bounds = frame["probability_low"].to_numpy(), frame["probability_high"].to_numpy()
    tight = coherent_probabilities(frame["scenario"], *bounds)
    np.testing.assert_allclose(tight, bounds)
