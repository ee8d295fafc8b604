# ruff: noqa: PD011  (values of a panel or a matrix of ours, not of a frame)
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scenarios import Panel


def frame():
    rows = [
        ("Kuzbass", "grp", 2000, 1.0),
        ("Kuzbass", "grp", 2001, 2.0),
        ("Kuzbass", "grp", 2003, 4.0),
        ("Kuzbass", "coal", 2002, 9.0),
        ("Altai", "grp", 2003, 7.0),
    ]
    return pd.DataFrame(rows, columns=["region", "series", "year", "value"])


@pytest.fixture
def panel():
    return Panel.from_frame(frame(), unit="region")


def test_panel_has_consecutive_years_and_marks_what_is_absent(panel):
    assert panel.units == ("Kuzbass", "Altai")
    assert panel.series == ("grp", "coal")
    assert panel.years == (2000, 2001, 2002, 2003)
    np.testing.assert_array_equal(panel.values[0, 0], [1, 2, np.nan, 4])
    assert panel.known.sum() == 5


def test_gaps_are_years_inside_and_not_before_or_after(panel):
    assert panel.gaps() == {("Kuzbass", "grp"): (2002,)}


def test_panel_of_one_unit_does_not_take_a_unit_of_measurement_for_a_region():
    single = frame().iloc[:4].assign(unit=["RUB", "RUB", "RUB", "Mt"], status="reported")
    panel = Panel.from_frame(single)
    assert panel.units == ("",)
    assert panel.unit_position(None) == 0


def test_panel_goes_to_a_frame_and_back(panel):
    back = Panel.from_frame(panel.to_frame(), unit="unit")
    assert (back.units, back.series, back.years) == (panel.units, panel.series, panel.years)
    np.testing.assert_array_equal(back.values, panel.values)


def test_selection_keeps_years_and_units_asked_for(panel):
    part = panel.select(2001, 2003, ["Altai"])
    assert (part.units, part.years) == (("Altai",), (2001, 2002, 2003))
    np.testing.assert_array_equal(part.values[0, 0], [np.nan, np.nan, 7])


def test_panel_is_frozen_in_depth(panel):
    with pytest.raises(ValueError, match="read-only"):
        panel.values[0, 0, 0] = 1


def test_error_if_a_figure_is_given_twice(fault):
    with fault(
        "rows_repeated",
        "table series has several rows for region Altai, series grp, year 2003; expected one",
    ):
        Panel.from_frame(pd.concat([frame(), frame().iloc[[4]]]), unit="region")


def test_error_if_a_label_is_empty(fault):
    for column in ("region", "series"):
        wrong = frame()
        wrong.loc[4, column] = None
        with fault("label_empty", f"table series, row 5: {column} is empty; expected a label"):
            Panel.from_frame(wrong, unit="region")


def test_error_if_a_value_is_not_finite(fault):
    wrong = frame()
    wrong.loc[1, "value"] = np.inf
    with fault(
        "number_expected",
        "table series, region Kuzbass, series grp, year 2001: value is inf; expected a finite "
        "number",
    ):
        Panel.from_frame(wrong, unit="region")


def test_error_if_a_unit_is_unknown_or_not_said(fault, panel):
    for asked in ("Tomsk", None):
        with fault(
            "unit_unknown", f"the panel has no unit {asked}; expected one of Kuzbass, Altai"
        ):
            panel.unit_position(asked)


@pytest.mark.parametrize(("first", "last"), [(1999, 2001), (2001, 2004), (2002, 2001)])
def test_error_if_years_are_outside(fault, panel, first, last):
    with fault(
        "years_outside",
        f"the years {first}-{last} were asked for; expected a span within 2000-2003",
    ):
        panel.select(first, last)


def test_error_if_arrays_do_not_fit_the_labels(fault):
    with fault(
        "panel_shape",
        "the panel's values have the shape (1, 1, 2); expected (1, 1, 1) (units, series, years), "
        "none of them 0",
    ):
        Panel(("",), ("a",), (2000,), np.zeros((1, 1, 2)))


def test_error_if_labels_repeat(fault):
    with fault("panel_labels", "the panel's units are u and its series a, a; expected each once"):
        Panel(("u",), ("a", "a"), (2000,), np.zeros((1, 2, 1)))


def test_error_if_years_are_not_consecutive(fault):
    with fault("panel_years", "the panel's years are 2000, 2002; expected consecutive years"):
        Panel(("",), ("a",), (2000, 2002), np.zeros((1, 1, 2)))


def test_error_if_a_value_is_infinite(fault):
    with fault("panel_infinite", "the panel holds an infinite value; expected finite numbers"):
        Panel(("",), ("a",), (2000,), np.full((1, 1, 1), np.inf))
