# ruff: noqa: PD011  (values of a panel or a matrix of ours, not of a frame)
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scenarios import ScenarioTable

SENSES = {"grp": "max", "poverty": "min"}


def frame():
    rows = [
        ("grp", "S1", 2030, 115, 115),
        ("grp", "S1", 2025, 108, 112),
        ("grp", "S2", 2025, 105, 105),
        ("grp", "S2", 2030, 110, 110),
        ("poverty", "S1", 2025, 12, 12),
        ("poverty", "S1", 2030, 10, 10),
        ("poverty", "S2", 2025, 12.5, 12.5),
        ("poverty", "S2", 2030, 11, 11),
    ]
    return pd.DataFrame(rows, columns=["indicator", "scenario", "year", "low", "high"])


@pytest.fixture
def table():
    return ScenarioTable.from_frame(frame(), SENSES)


def test_table_keeps_the_order_of_labels_and_sorts_years(table):
    assert table.indicators == ("grp", "poverty")
    assert table.scenarios == ("S1", "S2")
    assert table.years == (2025, 2030)
    assert table.low[0].tolist() == [[108, 115], [105, 110]]
    assert table.midpoints[0, 0].tolist() == [110, 115]


def test_table_does_not_depend_on_the_order_of_rows_beyond_labels():
    shuffled = frame().sample(frac=1, random_state=3)
    one, two = ScenarioTable.from_frame(shuffled, SENSES), ScenarioTable.from_frame(frame(), SENSES)
    rows = [one.indicator_position(name) for name in two.indicators]
    columns = [one.scenario_position(name) for name in two.scenarios]
    np.testing.assert_array_equal(one.high[rows][:, columns], two.high)


def test_table_is_frozen_in_depth(table):
    with pytest.raises(ValueError, match="read-only"):
        table.low[0, 0, 0] = 1


def test_matrix_of_one_year_has_scenarios_as_alternatives_and_indicators_as_criteria(table):
    matrix = table.to_matrix(2030)
    assert matrix.values.tolist() == [[115, 10], [110, 11]]
    assert matrix.senses == ("max", "min")
    assert matrix.alternatives == ("S1", "S2")
    assert matrix.criteria == ("grp", "poverty")


def test_matrix_of_the_path_has_every_indicator_in_every_year(table):
    matrix = table.to_matrix("path")
    assert matrix.values.tolist() == [[110, 115, 12, 10], [105, 110, 12.5, 11]]
    assert matrix.low[0, 0] == 108
    assert matrix.high[0, 0] == 112
    assert matrix.senses == ("max", "max", "min", "min")
    assert matrix.criteria == ("grp 2025", "grp 2030", "poverty 2025", "poverty 2030")


def test_indicator_left_out_leaves_the_others_untouched(table):
    shorter = table.without("grp")
    assert shorter.indicators == ("poverty",)
    assert shorter.senses == ("min",)
    np.testing.assert_array_equal(shorter.low[0], table.low[1])


def test_sense_can_be_turned_round(table):
    assert table.with_sense("grp", "min").senses == ("min", "min")
    assert table.senses == ("max", "min")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (222, 228, (0, 0)),  # inside
        (220, 230, (0, 0)),  # identical
        (230, 250, (0, 20)),  # touches from above
        (210, 225, (0, 10)),  # overlaps from below
        (170, 200, (20, 50)),  # wholly below
        (250, 270, (20, 40)),  # wholly above
        (200, 250, (0, 20)),  # contains the target
    ],
)
def test_distance_from_a_target_is_the_nearest_and_the_farthest_point(low, high, expected):
    coal = pd.DataFrame(
        {"indicator": "coal", "scenario": ["S1"], "year": [2035], "low": [low], "high": [high]}
    )
    table = ScenarioTable.from_frame(coal, {"coal": "max"}).on_target("coal", 220, 230)
    assert table.senses == ("min",)
    assert (table.low[0, 0, 0], table.high[0, 0, 0]) == expected


def test_distance_agrees_with_a_search_over_the_points_of_the_interval():
    rng = np.random.default_rng(5)
    for low, high in np.sort(rng.uniform(100, 300, (50, 2)), axis=1):
        coal = pd.DataFrame(
            {"indicator": "coal", "scenario": ["S1"], "year": [2035], "low": low, "high": high}
        )
        table = ScenarioTable.from_frame(coal, {"coal": "max"}).on_target("coal", 220, 230)
        points = np.linspace(low, high, 2001)
        distances = np.maximum.reduce([220 - points, points - 230, np.zeros_like(points)])
        assert table.low.item() == pytest.approx(distances.min(), abs=0.2)
        assert table.high.item() == pytest.approx(distances.max(), abs=1e-9)


def test_error_if_a_column_is_missing(fault):
    with fault(
        "columns_missing",
        "table scenarios has no column high; expected the columns indicator, scenario, year, "
        "low, high",
    ):
        ScenarioTable.from_frame(frame().drop(columns="high"), SENSES)


def test_error_if_the_table_is_empty(fault):
    with fault("table_empty", "table scenarios is empty; expected at least one row"):
        ScenarioTable.from_frame(frame().iloc[:0], SENSES)


@pytest.mark.parametrize("column", ["indicator", "scenario"])
def test_error_if_a_label_is_empty(fault, column):
    wrong = frame()
    wrong.loc[2, column] = None
    with fault("label_empty", f"table scenarios, row 3: {column} is empty; expected a label"):
        ScenarioTable.from_frame(wrong, SENSES)


def test_error_if_a_cell_is_given_twice(fault):
    twice = pd.concat([frame(), frame().iloc[[2]]])
    with fault(
        "rows_repeated",
        "table scenarios has several rows for indicator grp, scenario S2, year 2025; expected one",
    ):
        ScenarioTable.from_frame(twice, SENSES)


@pytest.mark.parametrize("year", ["2025.5", "soon", None, 0, 20255])
def test_error_if_a_year_is_not_whole(fault, year):
    wrong = frame().astype({"year": object})
    wrong.loc[3, "year"] = year
    with fault(
        "year_not_whole",
        f"table scenarios has the year {year}; expected a whole number from 1 to 9999",
    ):
        ScenarioTable.from_frame(wrong, SENSES)


@pytest.mark.parametrize("value", ["many", np.nan, np.inf])
def test_error_if_a_value_is_not_a_finite_number(fault, value):
    wrong = frame().astype({"low": object})
    wrong.loc[4, "low"] = value
    with fault(
        "number_expected",
        "table scenarios, indicator poverty, scenario S1, year 2025: "
        f"low is {value}; expected a finite number",
    ):
        ScenarioTable.from_frame(wrong, SENSES)


def test_error_if_the_grid_has_a_hole(fault):
    with fault(
        "cell_missing",
        "the scenario table has no row for indicator poverty, scenario S2, 2030; "
        "expected every combination (1 missing)",
    ):
        ScenarioTable.from_frame(frame().iloc[:-1], SENSES)


def test_error_if_the_low_is_above_the_high(fault):
    wrong = frame()
    wrong.loc[1, "low"] = 113
    with fault(
        "interval_wrong",
        "indicator grp, scenario S1, 2025: the interval is 113.0 to 112.0; expected finite "
        "numbers, the low not above the high",
    ):
        ScenarioTable.from_frame(wrong, SENSES)


def test_error_if_an_indicator_has_no_sense(fault):
    with fault(
        "sense_missing",
        "indicator poverty of the scenario table has no sense; expected max or min",
    ):
        ScenarioTable.from_frame(frame(), {"grp": "max"})


def test_error_if_a_sense_is_unknown(fault):
    with fault("sense_unknown", "indicator poverty has the sense down; expected max or min"):
        ScenarioTable.from_frame(frame(), SENSES | {"poverty": "down"})


def test_error_if_arrays_do_not_fit_the_labels(fault):
    with fault(
        "shape_wrong",
        "the scenario table has low (1, 1, 2), high (1, 1, 1) and 1 senses; expected (1, 1, 1) "
        "(indicators, scenarios, years) and one sense per indicator",
    ):
        ScenarioTable(
            ("a",), ("max",), ("S",), (2025,), low=np.zeros((1, 1, 2)), high=np.zeros((1, 1, 1))
        )


@pytest.mark.parametrize(("scenarios", "found"), [((), "none"), (("S", "S"), "S, S")])
def test_error_if_labels_are_not_distinct(fault, scenarios, found):
    values = np.zeros((1, len(scenarios), 1))
    with fault(
        "labels_not_distinct",
        f"the scenarios of the scenario table are {found}; expected at least one and each once",
    ):
        ScenarioTable(("a",), ("max",), scenarios, (2025,), low=values, high=values)


def test_error_if_the_target_is_reversed(fault, table):
    with fault(
        "target_wrong",
        "the target of indicator grp is 230 to 220; expected finite numbers, the low not above "
        "the high",
    ):
        table.on_target("grp", 230, 220)


def test_error_if_a_label_or_year_is_unknown(fault, table):
    with fault(
        "indicator_unknown",
        "the scenario table has no indicator coal; expected one of grp, poverty",
    ):
        table.without("coal")
    with fault("scenario_unknown", "the scenario table has no scenario S9; expected one of S1, S2"):
        table.scenario_position("S9")
    with fault("year_unknown", "the scenario table has no year 2040; expected one of 2025, 2030"):
        table.to_matrix(2040)
